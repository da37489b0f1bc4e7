"""How far an introduction has come, what may be done next, and whom to ask first.

idea → first asked → first willing → second asked → both willing → introduced → met → thanked; either may say no, and
the owner may let it be. The second is asked once the first has said yes, so that nobody is offered and then refused.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

IDEA, ASKED, ONE_YES, ASKED_BOTH = "idea", "asked", "one_yes", "asked_both"
WILLING, INTRODUCED, MET, THANKED = "willing", "introduced", "met", "thanked"
DECLINED, DROPPED = "declined", "dropped"

ASK, YES, NO, INTRODUCE, MEET, THANK, DROP, TURN = (
    "ask", "yes", "no", "introduce", "meet", "thank", "drop", "turn",
)  # fmt: skip

A_MONTH = 30  # days in which nobody is asked about, or introduced to, more than one person
WAITS = timedelta(days=10)  # for a yes, until a gentle word about it
MEETS = timedelta(weeks=3)  # after the introduction, until one may wonder


class Side(NamedTuple):
    """One of the two; answer: yes, no or "" where there is none yet."""

    asked: datetime | None = None
    answer: str = ""
    answered: datetime | None = None


class Standing(NamedTuple):
    """An introduction, as far as it has come."""

    first: Side = Side()
    second: Side = Side()
    introduced: datetime | None = None
    met: datetime | None = None
    thanked: datetime | None = None
    dropped: datetime | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second


def state(s: Standing) -> str:
    """Where it stands: the furthest that has happened; what ended it goes before."""
    reached = (
        (DROPPED, s.dropped), (THANKED, s.thanked), (MET, s.met), (INTRODUCED, s.introduced),
        (DECLINED, NO in (s.first.answer, s.second.answer)),
        (WILLING, s.first.answer == s.second.answer == YES),
        (ASKED_BOTH, s.first.answer == YES and s.second.asked),
        (ONE_YES, s.first.answer == YES), (ASKED, s.first.asked),
    )  # fmt: skip
    return next((name for name, there in reached if there), IDEA)


# From where which steps are open; ask, yes and no are of the side whose turn it is.
STEPS: dict[str, tuple[str, ...]] = {
    IDEA: (ASK, YES, TURN, DROP),
    ASKED: (YES, NO, DROP),
    ONE_YES: (ASK, YES, DROP),
    ASKED_BOTH: (YES, NO, DROP),
    WILLING: (INTRODUCE, DROP),
    INTRODUCED: (MEET, DROP),
    MET: (THANK,),
    THANKED: (),
    DECLINED: (),
    DROPPED: (),
}


def turn(s: Standing) -> int:
    """Whose turn it is: 0 until the first has said yes, then 1."""
    return 1 if s.first.answer == YES else 0


def may(s: Standing, step: str) -> bool:
    return step in STEPS[state(s)]


def last(s: Standing) -> tuple[str, int] | None:
    """The last step that was taken and on which side: what undo takes back. None for an idea."""
    name = state(s)
    whole = {DROPPED: DROP, THANKED: THANK, MET: MEET, INTRODUCED: INTRODUCE}
    if name in whole:
        return whole[name], 0
    side = 1 if s.second.answer or s.second.asked else 0
    here = s.sides[side]
    return (here.answer, side) if here.answer else (ASK, side) if here.asked else None


def ended(s: Standing) -> bool:
    return not STEPS[state(s)]


# Fairness


def rests_until(last_asked: date | None, day: date) -> date | None:
    """Until when someone is left in peace, who was asked about or introduced to somebody else on that day; None: now
    is fine."""
    until = last_asked + timedelta(days=A_MONTH) if last_asked else None
    return until if until and until > day else None


class Weight(NamedTuple):
    """What decides who is asked first."""

    gives: bool = False  # the other one needs what this one offers
    standing: float = 0  # core.reconnect.factors.standing
    name: str = ""


def second_is_first(one: Weight, other: Weight) -> bool:
    """Whether the other is to be asked first: who would give, else whose standing is higher, for they have more to
    lose by a meeting that they did not want."""
    if one.gives != other.gives:
        return other.gives
    return (other.standing, one.name) > (one.standing, other.name)


def why_first(first: Weight, second: Weight, called: str) -> str:
    """The same in words, for the owner."""
    if first.gives and not second.gives:
        return f"{called} first: it is their help that is wished for, so theirs is the first yes."
    if first.standing > second.standing:
        return f"{called} first: they are asked for more, so theirs is the first yes."
    return f"{called} first. You may ask the other one first just as well."


# A gentle word


def wonder_on(s: Standing) -> date | None:
    """The day from which one may gently wonder: whether there is an answer, or whether they have met."""
    name = state(s)
    if name == INTRODUCED and s.introduced:
        return s.introduced.date() + MEETS
    if name in (ASKED, ASKED_BOTH) and (asked := s.sides[turn(s)].asked):
        return asked.date() + WAITS
    return None
