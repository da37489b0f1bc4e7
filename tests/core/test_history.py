"""Touches replayed: which tries were answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.history import Event, answered, replay

START = datetime(2026, 1, 5, 12, tzinfo=UTC)


def event(day: float, direction: str, *, ambient: bool = False) -> Event:
    return Event(START + timedelta(days=day), direction, ambient)


def test_a_try_and_its_answer_within_two_weeks() -> None:
    events = [event(0, "out"), event(3, "in"), event(50, "out"), event(70, "in"), event(90, "in")]
    assert answered(events) == {0, 1}


def test_of_several_tries_the_last_is_answered() -> None:
    assert answered([event(9, "in"), event(5, "out"), event(0, "out")]) == {1, 0}


def test_a_meeting_answers_itself_and_wide_mail_nothing() -> None:
    assert answered([event(0, "both"), event(1, "out"), event(2, "in", ambient=True)]) == {0}


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["in", "out"]), st.booleans())))
def test_as_many_are_found_as_are_counted(days: list[tuple[int, str, bool]]) -> None:
    events = [event(day, direction, ambient=ambient) for day, direction, ambient in days]
    found = [events[place] for place in answered(events)]
    assert sum(one.direction == "in" for one in found) == replay(events).answers
