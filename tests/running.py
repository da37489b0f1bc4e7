"""The real command, started and ended by the tests, and a visitor who asks its pages."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from filelock import FileLock

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "keepwarm")
OWNER = {"name": "Ada Example", "email": "ada@example.com", "password1": "correct horse", "zone": "Europe/Lisbon"}


def environment(data: Path, **more: str) -> dict[str, str]:
    """This process's environment with a data folder of its own and no other option set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEEPWARM_", "DJANGO_"))}
    return (
        kept | {"KEEPWARM_DATA": str(data), "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1", "COLUMNS": "200"} | more
    )


def furnished(data: Path) -> None:
    """Put the empty tables into a data folder that is not there yet: to build them takes nine seconds each time.
    That the command does so by itself is for tests/server/test_serve.py to show."""
    if data.exists():
        return
    data.mkdir(mode=0o700, parents=True)
    shutil.copy(_empty_tables(), data / "keepwarm.sqlite3")


@cache
def _empty_tables() -> Path:
    """Made once for all workers and runs, until there is another migration."""
    migrations = b"".join(file.read_bytes() for file in sorted((ROOT / "src/keepwarm/migrations").glob("*.py")))
    made = Path(tempfile.gettempdir()) / f"keepwarm-empty-{hashlib.sha256(migrations).hexdigest()[:16]}.sqlite3"
    with FileLock(made.with_suffix(".lock"), timeout=120):
        if not made.exists():
            with tempfile.TemporaryDirectory() as folder:
                migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
                subprocess.run(migrate, env=environment(Path(folder)), check=True, timeout=120)
                with closing(sqlite3.connect(Path(folder) / "keepwarm.sqlite3")) as database:
                    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    database.execute("PRAGMA journal_mode = DELETE")
                Path(folder, "keepwarm.sqlite3").replace(made)
    return made


def keepwarm(data: Path, *arguments: str, status: int = 0, stdin: str = "", **more: str) -> str:
    """Run a command and return what it says; `status` is the one it should end with."""
    furnished(data)
    ran = subprocess.run(
        [*COMMAND, *arguments], env=environment(data, **more), input=stdin, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout if status == 0 else ran.stderr


def told(data: Path, *arguments: str) -> Any:
    """What a command answers with --json."""
    return json.loads(keepwarm(data, *arguments, "--json"))


def soon(true: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait until it is so, and return what it is."""
    ends = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < ends, f"not so within {seconds} seconds: {true}"
        time.sleep(0.05)
    return found


def every_day(data: Path) -> None:
    """Three people on each day of the week: by itself Today rests at weekends, and tests run then too."""
    with closing(sqlite3.connect(data / "keepwarm.sqlite3", timeout=30)) as database:
        database.execute("UPDATE keepwarm_membership SET days = '0123456'")
        database.commit()


class Server:
    """A running `keepwarm serve`; what it says is in `log`. `bare`: it has to make its tables itself."""

    def __init__(self, data: Path, *arguments: str, bare: bool = False, **more: str) -> None:
        if not bare:
            furnished(data)
        self.data, self.log_file = data, data.with_name(f"{data.name}-{uuid.uuid4().hex[:6]}.log")
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", "0", "--no-open", *arguments],
                env=environment(data, **more), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        soon(lambda: "Ctrl+C stops" in self.log or self.process.poll() is not None, 60)
        assert self.process.poll() is None, self.log
        self.link = re.sub(r"^.*?(http://localhost:\d+\S*).*$", r"\1", self.log, flags=re.S)
        self.link = self.link.replace("localhost", "127.0.0.1")  # the cookie jar knows no localhost
        self.address = self.link.partition("/welcome")[0].rstrip("/")

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    def kill(self) -> None:
        """As the power would: no farewell."""
        self.process.kill()
        self.process.wait(10)

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(10)


@contextmanager
def served(data: Path, *arguments: str, bare: bool = False, **more: str) -> Iterator[Server]:
    server = Server(data, *arguments, bare=bare, **more)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


class Page(NamedTuple):
    status: int
    url: str
    text: str
    headers: Any


class Visitor:
    """A browser without a screen: it keeps cookies, follows redirects, and sends the CSRF token along."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str, **headers: str) -> Page:
        return self._open(path, None, headers)

    def post(self, path: str, fields: dict[str, str] | None = None) -> Page:
        return self._open(path, urlencode(fields or {}).encode(), {})

    def upload(self, name: str, content: bytes) -> Page:
        """Bring in a file; the page that follows shows its run."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._open("/import/files", body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def claim(self, link: str) -> None:
        """Become the owner by the one-time link."""
        assert self.get(link).status == 200
        assert self.post(link, OWNER).url.endswith("/welcome")

    def _open(self, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        url = path if path.startswith("http") else self.address + path
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), None)
        tokens = {"X-CSRFToken": token} if body is not None and token else {}
        request = urllib.request.Request(url, body, headers | tokens)
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return Page(answer.status, answer.url, answer.read().decode(), answer.headers)
