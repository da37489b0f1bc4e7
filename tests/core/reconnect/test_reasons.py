"""Reasons: recorded facts only, and the words they become."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate
from keepwarm.core.reconnect.reasons import (
    EVIDENCE,
    answers,
    every,
    facts,
    reasons,
    short,
    soon,
    spell_months,
    town_of,
    words,
)  # fmt: skip
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


def test_what_passed_between_them_is_told_with_its_counts() -> None:
    past = history(date(2026, 4, 10), typical_gap=None, weeks=9, sent=9, answers=7, ambient90=4)
    lou = person("Lou Reyes", "Lou", history=past, last_context="Harbour plans", last_context_on=past.last)
    assert told(lou) == [
        "You were last in touch about “Harbour plans”.",
        "You were last in touch in April 2026; it has been seven months.",
        "You were both on four wide letters or meetings in the last three months.",
        "Lou usually answers: seven of nine times.",
        "You have been in touch in nine different weeks since July 2023.",
    ]


def test_the_owners_rhythm_goes_before_the_pairs_once_it_is_over() -> None:
    past = history(date(2026, 4, 10), typical_gap=60.0)
    assert told(person("Lou", history=past, cadence=30))[0] == (
        "You like to be in touch every month; it has been seven months."
    )
    assert told(person("Lou", history=past, cadence=365))[0] == (
        "You are usually in touch every two months; it has been seven months."
    )


def test_a_rhythm_still_kept_is_no_reason() -> None:
    rare = person("Lou", history=history(date(2026, 4, 10), typical_gap=400.0))
    assert told(rare)[0] == "You were last in touch in April 2026; it has been seven months."


@pytest.mark.parametrize(
    ("answered", "sent", "said"),
    [
        (0, 0, ""), (2, 2, ""), (0, 6, "Rarely, no of six times"), (2, 6, "Sometimes, two of six times"),
        (4, 6, "Often, four of six times"), (6, 6, "Usually, six of six times"),
    ],
)  # fmt: skip
def test_answers_are_a_band_with_its_count(answered: int, sent: int, said: str) -> None:
    assert answers(history(TODAY, answers=answered, sent=sent)) == said


def test_who_rarely_answers_is_not_proposed_for_it() -> None:
    rare = person("Lou", history=history(date(2026, 4, 10), answers=1, sent=9))
    assert not any("answers" in text for text in told(rare))


def test_each_reason_from_messages_opens_the_touches_behind_it() -> None:
    past = history(date(2026, 4, 10), ambient90=4)
    lou = person("Lou", history=past, last_context="Harbour plans", note_topic="her bakery")
    from_messages = [reason.kind for reason in reasons(lou, INES, TODAY) if reason.source == "messages"]
    assert len(from_messages) == 5
    assert {*from_messages, "topic"} <= set(EVIDENCE)


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
