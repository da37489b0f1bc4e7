"""Reasons: recorded facts only, and the words they become."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate
from keepwarm.core.reconnect.reasons import every, facts, reasons, short, soon, spell_months, town_of, words
from tests.core.reconnect.cast import INES, MARIA, OTTO, PRIYA, TODAY, TOMASZ, crowd, history, person


def told(someone: Candidate) -> list[str]:
    return [words(reason, someone) for reason in reasons(someone, INES, TODAY)]


def test_it_works() -> None:
    assert told(MARIA) == [
        "You connected in June 2016, in your own time at Brightwater Foods.",
        "Head of Insight, Brightwater Foods.",
        "Nothing noted between you yet.",
    ]


def test_where_the_owner_was_when_they_met() -> None:
    assert told(TOMASZ)[:2] == [
        "You connected in June 2019, when you were at Kolejka Labs.",
        "The only person you know at Marlow Health.",
    ]


def test_a_birthday_comes_first() -> None:
    assert told(PRIYA)[:2] == ["Birthday on Sunday.", "One of seven people you know at Fenwick.io."]


def test_of_whom_nothing_is_known_nothing_is_said() -> None:
    assert told(OTTO) == ["Nothing noted between you yet."]


@pytest.mark.parametrize(
    ("someone", "said"),
    [
        (
            person("Lou", known_since=date(2022, 3, 1)),
            "You have known each other since March 2022, on LinkedIn.",
        ),
        (
            person("Lou", known_since=date(2022, 3, 1), source="vcard"),
            "You have known each other since March 2022, in your address book.",
        ),
        (
            person("Lou", organisation="Brightwater Foods", known_since=date(2022, 3, 1)),
            "You have both been at Brightwater Foods; you until 2018.",
        ),
        (person("Lou", organisation="Larkfield Studio"), "You are both at Larkfield Studio."),
        (
            person("Lou", known_since=date(2016, 11, 10)),
            "It is ten years this week since you connected on LinkedIn.",
        ),
        (person("Lou", place="Leeds, UK"), "You are both in Leeds."),
        (person("Lou Reyes", "Lou", important=2), "You marked Lou as important."),
        (person("Lou Reyes", "Lou", relation="Past client"), "You noted Lou as: past client."),
        (person("Lou", how_met="at the night market."), "How you met: At the night market."),
        (person("Lou", note_topic="half marathon"), "You noted: Half marathon."),
        (person("Lou", birthday=PartialDate(None, 11, 12)), "Birthday today."),
        (person("Lou", birthday=PartialDate(None, 11, 20)), "Birthday on 20 November."),
        (
            person("Lou", history=history(date(2026, 4, 10), typical_gap=60.0)),
            "You are usually in touch every two months; it has been seven months.",
        ),
        (
            person("Lou", history=history(date(2026, 4, 10), typical_gap=None)),
            "You were last in touch in April 2026; it has been seven months.",
        ),
    ],
)
def test_the_first_reason(someone: Candidate, said: str) -> None:
    assert told(someone)[0] == said


def test_connected_on_is_never_called_a_conversation() -> None:
    for someone in (MARIA, TOMASZ, person("Lou", known_since=date(2012, 5, 5))):
        everything = " ".join(told(someone)).lower()
        assert not re.search(r"spoke|talk|wrote|touch|conversation|neglect|silen", everything)


def test_each_reason_says_its_source_and_date() -> None:
    for reason in reasons(MARIA, INES, TODAY):
        assert reason.source in ("linkedin", "user")
        assert reason.date == date(2026, 11, 1)


FORBIDDEN = re.compile(
    r"\b(lead|prospect|pipeline|overdue|contact|neglected|his|her|him|she|he|failed|missed|None)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("someone", crowd(150), ids=lambda c: str(c.id.int))
def test_the_words_of_anyone(someone: Candidate) -> None:
    own_words = {someone.how_met, someone.note_topic, someone.title, someone.name, someone.organisation}
    found = reasons(someone, INES, TODAY)
    assert [r.strength for r in found] == sorted((r.strength for r in found), reverse=True)
    for reason in found:
        line, closed = words(reason, someone), short(reason)
        assert line.endswith(".")
        assert closed
        assert not closed.endswith(".")
        if reason.subject not in own_words:
            assert not FORBIDDEN.search(line + closed), line
    for label, text in facts(someone, INES, TODAY):
        assert label
        assert text.strip() == text != ""


def test_facts_of_the_open_card() -> None:
    assert facts(MARIA, INES, TODAY) == [
        ("Work", "Head of Insight, Brightwater Foods"),
        ("Known since", "June 2016, on LinkedIn"),
        ("In common", "Brightwater Foods, you until 2018"),
        ("Between you", "Nothing noted yet"),
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (3, "on Sunday"), (6, "on Wednesday"), (7, "on 19 November")],
)
def test_soon(days: int, said: str) -> None:
    assert soon(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(
    ("months", "said"), [(1, "one month"), (7, "seven months"), (14, "over a year"), (40, "three years")]
)
def test_spell_months(months: int, said: str) -> None:
    assert spell_months(months) == said


@pytest.mark.parametrize(
    ("days", "said"), [(3, "three days"), (7, "week"), (14, "two weeks"), (30, "month"), (61, "two months")]
)
def test_every(days: int, said: str) -> None:
    assert every(days) == said


@pytest.mark.parametrize(
    ("place", "town"),
    [
        ("Leeds, England", "Leeds"),
        ("Greater London", "London"),
        ("San Francisco Bay Area, CA", "San Francisco Bay"),
    ],
)
def test_town(place: str, town: str) -> None:
    assert town_of(place) == town
