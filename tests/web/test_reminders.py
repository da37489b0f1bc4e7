"""Reminders on their page: when, by which ways, a test that says what the server said, the calendar, and undo."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from keepwarm.models import Beat, Channel, Membership, Nudge, Reminder
from keepwarm.reminders import digest, feed
from keepwarm.store import secrets
from keepwarm.web import running
from tests.conftest import NOW, Cast
from tests.post import Post
from tests.web.pages import act, words

PLAN = {"days": ["0", "3"], "at": "08:30", "quiet_from": "21:00", "quiet_until": "07:00"}


def by(post: Post, **other: str) -> dict[str, str]:
    return {
        "to": "ada@example.com", "host": "127.0.0.1", "port": str(post.port), "security": "plain", "user": "ada",
        "password": "swordfish", "sender": "ada@example.com",
    } | other  # fmt: skip


def keep(browser: Client, **fields: Any) -> str:
    return words(browser.post(reverse("reminders"), PLAN | fields, follow=True))


def mail(browser: Client, fields: dict[str, str]) -> str:
    return words(browser.post(reverse("reminders_mail"), fields, follow=True))


# When


def test_it_works(cast: Cast, ada: Client, post: Post) -> None:
    assert "Nothing comes yet: choose a way below." in keep(ada)
    assert "The next one: Monday 16 November, 08:30." in mail(ada, by(post, test="yes"))
    assert Reminder.objects.get().days == "03"
    assert [str(letter["Subject"]) for letter in post.letters] == ["Keepwarm can reach you here"]


def test_it_can_be_undone(cast: Cast, ada: Client) -> None:
    ada.get(reverse("reminders"))
    page = ada.post(reverse("reminders"), PLAN | {"away_from": "2026-12-01", "away_until": "2026-12-24"}, follow=True)
    undo = page.content.decode().partition('action="/reminders/')[2].partition('"')[0]
    member = Membership.objects.get(user=cast.ada)
    assert (member.away_from, member.away_until) == (date(2026, 12, 1), date(2026, 12, 24))
    ada.post(f"/reminders/{page.content.decode().rpartition('/undo')[0].rpartition('/')[2]}/undo")
    member.refresh_from_db()
    assert undo is not None
    assert (member.away_from, Reminder.objects.get().days, Reminder.objects.get().at) == (None, "0", time(8))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"at": "22:00"}, "This hour is within your quiet hours."),
        ({"at": ""}, "This field is required."),
        ({"quiet_until": ""}, "Quiet hours have a beginning and an end."),
        ({"away_from": "2026-12-24", "away_until": "2026-12-01"}, "This is before the first day."),
    ],
)
def test_what_cannot_be_meant_is_said(cast: Cast, ada: Client, fields: dict[str, str], said: str) -> None:
    keep(ada)
    assert said in keep(ada, **fields)
    assert Reminder.objects.get().at == time(8, 30)


def test_no_day_is_no_nudge(cast: Cast, ada: Client) -> None:
    assert "No day is chosen, so nothing comes." in keep(ada, days=[])


def test_another_zone_is_looked_at_at_once(cast: Cast, ada: Client) -> None:
    keep(ada)
    ada.post(reverse("settings"), {"part": "days", "days": ["0"], "first_weekday": "0", "time_zone": "Asia/Tokyo"})
    assert Reminder.objects.get().next_at == NOW


def test_on_a_journey_one_goes_by_the_clock_there(cast: Cast, ada: Client) -> None:
    keep(ada)
    said = words(ada.post(reverse("reminders_zone"), {"time_zone": "America/Sao_Paulo"}, follow=True))
    assert "Your day is that of America/Sao Paulo now." in said
    assert Membership.objects.get(user=cast.ada).time_zone == "America/Sao_Paulo"
    ada.post(reverse("reminders_zone"), {"time_zone": "Mars/Olympus"})
    assert Membership.objects.get(user=cast.ada).time_zone == "America/Sao_Paulo"


# By mail


def test_the_test_says_what_the_server_said(cast: Cast, ada: Client, post: Post) -> None:
    assert "The server said: “Taken, with thanks”." in mail(ada, by(post, test="yes"))
    post.rcpt = "550 5.7.1 Relaying is not for you"
    said = mail(ada, by(post, test="yes"))
    assert said.count("127.0.0.1 did not take the letter: “550 5.7.1 Relaying is not for you”.") == 2, "and it stays"
    assert "127.0.0.1 did not take the letter" in words(ada.get(reverse("reminders")))


def test_a_wrong_password_is_said_and_never_shown(cast: Cast, ada: Client, post: Post) -> None:
    said = mail(ada, by(post, test="yes", password="hunter2"))
    assert "did not sign in: “535 5.7.8 Authentication credentials invalid”" in said
    assert "hunter2" not in said
    assert "hunter2" not in Channel.objects.get().secret


def test_the_password_stays_where_none_is_typed(cast: Cast, ada: Client, post: Post) -> None:
    mail(ada, by(post))
    mail(ada, by(post, password="", sender="ada.lee@example.com"))
    assert secrets.unseal(Channel.objects.get().secret) == {"password": "swordfish"}
    mail(ada, by(post, password="", host="localhost"))
    assert Channel.objects.get().secret == "", "another server is not told it"


def test_without_encryption_only_this_machine(cast: Cast, ada: Client, post: Post) -> None:
    said = mail(ada, by(post, host="mail.example.org"))
    assert "Without encryption, anyone on the way could read your password and your letter." in said
    assert not Channel.objects.exists()


def test_tests_are_counted(cast: Cast, ada: Client, post: Post) -> None:
    for _ in range(20):
        mail(ada, by(post, test="yes"))
    assert "20 tests an hour are enough." in mail(ada, by(post, test="yes"))
    assert len(post.letters) == 20


# Ways


def test_a_way_is_turned_off_and_on_and_removed_with_undo(cast: Cast, ada: Client, post: Post) -> None:
    mail(ada, by(post))
    channel = Channel.objects.get()
    act(ada, "channel_switch", channel.id, on="no")
    assert not Channel.objects.get().on
    act(ada, "channel_switch", channel.id, on="yes")
    page = ada.post(reverse("channel_remove", args=[channel.id]), follow=True).content.decode()
    assert not Channel.objects.exists()
    ada.post(f"/reminders/{page.rpartition('/undo')[0].rpartition('/')[2]}/undo")
    again = Channel.objects.get()
    assert (again.id, again.secret, again.settings) == (channel.id, channel.secret, channel.settings)


def test_a_push_that_is_not_known_is_refused(cast: Cast, ada: Client) -> None:
    answer = ada.post(reverse("reminders_push"), {"url": "exec://rm", "name": ""})
    assert answer.status_code == 422
    assert "Keepwarm does not send by “exec”." in words(answer)
    assert not Channel.objects.exists()


def test_a_push_that_fails_is_kept_with_its_trouble(cast: Cast, ada: Client) -> None:
    said = words(
        ada.post(reverse("reminders_push"), {"url": "ntfy://127.0.0.1:9/secret-topic", "name": ""}, follow=True)
    )
    assert "Connection error" in said
    assert "secret-topic" not in said
    assert Channel.objects.get().name == "ntfy"


# The letter's own way to stop it


def test_one_click_stops_it_without_signing_in(cast: Cast, ada: Client, post: Post) -> None:
    mail(ada, by(post))
    stop = digest.stop_url(Channel.objects.get()).partition("8321")[2]
    nobody = Client(enforce_csrf_checks=True)
    assert "Stop these messages?" in words(nobody.get(stop))
    assert Channel.objects.get().on, "scanners open every link"
    assert nobody.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Channel.objects.get().on
    assert "They come again" in words(nobody.post(stop, {"again": "yes"}))
    assert Channel.objects.get().on


def test_a_forged_address_stops_nothing(cast: Cast, ada: Client, post: Post) -> None:
    mail(ada, by(post))
    assert Client().post(reverse("nudges_stop", args=[Channel.objects.get().id.hex])).status_code == 404
    assert Channel.objects.get().on


# The calendar


def test_the_calendar_is_read_by_who_has_its_address(cast: Cast, ada: Client) -> None:
    assert "The secret address of your calendar" in words(ada.post(reverse("feed_new"), follow=True))
    address = feed.address(Reminder.objects.get()).partition("8321")[2]
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"Your twenty minutes" in answer.content
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(address).status_code == 200
    ada.post(reverse("feed_stop"))
    assert Client().get(address).status_code == 404


def test_who_asks_too_often_is_told(cast: Cast, ada: Client) -> None:
    ada.post(reverse("feed_new"))
    address = feed.address(Reminder.objects.get()).partition("8321")[2]
    codes = [Client().get(address).status_code for _ in range(121)]
    assert (codes[119], codes[120]) == (200, 429)


def test_one_event_as_a_file(cast: Cast, ada: Client) -> None:
    ada.get(reverse("reminders"))
    answer = ada.get(reverse("calendar_entry", args=[f"session-{Reminder.objects.get().id}"]))
    assert answer["Content-Disposition"] == 'attachment; filename="session.ics"'
    assert answer.content.count(b"BEGIN:VEVENT") == 1


# What went out


def test_the_last_ones_are_told(cast: Cast, ada: Client) -> None:
    facts = {"space": cast.home, "user": cast.ada, "made_at": NOW, "ends_at": NOW}
    day = NOW.date()
    for days, state, remark in ((0, "sent", ""), (7, "empty", ""), (14, "given_up", "It refused.")):
        at = NOW - timedelta(days=days)
        sent = at + timedelta(hours=3) if state == "sent" else None
        Nudge.objects.create(
            day=day - timedelta(days=days), on_day=day - timedelta(days=days), due_at=at, state=state, remark=remark,
            sent_at=sent, **facts,
        )  # fmt: skip
    said = words(ada.get(reverse("reminders")))
    assert "Thursday 12 November, 12:00 Sent; it was meant for Thursday 12 November, 09:00." in said
    assert "There was nothing to say, so nothing was sent." in said
    assert "Not sent. It refused." in said


# Not running


@pytest.fixture
def unheard() -> None:
    """Nobody has asked for the pulse yet."""
    cache.clear()


@pytest.mark.usefixtures("unheard")
@pytest.mark.parametrize(("minutes", "shown"), [(9, False), (11, True)])
def test_every_page_says_when_nothing_runs(cast: Cast, ada: Client, minutes: int, shown: bool) -> None:
    Beat.objects.create(name="one", at=NOW - timedelta(minutes=minutes))
    Beat.objects.create(name="old", at=NOW - timedelta(days=2))
    Beat.objects.create(name="daily", at=NOW)
    for page in ("today", "people", "settings"):
        assert ("Reminders are not running." in words(ada.get(reverse(page)))) is shown


@pytest.mark.usefixtures("unheard")
def test_a_worker_that_never_was_has_ten_minutes(cast: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "STARTED", NOW - timedelta(minutes=9))
    assert "not running" not in words(ada.get(reverse("people")))
    cache.clear()
    monkeypatch.setattr(running, "STARTED", NOW - timedelta(minutes=11))
    assert "Reminders are not running." in words(ada.get(reverse("people")))


@pytest.mark.usefixtures("unheard")
def test_nobody_who_is_not_signed_in_is_told(cast: Cast, client: Client) -> None:
    Beat.objects.create(name="one", at=NOW - timedelta(hours=1))
    assert "not running" not in words(client.get(reverse("account_login")))


@pytest.mark.usefixtures("unheard")
def test_the_pulse_is_asked_for_once_for_many_pages(cast: Cast, ada: Client, django_assert_num_queries: Any) -> None:
    Beat.objects.create(name="one", at=NOW)
    assert not running.is_silent(NOW)
    with django_assert_num_queries(0):
        assert not running.is_silent(NOW)
