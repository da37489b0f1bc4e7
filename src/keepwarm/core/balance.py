"""Give and ask between the owner and one person, counted over a year; and whether little was given lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from keepwarm.core.balance_words import ASK, GIVE
from keepwarm.core.reconnect.reasons import spell

YEAR = timedelta(days=365)  # what is counted
LATELY = timedelta(days=183)  # a give longer ago than this is none lately


class Balance(NamedTuple):
    """Of the twelve months up to a day."""

    gave: int = 0
    asked: int = 0
    received: int = 0  # what they did for the owner: doors, endorsements, recommendations
    gave_on: date | None = None  # the last time

    @property
    def is_empty(self) -> bool:
        return not (self.gave or self.asked or self.received)


def of(touched: Iterable[tuple[date, str]], asked_besides: int, received: int, today: date) -> Balance:
    """From (day, balance) of each touch. `asked_besides`: what was asked without a touch that says so."""
    counted = [(day, balance) for day, balance in touched if today - YEAR < day <= today]
    gave = [day for day, balance in counted if balance == GIVE]
    asked = sum(balance == ASK for _, balance in counted)
    return Balance(len(gave), asked + asked_besides, received, max(gave, default=None))


def little_given(balance: Balance, today: date) -> bool:
    """No give within half a year, or more asked than given within the whole: "give before you ask".

    Then an ask is noticed, kindly, and three gives are offered; it never stops anybody.
    """
    return balance.gave_on is None or today - balance.gave_on > LATELY or balance.asked > balance.gave


def sentence(balance: Balance) -> str:
    """ "You gave four times and asked once." for those who do not see the picture; "" for nothing at all."""
    if not (balance.gave or balance.asked):
        return ""
    gave = f"You gave {times(balance.gave)}" if balance.gave else "You gave nothing yet"
    asked = f"asked {times(balance.asked)}" if balance.asked else "asked for nothing"
    return f"{gave} and {asked} in the last twelve months."


def noticed(called: str, balance: Balance, today: date) -> str:
    """Why a give first would be kind; "" where enough was given."""
    if not little_given(balance, today):
        return ""
    if balance.gave_on and today - balance.gave_on <= LATELY:
        return f"You have asked {called} {times(balance.asked)} this year and given {times(balance.gave)}."
    return f"You have not given {called} anything lately."


def received(called: str, balance: Balance) -> str:
    """What came from them; "" where nothing is on record."""
    return f"{called} has done something for you {times(balance.received)}." if balance.received else ""


def times(number: int) -> str:
    """Once, twice, three times."""
    return {1: "once", 2: "twice"}.get(number, f"{spell(number)} times")
