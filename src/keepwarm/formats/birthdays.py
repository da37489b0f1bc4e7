"""Birthdays as address books write them: without a year, in a country's own order, or for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from keepwarm.core.people import PartialDate
from keepwarm.formats import dates

# What programs write where they have no date: Outlook the end or the beginning of its time.
_NEVER = frozenset((date(1900, 1, 1), date(4501, 1, 1), date(1899, 12, 30), date(1601, 1, 1), date(1, 1, 1)))
_NO_YEAR = 1604  # Apple's mark for a year that is not known
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?", re.ASCII)
_YEARLESS = re.compile(r"--?(\d\d)-?(\d\d)", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})\s?[./\-]\s?(\d{1,2})[./]?", re.ASCII)
_TWO_DIGITS = re.compile(r"(\D?\d{1,2}\D+(?:\d{1,2}|[^\W\d]+)\D+)(\d\d)", re.ASCII)


@lru_cache(maxsize=4096)
def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is no date: "0/0/00", "1/1/1900", "N/A"."""
    if not cell.strip("0/.- :") or cell.casefold() in ("n/a", "none", "null", "nan", "unknown"):
        return True
    return dates.read(cell) in _NEVER


@lru_cache(maxsize=4096)
def read(cell: str, day_first: bool = True) -> PartialDate | None:
    """The day, or None for nothing and for nonsense; `is_nothing` tells them apart."""
    if match := _ISO.fullmatch(cell):
        return _partial(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEARLESS.fullmatch(cell):
        return _partial(0, int(match[1]), int(match[2]))
    if match := _SHORT.fullmatch(cell):
        first, second = int(match[1]), int(match[2])
        month_first = second > 12 or not (day_first or "." in cell or first > 12)
        return _partial(0, first, second) if month_first else _partial(0, second, first)
    if match := _TWO_DIGITS.fullmatch(cell):
        cell = f"{match[1]}{_century(int(match[2]))}"
    day = dates.read(cell, day_first)
    if day:
        return _partial(day.year, day.month, day.day)
    day = dates.read(f"{cell.rstrip('. ')} 2000", day_first)  # a leap year: "29 February"
    return _partial(0, day.month, day.day) if day and not cell.isdigit() else None


def order(cells: Sequence[str]) -> dates.Order:
    """Whether the day stands first in a column of birthdays. They are sorted by nothing, so only a number
    above 12 tells."""
    parts = [match for cell in cells if (match := re.match(r"(\d{1,2})([./\-])(\d{1,2})\b", cell))]
    days = sum(int(m[1]) > 12 or m[2] == "." for m in parts)
    months = sum(int(m[3]) > 12 and m[2] != "." for m in parts)
    return dates.Order(days >= months, bool(days or months) or not parts)


def of_parts(year: str, month: str, day: str) -> PartialDate | None:
    """A birthday of which each part has a column; a month or day that is no number is not known."""
    numbers = [int(part) if part.isdigit() and part.isascii() and len(part) < 5 else 0 for part in (year, month, day)]
    if not numbers[1]:
        return PartialDate(numbers[0]) if numbers[0] else None
    return _partial(*numbers)


def _partial(year: int, month: int, day: int) -> PartialDate | None:
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return PartialDate(None if year in (0, _NO_YEAR) else year, month, day or None)


def _century(year: int) -> int:
    """Those whom one writes to are rarely older than ninety or younger than twelve."""
    return year + (2000 if year < 15 else 1900)
