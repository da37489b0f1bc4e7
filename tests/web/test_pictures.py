"""The rhythm's drawing: what you would see, and what it says to those who do not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.web import pictures

TODAY = date(2026, 11, 12)


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=day) for day in days]


def test_it_works() -> None:
    drawn = pictures.rhythm(ago(360, 318, 276, 234, 192, 150), TODAY, 21)
    assert drawn
    assert drawn.dots == (6.0, 39.6, 73.2, 106.8, 140.4)
    assert (drawn.last, drawn.quiet) == (174.0, (182.0, 286.0))
    assert [word.text for word in drawn.words] == ["Nov 2025", "15 Jun", "today"]
    assert drawn.sentence == "In touch about every three weeks until 15 June, then five months of quiet."


def test_nothing_was_said_yet() -> None:
    assert pictures.rhythm([], TODAY, None) is None


@pytest.mark.parametrize(
    ("days", "typical", "said"),
    [
        ([150], None, "In touch on 15 June, five months ago."),
        ([500], None, "In touch on 30 June 2025, over a year ago."),
        ([3], None, "In touch on 9 November."),
        ([30, 20, 10], 10.0, "In touch about every week, last on 2 November."),
        ([800, 700], 100.0, "In touch about every three months until 12 December 2024, then over a year of quiet."),
    ],
)
def test_what_it_says(days: list[int], typical: float | None, said: str) -> None:
    drawn = pictures.rhythm(ago(*days), TODAY, typical)
    assert drawn
    assert drawn.sentence == said


def test_the_last_never_hides_today() -> None:
    drawn = pictures.rhythm(ago(0, 30), TODAY, 30)
    assert drawn
    assert drawn.last == pictures.NEAREST
    assert drawn.quiet is None
    assert [word.text for word in drawn.words][-1] == "today"


@given(st.lists(st.integers(0, 4000), min_size=1, max_size=12), st.none() | st.floats(1, 400))
def test_dots_and_words_never_meet(days: list[int], typical: float | None) -> None:
    drawn = pictures.rhythm(ago(*days), TODAY, typical)
    assert drawn
    dots = [*drawn.dots, drawn.last]
    assert all(right - left >= pictures.APART - 0.2 for left, right in zip(dots, dots[1:], strict=False))
    assert pictures.LEFT <= dots[0] <= drawn.last <= pictures.NEAREST
    edges = [span(word) for word in drawn.words]
    assert all(left[1] <= right[0] for left, right in zip(edges, edges[1:], strict=False)), edges
    assert edges[0][0] >= 0


def span(word: pictures.Word) -> tuple[float, float]:
    """From where to where a word reaches."""
    width = len(word.text) * pictures.LETTER
    left = {"start": word.x, "middle": word.x - width / 2, "end": word.x - width}[word.anchor]
    return left, left + width


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (59, "8 weeks"),
        (61, "2 months"),
        (420, "14 months"),
        (740, "2 years"),
    ],
)
def test_the_gap_in_the_margin(days: int, said: str) -> None:
    assert pictures.gap(TODAY - timedelta(days=days), TODAY) == said


def test_each_week_in_touch_is_a_tick() -> None:
    drawn = pictures.weeks([*ago(30, 31, 400, 401), *ago(3000)], TODAY)
    assert drawn is not None
    assert len(drawn.ticks) == 2
    assert drawn.ticks[0] < drawn.ticks[1] < 294
    assert [word.text for word in drawn.words][-1] == "today"
    assert drawn.sentence.startswith("In touch in two weeks of the last three years, last in the week of ")


def test_of_three_years_without_a_word_there_are_no_weeks() -> None:
    assert pictures.weeks(ago(1200), TODAY) is None


def test_a_word_of_this_week_leaves_no_quiet() -> None:
    drawn = pictures.weeks(ago(0), TODAY)
    assert drawn is not None
    assert drawn.quiet is None
