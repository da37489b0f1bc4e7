"""A page and a batch ask the database as often for twice the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keepwarm.core.shelf import Saved
from keepwarm.models import Membership, Person, Pick, User
from keepwarm.store import asks, doors, interests, introductions, moments, needs, people, shelf, touches
from tests.build import bring_in, card, connections, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
SOME, TWICE = 100, 200  # both within one batch


def queries(step: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        step()
    return len(asked)


def opened(browser: Client, url: str) -> int:
    """The queries of a page that is there."""
    answers = []
    asked = queries(lambda: answers.append(browser.get(url)))
    assert answers[0].status_code == 200
    return asked


def cards(count: int, *lines: str) -> list[str]:
    return [card(f"Friend{n} Number{n}", f"EMAIL:f{n}@example.com", *lines, uid=f"f{n}") for n in range(count)]


def rows(count: int) -> dict[str, str]:
    """LinkedIn's word on the same people."""
    return {
        "Connections.csv": connections(
            *[
                f"Friend{n},Number{n},https://www.linkedin.com/in/f{n},f{n}@example.com,Acme,CEO,07 Jun 2021"
                for n in range(count)
            ]
        )
    }


# Pages


def first_of_the_day(ada: Client, cast: Cast, count: int) -> int:
    network(cast.home, count)
    Membership.objects.update(days="0123456")  # whatever day the test runs on
    Pick.objects.all().delete()
    Person.objects.update(suggestions=0, suggested_on=None)
    asked = opened(ada, reverse("today"))
    assert Pick.objects.count() == 3
    return asked


def test_today_when_chosen(cast: Cast, ada: Client) -> None:
    assert first_of_the_day(ada, cast, 12) == first_of_the_day(ada, cast, 24)


def test_today_as_stored(cast: Cast, ada: Client) -> None:
    first_of_the_day(ada, cast, 12)
    before = opened(ada, reverse("today"))
    network(cast.home, 24)
    assert opened(ada, reverse("today")) == before


def test_a_person(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, *cards(2, "ORG:Acme"))
    friend = person(cast.home, "Friend0 Number0")
    live(friend.id, cast.ada, 1)
    before = opened(ada, reverse("person", args=[friend.id]))
    bring_in(cast.home, *cards(4, "TEL:+44 7700 900142", "ORG:Zenith", "NOTE:Likes tea"), at=NOW + timedelta(days=1))
    live(friend.id, cast.ada, 5)
    assert opened(ada, reverse("person", args=[friend.id])) == before


def test_giving_asks_and_introductions(cast: Cast, ada: Client) -> None:
    friends = network(cast.home, 24)
    pages = ["/give", "/shelf", "/asks", "/insights", "/introductions", "/moments", f"/people/{friends[0].id}"]
    given_to(friends[:6], cast)
    before = {page: opened(ada, page) for page in pages}
    given_to(friends[6:12], cast)
    assert {page: opened(ada, page) for page in pages} == before


def given_to(friends: list[Person], cast: Cast) -> None:
    """Each is given something, asked, has opened a door, needs something, has news and is to meet the first."""
    first, day = Person.objects.of(cast.home).order_by("-name")[0], NOW.date()
    for friend in friends:
        item, _ = shelf.save(cast.home, cast.ada, Saved(note=f"Beekeeping, says {friend.name}"), NOW)
        shelf.give(item, friend, cast.ada, NOW, channel="mail")
        shelf.save(cast.home, cast.ada, Saved(note=f"Harbours, says {friend.name}"), NOW)
        asks.plan(friend, cast.ada, "An introduction", NOW)
        asks.settle(ask := asks.plan(friend, cast.ada, "A job", NOW), "yes", NOW)
        doors.write(friend, cast.ada, doors.Said("work", "A job", day), NOW, ask=ask)
        needs.keep(friend, cast.ada, needs.Said("need", f"a designer for {friend.name}"), NOW)
        moments.note(friend, "other", "won a prize", day, NOW)
        introductions.begin(friend, first, cast.ada, NOW)
    interests.index_missing(cast.home)


@pytest.mark.parametrize("url", ["/lost-touch", "/lost-touch?kind=unknown", "/today/why?q=Friend0+Number0"])
def test_lost_touch_and_why_not(cast: Cast, ada: Client, url: str) -> None:
    for friend in network(cast.home, 6)[:3]:
        live_long_ago(friend, cast.ada)
    before = opened(ada, url)
    for friend in network(cast.home, 12)[::2]:
        live_long_ago(friend, cast.ada)
    assert opened(ada, url) == before


def live_long_ago(friend: Person, author: User) -> None:
    for days, direction in ((202, "out"), (200, "in")):
        touches.log(friend, author, NOW - timedelta(days=days), NOW, channel="mail", direction=direction)


def live(id: UUID, author: User, times: int) -> None:
    """So many notes and talks."""
    friend = Person.objects.get(id=id)
    for n in range(times):
        people.add_note(friend, author, "Likes tea", NOW)
        touches.log(friend, author, NOW - timedelta(days=n), NOW, channel="call", direction="both")


def test_the_list_of_imports(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, *cards(2))
    before = opened(ada, reverse("import"))
    for _ in range(4):
        bring_in(cast.home, *cards(2))
    assert opened(ada, reverse("import")) == before


# Imports: one batch


def test_new_people(cast: Cast) -> None:
    assert queries(lambda: bring_in(cast.home, *cards(SOME))) == queries(lambda: bring_in(cast.away, *cards(TWICE)))


def test_the_same_again(cast: Cast) -> None:
    bring_in(cast.home, *cards(SOME)), bring_in(cast.away, *cards(TWICE))
    assert queries(lambda: bring_in(cast.home, *cards(SOME))) == queries(lambda: bring_in(cast.away, *cards(TWICE)))


def test_people_with_news(cast: Cast) -> None:
    later = NOW + timedelta(days=1)
    bring_in(cast.home, *cards(SOME)), bring_in(cast.away, *cards(TWICE))
    some = queries(lambda: bring_in(cast.home, *cards(SOME, "ORG:Acme"), at=later))
    assert some == queries(lambda: bring_in(cast.away, *cards(TWICE, "ORG:Acme"), at=later))


def test_another_source_of_the_same_people(cast: Cast) -> None:
    bring_in(cast.home, *cards(SOME)), bring_in(cast.away, *cards(TWICE))
    some = queries(lambda: bring_in(cast.home, **rows(SOME)))
    assert some == queries(lambda: bring_in(cast.away, **rows(TWICE)))
