"""Insights: who is new and who was known, what the weeks say, what worked, and where the bars stand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest

from keepwarm.core import charts, insights, warm_year, what_worked
from keepwarm.core.history import Event, replay
from keepwarm.core.insights import Before, First, Week
from keepwarm.core.reconnect import History, factors
from keepwarm.core.warm_year import WORDS, Tie
from keepwarm.core.what_worked import Letter, Tally

WEEK = date(2026, 11, 9)  # a Monday
MET = First(WEEK, None, WEEK + timedelta(days=1), by_hand=True, told=False, reached=True)


def days_ago(days: int) -> date:
    return WEEK - timedelta(days=days)


# Who is new


@pytest.mark.parametrize(
    ("one", "new"),
    [
        (MET, True),  # added by hand in that week
        (MET._replace(came_on=days_ago(3)), False),  # in the week before: counted then
        (MET._replace(known_since=days_ago(900)), False),  # an old friend, written down only now
        (MET._replace(by_hand=False, told=True), True),  # a first letter in a mailbox
        (MET._replace(by_hand=False), False),  # came with a file, and was greeted
        (MET._replace(by_hand=False, known_since=days_ago(2)), True),  # connected just before
        (MET._replace(by_hand=False, known_since=days_ago(200)), False),  # connected long before the first word
        (MET._replace(by_hand=False, told=True, came_on=days_ago(200)), False),  # long in the address book
    ],
)
def test_who_is_new(one: First, new: bool) -> None:
    assert insights.is_new(one) is new


# What the weeks say


def weeks(*told: tuple[int, int]) -> list[Week]:
    """Twelve of them: these are spread over four each, and the present one is still empty."""
    spread = [pair for pair in told for _ in range(12 // len(told))][:11]
    return [Week(WEEK, *pair) for pair in spread] + [Week(WEEK, 0, 0)]


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ([(2, 5), (8, 3), (14, 2)], insights.OFF),
        ([(14, 2), (8, 3), (3, 6)], insights.ON),
        ([(3, 3), (3, 3), (3, 2)], insights.BETWEEN),
        ([(9, 3), (0, 0), (0, 0)], insights.QUIET),
        ([(0, 0), (1, 0), (1, 0)], insights.EARLY),
    ],
)
def test_on_or_off_the_treadmill(told: list[tuple[int, int]], verdict: str) -> None:
    assert insights.headline(weeks(*told), before=True).verdict == verdict


def test_without_a_past_nobody_is_truly_new() -> None:
    assert insights.headline(weeks((2, 5), (8, 3), (14, 2)), before=False).verdict == insights.EARLY


def test_the_lede_says_both_directions() -> None:
    better = insights.headline(weeks((2, 5), (8, 3), (14, 2)), before=True, warmed=12, cooled=5)
    assert better.title == "Off the treadmill"
    assert better.lede == (
        "You meet far fewer new people now, and look after far more of the ones you know. "
        "Twelve people became warm this year, five cooled."
    )
    worse = insights.headline(weeks((20, 1), (8, 1), (6, 1)), before=True, warmed=0, cooled=9)
    assert worse.lede == (
        "You meet about as many new people as before, but look after far fewer of the ones you know. "
        "No people became warm this year, nine cooled."
    )
    none = insights.headline(weeks((9, 9), (0, 9), (0, 9)), before=True)
    assert "looked after none of those you know" in none.lede
    on = insights.headline(weeks((14, 2), (8, 3), (1, 6)), before=True)
    assert "In four weeks you met 21 new people and looked after eleven of those you know." in on.lede


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [
        (0, 2, "as many"),
        (10, 11, "as many"),
        (10, 14, "more"),
        (10, 20, "far more"),
        (20, 15, "fewer"),
        (20, 8, "far fewer"),
    ],
)
def test_trend(before: int, now: int, word: str) -> None:
    assert insights.trend(before, now) == word


def test_gestures_name_the_weekday_that_stands_out() -> None:
    thursdays = {date(2026, 1, 1) + timedelta(weeks=n): 9 for n in range(10)}
    others = {date(2026, 1, 2) + timedelta(days=8 * n): 1 for n in range(100)}
    assert insights.gestures_sentence(thursdays | others) == "181 of them, over half on Thursdays"
    assert insights.gestures_sentence(others) == "100 of them, spread over the week"
    assert insights.gestures_sentence({WEEK: 3}) == "Three so far"
    assert insights.gestures_sentence({}) == ""


def test_months_are_whole_and_in_order() -> None:
    told = insights.months({date(2026, 1, 3): 2, date(2025, 12, 31): 1}, date(2025, 12, 1), date(2026, 2, 3))
    assert [month.name for month in told] == ["December 2025", "January 2026", "February 2026"]
    assert [(month.gestures, month.days) for month in told] == [(1, 1), (2, 1), (0, 0)]


def test_what_went_before_a_door() -> None:
    before = Before(shared=2, talked=1, wrote=9)
    assert insights.before_sentence(before) == "after you shared two things and talked once"
    assert insights.before_sentence(Before(wrote=4)) == "after you wrote four times"
    assert insights.before_sentence(Before()) == ""
    assert insights.doors_sentence(3, 0) == "You never asked for these"
    assert insights.doors_sentence(3, 1) == "One of three you asked for"


def test_time_and_balance_in_words() -> None:
    assert insights.time_sentence(15, 288) == "Fifteen sessions this year: four hours and 50 minutes in all."
    assert insights.time_sentence(1, 20) == "One session this year: twenty minutes in all."
    assert insights.balance_sentence(86, 19) == "Five gives to an ask"
    assert insights.balance_sentence(2, 9) == "More asked than given"


# What worked


def letters(shape: str, sent: int, answered: int, day: date = WEEK - timedelta(days=60)) -> list[Letter]:
    return [Letter(shape, day, day + timedelta(days=3) if n < answered else None) for n in range(sent)]


def told(*some: list[Letter]) -> str:
    found = what_worked.sentence([one for part in some for one in part], WEEK)
    return found.text if found else ""


def test_wilson() -> None:
    low, high = what_worked.wilson(6, 9, 1.96)
    assert (round(low, 3), round(high, 3)) == (0.354, 0.879)


def test_only_what_is_believable_is_called_a_difference() -> None:
    assert what_worked.is_believable(Tally("thread", 9, 6), Tally("hello", 8, 2))
    assert not what_worked.is_believable(Tally("thread", 9, 5), Tally("hello", 8, 3))
    said = told(letters("thread", 9, 6), letters("hello", 8, 2))
    assert said == "Since September, picking up a thread brought six answers to nine letters; just saying hello 2 to 8."
    assert told(letters("thread", 9, 5), letters("hello", 8, 3)).endswith("3 to 8. Too early to call it a difference.")


def test_too_few_of_a_kind() -> None:
    said = told(letters("thread", 9, 6), letters("hello", 7, 2))
    assert said == (
        "Sixteen letters brought eight answers. Too early to say which kind does best: it takes eight each of two."
    )
    assert told() == ""


def test_the_sentence_stands_all_week() -> None:
    """A letter of the last two weeks had no time to be answered, and an answer of this week is told in the next."""
    then = [*letters("thread", 9, 6), *letters("hello", 8, 2)]
    heard = [Letter("hello", WEEK - timedelta(days=60), WEEK + timedelta(days=1))]
    assert told(then, letters("hello", 5, 0, WEEK - timedelta(days=3))) == told(then)
    assert told([*then[:-1], *heard]) == told(then)


# A year of warmth


def test_warmth_of_the_past_is_a_replay() -> None:
    """Each day's word is the one that the summary of then would give."""
    dice, today = Random(4), date(2026, 11, 12)
    days = warm_year.month_days(today)
    for _ in range(60):
        touched = sorted({today - timedelta(days=dice.randrange(1, 900)) for _ in range(dice.randrange(1, 30))})
        own = dice.choice((None, 28, 364))
        whole = _summary(touched)
        assert whole
        inside = touched[-1] > days[0]
        tie = Tie(whole.weeks, whole.last, whole.typical_gap, own, None, _ordinals(touched) if inside else None)
        told = warm_year.over([tie], days).counts
        for day, held in zip(days, told, strict=True):
            then = _summary([one for one in touched if one <= day])
            degrees = factors.warmth(then, day, own)
            word = None if degrees is None else factors.warmth_word(degrees)
            assert [name for name, count in zip(WORDS, held, strict=True) if count] == ([word] if word else [])


