"""A mailbox read from a real Dovecot: whole, then what is new, through cuts and kills, and nothing in it changed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from keepwarm.imports import work
from keepwarm.models import Account, Person, Summary, Touch
from keepwarm.store import accounts, secrets, settings
from keepwarm.store.accounts import TakenOver
from keepwarm.sync import mailbox, reading
from tests import dovecot
from tests.build import Clock, bring_in, card, person
from tests.conftest import NOW, Cast
from tests.dovecot import PASSWORD, Dovecot, letter

pytestmark = pytest.mark.django_db
ADA, BOB, EVA = "Ada Example <ada@example.com>", "Bob Fox <bob@example.net>", "Eva Roy <eva@example.net>"
SENT, ARCHIVE = "Gesendete Elemente", "Archiv"
State = Account.State
boxes = iter(range(1000))


@pytest.fixture
def box() -> str:
    """A mailbox of this test alone."""
    return f"box{next(boxes)}@example.com"


@pytest.fixture
def account(cast: Cast, trusted: Dovecot, box: str) -> Account:
    return add(cast, trusted, box)


def add(cast: Cast, server: Dovecot, box: str, password: str = PASSWORD, **other: Any) -> Account:
    told = server.settings | {"user": box} | other
    sealed = secrets.seal({"password": password})
    return accounts.add(cast.home, cast.ada, Account.Kind.MAILBOX, "ada@example.com", told, sealed, NOW)


def read(account: Account, watch: Any = lambda _: None) -> Account:
    return reading.read(account.id, Clock(), watch)


def touches(name: str) -> list[tuple[str, str, str]]:
    """Of one person: direction, subject and day, the oldest first."""
    held = Touch.objects.filter(person__name=name).order_by("at")
    return [(touch.direction, touch.context, f"{touch.at:%d.%m.}") for touch in held]


def ago(days: int) -> Any:
    return NOW - timedelta(days=days)


def test_it_works(cast: Cast, trusted: Dovecot, box: str, account: Account) -> None:
    """Someone with letters both ways becomes a person, and it is known when they last wrote."""
    trusted.put(box, SENT, letter(ADA, BOB, "The boat", ago(30)))
    trusted.put(box, "INBOX", letter(BOB, ADA, "Re: The boat", ago(29)), letter(EVA, ADA, "An offer", ago(3)))
    told = read(account)
    assert (told.state, told.trouble, told.read_at) == (State.RESTING, "", NOW)
    assert touches("Bob Fox") == [("out", "The boat", "13.10."), ("in", "The boat", "14.10.")]
    assert Summary.objects.get(person__name="Bob Fox").last_on == ago(29).date()
    assert [one.name for one in Person.objects.of(cast.home)] == ["Bob Fox"]


def test_the_next_reading_takes_only_what_is_new(trusted: Dovecot, box: str, account: Account) -> None:
    trusted.put(box, SENT, letter(ADA, BOB, "One", ago(9)))
    trusted.put(box, "INBOX", letter(BOB, ADA, "Two", ago(8)))
    read(account)
    trusted.put(box, "INBOX", letter(BOB, ADA, "Three", ago(7)))
    told = read(account)
    assert told.total == 1
    assert [subject for _, subject, _ in touches("Bob Fox")] == ["One", "Two", "Three"]
    assert read(account).total == 0


def test_nothing_in_the_mailbox_is_changed(trusted: Dovecot, box: str, account: Account) -> None:
    trusted.put(box, "INBOX", letter(BOB, ADA, "Unread", ago(2)))
    trusted.put(box, "INBOX", letter(BOB, ADA, "Read", ago(1)), flags=r"(\Seen \Flagged)")
    before = trusted.flags(box)
    read(account)
    assert trusted.flags(box) == before
    assert [rb"\Seen" in flags for flags in before] == [False, True]


def test_only_headers_travel(trusted: Dovecot, box: str, account: Account) -> None:
    long = letter(BOB, ADA, "A long one", ago(1), body="Words of a friend. " * 50_000)
    trusted.put(box, "INBOX", long)
    with counted(trusted.imaps) as (port, bytes_of):
        Account.objects.update(settings=account.settings | {"port": port})
        assert read(account).state == State.RESTING
    assert bytes_of[0] < 20_000 < len(long)


def test_drafts_bin_and_junk_are_left_alone(trusted: Dovecot, box: str, account: Account) -> None:
    bring_in(account.space, card("Bob Fox", "EMAIL:bob@example.net"))
    for folder in ("Papierkorb", "Spam"):
        trusted.put(box, folder, letter(BOB, ADA, folder, ago(2)))
    trusted.put(box, "INBOX", letter(BOB, ADA, "Half", ago(2)), flags=r"(\Draft)")
    trusted.put(box, "INBOX", letter(BOB, ADA, "Thrown away", ago(2)), flags=r"(\Deleted)")
    trusted.put(box, ARCHIVE, letter(BOB, ADA, "Kept", ago(2)))
    read(account)
    assert [subject for _, subject, _ in touches("Bob Fox")] == ["Kept"]


def test_folders_are_known_by_their_names_where_nothing_marks_them(cast: Cast, monkeypatch: Any, box: str) -> None:
    names = ("Éléments envoyés", "Archives", "Archives/2024", "Brouillons")
    with dovecot.running(dict.fromkeys(names, "")) as plain:
        monkeypatch.setenv("SSL_CERT_FILE", str(plain.certificate))
        account = add(cast, plain, box)
        bring_in(cast.home, card("Bob Fox", "EMAIL:bob@example.net"))
        plain.put(box, "&AMk-l&AOk-ments envoy&AOk-s", letter("me@alias.example.org", BOB, "Sent", ago(4)))
        plain.put(box, "Archives/2024", letter(BOB, ADA, "Old", ago(3)))
        plain.put(box, "Brouillons", letter(ADA, BOB, "Half", ago(2)))
        read(account)
        assert touches("Bob Fox") == [("out", "Sent", "08.11."), ("in", "Old", "09.11.")]


def test_subjects_are_left_out_where_that_is_wished(cast: Cast, trusted: Dovecot, box: str, account: Account) -> None:
    settings.save(cast.home.memberships.get(user=cast.ada), {"keep_context": False}, NOW)
    bring_in(cast.home, card("Bob Fox", "EMAIL:bob@example.net"))
    trusted.put(box, "INBOX", letter(BOB, ADA, "Between us", ago(2)))
    read(account)
    assert touches("Bob Fox") == [("in", "", "10.11.")]


# Three thousand letters


def many(count: int) -> list[bytes]:
    """Letters of a hundred people, the newest last."""
    return [
        letter(f"P{n % 100} Q{n % 100} <p{n % 100}@example.net>", ADA, f"Letter {n}", NOW - timedelta(hours=count - n))
        for n in range(count)
    ]


def known(cast: Cast, count: int = 100) -> None:
    bring_in(cast.home, *[card(f"P{n} Q{n}", f"EMAIL:p{n}@example.net", uid=f"u{n}") for n in range(count)])


def subjects() -> list[int]:
    return sorted(int(context.split()[1]) for context in Touch.objects.values_list("context", flat=True))


def test_thousands_come_in_chunks_the_newest_first(cast: Cast, trusted: Dovecot, box: str, account: Account) -> None:
    known(cast)
    trusted.fill(box, many(3000))
    seen: list[tuple[int, int, int]] = []
    read(account, lambda a: seen.append((a.done, a.total, min(subjects()))))
    assert seen == [(n, 3000, 3000 - n) for n in range(500, 3001, 500)]
    assert subjects() == [*range(3000)]
    assert Account.objects.get().cursor["folders"]["INBOX"]["read"] == [[1, 3000]]


class Killed(BaseException):
    """As kill -9: nothing tidies up."""


def test_killed_in_the_middle_it_goes_on_where_it_was(cast: Cast, trusted: Dovecot, box: str, account: Account) -> None:
    known(cast)
    trusted.fill(box, many(1600))

    def kill(account: Account) -> None:
        raise Killed

    with pytest.raises(Killed):
        read(account, kill)
    assert subjects() == [*range(1100, 1600)]
    assert Account.objects.get().state == State.READING
    trusted.put(box, "INBOX", letter("P1 Q1 <p1@example.net>", ADA, "Letter 1600", NOW))
    accounts.free(NOW, alone=True)
    assert read(account).total == 1101
    assert subjects() == [*range(1601)]


def test_a_cut_connection_is_no_loss(cast: Cast, trusted: Dovecot, box: str, account: Account) -> None:
    known(cast)
    trusted.fill(box, many(1600))
    with counted(trusted.imaps, hang_up_after=400_000) as (port, _):
        Account.objects.update(settings=account.settings | {"port": port})
        told = read(account)
    assert told.state == State.FAILED
    assert "broke off" in told.trouble
    assert 0 < len(subjects()) < 1600
    Account.objects.update(settings=account.settings)
    assert read(account).state == State.RESTING
    assert subjects() == [*range(1600)]


def test_new_uids_for_the_same_letters_count_each_once(
    cast: Cast, trusted: Dovecot, box: str, account: Account
) -> None:
    known(cast)
    trusted.fill(box, many(700))
    read(account)
    before = Account.objects.get().cursor["folders"]["INBOX"]["validity"]
    trusted.forget_uids(box)
    assert read(account).total == 700
    assert Account.objects.get().cursor["folders"]["INBOX"]["validity"] != before
    assert subjects() == [*range(700)]


def test_pausing_stops_it_at_the_next_chunk(cast: Cast, trusted: Dovecot, box: str, account: Account) -> None:
    known(cast)
    trusted.fill(box, many(1100))
    with pytest.raises(TakenOver):
        read(account, accounts.pause)
    assert len(subjects()) == 500
    assert Account.objects.get().state == State.PAUSED


# What goes wrong, in words


def test_a_wrong_password_pauses_with_the_servers_own_words(cast: Cast, trusted: Dovecot, box: str) -> None:
    told = read(add(cast, trusted, box, password="not-this-one"))
    assert told.state == State.PAUSED
    assert told.trouble == "localhost did not accept this sign-in: [AUTHENTICATIONFAILED] Authentication failed."
    with pytest.raises(TakenOver):
        read(told)


def test_a_certificate_that_nobody_vouches_for_is_refused(cast: Cast, mail_server: Dovecot, box: str) -> None:
    told = read(add(cast, mail_server, box))
    assert told.state == State.FAILED
    assert "shows a certificate that this machine does not trust" in told.trouble
    assert box not in mail_server.log  # it never got as far as the user name


def test_a_certificate_for_another_name_is_refused(cast: Cast, trusted: Dovecot, box: str) -> None:
    told = read(add(cast, trusted, box, host="127.0.0.1"))
    assert "certificate is not valid for '127.0.0.1'" in told.trouble


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"host": "nowhere.invalid"}, "nowhere.invalid cannot be reached"),
        ({"host": "a..b"}, "a..b cannot be reached"),
        ({"port": 1}, "localhost cannot be reached: Connection refused"),
        ({"host": "198.51.100.7", "security": "plain"}, "Without encryption only this machine"),
    ],
)
def test_a_server_that_is_not_there_is_said(cast: Cast, trusted: Dovecot, box: str, other: Any, words: str) -> None:
    told = read(add(cast, trusted, box, **other))
    assert told.state == State.FAILED
    assert words in told.trouble


def test_a_port_without_tls_is_said(cast: Cast, trusted: Dovecot, box: str) -> None:
    told = read(add(cast, trusted, box, port=trusted.imap))
    assert told.trouble == "localhost does not speak TLS here: wrong version number."


@pytest.mark.parametrize("security", ["starttls", "plain"])
def test_this_machine_itself_may_be_reached_in_other_ways(
    cast: Cast, trusted: Dovecot, box: str, security: str
) -> None:
    assert read(add(cast, trusted, box, port=trusted.imap, security=security)).state == State.RESTING


def test_a_lost_key_asks_to_sign_in_again(cast: Cast, account: Account, data: Any) -> None:
    told = read(account)
    assert (told.state, told.fix) == (State.PAUSED, "Sign in again. Nothing that was read is lost.")


def test_no_secret_is_ever_said(cast: Cast, trusted: Dovecot, box: str, caplog: Any, monkeypatch: Any) -> None:
    """Not in trouble, where a server repeats it, nor in the log, where we are at fault."""
    caplog.set_level("DEBUG")
    account = add(cast, trusted, box, password="hush-hush-hush")

    def fail(*_: object) -> None:
        raise OSError("the server heard hush-hush-hush")

    monkeypatch.setattr("keepwarm.sync.imap._sign_in", fail)
    told = read(account)
    assert told.trouble == "The connection to localhost broke off: the server heard …."
    monkeypatch.undo()
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.certificate))
    accounts.change(account, account.settings, secrets.seal({"password": PASSWORD}), NOW)
    monkeypatch.setattr("keepwarm.sync.mailbox.PAUSE", "no number")
    trusted.put(box, "INBOX", letter(BOB, ADA, "Hello", ago(2)))
    assert read(account).trouble == reading.UNEXPECTED.message
    assert "Traceback" in caplog.text
    assert PASSWORD not in caplog.text
    assert "hush" not in caplog.text


def test_the_check_keeps_nothing(trusted: Dovecot, box: str, db: None) -> None:
    trusted.put(box, "INBOX", letter(BOB, ADA, "Hello", ago(2)))
    mailbox.check(trusted.settings | {"user": box}, {"password": PASSWORD})
    assert not Touch.objects.exists()


# Taken back


def test_removed_with_its_history_all_is_as_before(cast: Cast, trusted: Dovecot, box: str, account: Account) -> None:
    bring_in(cast.home, card("Eva Roy", "EMAIL:eva@example.net"))
    trusted.put(box, SENT, letter(ADA, BOB, "One", ago(9)))
    trusted.put(box, "INBOX", letter(BOB, ADA, "Two", ago(8)), letter(EVA, ADA, "Three", ago(8)))
    read(account)
    assert touches("Eva Roy")
    run = accounts.remove(account, NOW, history=True)
    assert run is not None
    work.undo(run.id, Clock())
    assert not Touch.objects.exists()
    assert [one.name for one in Person.objects.of(cast.home)] == ["Eva Roy"]
    assert not hasattr(person(cast.home, "Eva Roy"), "summary")


# A proxy


@contextmanager
def counted(to: int, hang_up_after: int = 2**40) -> Iterator[tuple[int, list[int]]]:
    """A way to the server that counts what comes from there, and hangs up after so many bytes."""
    passed = [0]
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_let_through, args=(door, to, passed, hang_up_after), daemon=True).start()
        yield door.getsockname()[1], passed


def _let_through(door: socket.socket, to: int, passed: list[int], most: int) -> None:
    here, _ = door.accept()
    there = socket.create_connection(("127.0.0.1", to))
    threading.Thread(target=_copy, args=(here, there), daemon=True).start()
    with suppress(OSError):  # one side has hung up
        while (piece := there.recv(4096)) and passed[0] < most:
            passed[0] += len(piece)
            here.sendall(piece)
    for side in (here, there):
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
        side.close()


def _copy(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while piece := here.recv(4096):
            there.sendall(piece)
