"""Insights on record: whose touches count, in whole days and weeks of the user's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keepwarm.core import warm_year
from keepwarm.core.reconnect import factors
from keepwarm.models import Door, Membership, Person, Summary, User
from keepwarm.store import edits, insights, people, touches
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
FIRST = date(2026, 8, 24)  # of twelve weeks; the twelfth is that of NOW
LONG_AGO = NOW - timedelta(days=400)


def write(who: Person, user: User | None, at: datetime = NOW, **facts: Any) -> None:
    touches.log(who, user, at, at, **({"channel": "mail", "direction": "out"} | facts))


def this_week(cast: Cast, user: User | None) -> tuple[int, int]:
    """Looked after and new."""
    _, nurtured, new = insights.weeks(cast.home, user, FIRST)[-1]
    return nurtured, new


def test_it_works(cast: Cast) -> None:
    known, unheard, fresh, heard, *_ = network(cast.home)
    Person.objects.update(made_at=LONG_AGO)
    write(known, cast.ada, LONG_AGO)
    write(known, cast.ada), write(known, cast.ada)  # once a week
    write(unheard, cast.ada)  # long in the address book
    Person.objects.filter(id=fresh.id).update(made_by=None, made_at=NOW)
    write(fresh, cast.ada)
    write(heard, cast.ada, LONG_AGO)
    write(heard, cast.ada, direction="in")  # nobody looked after them
    edits.add(cast.home, cast.ada, "Zoe Hand", NOW)
    assert this_week(cast, cast.ada) == (2, 2)
    assert [tuple(week)[1:] for week in insights.weeks(cast.home, cast.ada, FIRST)[:-1]] == [(0, 0)] * 11


def test_each_has_their_own_week_and_nobody_sees_what_is_private(cast: Cast) -> None:
    for friend in network(cast.home)[:3]:
        write(friend, cast.ben, LONG_AGO, direction="in")
        write(friend, cast.ben, private=True)
    assert this_week(cast, cast.ben) == (3, 0)
    assert this_week(cast, cast.ada) == (0, 0)
    assert insights.days(cast.home, cast.ada, FIRST, TODAY) == {}
    assert insights.reach(cast.home, cast.ben, TODAY)[:2] == (3, 12)
    assert insights.reach(cast.home, cast.ada, TODAY)[:2] == (0, 12)
    assert insights.reach(cast.away, cast.cleo, TODAY) == (0, 0, 0)


def test_a_day_ends_at_midnight_of_ones_own(cast: Cast) -> None:
    """Half past eleven in London is half past eight in the morning in Tokyo."""
    friend, *_ = network(cast.home)
    write(friend, cast.ada, datetime(2026, 11, 8, 23, 30, tzinfo=UTC), balance="give")
    write(friend, cast.ada, datetime(2026, 11, 8, 23, 40, tzinfo=UTC), balance="ask")
    assert insights.days(cast.home, cast.ada, FIRST, TODAY) == {date(2026, 11, 8): (1, 1, 1)}
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert insights.days(cast.home, cast.ada, FIRST, TODAY) == {date(2026, 11, 9): (1, 1, 1)}


def test_the_trash_and_organisations_are_no_people(cast: Cast) -> None:
    one, other, *_ = network(cast.home)
    for who in (one, other):
        write(who, cast.ada)
    people.to_trash([one.id], NOW)
    Person.objects.filter(id=other.id).update(is_organisation=True)
    assert insights.reach(cast.home, cast.ada, TODAY) == (0, 10, 0)
    assert insights.days(cast.home, cast.ada, FIRST, TODAY) == {}


def test_warmth_is_that_of_the_rings(cast: Cast) -> None:
    for place, friend in enumerate(network(cast.home)[:5]):
        for days in (30 + 90 * place, 60 + 100 * place, 500):
            write(friend, cast.ada, NOW - timedelta(days=days))
    year = insights.warmth(cast.home, TODAY)
    assert year
    rings = [people.warmth(person, TODAY) for person in Person.objects.select_related("summary", "circle")]
    told = [factors.warmth_word(ring) for ring in rings if ring is not None]
    assert year.counts[-1] == tuple(told.count(word) for word in warm_year.WORDS)


def test_warmth_of_too_many_is_left_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    friend, *_ = network(cast.home)
    write(friend, cast.ada)
    monkeypatch.setattr(insights, "MOST", 0)
    assert insights.warmth(cast.home, TODAY) is None


def test_doors_know_what_went_before(cast: Cast) -> None:
    friend, *_ = network(cast.home)
    for days, facts in ((9, {"kind": "saw_this"}), (8, {"channel": "call", "direction": "both"}), (1, {}), (700, {})):
        write(friend, cast.ada, NOW - timedelta(days=days), **facts)
    for private, author in ((False, cast.ada), (True, cast.ben)):
        Door.objects.create(
            space=cast.home, person=friend, author=author, private=private, kind="work", text="sent me a client",
            on=TODAY - timedelta(days=5), made_at=NOW,
        )  # fmt: skip
    (opened,) = insights.opened(cast.home, cast.ada, FIRST)
    assert (opened.before.shared, opened.before.talked, opened.before.wrote) == (1, 1, 0)
    assert insights.opened(cast.away, cast.cleo, FIRST) == []


def test_as_many_questions_for_twice_the_people(cast: Cast) -> None:
    member = Membership.objects.select_related("space", "user").get(user=cast.ada)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            insights.weeks(cast.home, cast.ada, FIRST)
            insights.days(cast.home, cast.ada, FIRST, TODAY)
            insights.warmth(cast.home, TODAY)
            insights.worked(member, TODAY)
        return len(queries)

    friends = network(cast.home)
    for friend in friends[:4]:
        write(friend, cast.ada, kind="hello")
    before = asked()
    for friend in friends:
        write(friend, cast.ada, kind="thread")
    assert asked() == before
    assert Summary.objects.count() == 12
