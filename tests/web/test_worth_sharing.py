from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from keepwarm.core.shelf import Saved
from keepwarm.models import Item, Person, Share
from keepwarm.store import interests, people, shelf
from keepwarm.web.tags import marked
from tests.build import bring_in, card
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def tess(cast: Cast) -> Person:
    bring_in(cast.home, card("Tess Lang", "EMAIL:tess@example.com", "CATEGORIES:Beekeeping"))
    interests.index_missing()
    return Person.objects.get()


@pytest.fixture
def bees(cast: Cast) -> Item:
    return shelf.save(cast.home, cast.ada, Saved(note="Beekeeping in small gardens"), NOW)[0]


def page(browser: Client, person: Person) -> str:
    return browser.get(reverse("person", args=[person.id])).content.decode()


def test_it_works(ada: Client, tess: Person, bees: Item) -> None:
    said = page(ada, tess)
    assert "Worth sharing with <bdi>Tess</bdi>" in said
    assert "Beekeeping in small gardens" in said
    assert "Tag: <mark>Beekeeping</mark>" in said


def test_nothing_suits(ada: Client, cast: Cast, tess: Person) -> None:
    shelf.save(cast.home, cast.ada, Saved(note="Wind farms at sea"), NOW)
    assert "Worth sharing" not in page(ada, tess)


def test_not_for_them_and_back(ada: Client, tess: Person, bees: Item) -> None:
    answer = ada.post(reverse("shelf_not_for", args=[bees.id, tess.id]), {"from": "person"}, follow=True)
    assert "It is not proposed for Tess again." in answer.content.decode()
    assert "Worth sharing" not in page(ada, tess)
    back = ada.post(reverse("share_undo", args=[Share.objects.get().id]) + "?from=person", follow=True)
    assert "Worth sharing" in back.content.decode()


def test_not_for_them_comes_after_it_was_given(ada: Client, cast: Cast, tess: Person, bees: Item) -> None:
    shelf.give(bees, tess, cast.ada, NOW - timedelta(days=60), channel="mail")
    answer = ada.post(reverse("shelf_not_for", args=[bees.id, tess.id]), {"from": "person"}, follow=True)
    assert "Tess has had this already." in answer.content.decode()
    assert Share.objects.get().given_at is not None


def test_what_is_noted_on_an_item_counts_at_once(ada: Client, cast: Cast, tess: Person, bees: Item) -> None:
    people.add_note(tess, cast.ada, "Sings in a choir", NOW)
    other = shelf.save(cast.home, cast.ada, Saved(url="https://knots.example/1"), NOW)[0]
    assert "Sings in a" not in page(ada, tess).partition("worth-sharing")[2].partition("</section>")[0]
    shelf.edit(other, cast.ada, NOW, title="Knots", note="What a choir sings", private=False)
    assert "Your note: <mark>Sings</mark> in a <mark>choir</mark>" in page(ada, tess)


@pytest.mark.parametrize(
    ("line", "words", "shown"),
    [
        ("Tag: wind", ("wind",), "Tag: <mark>wind</mark>"),
        ("Rewind the wind", ("wind",), "Rewind the <mark>wind</mark>"),
        ("Likes C++ <b>", ("C++",), "Likes <mark>C++</mark> &lt;b&gt;"),
        ("Nothing of it", (), "Nothing of it"),
    ],
)
def test_the_matched_words_are_marked(line: str, words: tuple[str, ...], shown: str) -> None:
    assert marked(line, words) == shown
