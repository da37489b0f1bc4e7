"""A language model asked to say a letter otherwise: any endpoint that speaks as OpenAI's does, through the one guard.

Nothing of a letter is logged here or kept, and what a server says is never shown, only what it means.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from keepwarm.core import rewording
from keepwarm.core.networks import LOCAL, Address, is_at_home, is_here, is_open, is_open_or_at_home
from keepwarm.sync.fetch import Errand, Fetcher, Limits, Unfetched

LARGEST = 2**20  # bytes of an answer
LISTING = 5  # seconds for the list of models
STAYS = "Your own words are as they were."


class Trouble(Exception):
    """No suggestion came: a sentence for the user."""


class Endpoint(NamedTuple):
    """Where the model is, and what opens it."""

    address: str  # up to /v1, without an end
    model: str
    key: str = ""


def may_be_at_home() -> bool:
    """Whether a model may be asked within the network that this server stands in.

    On a machine of one's own that is where the model is. On a server for others, with a public address, the owner of a
    space is not the owner of the network: without the option they could look around in it.
    """
    return bool(settings.PRIVATE_NETWORKS or not settings.PUBLIC_URL)


def allowed(address: str) -> Callable[[Address], bool]:
    """Which addresses of the network a name may lead to: "localhost" to this machine, http to one's own house only."""
    at_home, parts = may_be_at_home(), urlsplit(address)
    if not at_home:
        return is_open if parts.scheme == "https" else _nowhere
    if (parts.hostname or "") in LOCAL:
        return is_here
    return is_open_or_at_home if parts.scheme == "https" else is_at_home


def _nowhere(_: Address) -> bool:
    return False


def fetcher(address: str, seconds: float) -> Fetcher:
    return Fetcher(allowed(address), Limits(LARGEST, seconds, seconds, 0))


def unfit(address: str) -> str:
    """Why letters cannot go to this address, before anything is asked of it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.query or parts.fragment:
        return "This is not an address such as http://localhost:11434/v1."
    if not may_be_at_home() and (host in LOCAL or parts.scheme == "http"):
        return "On a server for others a model must be on the open internet, at an address that begins with https://."
    return ""


def models(at: Endpoint, by: Fetcher | None = None) -> list[str]:
    """The models that are there. Raises Trouble."""
    return rewording.models_of(_asked(at, "/models", None, by or fetcher(at.address, LISTING)))


def said_otherwise(at: Endpoint, request: Mapping[str, Any], by: Fetcher | None = None) -> str:
    """The model's answer to a request, which goes as it is. Raises Trouble."""
    body = json.dumps(request, ensure_ascii=False).encode()
    told = _asked(at, "/chat/completions", body, by or fetcher(at.address, settings.REWORDING_SECONDS))
    text = rewording.answer_of(told)
    if not text.strip():
        raise Trouble(f"{_named(at)} answered with nothing. {STAYS}")
    return text


def _asked(at: Endpoint, path: str, body: bytes | None, by: Fetcher) -> object:
    headers = [("Accept", "application/json")]
    if body is not None:
        headers.append(("Content-Type", "application/json"))
    if at.key:
        headers.append(("Authorization", f"Bearer {at.key}"))
    into = io.BytesIO()
    try:
        by.ask(f"{at.address}{path}", into, Errand("GET" if body is None else "POST", tuple(headers), body))
    except Unfetched as error:
        raise Trouble(_why(at, error)) from None
    try:
        told: object = json.loads(into.getvalue())
    except (ValueError, RecursionError):
        raise Trouble(f"{_named(at)} did not answer as a model does. {STAYS}") from None
    return told


def _why(at: Endpoint, error: Unfetched) -> str:
    if error.status in (401, 403):
        return f"{_named(at)} does not accept the key. Look at it under Say it otherwise. {STAYS}"
    if error.status == 404:
        return f"{_named(at)} knows no such model or address. Look at both under Say it otherwise. {STAYS}"
    if error.status == 429:
        return f"{_named(at)} has had enough for now. Try again in a while. {STAYS}"
    return f"{error.message} {STAYS}"


def _named(at: Endpoint) -> str:
    return urlsplit(at.address).hostname or "The server"
