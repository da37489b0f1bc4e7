"""Pages of the shelf over a real server: read, refused, hostile, hanging; each ends in words."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from keepwarm.core.shelf import Saved
from keepwarm.models import Item
from keepwarm.store import shelf
from keepwarm.sync import articles, aside
from keepwarm.sync.fetch import Fetcher
from tests.conftest import NOW, Cast
from tests.formats.test_article import FIRST, page
from tests.sync.site import Act, Site, leads, local, names, sends

pytestmark = pytest.mark.django_db
HTML = {"Content_Type": "text/html; charset=utf-8"}
BOMB = (
    b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "'
    + b"&a;" * 50
    + b'"><!ENTITY c "'
    + b"&b;" * 50
    + b'">]><html><head><title>Ha</title></head><body><p>&c;&c;&c;</p></body></html>'
)


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    served.acts["/"] = sends(page(), **HTML)
    yield served
    served.close()


@pytest.fixture
def item(cast: Cast, site: Site) -> Item:
    return shelf.save(cast.home, cast.ada, Saved(site.url()), NOW)[0]


def read(item: Item) -> Item:
    by = Fetcher(allowed=local, resolve=names(), limits=articles.USUAL)
    held = articles.read(item.id, by)
    assert held
    held.refresh_from_db()
    return held


def test_it_works(item: Item) -> None:
    held = read(item)
    assert (held.state, held.title, held.written_by, held.site) == (
        "read", "Hiring for curiosity", "Ines Valdemar", "Portico",
    )  # fmt: skip
    assert held.words.startswith(FIRST)
    assert str(held.published_on) == "2026-11-02"


def test_where_it_leads_is_read(item: Item, site: Site) -> None:
    site.acts["/"] = leads("/there")
    site.acts["/there"] = sends(page(), **HTML)
    assert read(item).state == "read"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (sends(b"%PDF-1.7"), "This is a PDF; its words cannot be read here."),
        (sends(b"x", Content_Type="application/pdf"), "This is a PDF"),
        (sends(b"\x89PNG", Content_Type="image/png"), "This is a picture, not a page"),
        (sends(b"PK", Content_Type="application/zip"), "This is a file, not a page"),
        (sends(b"<html><script src=x></script>", **HTML), "There are no words on this page"),
        (sends(b"no", 403), "does not let Keepwarm read this (403)"),
        (sends(b"no", 404), "has nothing at this address (404)"),
        (sends(b"<html>" + b" " * (6 * 2**20), **HTML), "sends more than 5 MB"),
        (leads("http://127.0.0.2/x"), "not on the open internet"),
    ],
)
def test_what_cannot_be_read_says_so(item: Item, site: Site, act: Act, said: str) -> None:
    site.acts["/"] = act
    held = read(item)
    assert held.state == "unreadable"
    assert said in held.trouble
    assert held.fix
    assert "by itself" not in held.fix  # nothing tries it again


def test_a_plain_text_is_read(item: Item, site: Site) -> None:
    site.acts["/"] = sends(b"Chairs\nThey decide how long people stay.", Content_Type="text/plain")
    assert (read(item).state, read(item).title) == ("read", "Chairs")


@pytest.mark.parametrize("hostile", [b"<div>" * 200_000, BOMB, b"<a " + b"b=c " * 100_000, b"<p>" + b"(" * 900_000])
def test_a_hostile_page_ends(item: Item, site: Site, hostile: bytes) -> None:
    site.acts["/"] = sends(hostile, **HTML)
    held = read(item)
    assert held.state in ("read", "unreadable")
    assert len(held.words) <= 40_000


def test_what_hangs_is_killed(item: Item) -> None:
    with mock.patch.object(articles, "SECONDS", 0.05):
        assert read(item).trouble == "This page is too large or too tangled to be read."


def test_aside_it_sees_no_secrets_of_this_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEPWARM_SECRET", "x")
    assert not [name for name in aside._little() if name.startswith("KEEPWARM")]


def test_a_fault_of_ours_is_said_too(item: Item) -> None:
    with mock.patch.object(aside, "read", side_effect=RuntimeError):
        assert read(item).trouble == "Something went wrong that should not have."


def test_gone_or_a_thought_there_is_nothing_to_read(cast: Cast, item: Item) -> None:
    thought = shelf.save(cast.home, cast.ada, Saved(note="Chairs."), NOW)[0]
    shelf.forget(item)
    assert articles.read(item.id) is None
    assert articles.read(thought.id) is None
