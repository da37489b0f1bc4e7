"""One line about an exchange: what is read from it, line beside expectation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.touch_line import Promise, happened, read

TODAY = date(2026, 11, 12)  # a Thursday
NEUTRAL: dict[str, Any] = {"channel": "", "at": None, "direction": "both", "balance": "neutral", "names": (), "promise": None}


def day(text: str) -> date:
    """ "10 Nov" of this year, "10 Nov 2025"."""
    number, month, *year = text.split()
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return date(int(year[0]) if year else 2026, months.index(month) + 1, int(number))


# The line, and what differs from NEUTRAL.
LINES: list[tuple[str, dict[str, Any]]] = [
    (
        "coffee with Amara last Tuesday, she is hiring; I'll send her the deck by Friday",
        {
            "channel": "meeting", "at": day("10 Nov"), "names": ("Amara",),
            "text": "She is hiring; I'll send her the deck by Friday",
            "promise": Promise("send her the deck", day("13 Nov")),
        },
    ),
    # Ways
    ("Lunch with Amara Nwosu-Blake yesterday", {"channel": "meeting", "at": day("11 Nov"), "names": ("Amara Nwosu-Blake",), "text": ""}),
    ("called Ben this morning about the lease", {"channel": "call", "at": TODAY, "names": ("Ben",), "text": "About the lease"}),
    ("wrote to Chiara two weeks ago", {"channel": "mail", "at": day("29 Oct"), "direction": "out", "names": ("Chiara",), "text": ""}),
    ("mailed Tom", {"channel": "mail", "direction": "out", "names": ("Tom",)}),
    ("texted Femi last night", {"channel": "sms", "at": day("11 Nov"), "direction": "out", "names": ("Femi",)}),
    ("WhatsApp from Zoë on Sunday: moving house", {"channel": "whatsapp", "at": day("8 Nov"), "direction": "in", "names": ("Zoë",), "text": "Moving house"}),
    ("LinkedIn message to Ravi a couple of days ago", {"channel": "linkedin", "at": day("10 Nov"), "direction": "out", "names": ("Ravi",), "text": ""}),
    ("Had a zoom with Kofi on 2026-10-02", {"channel": "call", "at": day("2 Oct"), "names": ("Kofi",), "text": ""}),
    ("WhatsApp call with Mei", {"channel": "call", "names": ("Mei",)}),
    ("spoke to Maria on the phone the day before yesterday", {"channel": "call", "at": day("10 Nov"), "names": ("Maria",), "text": ""}),
    ("spoke to Maria about her thesis", {"channel": "other", "names": ("Maria",), "text": "About her thesis"}),
    ("saw Ann's post, wrote to her on LinkedIn", {"channel": "linkedin", "direction": "out", "names": ("Ann",)}),
    ("coffee with Ann, she found a job on LinkedIn", {"channel": "meeting", "names": ("Ann",), "text": "She found a job on LinkedIn"}),
    ("Emailed Ann about lunch", {"channel": "mail", "direction": "out", "names": ("Ann",), "text": "About lunch"}),
    ("met Ann, who runs a firm called Larch", {"channel": "meeting", "names": ("Ann", "Larch")}),
    ("Ann said the call was off", {"channel": "call", "names": ("Ann",)}),
    ("Signal message to Bo", {"channel": "other", "direction": "out", "names": ("Bo",)}),
    ("coffee", {"channel": "meeting", "text": ""}),
    # Days
    ("met Tom at the museum on 3 May", {"channel": "meeting", "at": day("3 May"), "names": ("Tom",), "text": "At the museum"}),
    ("met Tom on 3 December", {"channel": "meeting", "at": day("3 Dec 2025"), "names": ("Tom",)}),
    ("met Tom on the 3rd of May 2024", {"channel": "meeting", "at": day("3 May 2024"), "names": ("Tom",)}),
    ("met Tom on May 3rd", {"channel": "meeting", "at": day("3 May"), "names": ("Tom",)}),
    ("met Tom on the 3rd", {"channel": "meeting", "at": day("3 Nov"), "names": ("Tom",)}),
    ("met Tom on the 30th", {"channel": "meeting", "at": day("30 Oct"), "names": ("Tom",)}),
    ("met Tom 12/5", {"channel": "meeting", "at": day("12 May"), "names": ("Tom",)}),
    ("met Tom 5/13/26", {"channel": "meeting", "at": day("13 May"), "names": ("Tom",)}),
    ("met Tom 12.5.2025", {"channel": "meeting", "at": day("12 May 2025"), "names": ("Tom",)}),
    ("met Tom on Thursday", {"channel": "meeting", "at": day("5 Nov"), "names": ("Tom",)}),
    ("met Tom on Monday evening", {"channel": "meeting", "at": day("9 Nov"), "names": ("Tom",)}),
    ("met Tom Tuesday last week", {"channel": "meeting", "at": day("3 Nov"), "names": ("Tom",)}),
    ("met Tom a week last Monday", {"channel": "meeting", "at": day("2 Nov"), "names": ("Tom",)}),
    ("met Tom last week", {"channel": "meeting", "at": day("5 Nov"), "names": ("Tom",)}),
    ("met Tom at the weekend", {"channel": "meeting", "at": day("7 Nov"), "names": ("Tom",)}),
    ("met Tom a month ago", {"channel": "meeting", "at": day("12 Oct"), "names": ("Tom",)}),
    ("met Tom a fortnight ago", {"channel": "meeting", "at": day("29 Oct"), "names": ("Tom",)}),
    ("met Tom half a year ago", {"channel": "meeting", "at": day("12 May"), "names": ("Tom",)}),
    ("met Tom 2 years ago", {"channel": "meeting", "at": day("12 Nov 2024"), "names": ("Tom",)}),
    ("met Tom in March", {"channel": "meeting", "at": day("15 Mar"), "names": ("Tom",)}),
    ("met Tom, he is on call 24/7", {"channel": "meeting", "names": ("Tom",), "text": "He is on call 24/7"}),
    ("Ann wrote: she starts on Monday", {"channel": "mail", "direction": "in", "names": ("Ann",), "text": "She starts on Monday"}),
    ("met Ann, she is moving on 3 May", {"channel": "meeting", "names": ("Ann",), "text": "She is moving on 3 May"}),
    ("met Ann yesterday, free until Monday", {"channel": "meeting", "at": day("11 Nov"), "names": ("Ann",), "text": "Free until Monday"}),
    ("we sat with Ann", {"names": ("Ann",)} | {"channel": ""}),
    # Who
    ("amara coffee yesterday", {"channel": "meeting", "at": day("11 Nov"), "names": ("amara",), "text": ""}),
    ("coffee with amara nwosu on monday", {"channel": "meeting", "at": day("9 Nov"), "names": ("amara nwosu",)}),
    ("dinner with Ama and Kwesi", {"channel": "meeting", "names": ("Ama", "Kwesi")}),
    ("lunch at Larch with ben", {"channel": "meeting", "names": ("ben",)}),
    ("ran into Jan van der Berg on Saturday", {"channel": "meeting", "at": day("7 Nov"), "names": ("Jan van der Berg",)}),
    ("Caught up with Sun Li on Sat", {"channel": "other", "at": day("7 Nov"), "names": ("Sun Li",), "text": ""}),
    ("lunch with April yesterday", {"channel": "meeting", "at": day("11 Nov"), "names": ("April",)}),
    ("met 李娜 yesterday", {"channel": "meeting", "at": day("11 Nov"), "names": ("李娜",)}),
    ("met @ngozi at the fair", {"channel": "meeting", "names": ("ngozi",)}),
    ("Called O'Brien", {"channel": "call", "names": ("O'Brien",)}),
    # Who began
    ("Heard from Tom, his mother is ill", {"channel": "other", "direction": "in", "names": ("Tom",), "text": "His mother is ill"}),
    ("Called Ben, no answer, left a voicemail", {"channel": "call", "direction": "out", "names": ("Ben",)}),
    ("missed call from Ben", {"channel": "call", "direction": "out", "names": ("Ben",)} | {"direction": "in"}),
    ("emailed Ann, she replied", {"channel": "mail", "direction": "both", "names": ("Ann",)}),
    ("Ann texted me", {"channel": "sms", "direction": "in", "names": ("Ann",)}),
    # Give and ask
    ("Introduced Amara to Ben yesterday", {"at": day("11 Nov"), "direction": "out", "balance": "give", "names": ("Amara", "Ben"), "text": "Introduced Amara to Ben"}),
    ("sent Ann Lee the article on small teams", {"direction": "out", "balance": "give", "names": ("Ann Lee",)}),
    ("sent her the article", {"direction": "out", "balance": "give"}),
    ("sent Ann a quick note", {"direction": "out", "names": ("Ann",)}),
    ("forwarded Tom the tender", {"direction": "out", "balance": "give", "names": ("Tom",)}),
    ("congratulated Ann on her new job", {"direction": "out", "balance": "give", "names": ("Ann",)}),
    ("Lent Tom my drill", {"direction": "out", "balance": "give", "names": ("Tom",)}),
    ("asked Tom for an intro to Larch", {"direction": "out", "balance": "ask", "names": ("Tom", "Larch")} | {"names": ("Tom", "Larch")}),
    ("Asked him for advice over coffee", {"channel": "meeting", "balance": "ask"}),
    ("asked Ann how she is", {"direction": "out", "names": ("Ann",)}),
    ("Ann asked me for a reference", {"direction": "in", "names": ("Ann",)}),
    ("She sent me the deck", {"direction": "in"}),
    ("Ann introduced me to Leo", {"direction": "in", "names": ("Ann", "Leo")}),
    # Promises
    ("will call Ann on Friday", {"names": ("Ann",), "promise": Promise("call Ann", day("13 Nov"))}),
    ("met Tom, promised to read his chapter", {"channel": "meeting", "names": ("Tom",), "promise": Promise("read his chapter", None)}),
    ("met Tom. I'll ring him next week", {"channel": "meeting", "names": ("Tom",), "promise": Promise("ring him", day("20 Nov"))}),
    ("met Tom; I will lend him the book in two weeks", {"channel": "meeting", "names": ("Tom",), "promise": Promise("lend him the book", day("26 Nov"))}),
    ("met Tom, I'll be in Leeds in May", {"channel": "meeting", "names": ("Tom", )}),
]  # fmt: skip


def test_there_are_many() -> None:
    assert len(LINES) >= 60


@pytest.mark.parametrize(("line", "expected"), LINES, ids=[line for line, _ in LINES])
def test_what_is_read(line: str, expected: dict[str, Any]) -> None:
    found = read(line, TODAY)._asdict()
    wanted = NEUTRAL | expected
    assert {name: found[name] for name in wanted} == wanted


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


WORDS = "coffee with Amara Ann last Tuesday yesterday 12/5 I'll send her the on May 3rd asked for sent, ; . wrote @ben 30/2 99/99 0/0".split()


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
def test_on_any_day_the_exchange_is_past_and_the_promise_to_come(today: date, line: tuple[str, Any], first: int) -> None:
    said = read(line[0], today, first)
    assert said.at is None or said.at <= today
    assert said.promise is None or said.promise.due is None or said.promise.due >= today


def test_a_touch_in_a_few_words() -> None:
    assert happened("meeting", "both", "Amara") == "You met"
    assert happened("mail", "in", "Amara") == "Amara wrote"
    assert happened("smoke", "out", "Amara") == "You got in touch"
