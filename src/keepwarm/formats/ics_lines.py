"""A calendar cut into its events, a line at a time: of each only those lines that tell of a meeting are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

LONGEST = 64 * 1024  # bytes of a line; what is longer is a description or a picture
LARGEST = 32 * 1024  # bytes of the lines of one kind in an event, before the last: thousands of days
MOST_LISTED = 200  # lines of one kind in an event; of the attendees beyond, only the number is known
MOST_ZONES, LONGEST_ZONE = 500, 1000  # definitions in a calendar, lines in one of them
KEPT = frozenset((
    b"UID", b"DTSTART", b"RRULE", b"RDATE", b"EXDATE", b"RECURRENCE-ID", b"SEQUENCE", b"STATUS", b"SUMMARY", b"CLASS",
    b"ATTENDEE", b"ORGANIZER",
))  # fmt: skip
_BLANK = b" \t\r\n\xef\xbb\xbf"


@dataclass(slots=True)
class Calendar:
    """What stands around events: the zone of times without one, and the zones that the file defines itself."""

    method: str = ""  # REQUEST, CANCEL, REPLY …: what a calendar sent by mail asks for
    version: str = ""  # "1.0" is vCalendar
    zone: str = ""
    zones: dict[str, list[bytes]] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """One VEVENT. Its lines are unfolded, by their names."""

    row: int  # in the file, from 1
    calendar: Calendar
    lines: dict[bytes, list[bytes]] = field(default_factory=dict)
    unlisted: int = 0  # attendees whose lines were not kept
    size: int = 0  # bytes of those that were
    ended: bool = False

    def first(self, name: bytes) -> bytes:
        """The value of the first line of this name, or nothing."""
        line = next(iter(self.lines.get(name, ())), b"")
        return line.partition(b":")[2].strip()


class Counted:
    """A file's lines, counted as they are read: what comes out of a zip cannot tell where it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.at = file, 0

    def readline(self) -> bytes:
        piece = self._file.readline(LONGEST)
        self.at += len(piece)
        return piece


def events(file: Counted) -> Iterator[Event]:
    """The events of all calendars of the file, in its order; one that another interrupts ends there."""
    cutter = _Cutter()
    for line in _lines(file):
        if done := cutter.take(line):
            yield done
    if done := cutter.close():
        yield done


class _Cutter:
    """Where we are in the file: in which calendar, event or zone."""

    def __init__(self) -> None:
        self._row = 0
        self._calendar = Calendar()
        self._event: Event | None = None
        self._deeper = 0  # components open within the event, such as its alarms
        self._zone: list[bytes] = []

    def take(self, line: bytes) -> Event | None:
        """The event that this line ends, if it does."""
        name = line.split(b":", 1)[0].split(b";", 1)[0].strip(_BLANK).upper()
        if name == b"BEGIN":
            return self._begin(line)
        if name == b"END":
            return self._end(line)
        if self._zone:
            self._keep_zone(line)
        elif self._event is None:
            self._note(name, line)
        elif name in KEPT and not self._deeper:
            self._keep(self._event, name, line)
        return None

    def close(self) -> Event | None:
        done, self._event, self._deeper = self._event, None, 0
        return done

    def _begin(self, line: bytes) -> Event | None:
        kind, done = _value(line), None
        if kind == b"VCALENDAR":
            done, self._calendar, self._zone = self.close(), Calendar(), []
        elif kind == b"VEVENT":
            done = self.close()
            self._row += 1
            self._event = Event(self._row, self._calendar)
        elif self._event:
            self._deeper += 1
        elif kind == b"VTIMEZONE" or self._zone:
            self._keep_zone(line)
        return done

    def _end(self, line: bytes) -> Event | None:
        kind = _value(line)
        if kind == b"VEVENT" and self._event:
            self._event.ended = True
            return self.close()
        if self._zone:
            self._keep_zone(line)
            if kind == b"VTIMEZONE":
                self._define()
        elif self._event:
            self._deeper = max(0, self._deeper - 1)
        return None

    def _note(self, name: bytes, line: bytes) -> None:
        value = line.partition(b":")[2].decode(errors="replace").strip()
        if name == b"METHOD":
            self._calendar.method = value.upper()
        elif name == b"VERSION":
            self._calendar.version = value
        elif name == b"X-WR-TIMEZONE":
            self._calendar.zone = value

    def _keep(self, event: Event, name: bytes, line: bytes) -> None:
        held = event.lines.setdefault(name, [])
        if len(held) < MOST_LISTED and sum(map(len, held)) < LARGEST:
            held.append(line)
            event.size += len(line)
        elif name == b"ATTENDEE":
            event.unlisted += 1

    def _keep_zone(self, line: bytes) -> None:
        if len(self._zone) < LONGEST_ZONE:
            self._zone.append(line)

    def _define(self) -> None:
        held, self._zone = self._zone, []
        named = next((line for line in held if line.upper().startswith(b"TZID")), b"")
        zones = self._calendar.zones
        if len(zones) < MOST_ZONES:
            zones[named.partition(b":")[2].decode(errors="replace").strip()] = held


def _value(line: bytes) -> bytes:
    return line.partition(b":")[2].strip().upper()


def _lines(file: Counted) -> Iterator[bytes]:
    """Each line unfolded, as far as it is kept. Folds may cut a letter in two, so this comes before decoding."""
    held = b""
    for piece in _pieces(file):
        if piece[:1] not in b" \t":
            if held:
                yield held
            held = piece.rstrip(b"\r\n")
        elif len(held) < LONGEST:
            held += piece[1:].rstrip(b"\r\n")
    if held:
        yield held


def _pieces(file: Counted) -> Iterator[bytes]:
    """The lines of the file; of one that is too long only the beginning."""
    more = False
    while piece := file.readline():
        if not more:
            yield piece
        more = not piece.endswith(b"\n")
