"""The digest goes once, at its hour, with what Today shows."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest

from keepwarm.models import Channel, Membership, Moment, Nudge, Person, Pick, Reminder, Session
from keepwarm.reminders import digest
from keepwarm.store import promises, reminders
from keepwarm.store.promises import Offer
from tests.build import bring_in, card, network
from tests.conftest import NOW, Cast
from tests.post import Post
from tests.reminders.conftest import reminded, tick

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
State = Nudge.State


def text(letter: EmailMessage, kind: str = "plain") -> str:
    part = letter.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def ticks(start: datetime, end: datetime, step: timedelta = HOUR) -> list[Nudge]:
    """Everything that comes of looking at the clock again and again."""
    found = []
    while start <= end:
        found += tick(start)
        start += step
    return found


def test_it_works(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    assert tick(NOW - MINUTE) == []
    [nudge] = tick(NOW)
    assert nudge.state == State.SENT
    assert tick(NOW + MINUTE) == []
    [letter] = post.letters
    assert letter["To"] == "ada@example.com"
    assert letter["Subject"] == "Your twenty minutes, Thursday"
    assert "Good morning, Ada. Your twenty minutes.\n\nThree people it may be time to say hello to." in text(letter)


def test_it_shows_what_today_shows(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    tick(NOW)
    picks = list(Pick.objects.filter(user=cast.ada, day=NOW.date()).order_by("position"))
    assert len(picks) == 3
    for kind in ("plain", "html"):
        said = text(post.letters[0], kind)
        assert [pick.person.name in said for pick in picks] == [True] * 3
        assert all(pick.reasons[0]["text"] in said for pick in picks)
    assert said.count("mailto:friend") == 3


def test_the_letter_can_be_stopped_and_loads_nothing(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    tick(NOW)
    [letter] = post.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    stop = letter["List-Unsubscribe"].strip("<>")
    assert digest.channel_of(stop.rpartition("/")[2]) == channel.id
    html = text(letter, "html")
    assert stop in html
    assert stop in text(letter)
    assert not re.findall(r"<(?:img|script|link|iframe)|url\(|@import", html)
    assert "/welcome/" not in html, "no link signs in"


def test_the_message_id_is_the_nudges(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    [nudge] = tick(NOW)
    assert post.counts == {digest.message_id(nudge.id, "keepwarm@example.org"): 1}


def test_whom_one_has_written_to_is_left_out(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home, 3)
    tick(NOW)
    Pick.objects.update(state="sent")
    assert [nudge.state for nudge in tick(NOW + 7 * DAY)] == [State.EMPTY], "nothing to say"
    assert len(post.letters) == 1


def test_nobody_here_is_nothing_to_say(channel: Channel, post: Post) -> None:
    assert [nudge.state for nudge in tick(NOW)] == [State.EMPTY]
    assert post.letters == []


def test_each_has_their_own_hour_and_zone(cast: Cast, post: Post) -> None:
    network(cast.home)
    ada, ben = (Membership.objects.get(user=user) for user in (cast.ada, cast.ben))
    Membership.objects.filter(id=ben.id).update(time_zone="America/New_York")
    ben.refresh_from_db()
    reminded(ada, post)
    reminded(ben, post)
    assert [nudge.user for nudge in tick(NOW)] == [cast.ada]
    assert tick(NOW + 4 * HOUR) == []
    assert [nudge.user for nudge in tick(NOW + 5 * HOUR)] == [cast.ben]
    assert {letter["To"] for letter in post.letters} == {"ada@example.com", "ben@example.com"}


# Clocks that jump, machines that sleep, people who travel


def test_a_laptop_asleep_for_a_week_sends_one(cast: Cast, member: Membership, post: Post) -> None:
    network(cast.home, 30)
    reminded(member, post, days="0123456")
    assert len(tick(NOW)) == 1
    assert len(ticks(NOW + 7 * DAY + HOUR, NOW + 7 * DAY + 6 * HOUR)) == 1
    assert "This was meant for 09:00." in text(post.letters[1])


def test_what_was_slept_through_comes_when_it_wakes(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    assert len(ticks(NOW + 2 * DAY, NOW + 2 * DAY + 9 * HOUR)) == 1
    assert "This was meant for Thursday, 09:00. Keepwarm was not running then" in text(post.letters[0])


def test_after_three_days_it_is_let_go(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    assert ticks(NOW + 3 * DAY + HOUR, NOW + 6 * DAY) == []
    assert len(tick(NOW + 7 * DAY)) == 1


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_clock_that_jumps_by_a_day_and_back(cast: Cast, member: Membership, post: Post, jump: timedelta) -> None:
    network(cast.home, 30)
    reminded(member, post, days="0123456")
    ticks(NOW - HOUR, NOW + HOUR)
    ticks(NOW + jump, NOW + jump + HOUR)
    ticks(NOW + 2 * HOUR, NOW + DAY + 2 * HOUR)
    days = Nudge.objects.filter(state=State.SENT).values_list("day", flat=True)
    assert len(days) == len(set(days)) == len(post.letters)
    assert set(days) >= {NOW.date(), NOW.date() + DAY}


def test_a_journey_brings_no_second_monday(cast: Cast, member: Membership, post: Post) -> None:
    """From Auckland to Los Angeles it is Thursday for a second time, and nine in the morning."""
    network(cast.home, 30)
    Membership.objects.filter(id=member.id).update(time_zone="Pacific/Auckland")
    member.refresh_from_db()
    reminded(member, post)
    first = NOW - 13 * HOUR
    assert len(ticks(first, first + 2 * HOUR)) == 1
    Membership.objects.filter(id=member.id).update(time_zone="America/Los_Angeles")
    reminders.moved(cast.home, cast.ada, first + 2 * HOUR)
    assert ticks(first + 3 * HOUR, first + 40 * HOUR) == []
    assert len(ticks(NOW + 7 * DAY + 8 * HOUR, NOW + 7 * DAY + 9 * HOUR)) == 1


def test_a_journey_that_leaps_over_the_hour_loses_nothing(cast: Cast, channel: Channel, post: Post) -> None:
    """It was eight in Lisbon; then it is four in the afternoon in Singapore, and nine has passed there."""
    network(cast.home)
    assert tick(NOW - HOUR) == []
    Membership.objects.filter(user=cast.ada).update(time_zone="Asia/Singapore")
    reminders.moved(cast.home, cast.ada, NOW - HOUR)
    assert len(ticks(NOW - HOUR, NOW + 30 * HOUR)) == 1


def test_another_hour_on_the_same_day_is_not_another_nudge(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home, 30)
    tick(NOW)
    reminders.change(Membership.objects.get(user=cast.ada), {"at": (NOW + 2 * HOUR).time()}, NOW + HOUR)
    assert ticks(NOW + HOUR, NOW + 9 * HOUR) == []


# Quiet


def test_it_wakes_nobody(cast: Cast, channel: Channel, post: Post) -> None:
    """Its machine woke at night: it goes when the quiet hours end."""
    network(cast.home)
    night = NOW.replace(hour=23)
    assert ticks(night, NOW.replace(hour=6) + DAY) == []
    assert len(tick(NOW.replace(hour=7) + DAY)) == 1


def test_a_holiday_has_none(cast: Cast, channel: Channel, member: Membership, post: Post) -> None:
    network(cast.home)
    reminders.change(member, {"away_from": date(2026, 11, 9), "away_until": date(2026, 11, 18)}, NOW - DAY)
    assert ticks(NOW - HOUR, NOW + 6 * DAY) == []
    assert len(tick(NOW + 7 * DAY)) == 1


def test_a_way_that_is_off_sends_nothing(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    reminders.switch(channel, on=False)
    assert tick(NOW) == []
    assert Reminder.objects.get().next_at == NOW + 7 * DAY


# What else the day holds


def test_promises_are_told(cast: Cast, channel: Channel, post: Post) -> None:
    ann, bob, *_ = network(cast.home)
    day = NOW.date()
    promises.keep(ann, cast.ada, Offer("mine", "send her the deck", day - DAY), NOW)
    promises.keep(bob, cast.ada, Offer("wish", "the boat", day), NOW)
    promises.keep(bob, cast.ben, Offer("mine", "call him", day), NOW)
    promises.keep(bob, cast.ada, Offer("mine", "not yet", day + 3 * DAY), NOW)
    tick(NOW)
    said = text(post.letters[0])
    assert "Three people it may be time to say hello to and two promises. That is all." in said
    assert f"* {ann.name}: send her the deck\n" in said
    assert f"* Today: You wished to think of {bob.name}: the boat\n" in said
    assert "call him" not in said, "Ben's own"
    assert "not yet" not in said


def test_moments_are_told_once(cast: Cast, channel: Channel, post: Post) -> None:
    bring_in(cast.home, card("Ann Lee", "BDAY:1980-11-15", uid="ann"))
    ann = Person.objects.get()
    facts = {"space": cast.home, "person": ann, "kind": "new_job", "source": "linkedin"}
    Moment.objects.create(text="Producer, Harbour Films", found_at=NOW - DAY, key="1", **facts)
    Moment.objects.create(text="Nothing new", found_at=NOW - 20 * DAY, key="2", **facts)
    tick(NOW)
    said = text(post.letters[0])
    assert "* Sunday: Ann Lee’s birthday\n" in said
    assert "Harbour Films" in said
    assert "Nothing new" not in said


def test_the_session_is_told_until_it_is_held(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    Person.objects.update(cadence=30, due_on=NOW.date())
    tick(NOW)
    said = text(post.letters[0])
    assert "This week’s session\n\n* Twelve light touches, four messages and one conversation.\n" in said
    assert "Start your twenty minutes: http://localhost:8321/week\n" in said
    Session.objects.create(
        space=cast.home, user=cast.ada, week=date(2026, 11, 16), slots=[], seconds=1200, started_at=NOW, ended_at=NOW
    )
    tick(NOW + 7 * DAY)
    assert "session" not in text(post.letters[1])
