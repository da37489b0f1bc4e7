"""Which server an address has."""

from __future__ import annotations

import pytest

from keepwarm.sync import servers


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("ada@gmail.com", "imap.gmail.com"),
        ("Ada@GoogleMail.com ", "imap.gmail.com"),
        ("ada@hotmail.co.uk", "outlook.office365.com"),
        ("ada@outlook.pt", "outlook.office365.com"),
        ("ada@yahoo.com.br", "imap.mail.yahoo.com"),
        ("ada@me.com", "imap.mail.me.com"),
        ("ada@gmx.de", "imap.gmx.net"),
        ("ada@posteo.net", "posteo.de"),
        ("ada@live.example.org", "imap.live.example.org"),  # a firm's own, not Microsoft's
        ("ada@example.org", "imap.example.org"),
    ],
)
def test_it_is_guessed_from_the_address(address: str, host: str) -> None:
    assert servers.guess(address).host == host


def test_where_passwords_are_refused_one_signs_in_at_the_provider() -> None:
    assert servers.guess("ada@live.com").way == servers.MICROSOFT
    assert servers.guess("ada@gmail.com").way == servers.PASSWORD


def test_all_are_reached_encrypted() -> None:
    assert {server.security for server in servers.PROVIDERS} <= {servers.TLS, servers.STARTTLS}
