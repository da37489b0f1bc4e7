"""A mail server that means no good: it costs its own user a sentence, and nobody memory, time or a secret."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from imapclient import SocketTimeout

from keepwarm.store.accounts import Trouble
from keepwarm.sync import imap, mailbox, metered
from tests.dovecot import PASSWORD, Dovecot

Says = Callable[[socket.socket, bytes], None]  # to one client, once it has asked this
CLIENT = {"user": "ada@example.com", "port": 0, "security": "plain", "host": "127.0.0.1"}
GREETING = b"* OK [CAPABILITY IMAP4rev1] hello\r\n"
PATIENCE = SocketTimeout(connect=0.5, read=0.5)


@contextmanager
def server(says: Says, greeting: bytes = GREETING) -> Iterator[dict[str, object]]:
    """Greets, lets everyone in, and answers all else with `says`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=[listening, says, greeting], daemon=True).start()
        yield CLIENT | {"port": listening.getsockname()[1]}


def _serve(listening: socket.socket, says: Says, greeting: bytes) -> None:
    with suppress(OSError):
        client, _ = listening.accept()
        with client, client.makefile("rb") as asked:
            client.sendall(greeting)
            for line in asked:
                tag, word = line.split()[:2]
                if word.upper() == b"LOGIN":
                    client.sendall(tag + b" OK [CAPABILITY IMAP4rev1] in\r\n")
                else:
                    says(client, tag)


def endlessly(client: socket.socket, tag: bytes) -> None:
    while True:
        client.sendall(b'* LIST () "/" INBOX\r\n' * 1000)


def drop_by_drop(client: socket.socket, tag: bytes) -> None:
    while not threading.Event().wait(0.1):
        client.sendall(b"*")


def a_huge_literal(client: socket.socket, tag: bytes) -> None:
    client.sendall(b'* LIST () "/" {99999999999999999999}\r\n')


def nested(client: socket.socket, tag: bytes) -> None:
    client.sendall(b"* LIST " + b"(" * 100_000 + b"\r\n" + tag + b" OK listed\r\n")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (endlessly, "it sends more than 1 MB at once"),
        (drop_by_drop, "it takes too long to answer"),
        (a_huge_literal, "cannot fit"),
        (nested, "broke off"),
    ],
)
def test_an_answer_has_an_end(says: Says, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metered, "LARGEST", 2**20)
    monkeypatch.setattr(imap, "SHORT", PATIENCE)
    with server(says) as settings, pytest.raises(Trouble, match=told):
        mailbox.check(settings, {"password": "swordfish"})


def test_a_connection_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metered, "LONGEST", -1)
    with server(endlessly) as settings, pytest.raises(Trouble, match="lasted for an hour"):
        mailbox.check(settings, {"password": "swordfish"})


@pytest.mark.parametrize(
    ("security", "kind"), [("tls", metered.Encrypted), ("starttls", metered.Encrypted), ("plain", metered.Plain)]
)
def test_every_connection_is_metered(trusted: Dovecot, security: str, kind: type) -> None:
    port = trusted.settings["port"] if security == "tls" else trusted.imap
    told = trusted.settings | {"user": "box@example.com", "security": security, "port": port}
    with imap.connected(told, {"password": PASSWORD}) as client:
        assert isinstance(client.socket(), kind)


@pytest.mark.parametrize(
    "greeting",
    [b"* OK {99999999999999999999}\r\n", b"* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n", b"HTTP/1.1 400\r\n"],
)
def test_a_strange_greeting_is_a_sentence(greeting: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "SHORT", PATIENCE)
    with server(endlessly, greeting) as settings, pytest.raises(Trouble):
        mailbox.check(settings | {"security": "starttls"}, {"password": "swordfish"})


def test_a_server_that_repeats_the_password_is_not_quoted() -> None:
    def repeats(client: socket.socket, tag: bytes) -> None:
        client.sendall(tag + b" NO swordfish is wrong\r\n")

    with server(repeats) as settings, pytest.raises(Trouble) as trouble:
        mailbox.check(settings, {"password": "swordfish"})
    assert "swordfish" not in trouble.value.message
