"""Into the trash and back: nothing of a person is lost on the way."""

from __future__ import annotations

import pytest

from keepwarm.models import Person
from keepwarm.store import people, touches
from tests.build import bring_in, card, found, here, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


def test_it_works(cast: Cast) -> None:
    network(cast.home, 3)
    gone = person(cast.home, "Friend1 Number1")
    assert people.to_trash([gone.id], NOW) == 1
    assert here(cast.home) == ["Friend0 Number0", "Friend2 Number2"]
    assert people.bring_back([gone.id]) == 1
    assert len(here(cast.home)) == 3


def test_many_at_once(cast: Cast) -> None:
    ids = [who.id for who in network(cast.home, 5)]
    assert people.to_trash(ids[:4], NOW) == 4
    assert people.to_trash(ids, NOW) == 1
    assert people.bring_back(ids) == 5


def test_everything_comes_back(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    touches.log(friend, cast.ada, NOW, NOW, channel="mail", direction="out")
    people.add_note(friend, cast.ada, "likes tea", NOW)
    before = Person.objects.values().get()
    people.to_trash([friend.id], NOW)
    people.bring_back([friend.id])
    assert Person.objects.values().get() == before
    assert (friend.touches.count(), friend.notes.count()) == (1, 1)


def test_in_the_trash_nobody_is_found(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    people.to_trash([friend.id], NOW)
    assert found(cast.home, "friend") == []


def test_a_file_does_not_bring_them_back(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    people.to_trash([friend.id], NOW)
    network(cast.home, 1)
    assert here(cast.home) == []


def test_someone_back_from_the_trash_is_told_of_again(cast: Cast) -> None:
    ann = card("Ann Lee", "EMAIL:ann@example.com", "TITLE:Director", uid="a")
    bring_in(cast.home, ann)
    people.to_trash([person(cast.home, "Ann Lee").id], NOW)
    people.bring_back([person(cast.home, "Ann Lee").id])
    bring_in(cast.home, ann.replace("Director", "Chair"))
    assert person(cast.home, "Ann Lee").title == "Chair"
