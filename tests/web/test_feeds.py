"""Feeds on a person's page: followed, what came of them, trouble in words, followed no more."""

from __future__ import annotations

from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.formats.feed import Entry
from keepwarm.models import Feed, Person
from keepwarm.store import feeds as store
from keepwarm.sync import feeds
from keepwarm.sync.fetch import Fetcher
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.formats.test_feed import rss
from tests.sync.site import Site, local, names, sends
from tests.web.pages import act, words, work_off

pytestmark = pytest.mark.django_db
RYE = ("Rye bread", "https://lena.example/rye", "1")


@pytest.fixture
def lena(cast: Cast) -> Person:
    bring_in(cast.home, card("Lena Fox", "URL:https://lena.example/", "URL:https://www.linkedin.com/in/lena"))
    return person(cast.home, "Lena Fox")


def test_it_works(ada: Client, lena: Person) -> None:
    site = Site()
    site.acts["/"] = sends(rss(RYE))
    by = Fetcher(allowed=local, resolve=names())
    with mock.patch.object(feeds, "fetcher", return_value=by):
        told = act(ada, "feed_add", lena.id, url=site.url())
        assert "Followed: Lena bakes. What is new there comes up as a reason." in told
        work_off()
    site.close()
    page = ada.get(reverse("person", args=[lena.id])).content.decode()
    link = '<a href="https://lena.example/rye" target="_blank" rel="noopener noreferrer" dir="auto">Rye bread</a>'
    assert link in page


def test_their_own_pages_are_offered(ada: Client, lena: Person) -> None:
    page = words(ada.get(reverse("person", args=[lena.id])))
    assert "Follow lena.example" in page
    assert "Follow linkedin.com" not in page


def test_what_is_no_feed_is_said(ada: Client, lena: Person) -> None:
    told = act(ada, "feed_add", lena.id, url="http://127.0.0.1/feed")
    assert "not on the open internet" in told
    assert "Please give the address" in act(ada, "feed_add", lena.id, url=" ")
    assert not Feed.objects.exists()


def test_trouble_is_shown_where_the_feed_is(ada: Client, lena: Person) -> None:
    feed = store.add(lena, "https://lena.example/feed", "Lena bakes", NOW)
    store.give_way(feed, "lena.example cannot answer at the moment (500).", "It is tried again by itself.", NOW)
    page = words(ada.get(reverse("person", args=[lena.id])))
    assert "lena.example cannot answer at the moment (500). It is tried again by itself. Look now" in page


def test_followed_no_more_and_undo(ada: Client, lena: Person) -> None:
    feed = store.add(lena, "https://lena.example/feed", "Lena bakes", NOW)
    store.keep(feed, [Entry("1", "Rye bread", "", NOW.date())], NOW)
    told = act(ada, "feed_remove", feed.id)
    assert "Not followed any more." in told
    assert "Rye bread" in told
    ada.post(reverse("feed_back", args=[lena.id]) + "?url=https://lena.example/feed&title=Lena%20bakes")
    assert Feed.objects.get().title == "Lena bakes"


def test_cleo_cannot_reach_it(cleo: Client, lena: Person) -> None:
    feed = store.add(lena, "https://lena.example/feed", "", NOW)
    for name, id in (("feed_remove", feed.id), ("feed_read", feed.id), ("feed_add", lena.id), ("feed_back", lena.id)):
        assert cleo.post(reverse(name, args=[id]), {"url": "https://lena.example/x"}).status_code == 404
    assert Feed.objects.count() == 1
