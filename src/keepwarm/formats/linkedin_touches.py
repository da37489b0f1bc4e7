"""What LinkedIn's export tells of exchanges besides messages: invitations, endorsements, recommendations.

None of these files makes a person. An invitation with a message is a touch; its words are not kept. One
without is no exchange, and whether it was accepted is not in the file: it says only, of someone who is already
here, that the two have known of each other since (KnownSince). What one gave is a give; what one was given is
neutral. All endorsements of one person on one day are one touch. A day without its hour is noon UTC, so that
it stays this day in nearly every zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time
from functools import partial
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from keepwarm.core import balance_words, identity, names
from keepwarm.core.touches import KnownSince, TouchRecord
from keepwarm.formats import dates, linkedin_names, table, text
from keepwarm.formats.batch import Batch, Format, Problem, Sample

BATCH = 500  # rows
_LOOK_AHEAD = 1000  # rows read before the order of day and month is settled
_CONTEXT = 200  # letters
_NOON = time(12, tzinfo=UTC)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp])?\.?[Mm]?")
_FIX = "Nothing was added for it; correct the file and import it again if it matters."

_Cells = dict[str, str]  # a row by the keys of its columns


class _Who(NamedTuple):
    """The other person of a row: how to find them, and their name."""

    key: str
    name: str


class _Kind(NamedTuple):
    """One of the files: what must stand in its header, and how a row is taken."""

    name: str
    title: str
    needs: frozenset[str]
    dated: str  # the column of the date
    take: Callable[[int, _Cells, datetime, Batch], None]
    in_name: str = ""  # "given": where the same header is used for both, the file's name tells them apart


def read(kind: _Kind, file: BinaryIO) -> Iterator[Batch]:
    lines = text.Decoded(file)
    sheet = table.Table(lines, partial(_has, kind.needs))
    keys = [table.key(name) for name in sheet.header.names]
    rows = sheet.rows()
    first = list(islice(rows, _LOOK_AHEAD))
    at = keys.index(table.key(kind.dated))
    # LinkedIn's own dates are American wherever the numbers do not tell.
    day_first = dates.order([row.cells[at].strip() for row in first if row.cells], otherwise=False).day_first
    batch = Batch()
    for count, row in enumerate(chain(first, rows), 1):
        _take(kind, keys, row, day_first, batch)
        if count % BATCH == 0:
            batch.at = lines.at
            yield batch
            batch = Batch()
    batch.at = lines.at
    yield batch


def _take(kind: _Kind, keys: list[str], row: table.Row, day_first: bool, batch: Batch) -> None:
    if row.problem:
        batch.problems.append(row.problem)
    if not row.cells:
        return
    cells = {key: text.tidy(cell) for key, cell in zip(keys, row.cells, strict=False)}
    said = cells[table.key(kind.dated)]
    moment = when(said, day_first)
    if moment is None:
        message = f"The date of this row, {table.shown(said)}, makes no sense."
        batch.problems.append(Problem(row.number, kind.dated, message, _FIX))
    else:
        kind.take(row.number, cells, moment, batch)


def when(said: str, day_first: bool = False) -> datetime | None:
    """ "7/29/25, 6:15 PM", "2024-03-31 10:00:00 UTC", "05 Jun 2023"; LinkedIn's times are UTC."""
    day = dates.read(re.split(r",?\s+\d{1,2}:|T\d", said, maxsplit=1)[0], day_first)
    if day is None:
        return None
    clock = _CLOCK.search(said)
    return datetime.combine(day, (clock and _hour(clock)) or _NOON)


def _hour(clock: re.Match[str]) -> time | None:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4] in "pP" else 0)
    return time(hour, minute, second, tzinfo=UTC) if hour < 24 and minute < 60 and second < 60 else None


# Each file's rows


