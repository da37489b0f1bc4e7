"""Mail servers that refuse, put off, hang up or are not there: said in their own words, and tried again politely."""

from __future__ import annotations

import socket
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from keepwarm.models import Channel, Nudge
from keepwarm.reminders import mail
from keepwarm.reminders.mail import Server
from keepwarm.store import reminders
from keepwarm.store.reminders import Trouble
from tests.build import network
from tests.conftest import NOW, Cast
from tests.post import Post
from tests.reminders.conftest import tick

MINUTE = timedelta(minutes=1)
State = Nudge.State


def letter(body: str = "Hello") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = (
        "Keepwarm <keepwarm@example.org>",
        "ada@example.com",
        "<one@example.org>",
    )
    made.set_content(body)
    return made


def server(post: Post, **other: Any) -> Server:
    return Server("127.0.0.1", post.port, "plain", sender="keepwarm@example.org")._replace(**other)


def trouble(by: Server) -> Trouble:
    with pytest.raises(Trouble) as raised:
        mail.send(by, letter())
    return raised.value


def test_it_works(post: Post) -> None:
    said = mail.send(server(post, user="ada", password="swordfish"), letter("A dot\n.\n.. and the end"))
    assert mail.words(said) == "Taken, with thanks"
    assert post.letters[0].get_content() == "A dot\r\n.\r\n.. and the end\r\n"


def test_the_wrong_password(post: Post) -> None:
    told = trouble(server(post, user="ada", password="wrong one"))
    assert told.message == "127.0.0.1 did not sign in: “535 5.7.8 Authentication credentials invalid”."
    assert told.lasting
    assert "wrong one" not in told.message


def test_a_password_of_other_letters(post: Post) -> None:
    post.password = "schlüssel"
    mail.send(server(post, user="ädä", password="schlüssel"), letter())


def test_it_refuses(post: Post) -> None:
    post.rcpt = "550 5.7.1 Relaying is not for you"
    told = trouble(server(post))
    assert told.message == "127.0.0.1 did not take the letter: “550 5.7.1 Relaying is not for you”."
    assert told.lasting


def test_it_hangs_up_with_the_letter(post: Post) -> None:
    post.data = "hang up"
    told = trouble(server(post))
    assert told.unsure
    assert told.message == "127.0.0.1 took the letter and hung up before it said so."


def test_nobody_is_there(post: Post) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        told = trouble(server(post, port=free.getsockname()[1]))
    assert told.message.startswith("No mail server answers at 127.0.0.1")


def test_it_speaks_no_tls(post: Post) -> None:
    assert trouble(server(post, security="tls")).message == f"127.0.0.1 does not speak TLS at port {post.port}."


def test_without_encryption_only_this_machine_is_spoken_to() -> None:
    assert "Without encryption" in trouble(Server("mail.example.org", 25, "plain")).message


def test_a_server_that_says_nothing_is_cut_off(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LONGEST", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        told = trouble(server(post, port=silent.getsockname()[1]))
    assert told.message == "127.0.0.1 hung up before it took the letter."


@pytest.mark.parametrize(("public", "private", "allowed"), [("", False, True), ("https://k.example", False, False)])
def test_users_of_a_shared_server_do_not_look_around_in_its_network(
    post: Post, settings: Any, public: str, private: bool, allowed: bool
) -> None:
    settings.PUBLIC_URL, settings.PRIVATE_NETWORKS = public, private
    if allowed:
        mail.send(server(post), letter())
    else:
        assert "in the network of this server" in trouble(server(post)).message
        assert post.letters == []


# What becomes of a nudge


@pytest.mark.django_db
def test_greylisting_is_waited_for(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    post.greylist = 2
    [nudge] = tick(NOW)
    assert nudge.state == State.CHOSEN
    channel.refresh_from_db()
    assert "Greylisted, please come back in five minutes" in channel.trouble
    assert tick(NOW + MINUTE / 2) == []
    assert [nudge.state for nudge in tick(NOW + MINUTE)] == [State.CHOSEN]
    assert [nudge.state for nudge in tick(NOW + 3 * MINUTE)] == [State.SENT]
    channel.refresh_from_db()
    assert (channel.trouble, channel.failures) == ("", 0)
    assert set(post.counts.values()) == {1}


@pytest.mark.django_db
def test_a_refusal_is_given_up_at_once_and_shown(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    post.rcpt = "550 5.1.1 There is no such mailbox"
    [nudge] = tick(NOW)
    assert nudge.state == State.GIVEN_UP
    channel.refresh_from_db()
    assert "There is no such mailbox" in channel.trouble
    post.rcpt = "250 OK"
    assert [nudge.state for nudge in tick(NOW + timedelta(days=7))] == [State.SENT], "next week is another week"


@pytest.mark.django_db
def test_a_letter_that_may_have_been_taken_goes_again_under_the_same_number(
    cast: Cast, channel: Channel, post: Post
) -> None:
    network(cast.home)
    post.data = "hang up"
    tick(NOW)
    post.data = "250 OK"
    assert [nudge.state for nudge in tick(NOW + MINUTE)] == [State.SENT]
    assert list(post.counts.values()) == [2]


@pytest.mark.django_db
def test_a_server_that_is_down_for_long_is_given_up(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    post.rcpt = "451 4.3.0 Not today"
    at, tries = NOW, 0
    while at < NOW + timedelta(days=4):
        tries += len(tick(at))
        at += timedelta(minutes=10)
    assert 10 < tries < 45
    assert Nudge.objects.get().state == State.GIVEN_UP


@pytest.mark.django_db
def test_a_lost_key_is_said(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    Channel.objects.update(secret="sealed with another key")
    tick(NOW)
    channel.refresh_from_db()
    assert "key" in channel.trouble
    assert "Type the password in again." in channel.fix


@pytest.mark.django_db
def test_a_worker_that_was_told_twice_sends_once(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    reminders.choose_due(NOW)
    [id] = reminders.waiting(NOW)
    reminders.claim(id, NOW)
    with pytest.raises(reminders.TakenOver):
        reminders.claim(id, NOW)
    assert reminders.waiting(NOW + timedelta(hours=1)) == []
    assert reminders.free(NOW + timedelta(minutes=2)) == 0
    assert reminders.free(NOW + timedelta(minutes=4)) == 1


def test_the_machines_owner_may_set_one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Server("mail.example.org", 465)
    monkeypatch.setattr(mail, "HOSTS", one)
    assert mail.server(Channel(settings={"to": "ada@example.com"})) is one
