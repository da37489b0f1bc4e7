"""Who is found by what one types, on both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from keepwarm.core import search as core
from keepwarm.imports import work
from keepwarm.models import ImportRun, Person, SearchText, Space
from keepwarm.store import imports as runs
from keepwarm.store import people, search, touches
from tests.build import Clock, bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


def found(space: Space, question: str) -> list[str]:
    """The names found, in order."""
    ids = search.find(Person.objects.of(space).here(), space, question, 0, 50).ids
    names = dict(Person.objects.filter(id__in=ids).values_list("id", "name"))
    return [names[id] for id in ids]


@pytest.fixture
def home(cast: Cast) -> Space:
    bring_in(
        cast.home,
        card("José Ibáñez", "ORG:Ponte Nova", "TITLE:Buyer", uid="1"),
        card("Ann-Marie O'Brien", "EMAIL:amo@harbour.example", "CATEGORIES:Choir,Book club", uid="2"),
        card("Łukasz Żak", "NOTE:Met at the napkin dinner", uid="3"),
        card("Bob Jose", "ORG:Ibanez Steel", uid="4"),
        card("李小龙", "ADR:;;1 Way;Hong Kong;;;China", uid="5"),
        card("Katarzyna Wiśniewska", "NICKNAME:Kasia", uid="6"),
        card("محمد علي", uid="7"),
    )
    return cast.home


def test_it_works(home: Space) -> None:
    assert found(home, "jose ibanez") == ["José Ibáñez", "Bob Jose"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("JOSÉ", "José Ibáñez"),
        ("ibañez jose", "José Ibáñez"),
        ("ib j", "José Ibáñez"),
        ("lu", "Łukasz Żak"),
        ("ż", "Łukasz Żak"),
        ("obrien", "Ann-Marie O'Brien"),
        ("o'brien", "Ann-Marie O'Brien"),
        ("o’brien", "Ann-Marie O'Brien"),
        ("annmarie", "Ann-Marie O'Brien"),
        ("ann marie", "Ann-Marie O'Brien"),
        ("josei", "José Ibáñez"),  # the whole name as one word
        ("joseibanez", "José Ibáñez"),
        ("小龙", "李小龙"),
        ("李小", "李小龙"),
        ("محمد", "محمد علي"),
        ("kasia", "Katarzyna Wiśniewska"),
        ("wisniew", "Katarzyna Wiśniewska"),
        ("ponte", "José Ibáñez"),
        ("buyer nova", "José Ibáñez"),
        ("napkin", "Łukasz Żak"),
        ("book cl", "Ann-Marie O'Brien"),
        ("amo@harbour.example", "Ann-Marie O'Brien"),
        ("hong kong", "李小龙"),
        # a typo: a letter wrong, lost, too many, two swapped
        ("joze", "José Ibáñez"),
        ("lukas", "Łukasz Żak"),
        ("lukaszz", "Łukasz Żak"),
        ("lukasz zka", "Łukasz Żak"),
        ("katazryna", "Katarzyna Wiśniewska"),
        ("katarzina wisnewska", "Katarzyna Wiśniewska"),
        ("wisniveska", "Katarzyna Wiśniewska"),
        ("obrein", "Ann-Marie O'Brien"),
    ],
)
def test_one_types_and_finds(home: Space, question: str, name: str) -> None:
    assert name in found(home, question)


SIGNS = ["", "  ", "'", "%", "_", '"', "jose AND bob OR", "names:jose", "xyz", "jose xyz", "*", "\0"]


@pytest.mark.parametrize("question", SIGNS)
def test_signs_are_no_commands(home: Space, question: str) -> None:
    assert len(found(home, question)) <= 1


def test_names_come_before_employers(home: Space) -> None:
    assert found(home, "ibanez") == ["José Ibáñez", "Bob Jose"]


def test_a_typo_comes_after_what_was_meant_so(home: Space) -> None:
    bring_in(home, card("Josef Adam"))
    result = search.find(Person.objects.of(home).here(), home, "josef", 0, 50)
    assert (len(result.ids), result.total, result.near) == (3, 3, 2)
    assert found(home, "josef")[0] == "Josef Adam"


def test_someone_elses_people_are_not_found(cast: Cast, home: Space) -> None:
    assert found(cast.away, "jose") == []


def test_what_changes_is_found(cast: Cast, home: Space) -> None:
    who = person(home, "Bob Jose")
    note = people.add_note(who, cast.ada, "collects harmonicas", NOW)
    assert found(home, "harmonica") == ["Bob Jose"]
    people.forget_note(note)
    assert found(home, "harmonica") == []


def test_what_one_talked_about_is_found(cast: Cast, home: Space) -> None:
    touch = touches.log(person(home, "Bob Jose"), cast.ada, NOW, NOW, channel="call", direction="both", line="his boat")
    assert found(home, "boat") == ["Bob Jose"]
    touches.say(touch, "her horse")
    assert (found(home, "boat"), found(home, "horse")) == ([], ["Bob Jose"])
    touches.forget(touch, NOW)
    assert found(home, "horse") == []


def test_private_notes_are_nobodys_find(cast: Cast, home: Space) -> None:
    who = person(home, "Bob Jose")
    note = people.add_note(who, cast.ada, "harmonicas", NOW)
    note.private = True
    note.save()
    search.index([who.id])
    assert found(home, "harmonica") == []


def test_a_changed_card_is_found_by_its_new_words(home: Space) -> None:
    bring_in(home, card("Bob Jose", "ORG:Quay Studio", uid="4"))
    assert (found(home, "quay"), found(home, "steel")) == (["Bob Jose"], [])


def test_an_undone_import_leaves_no_words(home: Space) -> None:
    run = bring_in(home, card("Zelda Quill"))
    runs.turn(run, (ImportRun.State.DONE,), ImportRun.State.UNDOING, NOW)
    work.undo(run.id, Clock())
    assert found(home, "zelda") == []
    assert SearchText.objects.count() == Person.objects.count()


def test_an_older_folder_is_caught_up(home: Space) -> None:
    SearchText.objects.all().delete()
    assert found(home, "jose") == []
    assert search.index_missing() == 7
    assert search.index_missing() == 0
    assert len(found(home, "jose")) == 2


def test_a_word_without_end_does_no_harm(home: Space) -> None:
    bring_in(home, card("Long Note", "NOTE:" + "ab𐐀" * 3000))
    bring_in(home, card("Long" * 80))
    assert found(home, "ab") == ["Long Note"]
    assert found(home, "longlonglong") == ["Long" * 80]


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if three were more than one can gather."""
    monkeypatch.setattr(search, "MANY", 3)


