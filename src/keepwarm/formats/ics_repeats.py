"""When an event takes place: once, or on each of the days that its rule gives, moved and cancelled ones as they are.

icalendar reads the lines and recurring-ical-events unfolds the rule. Both believe what they are told, so it is made
harmless first: a rule by the second would be unfolded until the year 9999.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from math import prod
from typing import Any, NamedTuple

import icalendar
from icalendar import Calendar, Component
from icalendar.prop import vBroken, vDDDTypes, vRecur
from recurring_ical_events import CalendarQuery

from keepwarm.formats import table, vcard_lines
from keepwarm.formats.ics_lines import KEPT, Event
from keepwarm.formats.ics_zones import Zones

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # there were no calendars like these before
AHEAD = timedelta(days=60)
FAR = timedelta(days=3660)  # no mistake yet: conferences and retirements
MOST = 1000  # of one event that repeats, the newest
OFTEN = 24  # times a day

NEARLY_OVER = datetime(9960, 1, 1, tzinfo=UTC)

_OFTEN = frozenset(("HOURLY", "MINUTELY", "SECONDLY"))
_EVERY_DAY_OR_LESS = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))
_TZID = re.compile(r';TZID=("[^"]*"|[^:;]*)', re.IGNORECASE)
_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE)
_ROW = "X-ROW"
_ASKED = KEPT - {b"ATTENDEE", b"ORGANIZER"}  # those are many, and ics_guests is quicker
_SEVERAL = (b"RRULE", b"RDATE", b"EXDATE")
_ZONED = (b"DTSTART", b"RDATE", b"EXDATE", b"RECURRENCE-ID")

Say = Callable[[str, str], None]  # a field, and what is wrong with it


class Time(NamedTuple):
    """One time that an event takes place."""

    event: Component
    start: date  # or a datetime; without a zone it is the calendar's
    was: date  # the same before it was moved: with the UID, that is this one for ever
    row: int  # of the event in the file: the series, or its exception


def times(group: Sequence[Event], now: datetime, say: Say) -> list[Time]:
    """The past ones and those of the next weeks of an event and its exceptions, the oldest first."""
    events = _parsed(group, say)
    for event in events:
        _mend(event, say)
    events = [event for event in events if _is_dated(event, now, say)]
    if len(events) == 1 and not any(name in events[0] for name in ("RRULE", "RDATE")):
        return [_time(events[0])]
    return _unfolded(events, now, say) if events else []


def _time(event: Component) -> Time:
    start = _day(event, "DTSTART")
    assert start  # those without have been left out
    return Time(event, start, _day(event, "RECURRENCE-ID") or start, int(str(event[_ROW])))


def _is_dated(event: Component, now: datetime, say: Say) -> bool:
    start = _day(event, "DTSTART")
    if start is None:
        say("DTSTART", "has no day, and was left out")
    elif not EARLIEST.year <= start.year <= (now + FAR).year:
        say("DTSTART", f"is dated {start.year}, which cannot be, and was left out")
    else:
        return True
    return False


def _day(event: Component, name: str) -> date | None:
    held = event.get(name)
    return held.dt if isinstance(held, vDDDTypes) and isinstance(held.dt, date) else None


def _unfolded(events: list[Component], now: datetime, say: Say) -> list[Time]:
    query = _query(events)
    last = now.astimezone(UTC) + AHEAD
    # The last thousand days first: where it is every day, that is enough.
    found = query.between(last - timedelta(days=MOST) - AHEAD, last)
    if len(found) < MOST:
        found = query.between(EARLIEST, last)
    if len(found) > MOST:
        say("RRULE", f"repeats more than {MOST:,} times; the last {MOST:,} were taken")
    return sorted(map(_time, found), key=lambda time: time.start.isoformat())[-MOST:]


def _query(events: list[Component]) -> CalendarQuery:
    calendar = Calendar()
    calendar.subcomponents = events
    return CalendarQuery(calendar)


# Lines to components


def _parsed(group: Sequence[Event], say: Say) -> list[Component]:
    """The events as icalendar has them; what it could not read is left out, and said."""
    zones = Zones(group[0].calendar)
    texts = [_text(event, zones, say) for event in group]
    whole = "\r\n".join(("BEGIN:VCALENDAR", *zones.used.values(), *texts, "END:VCALENDAR", ""))
    return list(Calendar.from_ical(whole).walk("VEVENT"))


def _text(event: Event, zones: Zones, say: Say) -> str:
    old = event.calendar.version.startswith("1")
    lines = ["BEGIN:VEVENT", f"{_ROW}:{event.row}"]
    for name in _ASKED & event.lines.keys():
        for raw in event.lines[name][: None if name in _SEVERAL else 1]:
            line = vcard_lines.decoded(raw, "", "").translate(_ONE_LINE)
            if name in _ZONED:
                line = _zoned(line, zones, say)
            lines.append(_unquoted(line) if old else line)
    return "\r\n".join((*lines, "END:VEVENT"))


_ONE_LINE = dict.fromkeys((0, 10, 13), " ")


def _zoned(line: str, zones: Zones, say: Say) -> str:
    found = _TZID.search(line)
    if not found:
        return line
    asked = found[1].strip('"')
    name = zones.name(asked)
    if not name:
        say("TZID", f"is in the time zone {table.shown(asked)}, which nobody knows; its time was taken as it stands")
    said = f';TZID="{name}"' if name else ""
    return line[: found.start()] + said + line[found.end() :]


def _unquoted(line: str) -> str:
    """A line of vCalendar 1.0 as it would be in iCalendar."""
    head, colon, value = line.partition(":")
    if not _QUOTED.search(head):
        return line
    value = vcard_lines.decoded(binascii.a2b_qp(value.encode()), "", "").translate(_ONE_LINE)
    return f"{_QUOTED.sub('', head)}{colon}{value}"


# What could do harm


def _mend(event: Component, say: Say) -> None:
    for name, value in list(event.items()):
        good = [one for one in _each(value) if not isinstance(one, vBroken)]
        if len(good) < len(_each(value)):
            say(name, "has something in it that could not be read; it was taken without that")
            event[name] = good
    if "RRULE" in event:
        _tame(event, say)


def _each(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else (value,)


def _tame(event: Component, say: Say) -> None:
    """Without a rule that no meeting between people has."""
    rules = []
    for rule in _each(event["RRULE"]):
        if wrong := _wrong(rule):
            say("RRULE", f"{wrong}; only its first time was taken")
        else:
            rules.append(rule)
    del event["RRULE"]
    if rules:
        event["RRULE"] = rules


def _wrong(rule: vRecur) -> str:
    every = rule.get("FREQ", [""])[0]
    if every in _OFTEN or _a_day(rule) > OFTEN:
        return f"repeats more than {OFTEN} times a day, which is no meeting"
    if every not in _EVERY_DAY_OR_LESS or rule.get("INTERVAL", [1])[0] < 1:
        return "repeats in a way that could not be read"
    return "" if _ever_comes(rule) else "repeats on days that never come"


def _a_day(rule: vRecur) -> int:
    return prod(len(rule.get(part, [0])) for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))


def _ever_comes(rule: vRecur) -> bool:
    """Whether there is such a day in forty years. The library looks for a 30th of February until the year 9999, for
    ten seconds each time, so it is asked about the last years that there are."""
    free = vRecur({part: value for part, value in rule.items() if part not in ("COUNT", "UNTIL", "INTERVAL")})
    if len(free) == 1:
        return True
    event = icalendar.Event()
    event.add("DTSTART", NEARLY_OVER)
    event["RRULE"] = free
    query = _query([event])
    return any(
        query.between(NEARLY_OVER + timedelta(days=1), NEARLY_OVER + timedelta(days=span)) for span in (60, 14_000)
    )
