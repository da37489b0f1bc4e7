"""Signing in at a provider, against a token server of our own that answers as Google and Microsoft document."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from keepwarm.store.accounts import Trouble
from keepwarm.sync import oauth
from keepwarm.sync.servers import GOOGLE, MICROSOFT

CLIENT = {"client_id": "ours", "client_secret": "hush"}
TOKENS = {"access_token": "short-lived", "refresh_token": "lasting", "expires_in": 3599, "token_type": "Bearer"}
BACK = "http://localhost:8321/sources/back"


class Provider:
    """What it has been asked, and what it answers next."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.answers: list[Any] = []


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    told = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.asked.append({"at": self.path} | dict(parse_qsl(body)))
            answer = told.answers.pop(0)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(400 if isinstance(answer, dict) and "error" in answer else 200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    for way in (GOOGLE, MICROSOFT):
        at = oauth.PROVIDERS[way]._replace(token=f"{here}/token", device=f"{here}/device")
        monkeypatch.setitem(oauth.PROVIDERS, way, at)
    yield told
    server.shutdown()
    server.server_close()


def test_a_token_is_made_new_for_each_reading(provider: Provider) -> None:
    provider.answers = [{"access_token": "fresh", "expires_in": 3599}]
    secret = oauth.renewed(GOOGLE, CLIENT | {"refresh_token": "lasting", "access_token": "stale"})
    assert secret == CLIENT | {"refresh_token": "lasting", "access_token": "fresh"}
    assert provider.asked == [CLIENT | {"at": "/token", "grant_type": "refresh_token", "refresh_token": "lasting"}]


def test_a_new_refresh_token_takes_the_place_of_the_old(provider: Provider) -> None:
    """Microsoft gives one each time."""
    provider.answers = [{"access_token": "fresh", "refresh_token": "newer"}]
    assert oauth.renewed(MICROSOFT, {"client_id": "ours", "refresh_token": "lasting"})["refresh_token"] == "newer"


def test_access_that_was_taken_back_pauses_in_the_providers_words(provider: Provider) -> None:
    provider.answers = [{"error": "invalid_grant", "error_description": "Token has been expired or revoked."}]
    with pytest.raises(Trouble) as trouble:
        oauth.renewed(GOOGLE, CLIENT | {"refresh_token": "lasting"})
    assert trouble.value.message == "Google did not accept this sign-in: Token has been expired or revoked."
    assert trouble.value.pause


@pytest.mark.parametrize("answer", [b"<html>", b"[]", {"no": "token"}, {"error": "temporarily_unavailable"}])
def test_nonsense_is_tried_again(provider: Provider, answer: Any) -> None:
    provider.answers = [answer]
    with pytest.raises(Trouble) as trouble:
        oauth.renewed(GOOGLE, CLIENT | {"refresh_token": "lasting"})
    assert not trouble.value.pause


def test_without_a_network_it_is_tried_again(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    away = oauth.PROVIDERS[GOOGLE]._replace(token="http://127.0.0.1:1/token")
    monkeypatch.setitem(oauth.PROVIDERS, GOOGLE, away)
    with pytest.raises(Trouble, match="Google cannot be reached") as trouble:
        oauth.renewed(GOOGLE, CLIENT | {"refresh_token": "lasting"})
    assert not trouble.value.pause


def test_the_browser_goes_there_and_comes_back_with_a_code(provider: Provider) -> None:
    proof = oauth.new_proof()
    there = urlsplit(oauth.address(GOOGLE, CLIENT, BACK, proof, "ada@gmail.com"))
    asked = {name: value[0] for name, value in parse_qs(there.query).items()}
    assert (there.netloc, asked["redirect_uri"], asked["login_hint"]) == ("accounts.google.com", BACK, "ada@gmail.com")
    assert (asked["access_type"], asked["code_challenge_method"]) == ("offline", "S256")
    assert proof not in there.query
    assert "hush" not in there.query
    assert oauth.is_answer(proof, asked["state"])
    assert not oauth.is_answer(oauth.new_proof(), asked["state"])
    provider.answers = [TOKENS]
    secret = oauth.redeem(GOOGLE, CLIENT, BACK, proof, "the code")
    assert secret == CLIENT | {"access_token": "short-lived", "refresh_token": "lasting"}
    assert provider.asked[0]["code_verifier"] == proof


def test_leave_for_once_only_is_not_enough(provider: Provider) -> None:
    provider.answers = [{"access_token": "short-lived"}]
    with pytest.raises(Trouble, match="not for later"):
        oauth.redeem(GOOGLE, CLIENT, BACK, "proof", "the code")


def test_a_code_is_typed_in_elsewhere(provider: Provider) -> None:
    client = {"client_id": "ours", "client_secret": ""}
    page = "https://microsoft.example/devicelogin"
    provider.answers = [
        {"device_code": "long", "user_code": "ABCD-EFGH", "verification_uri": page, "interval": 5},
        {"error": "authorization_pending"},
        TOKENS,
    ]
    device = oauth.begin(MICROSOFT, client)
    assert (device.user_code, device.page) == ("ABCD-EFGH", page)
    assert oauth.ask_whether(MICROSOFT, client, device.code) is None
    secret = oauth.ask_whether(MICROSOFT, client, device.code)
    assert secret == {"client_id": "ours", "access_token": "short-lived", "refresh_token": "lasting"}
    assert "client_secret" not in provider.asked[0]


def test_a_code_that_has_run_out_is_told(provider: Provider) -> None:
    said = "AADSTS70020: The provided value for the input parameter 'device_code' has expired.\r\nTrace ID: 1"
    provider.answers = [{"error": "expired_token", "error_description": said}]
    with pytest.raises(Trouble, match=r"has expired\.$"):
        oauth.ask_whether(MICROSOFT, {"client_id": "ours"}, "long")
