"""A mail server that is trusted and needs no rest."""

from __future__ import annotations

import pytest

from tests.dovecot import Dovecot


@pytest.fixture
def trusted(mail_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """This machine trusts the server's certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_server.certificate))
    return mail_server


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of our own needs no rest."""
    monkeypatch.setattr("keepwarm.sync.mailbox.PAUSE", 0)
