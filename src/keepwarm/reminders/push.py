"""A nudge by push, through Apprise: a way is one address, such as ntfy://…, for services that are known."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import apprise
from django.conf import settings as options
from urllib3.util import connection as urllib3_connection

from keepwarm.core import networks
from keepwarm.models import Channel
from keepwarm.store import secrets
from keepwarm.store.reminders import Trouble

# By their scheme. Left out is what runs a program, writes to this machine or its desktop, speaks something else than
# HTTP, sends mail (which is a way of its own) or calls any address of the web with any body.
SERVICES = {
    "ntfy": "ntfy", "ntfys": "ntfy", "tgram": "Telegram", "matrix": "Matrix", "matrixs": "Matrix", "slack": "Slack",
    "discord": "Discord", "gotify": "Gotify", "gotifys": "Gotify", "mmost": "Mattermost", "mmosts": "Mattermost",
    "rocket": "Rocket.Chat", "rockets": "Rocket.Chat", "nctalk": "Nextcloud Talk", "nctalks": "Nextcloud Talk",
    "pover": "Pushover", "pbul": "Pushbullet", "signal": "Signal", "signals": "Signal", "zulip": "Zulip",
    "msteams": "Microsoft Teams", "workflows": "Microsoft Teams", "gchat": "Google Chat", "hassio": "Home Assistant",
    "hassios": "Home Assistant", "bark": "Bark", "barks": "Bark", "spush": "SimplePush", "wxteams": "Webex",
}  # fmt: skip
PATIENCE = 20.0  # seconds for each answer
LONGEST_SAID = 300
LATER = "It is tried again by itself."


class Unknown(Exception):
    """Not an address of a service that is known. Its text is for the user."""


def service(url: str) -> str:
    """The service of an address, by its name. Raises Unknown."""
    scheme, divider, _ = url.strip().partition("://")
    if not divider:
        raise Unknown("This is no address such as ntfy://ntfy.sh/your-topic.")
    name = SERVICES.get(scheme.lower())
    if name is None:
        raise Unknown(f"Keepwarm does not send by “{scheme[:20]}”. It knows {', '.join(known())}.")
    if _plugin(url) is None:
        raise Unknown(f"{name} cannot be reached by this address: a part of it is missing or not as it should be.")
    return name


def known() -> list[str]:
    return list(dict.fromkeys(SERVICES.values()))


def send(channel: Channel, title: str, body: str) -> None:
    """Raises Trouble, with the service's own words where it has any."""
    try:
        url = secrets.unseal(channel.secret)["url"]
    except secrets.Lost:
        raise Trouble(
            "The key to this address is gone, as after a move to another machine without accounts.key.",
            "Remove it, and add it anew.",
            lasting=True,
        ) from None
    plugin = _plugin(url)
    if plugin is None or url.partition("://")[0].lower() not in SERVICES:
        raise Trouble("This address is not understood any more.", "Remove it, and add it anew.", lasting=True)
    with _overheard() as words, _guarded():
        if not plugin.notify(body=body, title=title, notify_type=apprise.NotifyType.INFO):
            raise Trouble(_said(channel, words, url), LATER)


def _plugin(url: str) -> Any:
    """As Apprise makes it, patient for a while, and following nobody elsewhere."""
    plugin = apprise.Apprise.instantiate(url.strip(), suppress_exceptions=True)
    if plugin is not None:
        plugin.redirects = False
        plugin.socket_connect_timeout = plugin.socket_read_timeout = PATIENCE
        plugin.verify_certificate = True
    return plugin


def _said(channel: Channel, words: list[str], url: str) -> str:
    told = " ".join(words) or f"{channel.settings.get('service') or 'The service'} did not take it."
    for secret in (part for part in url.partition("://")[2].replace("@", "/").split("/") if len(part) > 7):
        told = told.replace(secret, "…")
    return told[:LONGEST_SAID]


# Its own words


class _Ear(logging.Handler):
    """Hears what is logged in one thread, so that no one reads what was said to another."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and len(self.words) < 3:
            self.words.append(record.getMessage())


@contextmanager
def _overheard() -> Iterator[list[str]]:
    ear, log = _Ear(), logging.getLogger("apprise")
    log.addHandler(ear)
    try:
        yield ear.words
    finally:
        log.removeHandler(ear)


# Where it may lead


_guard: ContextVar[bool] = ContextVar("guard", default=False)
_connect = urllib3_connection.create_connection


def _to_what_was_checked(address: tuple[str, int], *given: Any, **how: Any) -> socket.socket:
    """Apprise resolves names by itself: so the look at where they lead is here, at the very connection."""
    host, port = address
    if not _guard.get():
        return _connect(address, *given, **how)
    told = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(each[4][0]) for each in told))
    if not networks.may(found, at_home=options.PRIVATE_NETWORKS or not options.PUBLIC_URL):
        logging.getLogger("apprise").warning("It lies in the network of this server, where nothing may be sent to.")
        raise OSError("within the network of this server")
    return _connect((found[0], port), *given, **how)


urllib3_connection.create_connection = _to_what_was_checked


@contextmanager
def _guarded() -> Iterator[None]:
    token = _guard.set(True)
    try:
        yield
    finally:
        _guard.reset(token)
