"""How far someone trusts the owner: unknown, knows me, trusts me, opens doors; and when to propose the next mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from keepwarm.core import history
from keepwarm.core.balance import times
from keepwarm.core.balance_words import GIVE
from keepwarm.core.history import Event
from keepwarm.core.reconnect.reasons import MONTHS, TRUSTED

UNKNOWN, KNOWS, TRUSTS, OPENS = LADDER = ("", "knows", "trusts", "opens")
ANSWERED = 2  # of the owner's words, until they know the owner; of gives, until they trust
MARKED = {KNOWS: "someone who knows you", **TRUSTED}
OPENED = {
    "referral": "{} referred you to someone in {}.",
    "introduction": "{} introduced you to someone in {}.",
    "work": "{} sent you work in {}.",
    "advice": "{} gave you advice in {}.",
    "other": "{} opened a door for you in {}.",
}


class Proposal(NamedTuple):
    """A mark, and the fact that speaks for it."""

    mark: str
    why: str


class Given(NamedTuple):
    """One touch, as far as it speaks of trust."""

    event: Event
    balance: str


class Opened(NamedTuple):
    """A door, as far as it does."""

    kind: str
    on: date


def proposed(
    called: str, mark: str, declined: str, doors: Sequence[Opened], touched: Sequence[Given], today: date
) -> Proposal | None:
    """The highest mark that the record speaks for, where it is above the one they have and above any that was declined.

    After a door: opens doors. After two answered gives: trusts me. After two answered words: knows me. Never down,
    and a mark that the owner has said no to is not proposed again, nor one below it.
    """
    found = _spoken_for(called, doors, touched, today)
    highest = max(LADDER.index(mark), LADDER.index(declined))
    return found if found and LADDER.index(found.mark) > highest else None


def _spoken_for(called: str, doors: Sequence[Opened], touched: Sequence[Given], today: date) -> Proposal | None:
    """The highest mark that anything speaks for."""
    if doors:
        last = max(doors, key=lambda door: door.on)
        why = OPENED.get(last.kind, OPENED["other"])
        return Proposal(OPENS, why.format(called, _month(last.on, today)))
    gives, words = _answered(touched)
    if gives >= ANSWERED:
        return Proposal(TRUSTS, f"{called} has answered {times(gives)} when you gave something.")
    return Proposal(KNOWS, f"{called} has answered you {times(words)}.") if words >= ANSWERED else None


def _answered(touched: Sequence[Given]) -> tuple[int, int]:
    """How many gives, and how many words of the owner's at all, were answered; a talk answers itself."""
    places = history.answered([one.event for one in touched])
    mine = [touched[place] for place in places if touched[place].event.direction != "in"]
    return sum(one.balance == GIVE for one in mine), len(mine)


def _month(on: date, today: date) -> str:
    """In May, or in May 2024 where that is another year."""
    return MONTHS[on.month - 1] + (f" {on.year}" if on.year != today.year else "")
