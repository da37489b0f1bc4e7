"""Feeds over a real server: found, read, unchanged, failing, too large, led elsewhere, broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from keepwarm.core.networks import Address, is_open
from keepwarm.models import Feed, Moment, Person
from keepwarm.store import feeds as store
from keepwarm.store import people, trash
from keepwarm.sync import feeds
from keepwarm.sync.fetch import Fetcher
from tests.build import Clock, bring_in, card, person
from tests.conftest import NOW, Cast
from tests.formats.test_feed import ITEM, RSS, rss
from tests.sync.site import Site, leads, local, names, sends

pytestmark = pytest.mark.django_db
RYE = ("Rye bread", "https://lena.example/rye", "1")
OATS = ("Oats", "https://lena.example/oats", "2")


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    served.acts["/"] = sends(rss(RYE), ETag='"one"', Last_Modified="Tue, 10 Nov 2026 08:00:00 GMT")
    yield served
    served.close()


@pytest.fixture
def by() -> Fetcher:
    return Fetcher(allowed=local, resolve=names(), limits=feeds.USUAL)


@pytest.fixture
def lena(cast: Cast) -> Person:
    bring_in(cast.home, card("Lena Fox", "EMAIL:lena@example.com"))
    return person(cast.home, "Lena Fox")


@pytest.fixture
def feed(lena: Person, site: Site) -> Feed:
    return store.add(lena, site.url(), "", NOW)


def read(feed: Feed, by: Fetcher, at: datetime = NOW) -> Feed:
    held = feeds.read(feed.id, Clock(at), by)
    assert held
    return held


def told() -> list[str]:
    return list(Moment.objects.open().order_by("found_at", "text").values_list("text", flat=True))


def test_it_works(feed: Feed, by: Fetcher, lena: Person) -> None:
    held = read(feed, by)
    assert (held.title, held.trouble, held.etag) == ("Lena bakes", "", '"one"')
    moment = Moment.objects.get()
    assert (moment.kind, moment.text, moment.url, moment.key) == ("published", *RYE)
    assert (moment.person, str(moment.on), moment.found_at) == (lena, "2026-11-10", NOW)
    assert held.next_at == NOW + store.EVERY


def test_only_what_is_new_is_told(feed: Feed, by: Fetcher, site: Site) -> None:
    read(feed, by)
    site.acts["/"] = sends(rss(OATS, RYE))
    read(feed, by)
    read(feed, by)
    assert told() == ["Oats", "Rye bread"]


def test_what_has_not_changed_is_not_sent(feed: Feed, by: Fetcher, site: Site) -> None:
    read(feed, by)
    site.acts["/"] = sends(b"", 304)
    held = read(feed, by, NOW + timedelta(days=1))
    _, asked = site.asked[-1]
    assert asked["If-None-Match"] == '"one"'
    assert asked["If-Modified-Since"] == "Tue, 10 Nov 2026 08:00:00 GMT"
    assert (held.etag, held.checked_at, held.trouble) == ('"one"', NOW + timedelta(days=1), "")
    assert told() == ["Rye bread"]


def test_a_server_that_fails_is_left_alone_longer_each_time(feed: Feed, by: Fetcher, site: Site) -> None:
    site.acts["/"] = sends(b"oh", 500)
    waits = []
    for _ in range(9):
        held = read(feed, by)
        waits.append(held.next_at - NOW if held.next_at else None)
    assert waits[:3] == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert waits[-1] == timedelta(days=7)
    assert "cannot answer at the moment (500)" in held.trouble
    site.acts["/"] = sends(rss(RYE))
    assert (read(feed, by).trouble, read(feed, by).failures) == ("", 0)


def test_ten_megabytes_are_refused(feed: Feed, by: Fetcher, site: Site) -> None:
    site.acts["/"] = sends(rss(RYE) + b" " * (10 * 2**20))
    assert "sends more than 5 MB" in read(feed, by).trouble
    assert told() == []


def test_led_to_this_machine_it_does_not_go(feed: Feed, site: Site) -> None:
    """As in production, where only the name of the feed is on the open internet."""
    site.acts["/"] = leads(f"http://127.0.0.1:{site.port}/secret")
    site.acts["/secret"] = sends(rss(RYE))
    only_name = Fetcher(allowed=_first_only(), resolve=names())
    assert "not on the open internet" in read(feed, only_name).trouble
    assert [path for path, _ in site.asked] == ["/"]
    assert told() == []


def _first_only() -> Callable[[Address], bool]:
    """Lets the first connection through, as if it went to the open internet; all others as they really are."""
    asked = iter((True,))
    return lambda address: next(asked, False) or is_open(address)


def test_in_production_an_address_of_this_machine_is_refused(lena: Person, site: Site) -> None:
    feed = store.add(lena, f"http://127.0.0.1:{site.port}/", "", NOW)
    held = feeds.read(feed.id, Clock())
    assert held
    assert "not on the open internet" in held.trouble
    assert site.asked == []


def test_broken_xml_is_said_and_costs_nothing(feed: Feed, by: Fetcher, site: Site) -> None:
    read(feed, by)
    site.acts["/"] = sends(b"<html>Moved house</html>")
    assert "not a feed any more" in read(feed, by).trouble
    assert told() == ["Rye bread"]
    site.acts["/"] = sends(rss(OATS, RYE)[:-20])
    assert read(feed, by).trouble == ""
    assert "Oats" in told()


def test_what_is_old_or_undated_at_first_is_no_news(feed: Feed, by: Fetcher, site: Site) -> None:
    old = ITEM.format(title="Old", link="https://l.example/o", id="o", day="Tue, 10 Mar 2026 08:00:00 GMT")
    undated = "<item><title>{}</title><guid>{}</guid></item>"
    site.acts["/"] = sends(RSS.format(items=old + undated.format("Undated", "u")).encode())
    read(feed, by)
    assert told() == []
    site.acts["/"] = sends(RSS.format(items=undated.format("Fresh", "f") + undated.format("Undated", "u")).encode())
    read(feed, by)
    assert told() == ["Fresh"]


def test_the_feed_of_a_page_is_found(site: Site, by: Fetcher) -> None:
    site.acts["/blog"] = sends(b'<link rel="alternate" type="application/rss+xml" href="/">')
    assert feeds.find(site.url("/blog"), by) == (site.url("/"), "Lena bakes")
    assert feeds.find(site.url("/"), by).url == site.url("/")
    site.acts["/none"] = sends(b"<p>hello</p>")
    with pytest.raises(feeds.Trouble) as trouble:
        feeds.find(site.url("/none"), by)
    assert trouble.value.message == "No feed was found at this address."


def test_due_each_to_one_asker_and_not_from_the_trash(feed: Feed, lena: Person) -> None:
    people.to_trash([lena.id], NOW)
    assert store.due(NOW) == []
    people.bring_back([lena.id])
    assert store.due(NOW) == [feed.id]
    assert store.due(NOW) == []
    assert store.due(NOW + store.EVERY) == [feed.id]


def test_gone_with_the_person(feed: Feed, by: Fetcher, lena: Person, cast: Cast) -> None:
    read(feed, by)
    people.to_trash([lena.id], NOW)
    trash.forget(cast.home, [lena.id])
    assert not Feed.objects.exists()
    assert feeds.read(feed.id, Clock(), by) is None
