"""Dates as people, exports and spreadsheets write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.people import PartialDate
from keepwarm.formats import dates


@pytest.mark.parametrize(
    "text",
    [
        *("15 Jan 2024", "15-Jan-24", "15 January 2024", "Jan 15, 2024", "January 15 2024"),
        *("2024-01-15", "2024/1/15", "2024-01-15 00:00:00", "2024-01-15T09:00:00Z", "45306"),
        *("15/01/2024", "1/15/2024", "15.1.2024", "15-01-24", "1/15/2024 3:04 PM"),
        *("15 janv. 2024", "15 janvier 2024", "15. Januar 2024", "15. Jän. 2024", "15 de enero de 2024"),
        *("15 gen 2024", "15 gennaio 2024", "15 de jan. de 2024", "15 januari 2024", "2024年1月15日"),
    ],
)
def test_the_fifteenth_of_january(text: str) -> None:
    assert dates.read(text) == date(2024, 1, 15)


@pytest.mark.parametrize(
    ("word", "month"),
    [
        *(("févr.", 2), ("mrt", 3), ("Mär", 3), ("mars", 3), ("abr.", 4), ("avr.", 4), ("mei", 5)),
        *(("mag", 5), ("mai", 5), ("juin", 6), ("giu", 6), ("juil.", 7), ("lug", 7), ("août", 8)),
        *(("ago", 8), ("Sept.", 9), ("set", 9), ("okt", 10), ("out", 10), ("ott", 10), ("dez", 12)),
        *(("dic", 12), ("déc.", 12), ("mayo", 5), ("março", 3), ("agosto", 8)),
    ],
)
def test_months_in_seven_languages(word: str, month: int) -> None:
    assert dates.read(f"7 {word} 2023") == date(2023, month, 7)


@pytest.mark.parametrize("text", ["", "soon", "30 Feb 2024", "13/13/2024", "15 Sepia 2024", "jui 2024", "0/0/0"])
def test_what_is_no_date(text: str) -> None:
    assert dates.read(text) is None


def test_small_numbers_go_by_the_order() -> None:
    assert dates.read("3/4/2024", day_first=True) == date(2024, 4, 3)
    assert dates.read("3/4/2024", day_first=False) == date(2024, 3, 4)
    assert dates.read("3.4.2024", day_first=False) == date(2024, 4, 3)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["1/2/2024", "1/15/2024"], dates.Order(day_first=False, sure=True)),
        (["1/2/2024", "15/1/2024"], dates.Order(day_first=True, sure=True)),
        (["1/2/2024"], dates.Order(day_first=True, sure=False)),
        (["15 Jan 2024", ""], dates.Order(day_first=True, sure=True)),
        (["1.2.2024"], dates.Order(day_first=True, sure=True)),
        (["11/9/2023", "9/12/2023", "8/10/2023", "7/11/2023"], dates.Order(day_first=False, sure=True)),
    ],
    ids=["month above 12", "day above 12", "could be either", "words", "dots", "newest first"],
)
def test_the_order_of_a_column(column: list[str], order: dates.Order) -> None:
    assert dates.order(column) == order


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", PartialDate(2019)),
        ("Mar 2019", PartialDate(2019, 3)),
        ("mars 2019", PartialDate(2019, 3)),
        ("1 Mar 2019", PartialDate(2019, 3, 1)),
        ("", None),
        ("today", None),
        ("0000", None),
    ],
)
def test_partial(text: str, expected: PartialDate | None) -> None:
    assert dates.partial(text) == expected


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(text: str) -> None:
    dates.partial(text)
    dates.order([text] * 5)
