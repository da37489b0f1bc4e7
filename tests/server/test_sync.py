"""`keepwarm sync` and the server's own worker read a real mailbox; killed in the middle, they go on where they were."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import dovecot
from tests.build import card
from tests.dovecot import Dovecot, letter
from tests.running import COMMAND, Visitor, environment, keepwarm, served, soon, told

COUNT = 3000
BOX = "ada@example.com"
pytestmark = [
    pytest.mark.server,
    pytest.mark.only_on("sqlite"),  # the real command keeps its own file
]


@pytest.fixture(scope="module")
def mailbox(mail_server: Dovecot) -> Dovecot:
    now = datetime.now(UTC).replace(microsecond=0)
    hours = [now - timedelta(hours=COUNT - n) for n in range(COUNT)]
    letters = [letter("Ann Lee <ann@example.net>", BOX, f"Letter {n}", at) for n, at in enumerate(hours)]
    mail_server.fill(BOX, letters)
    return mail_server


@pytest.fixture
def trust(mailbox: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.certificate))


def added(data: Path, mailbox: Dovecot, *, worker: str) -> None:
    """Ada adds the mailbox on the page; `worker` is whether the server reads it then."""
    (data.parent / "ann.vcf").write_text(card("Ann Lee", "EMAIL:ann@example.net"), newline="")
    keepwarm(data, "import", str(data.parent / "ann.vcf"))
    with served(data, KEEPWARM_WORKER=worker) as server:
        visitor = Visitor(server.address)
        visitor.claim(server.link)
        visitor.get("/sources/mailbox")
        fields = {"address": BOX, "host": "localhost", "port": str(mailbox.imaps), "security": "tls", "user": BOX}
        page = visitor.post("/sources/mailbox", fields | {"password": dovecot.PASSWORD, "way": "password"})
        assert page.url.endswith("/sources"), page.text
        if worker == "yes":
            soon(lambda: asked(data, "SELECT count(*) FROM keepwarm_touch") > 0, 60)
            server.kill()


def asked(data: Path, sql: str) -> Any:
    with closing(sqlite3.connect(data / "keepwarm.sqlite3", timeout=30)) as database:
        return database.execute(sql).fetchone()[0]


def assert_all_once(data: Path) -> None:
    assert asked(data, "SELECT count(*) FROM keepwarm_touch") == COUNT
    assert asked(data, "SELECT count(DISTINCT context) FROM keepwarm_touch") == COUNT


def test_it_works(tmp_path: Path, mailbox: Dovecot, trust: None) -> None:
    """A command that is killed leaves what it has stored, and the next takes the rest."""
    data = tmp_path / "data"
    added(data, mailbox, worker="no")
    first = subprocess.Popen([*COMMAND, "sync"], env=environment(data), stdout=subprocess.DEVNULL)
    soon(lambda: asked(data, "SELECT count(*) FROM keepwarm_touch") > 0, 60)
    first.kill()
    first.wait(10)
    stored = asked(data, "SELECT count(*) FROM keepwarm_touch")
    assert 0 < stored < COUNT
    with closing(sqlite3.connect(data / "keepwarm.sqlite3")) as database:  # an hour later
        database.execute("UPDATE keepwarm_account SET beat_at = datetime(beat_at, '-1 hour')")
        database.commit()
    [account] = told(data, "sync")
    assert (account["name"], account["state"], account["read"]) == (BOX, "resting", COUNT - stored)
    assert_all_once(data)
    assert told(data, "sync") == []
    assert oct((data / "accounts.key").stat().st_mode & 0o777) == "0o600"
    assert dovecot.PASSWORD not in json.dumps(asked(data, "SELECT secret FROM keepwarm_account"))


def test_a_server_goes_on_after_its_kill(tmp_path: Path, mailbox: Dovecot, trust: None) -> None:
    data = tmp_path / "data"
    added(data, mailbox, worker="yes")
    assert asked(data, "SELECT count(*) FROM keepwarm_touch") < COUNT
    with served(data) as server:
        soon(lambda: asked(data, "SELECT state FROM keepwarm_account") == "resting", 90)
        assert "Traceback" not in server.log
        assert dovecot.PASSWORD not in server.log
    assert_all_once(data)
