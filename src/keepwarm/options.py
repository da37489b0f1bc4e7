"""Every KEEPWARM_* variable: its name, default and help, in one tuple."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


class BadOption(Exception):
    """An option says something that cannot be meant. Its text is for the person who set it."""


def size(text: str) -> int:
    """Bytes of "2 GB", "500MB" or "1000"."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?B?)", text.strip().upper())
    if not found or found[2] not in UNITS:
        raise ValueError("a size such as 500 MB or 2 GB")
    return int(float(found[1]) * UNITS[found[2]])


def flag(text: str) -> bool:
    """True or False of yes/no, on/off, true/false, 1/0."""
    if text.lower() in {"1", "yes", "on", "true"}:
        return True
    if text.lower() in {"0", "no", "off", "false", ""}:
        return False
    raise ValueError("yes or no")


def port(text: str) -> int:
    """A TCP port; 0 asks the system for a free one."""
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError("a number from 0 to 65535")
    return int(text)


def words(text: str) -> tuple[str, ...]:
    """The parts of a list with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def address(text: str) -> str:
    """An http(s) address without a path, or nothing."""
    if text and not re.fullmatch(r"https?://[^/\s]+/?", text):
        raise ValueError("an address such as https://keepwarm.example.org")
    return text.rstrip("/")


def database(text: str) -> str:
    """The address of a PostgreSQL database, or nothing; what is wrong is not repeated, it may hold a password."""
    if text and not text.startswith(("postgres://", "postgresql://")):
        raise BadOption("KEEPWARM_DATABASE_URL should be an address such as postgres://user:password@host/name.")
    return text


def folder(text: str) -> Path:
    """An absolute path; ~ is the home folder."""
    return Path(text).expanduser().absolute()


class Option(NamedTuple):
    """One variable of the environment."""

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str


OPTIONS: tuple[Option, ...] = (
    Option(
        "KEEPWARM_DATA",
        platformdirs.user_data_dir("keepwarm", appauthor=False),
        folder,
        "The folder that holds everything: database, uploads, key. Made on first use.",
    ),
    Option(
        "KEEPWARM_DATABASE_URL",
        "",
        database,
        "postgres://user:password@host/name for a team; empty is one SQLite file in the data folder.",
    ),
    Option("KEEPWARM_PORT", "8321", port, "The port that `keepwarm serve` listens on."),
    Option(
        "KEEPWARM_LISTEN",
        "127.0.0.1",
        str,
        "The address to listen on. The default is this machine only; 0.0.0.0 is for containers and proxies elsewhere.",
    ),
    Option(
        "KEEPWARM_URL",
        "",
        address,
        "The address people open, when a proxy stands before Keepwarm. With https, cookies are Secure.",
    ),
    Option("KEEPWARM_HOSTS", "", words, "Further host names that may be asked for, with commas between."),
    Option("KEEPWARM_UPLOAD_LIMIT", "2 GB", size, "The largest file that may be brought in, streamed to disk."),
    Option("KEEPWARM_WORKER", "yes", flag, "Whether `keepwarm serve` also does the background jobs."),
    Option(
        "KEEPWARM_SECRET_KEY",
        "",
        str,
        "Signs cookies. Empty: made once and kept in the data folder, readable by you only.",
    ),
    Option("KEEPWARM_DEBUG", "no", flag, "Show details of errors in the page. Never on a server others reach."),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every option's value by name; raises BadOption naming the variable and what it should be."""
    unknown = {name for name in environ if name.startswith("KEEPWARM_")} - {option.name for option in OPTIONS}
    if unknown:
        raise BadOption(f"{', '.join(sorted(unknown))} is no option of Keepwarm. See docs/options.md.")
    values: dict[str, Any] = {}
    for option in OPTIONS:
        text = environ.get(option.name, option.default)
        try:
            values[option.name] = option.parse(text)
        except ValueError as wrong:
            raise BadOption(f"{option.name} is “{text}”; it should be {wrong}.") from wrong
    return values
