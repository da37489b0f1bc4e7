"""One line about an exchange: what is read from it, line beside expectation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.touch_line import Promise, happened, read

TODAY = date(2026, 11, 12)  # a Thursday


def day(text: str) -> date:
    """ "10 Nov" of this year, "10 Nov 2025", "today"."""
    if text == "today":
        return TODAY
    return datetime.strptime(text if text[-4:].isdigit() else f"{text} 2026", "%d %b %Y").date()


def it(*, at: str = "", names: str = "", promise: str = "", due: str = "", **told: str) -> dict[str, Any]:
    """What is read from a line, where it says so; `text` only where it is given."""
    return {
        "channel": "", "direction": "both", "balance": "neutral", **told,
        "at": day(at) if at else None,
        "names": tuple(names.split(", ")) if names else (),
        "promise": Promise(promise, day(due) if due else None) if promise else None,
    }  # fmt: skip


LINES = [
    (
        "coffee with Amara last Tuesday, she is hiring; I'll send her the deck by Friday",
        it(
            channel="meeting",
            at="10 Nov",
            names="Amara",
            text="She is hiring; I'll send her the deck by Friday",
            promise="send her the deck",
            due="13 Nov",
        ),
    ),
    # Ways
    ("Lunch with Amara Nwosu-Blake yesterday", it(channel="meeting", at="11 Nov", names="Amara Nwosu-Blake", text="")),
    ("called Ben this morning about the lease", it(channel="call", at="today", names="Ben", text="About the lease")),
    ("wrote to Chiara two weeks ago", it(channel="mail", at="29 Oct", direction="out", names="Chiara", text="")),
    ("mailed Tom", it(channel="mail", direction="out", names="Tom")),
    ("texted Femi last night", it(channel="sms", at="11 Nov", direction="out", names="Femi")),
    (
        "WhatsApp from Zoë on Sunday: moving house",
        it(channel="whatsapp", at="8 Nov", direction="in", names="Zoë", text="Moving house"),
    ),
    (
        "LinkedIn message to Ravi a couple of days ago",
        it(channel="linkedin", at="10 Nov", direction="out", names="Ravi", text=""),
    ),
    ("Had a zoom with Kofi on 2026-10-02", it(channel="call", at="2 Oct", names="Kofi", text="")),
    ("WhatsApp call with Mei", it(channel="call", names="Mei")),
    ("spoke to Maria on the phone the day before yesterday", it(channel="call", at="10 Nov", names="Maria", text="")),
    ("spoke to Maria about her thesis", it(channel="other", names="Maria", text="About her thesis")),
    ("saw Ann's post, wrote to her on LinkedIn", it(channel="linkedin", direction="out", names="Ann")),
    (
        "coffee with Ann, she found a job on LinkedIn",
        it(channel="meeting", names="Ann", text="She found a job on LinkedIn"),
    ),
    ("Emailed Ann about lunch", it(channel="mail", direction="out", names="Ann", text="About lunch")),
    ("met Ann, who runs a firm called Larch", it(channel="meeting", names="Ann, Larch")),
    ("Ann said the call was off", it(channel="call", names="Ann")),
    ("Signal message to Bo", it(channel="other", direction="out", names="Bo")),
    ("coffee", it(channel="meeting", text="")),
    # Days
    ("met Tom at the museum on 3 May", it(channel="meeting", at="3 May", names="Tom", text="At the museum")),
    ("met Tom on 3 December", it(channel="meeting", at="3 Dec 2025", names="Tom")),
    ("met Tom on the 3rd of May 2024", it(channel="meeting", at="3 May 2024", names="Tom")),
    ("met Tom on May 3rd", it(channel="meeting", at="3 May", names="Tom")),
    ("met Tom on the 3rd", it(channel="meeting", at="3 Nov", names="Tom")),
    ("met Tom on the 30th", it(channel="meeting", at="30 Oct", names="Tom")),
    ("met Tom 12/5", it(channel="meeting", at="12 May", names="Tom")),
    ("met Tom 5/13/26", it(channel="meeting", at="13 May", names="Tom")),
    ("met Tom 12.5.2025", it(channel="meeting", at="12 May 2025", names="Tom")),
    ("met Tom on Thursday", it(channel="meeting", at="5 Nov", names="Tom")),
    ("met Tom on Monday evening", it(channel="meeting", at="9 Nov", names="Tom")),
    ("met Tom Tuesday last week", it(channel="meeting", at="3 Nov", names="Tom")),
    ("met Tom a week last Monday", it(channel="meeting", at="2 Nov", names="Tom")),
    ("met Tom last week", it(channel="meeting", at="5 Nov", names="Tom")),
    ("met Tom at the weekend", it(channel="meeting", at="7 Nov", names="Tom")),
    ("met Tom a month ago", it(channel="meeting", at="12 Oct", names="Tom")),
    ("met Tom a fortnight ago", it(channel="meeting", at="29 Oct", names="Tom")),
    ("met Tom half a year ago", it(channel="meeting", at="12 May", names="Tom")),
    ("met Tom 2 years ago", it(channel="meeting", at="12 Nov 2024", names="Tom")),
    ("met Tom in March", it(channel="meeting", at="15 Mar", names="Tom")),
    ("met Tom, he is on call 24/7", it(channel="meeting", names="Tom", text="He is on call 24/7")),
    ("Ann wrote: she starts on Monday", it(channel="mail", direction="in", names="Ann", text="She starts on Monday")),
    ("met Ann, she is moving on 3 May", it(channel="meeting", names="Ann", text="She is moving on 3 May")),
    ("met Ann yesterday, free until Monday", it(channel="meeting", at="11 Nov", names="Ann", text="Free until Monday")),
    ("we sat with Ann", it(channel="meeting", names="Ann")),
    # Who
    ("amara coffee yesterday", it(channel="meeting", at="11 Nov", names="amara", text="")),
    ("coffee with amara nwosu on monday", it(channel="meeting", at="9 Nov", names="amara nwosu")),
    ("dinner with Ama and Kwesi", it(channel="meeting", names="Ama, Kwesi")),
    ("lunch at Larch with ben", it(channel="meeting", names="ben")),
    ("ran into Jan van der Berg on Saturday", it(channel="meeting", at="7 Nov", names="Jan van der Berg")),
    ("Caught up with Sun Li on Sat", it(channel="other", at="7 Nov", names="Sun Li", text="")),
    ("lunch with April yesterday", it(channel="meeting", at="11 Nov", names="April")),
    ("met 李娜 yesterday", it(channel="meeting", at="11 Nov", names="李娜")),
    ("met @ngozi at the fair", it(channel="meeting", names="ngozi")),
    ("Called O'Brien", it(channel="call", names="O'Brien")),
    # Who began
    ("Heard from Tom, his mother is ill", it(channel="other", direction="in", names="Tom", text="His mother is ill")),
    ("Called Ben, no answer, left a voicemail", it(channel="call", direction="out", names="Ben")),
    ("missed call from Ben", it(channel="call", direction="in", names="Ben")),
    ("emailed Ann, she replied", it(channel="mail", direction="both", names="Ann")),
    ("Ann texted me", it(channel="sms", direction="in", names="Ann")),
    # Give and ask
    (
        "Introduced Amara to Ben yesterday",
        it(at="11 Nov", direction="out", balance="give", names="Amara, Ben", text="Introduced Amara to Ben"),
    ),
    ("sent Ann Lee the article on small teams", it(direction="out", balance="give", names="Ann Lee")),
    ("sent her the article", it(direction="out", balance="give")),
    ("sent Ann a quick note", it(direction="out", names="Ann")),
    ("forwarded Tom the tender", it(direction="out", balance="give", names="Tom")),
    ("congratulated Ann on her new job", it(direction="out", balance="give", names="Ann")),
    ("Lent Tom my drill", it(direction="out", balance="give", names="Tom")),
    ("asked Tom for an intro to Larch", it(direction="out", balance="ask", names="Tom, Larch")),
    ("Asked him for advice over coffee", it(channel="meeting", balance="ask")),
    ("asked Ann how she is", it(direction="out", names="Ann")),
    ("Ann asked me for a reference", it(direction="in", names="Ann")),
    ("She sent me the deck", it(direction="in")),
    ("Ann introduced me to Leo", it(direction="in", names="Ann, Leo")),
    # Promises
    ("will call Ann on Friday", it(names="Ann", promise="call Ann", due="13 Nov")),
    ("met Tom, promised to read his chapter", it(channel="meeting", names="Tom", promise="read his chapter")),
    ("met Tom. I'll ring him next week", it(channel="meeting", names="Tom", promise="ring him", due="20 Nov")),
    (
        "met Tom; I will lend him the book in two weeks",
        it(channel="meeting", names="Tom", promise="lend him the book", due="26 Nov"),
    ),
    ("met Tom, I'll be in Leeds in May", it(channel="meeting", names="Tom")),
]


def test_there_are_many() -> None:
    assert len(LINES) >= 60


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_what_is_read(line: str, expected: dict[str, Any]) -> None:
    found = read(line, TODAY)._asdict()
    assert {name: found[name] for name in expected} == expected


def test_the_month_comes_first_for_those_who_write_it_so() -> None:
    assert read("met Tom 12/5", TODAY, month_first=True).at == date(2025, 12, 5)
    assert read("met Tom 13/5", TODAY, month_first=True).at == date(2026, 5, 13)


def test_the_first_day_of_the_week_decides_which_week() -> None:
    sunday = date(2026, 11, 15)
    assert read("met Tom on Sunday last week", sunday, 0).at == date(2026, 11, 8)
    assert read("met Tom on Monday last week", sunday, 0).at == date(2026, 11, 2)
    assert read("met Tom on Monday last week", sunday, 6).at == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("coffee with Amara last Tuesday", [("coffee", "channel"), ("Amara", "name"), ("last Tuesday", "date")]),
        ("introduced Ann to Ben", [("introduced", "balance"), ("Ann", "name"), ("Ben", "name")]),
        ("met Ann; I'll call her", [("met", "channel"), ("Ann", "name"), ("I'll call her", "promise")]),
    ],
)
def test_what_was_understood_is_marked(line: str, marked: list[tuple[str, str]]) -> None:
    assert [(line[span.start : span.end], span.what) for span in read(line, TODAY).spans] == marked


WORDS = """
    coffee with Amara Ann last Tuesday yesterday 12/5 I'll send her the on May 3rd asked for sent, ; . wrote @ben
    30/2 99/99 0/0
