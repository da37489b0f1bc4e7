"""When a letter was written: RFC 5322's dates, the old ones before it, and what broken programs make of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from functools import lru_cache

from keepwarm.formats import dates

FIRST = 1982  # the year of RFC 822: what is older was written by a clock that stood still
LAST = 2070  # what is later, too; nearer futures are for those to judge who know today
_LONGEST = 200  # letters
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_USUAL = re.compile(
    r"(?:[A-Za-z]{3}, +)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (?:([+-])(\d\d)([0-5]\d)|GMT|UTC?|Z)"
    r"(?: *\([^()]*\))?"
)
_OTHER = re.compile(  # 4. Januar 2024, 10:00 +0100; 2024/01/04 10.00
    r"(\d{1,4}[./ -]{1,2}\w{1,12}\.?[./ -]{1,2}\d{1,4})(?:(?:,| at|T)? *(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\.\d+)?)?"
    r" *(?:([+-])(\d\d):?([0-5]\d))?"
)
_COMMENT = re.compile(r"\([^()]*\)")
_LOOSE = re.compile(r"\s*:\s*")


def read(said: str) -> datetime | None:
    """In UTC, which is also taken for what names no zone; None for no date, and for one that cannot be true."""
    said = said.strip()[:_LONGEST]
    at = _usual(said) or _unusual(said)
    return at if at and FIRST <= at.year < LAST else None


def _usual(said: str) -> datetime | None:
    """The shape of nearly all, several times as fast as the standard library."""
    found = _USUAL.fullmatch(said)
    if not found or (month := _MONTHS.get(found[2].lower())) is None:
        return None
    day, _, year, hour, minute, second, sign, off_hours, off_minutes = found.groups()
    return _moment((int(year), month, int(day)), (hour, minute, second), _offset(sign, off_hours, off_minutes))


def _unusual(said: str) -> datetime | None:
    """As the standard library reads what is obsolete; else a day in any of our languages, with its hour."""
    plain = _LOOSE.sub(":", _COMMENT.sub(" ", said))
    try:
        parts = parsedate_tz(plain)
    except (ValueError, IndexError, TypeError):  # as it does for some that are broken
        parts = None
    if parts is None:
        return _other(plain)
    year, month, day, hour, minute, second, *_ = parts
    year += 1900 if 100 <= year < 200 else 0  # programs that counted from 1900
    return _moment((year, month, day), (hour, minute, second), _near(timedelta(seconds=parts[-1] or 0)))


def _other(said: str) -> datetime | None:
    found = _OTHER.search(said)
    day = dates.read(found[1]) if found else None
    if not found or not day:
        return None
    _, hour, minute, second, sign, off_hours, off_minutes = found.groups()
    clock = (hour, minute, second) if hour else (12, 0, 0)
    return _moment((day.year, day.month, day.day), clock, _offset(sign, off_hours, off_minutes))


_Part = str | int | None


def _moment(day: tuple[int, int, int], clock: tuple[_Part, _Part, _Part], offset: timedelta) -> datetime | None:
    hour, minute, second = (int(part or 0) for part in clock)
    try:
        return datetime(*day, hour, minute, min(second, 59), tzinfo=UTC) - offset
    except (ValueError, OverflowError):  # 30 February, 25 o'clock, the year 0
        return None


@lru_cache(maxsize=256)
def _offset(sign: str | None, hours: str, minutes: str) -> timedelta:
    """From UTC; nothing where there is no sign."""
    if not sign:
        return timedelta()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return _near(offset if sign == "+" else -offset)


def _near(offset: timedelta) -> timedelta:
    """A zone further from UTC than any is none."""
    return offset if abs(offset) <= timedelta(hours=15) else timedelta()


def received(said: str) -> datetime | None:
    """Of a Received line: what stands behind its last semicolon."""
    return read(said.rpartition(";")[2])


def envelope(line: str) -> datetime | None:
    """Of a From_ line: "From ada@example.com Thu Jan  4 09:15:00 2024", perhaps with a zone."""
    return read(" ".join(line.split()[2:])) if line.startswith("From ") else None
