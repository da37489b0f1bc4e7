"""A person's touches replayed into the totals that judgement reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

ANSWER_WITHIN = timedelta(days=14)
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
    direct = sorted((event for event in events if not event.ambient), key=lambda event: event.at)
    if not direct:
        return Totals()
    sent = received = answers = 0
    waiting: list[datetime] = []
    for event in direct:
        sent += event.direction != "in"
        received += event.direction != "out"
        if event.direction == "out":
            waiting.append(event.at)
        else:
            answers += any(event.at - tried <= ANSWER_WITHIN for tried in waiting) + (event.direction == "both")
            waiting = []
    days = sorted({event.at.date() for event in direct})
    weeks = len({day.isocalendar()[:2] for day in days})
    return Totals(weeks, sent, received, answers, len(waiting), days[0], days[-1], *_quartiles(days))


def _quartiles(days: list[date]) -> tuple[float | None, float | None, float | None]:
    between = ((after - before).days for before, after in pairwise(days))
    gaps = [gap for gap in between if gap > ONE_EXCHANGE]
    if not gaps:
        return None, None, None
    low, middle, high = quantiles(gaps, n=4, method="inclusive") if len(gaps) > 1 else gaps * 3
    return float(low), float(middle), float(high)
