"""The first weeks after meeting someone: a hello within two days, then a word after 1, 4 and 12 weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

HELLO, WEEK, MONTH, QUARTER = "hello", "week", "month", "quarter"
STEPS = ((HELLO, 2), (WEEK, 7), (MONTH, 28), (QUARTER, 84))  # days after they met
RHYTHM = 4  # different weeks in touch since: from then on the tie has a pace of its own
OVER = STEPS[-1][1] + 28  # days: from then on Today looks after them like everyone else


class Step(NamedTuple):
    """What is next, and by when."""

    kind: str
    due: date


def next_step(met_on: date, touched: Iterable[date], today: date, *, own_rhythm: bool = False) -> Step | None:
    """The next word to them; None once the tie has a rhythm of its own, or the first weeks are over.

    `touched`: the days in touch since, without the meeting itself. A word counts for a step from halfway after the
    step before it, so that one on the tenth day is the one after a week. Of several steps that have passed without
    a word only the last is told: one hello is enough for all of them.
    """
    days = sorted({(day - met_on).days for day in touched if day >= met_on})
    if own_rhythm or len({day // 7 for day in days}) >= RHYTHM or (today - met_on).days > OVER:
        return None
    last = days[-1] if days else -1
    ahead = [(kind, due) for (kind, due), counts in zip(STEPS, _from(), strict=True) if last < counts]
    if not ahead:
        return None
    gone = (today - met_on).days
    kind, due = next((step for step in reversed(ahead) if step[1] <= gone), ahead[0])
    return Step(kind, met_on + timedelta(days=due))


def _from() -> list[int]:
    """For each step the first day from which a word is the one that it asks for."""
    return [0, *((before + due + 1) // 2 for (_, before), (_, due) in pairwise(STEPS))]
