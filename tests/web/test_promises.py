"""Promises on the pages: offered in a line and after a note, kept in one click, done, put off, let go, undone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Person, Promise, Touch
from keepwarm.store import promises
from keepwarm.store.promises import Offer
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.web.pages import act, three, words
from tests.web.test_log import keep, look
from tests.web.test_without_javascript import Forms

pytestmark = pytest.mark.django_db
LINE = "coffee with Amara last Tuesday; I'll send her the deck by Friday"


@pytest.fixture
def amara(cast: Cast) -> Person:
    names = ["Amara Nwosu", "Yusuf Demir"]
    bring_in(cast.home, *[card(name, f"EMAIL:{n}@example.com", uid=name) for n, name in enumerate(names)])
    return person(cast.home, "Amara Nwosu")


def kept(whose: str = "mine") -> Promise:
    return Promise.objects.get(whose=whose)


def undo(browser: Client, page: str) -> None:
    address = re.search(r'action="([^"]+(?:undo|forget)[^"]*)"', page)
    assert address
    browser.post(address[1].replace("&amp;", "&"))


def test_it_works(ada: Client, amara: Person) -> None:
    told = keep(ada, look(ada, LINE))
    assert "It stays in view until it is done." in told
    assert "You said you would send her the deck. By Friday" in told
    promise = kept()
    assert (promise.text, str(promise.due_on)) == ("send her the deck", "2026-11-13")
    assert promise.touch == Touch.objects.get()
    assert "You said you would send her the deck. For Amara Nwosu , by Friday" in words(ada.get("/"))
    assert "Done. A word kept." in act(ada, "promise_do", promise.id, do="done", back="today")
    assert "send her the deck" not in words(ada.get("/"))


def test_put_right_before_it_is_kept(ada: Client, amara: Person) -> None:
    sent = look(ada, LINE)
    keep(ada, sent, **{"promise-1-text": "send her the slides", "promise-1-on": "2026-11-20"})
    assert (kept().text, str(kept().due_on)) == ("send her the slides", "2026-11-20")


def test_not_ticked_it_is_not_kept(ada: Client, amara: Person) -> None:
    sent = look(ada, LINE)
    del sent["promise-1"]
    keep(ada, sent)
    assert Touch.objects.count() == 1
    assert not Promise.objects.exists()


def test_undo_of_the_line_takes_both_back(ada: Client, amara: Person) -> None:
    answer = ada.post("/log", look(ada, LINE) | {"action": "keep"}, follow=True).content.decode()
    undo(ada, answer[answer.index('id="toasts"') :])
    assert not Promise.objects.exists()
    assert not Touch.objects.exists()


def test_a_reminder_is_no_touch(ada: Client, amara: Person) -> None:
    sent = look(ada, "remind me about Yusuf in March")
    assert "channel" not in sent
    assert "Yusuf comes up on 1 March 2027." in keep(ada, sent)
    assert kept("wish").person.name == "Yusuf Demir"
    assert not Touch.objects.exists()


def test_a_reminder_needs_its_day(ada: Client, amara: Person) -> None:
    sent = look(ada, "remind me about Yusuf")
    assert sent["promise-1-on"] == "2026-12-12"
    assert "a reminder a day to come" not in keep(ada, look(ada, "remind me about Yusuf in March"))
    assert Promise.objects.count() == 1
    keep(ada, sent, **{"promise-1-on": ""})
    assert Promise.objects.count() == 1


def test_offered_after_a_note(ada: Client, amara: Person) -> None:
    answer = ada.post(
        reverse("note_add", args=[amara.id]), {"text": "She'll introduce me to Lena. She likes tea."}, follow=True
    )
    page = answer.content.decode()
    assert "Keep it in view?" in words(answer)
    form = next(form for form in Forms(page).found if "note" in form["fields"])
    assert form["fields"]["text"] == "introduce me to Lena"
    told = ada.post(form["action"], form["fields"], follow=True)
    assert "Amara was going to introduce you to Lena." in words(told)
    assert "Keep it in view?" not in words(told)
    undo(ada, told.content.decode()[told.content.decode().index('id="toasts"') :])
    assert not Promise.objects.exists()


def test_offered_after_the_line_in_today(ada: Client, amara: Person) -> None:
    (pick, *_) = three(ada)
    act(ada, "pick_sent", pick.id, channel="mail")
    told = act(ada, "pick_line", pick.id, line="I'll send the photos by Monday")
    assert "Keep it in view?" in told


def test_by_hand_on_the_page(ada: Client, amara: Person) -> None:
    told = act(ada, "promise_keep", amara.id, whose="wish", text="", on="2027-03-01")
    assert "Amara comes up on 1 March 2027." in told
    told = act(ada, "promise_keep", amara.id, whose="mine", text="", on="")
    assert "A reminder needs a day to come, and a promise a few words." in told
    assert Promise.objects.count() == 1


def test_later_let_go_and_undo(ada: Client, amara: Person, cast: Cast) -> None:
    promise = promises.keep(amara, cast.ada, Offer("mine", "call her", NOW.date()), NOW)
    assert "It can wait until 19 November." in act(ada, "promise_do", promise.id, weeks="1", back="promises")
    assert "Please choose a day to come." in act(ada, "promise_do", promise.id, on="2020-01-01", back="promises")
    answer = ada.post(reverse("promise_do", args=[promise.id]), {"do": "let_go", "back": "promises"}, follow=True)
    assert "Nothing promised" in words(answer)
    undo(ada, answer.content.decode())
    page = words(ada.get(reverse("promises")))
    assert "You said you would call her. For Amara Nwosu , by 19 November" in page


def test_ben_sees_whose_it_is(ben: Client, amara: Person, cast: Cast) -> None:
    promises.keep(amara, cast.ada, Offer("mine", "call her", NOW.date()), NOW)
    promises.keep(amara, cast.ada, Offer("mine", "keep quiet", NOW.date()), NOW, private=True)
    page = words(ben.get(reverse("person", args=[amara.id])))
    assert "Ada said you would call her" not in page
    assert "Ada said they would call her" in page
    assert "keep quiet" not in page
    assert "call her" not in words(ben.get("/promises")) + words(ben.get("/"))


def test_cleo_cannot_reach_it(cleo: Client, amara: Person, cast: Cast) -> None:
    promise = promises.keep(amara, cast.ada, Offer("mine", "call her", None), NOW)
    assert cleo.post(reverse("promise_do", args=[promise.id]), {"do": "done"}).status_code == 404
    assert cleo.post(reverse("promise_keep", args=[amara.id]), {"whose": "mine", "text": "x"}).status_code == 404
