"""What is done to many people at once: the same for three as for all, and put back to the letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.models import Action, Fact, Person, SearchText, Space
from keepwarm.store import circles, edits, many, people
from tests.build import bring_in, card, found, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
DEEDS: dict[str, Callable[[Space, list[UUID]], Action]] = {
    "circle": lambda space, ids: many.to_circle(space, None, ids, circles.of(space)[0], LATER),
    "relation": lambda space, ids: many.relate(space, None, ids, " client ", LATER),
    "rest": lambda space, ids: many.rest(space, None, ids, LATER.date(), 4, LATER),
    "trash": lambda space, ids: many.trash(space, None, ids, LATER),
    "tag": lambda space, ids: many.tag(space, None, ids, "Choir", LATER),
    "untag": lambda space, ids: many.untag(space, None, ids, "tea", LATER),
}
deeds = pytest.mark.parametrize("deed", DEEDS.values(), ids=list(DEEDS))


def everything() -> tuple[Any, ...]:
    """All that a deed may change, with where it stands."""
    facts = Fact.objects.order_by("person", "field", "value", "source", "label", "seen_at")
    return (
        list(Person.objects.order_by("id").values()),
        list(facts.values_list("person", "field", "value", "source", "label", "ended_at")),
        {text.person_id: set(f"{text.names} {text.rest}".split()) for text in SearchText.objects.all()},
    )


def tagged(cast: Cast) -> list[UUID]:
    """Four people, of whom two have a tag from a file and one of them another relation and circle."""
    friends = network(cast.home, 2)
    lines = ("CATEGORIES:tea", "EMAIL:{}@example.com")
    bring_in(cast.home, *[card(f"Ann {n}", *(line.format(n) for line in lines), uid=f"t{n}") for n in ("Lee", "Ray")])
    lee = person(cast.home, "Ann Lee")
    edits.edit(lee, {"relation": "friend", "circle_id": str(circles.of(cast.home)[1].id)}, lee.version, NOW)
    return [
        *(friend.id for friend in friends),
        *Person.objects.filter(name__startswith="Ann").values_list("id", flat=True),
    ]


def test_it_works(cast: Cast) -> None:
    ids = tagged(cast)
    before = dict(Person.objects.values_list("id", "standing"))
    many.relate(cast.home, cast.ada, ids, " client ", NOW)
    assert set(Person.objects.values_list("relation", flat=True)) == {"client"}
    assert set(found(cast.home, "client")) == set(ids)
    assert person(cast.home, "Ann Lee").id not in found(cast.home, "friend")
    for who in Person.objects.all():
        assert who.standing > before[who.id]
        people.show_again([who.id.hex])
        assert Person.objects.get(id=who.id).standing == who.standing


@deeds
def test_undo_puts_everything_back(cast: Cast, deed: Callable[[Space, list[UUID]], Action]) -> None:
    ids = tagged(cast)
    before = everything()
    action = deed(cast.home, ids)
    assert everything() != before
    assert many.undo(action, LATER) == len(action.before["people"])
    assert everything() == before
    assert many.undo(action, LATER) == 0


def test_a_tag_given_and_taken(cast: Cast) -> None:
    ids = tagged(cast)
    assert len(many.tag(cast.home, None, ids, "Tea", NOW).before["people"]) == 2
    assert set(found(cast.home, "tea")) == set(ids)
    many.untag(cast.home, None, ids, "TEA", LATER)
    assert found(cast.home, "tea") == []
    assert len(many.tag(cast.home, None, ids, "tea", LATER).before["people"]) == 4
    assert set(found(cast.home, "tea")) == set(ids)


@deeds
def test_nobody_of_another_space_nor_of_the_trash(cast: Cast, deed: Callable[[Space, list[UUID]], Action]) -> None:
    ids = tagged(cast)
    assert deed(cast.away, ids).before["people"] == []
    people.to_trash(ids, NOW)
    assert deed(cast.home, ids).before["people"] == []


@deeds
def test_it_takes_no_more_queries_for_more_people(
    cast: Cast, deed: Callable[[Space, list[UUID]], Action], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty thousand at once must not hold the database: what grows is written for each person by one statement."""
    monkeypatch.setattr(many, "AT_ONCE", 0)
    counts = []
    for size in (4, 40):
        cards = [card(f"New {size} {n}", f"EMAIL:n{size}.{n}@example.com", "CATEGORIES:tea") for n in range(size)]
        bring_in(cast.home, *cards)
        ids = list(Person.objects.filter(name__startswith=f"New {size} ").values_list("id", flat=True))
        circles.of(cast.home)
        with CaptureQueriesContext(connection) as queries:
            action = deed(cast.home, ids)
            many.undo(action, LATER)
        assert len(action.before["people"]) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["relation", "tag", "untag"])
def test_the_words_of_very_many_wait_for_a_job(cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = tagged(cast)
    words = "tea" if name == "untag" else "client" if name == "relation" else "choir"
    held = found(cast.home, words)
    monkeypatch.setattr(many, "AT_ONCE", 1)
    action = DEEDS[name](cast.home, ids)
    assert many.has_words_due(action)
    assert found(cast.home, words) == held
    many.write_words(action)
    assert set(found(cast.home, words)) == (set() if name == "untag" else set(ids))
