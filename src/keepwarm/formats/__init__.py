"""The registry: every format, in the order in which a file is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, BinaryIO

from keepwarm.core.people import PersonRecord
from keepwarm.core.touches import Exchange, TouchRecord
from keepwarm.formats import (
    any_csv,
    eml,
    google_csv,
    ics,
    linkedin,
    linkedin_messages,
    linkedin_touches,
    mbox,
    monica,
    outlook_csv,
    own_csv,
    own_json,
    sms,
    table,
    thunderbird_csv,
    vcard,
    whatsapp,
)
from keepwarm.formats.batch import Batch, Format, Local, Problem, Sample
from keepwarm.formats.linkedin_export import known_elsewhere
from keepwarm.formats.refusals import refusal

FORMATS: tuple[Format, ...] = (
    vcard.FORMAT,
    ics.FORMAT,
    own_json.FORMAT,
    monica.FORMAT,
    *linkedin.FORMATS,
    *linkedin_touches.FORMATS,
    linkedin_messages.FORMAT,
    whatsapp.FORMAT,
    sms.FORMAT,
    mbox.FORMAT,
    eml.FORMAT,  # behind mbox: each of its letters would do
    own_csv.FORMAT,
    google_csv.FORMAT,
    thunderbird_csv.FORMAT,
    outlook_csv.FORMAT,
    any_csv.FORMAT,  # last: it takes any table with names or e-mails
)

MOST_VALUES = 200  # of one field, for one person
SEVERAL = {
    "emails": "e-mail addresses",
    "phones": "phone numbers",
    "links": "web pages",
    "profiles": "profiles",
    "handles": "messengers",
    "addresses": "addresses",
    "categories": "categories",
}
_several: Callable[[PersonRecord], tuple[tuple[Any, ...], ...]] = attrgetter(*SEVERAL)

__all__ = ["FORMATS", "known_elsewhere", "named", "read", "recognise", "refusal"]


def recognise(sample: Sample) -> Format | None:
    """The format that a file is in, told by its bytes; None: ask `known_elsewhere` or `refusal`."""
    return next((kind for kind in FORMATS if kind.recognise(sample)), None)


def named(name: str) -> Format | None:
    """The format of that name, as it is kept with every record."""
    return next((kind for kind in FORMATS if kind.name == name), None)


def read(kind: Format, file: BinaryIO, now: datetime) -> Iterator[Batch]:
    """As `kind.read`, without what is said to have been in the future, as most readers know no clock, and without
    the thousands of values that a broken or hostile file gives one person. `now` is in the owner's zone."""
    today = now.date()
    for batch in kind.read.read(file, now) if isinstance(kind.read, Local) else kind.read(file):
        for i, person in enumerate(batch.people):
            if max(map(len, _several(person))) > MOST_VALUES:
                batch.people[i] = _shortened(person, batch.problems)
            if person.known_since and person.known_since > today:
                batch.people[i] = batch.people[i]._replace(known_since=None)
                batch.problems.append(_too_early(person.where, person.known_since))
        batch.touches[:] = [touch for touch in batch.touches if _has_been(touch, today, batch.problems)]
        batch.exchanges[:] = [one for one in batch.exchanges if _has_been(one, today, batch.problems)]
        batch.known[:] = [known for known in batch.known if known.day <= today]
        yield batch


def _shortened(person: PersonRecord, problems: list[Problem]) -> PersonRecord:
    """The first values of each field, and a problem for each of which there are more."""
    kept: dict[str, Any] = {}
    for field, called, values in zip(SEVERAL, SEVERAL.values(), _several(person), strict=True):
        if len(values) > MOST_VALUES:
            kept[field] = values[:MOST_VALUES]
            message = f"{table.shown(person.name)} has {len(values):,} {called}; the first {MOST_VALUES} were kept."
            fix = "If they are all real, share them out between several people and bring the file in again."
            problems.append(Problem(person.where, "", message, fix))
    return person._replace(**kept)


def _has_been(touch: TouchRecord | Exchange, today: date, problems: list[Problem]) -> bool:
    """A day's grace: at the other end of the world it may be tomorrow already."""
    if touch.at.date() <= today + timedelta(days=1):
        return True
    whose = f" with {touch.name}" if isinstance(touch, TouchRecord) else ""
    message = f"An exchange{whose} on {touch.at.date().isoformat()} is in the future."
    problems.append(Problem(touch.where, "", message, "It was left out; correct it in the file."))
    return False


def _too_early(row: int, day: date) -> Problem:
    message = f"The day since when you know each other, {day.isoformat()}, is in the future."
    return Problem(row, "Connected On", message, "The person was kept without it; correct it in the file.")
