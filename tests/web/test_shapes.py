"""Your words: written, tried on, kept, changed, copied, resting, removed and put back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import OwnShape, Person, Touch
from tests.build import bring_in, card, network
from tests.conftest import Cast
from tests.web.pages import three, words

pytestmark = pytest.mark.django_db
MINE = {"name": "From me", "words": "You came to mind[ at {org}]. How are you?", "reason": "hello", "action": "keep"}


def send(browser: Client, address: str = "/shapes/new", **more: str) -> Any:
    return browser.post(address, MINE | more, follow=True)


def undo(browser: Client, answer: Any) -> Any:
    """The button of the toast."""
    page = answer.content.decode()
    address = re.search(r'<form method="post" action="([^"]+)">', page[page.index('id="toasts"') :])
    assert address
    return browser.post(address[1], follow=True)


def test_it_works(ada: Client) -> None:
    assert "No words of your own yet" in words(ada.get("/shapes"))
    told = words(send(ada))
    assert "Kept. “From me” is offered first where it fits." in told
    assert "You came to mind[ at {org}]. How are you?" in told


def test_it_is_first_on_the_card_and_remembered_when_sent(ada: Client, cast: Cast) -> None:
    network(cast.home, 6)
    send(ada)
    (pick, *_) = three(ada)
    page = ada.get("/").content.decode()
    assert page.index("From me") < page.index("Just hello")
    own = OwnShape.objects.get()
    ada.post(reverse("pick_sent", args=[pick.id]), {"channel": "mail", "shape": own.key, "subject": "Hello"})
    touch = Touch.objects.get()
    assert (touch.kind, touch.shape, touch.context) == ("hello", own.key, "Hello")


def test_it_is_remembered_when_sent_from_their_page(ada: Client, cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme", uid="1"))
    ann = Person.objects.get()
    shown = ada.get(reverse("person", args=[ann.id])).content.decode()
    sent = re.search(r'<input type="hidden" name="shape" value="([^"]+)">', shown)
    assert sent
    fields = {"on": "2026-11-12", "channel": "mail", "direction": "out", "shape": sent[1]}
    ada.post(reverse("touch_log", args=[ann.id]), fields)
    touch = Touch.objects.get()
    assert touch.kind == sent[1]
    assert touch.shape


def test_own_words_are_kept_as_a_draft(ada: Client, cast: Cast) -> None:
    network(cast.home, 6)
    send(ada)
    (pick, *_) = three(ada)
    shape = OwnShape.objects.get().key
    address = reverse("draft", args=[pick.person_id])
    assert ada.post(address, {"shape": shape, "body": "Hello you, how is Acme?"}).status_code == 200
    assert "Hello you, how is Acme?" in words(ada.get("/"))
    assert ada.post(address, {"shape": "own:nobody", "body": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "It needs a name"),
        ({"words": ""}, "There are no words yet."),
        ({"words": "How is {organisation}?"}, "There is no fact called {organisation}."),
        ({"words": "How are you[ at {org}?"}, "A bracket is opened and not closed: “How are you[ at {org}?”."),
        ({"words": "word " * 400}, "It is too long: 1,999 letters."),
        ({"subject": "For {nme}"}, "Did you mean {name}?"),
    ],
)
def test_what_does_not_work_is_said(ada: Client, given: dict[str, str], said: str) -> None:
    answer = send(ada, **given)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not OwnShape.objects.exists()


def test_an_ask_is_a_hint_and_no_stop(ada: Client) -> None:
    looked = ada.post("/shapes/new", MINE | {"words": "Could you introduce me?", "action": "look"})
    assert "It asks for something: “Could you”." in words(looked)
    assert "It names no fact" in words(looked)
    assert "It needs a name" not in words(ada.get("/shapes/new?like=met-thinking"))
    send(ada, words="Could you introduce me?")
    assert OwnShape.objects.count() == 1


def test_it_is_tried_on_three_people(ada: Client, cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "ORG:Acme", uid="1"), card("Bob Fox", uid="2"), card("Prince", uid="3"))
    looked = ada.post("/shapes/new", MINE | {"action": "look"}, headers={"HX-Request": "true"})
    assert "<html" not in looked.content.decode()
    told = words(looked)
    assert "Hi Ann, You came to mind at Acme. How are you?" in told
    assert "Hi Bob, You came to mind. How are you?" in told
    needed = ada.post("/shapes/new", MINE | {"words": "We met {met}.", "action": "look"})
    assert "Not offered: {met} is not known of Ann." in words(needed)


def test_changed_switched_removed_and_put_back(ada: Client) -> None:
    send(ada)
    own = OwnShape.objects.get()
    send(ada, reverse("shape", args=[own.id]), name="Mine now")
    own.refresh_from_db()
    assert own.name == "Mine now"
    answer = ada.post(reverse("shape_switch", args=[own.id]), follow=True)
    assert "“Mine now” rests." in words(answer)
    undo(ada, answer)
    own.refresh_from_db()
    assert own.in_use
    answer = ada.post(reverse("shape_remove", args=[own.id]), follow=True)
    assert "No words of your own yet" in words(answer)
    undo(ada, answer)
    assert "Mine now" in words(ada.get("/shapes"))


def test_copied_from_the_library(ada: Client) -> None:
    page = ada.get("/shapes/new?like=met-thinking").content.decode()
    assert "I was thinking about how we met, {met}, and it made me want to write." in page
    assert ada.get("/shapes/new?like=nothing").status_code == 200


def test_ben_sees_what_is_shared_and_may_copy_it(ada: Client, ben: Client, cleo: Client) -> None:
    send(ada)
    send(ada, name="Secret", private="on")
    own = OwnShape.objects.get(name="From me")
    assert "From me" in words(ben.get("/shapes"))
    assert "Secret" not in words(ben.get("/shapes"))
    assert 'value="From me, again"' in ben.get(f"/shapes/new?like={own.id}").content.decode()
    assert "From me" not in words(cleo.get("/shapes"))
    assert "From me" not in cleo.get(f"/shapes/new?like={own.id}").content.decode()
