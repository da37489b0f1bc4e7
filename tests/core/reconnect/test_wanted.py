"""Whom the owner has said they want to write to: they come first, once, and the reason says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.reconnect import Candidate, choose, factors, reasons
from keepwarm.core.reconnect.rank import rank
from tests.core.reconnect.cast import INES, MARIA, TODAY, TOMASZ, history, network

BEFORE = TODAY - timedelta(days=3)
WANTED = TOMASZ._replace(wanted=BEFORE)


def chosen(*people: Candidate) -> list[str]:
    return [choice.candidate.name for choice in choose.choose(rank(people, INES, TODAY), TODAY)]


def test_it_works() -> None:
    assert chosen(*network(40), WANTED)[0] == "Tomasz Zielony"
    first = reasons.reasons(WANTED, INES, TODAY)[0]
    assert (reasons.words(first, WANTED), reasons.short(first)) == (
        "You wanted to say hello.", "You wanted to say hello",
    )  # fmt: skip
    assert (first.source, first.date) == ("user", BEFORE)


def test_before_those_with_messages() -> None:
    close = MARIA._replace(history=history(TODAY - timedelta(days=100)))
    assert chosen(close, WANTED)[0] == "Tomasz Zielony"


def test_the_oldest_wish_first() -> None:
    older = MARIA._replace(wanted=BEFORE - timedelta(days=1))
    assert chosen(WANTED, older)[:2] == ["Maria Olsen", "Tomasz Zielony"]


def test_the_far_corner_stays_free_for_others() -> None:
    wanted = [who._replace(wanted=BEFORE) for who in network(12)]
    others = [who._replace(id=other.id) for who, other in zip(network(24, seed=2)[12:], network(24)[12:], strict=True)]
    three = choose.choose(rank([*wanted, *others], INES, TODAY), TODAY)
    assert [factors.wished(choice.candidate, TODAY) for choice in three] == [True, True, False]


@pytest.mark.parametrize(
    ("facts", "open_"),
    [
        ({}, True),
        ({"suggested_on": BEFORE - timedelta(days=1)}, True),  # within the gap, but the wish came after
        ({"suggested_on": BEFORE}, False),
        ({"unanswered": 2}, True),
        ({"history": history(BEFORE - timedelta(days=1))}, True),
        ({"history": history(BEFORE)}, False),  # spoken to since
        ({"wanted": TODAY + timedelta(days=1)}, False),
        ({"wanted": None}, False),
    ],
)
def test_while_it_is_open(facts: dict[str, date | None], open_: bool) -> None:
    assert factors.wished(WANTED._replace(**facts), TODAY) is open_


def test_out_of_reach_is_out_of_reach() -> None:
    assert not choose.eligible(WANTED._replace(channels=()), TODAY)