def test_many_are_walked_in_the_order_of_names(home: Space, few_are_many: None) -> None:
    bring_in(home, *[card(f"Mo{letter} Lund", "ORG:Lantern", "TITLE:Nurse") for letter in "dacbe"], card("Nurse Adam"))
    everyone = Person.objects.of(home).here()
    assert search.find(everyone, home, "mo", 0, 2).total is None
    assert found(home, "mo") == ["Moa Lund", "Mob Lund", "Moc Lund", "Mod Lund", "Moe Lund"]
    assert found(home, "nurse") == ["Nurse Adam", "Moa Lund", "Mob Lund", "Moc Lund", "Mod Lund", "Moe Lund"]
    pages = [search.find(everyone, home, "nurse", at, at + 2).ids for at in (0, 2, 4)]
    assert [id for page in pages for id in page] == search.find(everyone, home, "nurse", 0, 50).ids


def test_queries_stay_flat(home: Space) -> None:
    def asked(question: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            found(home, question)
        return len(queries)

    bring_in(home, *[card(f"Person{n} Lund", "ORG:Quay") for n in range(20)])
    before = {question: asked(question) for question in ("lund", "quay", "lumd", "napkin")}
    bring_in(home, *[card(f"Someone{n} Lund", "ORG:Quay") for n in range(40)])
    assert {question: asked(question) for question in before} == before


WRITTEN = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"])


class EveryWordFinds(TestCase):
    """Whatever someone is called, each word of the name finds them."""

    @given(st.lists(st.text(WRITTEN, min_size=1, max_size=12), min_size=1, max_size=4))
    def test_every_word_of_a_name_finds_its_person(self, parts: list[str]) -> None:
        space = Space.objects.create(name="any")
        name = " ".join(parts)
        person = Person.objects.create(space=space, name=name, folded=name, made_at=NOW)
        search.index([person.id])
        everyone = Person.objects.of(space).here()
        for word in core.words(name):
            assert person.id in search.find(everyone, space, word, 0, 9).ids, word
        if words := core.asked(name):
            assert person.id in search.find(everyone, space, " ".join(reversed(words)), 0, 9).ids
        SearchText.objects.all().delete()
        space.delete()


def test_a_name_of_one_word_is_found_by_two(cast: Cast) -> None:
    bring_in(cast.home, card("Annlee Park", uid="1"), card("Bo Lee", uid="2"))
    assert found(cast.home, "ann lee") == ["Annlee Park"]
    assert found(cast.home, "ann l") == ["Annlee Park"]


def test_a_changed_name_is_found_as_one_word(cast: Cast) -> None:
    bring_in(cast.home, card("Bo Lee", uid="1"))
    Person.objects.update(name="Ann Lee", given="Ann", family="Lee")
    search.index(Person.objects.values_list("id", flat=True))
    assert found(cast.home, "annlee") == ["Ann Lee"]
    assert found(cast.home, "bolee") == []
