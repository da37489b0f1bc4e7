"""News of someone: a reason while it is fresh, in words with its days, and a letter that asks for nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.balance_words import ask_in
from keepwarm.core.moments import Moment, employer, opening
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import factors
from keepwarm.core.reconnect.drafts import CHANNELS, drafts, limits
from keepwarm.core.reconnect.reasons import between, reasons, short, words
from tests.core.reconnect.cast import INES, TODAY, person

AFTER, ON = date(TODAY.year, 3, 3), TODAY - timedelta(days=2)
JOB = Moment("new_job", "Producer at Harbour Films", "Director, Acme", AFTER, ON, TODAY, "linkedin", "harbour films@x")
TITLE = Moment("new_title", "Managing Director", "Director", AFTER, ON, TODAY, "linkedin", "acme|director managing@x")
LOU = person("Lou Reyes", "Lou", organisation="Harbour Films")


def test_it_works() -> None:
    first = reasons(LOU._replace(moments=(JOB,)), INES, TODAY)[0]
    assert first.kind == "new_job"
    assert words(first, LOU) == f"Started at Harbour Films {between(AFTER, ON, TODAY)}."
    assert short(first) == "New at Harbour Films"
    assert (first.source, first.date) == ("linkedin", TODAY)


@pytest.mark.parametrize(
    ("after", "on", "said"),
    [
        (date(2026, 3, 3), date(2026, 11, 9), "between 3 March and 9 November"),
        (date(2025, 3, 3), date(2026, 11, 9), "between 3 March 2025 and 9 November 2026"),
        (date(2025, 3, 3), date(2025, 11, 9), "between 3 March and 9 November 2025"),
        (None, date(2026, 11, 9), "on 9 November"),
        (date(2026, 3, 3), None, ""),
    ],
)
def test_its_days(after: date | None, on: date | None, said: str) -> None:
    assert between(after, on, date(2026, 11, 12)) == said


def test_it_fades_in_weeks() -> None:
    strengths = [opening(JOB, ON + timedelta(weeks=weeks)) for weeks in (0, 3, 6, 9, 12, 60)]
    assert strengths == [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    assert opening(TITLE, ON) < opening(JOB, ON)
    assert opening(JOB._replace(on=None), TODAY) == 1.0
    old = LOU._replace(moments=(JOB._replace(on=TODAY - timedelta(weeks=12)),))
    assert factors.opening(old, TODAY) == 0.0
    assert not [reason for reason in reasons(old, INES, TODAY) if reason.kind == "new_job"]


def test_the_best_of_all_openings_counts() -> None:
    faint = JOB._replace(on=TODAY - timedelta(weeks=11))
    born = PartialDate(None, TODAY.month, TODAY.day)
    assert factors.opening(LOU._replace(moments=(faint,), birthday=born), TODAY) == 1.0


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("moment", [JOB, TITLE, JOB._replace(text="x at Ω|?", key="@x")])
@pytest.mark.parametrize("turn", range(3))
def test_the_letter_names_it_and_asks_for_nothing(channel: str, moment: Moment, turn: int) -> None:
    letter = drafts(LOU._replace(moments=(moment,)), INES, TODAY, channel, turn)[0]
    assert letter.shape == "congratulate"
    if moment is JOB:
        assert "Harbour Films" in letter.body
    assert not ask_in(letter.body)
    fewest, most = limits("congratulate", channel)
    assert fewest <= len(letter.body.split()) <= most
    assert "?" not in letter.body


def test_a_new_name_is_not_congratulated() -> None:
    renamed = LOU._replace(moments=(Moment("new_name", "Lou Moss", "Lou Reyes", AFTER, ON, TODAY, "linkedin", "x@y"),))
    assert "congratulate" not in {letter.shape for letter in drafts(renamed, INES, TODAY, "mail")}
    assert words(next(r for r in reasons(renamed, INES, TODAY) if r.kind == "new_name"), LOU).startswith("Is called")


def test_the_employer_of_a_new_job() -> None:
    assert employer(Moment("new_job", "Head of Sales at Women at Work", key="women at work@x")) == "Women at Work"
    assert employer(Moment("new_job", "Acme, Inc.", key="acme@x")) == "Acme"
