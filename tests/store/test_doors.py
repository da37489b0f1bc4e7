"""Doors: written down, put right, taken away and brought back; and what went before them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from keepwarm.models import Door, Person
from keepwarm.store import doors, touches
from keepwarm.store.doors import Said
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()
WORK = Said("work", "sent me the  harbour job", DAY - timedelta(days=2))


@pytest.fixture
def amara(cast: Cast) -> Person:
    return network(cast.home, 2)[0]


def said(who: Person, days: int, what: str = "neutral", **more: Any) -> None:
    facts = {"channel": "mail", "direction": "out", "balance": what} | more
    touches.log(who, None, NOW - timedelta(days=days), NOW, **facts)


def test_it_works(cast: Cast, amara: Person) -> None:
    door = doors.write(amara, cast.ada, WORK, NOW)
    assert [str(one.door) for one in doors.opened(cast.home, cast.ada, DAY - timedelta(days=30))] == [
        "work: sent me the harbour job"
    ]
    before = doors.change(door, Said("advice", "on the harbour", DAY))
    assert (door.kind, door.text, door.on) == ("advice", "on the harbour", DAY)
    doors.change(door, before)
    doors.remove(door, NOW)
    assert doors.of_person(amara, cast.ada) == []
    doors.bring_back(door)
    assert doors.of_person(amara, cast.ada) == [door]


def test_what_went_before_gives_first(cast: Cast, amara: Person) -> None:
    for days in (1, 20, 30, 60, 80, 90):  # the first comes after the door
        said(amara, days)
    said(amara, 200, "give")
    said(amara, 400, "give")
    said(amara, 10, "give", ambient=True)
    said(Person.objects.exclude(id=amara.id)[0], 15, "give")
    doors.write(amara, cast.ada, WORK, NOW)
    (opened,) = doors.opened(cast.home, cast.ada, DAY - timedelta(days=30))
    assert [(DAY - touch.at.date()).days for touch in opened.before] == [200, 20, 30, 60]


def test_the_newest_first_and_none_before(cast: Cast, amara: Person) -> None:
    for days in (5, 3, 400):
        doors.write(amara, cast.ada, WORK._replace(on=DAY - timedelta(days=days)), NOW)
    found = doors.opened(cast.home, cast.ada, DAY - timedelta(days=365))
    assert [(DAY - one.door.on).days for one in found] == [3, 5]


def test_as_many_queries_for_many(cast: Cast, amara: Person, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        doors.write(amara, cast.ada, WORK, NOW)
    with django_assert_num_queries(2):
        doors.opened(cast.home, cast.ada, DAY - timedelta(days=30))


def test_a_private_one_is_its_authors(cast: Cast, amara: Person) -> None:
    doors.write(amara, cast.ada, WORK, NOW, private=True)
    assert [len(doors.opened(cast.home, who, DAY - timedelta(days=30))) for who in (cast.ada, cast.ben)] == [1, 0]
    assert doors.opened(cast.away, cast.cleo, DAY - timedelta(days=30)) == []


def test_a_person_who_is_forgotten_takes_them_along(cast: Cast, amara: Person) -> None:
    doors.write(amara, cast.ada, WORK, NOW)
    amara.delete()
    assert not Door.objects.exists()
