"""The calendar that others read: icalendar finds it whole, and khal shows it on the right days."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from keepwarm.models import Membership, Person, Reminder
from keepwarm.reminders import feed
from keepwarm.reminders.feed import Asked
from keepwarm.store import reminders
from tests.build import bring_in, card
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminder(member: Membership) -> Reminder:
    reminders.change(member, {"days": "1"}, NOW)
    reminders.new_feed(member, NOW)
    return Reminder.objects.get()


def born(cast: Cast, **days: str) -> None:
    bring_in(cast.home, *[card(f"{name} Lee", f"BDAY:{day}") for name, day in days.items()])


def written(reminder: Reminder) -> bytes:
    member = Membership.objects.select_related("space", "user").get(user=reminder.user)
    return feed.calendar(Asked(member, reminder, NOW.date()))


def events(reminder: Reminder) -> dict[str, Any]:
    return {str(event["summary"]): event for event in Calendar.from_ical(written(reminder)).walk("VEVENT")}


def test_it_works(cast: Cast, reminder: Reminder) -> None:
    born(cast, Ann="1980-06-02")
    found = events(reminder)
    assert set(found) == {"Your twenty minutes", "Ann Lee’s birthday"}
    session, birthday = found["Your twenty minutes"], found["Ann Lee’s birthday"]
    assert session["dtstart"].dt.isoformat() == "2026-11-17T08:00:00+00:00"
    assert session["dtstart"].params["TZID"] == "Europe/Lisbon"
    assert session["duration"].dt == timedelta(minutes=20)
    assert session["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU"
    assert birthday["dtstart"].dt == date(1980, 6, 2)
    calendar = Calendar.from_ical(written(reminder))
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Lisbon"]
    assert not calendar.errors
    assert not [error for event in found.values() for error in event.errors]


@pytest.mark.parametrize(
    ("day", "start", "rule"),
    [
        ("1984-02-29", "1984-02-29", b"FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"),
        ("--02-29", "2000-02-29", b"FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"),
        ("--06-02", "2000-06-02", b"FREQ=YEARLY"),
        ("1604-06-02", "2000-06-02", b"FREQ=YEARLY"),  # as a phone writes a year that it does not know
    ],
)
def test_birthdays_without_a_year_and_on_leap_days(
    cast: Cast, reminder: Reminder, day: str, start: str, rule: bytes
) -> None:
    born(cast, Ann=day)
    event = events(reminder)["Ann Lee’s birthday"]
    assert event["dtstart"].dt.isoformat() == start
    assert event["rrule"].to_ical() == rule


def test_who_is_never_suggested_or_gone_is_left_out(cast: Cast, reminder: Reminder) -> None:
    born(cast, Ann="1980-06-02", Bob="1980-06-03", Cy="1980-06")
    Person.objects.filter(name="Ann Lee").update(never=True)
    Person.objects.filter(name="Bob Lee").update(deleted_at=NOW)
    assert set(events(reminder)) == {"Your twenty minutes"}


def test_a_holiday_is_left_out(member: Membership, reminder: Reminder) -> None:
    reminders.change(member, {"away_from": date(2026, 11, 16), "away_until": date(2026, 11, 30)}, NOW)
    reminder.refresh_from_db()
    out = events(reminder)["Your twenty minutes"]["exdate"]
    assert [each.dt.date().isoformat() for one in out for each in one.dts] == ["2026-11-17", "2026-11-24"]


def test_names_break_nothing(cast: Cast, reminder: Reminder) -> None:
    bring_in(cast.home, card("X Y", "BDAY:1980-06-02").replace("FN:X Y", "FN:Ann\\, Lee\\; \\\\n BEGIN:VEVENT ☕"))
    assert len(events(reminder)) == 2


def khal(folder: Path, *arguments: str) -> str:
    """A real calendar program, with the feed as its one calendar, read as it is."""
    config = folder / "khal.conf"
    if not config.exists():
        config.write_text(
            f"[calendars]\n[[keepwarm]]\npath = {folder / 'keepwarm'}\n[sqlite]\npath = {folder / 'khal.db'}\n"
            "[locale]\nlocal_timezone = Europe/Lisbon\ndefault_timezone = Europe/Lisbon\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )
        (folder / "keepwarm").mkdir()
    command = [str(Path(sys.executable).parent / "khal"), "-c", str(config), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_khal_shows_it(cast: Cast, reminder: Reminder, tmp_path: Path) -> None:
    """Also after the clocks have changed, and a leap day's birthday in a year without one."""
    born(cast, Ann="1984-02-29", Bob="--06-02")
    (tmp_path / "feed.ics").write_bytes(written(reminder))
    khal(tmp_path, "import", "--batch", str(tmp_path / "feed.ics"))
    told = khal(tmp_path, "list", "--format", "{start} {title}", "--day-format", "", "2026-11-17", "2d")
    assert told.split("\n")[0] == "2026-11-17 08:00 Your twenty minutes"
    told = khal(tmp_path, "list", "--format", "{start} {title}", "--day-format", "", "2027-06-01", "2d")
    assert "2027-06-01 08:00 Your twenty minutes" in told
    assert "2027-06-02 Bob Lee’s birthday" in told
    assert "2027-02-28 Ann Lee’s birthday" in khal(
        tmp_path, "list", "--format", "{start} {title}", "--day-format", "", "2027-02-28", "1d"
    )


# Its address


def test_the_address_is_a_secret_that_the_database_does_not_tell(reminder: Reminder, client: Client) -> None:
    assert reminder.feed
    said = feed.token(reminder.feed)
    assert feed.found(said) == reminder
    assert feed.found(reminder.feed.hex) is None
    assert feed.found(said[:-1]) is None
    assert feed.found(f"{reminder.feed.hex}.{'a' * 43}") is None


def test_renewed_or_stopped_the_old_one_leads_nowhere(member: Membership, reminder: Reminder) -> None:
    assert reminder.feed
    old = feed.token(reminder.feed)
    action = reminders.new_feed(member, NOW)
    assert feed.found(old) is None
    reminders.undo(action, member, NOW)
    assert feed.found(old) == reminder
    reminders.stop_feed(member, NOW)
    assert feed.found(old) is None


def test_the_same_twice_looks_the_same(cast: Cast, reminder: Reminder) -> None:
    born(cast, Ann="1980-06-02")
    assert written(reminder) == written(reminder)
