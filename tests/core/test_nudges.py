"""When a nudge is due: by the clock where its reader is, once, and never in quiet hours or days away."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from keepwarm.core import nudges
from keepwarm.core.nudges import Plan

BERLIN, LISBON, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/Lisbon"), ZoneInfo("Pacific/Apia")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MONDAYS = Plan("0", time(8), LISBON)
DAILY = MONDAYS._replace(days="0123456")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_it_works() -> None:
    due = nudges.coming(MONDAYS, utc("2026-11-12 09:00"))
    assert due == (date(2026, 11, 16), utc("2026-11-16 08:00"))
    assert nudges.wanted(MONDAYS, utc("2026-11-16 07:59"), LONG_AGO) is None
    assert nudges.wanted(MONDAYS, utc("2026-11-16 08:00"), LONG_AGO) == due


@pytest.mark.parametrize(
    ("day", "at", "zone", "moment"),
    [
        ("2026-07-01", "08:00", BERLIN, "2026-07-01 06:00"),
        ("2026-12-01", "08:00", BERLIN, "2026-12-01 07:00"),
        ("2026-03-29", "02:30", BERLIN, "2026-03-29 01:00"),  # no clock shows it: the end of the leap
        ("2026-03-29", "02:00", BERLIN, "2026-03-29 01:00"),
        ("2026-10-25", "02:30", BERLIN, "2026-10-25 00:30"),  # twice: the first
        ("2026-04-05", "01:45", ZoneInfo("Australia/Lord_Howe"), "2026-04-04 14:45"),  # half an hour, twice
        ("2026-10-04", "02:15", ZoneInfo("Australia/Lord_Howe"), "2026-10-03 15:30"),
        ("2026-09-06", "00:00", ZoneInfo("America/Santiago"), "2026-09-06 04:00"),  # midnight is leapt over
    ],
)
def test_clocks_that_change(day: str, at: str, zone: ZoneInfo, moment: str) -> None:
    assert nudges.moment(date.fromisoformat(day), time.fromisoformat(at), zone) == utc(moment)


def test_a_day_that_a_place_has_left_out_has_no_nudge() -> None:
    assert nudges.moment(date(2011, 12, 30), time(8), APIA) is None


@pytest.mark.parametrize(("at", "quiet"), [("06:59", True), ("07:00", False), ("20:59", False), ("21:00", True)])
def test_quiet_hours_go_over_midnight(at: str, quiet: bool) -> None:
    plan = MONDAYS._replace(quiet_from=time(21), quiet_until=time(7))
    now = utc(f"2026-11-16 {at}")
    assert nudges.is_quiet(plan, now) is quiet
    assert nudges.awake(plan, now) == (utc(f"2026-11-{17 if at > '12' else 16} 07:00") if quiet else now)


def test_an_hour_that_is_quiet_waits_until_it_is_not() -> None:
    plan = MONDAYS._replace(at=time(6), quiet_from=time(21), quiet_until=time(7))
    assert nudges.coming(plan, utc("2026-11-12 09:00")) == (date(2026, 11, 16), utc("2026-11-16 07:00"))


def test_who_is_away_has_none() -> None:
    away = MONDAYS._replace(away_from=date(2026, 11, 14), away_until=date(2026, 11, 29))
    assert nudges.coming(away, utc("2026-11-12 09:00")) == (date(2026, 11, 30), utc("2026-11-30 08:00"))
    assert nudges.wanted(away, utc("2026-11-16 08:00"), LONG_AGO) is None
    assert nudges.coming(away._replace(away_until=None), utc("2026-11-14 09:00")) is None


def test_no_day_is_never() -> None:
    assert nudges.coming(MONDAYS._replace(days=""), utc("2026-11-12 09:00")) is None


def test_a_machine_that_slept_owes_the_newest_alone() -> None:
    """Daily, asleep for a week: today's. Weekly: the one of three days ago still goes, an older one is let go."""
    assert nudges.wanted(DAILY, utc("2026-11-19 11:00"), LONG_AGO) == (date(2026, 11, 19), utc("2026-11-19 08:00"))
    assert nudges.wanted(MONDAYS, utc("2026-11-19 07:00"), LONG_AGO) == (date(2026, 11, 16), utc("2026-11-16 08:00"))
    assert nudges.wanted(MONDAYS, utc("2026-11-19 08:01"), LONG_AGO) is None


def test_a_plan_owes_nothing_from_before_it_was_made() -> None:
    assert nudges.wanted(DAILY, utc("2026-11-16 09:00"), utc("2026-11-16 08:30")) is None


def test_a_server_is_asked_less_and_less() -> None:
    assert [nudges.wait(failures) // timedelta(minutes=1) for failures in (1, 2, 3, 4, 9, 40)] == [1, 2, 4, 8, 120, 120]


def test_it_is_tried_until_the_next_or_for_three_days() -> None:
    due = nudges.coming(MONDAYS, utc("2026-11-12 09:00"))
    assert due
    assert nudges.ends(MONDAYS, due) == utc("2026-11-19 08:00")
    assert nudges.ends(DAILY, due) == utc("2026-11-17 08:00")
