"""Every KEEPWARM_* variable: its name, default and help, in one tuple."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import dj_database_url
import platformdirs

DEFAULT_FOLDER = platformdirs.user_data_dir("keepwarm", appauthor=False)
# As Django reads the Host header: no more can ever match.
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]*:[0-9a-f:.]+\]")
SHORTEST_KEY = 32
LONGEST_SAID = 80
UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


class BadOption(Exception):
    """An option says something that cannot be meant. Its text is for the person who set it."""


def size(text: str) -> int:
    """Bytes of "2 GB", "500MB" or "1000"."""
    found = re.fullmatch(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*([KMGT]?B?)", text.strip().upper())
    if not found or found[2] not in UNITS or not (bytes := int(float(found[1]) * UNITS[found[2]])):
        raise ValueError("a size such as 500 MB or 2 GB")
    return bytes


def flag(text: str) -> bool:
    """True or False of yes/no, on/off, true/false, 1/0."""
    if text.lower() in {"1", "yes", "on", "true"}:
        return True
    if text.lower() in {"0", "no", "off", "false", ""}:
        return False
    raise ValueError("yes or no")


def port(text: str) -> int:
    """A TCP port; 0 asks the system for a free one."""
    if not text.isdecimal() or len(text) > 5 or int(text) > 65535:
        raise ValueError("a number from 0 to 65535")
    return int(text)


def seconds(text: str) -> int:
    """From 1 to 300."""
    if not text.isdecimal() or not 1 <= int(text[:4]) <= 300:
        raise ValueError("a number of seconds from 1 to 300")
    return int(text)


def hosts(text: str) -> tuple[str, ...]:
    """The names of a list with commas, each of one host: "*" would let any other site's name stand for ours."""
    names = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not all(HOST.fullmatch(name) for name in names):
        raise ValueError("the plain names of hosts, such as keepwarm.example.org, with commas between")
    return names


def address(text: str) -> str:
    """An http(s) address without a path, or nothing."""
    found = re.fullmatch(r"(https?://)([^/?#@\s]+?)(:[0-9]{1,5})?/?", text.strip(), re.I)
    if text.strip() and not (found and HOST.fullmatch(found[2].lower()) and int((found[3] or ":80")[1:]) < 65536):
        raise ValueError("an address such as https://keepwarm.example.org")
    return text.strip().rstrip("/").lower()


def database(text: str) -> str:
    """The address of a PostgreSQL database, or nothing; what is wrong is not repeated, it may hold a password."""
    wrong = BadOption("KEEPWARM_DATABASE_URL should be an address such as postgres://user:password@host/name.")
    if text and not text.startswith(("postgres://", "postgresql://")):
        raise wrong
    try:
        named = not text or dj_database_url.parse(text)["NAME"]
    except ValueError:  # its port is no number, or its host begins with a bracket that never ends
        raise wrong from None
    if not named:
        raise wrong
    return text


MAIL_PORTS = {"smtps": 465, "smtp": 587}


def mail_server(text: str) -> dict[str, Any] | None:
    """A mail server of smtps://user:password@host:port, or smtp:// for STARTTLS; what is wrong is not repeated."""
    if not text:
        return None
    wrong = BadOption("KEEPWARM_MAIL_SERVER should be an address such as smtps://user:password@mail.example.org.")
    try:
        parts = urlsplit(text)
        port = parts.port or MAIL_PORTS.get(parts.scheme, 0)
    except ValueError:
        raise wrong from None
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path.strip("/"):
        raise wrong
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    security = "tls" if parts.scheme == "smtps" else "plain" if local and not parts.username else "starttls"
    return {
        "host": parts.hostname, "port": port, "security": security, "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }  # fmt: skip


def mail_address(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text.strip()):
        raise ValueError("an address such as keepwarm@example.org")
    return text.strip()


def key(name: str) -> Callable[[str], str]:
    """A reader of a key, or of nothing; what it reads is never repeated."""

    def read(text: str) -> str:
        if text and len(text) < SHORTEST_KEY:
            raise BadOption(f"{name} should be {SHORTEST_KEY} characters or more that nobody could guess.")
        return text

    return read


def folder(text: str) -> Path:
    """An absolute path; ~ is the home folder, and nothing is the default."""
    try:
        return Path(text or DEFAULT_FOLDER).expanduser().absolute()
    except RuntimeError:
        raise ValueError("a folder; there is no such user here to have one") from None


class Option(NamedTuple):
    """One variable of the environment."""

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str


OPTIONS: tuple[Option, ...] = (
    Option(
        "KEEPWARM_DATA",
        DEFAULT_FOLDER,
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
    Option("KEEPWARM_HOSTS", "", hosts, "Further host names that may be asked for, with commas between."),
    Option("KEEPWARM_UPLOAD_LIMIT", "2 GB", size, "The largest file that may be brought in, streamed to disk."),
    Option("KEEPWARM_WORKER", "yes", flag, "Whether `keepwarm serve` also does the background jobs."),
    Option(
        "KEEPWARM_SECRET_KEY",
        "",
        key("KEEPWARM_SECRET_KEY"),
        "Signs cookies; 32 characters or more. Empty: made once and kept in the data folder, readable by you only.",
    ),
    Option(
        "KEEPWARM_ACCOUNTS_KEY",
        "",
        key("KEEPWARM_ACCOUNTS_KEY"),
        "Encrypts the passwords of mailboxes and the secret addresses of calendars in the database; 32 characters "
        "or more. Empty: made once and kept in the data folder as accounts.key. All servers of a team need the same.",
    ),
    Option(
        "KEEPWARM_PRIVATE_NETWORKS",
        "no",
        flag,
        "Whether a calendar, and with KEEPWARM_URL a mailbox, may be read from within your own network, as from a "
        "server at home, reminders sent there, and a model asked there. Not where others sign in.",
    ),
    Option(
        "KEEPWARM_MAIL_SERVER",
        "",
        mail_server,
        "A mail server by which reminders go for everyone, as smtps://user:password@host:port, or smtp:// for "
        "STARTTLS. Empty: each member names one of their own on the page Reminders.",
    ),
    Option("KEEPWARM_MAIL_FROM", "", mail_address, "Who those letters are from, as keepwarm@example.org."),
    Option(
        "KEEPWARM_REWORDING_SECONDS",
        "20",
        seconds,
        "How long a model that says a letter otherwise may take, where one is set up on the page Say it otherwise.",
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
            raise BadOption(f"{option.name} is “{_short(text)}”; it should be {wrong}.") from wrong
    return values


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"
