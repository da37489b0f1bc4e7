"""Introductions on the pages: proposed, begun, asked, introduced, closed, put away; each with its undo."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.urls import reverse

from keepwarm.models import Introduction, Person, Touch
from keepwarm.store import introductions, needs, people
from keepwarm.store.needs import Said
from keepwarm.web import access
from keepwarm.web import introductions as pages
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.web.pages import act, words
from tests.web.test_without_javascript import Forms

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast: Cast) -> tuple[Person, Person]:
    """Who offers hotel design, and who needs it."""
    names = (("Ann Lee", "Acme"), ("Bob Fox", "Blue"), ("Cy Day", "Corvo"), ("Dee Hall", "Dover"))
    bring_in(
        cast.home,
        *[
            card(name, f"EMAIL:{name[:3].strip().lower()}@example.com", f"ORG:{at}", "TITLE:Director", uid=name)
            for name, at in names
        ],
    )
    needing, offering = (person(cast.home, name) for name in ("Ann Lee", "Bob Fox"))
    needs.keep(needing, cast.ada, Said("need", "a designer for hotels"), NOW)
    needs.keep(offering, cast.ada, Said("offer", "hotel design"), NOW)
    return offering, needing


def form(page: str, action: str) -> dict[str, str]:
    """The fields of the first form that goes there."""
    return next(one["fields"] for one in Forms(page).found if one["action"] == action)


def undo(browser: Client, page: str) -> str:
    address = re.search(r'action="([^"]+/(?:undo|forget)[^"]*)"', page[page.index('id="toasts"') :])
    assert address
    return words(browser.post(address[1].replace("&amp;", "&"), follow=True))


def begun(cast: Cast, two: tuple[Person, Person], *steps: str) -> Introduction:
    made = introductions.begin(*two, cast.ada, NOW, why="need", reason="Hotels and design")
    for step in steps:
        introductions.take(made, step, cast.ada, NOW)
    return made


def test_it_works(ada: Client, two: tuple[Person, Person]) -> None:
    page = ada.get(reverse("introductions")).content.decode()
    assert "Ann needs a designer for hotels. Bob offers hotel design." in page
    told = words(ada.post(reverse("introduction_begin"), form(page, reverse("introduction_begin")), follow=True))
    assert "Bob first: it is their help that is wished for" in told
    assert "There is someone I think you would enjoy meeting: Ann Lee, Director at Acme." in told
    made = Introduction.objects.get()
    assert "Noted: you asked Bob." in act(ada, "introduction_do", made.id, step="ask", channel="mail")
    assert "Bob is willing." in act(ada, "introduction_do", made.id, step="yes")
    assert "Bob Fox, Director at Blue would like to meet you" in words(ada.get(reverse("introduction", args=[made.id])))
    act(ada, "introduction_do", made.id, step="ask", channel="mail")
    assert "Both said yes. Bring them together." in act(ada, "introduction_do", made.id, step="yes")
    assert "mailto:bob@example.com,ann@example.com" in ada.get(reverse("introduction", args=[made.id])).content.decode()
    assert "That was a gift to both." in act(ada, "introduction_do", made.id, step="introduce", channel="mail")
    assert "A word of thanks closes it well." in act(ada, "introduction_do", made.id, step="meet")
    assert "Two people know each other through you." in act(ada, "introduction_do", made.id, step="thank")
    assert "Introduced today" in words(ada.get(reverse("person", args=[two[0].id])))
    assert "They met, and you said thank you" in words(ada.get(reverse("introductions")))


def test_an_easy_no_has_its_kind_word(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    made = begun(cast, two, "ask", "yes", "ask")
    told = act(ada, "introduction_do", made.id, step="no")
    assert "A clear word is a kindness" in told
    assert "Thank you for being open to meeting Ann." in told
    count = Touch.objects.count()
    told = act(ada, "introduction_do", made.id, step="wrote", letter="no_thanks", place="1", channel="mail")
    assert "A clear word is a kindness" not in told
    assert Touch.objects.count() == count + 1
    act(ada, "introduction_do", made.id, step="wrote", letter="no_thanks", place="1", channel="mail")
    assert Touch.objects.count() == count + 1


def test_each_step_is_undone_by_its_toast(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    made = begun(cast, two)
    for step, then in (("ask", "An idea."), ("turn", "Ask Bob"), ("drop", "An idea.")):
        answer = ada.post(reverse("introduction_do", args=[made.id]), {"step": step}, follow=True)
        assert then in undo(ada, answer.content.decode())
    assert not Touch.objects.exists()


def test_a_step_that_is_not_open_any_more_says_so(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    made = begun(cast, two)
    assert "That step is not open any more." in act(ada, "introduction_do", made.id, step="introduce")
    introductions.take(made, "ask", cast.ada, NOW)
    introductions.take(made, "yes", cast.ada, NOW)
    answer = ada.post(f"{reverse('introduction_undo', args=[made.id])}?step=ask&place=0", follow=True)
    assert "Something has happened since" in words(answer)


def test_not_these_two(ada: Client, two: tuple[Person, Person]) -> None:
    page = ada.get(reverse("introductions")).content.decode()
    answer = ada.post(reverse("introduction_away"), form(page, reverse("introduction_away")), follow=True)
    assert "Nobody to introduce yet" in words(answer)
    assert "Ann needs a designer" in undo(ada, answer.content.decode())


def test_ones_own_idea_from_a_persons_page(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    one, other = Person.objects.order_by("name")[2:4]
    address = reverse("person_introduce", args=[one.id])
    assert address in ada.get(reverse("person", args=[one.id])).content.decode()
    found = ada.get(address, {"q": "dee"}).content.decode()
    assert f"{address}?with={other.id}" in found
    page = ada.get(address, {"with": other.id}).content.decode()
    assert "Should these two meet?" in page
    sent = form(page, reverse("introduction_begin")) | {"said": "Both of you row"}
    assert "Both of you row." in words(ada.post(reverse("introduction_begin"), sent, follow=True))
    assert ada.get(address, {"with": other.id}).url == reverse("introduction", args=[Introduction.objects.get().id])


def test_the_reason_for_both_and_ones_own_words(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    made = begun(cast, two)
    assert "Hotels, and rooms." in act(ada, "introduction_said", made.id, said="Hotels, and rooms")
    answer = ada.post(
        reverse("introduction_words", args=[made.id]), {"letter": "ask_first", "place": "0", "body": "Mine alone"}
    )
    assert "Reads in" in words(answer)
    assert "Mine alone" in words(ada.get(reverse("introduction", args=[made.id])))


def test_who_was_asked_within_the_month_is_left_in_peace(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    begun(cast, two, "ask")
    other = introductions.begin(two[0], Person.objects.order_by("name")[3], cast.ada, NOW)
    assert "From 12 December on it is kinder." in words(ada.get(reverse("introduction", args=[other.id])))


def test_it_comes_up_once_in_the_week(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    begun(cast, two, "ask")
    said = "You asked Bob 10 days ago about meeting Ann."
    assert said not in words(ada.get("/week"))
    with time_machine.travel(NOW + timedelta(days=10), tick=False):
        assert said in words(ada.get("/week"))


def test_for_the_give_page(cast: Cast, two: tuple[Person, Person], rf: RequestFactory) -> None:
    """What "Someone to meet" shows: what is on its way, then who should meet; never more than so many."""
    request = rf.get("/")
    request.user = cast.ada
    access.SpaceMiddleware(lambda _: None)(request)  # type: ignore[arg-type,return-value]
    (idea,) = pages.meet(request)["meet"]
    assert (idea.middle, idea.act.label, idea.url) == ("Just an idea", "Ask Bob first", "")
    begun(cast, two, "ask", "yes")
    (going,) = pages.meet(request)["meet"]
    assert (going.left_said, going.right_said, going.act.label) == ("Said yes today", "Not asked yet", "Ask Ann")
    assert (going.left_on, going.right_on, going.middle) == (True, False, "One yes so far")
    assert pages.meet(request, most=0)["meet"] == []


def test_ben_sees_it_and_leaves_it_to_ada(ben: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    made = begun(cast, two, "ask")
    page = ben.get(reverse("introduction", args=[made.id])).content.decode()
    assert "Ada has this in hand." in words(ben.get(reverse("introductions")))
    assert reverse("introduction_do", args=[made.id]) not in page
    introductions.change(made, "", private=True)
    assert ben.get(reverse("introduction", args=[made.id])).status_code == 404


def test_joined_into_one_it_is_not_here(ada: Client, cast: Cast, two: tuple[Person, Person]) -> None:
    made = begun(cast, two)
    people.to_trash([two[0].id], NOW)
    assert ada.get(reverse("introduction", args=[made.id])).status_code == 404
    told = words(ada.post(reverse("introduction_begin"), {"first": two[0].id, "second": two[1].id}, follow=True))
    assert "One of the two is not here any more." in told


def test_nobody_to_introduce_yet(ada: Client) -> None:
    assert "Nobody to introduce yet" in words(ada.get(reverse("introductions")))
