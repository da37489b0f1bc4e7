from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.models import Fact, Interest, Item, Person, Sense, Share, Space
from keepwarm.store import interests, matching, merge, people, senses, touches
from tests.build import bring_in, card, network, person
from tests.conftest import NOW, Cast

DAY = date(2026, 11, 12)


def item(space: Space, title: str, **facts: Any) -> Item:
    key = facts.pop("key", title)[:64]
    return Item.objects.create(space=space, title=title, key=key, source="page", made_at=NOW, **facts)


@pytest.fixture
def home(cast: Cast) -> Space:
    bring_in(
        cast.home,
        card("Lea Rose", "ORG:Corrib", "TITLE:Head of Hiring", "EMAIL:lea@example.com", uid="1"),
        card("Omar Haddad", "NOTE:Looking for two analysts who know wind farms", "EMAIL:o@example.com", uid="2"),
        card("Tess Lang", "CATEGORIES:Beekeeping", "EMAIL:t@example.com", "ADR:;;;Reading;;;", uid="3"),
        card("Paris Vance", "TITLE:Director", "EMAIL:p@example.com", uid="4"),
    )
    interests.index_missing(cast.home)
    return cast.home


def names(found: list[matching.Match]) -> list[str]:
    return [Person.objects.get(id=match.person).name for match in found]


def test_it_works(cast: Cast, home: Space) -> None:
    """Each by a fact of another kind, and the shared words as they are written there."""
    hiring = matching.for_item(item(home, "What good hiring looks like"), cast.ada, DAY)
    assert [(match.why, match.words) for match in hiring] == [("Head of Hiring at Corrib", ("Hiring",))]
    wind = matching.for_item(item(home, "A wind farm off the coast trains analysts"), cast.ada, DAY)
    assert [(match.why, match.words) for match in wind] == [
        ("Note: Looking for two analysts who know wind farms", ("analysts", "wind", "farms"))
    ]
    bees = matching.for_item(item(home, "Beekeeping in small gardens"), cast.ada, DAY)
    assert [match.why for match in bees] == ["Tag: Beekeeping"]


def test_the_other_way_round(cast: Cast, home: Space) -> None:
    wanted = item(home, "Beekeeping in small gardens")
    item(home, "Wind farms at sea")
    interests.index_missing(home)
    found = matching.for_person(person(home, "Tess Lang"), cast.ada, DAY)
    assert [(suits.item, suits.why, suits.place) for suits in found] == [(wanted.id, "Tag: Beekeeping", "tag")]
    there = matching.for_item(wanted, cast.ada, DAY)[0]
    assert there.words == found[0].words
    assert there.score == pytest.approx(found[0].score, rel=0.01)  # a number of a vector is kept in a byte


@pytest.mark.parametrize(
    "title", ["Rose gardens", "Reading for pleasure", "Three days in Paris", "Directors on boards"]
)
def test_names_towns_and_ranks_tell_nothing(cast: Cast, home: Space, title: str) -> None:
    assert matching.for_item(item(home, title), cast.ada, DAY) == []


def test_someone_elses_people_are_out_of_reach(cast: Cast, home: Space) -> None:
    bring_in(cast.away, card("Cleo Friend", "CATEGORIES:Beekeeping"))
    interests.index_missing()
    assert names(matching.for_item(item(home, "Beekeeping"), cast.ada, DAY)) == ["Tess Lang"]


# In step


def test_what_is_noted_finds_and_what_goes_does_not(cast: Cast, home: Space) -> None:
    lea, about = person(home, "Lea Rose"), item(home, "Pottery for beginners")
    note = people.add_note(lea, cast.ada, "Has taken up pottery", NOW)
    assert [match.why for match in matching.for_item(about, cast.ada, DAY)] == ["Your note: Has taken up pottery"]
    assert [match.why for match in matching.for_item(about, cast.ben, DAY)] == ["Note: Has taken up pottery"]
    people.forget_note(note)
    assert matching.for_item(about, cast.ada, DAY) == []


def test_what_a_letter_was_about(cast: Cast, home: Space) -> None:
    omar, about = person(home, "Omar Haddad"), item(home, "Pottery for beginners")
    at = NOW - timedelta(days=240)
    touch = touches.log(omar, cast.ada, at, NOW, channel="mail", direction="in", context="Our pottery class")
    assert [match.why for match in matching.for_item(about, cast.ada, DAY)] == [
        "They wrote in March: “Our pottery class”"
    ]
    touches.forget(touch, NOW)
    assert matching.for_item(about, cast.ada, DAY) == []


