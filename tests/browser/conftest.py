"""A real Chromium before the real command; every page is watched for errors and for strangers."""

from __future__ import annotations

import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests import system
from tests.build import card, connections
from tests.running import Server, Visitor, every_day, served, soon

CAST = """\
Mina Okafor, Harbour Films
Tom Nygaard, Fern & Co
Priya Sandhu, Lantern Books
Luis Ferreira, Quay Studio
Ingrid Solheim, North Mill
Kofi Mensah, Accra Print
Yuki Tanabe, Cedar Labs
Elena Rossi, Ponte Vecchio
Sam Whitlock, Whitlock Farm
نور الحداد, Saffron Press
Bartholomew Wolfeschlegelsteinhausenbergerdorffvoralternwaren, A Firm With A Rather Long Name Indeed
小龙 李, Jade Works
"""
FRIENDS = "".join(
    card(
        name,
        f"EMAIL:{name.split()[0].lower()}@example.com",
        f"TEL;TYPE=cell:+44 7700 9001{n:02}",
        f"ORG:{firm}",
        "TITLE:Director",
        "CATEGORIES:choir",
        uid=f"u{n}",
    )
    for n, (name, _, firm) in enumerate(line.partition(", ") for line in CAST.splitlines())
)
ROWS = [
    "Mina,Okafor,https://www.linkedin.com/in/minaokafor,mina@example.com,Harbour Films,Producer,07 Jun 2019",
    "Olu,Adeyemi,https://www.linkedin.com/in/oluadeyemi,,Delta Grid,Engineer,12 May 2016",
]
POSITIONS = (
    "Company Name,Title,Description,Location,Started On,Finished On\nDelta Grid,Planner,,Leeds,Jan 2015,Dec 2018\n"
)


# Nobody has answered these, so that nobody becomes a person by them.
LETTERS = "\n".join(
    f"From x Mon Jan  5 09:00:00 2026\nFrom: {sender}\nTo: ada@example.com\n"
    f"Date: {day:02} Jan 2026 09:00:00 +0000\nMessage-ID: <{day}@mail.example.org>\nSubject: {subject}\n{more}\nHello\n"
    for day, (sender, subject, more) in enumerate(
        [
            ("Wanda Lisle <wanda@example.org>", "The lamp you lent me", ""),
            ("noreply@example.net", "Your parcel", ""),
            ("The Bulletin <bulletin@example.net>", "Issue 12", "Precedence: bulk\n"),
            ("edgar.voss@example.org", "A room in spring", ""),
            ("Dr. Imogen Castellane-Featherstonehaugh <imogen@example.org>", "Your paper", ""),
        ],
        start=1,
    )
)


def linkedin_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("Connections.csv", connections(*ROWS))
        archive.writestr("Positions.csv", POSITIONS)
    return held.getvalue()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Not of the session: while it is open, Django refuses the database to the tests that follow."""
    found = system.chromium()
    if found is None:
        say = pytest.fail if system.must_not_skip() else pytest.skip
        say("There is no Chromium here. Install it to run the browser tests: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


class Home:
    """A data folder that Ada has claimed, and the cookies she is signed in by."""

    def __init__(self, data: Path, visitor: Visitor) -> None:
        every_day(data)
        self.data = data
        self.cookies = [{"name": c.name, "value": c.value, "domain": "127.0.0.1", "path": "/"} for c in visitor.jar]


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    data = tmp_path_factory.mktemp("empty") / "data"
    with served(data) as server:
        visitor = Visitor(server.address)
        visitor.claim(server.link)
    return Home(data, visitor)


@pytest.fixture(scope="session")
def full_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    data = tmp_path_factory.mktemp("full") / "data"
    with served(data) as server:
        visitor = Visitor(server.address)
        visitor.claim(server.link)
        files = {"phone.vcf": FRIENDS.encode(), "export.zip": linkedin_zip(), "mail.mbox": LETTERS.encode()}
        for name, content in files.items():
            run = visitor.upload(name, content).url
            soon(lambda: "Check what we found" in visitor.get(run).text)  # noqa: B023
            visitor.post(f"{run}/go")
            soon(lambda: "They are here" in visitor.get(run).text)  # noqa: B023
    return Home(data, visitor)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has claimed yet."""
    with served(tmp_path / "data") as server:
        yield server


@pytest.fixture(scope="module")
def full_server(full_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from copied(full_home, tmp_path_factory.mktemp("full") / "data")


@pytest.fixture
def full(full_server: Server) -> Server:
    """A server with thirteen people, on a day that nobody has looked at yet."""
    with closing(sqlite3.connect(full_server.data / "keepwarm.sqlite3", timeout=30)) as database:
        for table in ("step", "session", "pick", "draft", "summary", "touch", "note"):
            database.execute(f"DELETE FROM keepwarm_{table}")
        database.execute(
            "UPDATE keepwarm_person SET suggestions = 0, suggested_on = NULL, rests_until = NULL, never = 0"
        )
        database.commit()
    return full_server


@pytest.fixture(scope="module")
def empty(empty_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that Ada has claimed, with nobody in it."""
    yield from copied(empty_home, tmp_path_factory.mktemp("empty") / "data")


def copied(home: Home, to: Path) -> Iterator[Server]:
    shutil.copytree(home.data, to)
    with served(to) as server:
        yield server


# By tests that take the network away, open a link that is used up or one that never was, or see a page of trouble.
MEANT = ("ERR_INTERNET_DISCONNECTED", "410 (Gone)", "/nowhere)", "/stop/none)", "/settings)", "/people?trouble)")


class Watch:
    """What goes wrong in a browser, and what it asks of other hosts."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def context(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        said = f"{message.text} ({message.location.get('url')})"
        if message.type in ("error", "warning") and not any(meant in said for meant in MEANT):
            self.errors.append(said)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.errors.append(f"asked for {request.url}")


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page on a server, signed in where a home is given; at the end nothing may have gone wrong."""
    watch, contexts = Watch(), []

    def _open(server: Server, home: Home | None = None, **how: object) -> Page:
        context = chromium.new_context(base_url=server.address, **how)  # type: ignore[arg-type]
        contexts.append(context)
        watch.context(context)
        if home:
            context.add_cookies(home.cookies)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        return context.new_page()

    yield _open
    for context in contexts:
        context.close()
    assert watch.errors == []
