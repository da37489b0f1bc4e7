"""Signing in at Google and Microsoft with the user's own client: the way there, and tokens made new."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import urllib3

from keepwarm.store.accounts import Trouble
from keepwarm.sync.servers import GOOGLE, MICROSOFT

TIMEOUT = urllib3.Timeout(connect=20, read=30)
LONGEST = 100_000  # bytes of an answer
PENDING = frozenset({"authorization_pending", "slow_down"})


class Provider(NamedTuple):
    """Where one signs in, and what Keepwarm asks to be allowed."""

    name: str
    authorise: str
    token: str
    scope: str
    device: str = ""  # where a code to type in comes from


PROVIDERS = {
    GOOGLE: Provider(
        "Google",
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "https://mail.google.com/",  # all there is for IMAP; Keepwarm only ever reads headers
    ),
    MICROSOFT: Provider(
        "Microsoft",
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
        "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
    ),
}


class Device(NamedTuple):
    """A code that the user types in at the provider's page, and the one by which we ask whether they have."""

    code: str
    user_code: str
    page: str


# By the browser: there, and back with a code


def new_proof() -> str:
    """What shows that who comes back is who left (PKCE's verifier, and the state)."""
    return secrets.token_urlsafe(48)


def address(way: str, client: Mapping[str, str], back: str, proof: str, user: str) -> str:
    """Where the user signs in; the provider then sends them to `back`."""
    provider = PROVIDERS[way]
    asked = {
        "response_type": "code", "client_id": client["client_id"], "redirect_uri": back, "scope": provider.scope,
        "state": _hashed(f"state {proof}"), "code_challenge": _hashed(proof), "code_challenge_method": "S256",
        "login_hint": user, "access_type": "offline", "prompt": "consent",
    }  # fmt: skip
    return f"{provider.authorise}?{urlencode(asked)}"


def is_answer(proof: str, state: str) -> bool:
    """Whether this is the answer to what was asked with that proof."""
    return secrets.compare_digest(_hashed(f"state {proof}").encode(), state.encode())


def redeem(way: str, client: Mapping[str, str], back: str, proof: str, code: str) -> dict[str, str]:
    """The secret of an account, for the code that the browser has brought back. Raises Trouble."""
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": proof}
    return _secret(way, client, _ask(way, PROVIDERS[way].token, client, asked))


def _hashed(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


# By a code that is typed in: needs no address to come back to


def begin(way: str, client: Mapping[str, str]) -> Device:
    """Ask for a code to type in. Raises Trouble."""
    told = _ask(way, PROVIDERS[way].device, client, {"scope": PROVIDERS[way].scope})
    try:
        return Device(told["device_code"], told["user_code"], told["verification_uri"])
    except KeyError:
        raise _strange(way) from None


def ask_whether(way: str, client: Mapping[str, str], device: str) -> dict[str, str] | None:
    """The secret of an account, once the user has typed in the code; None until then. Raises Trouble."""
    asked = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": device}
    told = _ask(way, PROVIDERS[way].token, client, asked, fine=PENDING)
    return None if told.get("error") in PENDING else _secret(way, client, told)


# Tokens


def renewed(way: str, secret: Mapping[str, str]) -> dict[str, str]:
    """The secret with an access token that is good for this reading. Raises Trouble."""
    asked = {"grant_type": "refresh_token", "refresh_token": secret["refresh_token"]}
    return dict(secret) | _secret(way, secret, _ask(way, PROVIDERS[way].token, secret, asked))


def _secret(way: str, client: Mapping[str, str], told: Mapping[str, Any]) -> dict[str, str]:
    if not told.get("access_token"):
        raise _strange(way)
    kept = {name: str(client[name]) for name in ("client_id", "client_secret", "refresh_token") if client.get(name)}
    new = {name: str(told[name]) for name in ("access_token", "refresh_token") if told.get(name)}
    if "refresh_token" not in kept | new:
        raise Trouble(
            f"{PROVIDERS[way].name} let Keepwarm in once, but not for later.",
            "Sign in again; where it asks, allow access also when you are away.",
            pause=True,
        )
    return kept | new


def _ask(
    way: str, address: str, client: Mapping[str, str], fields: Mapping[str, str], fine: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What the provider answers. An error that is not among `fine` is told in its own words."""
    named = {name: client[name] for name in ("client_id", "client_secret") if client.get(name)}
    try:
        told = _post(address, named | dict(fields))
    except (urllib3.exceptions.HTTPError, OSError):
        raise Trouble(
            f"{PROVIDERS[way].name} cannot be reached.", "Check whether this machine is online; it is tried again."
        ) from None
    except ValueError:
        raise _strange(way) from None
    if "error" in told and told["error"] not in fine:
        raise _refused(way, told)
    return told


def _post(address: str, fields: Mapping[str, str]) -> dict[str, Any]:
    with urllib3.PoolManager(timeout=TIMEOUT, retries=False) as pool:
        answer = pool.request(
            "POST", address, fields=dict(fields), encode_multipart=False, redirect=False, preload_content=False
        )
        told = json.loads(answer.read(LONGEST))
    if not isinstance(told, dict):
        raise ValueError("no object")  # noqa: TRY004 - as json.loads says of any other nonsense
    return told


def _refused(way: str, told: Mapping[str, Any]) -> Trouble:
    """In the provider's words: without what stands for machines after the first line."""
    lines = str(told.get("error_description") or told["error"]).splitlines() or [str(told["error"])]
    lasting = told["error"] not in ("temporarily_unavailable", "server_error")
    return Trouble(
        f"{PROVIDERS[way].name} did not accept this sign-in: {lines[0][:300].rstrip(' .')}.",
        "Sign in again." if lasting else "It is tried again by itself.",
        pause=lasting,
    )


def _strange(way: str) -> Trouble:
    return Trouble(f"{PROVIDERS[way].name} gave an answer that makes no sense.", "Please try again in a while.")
