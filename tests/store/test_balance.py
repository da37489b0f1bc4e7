"""Give and ask between two people, counted from the rows; private ones for their author alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from keepwarm.core.balance import Balance
from keepwarm.models import Person, Touch, User
from keepwarm.store import balance, doors, touches
from keepwarm.store.doors import Said
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()


@pytest.fixture
def amara(cast: Cast) -> Person:
    bring_in(cast.home, card("Amara Nwosu", "EMAIL:amara@example.com", uid="a"))
    return person(cast.home, "Amara Nwosu")


def said(who: Person, by: User | None, what: str, days: int = 3, **more: Any) -> Touch:
    facts = {"channel": "mail", "direction": "out", "balance": what} | more
    return touches.log(who, by, NOW - timedelta(days=days), NOW, **facts)


def test_it_works(cast: Cast, amara: Person) -> None:
    assert balance.little_given(amara, cast.ada, DAY)
    said(amara, cast.ada, "give")
    said(amara, cast.ada, "ask")
    said(amara, cast.ada, "neutral", direction="in", kind="endorsement")
    doors.write(amara, cast.ada, Said("work", "sent me a job", DAY), NOW)
    assert balance.of(amara, cast.ada, DAY) == Balance(1, 1, 2, DAY - timedelta(days=3))
    assert not balance.little_given(amara, cast.ada, DAY)


def test_what_went_to_many_or_was_deleted_does_not_count(cast: Cast, amara: Person) -> None:
    said(amara, cast.ada, "give", ambient=True)
    touches.delete(said(amara, cast.ada, "give"), cast.ada, NOW)
    assert balance.of(amara, cast.ada, DAY).is_empty


def test_a_private_one_is_its_authors(cast: Cast, amara: Person) -> None:
    said(amara, cast.ada, "give", private=True)
    assert balance.of(amara, cast.ada, DAY).gave == 1
    assert balance.of(amara, cast.ben, DAY).gave == 0


def test_put_right_in_a_click(cast: Cast, amara: Person) -> None:
    touch = said(amara, cast.ada, "give")
    touches.edit(touch, cast.ada, NOW, balance="ask")
    assert balance.of(amara, cast.ada, DAY)[:2] == (0, 1)
