"""How warm a network was month by month: each tie's warmth on past days, by the touches there were until then.

It is the warmth of core.reconnect.factors, of history as it stood; only the rhythms are those of today, for of them no
past is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from keepwarm.core.history import ONE_EXCHANGE
from keepwarm.core.reconnect import History, factors

WORDS = ("Quiet", "Cooling", "Mild", "Warm", "Glowing")
WARM = 3  # from this place on
YEAR = 12  # months


class Tie(NamedTuple):
    """One person's history; `days`: all days in touch, where any lies after the first day asked for, else None."""

    weeks: int
    last: date | None  # None: nothing on record, but the two are in touch anyway
    gap: float | None
    own: int | None  # the rhythm, in days
    in_touch_since: date | None
    days: Sequence[int] | None = None  # ordinals, rising


class Year(NamedTuple):
    """Of each day asked for, how many people were of each word, from Quiet to Glowing."""

    days: tuple[date, ...]
    counts: tuple[tuple[int, ...], ...]
    warmed: int  # were below Warm, or not known, on the first day and are at least Warm on the last
    cooled: int

    @property
    def people(self) -> int:
        return sum(self.counts[-1])


def month_days(today: date) -> tuple[date, ...]:
    """The same day of each of the last twelve months, today the last; the 28th at most but for today."""
    found = []
    for back in range(YEAR, 0, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        found.append(date(year, month + 1, min(today.day, 28)))
    return (*found, today)


def over(ties: Iterable[Tie], days: tuple[date, ...]) -> Year:
    counts = [[0] * len(WORDS) for _ in days]
    warmed = cooled = still = 0
    for tie in ties:
        if tie.days is None and not tie.in_touch_since and _place(tie, days[0]) == 0:
            still += 1  # Quiet without a word since: silence never warms
            continue
        places = [_place(tie, day) for day in days]
        for held, place in zip(counts, places, strict=True):
            if place is not None:
                held[place] += 1
        warmed += _is_warm(places[-1]) and not _is_warm(places[0])
        cooled += _is_warm(places[0]) and not _is_warm(places[-1])
    return Year(days, tuple((held[0] + still, *held[1:]) for held in counts), warmed, cooled)


def _is_warm(place: int | None) -> bool:
    return place is not None and place >= WARM


def _place(tie: Tie, day: date) -> int | None:
    """Of the word for their warmth on that day; None where nothing was on record."""
    in_touch = tie.in_touch_since is not None and tie.in_touch_since <= day
    degrees = factors.warmth(_history(tie, day), day, tie.own, in_touch=in_touch)
    return None if degrees is None else WORDS.index(factors.warmth_word(degrees))


def _history(tie: Tie, day: date) -> History | None:
    """As it stood on that day; of the rest of a history, warmth knows nothing."""
    if tie.last is None:
        return None
    weeks, last, gap = tie.weeks, tie.last, tie.gap
    if tie.days is not None:
        until = tie.days[: bisect_right(tie.days, day.toordinal())]
        if not until:
            return None
        weeks, last = len({(one - 1) // 7 for one in until}), date.fromordinal(until[-1])
        gaps = [gap for before, after in pairwise(until) if (gap := after - before) > ONE_EXCHANGE]
        gap = float(median(gaps)) if gaps else None
    return History(weeks, 0, 0, 0, 0, last, last, gap)


def sentence(year: Year) -> str:
    """What the picture says to those who do not see it."""
    first, last = year.counts[0], year.counts[-1]
    told = [f"{word.lower()} from {then} to {now}" for word, then, now in zip(WORDS, first, last, strict=True)]
    return f"Over the year: {', '.join(reversed(told))}."
