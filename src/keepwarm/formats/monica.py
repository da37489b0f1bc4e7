"""Monica's JSON export (version 3 and 4): people, and the calls and activities that it remembers.

Someone who is there only as another's child or partner, and someone who has died, is not added. Activities
stand behind the people in the file, so who took part is held in mind until then; nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, NamedTuple

from keepwarm.core import identity
from keepwarm.core.people import Address, PartialDate, PersonRecord, Value
from keepwarm.core.touches import TouchRecord
from keepwarm.formats import birthdays, json_walk, text
from keepwarm.formats.batch import Batch, Format, Problem, Sample
from keepwarm.formats.columns import long_text
from keepwarm.formats.linkedin import profile_link
from keepwarm.formats.vcard_write import one_line_address

BATCH = 500  # people or touches
_LISTS = ("account", "data", "values")
_TYPE = ("account", "data", "type")
_MARKS = (
    re.compile(r'"account"\s*:\s*\{'),
    re.compile(r'"(?:app_version|exported_by|number_of_invitations_sent|api_key)"'),
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[\w\-]+(?:\.[\w\-]+)+/\S*", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s()./\-]{5,}")

Thing = dict[str, Any]


class _Who(NamedTuple):
    """How a touch names its person."""

    key: str
    name: str


def recognise(sample: Sample) -> bool:
    start = text.start(sample.head)
    return start.lstrip("\ufeff \r\n\t").startswith("{") and all(mark.search(start) for mark in _MARKS)


def read(file: BinaryIO) -> Iterator[Batch]:
    lines = text.Decoded(file)
    reading, batch, kind, row = _Reading(), Batch(), "", 0
    for path, value in json_walk.values(lines, lambda path: path == _LISTS):
        if path == _TYPE:
            kind = str(value)
        elif path == _LISTS and isinstance(value, dict):
            row += kind == "contact"
            reading.take(kind, row, value, batch)
        if len(batch.people) + len(batch.touches) + len(batch.problems) >= BATCH:
            batch.at = lines.at
            yield batch
            batch = Batch()
    batch.at = lines.at
    yield batch


class _Reading:
    """Monica's things into people and touches."""

    def __init__(self) -> None:
        self._took_part: dict[str, list[_Who]] = {}  # by the activity's id

    def take(self, kind: str, row: int, thing: Thing, batch: Batch) -> None:
        if kind == "contact":
            self._contact(row, thing, batch)
        elif kind == "activity":
            batch.touches += self._activity(row, thing)

    def _contact(self, row: int, thing: Thing, batch: Batch) -> None:
        said = _properties(thing)
        if said.get("is_partial") is True:
            return
        person = _person(row, thing, said)
        if not person.name:
            message = f"Contact {row} in Monica has no name, so nobody was added."
            batch.problems.append(Problem(row, "first_name", message, "Give them a name in Monica, or leave it."))
        elif said.get("is_dead") is True:
            message = f"Monica remembers that {person.name} has died, so nobody was added."
            batch.problems.append(Problem(row, "is_dead", message, "Add this person by hand if you would like to."))
        else:
            batch.people.append(person)
            who = _Who(_key(person), person.name)
            batch.touches += filter(
                None, [_call(row, call, who, str(thing.get("uuid"))) for call in _items(thing, "call")]
            )
            for uuid in _list(thing, "activity"):
                self._took_part.setdefault(str(uuid), []).append(who)

    def _activity(self, row: int, thing: Thing) -> Iterator[TouchRecord]:
        said, uuid = _properties(thing), str(thing.get("uuid"))
        at = _moment(said.get("happened_at"))
        for who in self._took_part.pop(uuid, []) if at else ():
            assert at is not None
            summary = _one_line(said.get("summary"))
            yield TouchRecord(row, f"monica:{uuid}"[:180], who.key, who.name, at, "meeting", "both", summary)


