"""The weekly 12-4-1: its slots, its timer over every change of the clock, and the times for a talk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core import session
from keepwarm.core.session import LIGHT, MESSAGE, TALK, Gesture, Slot, Wick

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ZONES = st.sampled_from(
    ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]
)


def test_it_works() -> None:
    assert [(slot.count, slot.action) for slot in session.DEFAULT] == [(12, LIGHT), (4, MESSAGE), (1, TALK)]
    assert {preset: session.minutes(one.slots) for preset, one in session.PRESETS.items()} == {
        "quota": 20, "look_back": 20, "circles": 20,
    }  # fmt: skip
    assert session.budget(session.DEFAULT) == 16


def test_slots_are_kept_and_read_again() -> None:
    mine = (Slot("warm", 3, LIGHT, 1.5), Slot("mix", 2, TALK, 8))
    assert session.read(session.kept(mine)) == mine
    assert session.preset_of(mine) == ""
    assert session.preset_of(session.PRESETS["circles"].slots) == "circles"


@pytest.mark.parametrize(
    "held", [[], None, "12-4-1", [{"source": "mix"}], [{**session.kept(session.DEFAULT)[0], "count": 0}]]
)
def test_what_cannot_be_read_is_the_default(held: object) -> None:
    assert session.read(held) == session.DEFAULT


def test_the_wick_burns_but_for_pauses() -> None:
    wick = Wick(NOW, 20 * MINUTE)
    assert wick.left(NOW + 5 * MINUTE) == 15 * MINUTE
    paused = wick._replace(paused_at=NOW + 5 * MINUTE)
    assert paused.left(NOW + 300 * MINUTE) == 15 * MINUTE
    assert wick._replace(paused=295 * MINUTE).left(NOW + 301 * MINUTE) == 14 * MINUTE


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)), zone=ZONES,
    seconds=st.integers(0, 7200), paused=st.integers(0, 3600),
)  # fmt: skip
def test_the_wick_knows_no_summer_time(start: datetime, zone: str, seconds: int, paused: int) -> None:
    begun = start.replace(tzinfo=UTC)
    wick = Wick(begun, 20 * MINUTE, timedelta(seconds=paused))
    now = (begun + timedelta(seconds=seconds)).astimezone(ZoneInfo(zone))
    left = wick.left(now)
    assert timedelta() <= left <= 20 * MINUTE
    assert left == max(min(20 * MINUTE - timedelta(seconds=seconds - paused), 20 * MINUTE), timedelta())
    assert (left == timedelta()) == (now >= wick.out_at())


def test_what_was_done_elsewhere_fills_the_slots_of_its_kind() -> None:
    slots = (Slot("mix", 2, MESSAGE, 1), Slot("mix", 1, MESSAGE, 1), Slot("mix", 1, TALK, 1))
    told = [
        Gesture(None, MESSAGE, "Ann"),
        Gesture(None, MESSAGE, "Bea"),
        Gesture(None, TALK, "Cy"),
        Gesture(1, "", "Di"),
    ]
    named = [[one.name for one in lane] for lane in session.lanes(slots, told)]
    assert named == [["Ann", "Bea"], ["Di"], ["Cy"]]


@given(told=st.lists(st.tuples(st.none() | st.integers(0, 5), st.sampled_from([LIGHT, MESSAGE, TALK])), max_size=40))
def test_every_gesture_has_one_place(told: list[tuple[int | None, str]]) -> None:
    gestures = [Gesture(slot, action, str(n)) for n, (slot, action) in enumerate(told)]
    lanes = session.lanes(session.DEFAULT, gestures)
    assert sorted(one.name for lane in lanes for one in lane) == sorted(one.name for one in gestures)


@given(
    today=st.dates(date(2024, 1, 1), date(2031, 12, 31)), zone=ZONES,
    busy=st.lists(st.integers(0, 60 * 24 * 14), max_size=60),
)  # fmt: skip
def test_three_times_are_on_three_working_days_and_free(today: date, zone: str, busy: list[int]) -> None:
    here = ZoneInfo(zone)
    begin = datetime.combine(today, datetime.min.time(), here).astimezone(UTC)
    taken = [begin + timedelta(minutes=minutes) for minutes in busy]
    times = session.times(taken, today, here)
    assert len({at.date() for at in times}) == len(times) == 3
    for at in times:
        assert at.date() > today
        assert at.weekday() < 5
        assert at.time() in session.HOURS
        assert all(abs(at.astimezone(UTC) - one) >= session.APART for one in taken)


def test_the_hour_is_that_of_the_wall_after_the_clocks_change() -> None:
    times = session.times([], date(2026, 10, 23), ZoneInfo("Europe/Lisbon"))  # they change on Sunday 25 October
    assert [f"{at:%a %H:%M %z}" for at in times] == ["Mon 10:00 +0000", "Tue 12:30 +0000", "Wed 16:00 +0000"]
