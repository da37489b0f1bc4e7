"""Mail to oneself, from a real Dovecot: a folder watched, each letter an item, once, and never a touch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from keepwarm.models import Account, Item, Person, Stranger, Touch
from keepwarm.store import accounts, secrets
from keepwarm.sync import reading
from tests import dovecot
from tests.build import Clock
from tests.conftest import NOW, Cast
from tests.dovecot import PASSWORD, Dovecot, letter

pytestmark = pytest.mark.django_db
ADA, BOB = "Ada Example <ada@example.com>", "Bob Fox <bob@example.net>"
FOLDER = "Keepwarm"


@pytest.fixture(scope="module")
def server(mail_server: Dovecot) -> Iterator[Dovecot]:
    """One with a folder for the shelf; none where there is no Dovecot at all."""
    with dovecot.running({"Sent": "\\Sent", FOLDER: ""}) as running:
        yield running


@pytest.fixture
def account(
    cast: Cast, mail_server: Dovecot, server: Dovecot, monkeypatch: pytest.MonkeyPatch, request: object
) -> Account:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    box = f"{request.node.name.replace('[', '-').strip(']')}@example.com"
    sealed = secrets.seal({"password": PASSWORD})
    held = accounts.add(cast.home, cast.ada, "mailbox", "ada@example.com", server.settings | {"user": box}, sealed, NOW)
    accounts.watch_folder(held, FOLDER, NOW)
    return held


def put(server: Dovecot, account: Account, folder: str, *letters: bytes) -> None:
    server.put(account.settings["user"], folder, *letters)


def read(account: Account) -> Account:
    return reading.read(account.id, Clock())


def saved() -> list[tuple[str, str, str]]:
    return list(Item.objects.order_by("title").values_list("title", "url", "note"))


def test_it_works(account: Account, server: Dovecot) -> None:
    body = "Look: https://portico.example/hiring?utm_source=x\r\nFor Amara.\r\n-- \r\nAda"
    put(server, account, FOLDER, letter(ADA, ADA, "Fwd: Hiring", NOW, body))
    put(server, account, FOLDER, letter(BOB, ADA, "Chairs decide", NOW, "They decide how long people stay."))
    told = read(account)
    assert (told.state, told.trouble) == ("resting", "")
    assert saved() == [
        ("Chairs decide", "", "They decide how long people stay."),
        ("Hiring", "https://portico.example/hiring", "Look:\nFor Amara."),
    ]
    assert not Touch.objects.exists()
    assert not Person.objects.exists()
    assert not Stranger.objects.exists()


def test_each_letter_once(account: Account, server: Dovecot) -> None:
    one = letter(ADA, ADA, "Chairs", NOW, "A thought.")
    put(server, account, FOLDER, one)
    read(account)
    put(server, account, FOLDER, one, letter(ADA, ADA, "Lamps", NOW, "Another."))
    read(account)
    assert [title for title, _, _ in saved()] == ["Chairs", "Lamps"]


def test_also_in_the_inbox_it_is_no_touch(account: Account, server: Dovecot) -> None:
    both = letter(BOB, ADA, "See https://a.example/x", NOW - timedelta(days=2), "Words.")
    put(server, account, "INBOX", both)
    put(server, account, FOLDER, both)
    read(account)
    assert saved() == [("See", "https://a.example/x", "Words.")]
    assert not Stranger.objects.exists()


def test_nothing_is_marked_as_seen(account: Account, server: Dovecot) -> None:
    put(server, account, FOLDER, letter(ADA, ADA, "Chairs", NOW))
    read(account)
    assert not [flags for flags in server.flags(account.settings["user"], FOLDER) if rb"\Seen" in flags]


def test_a_folder_that_is_not_there_is_said_and_all_else_is_read(account: Account, server: Dovecot) -> None:
    accounts.watch_folder(account, "Elsewhere", NOW)
    put(server, account, "Sent", letter(ADA, BOB, "The boat", NOW - timedelta(days=9)))
    put(server, account, "INBOX", letter(BOB, ADA, "Re: The boat", NOW - timedelta(days=8)))
    told = read(account)
    told.refresh_from_db()
    assert (told.state, told.trouble) == (
        "resting", "There is no folder called Elsewhere in this mailbox for your shelf.",
    )  # fmt: skip
    assert Touch.objects.count() == 2
    accounts.watch_folder(account, "", NOW)
    assert read(account).trouble == ""


def test_off_until_it_is_named(account: Account, server: Dovecot) -> None:
    accounts.watch_folder(account, "", NOW)
    put(server, account, FOLDER, letter(ADA, ADA, "Chairs", NOW))
    read(account)
    assert not Item.objects.exists()
