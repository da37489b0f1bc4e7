"""`keepwarm serve`: one process, one folder, quiet to the end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.build import card
from tests.running import COMMAND, Server, Visitor, environment, keepwarm, served, soon, told

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("serve") / "data", bare=True) as running:
        yield running


def listens(address: str) -> bool:
    port = int(address.rpartition(":")[2])
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_it_works(server: Server) -> None:
    assert Visitor(server.address).get("/sign-in").status == 200
    assert re.search(r"/welcome/[\w-]{20,}$", server.link)
    assert Visitor(server.address).get(server.link).status == 200


def test_a_new_data_folder_is_the_owners_alone(server: Server) -> None:
    assert server.data.stat().st_mode & 0o077 == 0
    assert (server.data / "secret.key").stat().st_mode & 0o077 == 0


def test_every_file_in_it_is_the_owners_alone_also_those_of_an_earlier_keepwarm(tmp_path: Path) -> None:
    data = tmp_path / "data"
    told(data, "today")
    (data / "keepwarm.sqlite3").chmod(0o644)
    data.chmod(0o755)
    with served(data):
        for path in (data, *data.rglob("*")):
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_that_holds_nothing_of_ours_keeps_its_rights(tmp_path: Path) -> None:
    """KEEPWARM_DATA may be set to the wrong folder once, such as one that others need."""
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o755)
    (data / "another.txt").touch()
    told(data, "today")
    assert data.stat().st_mode & 0o777 == 0o755
    assert (data / "keepwarm.sqlite3").stat().st_mode & 0o777 == 0o600


def answered(server: Server, head: str, body: bytes = b"") -> bytes:
    """What comes back first, or nothing within two seconds."""
    host, _, port = server.address.rpartition("/")[2].partition(":")
    with socket.create_connection((host, int(port))) as line:
        line.settimeout(2)
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        with suppress(TimeoutError):
            return line.recv(100)
    return b""


@pytest.mark.parametrize(
    ("asked", "cookie", "size", "refused"),
    [
        ("POST /sign-in", "", 3_000_000, True), ("POST /import/files", "", 3_000_000, True),
        ("POST /import/files", "keepwarm=made-up", 3_000_000, True), ("POST /sign-in", "", 1_000_000, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("expect", ["", "\nExpect: 100-continue"])
def test_a_stranger_sends_no_more_than_a_form(
    server: Server, asked: str, cookie: str, size: int, refused: bool, expect: str
) -> None:
    head = f"{asked} HTTP/1.1\nHost: localhost\nCookie: {cookie}\nContent-Length: {size}{expect}"
    said = answered(server, head)
    assert said.startswith(b"HTTP/1.1 413") == refused, said


def test_a_large_body_without_a_length_is_cut_off(server: Server) -> None:
    head = "POST /sign-in HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked"
    assert answered(server, head, b"200000\r\n" + b"x" * 0x200000 + b"\r\n").startswith(b"HTTP/1.1 413")


def test_head_is_answered_like_get(server: Server) -> None:
    request = urllib.request.Request(server.address + "/sign-in", method="HEAD")
    with urllib.request.urlopen(request) as answer:
        assert (answer.status, answer.read()) == (200, b"")


def test_static_files_come_compressed_or_not_but_come(server: Server) -> None:
    page = Visitor(server.address).get("/sign-in").text
    for path in re.findall(r'(?:href|src)="(/static/[^"#]+)"', page):
        with urllib.request.urlopen(server.address + path) as answer:
            assert "immutable" in answer.headers["Cache-Control"] or "max-age" in answer.headers["Cache-Control"]


def test_an_unknown_host_is_refused_in_one_line_of_log(server: Server) -> None:
    before = server.log
    answer = Visitor(server.address).get("/sign-in", Host="elsewhere.example")
    assert answer.status == 400
    added = server.log.removeprefix(before)
    assert "elsewhere.example" in added
    assert added.count("\n") == 1


def test_a_second_server_on_the_same_folder_refuses_in_a_sentence(server: Server) -> None:
    said = keepwarm(server.data, "serve", "--port", "0", "--no-open", status=1)
    assert "already running" in said
    assert "Traceback" not in said


def test_commands_work_beside_it(server: Server, tmp_path: Path) -> None:
    (tmp_path / "one.vcf").write_text(card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme"))
    assert told(server.data, "import", str(tmp_path / "one.vcf"))["people_new"] == 1
    assert [pick["person"]["name"] for pick in told(server.data, "today")] == ["Ann Lee"]


def test_one_who_has_signed_in_sends_files_and_only_as_files(tmp_path: Path) -> None:
    with served(tmp_path / "data") as server:
        browser = Visitor(server.address)
        browser.claim(server.link)
        large = card("Ann Lee", "EMAIL:ann@example.com", f"NOTE:{'x' * 3_000_000}").encode()
        assert "/import/" in browser.upload("phone.vcf", large).url
        session = next(cookie.value for cookie in browser.jar if cookie.name == "keepwarm")
        for asked, size in (("POST /people/new", 3_000_000), ("POST /import/files", 9_000_000_000)):
            head = f"{asked} HTTP/1.1\nHost: localhost\nCookie: keepwarm={session}\nContent-Length: {size}"
            assert answered(server, head).startswith(b"HTTP/1.1 413")


def test_eight_forms_at_once_add_one_person(tmp_path: Path) -> None:
    with served(tmp_path / "data") as server:
        browser = Visitor(server.address)
        browser.claim(server.link)
        with ThreadPoolExecutor(8) as tabs:
            sent = list(tabs.map(lambda _: browser.post("/people/new", {"name": "Zoe Fox"}), range(8)))
        assert sorted({page.status for page in sent}) == [200, 409]
        everyone = json.loads(keepwarm(server.data, "export", "--format", "json"))["people"]
        assert [one["name"] for one in everyone] == ["Zoe Fox"]


def test_a_port_in_use_is_said_in_a_sentence(server: Server, tmp_path: Path) -> None:
    port = server.address.rpartition(":")[2]
    said = keepwarm(tmp_path / "other", "serve", "--port", port, "--no-open", status=1)
    assert said.startswith(f"Port {port} cannot be used")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("KEEPWARM_PORT", "eighty", "a number from 0 to 65535"),
        ("KEEPWARM_URL", "keepwarm.example.org", "an address such as"),
        ("KEEPWARM_UPLOAD_LIMIT", "a lot", "a size such as"),
        ("KEEPWARM_COLOUR", "red", "is no option"),
        ("KEEPWARM_DATABASE_URL", "oracle://x", "an address such as"),
        ("KEEPWARM_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none", "does not answer"),
        ("KEEPWARM_DATA", __file__, "a folder of your own"),
        ("KEEPWARM_DATA", "~nobody-of-that-name/x", "no such user"),
        ("KEEPWARM_URL", "https://[::1", "an address such as"),
        ("KEEPWARM_SECRET_KEY", "secret", "32 characters or more"),
    ],
)
def test_a_bad_option_is_said_in_a_sentence(tmp_path: Path, name: str, value: str, hint: str) -> None:
    said = keepwarm(tmp_path / "data", "serve", "--no-open", status=1, **{name: value})
    assert name in said
    assert hint in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_quietly(tmp_path: Path, how: signal.Signals) -> None:
    with served(tmp_path / "data") as server:
        before = server.log
        assert server.stop(how) in (0, 130)
        assert server.log == before
        assert not listens(server.address)


def test_the_next_one_starts_after_a_kill(tmp_path: Path) -> None:
    with served(tmp_path / "data") as first:
        first.kill()
        assert not listens(first.address)  # no forked child goes on
    with served(tmp_path / "data") as second:
        assert Visitor(second.address).get(second.link).status == 200
        assert Visitor(second.address).get(second.address + first.link.removeprefix(first.address)).status == 410


def test_it_ends_with_what_started_it(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = " ".join([*COMMAND, "serve", "--with-parent", "--port", "0", "--no-open"])
    # `; true` keeps the shell as the parent, where a lone command would replace it.
    shell = subprocess.Popen(
        ["sh", "-c", f"{command} >{log} 2>&1; true"], env=environment(tmp_path / "data"), start_new_session=True
    )
    try:
        soon(lambda: log.exists() and "Ctrl+C stops" in log.read_text())
        address = re.search(r"http://localhost:\d+", log.read_text())[0]
        shell.kill()
        shell.wait(10)
        soon(lambda: not listens(address), 5)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)
