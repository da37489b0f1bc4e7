"""Killed in the middle: an import begun again ends as if nothing had happened, never half."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.build import card
from tests.running import COMMAND, Server, Visitor, environment, keepwarm, served, soon, told

COUNT = 6000
CARDS = "".join(
    card(f"Given{n} Family{n}", f"EMAIL:p{n}@example.com", f"TEL:+44 7700 9{n:05}", f"ORG:Firm {n % 50}", uid=f"u{n}")
    for n in range(COUNT)
)
pytestmark = [
    pytest.mark.server,
    pytest.mark.only_on("sqlite"),  # the real command keeps its own file
]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("cards") / "phone.vcf"
    file.write_text(CARDS, newline="")
    return file


@pytest.fixture(scope="module")
def expected(cards: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Everyone, as an import that nobody interrupted leaves them."""
    data = tmp_path_factory.mktemp("whole") / "data"
    assert told(data, "import", str(cards))["people_new"] == COUNT
    return everyone(data)


def everyone(data: Path) -> list[str]:
    """All that is known of all, but for ids and dates that are made anew."""
    text = keepwarm(data, "export")
    return sorted(re.sub(r"^(UID|REV|PRODID):.*\r?\n", "", text, flags=re.M).split("END:VCARD"))


def asked(data: Path, sql: str) -> Any:
    with closing(sqlite3.connect(data / "keepwarm.sqlite3", timeout=30)) as database:
        return database.execute(sql).fetchone()


def in_the_middle(data: Path) -> Callable[[], Any]:
    return lambda: asked(data, "SELECT 1 FROM keepwarm_person LIMIT 1 OFFSET 400")


def assert_half(data: Path) -> None:
    [here] = asked(data, "SELECT count(*) FROM keepwarm_person")
    assert 0 < here < COUNT, "it was not stopped in the middle"


def killed_in_the_middle(data: Path, cards: Path) -> None:
    keepwarm(data, "today")  # the folder is set up; what follows is the import alone
    command = subprocess.Popen([*COMMAND, "import", str(cards)], env=environment(data), stdout=subprocess.DEVNULL)
    soon(in_the_middle(data))
    command.kill()
    command.wait(10)
    assert_half(data)


def counts(data: Path) -> dict[str, int]:
    """Of the only run there is, once it is done; what comes of it afterwards is another's."""
    ended = "SELECT state, counts FROM keepwarm_importrun WHERE state NOT IN ('reading', 'writing')"
    state, said = soon(lambda: asked(data, ended), 60)
    assert state == "done"
    afterwards = ("looking", "joined", "maybe")
    return {kind: number for kind, number in json.loads(said).items() if number and kind not in afterwards}


def test_it_works(tmp_path: Path, cards: Path, expected: list[str]) -> None:
    data = tmp_path / "data"
    killed_in_the_middle(data, cards)
    again = told(data, "import", str(cards))
    assert again["people_new"] + again["people_unchanged"] == COUNT
    assert again["people_matched"] == 0
    assert everyone(data) == expected


def test_a_server_takes_up_what_a_killed_command_left(tmp_path: Path, cards: Path, expected: list[str]) -> None:
    data = tmp_path / "data"
    killed_in_the_middle(data, cards)
    with closing(sqlite3.connect(data / "keepwarm.sqlite3")) as database:  # two minutes later
        database.execute("UPDATE keepwarm_importrun SET beat_at = datetime(beat_at, '-2 minutes')")
        database.commit()
    with served(data):
        assert counts(data) == {"new": COUNT}
    assert everyone(data) == expected


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_goes_on_where_it_was_stopped(tmp_path: Path, expected: list[str], how: signal.Signals) -> None:
    data = tmp_path / "data"
    with served(data) as first:
        bring_in(first)
        soon(in_the_middle(data))
        first.process.send_signal(how)
        first.process.wait(15)
        assert_half(data)
        assert "Traceback" not in first.log
    with served(data) as second:
        assert counts(data) == {"new": COUNT}
        assert "Traceback" not in second.log
    assert everyone(data) == expected


def bring_in(server: Server) -> None:
    visitor = Visitor(server.address)
    visitor.claim(server.link)
    run = visitor.upload("phone.vcf", CARDS.encode()).url
    soon(lambda: "Check what we found" in visitor.get(run).text, 60)
    visitor.post(f"{run}/go")


def test_a_check_that_was_killed_is_done_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with served(data) as first:
        visitor = Visitor(first.address)
        visitor.claim(first.link)
        run = visitor.upload("phone.vcf", CARDS.encode()).url
        first.kill()
    with served(data) as second:
        visitor.address = second.address
        page = soon(
            lambda: "Check what we found" in (told := visitor.get(run.removeprefix(first.address)).text) and told, 60
        )
        assert f"<b>{COUNT:,}</b> people are new" in page
    assert asked(data, "SELECT count(*) FROM keepwarm_person") == (0,)