def _person(row: int, thing: Thing, said: Thing) -> PersonRecord:
    given, middle, family = (_one_line(said.get(f"{part}_name")) for part in ("first", "middle", "last"))
    nickname, organisation = _one_line(said.get("nickname")), _one_line(said.get("company"))
    emails, phones, links, profiles, handles = _reached(_items(thing, "contact_field"))
    notes = [said.get("description"), *(note.get("body") for note in _items(thing, "note"))]
    return PersonRecord(
        where=row,
        name=" ".join(filter(None, (given, middle, family))) or nickname or organisation,
        external_id=_one_line(thing.get("uuid")),
        given=given,
        middle=middle,
        family=family,
        nickname=nickname,
        emails=emails,
        phones=phones,
        links=links,
        profiles=profiles,
        handles=handles,
        organisation=organisation,
        title=_one_line(said.get("job")),
        addresses=tuple(filter(lambda address: address.text, map(_address, _items(thing, "address")))),
        note="\n".join(filter(None, (long_text(note) for note in notes if isinstance(note, str)))),
        birthday=_birthday(said.get("birthdate")),
        categories=tuple(dict.fromkeys(filter(None, map(_one_line, _as_list(said.get("tags")))))),
        is_organisation=not (given or family or nickname),
    )


def _reached(fields: list[Thing]) -> tuple[tuple[Value, ...], ...]:
    """E-mails, phones, links, profiles, handles: by their look, for what their types mean stands at the
    end of the file."""
    found: tuple[dict[str, Value], ...] = ({}, {}, {}, {}, {})
    for field in fields:
        value = _one_line(field.get("data")).removeprefix("mailto:").removeprefix("tel:")
        if linked := profile_link(value):
            found[3][linked] = Value(linked, "linkedin")
        elif value:
            patterns = (_EMAIL, _PHONE, _LINK)
            kind = next((i for i, pattern in enumerate(patterns) if pattern.fullmatch(value)), 4)
            found[kind][value] = Value(value)
    return tuple(tuple(values.values()) for values in found)


def _address(said: Thing) -> Address:
    parts = [_one_line(said.get(part)) for part in ("street", "city", "province", "postal_code", "country")]
    return Address(one_line_address(*parts), _one_line(said.get("name")).casefold(), *parts)


def _birthday(said: object) -> PartialDate | None:
    """A date that was worked out from an age has only its year."""
    if not isinstance(said, dict):
        return None
    day = birthdays.read(_one_line(said.get("date")))
    if day is None or said.get("is_age_based") is True:
        return PartialDate(day.year) if day and day.year else None
    return day._replace(year=None) if said.get("is_year_unknown") is True else day


def _call(row: int, said: Thing, who: _Who, uuid: str) -> TouchRecord | None:
    at = _moment(said.get("called_at"))
    if at is None:
        return None
    direction = "in" if said.get("contact_called") is True else "out"
    return TouchRecord(row, f"monica:{uuid}:call:{at.isoformat()}"[:180], who.key, who.name, at, "call", direction)


def _key(person: PersonRecord) -> str:
    """The key by which the touches of this file find the person: "" where only the name is known."""
    keys = [identity.email_key(value.value) for value in person.emails]
    keys += [identity.profile_key(value.value) for value in person.profiles]
    keys += [identity.phone_key(value.value) for value in person.phones]
    return next(filter(None, keys), "")


def _moment(said: object) -> datetime | None:
    """A day without its hour is noon, so that it stays this day in nearly every zone."""
    if not isinstance(said, str):
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    if len(said) <= 10:
        moment = moment.replace(hour=12)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# Monica's own shapes


def _properties(thing: Thing) -> Thing:
    said = thing.get("properties")
    return said if isinstance(said, dict) else {}


def _list(thing: Thing, kind: str) -> list[Any]:
    """What a contact's `data` holds of one kind."""
    held = (part for part in _as_list(thing.get("data")) if isinstance(part, dict) and part.get("type") == kind)
    return [value for part in held for value in _as_list(part.get("values"))]


def _items(thing: Thing, kind: str) -> list[Thing]:
    return [_properties(item) for item in _list(thing, kind) if isinstance(item, dict)]


def _as_list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []


def _one_line(said: object) -> str:
    return text.tidy(said) if isinstance(said, str) else ""


FORMAT = Format("monica", "Monica export", "monica", recognise, read)
