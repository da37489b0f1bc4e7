"""Which mark of trust is proposed, and on what ground: upward only, and never again after a no."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from keepwarm.core import trust
from keepwarm.core.history import Event
from keepwarm.core.trust import Given, Opened, Proposal

TODAY = date(2026, 11, 12)
MAY = Opened("work", date(2026, 5, 4))


def exchange(day: int, balance: str = "neutral") -> list[Given]:
    """A word, and its answer a day later."""
    at = datetime(2026, 1, 1, 9) + timedelta(days=day)
    return [Given(Event(at, "out"), balance), Given(Event(at + timedelta(days=1), "in"), "neutral")]


def proposed(*touched: Given, doors: tuple[Opened, ...] = (), mark: str = "", declined: str = "") -> Proposal | None:
    return trust.proposed("Maria", mark, declined, doors, touched, TODAY)


ANSWERED = [*exchange(0), *exchange(40)]
GIVEN = [*exchange(0, "give"), *exchange(40, "give")]


def test_it_works() -> None:
    assert proposed(doors=(MAY,)) == Proposal("opens", "Maria sent you work in May.")
    assert proposed(*GIVEN) == Proposal("trusts", "Maria has answered twice when you gave something.")
    assert proposed(*ANSWERED) == Proposal("knows", "Maria has answered you twice.")


def test_one_of_them_is_not_enough() -> None:
    assert proposed(*exchange(0)) is None
    assert proposed(*exchange(0, "give"), *exchange(40)) == Proposal("knows", "Maria has answered you twice.")


def test_unanswered_nothing_is_proposed() -> None:
    assert proposed(*[one for one in GIVEN if one.event.direction == "out"]) is None


def test_a_talk_answers_itself() -> None:
    talks = [Given(Event(datetime(2026, month, 1, 9), "both"), "give") for month in (2, 6)]
    assert proposed(*talks) == Proposal("trusts", "Maria has answered twice when you gave something.")


@pytest.mark.parametrize("mark", ["trusts", "opens"])
def test_only_upward(mark: str) -> None:
    assert proposed(*GIVEN, mark=mark) is None


def test_a_no_holds_for_the_mark_and_those_below() -> None:
    assert proposed(*GIVEN, declined="trusts") is None
    assert proposed(*ANSWERED, declined="trusts") is None
    assert proposed(*GIVEN, declined="knows") is not None
    assert proposed(*GIVEN, doors=(MAY,), declined="opens") is None


def test_the_last_door_speaks() -> None:
    older = Opened("advice", date(2024, 3, 1))
    assert proposed(doors=(older, MAY)) == Proposal("opens", "Maria sent you work in May.")
    assert proposed(doors=(older,)) == Proposal("opens", "Maria gave you advice in March 2024.")
