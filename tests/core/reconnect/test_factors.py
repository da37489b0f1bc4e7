"""Signals: each on its own, by its formula."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import factors
from tests.core.reconnect.cast import INES, MARIA, OTTO, TODAY, TOMASZ, crowd, history, person, position

PATH = factors.career(INES.positions)


@pytest.mark.parametrize("someone", crowd(200), ids=lambda c: str(c.id.int))
def test_every_signal_is_between_0_and_1(someone: factors.Candidate) -> None:
    assert all(0 <= value <= 1 for value in factors.signals(someone, INES, TODAY))


def test_an_employer_shared_while_they_met_counts_most() -> None:
    met_there = factors.shared_employer(MARIA, PATH)
    met_later = factors.shared_employer(MARIA._replace(known_since=date(2022, 1, 1)), PATH)
    both_there_now = factors.shared_employer(person("Lou", organisation="Larkfield Studio"), PATH)
    assert factors.shared(met_there) > factors.shared(met_later) > factors.shared(both_there_now) > 0
    assert factors.shared_employer(TOMASZ, PATH) is None


def test_no_employer_is_shared_by_two_who_have_none() -> None:
    path = factors.career((position("Self-employed", "2015-01"),))
    assert factors.shared_employer(person("Lou", organisation="Freelance"), path) is None


def test_era_is_where_the_owner_was_when_the_tie_began() -> None:
    stay = factors.era(TOMASZ, PATH)
    assert stay is not None
    assert stay.position.organisation == "Kolejka Labs sp. z o.o."
    assert factors.era(TOMASZ._replace(known_since=date(2025, 1, 1)), PATH) is None  # still at Larkfield


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (PartialDate(None, 11, 12), 0),
        (PartialDate(1980, 11, 15), 3),
        (PartialDate(1980, 11, 11), 364),
        (PartialDate(1980, 11), None),
        (PartialDate(1980), None),
        (PartialDate(None, 4, 31), None),
        (PartialDate(None, 13, 1), None),
        (None, None),
    ],
)
def test_days_until(day: PartialDate | None, days: int | None) -> None:
    assert factors.days_until(day, TODAY) == days


def test_a_birthday_on_29_february_falls_on_the_28th_in_other_years() -> None:
    assert factors.days_until(PartialDate(None, 2, 29), date(2027, 2, 27)) == 1
    assert factors.days_until(PartialDate(None, 2, 29), date(2028, 2, 27)) == 2


def test_opening_is_stronger_the_nearer_the_birthday() -> None:
    near, far, past = (person("Lou", birthday=PartialDate(None, 11, d)) for d in (13, 20, 30))
    assert factors.opening(near, TODAY) > factors.opening(far, TODAY) > factors.opening(past, TODAY) == 0


def test_round_years_are_a_stronger_opening() -> None:
    ten, nine = (person("Lou", known_since=date(year, 11, 14)) for year in (2016, 2017))
    assert factors.opening(ten, TODAY) > factors.opening(nine, TODAY) > 0


def test_a_new_tie_is_too_fresh() -> None:
    fresh, good, unknown = (factors.age(d, TODAY) for d in (date(2026, 10, 1), date(2022, 1, 1), None))
    assert fresh < unknown < good


def test_an_own_address_is_easier_than_a_profile() -> None:
    assert factors.ease(("linkedin", "mail")) > factors.ease(("linkedin",)) > factors.ease(()) == 0


def test_standing_asks_for_no_length_of_note() -> None:
    short = factors.standing(channels=("mail",), how_met="x", note_topic="x")
    assert short == factors.standing(channels=("mail",), how_met="x" * 500, note_topic="x" * 500)
    assert factors.standing(title="Founder", channels=()) == 0


# --- warmth: the formula of the method ---


@given(st.sampled_from([7, 30, 90, 180, 365]), st.integers(1, 200), st.floats(0, 1))
def test_a_tie_kept_on_its_rhythm_never_leaves_warm(rhythm: int, weeks: int, share: float) -> None:
    tie = history(TODAY - timedelta(days=int(share * rhythm)), weeks=weeks)
    degrees = factors.warmth(tie, TODAY, own_rhythm=rhythm)
    assert degrees is not None
    assert degrees >= 60


@given(st.integers(0, 3000), st.integers(0, 300), st.integers(0, 60), st.sampled_from([None, 3.0, 45.0, 900.0]))
def test_silence_never_warms(days: int, more: int, weeks: int, gap: float | None) -> None:
    tie = history(TODAY, weeks=weeks, typical_gap=gap)
    now, later = (factors.warmth(tie, TODAY + timedelta(days=d)) for d in (days, days + more))
    assert now is not None
    assert later is not None
    assert 0 <= later <= now <= 100


def test_no_history_is_no_number() -> None:
    assert factors.warmth(None, TODAY) is None


def test_who_talks_off_the_record_stays_warm() -> None:
    """The owner says so, and silence on record is none."""
    tie = history(TODAY - timedelta(days=900), weeks=20)
    assert factors.warmth(tie, TODAY, 7) == 0
    assert factors.warmth(tie, TODAY, 7, in_touch=True) == 98
    assert factors.warmth(None, TODAY, 7, in_touch=True) == 80


def test_two_contact_weeks_are_held_loosely_unless_a_rhythm_is_set() -> None:
    tie = history(TODAY, weeks=2)
    assert factors.warmth(tie, TODAY) == 73
    assert factors.warmth(tie, TODAY, own_rhythm=90) == 87


@pytest.mark.parametrize(
    ("degrees", "word"),
    [(0, "Quiet"), (19, "Quiet"), (20, "Cooling"), (40, "Mild"), (60, "Warm"), (84, "Warm"), (85, "Glowing")],
)
def test_words_of_warmth(degrees: int, word: str) -> None:
    assert factors.warmth_word(degrees) == word


def test_strength_is_depth_over_silence_by_the_pairs_own_pace() -> None:
    tie = history(TODAY - timedelta(days=100), weeks=10, sent=10, received=12, ambient90=3)
    depth = 2.3979 * 2.3979 * (1 + 1.3863)
    pace = (tie.last - tie.first).days / 9
    assert factors.strength(tie, TODAY) == pytest.approx(depth / (100 * (1 + 100 / (pace + 30)) ** 0.5), rel=1e-4)


def test_the_same_silence_is_longer_for_who_was_in_touch_every_week() -> None:
    last = TODAY - timedelta(days=200)
    weekly = history(last, weeks=10)._replace(first=last - timedelta(weeks=9))
    twice_a_year = weekly._replace(first=last - timedelta(weeks=9 * 26))
    assert factors.strength(weekly, TODAY) < factors.strength(twice_a_year, TODAY)


def test_chance_is_smoothed() -> None:
    assert factors.chance(history(TODAY, sent=9, answers=8)) == pytest.approx(0.85)
    assert factors.chance(None) == 0.5


def test_otto_of_whom_only_the_name_is_known_has_no_worth() -> None:
    assert factors.signals(OTTO, INES, TODAY).worth == 0
