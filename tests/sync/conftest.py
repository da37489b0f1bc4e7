"""A mail server that is trusted and needs no rest, and a data folder whose key is made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path