def _invitation(number: int, cells: _Cells, at: datetime, batch: Batch) -> None:
    direction = {"outgoing": "out", "incoming": "in"}.get(cells["direction"].casefold())
    if direction is None:
        message = f"Direction says {table.shown(cells['direction'])}, so it is not clear who invited whom."
        batch.problems.append(Problem(number, "Direction", message, _FIX))
        return
    name, link = ("to", "inviteeprofileurl") if direction == "out" else ("from", "inviterprofileurl")
    who = _who(linkedin_names.parts(cells[name], "").shown, cells.get(link, ""))
    if not (who.key or who.name):
        return
    if cells["message"]:
        id = _id("invitation", who, f"{at:%Y-%m-%dT%H:%M:%S}", direction)
        batch.touches.append(_touch(number, id, who, at, direction, "invitation"))
    else:
        batch.known.append(KnownSince(number, who.key, who.name, at.date()))


def _endorsement(direction: str, number: int, cells: _Cells, at: datetime, batch: Batch) -> None:
    other = "endorsee" if direction == "out" else "endorser"
    shown = linkedin_names.parts(cells[f"{other}firstname"], cells[f"{other}lastname"]).shown
    who = _who(shown, cells.get(f"{other}publicurl", ""))
    if not (who.key or who.name):
        return
    id, skill = _id("endorsement", who, at.date().isoformat(), direction), cells["skillname"]
    if batch.touches and batch.touches[-1].external_id == id:
        batch.touches[-1] = _with_skill(batch.touches[-1], skill)
    else:
        batch.touches.append(_touch(number, id, who, at, direction, "endorsement", skill[:_CONTEXT]))


def _with_skill(touch: TouchRecord, skill: str) -> TouchRecord:
    context = ", ".join(filter(None, (touch.context, skill)))
    return touch._replace(context=context) if len(context) <= _CONTEXT else touch


def _recommendation(direction: str, number: int, cells: _Cells, at: datetime, batch: Batch) -> None:
    who = _who(linkedin_names.parts(cells["firstname"], cells["lastname"]).shown, "")
    if who.name:
        id = _id("recommendation", who, at.date().isoformat(), direction)
        batch.touches.append(_touch(number, id, who, at, direction, "recommendation"))


def _who(name: str, link: str) -> _Who:
    return _Who(identity.profile_key(link) if link else "", name)


def _id(kind: str, who: _Who, moment: str, direction: str) -> str:
    return f"linkedin:{kind}:{direction}:{moment}:{who.key or names.fold(who.name)}"[:180]


def _touch(number: int, id: str, who: _Who, at: datetime, direction: str, kind: str, context: str = "") -> TouchRecord:
    balance = balance_words.of_kind(kind, direction)
    return TouchRecord(
        number, id, who.key, who.name, at, "linkedin", direction, context, balance=balance, kind=kind
    )  # fmt: skip


# The files


def _has(needs: frozenset[str], names: Sequence[str]) -> bool:
    return needs <= {table.key(name) for name in names}


def _recognise(kind: _Kind, sample: Sample) -> bool:
    name = PurePosixPath(sample.name.replace("\\", "/")).name.casefold()
    return kind.in_name in name and table.recognises(sample.head, partial(_has, kind.needs))


_RECOMMENDED = frozenset(("firstname", "lastname", "jobtitle", "text", "creationdate", "status"))
_KINDS = (
    _Kind(
        "invitations", "LinkedIn invitations", frozenset(("from", "to", "sentat", "message", "direction")), "Sent At",
        _invitation,
    ),
    _Kind(
        "endorsements-given", "Endorsements that you gave on LinkedIn",
        frozenset(("endorsementdate", "skillname", "endorseefirstname", "endorseelastname")), "Endorsement Date",
        partial(_endorsement, "out"),
    ),
    _Kind(
        "endorsements-received", "Endorsements that you received on LinkedIn",
        frozenset(("endorsementdate", "skillname", "endorserfirstname", "endorserlastname")), "Endorsement Date",
        partial(_endorsement, "in"),
    ),
    _Kind(
        "recommendations-given", "Recommendations that you gave on LinkedIn", _RECOMMENDED, "Creation Date",
        partial(_recommendation, "out"), "given",
    ),
    _Kind(
        "recommendations-received", "Recommendations that you received on LinkedIn", _RECOMMENDED, "Creation Date",
        partial(_recommendation, "in"), "received",
    ),
)  # fmt: skip
FORMATS = tuple(
    Format(
        f"linkedin-{kind.name}", kind.title, "linkedin", partial(_recognise, kind), partial(read, kind),
        people_first=True,
    )
    for kind in _KINDS
)  # fmt: skip
