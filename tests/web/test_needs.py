"""Needs and offers on the pages: typed, read in a note, put right, taken off; and the question who knows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Person, Phrase
from keepwarm.store import needs, people
from keepwarm.store.needs import Said
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import act, words
from tests.web.test_introductions import undo
from tests.web.test_without_javascript import Forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(cast: Cast) -> Person:
    return network(cast.home, 3)[0]


def test_it_works(ada: Client, ann: Person) -> None:
    assert "Needs a designer." in act(ada, "need_keep", ann.id, kind="need", text="A designer.")
    phrase = Phrase.objects.get()
    assert "Put right." in act(ada, "need_do", phrase.id, do="change", text="a book designer")
    assert "Taken off." in (page := act(ada, "need_do", phrase.id, do="end"))
    assert "a book designer" not in page
    act(ada, "need_undo", phrase.id)
    assert "a book designer" in words(ada.get(reverse("person", args=[ann.id])))


@pytest.mark.parametrize(
    ("text", "said"), [("", "Say it in a few words"), ("?!", "Say it in a few words"), ("a " * 30, "That is too long")]
)
def test_what_cannot_be_read_is_refused_kindly(ada: Client, ann: Person, text: str, said: str) -> None:
    assert said in act(ada, "need_keep", ann.id, kind="need", text=text)
    assert not Phrase.objects.exists()


@pytest.mark.parametrize(("do", "standing"), [("keep", 1), ("away", 0)])
def test_read_in_a_note(ada: Client, cast: Cast, ann: Person, do: str, standing: int) -> None:
    people.add_note(ann, cast.ada, "She can help with grants. Likes tea.", NOW)
    page = ada.get(reverse("person", args=[ann.id])).content.decode()
    asked = next(form for form in Forms(page).found if "note" in form["fields"])
    assert asked["fields"]["text"] == "help with grants"
    answer = ada.post(asked["action"], asked["fields"] | {"do": do}, follow=True)
    assert "Do they offer this?" not in words(answer)
    assert Phrase.objects.standing().count() == standing
    undo(ada, answer.content.decode())
    assert "Do they offer this?" in words(ada.get(reverse("introductions")))


def test_said_twice_its_undo_does_not_take_what_was_known(ada: Client, cast: Cast, ann: Person) -> None:
    needs.keep(ann, cast.ada, Said("need", "a designer"), NOW - timedelta(days=9))
    answer = ada.post(reverse("need_keep", args=[ann.id]), {"kind": "need", "text": "A designer"}, follow=True)
    assert "Needs a designer." in words(answer)
    taken = reverse("need_forget", args=[Phrase.objects.get().id])
    assert taken not in answer.content.decode()


def test_ben_does_not_see_what_ada_keeps_to_herself(ben: Client, cast: Cast, ann: Person) -> None:
    kept = needs.keep(ann, cast.ada, Said("need", "a new job"), NOW, private=True)
    assert "a new job" not in words(ben.get(reverse("person", args=[ann.id])))
    assert ben.post(reverse("need_do", args=[kept.id]), {"do": "end"}).status_code == 404


class TestWho:
    def test_it_works(self, ada: Client, cast: Cast, ann: Person) -> None:
        needs.keep(ann, cast.ada, Said("offer", "help with <grants>"), NOW)
        page = ada.get(reverse("who"), {"q": "knows about grants"}).content.decode()
        assert "Offers help with &lt;<mark>grants</mark>&gt;" in page
        assert "That is everyone of whom something like it is noted." in page

    @pytest.mark.parametrize(
        ("question", "said"),
        [("", "For instance"), ("who do I know", "There is no word in it"), ("zebras", "Nobody of whom that is noted")],
    )
    def test_nothing_to_answer(self, ada: Client, ann: Person, question: str, said: str) -> None:
        assert said in words(ada.get(reverse("who"), {"q": question}))

    def test_nobody_here(self, ada: Client) -> None:
        assert "No one here yet" in words(ada.get(reverse("who")))

    def test_the_quick_search_leads_there(self, ada: Client, ann: Person) -> None:
        assert "/who?q=knows+grants" in ada.get(reverse("people_find"), {"q": "knows grants"}).content.decode()
