"""A Dovecot for the tests that read a mailbox, and a data folder whose key is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import dovecot, system
from tests.dovecot import Dovecot


@pytest.fixture(scope="session")
def server() -> Iterator[Dovecot]:
    if system.dovecot() is None:
        say = pytest.fail if system.must_not_skip() else pytest.skip
        say("There is no Dovecot here. Install it to test reading mailboxes: apt install dovecot-imapd")
    with dovecot.running() as running:
        yield running


@pytest.fixture
def trusted(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """This machine trusts the server's certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    return server


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of our own needs no rest."""
    monkeypatch.setattr("keepwarm.sync.mailbox.PAUSE", 0)


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path
