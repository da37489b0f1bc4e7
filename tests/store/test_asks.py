"""Asks: planned, asked, settled, taken back; and the one of which Keepwarm asks what became of it, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.models import Ask, Person, Touch
from keepwarm.store import asks, balance, first_gives, touches
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()
MONDAY = DAY - timedelta(days=DAY.weekday())


@pytest.fixture
def amara(cast: Cast) -> Person:
    return network(cast.home, 1)[0]


def planned(cast: Cast, who: Person, text: str = "An introduction") -> Ask:
    return asks.plan(who, cast.ada, text, NOW - timedelta(days=30))


def asked(cast: Cast, who: Person, days: int, text: str = "An introduction") -> Ask:
    ask = planned(cast, who, text)
    asks.asked(ask, cast.ada, "mail", NOW - timedelta(days=days))
    return ask


def test_it_works(cast: Cast, amara: Person) -> None:
    ask = planned(cast, amara)
    assert balance.of(amara, cast.ada, DAY).asked == 0
    touch = asks.asked(ask, cast.ada, "mail", NOW)
    assert touch
    assert (touch.balance, touch.line) == ("ask", "An introduction")
    assert balance.of(amara, cast.ada, DAY).asked == 1
    asks.settle(ask, "yes", NOW)
    assert balance.of(amara, cast.ada, DAY).asked == 1
    assert not asks.in_view(cast.home, cast.ada)
    assert asks.without_door(amara, cast.ada, NOW) == [ask]
    asks.put_back(ask, "", None)
    assert list(asks.in_view(cast.home, cast.ada)) == [ask]


def test_taken_back_it_is_planned_again(cast: Cast, amara: Person) -> None:
    ask = asked(cast, amara, 0)
    touches.forget(Touch.objects.get(), NOW)
    ask.refresh_from_db()
    assert ask.touch is None


def test_answered_without_a_touch_it_was_asked_all_the_same(cast: Cast, amara: Person) -> None:
    asks.settle(planned(cast, amara), "no", NOW)
    asks.settle(planned(cast, amara), "dropped", NOW)
    assert balance.of(amara, cast.ada, DAY).asked == 1


def test_two_clicks_ask_once(cast: Cast, amara: Person) -> None:
    ask = planned(cast, amara)
    as_it_was = Ask.objects.get()
    assert asks.asked(ask, cast.ada, "mail", NOW)
    assert asks.asked(as_it_was, cast.ada, "mail", NOW) is None
    assert Touch.objects.count() == 1


def test_asked_about_once(cast: Cast, amara: Person) -> None:
    asked(cast, amara, 2)
    old = asked(cast, amara, 25)
    assert asks.to_ask_about(cast.home, cast.ada, MONDAY) == old
    asks.asked_about(old, DAY)
    assert asks.to_ask_about(cast.home, cast.ada, MONDAY) == old
    assert asks.to_ask_about(cast.home, cast.ada, MONDAY + timedelta(days=7)) is None


def test_the_owner_does_not_know_yet(cast: Cast, amara: Person) -> None:
    old = asked(cast, amara, 25)
    asks.ask_no_more(old, MONDAY)
    assert asks.to_ask_about(cast.home, cast.ada, MONDAY) is None


def test_each_has_their_own_and_private_ones_are_their_authors(cast: Cast, amara: Person) -> None:
    planned(cast, amara)
    asks.plan(amara, cast.ada, "A secret", NOW, private=True)
    assert not asks.in_view(cast.home, cast.ben)
    assert [ask.text for ask in asks.of_person(amara, cast.ben)] == ["An introduction"]
    assert not asks.in_view(cast.away, cast.cleo)


def test_three_gives_a_small_word_last(cast: Cast, amara: Person) -> None:
    found = first_gives.for_person(amara, cast.ada, DAY)
    assert [give.kind for give in found] == ["share", "hello"]