def test_our_own_hello_tells_nothing_of_them(cast: Cast, home: Space) -> None:
    omar, about = person(home, "Omar Haddad"), item(home, "Pottery for beginners")
    touches.log(omar, cast.ada, NOW, NOW, channel="mail", direction="out", kind="thread", context="Pottery")
    assert matching.for_item(about, cast.ada, DAY) == []


def test_a_private_word_finds_for_its_author_alone(cast: Cast, home: Space) -> None:
    lea, about = person(home, "Lea Rose"), item(home, "Pottery for beginners")
    interests.index_items([about.id])
    people.add_note(lea, cast.ada, "Has taken up pottery", NOW, private=True)
    assert names(matching.for_item(about, cast.ada, DAY)) == ["Lea Rose"]
    assert matching.for_item(about, cast.ben, DAY) == matching.for_item(about, None, DAY) == []
    assert len(matching.for_person(lea, cast.ada, DAY)) == 1
    assert matching.for_person(lea, cast.ben, DAY) == []


def test_a_private_item_suits_nobody_for_others(cast: Cast, home: Space) -> None:
    interests.index_items([item(home, "Beekeeping", private=True, author=cast.ada).id])
    tess = person(home, "Tess Lang")
    assert len(matching.for_person(tess, cast.ada, DAY)) == 1
    assert matching.for_person(tess, cast.ben, DAY) == []


def test_an_import_leaves_many_for_later(cast: Cast, home: Space) -> None:
    """What changes for many at once is written by a job: until then they have no words."""
    ids = [one.id for one in network(home)]
    interests.index_missing(home)
    interests.changed(ids)
    assert not Interest.objects.filter(person__in=ids).exists()
    assert interests.index_missing(home) == len(ids)


def test_people_who_are_joined_are_found_as_one(cast: Cast, home: Space) -> None:
    tess, omar = person(home, "Tess Lang"), person(home, "Omar Haddad")
    merge.join(omar, tess, NOW, by=cast.ada)
    assert names(matching.for_item(item(home, "Beekeeping"), cast.ada, DAY)) == ["Omar Haddad"]


# Rules


def left_out(lea: Person, **values: Any) -> None:
    Person.objects.filter(id=lea.id).update(**values)


@pytest.mark.parametrize("how", [{"never": True}, {"deleted_at": NOW}, {"is_organisation": True}])
def test_who_is_not_to_be_suggested(cast: Cast, home: Space, how: dict[str, Any]) -> None:
    tess, about = person(home, "Tess Lang"), item(home, "Beekeeping")
    assert names(matching.for_item(about, cast.ada, DAY)) == ["Tess Lang"]
    left_out(tess, **how)
    assert matching.for_item(about, cast.ada, DAY) == []
    assert matching.for_person(tess, cast.ada, DAY) == []


def test_never_the_same_item_twice(cast: Cast, home: Space) -> None:
    tess, about = person(home, "Tess Lang"), item(home, "Beekeeping")
    Share.objects.create(space=home, item=about, person=tess, user=cast.ada, given_at=NOW, made_at=NOW)
    assert matching.for_item(about, cast.ada, DAY + timedelta(days=400)) == []


def test_not_for_them(cast: Cast, home: Space) -> None:
    tess, about = person(home, "Tess Lang"), item(home, "Beekeeping")
    Share.objects.create(space=home, item=about, person=tess, user=cast.ada, made_at=NOW)
    assert matching.for_item(about, cast.ada, DAY) == []
    assert names(matching.for_item(item(home, "Beekeeping again"), cast.ada, DAY)) == ["Tess Lang"]


@pytest.mark.parametrize(("days", "found"), [(29, 0), (31, 1)])
def test_at_most_one_share_a_month(cast: Cast, home: Space, days: int, found: int) -> None:
    tess, about = person(home, "Tess Lang"), item(home, "Beekeeping")
    interests.index_items([about.id])
    at = NOW - timedelta(days=days)
    other = item(home, "Knots")
    Share.objects.create(space=home, item=other, person=tess, user=cast.ben, given_at=at, made_at=at)
    assert len(matching.for_item(about, cast.ada, DAY)) == found
    assert len(matching.for_person(tess, cast.ada, DAY)) == found


