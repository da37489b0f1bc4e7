"""A simulated year in ten zones: every digest within five minutes of its hour there, whatever the clocks do."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from keepwarm import jobs
from keepwarm.models import Channel, Membership, Nudge, Reminder, User
from keepwarm.reminders import digest, mail, sending
from keepwarm.store import reminders
from tests.conftest import Cast

# By hours that clocks leap over or pass twice, and others.
PLACES = {
    "Europe/Lisbon": "08:00", "Europe/Berlin": "02:30", "America/New_York": "02:30", "America/Los_Angeles": "01:30",
    "America/Santiago": "00:00", "Asia/Kolkata": "07:15", "Asia/Tokyo": "23:55", "Australia/Lord_Howe": "02:15",
    "Africa/Casablanca": "02:45", "Pacific/Auckland": "02:30",
}  # fmt: skip
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
TICK = jobs.BEAT_EVERY.total_seconds()
DOCS = Path(__file__).parents[2] / "docs" / "decisions" / "reminders.md"


class Row(NamedTuple):
    place: str
    hour: str
    changes: int
    sent: int
    double: int
    none: int
    farthest: int  # seconds from the hour, as clocks there show it

    def __str__(self) -> str:
        return f"| {' | '.join(map(str, self))} s |"


def changes(zone: ZoneInfo) -> int:
    """How often the clocks change in the year."""
    offsets = [(START + timedelta(hours=hour)).astimezone(zone).utcoffset() for hour in range(365 * 24)]
    return sum(one != other for one, other in zip(offsets, offsets[1:], strict=False))


def live(year: timedelta) -> None:
    """The clock ticks every quarter of a minute, and the worker sends. Ticks at which nothing is due are left out."""
    now, offset = START, 7.3  # where in a quarter of a minute they fall
    while (next_at := Reminder.objects.aggregate(at=Min("next_at"))["at"]) and next_at < START + year:
        steps = math.ceil(((next_at - START).total_seconds() - offset) / TICK)
        now = START + timedelta(seconds=offset + steps * TICK)
        with time_machine.travel(now, tick=False):
            reminders.choose_due(timezone.now())
            for id in reminders.waiting(timezone.now()):
                sending.send(id, timezone.now)


def away(nudge: Nudge, at: time, zone: ZoneInfo) -> timedelta:
    """How far from its hour it went, by a clock on the wall there; of an hour that no clock shows, from the leap on."""
    assert nudge.sent_at
    wanted = datetime.combine(nudge.day, at)
    if wanted.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wanted:
        return abs(nudge.sent_at.astimezone(zone).replace(tzinfo=None) - wanted)
    before = (nudge.sent_at - timedelta(minutes=5)).astimezone(zone).utcoffset()
    assert before != nudge.sent_at.astimezone(zone).utcoffset(), "it comes right after the leap"
    return timedelta(0)


def row(place: str, hour: str, first: date, days: int) -> Row:
    zone = ZoneInfo(place)
    sent = list(Nudge.objects.filter(user__name=place, state="sent").order_by("day"))
    held = [nudge.day for nudge in sent]
    none = {first + timedelta(days=step) for step in range(days)} - set(held)
    farthest = max(away(nudge, time.fromisoformat(hour), zone) for nudge in sent)
    return Row(
        place, hour, changes(zone), len(sent), len(held) - len(set(held)), len(none), int(farthest.total_seconds())
    )


@pytest.mark.django_db
def test_it_works(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letters: list[str] = []
    monkeypatch.setattr(digest, "SECTIONS", (lambda asked: digest.Section("something to say"),))
    monkeypatch.setattr(digest, "render_to_string", lambda *_: "")
    monkeypatch.setattr(mail, "send", lambda by, letter, before: (before(), letters.append(letter["Message-ID"])))
    for place, hour in PLACES.items():
        user = User.objects.create(email=f"{place.replace('/', '.')}@example.com", name=place)
        member = Membership.objects.create(space=cast.home, user=user, time_zone=place)
        settings = {"to": user.email, "host": "x", "port": 1, "security": "tls", "user": "", "sender": "k@example.org"}
        reminders.keep_mail(member, user.email, settings, "", START)
        values = {"days": "0123456", "at": time.fromisoformat(hour), "quiet_from": None, "quiet_until": None}
        reminders.change(member, values, START)
    # What time it is does not depend on the database: there, until the clocks of half the world have changed.
    days = 366 if connection.vendor == "sqlite" else 120
    live(timedelta(days=days))
    rows = [row(place, hour, date(2026, 1, 3), days - 3) for place, hour in PLACES.items()]
    print("\n" + "\n".join(map(str, rows)))
    assert all(each.farthest <= 300 for each in rows)
    assert {(each.double, each.none) for each in rows} == {(0, 0)}
    assert len(letters) == len(set(letters)) == Nudge.objects.count()
    assert Channel.objects.filter(failures=0).count() == len(PLACES)
    if days < 366:
        return
    assert sum(each.changes for each in rows) == 16
    told = DOCS.read_text("utf-8")
    assert [str(each) for each in rows if str(each) not in told] == [], "docs/decisions/reminders.md has the table"
