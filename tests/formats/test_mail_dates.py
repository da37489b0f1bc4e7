"""When a letter was written, in every way in which it is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.formats import mail_dates

TEN = datetime(2024, 1, 4, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "Thu, 4 Jan 2024 11:00:00 +0100",
        "Thu, 04 Jan 2024 11:00:00 +0100 (CET)",
        "4 Jan 2024 10:00 GMT",
        "Thu,  4 Jan 2024 10:00:00 -0000",
        "Thu, 4 Jan 24 10:00:00 UT",
        "Thu, 4 Jan 124 10:00:00 +0000",  # years counted from 1900
        "Thu, 4 Jan 2024 05:00:00 EST",
        "Thu, 4 Jan 2024 10:00:00",
        "Thu, 4 Jan 2024 10(o'clock):  00 : 00 +0000",
        "Thu Jan  4 10:00:00 2024",
        "Thu Jan  4 11:00:00 +0100 2024",
        "Thu, 04-Jan-2024 10:00:00 GMT",
        "Thu, 4 Jan 2024 10.00.00 +0000",
        "Do, 4 Januar 2024 11:00:00 +0100",
        "2024-01-04T11:00:00+01:00",
        "2024-01-04 10:00:00.123",
        "2024/01/04 10:00:00",
        "Thu, 4 Jan 2024 10:00:00 +9900",  # no such zone
    ],
)
def test_ten_o_clock(said: str) -> None:
    assert mail_dates.read(said) == TEN


@pytest.mark.parametrize(
    "said",
    [
        "", "yesterday", "Thu, 1 Feb 1979 10:00:00 +0000", "Thu, 1 Feb 2079 10:00:00 +0000",
        "Fri, 30 Feb 2024 10:00:00 +0000", "Thu, 4 Jan 2024 25:00:00 +0000", "Mon, 31 Dec 9999 23:59:59 -1200",
    ],
)  # fmt: skip
def test_no_date(said: str) -> None:
    assert mail_dates.read(said) is None


def test_a_leap_second() -> None:
    assert mail_dates.read("Sat, 31 Dec 2016 23:59:60 +0000") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_what_servers_write() -> None:
    assert mail_dates.received("from a by b with SMTP id 1; for <c>; Thu, 4 Jan 2024 11:00:00 +0100") == TEN
    assert mail_dates.envelope("From ada@example.com Thu Jan  4 10:00:00 2024") == TEN
    assert mail_dates.envelope("From - Thu Jan  4 11:00:00 2024 +0100") == TEN
    assert mail_dates.envelope("From nobody") is None


@given(st.text(max_size=40) | st.text(alphabet="0123456789 :+-/JanThu,.T()", max_size=40))
def test_any_text_is_a_date_or_none(said: str) -> None:
    found = mail_dates.read(said)
    assert found is None or (found.tzinfo is UTC and mail_dates.FIRST <= found.year < mail_dates.LAST)
