"""The sentence of the week that says which kind of message is answered, and only where the difference is believable.

Of the letters that had two weeks to be answered by the beginning of this week, the kind that was answered most is set
beside the kind that was answered least, each sent at least `FEWEST` times. The difference counts where Newcombe's
interval of it (1998, method 10: from two Wilson intervals) at nine in ten lies above nothing. All is counted up to the
first day of the week, so that the sentence stands until the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import sqrt
from typing import NamedTuple

from keepwarm.core.reconnect.reasons import MONTHS, spell

FEWEST = 8  # letters of a kind; of fewer nothing is said
TIME_TO_ANSWER = timedelta(days=14)
SURE = 1.645  # standard deviations: nine in ten
WRITING = {
    "hello": "just saying hello", "thread": "picking up a thread", "saw_this": "sharing something",
    "congratulate": "congratulating", "talk": "proposing a conversation",
    "promise": "keeping a word", "thanks": "saying thank you", "just_met": "writing after a first meeting",
}  # fmt: skip


class Letter(NamedTuple):
    """One that was sent, and the day of the first word since, if any."""

    shape: str
    sent_on: date
    answered_on: date | None


class Tally(NamedTuple):
    shape: str
    sent: int
    answered: int

    @property
    def share(self) -> float:
        return self.answered / self.sent


class Sentence(NamedTuple):
    text: str
    sure: bool  # whether the difference is believable


def wilson(hits: int, of: int, sure: float = SURE) -> tuple[float, float]:
    """Between which shares the true one lies."""
    share, square = hits / of, sure * sure
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = sure / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return middle - half, middle + half


def is_believable(more: Tally, less: Tally) -> bool:
    """Whether Newcombe's interval of the difference leaves out nothing."""
    low, _ = wilson(more.answered, more.sent)
    _, high = wilson(less.answered, less.sent)
    difference = more.share - less.share
    return difference > sqrt((more.share - low) ** 2 + (high - less.share) ** 2)


def sentence(letters: Iterable[Letter], week: date) -> Sentence | None:
    """Of the week that begins on that day; None where nothing had the time to be answered."""
    counted = [one for one in letters if one.sent_on < week - TIME_TO_ANSWER]
    if not counted:
        return None
    since = min(one.sent_on for one in counted)
    told = [tally for tally in tallies(counted, week) if tally.sent >= FEWEST and tally.shape in WRITING]
    if len(told) < 2:
        return Sentence(_early(counted, week), sure=False)
    more, less = max(told, key=lambda one: one.share), min(told, key=lambda one: one.share)
    when = _when(since, week)
    if more.share == less.share:
        return Sentence(f"{when}, every kind of letter was answered alike: {_brought(more)}.", sure=False)
    text = f"{when}, {_brought(more)}; {WRITING[less.shape]} {less.answered or 'none'} to {less.sent}"
    sure = is_believable(more, less)
    return Sentence(f"{text}." if sure else f"{text}. Too early to call it a difference.", sure)


def tallies(letters: Iterable[Letter], until: date) -> list[Tally]:
    """By shape, the commonest first; a word from `until` on is not heard yet."""
    counts: dict[str, list[int]] = {}
    for one in letters:
        held = counts.setdefault(one.shape, [0, 0])
        held[0] += 1
        held[1] += one.answered_on is not None and one.answered_on < until
    return sorted((Tally(shape, *held) for shape, held in counts.items()), key=lambda one: (-one.sent, one.shape))


def _early(letters: list[Letter], week: date) -> str:
    answered = sum(tally.answered for tally in tallies(letters, week))
    brought = f"{_some(len(letters), 'letter')} brought {_some(answered, 'answer')}".capitalize()
    return f"{brought}. Too early to say which kind does best: it takes {spell(FEWEST)} each of two."


def _brought(tally: Tally) -> str:
    return f"{WRITING[tally.shape]} brought {_some(tally.answered, 'answer')} to {_some(tally.sent, 'letter')}"


def _some(count: int, what: str) -> str:
    return f"{spell(count)} {what}{'s' * (count != 1)}"


def _when(day: date, today: date) -> str:
    """Since August, or where that month comes round again before today: in a year."""
    return f"Since {MONTHS[day.month - 1]}" if (today - day).days < 330 else "In a year"
