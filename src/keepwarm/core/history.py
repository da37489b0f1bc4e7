"""A person's touches replayed into the totals that judgement reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

ANSWER_WITHIN = timedelta(days=14)
AMBIENT_FOR = 90  # days
ONE_EXCHANGE = 3  # days: a letter and its answer are one time in touch, not a gap of a day


class Event(NamedTuple):
    """One touch: in the owner's local time."""

    at: datetime
    direction: str  # out, in, both
    ambient: bool = False


class Totals(NamedTuple):
    """As models.Summary names them."""

    weeks: int = 0
    sent: int = 0
    received: int = 0
    answers: int = 0
    unanswered: int = 0
    first_on: date | None = None
    last_on: date | None = None
    gap_low: float | None = None
    gap_middle: float | None = None
    gap_high: float | None = None


def replay(events: Iterable[Event]) -> Totals:
    """The totals of these events, in whatever order they arrive.

    A meeting or a call goes both ways. A try is answered by their first word within 14 days; any word
    of theirs ends the unanswered ones. Gaps are days between exchanges.
    """
    direct = sorted(event for event in events if not event.ambient)
    if not direct:
        return Totals()
    sent = received = answers = unanswered = 0
    tried = direct[0].at
    for at, direction, _ in direct:
        if direction == "out":
            sent += 1
            unanswered += 1
            tried = at
        else:
            received += 1
            answers += unanswered > 0 and at - tried <= ANSWER_WITHIN
            unanswered = 0
            if direction == "both":
                sent += 1
                answers += 1
    days = sorted({at.toordinal() for at, _, _ in direct})
    weeks = len({(day - 1) // 7 for day in days})  # day 1 was a Monday
    first, last = date.fromordinal(days[0]), date.fromordinal(days[-1])
    return Totals(weeks, sent, received, answers, unanswered, first, last, *_quartiles(days))


def answered(events: Sequence[Event]) -> set[int]:
    """At which places in `events` the tries stand that were answered, and their answers, as `replay` counts them."""
    found: set[int] = set()
    tried: int | None = None
    for place in sorted((n for n, event in enumerate(events) if not event.ambient), key=events.__getitem__):
        at, direction, _ = events[place]
        if direction == "out":
            tried = place
            continue
        if tried is not None and at - events[tried].at <= ANSWER_WITHIN:
            found |= {tried, place}
        if direction == "both":
            found.add(place)
        tried = None
    return found


def _quartiles(days: list[int]) -> tuple[float | None, float | None, float | None]:
    gaps = [gap for before, after in pairwise(days) if (gap := after - before) > ONE_EXCHANGE]
    if not gaps:
        return None, None, None
    low, middle, high = quantiles(gaps, n=4, method="inclusive") if len(gaps) > 1 else gaps * 3
    return float(low), float(middle), float(high)


def ambient_near(events: Iterable[Event], today: date) -> int:
    """Wide letters and meetings shared in the 90 days up to today: Summary.ambient90."""
    return sum(event.ambient and 0 <= (today - event.at.date()).days <= AMBIENT_FOR for event in events)
