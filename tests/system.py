"""What the tests need from the system: Chromium, PostgreSQL and Dovecot, installed by root, else skipped aloud."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path


def must_not_skip() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def chromium() -> str | None:
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


def postgres_folder() -> Path | None:
    """Where initdb and postgres are: Debian keeps them off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = versions[-1] if versions else shutil.which("initdb")
    folder = Path(found).resolve().parent if found else None
    return folder if folder and (folder / "postgres").exists() else None


def dovecot() -> str | None:
    """Debian keeps it off the PATH of users."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")


def provide() -> None:
    """As root on Debian, install what is missing."""
    needed = (("chromium", chromium()), ("postgresql", postgres_folder()), ("dovecot-imapd", dovecot()))
    missing = [name for name, here in needed if not here]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(missing)} for the tests …", flush=True)
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        subprocess.call(["apt-get", "update", "-qq"], **quiet)
        subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], **quiet)


def postgres() -> AbstractContextManager[str] | None:
    """A server on a private socket; enter it for its address. None where there is no PostgreSQL."""
    folder = postgres_folder()
    return _postgres(folder) if folder else None


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="keepwarm-pg-", ignore_cleanup_errors=True) as temporary:
        home = Path(temporary)
        as_user: list[str] = []
        if os.geteuid() == 0:  # initdb refuses root
            user = pwd.getpwnam("postgres")
            os.chown(home, user.pw_uid, user.pw_gid)
            as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        data = home / "data"
        initdb = [
            str(folder / "initdb"),
            "-D",
            str(data),
            "-U",
            "keepwarm",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run([*as_user, *initdb], check=True, stdout=subprocess.DEVNULL, cwd="/")
        serve = [
            str(folder / "postgres"),
            "-D",
            str(data),
            "-k",
            str(home),
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
        ]
        with (home / "log").open("w") as log:
            server = subprocess.Popen([*as_user, *serve], stdout=log, stderr=log, cwd="/")
            try:
                _wait(folder, home, server)
                yield f"postgres://keepwarm@/postgres?host={home}"
            finally:
                server.terminate()
                server.wait(30)


def _wait(folder: Path, home: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            sys.exit((home / "log").read_text())
        if subprocess.call([str(folder / "pg_isready"), "-q", "-t", "1", "-h", str(home)]) == 0:
            return
    sys.exit("PostgreSQL did not start:\n" + (home / "log").read_text())
