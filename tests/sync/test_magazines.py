"""What is followed for the shelf: read as feeds of people are, proposed, kept, passed over, fallen out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from keepwarm.core.shelf import Saved
from keepwarm.formats.feed import Entry
from keepwarm.models import Arrival, Item, Magazine, Moment, Share
from keepwarm.store import feeds, magazines, shelf
from keepwarm.sync import feeds as reading
from keepwarm.sync.fetch import Fetcher
from tests.build import Clock, bring_in, card, person
from tests.conftest import NOW, Cast
from tests.formats.test_feed import rss
from tests.sync.site import Site, local, names, sends

pytestmark = pytest.mark.django_db
RYE = ("Rye bread", "https://lena.example/rye", "1")
DAY = NOW.date()


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    served.acts["/"] = sends(rss(RYE))
    yield served
    served.close()


@pytest.fixture
def magazine(cast: Cast, site: Site) -> Magazine:
    return magazines.follow(cast.home, site.url(), "", NOW)


def entry(n: int, days: int = 0) -> Entry:
    return Entry(f"k{n}", f"Title {n}", f"https://p.example/{n}", DAY - timedelta(days=days))


def titles(cast: Cast) -> list[str]:
    return [one.title for one in magazines.arrived(cast.home, DAY)]


def test_it_works(cast: Cast, magazine: Magazine) -> None:
    by = Fetcher(allowed=local, resolve=names(), limits=reading.USUAL)
    held = reading.read_magazine(magazine.id, Clock(), by)
    assert held
    assert (held.title, held.trouble, held.next_at) == ("Lena bakes", "", NOW + feeds.EVERY)
    assert titles(cast) == ["Rye bread"]
    assert not Moment.objects.exists()
    item, new = magazines.keep(Arrival.objects.get(), cast.ada, NOW)
    assert (new, item.title, item.site, item.source) == (True, "Rye bread", "Lena bakes", "feed")
    assert titles(cast) == []
    reading.read_magazine(magazine.id, Clock(), by)
    assert titles(cast) == []


def test_a_server_that_fails_is_left_alone_longer(magazine: Magazine, site: Site) -> None:
    site.acts["/"] = sends(b"oh", 500)
    by = Fetcher(allowed=local, resolve=names(), limits=reading.USUAL)
    held = reading.read_magazine(magazine.id, Clock(), by)
    assert held
    assert (held.failures, "(500)" in held.trouble) == (1, True)


def test_few_are_in_view_the_newest_first_and_old_ones_fall_out(cast: Cast, magazine: Magazine) -> None:
    magazines.arrive(magazine, [entry(n, days=n) for n in range(40)], NOW)
    assert titles(cast) == [f"Title {n}" for n in range(10)]
    later = NOW + timedelta(days=31)
    magazines.arrive(magazine, [], later)
    assert not Arrival.objects.exists()


def test_passed_over_and_back(cast: Cast, magazine: Magazine) -> None:
    magazines.arrive(magazine, [entry(1)], NOW)
    one = Arrival.objects.get()
    magazines.pass_over(one, NOW)
    assert titles(cast) == []
    magazines.put_back(one)
    assert titles(cast) == ["Title 1"]


def test_what_is_on_the_shelf_already_is_not_proposed(cast: Cast, magazine: Magazine) -> None:
    shelf.save(cast.home, cast.ada, Saved("https://www.p.example/1/"), NOW)
    magazines.arrive(magazine, [entry(1), entry(2)], NOW)
    assert titles(cast) == ["Title 2"]


def test_due_each_to_one_asker(cast: Cast, magazine: Magazine) -> None:
    assert magazines.due(NOW, cast.home) == [magazine.id]
    assert magazines.due(NOW, cast.home) == []


def test_left_its_news_go_and_what_was_kept_stays(cast: Cast, magazine: Magazine) -> None:
    magazines.arrive(magazine, [entry(1), entry(2)], NOW)
    magazines.keep(magazines.arrived(cast.home, DAY)[0], cast.ada, NOW)
    magazines.leave(magazine)
    assert (Arrival.objects.count(), Item.objects.count()) == (0, 1)


@pytest.mark.parametrize("shelf_first", [True, False])
def test_nobody_is_given_what_they_have_published(cast: Cast, shelf_first: bool) -> None:
    bring_in(cast.home, card("Lena Fox", "EMAIL:lena@example.com"))
    lena = person(cast.home, "Lena Fox")
    feed = feeds.add(lena, "https://p.example/feed", "", NOW)
    if not shelf_first:
        feeds.keep(feed, [entry(1)], NOW)
    item = shelf.save(cast.home, cast.ada, Saved("https://p.example/1?utm_source=x"), NOW)[0]
    if shelf_first:
        feeds.keep(feed, [entry(1)], NOW)
    share = Share.objects.get()
    assert (share.item, share.person, share.given_at) == (item, lena, None)