def _ordinals(days: list[date]) -> list[int]:
    return [day.toordinal() for day in days]


def _summary(days: list[date]) -> History | None:
    totals = replay(Event(datetime.combine(day, datetime.min.time()), "both") for day in days)
    if totals.first_on is None or totals.last_on is None:
        return None
    return History(totals.weeks, 0, 0, 0, 0, totals.first_on, totals.last_on, totals.gap_middle)


def test_who_became_warm_and_who_cooled() -> None:
    today = date(2026, 11, 12)
    fresh = Tie(6, today, 20.0, None, None, _ordinals([today - timedelta(days=20 * n) for n in range(5, -1, -1)]))
    gone = Tie(30, today - timedelta(days=380), 20.0, None, None)
    anyway = Tie(0, None, None, None, today - timedelta(days=3))
    found = warm_year.over([fresh, gone, anyway], warm_year.month_days(today))
    assert (found.warmed, found.cooled, found.people) == (2, 1, 3)


# Where things stand


def test_bars_share_one_scale() -> None:
    found = charts.bars([Week(WEEK, 17, 2), Week(WEEK, 2, 5)], ["a", "now"], charts.WIDE)
    per_person = found.bars[0].up_height / 17
    assert found.bars[1].down_height / 5 == pytest.approx(per_person, rel=0.01)
    assert all(bar.up >= 0 and found.down + bar.down_height < found.labels for bar in found.bars)
    empty = charts.bars([Week(WEEK, 0, 0)] * 2, ["a", "now"], charts.NARROW)
    assert {bar.up_height for bar in empty.bars} == {0}


def test_labels_of_areas_do_not_touch() -> None:
    days = warm_year.month_days(date(2026, 11, 12))
    found = charts.areas([(1, 1, 1, 1, 400)] * len(days), days, WORDS)
    down = [label.y for label in found.labels]
    assert all(low - high >= charts.LABEL_APART - 0.1 for low, high in zip(down, down[1:], strict=False))
    assert [label.word for label in found.labels] == ["quiet", "cooling", "mild", "warm", "glowing"]


def test_a_year_has_53_columns_that_end_today() -> None:
    first, today = date(2025, 11, 10), date(2026, 11, 12)
    found = charts.heat({today: 9, today - timedelta(days=1): 1}, first, today)
    assert (len(found.cells), found.cells[-1].day, found.cells[-1].x) == (52 * 7 + 4, today, charts.LEFT + 52 * 14)
    assert [cell.level for cell in found.cells[-2:]] == [1, 4]
    assert [day.text for day in found.weekdays] == ["Mon", "Thu", "Sun"]
