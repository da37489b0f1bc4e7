"""Calendars: the meetings with others in .ics files of any program, and in vCalendar 1.0."""

from __future__ import annotations

import hashlib
import re
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from typing import BinaryIO, NamedTuple

from icalendar import Component

from keepwarm.core.touches import Exchange
from keepwarm.formats import ics_lines, ics_repeats, ics_zones, table, text
from keepwarm.formats.batch import Batch, Format, Local, Problem, Sample
from keepwarm.formats.ics_guests import guests
from keepwarm.formats.ics_lines import Event
from keepwarm.formats.ics_repeats import AHEAD, Time
from keepwarm.formats.ics_zones import NONSENSE

BATCH = 500  # meetings
LISTED = 50  # people of one meeting; all beyond are only counted
MOST_HELD = 32 * 2**20  # bytes of events that repeat, held until their exceptions have been seen
NOON = time(12)
_CONTEXT = 200  # letters
_LONGEST_UID = 150
_ANSWERS = frozenset(("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH", "CANCEL"))  # mails about a meeting; none is one
_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN[ \t]*:[ \t]*V(?:CALENDAR|EVENT)\b", re.IGNORECASE)
_INSIDE = re.compile(rb"^BEGIN[ \t]*:[ \t]*V(?:CALENDAR|EVENT)\b", re.IGNORECASE | re.MULTILINE)
_FIX = "Look at this event in your calendar; correct it and bring the file in again if it matters."


def recognise(sample: Sample) -> bool:
    """A calendar at the start; or, in a file named so, anywhere."""
    if _START.match(sample.head):
        return True
    return sample.name.lower().endswith((".ics", ".ical", ".vcs")) and bool(_INSIDE.search(sample.head))


def read(file: BinaryIO, now: datetime) -> Iterator[Batch]:
    """The meetings up to `now`, and those of the weeks ahead. Events without anyone else in them give nothing."""
    batch, reader, counted = Batch(), _Reader(now), ics_lines.Counted(file)
    for group in _groups(counted):
        reader.take(group, batch)
        batch.at = counted.at
        if len(batch.exchanges) + len(batch.ahead) + len(batch.problems) >= BATCH:
            yield batch
            batch = Batch()
    batch.at = counted.at
    yield batch


FORMAT = Format("ics", "Calendar (.ics)", "calendar", recognise, Local(read), people_first=True)


# Events that belong together


def _groups(file: ics_lines.Counted) -> Iterator[list[Event]]:
    """Each event with others in it, and its exceptions. An event that repeats waits for these to the end of the file;
    should too many wait, they go before, and an exception that comes later is taken for itself."""
    held: dict[bytes, list[Event]] = {}
    size = 0
    for event in ics_lines.events(file):
        uid = event.first(b"UID")
        if uid and any(name in event.lines for name in (b"RRULE", b"RDATE", b"RECURRENCE-ID")):
            held.setdefault(uid, []).append(event)
            size += event.size
            if size > MOST_HELD:
                yield from _meetings(held)
                size = 0
        elif b"ATTENDEE" in event.lines:
            yield [event]
    yield from _meetings(held)


def _meetings(held: dict[bytes, list[Event]]) -> Iterator[list[Event]]:
    for group in held.values():
        if any(b"ATTENDEE" in event.lines for event in group):
            yield group
    held.clear()


# An event's meetings


class _Reader:
    """Reads one file: as of when, and in which zone, its user looks at it."""

    def __init__(self, now: datetime) -> None:
        self._now, self._here = now, now.tzinfo or UTC

    def take(self, group: list[Event], batch: Batch) -> None:
        first = group[0]
        if first.calendar.method in _ANSWERS:
            return
        title = _title(first)
        said: set[str] = set()

        def say(field: str, wrong: str) -> None:
            if wrong not in said:  # the exceptions of one event often have the same in them
                said.add(wrong)
                batch.problems.append(Problem(first.row, field, f"{title} {wrong}.", _FIX))

        if not first.ended:
            say("", "stops without an end, so the file may be cut short; what is there was read")
        zone, events = self._zone(first), {event.row: event for event in group}
        try:
            for one in ics_repeats.times(group, self._now, say):
                self._file(_Meeting(events[one.row], one, zone).exchange(), batch)
        except NONSENSE:
            say("", "could not be read, and was left out")

    def _zone(self, event: Event) -> tzinfo:
        name = ics_zones.known(event.calendar.zone)
        return zoneinfo.ZoneInfo(name) if name else self._here

    def _file(self, exchange: Exchange | None, batch: Batch) -> None:
        """Under what has been, or what lies ahead."""
        if exchange and exchange.at <= self._now:
            batch.exchanges.append(exchange)
        elif exchange and exchange.at <= self._now + AHEAD:
            batch.ahead.append(exchange)


class _Meeting(NamedTuple):
    """One time of an event, and what is needed to tell of it."""

    source: Event
    time: Time
    zone: tzinfo  # of times without one

    def exchange(self) -> Exchange | None:
        """None where it does not take place, or nobody else is in it."""
        event = self.time.event
        if _word(event, "STATUS") == "CANCELLED":
            return None
        there, absent, silent = guests(self.source)
        if not there:
            return None
        return Exchange(
            self.source.row, self._id(), self._moment(), "meeting", None, tuple(there[:LISTED]), _context(event),
            both=True, unlisted=len(there[LISTED:]) + self.source.unlisted, absent=absent, silent=silent,
        )  # fmt: skip

    def _moment(self) -> datetime:
        start = self.time.start
        if not isinstance(start, datetime):
            return datetime.combine(start, NOON, self.zone)
        return start if start.tzinfo else start.replace(tzinfo=self.zone)

    def _id(self) -> str:
        uid = str(self.time.event.get("UID", ""))
        if not uid or len(uid) > _LONGEST_UID:
            lines = sorted(
                line for name in (b"UID", b"SUMMARY", b"DTSTART") for line in self.source.lines.get(name, [])
            )
            uid = hashlib.sha256(b"\n".join(lines)).hexdigest()[:32]
        return f"ics:{uid}:{_stamp(self.time.was)}"


def _stamp(was: date) -> str:
    """A day, a time without a zone, or one in UTC."""
    if not isinstance(was, datetime):
        return was.strftime("%Y%m%d")
    return was.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if was.tzinfo else was.strftime("%Y%m%dT%H%M%S")


def _word(event: Component, name: str) -> str:
    return str(event.get(name, "")).strip().upper()


def _context(event: Component) -> str:
    """The title, but of what its owner calls private."""
    if _word(event, "CLASS") in ("PRIVATE", "CONFIDENTIAL"):
        return ""
    return text.tidy(str(event.get("SUMMARY", "")))[:_CONTEXT]


def _title(event: Event) -> str:
    named = text.tidy(event.first(b"SUMMARY").decode(errors="replace"))
    return f"The event {table.shown(named)}" if named else "An event without a title"
