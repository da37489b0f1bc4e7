"""What a line promises: whose it is, what, by when; and what is no promise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core import promises, touch_line
from keepwarm.core.promises import MINE, THEIRS, WISH, said, to_you

TODAY = date(2026, 11, 12)  # a Thursday
FRIDAY, NEXT_FRIDAY = date(2026, 11, 13), date(2026, 11, 20)


def read(line: str) -> list[tuple[str, str, date | None]]:
    return [(one.whose, one.text, one.due) for one in promises.read(line, TODAY)]


def test_it_works() -> None:
    assert read("coffee with Amara, she is hiring; I'll send her the deck by Friday") == [
        (MINE, "send her the deck", FRIDAY)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # Mine
        ("promised Tom to read his chapter", [(MINE, "read his chapter", None)]),
        ("told Amara I'd ring her tomorrow", [(MINE, "ring her", FRIDAY)]),
        ("I’ll send Amara the deck by 3 December", [(MINE, "send Amara the deck", date(2026, 12, 3))]),
        # Theirs
        ("She'll introduce me to Lena next week", [(THEIRS, "introduce me to Lena", NEXT_FRIDAY)]),
        ("Amara promised to send me the report by Friday", [(THEIRS, "send me the report", FRIDAY)]),
        ("met Tom, he said he'd call me back", [(THEIRS, "call me back", None)]),
        ("Tom offered to lend me his tent", [(THEIRS, "lend me his tent", None)]),
        # Both
        (
            "She'll introduce me to Lena and I'll send her the deck",
            [(THEIRS, "introduce me to Lena", None), (MINE, "send her the deck", None)],
        ),
        # Wishes
        ("remind me about Yusuf in March", [(WISH, "", date(2027, 3, 1))]),
        ("Remind me in March about Yusuf Demir.", [(WISH, "", date(2027, 3, 1))]),
        ("remind me about yusuf in two weeks", [(WISH, "", date(2026, 11, 26))]),
        ("remind me to ask Yusuf about the house on 3 March", [(WISH, "ask Yusuf about the house", date(2027, 3, 3))]),
        ("remind me about Yusuf", [(WISH, "", None)]),
        ("met Tom, remind me next Friday", [(WISH, "", NEXT_FRIDAY)]),
        ("call Yusuf next Friday", [(WISH, "call Yusuf", NEXT_FRIDAY)]),
        # None of these
        ("she starts on Monday", []),
        ("met Ann, she'll call her mum on Friday", []),
        ("I'll be in Lisbon in March", []),
        ("call with Ann next Friday", []),
        ("she reminded me of Yusuf", []),
        ("", []),
    ],
)
def test_whose_what_and_when(line: str, expected: list[tuple[str, str, date | None]]) -> None:
    assert read(line) == expected


def test_in_a_month_that_has_begun_it_is_from_today_on() -> None:
    (found,) = promises.read("remind me about Yusuf in November", TODAY)
    assert found.due == TODAY


@pytest.mark.parametrize(
    ("line", "name", "happened"),
    [
        ("remind me about Yusuf in March", "Yusuf", False),
        ("remind me about yusuf in march", "yusuf", False),
        ("Remind me to write to Yusuf Demir in March", "Yusuf Demir", False),
        ("I'll send Amara the deck", "Amara", False),
        ("told Amara I'd send the deck", "Amara", True),
        ("Amara will send me the deck", "Amara", True),
        ("coffee with Tom, remind me in March", "Tom", True),
    ],
)
def test_a_line_that_only_looks_ahead_tells_of_no_exchange(line: str, name: str, happened: bool) -> None:
    found = touch_line.read(line, TODAY)
    assert found.names[0] == name
    assert found.happened is happened


def test_a_wish_is_no_part_of_what_was_talked_about() -> None:
    assert touch_line.read("coffee with Tom about his garden, remind me in March", TODAY).text == "About his garden"


@pytest.mark.parametrize(
    ("whose", "text", "told"),
    [
        (MINE, "send her my deck", "You said you would send her your deck"),
        (THEIRS, "introduce me to Lena", "Amara was going to introduce you to Lena"),
        (WISH, "", "You wanted to be reminded of Amara"),
        (WISH, "ask about the house", "You wanted to be reminded of Amara: ask about the house"),
    ],
)
def test_told_back(whose: str, text: str, told: str) -> None:
    assert said(whose, text, "Amara") == told


def test_words_within_words_stay() -> None:
    assert to_you("send me some menus for our house") == "send you some menus for your house"


@given(st.text(max_size=200))
def test_any_text_is_read(line: str) -> None:
    for one in promises.read(line, TODAY):
        assert 0 <= one.start < one.end <= len(line)
        assert one.due is None or one.due >= TODAY