def test_nor_what_they_wrote(cast: Cast, home: Space) -> None:
    tess = person(home, "Tess Lang")
    assert matching.for_item(item(home, "Beekeeping", written_by="Jo Reyes, Tess Lang"), cast.ada, DAY) == []
    Fact.objects.create(
        space=home, person=tess, source="user", field="link", value="https://bees.example/", seen_at=NOW
    )
    assert matching.for_item(item(home, "Beekeeping 2", url="https://www.bees.example/hives"), cast.ada, DAY) == []
    assert len(matching.for_item(item(home, "Beekeeping 3", url="https://other.example/"), cast.ada, DAY)) == 1


# By sense


def test_other_words_for_the_same(cast: Cast, home: Space) -> None:
    """The fact is stated, and the words of the item that it is near to beside it."""
    bring_in(cast.home, card("Greta Linde", "NOTE:Bakes sourdough bread", uid="5"))
    about = item(home, "The loaf and the flour")
    interests.index_missing(home)
    found = matching.for_item(about, cast.ada, DAY)
    assert [(m.why, m.words, m.near) for m in found] == [
        ("Note: Bakes sourdough bread", ("sourdough", "bread"), ("flour",))
    ]
    assert [s.item for s in matching.for_person(person(home, "Greta Linde"), cast.ada, DAY)] == [about.id]


def test_without_the_extra_words_decide(cast: Cast, home: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senses, "installed", lambda: False)
    people.add_note(person(home, "Lea Rose"), cast.ada, "Moved everything to Kubernetes", NOW)
    assert matching.for_item(item(home, "Container orchestration without tears"), cast.ada, DAY) == []
    assert names(matching.for_item(item(home, "Kubernetes in a small team"), cast.ada, DAY)) == ["Lea Rose"]


def test_what_is_private_has_no_sense_for_others(cast: Cast, home: Space) -> None:
    people.add_note(person(home, "Lea Rose"), cast.ada, "Moved everything to Kubernetes", NOW, private=True)
    assert matching.for_item(item(home, "Container orchestration without tears"), cast.ben, DAY) == []


def test_the_extra_comes_later(cast: Cast, home: Space) -> None:
    Sense.objects.all().delete()
    assert interests.index_missing(home) == 4
    assert interests.index_missing(home) == 0


# Many


def test_many_items_at_once(cast: Cast, home: Space) -> None:
    bees, wind = item(home, "Beekeeping"), item(home, "Wind farms")
    nothing = item(home, "Nothing of all this")
    found = matching.for_items(home, [bees, wind, nothing], cast.ada, DAY)
    assert {id: names(matches) for id, matches in found.items()} == {bees.id: ["Tess Lang"], wind.id: ["Omar Haddad"]}


def test_a_word_that_everybody_has_tells_nothing(cast: Cast, home: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MANY", 2)
    for one in ("Lea Rose", "Omar Haddad"):
        people.add_note(person(home, one), cast.ada, "Beekeeping", NOW)
    assert matching.for_item(item(home, "Beekeeping"), cast.ada, DAY) == []


def test_queries_stay_flat(cast: Cast, home: Space) -> None:
    asked = []
    for round_ in range(2):
        several = [item(home, f"Beekeeping and wind farms {round_} {n}") for n in range(4)]
        network(home, 12 * (round_ + 1))
        interests.index_missing(home)
        everyone = list(Person.objects.of(home))
        with CaptureQueriesContext(connection) as queries:
            matching.for_items(home, several, cast.ada, DAY)
            matching.gifts(home, [one.id for one in everyone], cast.ada, DAY)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_gift_for_a_letter(cast: Cast, home: Space) -> None:
    about = item(home, "Beekeeping", site="bees.example", url="https://bees.example/1", note="Short and good")
    interests.index_items([about.id])
    tess = person(home, "Tess Lang")
    gift = matching.gifts(home, [tess.id, person(home, "Lea Rose").id], cast.ada, DAY)
    assert gift == {
        tess.id: (about.id, "Beekeeping", "bees.example", about.url, ("Beekeeping",), "Short and good", "tag")
    }


def test_a_link_that_is_no_address_is_nobodys_own_host(cast: Cast, home: Space) -> None:
    bring_in(home, card("Tess Lang", "CATEGORIES:Beekeeping", "URL:http://[broken", "EMAIL:t@example.com", uid="3"))
    assert Fact.objects.filter(field="link", value="http://[broken").exists()
    interests.index_missing(home)
    assert names(matching.for_item(item(home, "Beekeeping"), cast.ada, DAY)) == ["Tess Lang"]
