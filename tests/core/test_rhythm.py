"""When it is time for whom: spread over the weeks, whatever the calendar does."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core import rhythm
from keepwarm.core.rhythm import Followed, Terms

TODAY = date(2026, 11, 12)  # a Thursday


def followed(number: int, cadence: int, ago: int | None = None, today: date = TODAY) -> Followed:
    return Followed(UUID(int=number), cadence, today - timedelta(days=ago) if ago is not None else None)


def by_week(days: dict[UUID, date], first_weekday: int = 0) -> Counter[date]:
    return Counter(rhythm.week_of(day, first_weekday) for day in days.values())


def test_it_works() -> None:
    days = rhythm.spread([followed(1, 28, ago=10), followed(2, 28, ago=400)], {}, TODAY, Terms())
    assert days == {UUID(int=1): TODAY + timedelta(days=18), UUID(int=2): days[UUID(int=2)]}
    assert rhythm.week_of(days[UUID(int=2)], 0) == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("own", "tag", "circle", "holds"),
    [(7, 28, 91, 7), (None, 28, 91, 28), (None, None, 91, 91), (0, 28, 91, None), (None, 0, 91, None), (None,) * 4],
)
def test_the_nearest_word_goes_first(own: int | None, tag: int | None, circle: int | None, holds: int | None) -> None:
    assert rhythm.cadence(own, tag, circle) == holds


def test_five_hundred_at_once() -> None:
    days = rhythm.spread([followed(n, 28, ago=n) for n in range(500)], {}, TODAY, Terms(budget=16))
    assert max(by_week(days).values()) == 16
    assert rhythm.weeks_needed(list(days.values()), TODAY) in (32, 33)


def test_the_longest_silent_for_their_rhythm_come_first() -> None:
    people = [followed(1, 364, ago=400), followed(2, 28, ago=300), followed(3, 91, ago=200)]
    days = rhythm.spread(people, {}, TODAY, Terms(budget=1))
    assert sorted(days, key=days.__getitem__) == [UUID(int=2), UUID(int=3), UUID(int=1)]


def test_a_few_who_are_long_due_do_not_come_all_in_one_week() -> None:
    days = rhythm.spread([followed(n, 91, ago=500) for n in range(30)], {}, TODAY, Terms(budget=16))
    assert max(by_week(days).values()) <= 6


def test_nobody_is_due_while_the_owner_is_away() -> None:
    away = TODAY + timedelta(days=20)
    people = [followed(n, 28, ago=20 + n % 30) for n in range(60)]
    days = rhythm.spread(people, {}, TODAY, Terms(away_until=away))
    assert min(days.values()) > away
    assert max(by_week(days).values()) <= 16


def test_a_week_that_is_full_is_passed_by() -> None:
    full = {date(2026, 11, 9): 16, date(2026, 11, 16): 15}
    days = rhythm.spread([followed(1, 28, ago=50), followed(2, 28, ago=40)], full, TODAY, Terms(budget=16))
    assert [rhythm.week_of(day, 0) for day in days.values()] == [date(2026, 11, 16), date(2026, 11, 23)]


def test_fifty_thousand_are_spread_at_once() -> None:
    days = rhythm.spread([followed(n, 91) for n in range(50_000)], {}, TODAY, Terms(budget=300))
    assert max(by_week(days).values()) <= 300


CADENCES = st.sampled_from([7, 14, 21, 28, 30, 63, 91, 119, 182, 364, 365, 730])
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))  # with three 29th of February
SOMEONE = st.tuples(CADENCES, st.none() | st.integers(0, 3000))


@given(
    people=st.lists(SOMEONE, max_size=120), today=DAYS, first_weekday=st.sampled_from([0, 5, 6]),
    budget=st.integers(1, 40), away=st.none() | st.integers(-30, 90), load=st.lists(st.integers(0, 60), max_size=8),
)  # fmt: skip
def test_no_week_holds_more_than_it_can(
    people: list[tuple[int, int | None]], today: date, first_weekday: int, budget: int, away: int | None,
    load: list[int],
) -> None:  # fmt: skip
    terms = Terms(budget, first_weekday, today + timedelta(days=away) if away is not None else None)
    start = rhythm.week_of(today, first_weekday)
    taken = {start + timedelta(weeks=n): count for n, count in enumerate(load)}
    asked = [followed(n, cadence, ago, today) for n, (cadence, ago) in enumerate(people)]
    days = rhythm.spread(asked, taken, today, terms)
    assert days.keys() == {one.id for one in asked}
    assert all(day >= rhythm.opens(today, terms) for day in days.values())
    for week, count in by_week(days, first_weekday).items():
        assert week.weekday() == first_weekday
        assert count + taken.get(week, 0) <= budget
    assert rhythm.spread(reversed(asked), taken, today, terms) == days


@given(cadence=CADENCES, ago=st.integers(0, 700), today=DAYS, first_weekday=st.sampled_from([0, 5, 6]))
def test_with_room_it_is_time_a_rhythm_after_the_last_word(
    cadence: int, ago: int, today: date, first_weekday: int
) -> None:
    one = followed(1, cadence, min(ago, cadence - 1), today)
    (day,) = rhythm.spread([one], {}, today, Terms(first_weekday=first_weekday)).values()
    assert one.due is not None
    assert abs((day - one.due).days) <= 6 + cadence * rhythm.SLACK
    if rhythm.week_of(one.due, first_weekday) == rhythm.week_of(day, first_weekday):
        assert day == max(one.due, today)


@given(day=DAYS, first_weekday=st.integers(0, 6))
def test_a_week_has_seven_days_and_holds_the_day(day: date, first_weekday: int) -> None:
    start = rhythm.week_of(day, first_weekday)
    assert start.weekday() == first_weekday
    assert 0 <= (day - start).days < 7


def test_three_skips_make_it_half_as_often_again() -> None:
    assert [rhythm.loosened(days) for days in (7, 28, 364, 700)] == [10, 42, 546, 730]


@pytest.mark.parametrize(
    ("gaps", "learnt"),
    [((25.0, 30.0, 36.0), 28), ((80.0, 95.0, 110.0), 91), ((3.0, 30.0, 200.0), None), ((None, None, None), None)],
)
def test_a_rhythm_is_learnt_from_what_two_have_kept(gaps: tuple[float | None, ...], learnt: int | None) -> None:
    assert rhythm.suggestion(5, *gaps) == learnt
    assert rhythm.suggestion(3, *gaps) is None
