"""The time zones of calendars: by their own name, Windows' name, a name with a path before it, or as defined."""

from __future__ import annotations

import hashlib
import zoneinfo
from functools import lru_cache

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from keepwarm.formats.ics_lines import Calendar

# What the libraries raise for what makes no sense to them.
NONSENSE = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError)


class Zones:
    """What the zones of one calendar are called where they are understood."""

    def __init__(self, calendar: Calendar) -> None:
        self._defined = calendar.zones
        self.used: dict[str, str] = {}  # definitions that have been asked for, by what they are now called

    def name(self, tzid: str) -> str:
        """A name that icalendar understands, given `used`; "" for a zone that nobody knows."""
        tzid = tzid.strip().strip('"')
        if found := known(tzid):
            return found
        lines = self._defined.get(tzid)
        if lines is None:
            return ""
        # icalendar remembers a zone by its name for as long as it runs, and two files may define one name differently.
        called = f"{tzid} {hashlib.sha256(b''.join(lines)).hexdigest()[:12]}"
        defined = _sane(lines, called)
        if not _makes_sense(defined):
            return ""
        self.used[called] = defined
        return called


def _sane(lines: list[bytes], called: str) -> str:
    """The definition under its new name, without rules that would take for ever: clocks change by the year."""
    kept = [
        line for line in lines if not line.upper().startswith((b"TZID", b"RRULE")) or b"FREQ=YEARLY" in line.upper()
    ]
    return b"\r\n".join((kept[0], b"TZID:" + called.encode(), *kept[1:])).decode(errors="replace")


@lru_cache(maxsize=256)
def _makes_sense(definition: str) -> bool:
    try:
        zone = Timezone.from_ical(definition)
        return isinstance(zone, Timezone) and zone.to_tz() is not None
    except NONSENSE:
        return False


@lru_cache(maxsize=1024)
def known(tzid: str) -> str:
    """The name in the world's list: "Europe/Berlin" of "W. Europe Standard Time" or "/example.com/1/Europe/Berlin"."""
    bare = tzid.strip("/ ")
    words = bare.split("/")
    tails = ("/".join(words[start:]) for start in range(max(0, len(words) - 3), len(words) - 1))
    tried = (bare, WINDOWS_TO_OLSON.get(bare, ""), *tails)
    return next((found for name in tried if (found := _names().get(name.casefold()))), "")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {name.casefold(): name for name in zoneinfo.available_timezones()}