""".split()  # noqa: SIM905


@given(st.lists(st.sampled_from(WORDS)).map(" ".join) | st.text(max_size=80))
def test_any_line_is_read(line: str) -> None:
    said = read(line, TODAY)
    assert said.at is None or said.at <= TODAY
    assert said.promise is None or said.promise.due is None or said.promise.due >= TODAY
    ends = 0
    for span in said.spans:
        assert ends <= span.start < span.end <= len(line)
        ends = span.end


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.sampled_from(LINES), st.integers(0, 6))
def test_on_any_day_the_exchange_is_past_and_the_promise_to_come(
    today: date, line: tuple[str, Any], first: int
) -> None:
    said = read(line[0], today, first)
    assert said.at is None or said.at <= today
    assert said.promise is None or said.promise.due is None or said.promise.due >= today


def test_a_touch_in_a_few_words() -> None:
    assert happened("meeting", "both", "Amara") == "You met"
    assert happened("mail", "in", "Amara") == "Amara wrote"
    assert happened("smoke", "out", "Amara") == "You got in touch"
    assert happened("linkedin", "out", "Amara", "endorsement") == "You endorsed Amara on LinkedIn"
    assert happened("linkedin", "in", "Amara", "invitation") == "Amara invited you on LinkedIn"


@pytest.mark.parametrize(
    ("line", "together"),
    [
        ("lunch with Ann Lee and Bob Ray", ("Ann Lee", "Bob Ray")),
        ("met Ann Lee, Bob Ray and Cy Young last Tuesday", ("Ann Lee", "Bob Ray", "Cy Young")),
        ("called Ann & Bob about the house", ("Ann", "Bob")),
        ("saw @ann and @bob", ("ann", "bob")),
        ("coffee with Amara", ()),
        ("coffee with Amara, introduced her to Ben", ()),
        ("introduced Ann to Bob", ()),
        ("lunch with Ann, London", ()),
        ("met Ann in London and Paris", ()),
        ("lunch with Ann and her husband", ()),
    ],
)
def test_who_was_there_together(line: str, together: tuple[str, ...]) -> None:
    assert read(line, TODAY).together == together


def test_what_is_kept_of_a_line_about_several() -> None:
    assert read("lunch with Ann Lee and Bob Ray yesterday, about the house", TODAY).text == "About the house"
