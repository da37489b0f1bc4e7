"""What a touch is between two people, by its kind and words; and a year of it, counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core import balance, balance_words
from keepwarm.core.balance import Balance

TODAY = date(2026, 11, 12)


def ago(days: int, said: str = "give") -> tuple[date, str]:
    return TODAY - timedelta(days=days), said


def counted(*touched: tuple[date, str], besides: int = 0, received: int = 0) -> Balance:
    return balance.of(touched, besides, received, TODAY)


def test_it_works() -> None:
    told = counted(ago(3), ago(90), ago(90, "ask"), ago(91, "neutral"), besides=1, received=2)
    assert told == Balance(gave=2, asked=2, received=2, gave_on=TODAY - timedelta(days=3))


def test_twelve_months_and_no_day_more() -> None:
    assert counted(ago(364)).gave == 1
    assert counted(ago(365)).gave == 0
    assert counted(ago(-1)).gave == 0


@pytest.mark.parametrize(
    ("told", "little"),
    [
        (counted(), True),
        (counted(ago(3)), False),
        (counted(ago(183)), False),
        (counted(ago(184)), True),
        (counted(ago(3), ago(5, "ask")), False),
        (counted(ago(3), ago(5, "ask"), ago(9, "ask")), True),
    ],
)
def test_when_little_was_given(told: Balance, little: bool) -> None:
    assert balance.little_given(told, TODAY) == little
    assert bool(balance.noticed("Maria", told, TODAY)) == little


def test_said_kindly() -> None:
    assert balance.noticed("Maria", counted(), TODAY) == "You have not given Maria anything lately."
    asked = counted(ago(3), ago(5, "ask"), ago(9, "ask"))
    assert balance.noticed("Maria", asked, TODAY) == "You have asked Maria twice this year and given once."


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Balance(4, 1), "You gave four times and asked once in the last twelve months."),
        (Balance(0, 2), "You gave nothing yet and asked twice in the last twelve months."),
        (Balance(1, 0), "You gave once and asked for nothing in the last twelve months."),
        (Balance(0, 0, 3), ""),
    ],
)
def test_in_a_sentence(told: Balance, said: str) -> None:
    assert balance.sentence(told) == said


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("hello", "How is everything your end?", "neutral"),
        ("saw_this", "I saw this and thought of you.", "give"),
        ("congratulate", "Congratulations on the new post!", "give"),
        ("saw_this", "I saw this. Could you introduce me to Kofi?", "ask"),
        ("hello", "Hope you are well. Could you spare half an hour?", "ask"),
        ("talk", "Would you have time for a call on Tuesday?", "neutral"),
        ("", "", "neutral"),
    ],
)
def test_a_letter_that_asks_is_an_ask(kind: str, body: str, said: str) -> None:
    assert balance_words.of_letter(kind, body) == said


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Intro: Amara and Kofi", "give"),
        ("Introducing Kofi", "give"),
        ("Congratulations!", "give"),
        ("Saw this and thought of you", "give"),
        ("Introduction request", "ask"),
        ("A small favour", "ask"),
        ("Could you recommend a printer?", "ask"),
        ("Need your advice on pricing", "ask"),
        ("Re: Intro: Amara and Kofi", "neutral"),
        ("Thank you for your help", "neutral"),
        ("Introduction to statistics, chapter 3", "give"),  # a guess, and put right in a click
        ("The proofs", "neutral"),
        ("A quick question", "neutral"),
        ("", "neutral"),
    ],
)
def test_a_subject(subject: str, said: str) -> None:
    assert balance_words.of_subject(subject, "out") == said
    assert balance_words.of_subject(subject, "in") == "neutral"


@pytest.mark.parametrize(("direction", "said"), [("out", "give"), ("in", "neutral")])
def test_what_they_do_for_the_owner_is_no_give(direction: str, said: str) -> None:
    assert balance_words.of_kind("endorsement", direction) == said
    assert balance_words.of_kind("invitation", direction) == "neutral"
