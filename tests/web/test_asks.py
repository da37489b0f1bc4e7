"""Asks, doors and the mark of trust on the pages: a give is offered first, nothing is stopped, all is undone."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Ask, Door, Person, Touch
from keepwarm.store import asks, doors
from keepwarm.store.doors import Said
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import act, words
from tests.web.test_log import keep, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def friend(cast: Cast) -> Person:
    return network(cast.home, 1)[0]


def undo(browser: Client, page: str) -> None:
    toast = page[page.index('id="toasts"') :]
    address = re.search(r'action="([^"]+)"', toast)
    assert address
    browser.post(address[1].replace("&amp;", "&"))


def test_it_works(ada: Client, friend: Person) -> None:
    page = words(ada.get(f"/people/{friend.id}/asks"))
    assert "You have not given Friend0 anything lately. One of these first?" in page
    assert "Ask all the same" in page
    ada.post(f"/people/{friend.id}/asks", {"text": "An introduction"})
    ask = Ask.objects.get()
    assert "An introduction" in words(ada.get("/asks"))
    act(ada, "ask_do", ask.id, channel="mail", back="asks")
    assert Touch.objects.get().balance == "ask"
    assert "A thank-you is the next thing to give." in act(ada, "ask_do", ask.id, outcome="yes", back="person")
    ada.post(f"/people/{friend.id}/doors?ask={ask.id}", {"kind": "work", "text": "A job", "on": "2026-11-01"})
    assert Door.objects.get().ask == ask
    assert "A door opened: work" in words(ada.get(f"/people/{friend.id}"))


def test_what_became_of_it_is_undone(ada: Client, cast: Cast, friend: Person) -> None:
    ask = asks.plan(friend, cast.ada, "An introduction", NOW)
    answer = ada.post(f"/asks/{ask.id}", {"outcome": "no", "back": "asks"}, follow=True).content.decode()
    undo(ada, answer)
    ask.refresh_from_db()
    assert (ask.outcome, ask.settled_at) == ("", None)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:00", "2026-13-45T00:00:00", "2026-01-01T00:00:00", "x"])
def test_an_undo_that_makes_no_sense_is_a_page(ada: Client, cast: Cast, friend: Person, at: str) -> None:
    ask = asks.plan(friend, cast.ada, "An introduction", NOW)
    ada.post(f"{reverse('ask_undo', args=[ask.id])}?{urlencode({'settled_at': at})}")
    assert Ask.objects.get().settled_at is None


def test_an_empty_ask_is_said(ada: Client, friend: Person) -> None:
    assert "Say in a few words" in words(ada.post(f"/people/{friend.id}/asks", {"text": " "}))
    assert not Ask.objects.exists()


@pytest.mark.parametrize("sent", [{"kind": "x"}, {"text": ""}, {"on": "2999-01-01"}, {"on": "2026-02-31"}])
def test_a_door_that_cannot_be_keeps_its_words(ada: Client, friend: Person, sent: dict[str, str]) -> None:
    whole = {"kind": "work", "text": "The harbour job", "on": "2026-11-01"} | sent
    page = ada.post(f"/people/{friend.id}/doors", whole).content.decode()
    assert "A door needs its kind, a few words, and a day up to today." in page
    assert not Door.objects.exists()


def test_a_door_is_changed_removed_and_back(ada: Client, cast: Cast, friend: Person) -> None:
    door = doors.write(friend, cast.ada, Said("work", "A job", NOW.date()), NOW)
    answer = ada.post(f"/doors/{door.id}", {"kind": "advice", "text": "On pricing", "on": "2026-11-02"}, follow=True)
    door.refresh_from_db()
    assert (door.kind, door.text) == ("advice", "On pricing")
    undo(ada, answer.content.decode())
    door.refresh_from_db()
    assert (door.kind, door.text) == ("work", "A job")
    undo(ada, ada.post(f"/doors/{door.id}/remove", follow=True).content.decode())
    assert doors.of_person(friend, cast.ada) == [door]


def test_a_line_that_asks_is_met_kindly_and_kept_in_view(ada: Client, friend: Person) -> None:
    sent = look(ada, "asked Friend0 for an introduction")
    page = ada.post("/log", sent | {"action": "look"})
    assert "You have not given Friend0 anything lately." in words(page)
    keep(ada, sent)
    assert Ask.objects.get().touch == Touch.objects.get()


def test_a_door_in_a_line_goes_with_its_undo(ada: Client, friend: Person) -> None:
    sent = look(ada, "call with Friend0, who introduced me to Kofi")
    answer = ada.post("/log", sent | {"action": "keep"}, follow=True).content.decode()
    assert (Door.objects.get().kind, Door.objects.get().text) == ("introduction", "introduced me to Kofi")
    undo(ada, answer)
    assert not Door.objects.exists()


def test_trust_is_proposed_once(ada: Client, cast: Cast, friend: Person) -> None:
    doors.write(friend, cast.ada, Said("work", "A job", NOW.date()), NOW)
    asked = "Friend0 sent you work in November. Mark them as someone who opens doors?"
    assert asked in words(ada.get(f"/people/{friend.id}"))
    answer = ada.post(f"/people/{friend.id}/trust", {"mark": "opens", "answer": "yes"}, follow=True)
    friend.refresh_from_db()
    assert friend.trust == "opens"
    undo(ada, answer.content.decode())
    ada.post(f"/people/{friend.id}/trust", {"mark": "opens", "answer": "no"})
    friend.refresh_from_db()
    assert (friend.trust, friend.trust_declined) == ("", "opens")
    assert "Mark them" not in words(ada.get(f"/people/{friend.id}"))


def test_a_letter_turned_into_an_ask_is_met_kindly(ada: Client, friend: Person) -> None:
    body = "Hi Friend0,\n\nCould you introduce me to Kofi?\n\nAda"
    page = ada.post(f"/people/{friend.id}/draft", {"shape": "hello", "subject": "", "body": body})
    assert "You have not given Friend0 anything lately. A small give first?" in words(page)


def test_an_ask_that_was_sent_from_the_page_is_an_ask(ada: Client, friend: Person) -> None:
    sent = {"on": "2026-11-11", "channel": "mail", "direction": "out", "shape": "hello", "body": "Could you help me?"}
    ada.post(f"/people/{friend.id}/touches", sent)
    assert Touch.objects.get().balance == "ask"
