"""Dates as people, exports and spreadsheets write them, in seven languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from keepwarm.core.people import PartialDate

_NAMES = """
january februar march april may june july august september october november december
januari februari maart mei juni juli augustus oktober mrt
janner janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
januar februar marz mrz dezember
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro
"""
_NUMBER_OF = {  # by the first letters that settle it in every one of the languages
    "ja": 1, "en": 1, "ge": 1, "f": 2, "mar": 3, "maa": 3, "mr": 3, "ap": 4, "ab": 4, "av": 4,
    "may": 5, "mai": 5, "mag": 5, "mei": 5, "jun": 6, "juin": 6, "gi": 6, "jul": 7, "juil": 7,
    "lu": 7, "au": 8, "ag": 8, "ao": 8, "s": 9, "oc": 10, "ok": 10, "ot": 10, "ou": 10, "n": 11,
    "d": 12,
}  # fmt: skip
_WORDS = frozenset(_NAMES.split())
_NUMBERS = re.compile(r"(\d{1,4})\s?[./\-]\s?(\d{1,2})\s?[./\-]\s?(\d{1,4})\.?")
_EAST = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|[.ºª°])?[\s\-/]*(?:de |of )?"
    r"([^\W\d_]{3,})\.?[\s\-/,]*(?:del? |of )?(\d{4}|\d{2})"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?[\s\-]*(\d{1,2})(?:st|nd|rd|th)?[\s,\-]+(\d{4})")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,})\.?[\s\-/]*(?:de )?(\d{4})")
_TIME = re.compile(r"[\s,]*(?:t|\s)\d{1,2}:\d{2}.*$")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")  # days since 1899-12-30: a spreadsheet's bare number


@lru_cache(maxsize=16_384)  # an export has few distinct days, each many times
def read(text: str, day_first: bool = True) -> date | None:
    """The day, or None. `day_first` settles 3/4/2024 only: 13/4/2024 can mean one thing."""
    text = _TIME.sub("", _plain(text))
    try:
        return _by_name(text) or _by_number(text, day_first)
    except (ValueError, OverflowError):  # 30 February
        return None


def partial(text: str) -> PartialDate | None:
    """A date of which the day and the month may be missing: "2019", "Mar 2019", "1 Mar 2019"."""
    plain = _plain(text)
    if re.fullmatch(r"\d{4}", plain):
        return PartialDate(int(plain)) if int(plain) else None
    if (m := _MONTH_YEAR.fullmatch(plain)) and (month := _month(m[1])):
        return PartialDate(int(m[2]), month) if int(m[2]) else None
    day = read(text)
    return PartialDate(day.year, day.month, day.day) if day else None


class Order(NamedTuple):
    """Which of two small numbers is the day."""

    day_first: bool
    sure: bool


def order(texts: Sequence[str], otherwise: bool = True) -> Order:
    """Told from a column's dates: by a number above 12; else, for a list sorted by date, by the
    reading under which it is sorted; else `otherwise`, unsure where it makes a difference."""
    found = [m for t in texts if (m := _NUMBERS.match(t)) and len(m[1]) < 3]
    numbers = [(int(m[1]), int(m[2])) for m in found if "." not in m[0]]
    days, months = sum(a > 12 >= b for a, b in numbers), sum(b > 12 >= a for a, b in numbers)
    if days != months:
        return Order(days > months, True)
    both = [t for t in texts if read(t, True) != read(t, False)]
    if len(both) >= 4 and (gain := _sorted_share(both, True) - _sorted_share(both, False)):
        return Order(gain > 0, True)
    return Order(otherwise, not both)


def _sorted_share(texts: list[str], day_first: bool) -> int:
    """How many neighbours are newest-first, or oldest-first, whichever is more."""
    found = [day for t in texts if (day := read(t, day_first))]
    down = sum(a >= b for a, b in pairwise(found))
    return max(down, sum(a <= b for a, b in pairwise(found)))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.strip().casefold())
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c)))


def _month(word: str) -> int:
    """0 unless the word begins a month's name: "sep", "sept" and "september", not "sepia"."""
    if not any(name.startswith(word) for name in _WORDS):
        return 0
    return next((_NUMBER_OF[word[:n]] for n in (4, 3, 2, 1) if word[:n] in _NUMBER_OF), 0)


def _by_name(text: str) -> date | None:
    if (m := _DAY_MONTH.fullmatch(text)) and (month := _month(m[2])):
        return date(_year(m[3]), month, int(m[1]))
    if (m := _MONTH_DAY.fullmatch(text)) and (month := _month(m[1])):
        return date(int(m[3]), month, int(m[2]))
    return None


def _by_number(text: str, day_first: bool) -> date | None:
    if m := _EAST.fullmatch(text):
        return date(int(m[1]), int(m[2]), int(m[3]))
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(float(text)))
    if not (m := _NUMBERS.fullmatch(text)):
        return None
    a, b, c = int(m[1]), int(m[2]), int(m[3])
    if len(m[1]) >= 3:
        return date(a, b, c) if len(m[1]) == 4 else None
    if len(m[3]) not in (2, 4):
        return None
    if "." in text:  # only the month-first countries write slashes alone
        day_first = True
    day, month = (a, b) if (day_first and b <= 12) or a > 12 else (b, a)
    return date(_year(m[3]), month, day)


def _year(text: str) -> int:
    """Two digits are this century's: nobody kept such lists in the last one."""
    return int(text) + (2000 if len(text) == 2 else 0)
