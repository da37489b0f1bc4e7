"""Asking a model: exactly the request goes, to one address, and whatever comes back costs nobody their words."""

from __future__ import annotations

import gzip
import ipaddress
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from keepwarm.core import rewording as core
from keepwarm.sync import rewording
from keepwarm.sync.fetch import Fetcher, Limits
from keepwarm.sync.rewording import Endpoint, Trouble
from tests.sync.model import CHAT, Model, endless
from tests.sync.site import Act, leads, local, names, sends

BODY = "Hi Maria,\n\nI left Fenwick Park in 2018. Are you still there?\n\nAda"
REQUEST = core.request(BODY, core.SHORTER, "mail", "small")


@pytest.fixture
def model() -> Iterator[Model]:
    served = Model()
    yield served
    served.close()


def ask(model: Model, key: str = "", **made: Any) -> str:
    return rewording.said_otherwise(Endpoint(model.address, "small", key), REQUEST, **made)


def quick(model: Model, seconds: float = 0.4, size: int = 2000) -> Fetcher:
    return Fetcher(rewording.allowed(model.address), Limits(size, seconds, seconds, 0))


def test_it_works(model: Model) -> None:
    model.says("Are you still at Fenwick Park?")
    assert ask(model, "abc") == "Are you still at Fenwick Park?"
    assert model.told == REQUEST
    path, headers = model.asked[0]
    assert path == CHAT
    assert headers["Authorization"] == "Bearer abc"
    assert "Cookie" not in headers
    assert rewording.models(Endpoint(model.address, "")) == ["large", "small"]


def test_without_a_key_none_is_sent(model: Model) -> None:
    model.says("Hello")
    ask(model)
    assert "Authorization" not in model.asked[0][1]


def slowly(to: BaseHTTPRequestHandler) -> None:
    time.sleep(1)


def drips(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    while True:
        to.wfile.write(b" ")
        time.sleep(0.02)


def hangs_up(to: BaseHTTPRequestHandler) -> None:
    to.connection.close()


STREAM = b'data: {"choices": [{"delta": {"content": "Hi"}}]}\n\ndata: [DONE]\n\n'


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (slowly, "takes too long"),
        (drips, "takes too long"),
        (endless, "more than"),
        (hangs_up, "did not answer as a web server does"),
        (sends(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip"), "more than"),
        (sends(b"{not json"), "did not answer as a model does"),
        (sends(b"[" * 1990), "did not answer as a model does"),
        (sends(STREAM, Content_Type="text/event-stream"), "did not answer as a model does"),
        (sends(b"[]"), "answered with nothing"),
        (sends(b'{"choices": []}'), "answered with nothing"),
        (sends(b'{"choices": [{"message": {"content": 7}}]}'), "answered with nothing"),
        (sends(b'{"choices": [{"message": {"content": " "}}]}'), "answered with nothing"),
        (sends(b'{"error": "no such model at http://10.0.0.1"}', 404), "knows no such model"),
        (sends(b"", 401), "does not accept the key"),
        (sends(b"", 403), "does not accept the key"),
        (sends(b"", 429), "had enough"),
        (sends(b"<script>", 500), "cannot answer at the moment (500)"),
        (leads("http://10.0.0.1/v1"), "does not follow"),
        (leads("/v1/elsewhere", 307), "does not follow"),
    ],
)
def test_what_goes_wrong_is_one_sentence(model: Model, act: Act, said: str) -> None:
    model.does(act)
    begun = time.monotonic()
    with pytest.raises(Trouble, match="Your own words are as they were") as caught:
        ask(model, by=quick(model))
    assert said in str(caught.value)
    assert "<script>" not in str(caught.value)
    assert time.monotonic() - begun < 1.5


def test_a_letter_is_not_handed_on(model: Model) -> None:
    model.does(leads(f"{model.address}/elsewhere", 308))
    with pytest.raises(Trouble):
        ask(model, "abc")
    assert [path for path, _ in model.asked] == [CHAT]


def test_nobody_there() -> None:
    gone = Model()
    gone.close()
    with pytest.raises(Trouble, match="No server answers at localhost"):
        ask(gone)


@pytest.mark.parametrize(
    ("address", "public", "private", "open_", "home", "here"),
    [
        ("http://localhost:11434/v1", "", False, False, False, True),
        ("http://192.168.1.9/v1", "", False, False, True, True),
        ("https://api.example/v1", "", False, True, True, True),
        ("https://api.example/v1", "https://keepwarm.example", False, True, False, False),
        ("http://api.example/v1", "https://keepwarm.example", False, False, False, False),
        ("http://localhost:11434/v1", "https://keepwarm.example", False, False, False, False),
        ("http://localhost:11434/v1", "https://keepwarm.example", True, False, False, True),
        ("https://box.lan/v1", "https://keepwarm.example", True, True, True, True),
    ],
)
def test_where_a_letter_may_go(
    settings: Any, address: str, public: str, private: bool, open_: bool, home: bool, here: bool
) -> None:
    settings.PUBLIC_URL, settings.PRIVATE_NETWORKS = public, private
    may = rewording.allowed(address)
    asked = ("93.184.215.14", "192.168.1.9", "127.0.0.1")
    assert tuple(may(ipaddress.ip_address(each)) for each in asked) == (open_, home, here)
    assert not may(ipaddress.ip_address("169.254.169.254"))


def test_a_name_that_leads_inside_is_not_asked(model: Model, settings: Any) -> None:
    settings.PUBLIC_URL = "https://keepwarm.example"
    by = Fetcher(rewording.allowed("https://api.example/v1"), resolve=names(api_example="127.0.0.1"))
    with pytest.raises(Trouble, match="not on the open internet"):
        rewording.said_otherwise(Endpoint(f"http://api.example:{model.port}/v1", "small"), REQUEST, by)
    assert model.asked == []


def test_a_name_that_answers_differently_the_second_time(model: Model) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    model.says("Hello")
    ask(model, by=Fetcher(local, resolve=lambda host, port: answers.pop(0)))
    assert answers == [["10.0.0.1"]]


@pytest.mark.parametrize(
    "address",
    ["ftp://localhost/v1", "http://", "http://ann:pw@localhost/v1", "https://x/v1?key=1", "http://[::1/v1", ""],
)
def test_what_is_no_address(address: str) -> None:
    assert rewording.unfit(address)


def test_a_list_of_models_that_is_none(model: Model) -> None:
    model.acts["/v1/models"] = sends(json.dumps({"data": [{"id": 3}, "x", {"id": "a\nb"}, {"id": "fine"}]}).encode())
    assert rewording.models(Endpoint(model.address, "")) == ["fine"]
