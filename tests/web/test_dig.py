"""Dig: choose a ground, walk it ten a page, decide, undo, come back."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from keepwarm.models import Person
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.web.pages import three, words

pytestmark = pytest.mark.django_db
ACME = {"kind": "organisation", "key": "acme"}


@pytest.fixture(autouse=True)
def ticking(thursday: None) -> Any:
    """Time moves on here: a page of ten ends when a later one begins."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def acme(cast: Cast) -> list[Person]:
    bring_in(cast.home, *[card(f"P{n:02} Q", f"EMAIL:p{n}@example.com", "ORG:Acme", uid=f"{n}") for n in range(12)])
    return list(Person.objects.order_by("folded"))


def walk(browser: Client) -> str:
    return words(browser.get(reverse("dig_walk"), ACME))


def since(page: str) -> str:
    return re.findall(r'name="since" value="([^"]+)"', page)[0]


def decide(browser: Client, who: Person, choice: str, at: str = "", **how: Any) -> Any:
    fields = ACME | {"choice": choice} | ({"since": at} if at else {})
    return browser.post(reverse("dig_decide", args=[who.id]), fields, **how)


def test_it_works(ada: Client, acme: list[Person]) -> None:
    chosen = words(ada.get("/dig"))
    assert "Where they work Acme 12 people" in chosen
    told = walk(ada)
    assert "0 of 12" in told
    assert "P09 Q" in told
    assert "P10 Q" not in told


@pytest.mark.parametrize(
    ("choice", "said"),
    [("close", "Kept close"), ("hello", "You want to say hello"), ("leave", "Left as it is"), ("never", "Never")],
)
def test_a_decision_stays_in_sight_with_its_undo(ada: Client, acme: list[Person], choice: str, said: str) -> None:
    at = since(ada.get(reverse("dig_walk"), ACME).content.decode())
    answer = decide(ada, acme[0], choice, at, follow=True)
    told = words(answer)
    assert "1 of 12" in told
    assert f"P00 Q Acme {said}" in told
    undo = re.findall(r'action="(/dig/[^"]+/undo[^"]*)"', answer.content.decode())[0].replace("&amp;", "&")
    back = words(ada.post(undo, follow=True))
    assert "0 of 12" in back
    assert said + " " not in back.partition("Ten at a time")[0].replace("Never N", "")


def test_the_next_ten_come_by_themselves(ada: Client, acme: list[Person]) -> None:
    at = since(ada.get(reverse("dig_walk"), ACME).content.decode())
    for who in acme[:9]:
        assert "P10 Q" not in words(decide(ada, who, "leave", at, follow=True))
    told = words(decide(ada, acme[9], "leave", at, follow=True))
    assert "10 of 12" in told
    assert "P10 Q" in told
    assert "P09 Q : left as it is. Undo" in told


def test_to_the_end(ada: Client, acme: list[Person]) -> None:
    for who in acme:
        decide(ada, who, "leave")
    told = walk(ada)
    assert "All of it walked" in told
    assert "everyone here, 12 in all" in told
    assert "all 12" in words(ada.get("/dig"))


def test_htmx_gets_the_piece(ada: Client, acme: list[Person]) -> None:
    answer = decide(ada, acme[0], "close", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith("<kw-dig")


def test_where_you_left_off(ada: Client, acme: list[Person]) -> None:
    assert "Carry on" not in words(ada.get("/dig"))
    decide(ada, acme[0], "leave")
    assert "Carry on: Acme" in words(ada.get("/dig"))


def test_a_hello_comes_up_in_today(ada: Client, acme: list[Person]) -> None:
    decide(ada, acme[7], "hello")
    assert [pick.person.name for pick in three(ada)] == ["P07 Q"]
    assert "You wanted to say hello." in words(ada.get("/"))


def test_never_is_said_on_their_page(ada: Client, acme: list[Person]) -> None:
    decide(ada, acme[0], "never")
    assert "left out of suggestions" in words(ada.get(reverse("person", args=[acme[0].id])))


def test_keys_are_on_the_row_whose_turn_it_is(ada: Client, acme: list[Person]) -> None:
    page = ada.get(reverse("dig_walk"), ACME).content.decode()
    assert page.count("data-current") == 1
    row = page.partition("data-current")[2].partition("</li>")[0]
    assert [key for key in "chln" if f'data-key="{key}"' in row] == list("chln")
    assert 'data-key="u"' not in page
    decide(ada, acme[0], "leave")
    assert 'data-key="u" data-anywhere' in ada.get(reverse("dig_walk"), ACME).content.decode()


@pytest.mark.parametrize(
    "asked", [{}, {"kind": "smoke", "key": "x"}, {"kind": "organisation", "key": "none"}, {"kind": "year", "key": "x"}]
)
def test_no_such_ground(ada: Client, acme: list[Person], asked: dict[str, str]) -> None:
    assert ada.get(reverse("dig_walk"), asked).status_code == 404


@pytest.mark.parametrize("at", ["soon", "2026-13-40", "2026-11-12T09:00:00", ""])
def test_a_moment_that_is_none(ada: Client, acme: list[Person], at: str) -> None:
    assert ada.get(reverse("dig_walk"), ACME | {"since": at}).status_code == 200


def test_a_choice_that_is_none_changes_nothing(cast: Cast, ada: Client, acme: list[Person]) -> None:
    decide(ada, acme[0], "smoke")
    assert person(cast.home, "P00 Q").dug_at is None


def test_nobody_yet(ada: Client) -> None:
    assert "No one here yet" in words(ada.get("/dig"))


def test_nothing_in_common_yet(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme"))
    assert "Nowhere to dig yet" in words(ada.get("/dig"))


def test_names_are_only_text(cast: Cast, ada: Client) -> None:
    tag = "<img src=x onerror=alert(1)>"
    bring_in(cast.home, *[card(f"{tag} {n}", f"ORG:{tag}", uid=f"{n}") for n in range(3)])
    chosen = ada.get("/dig").content.decode()
    assert "<img src=x" not in chosen
    address = re.findall(r'class="ground" href="([^"]+)"', chosen)[0].replace("&amp;", "&")
    assert "<img src=x" not in ada.get(address).content.decode()


def test_a_ground_that_has_gone_meanwhile(ada: Client, acme: list[Person]) -> None:
    ada.post(reverse("dig_decide", args=[acme[0].id]), {"kind": "tag", "key": "t:gone", "choice": "leave"})
    fields = {"kind": "tag", "key": "t:gone", "choice": "leave"}
    answer = ada.post(reverse("dig_decide", args=[acme[1].id]), fields, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/dig"


@pytest.mark.parametrize("year", ["0000", "00000", "٢٠٢٠", "9" * 5000])
def test_a_year_that_is_none_is_no_ground(ada: Client, acme: list[Person], year: str) -> None:
    assert ada.get(reverse("dig_walk"), {"kind": "year", "key": year}).status_code == 404


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-99-99", "now"])
def test_a_moment_beyond_the_calendar_is_none(ada: Client, acme: list[Person], at: str) -> None:
    assert ada.get(reverse("dig_walk"), ACME | {"since": at}, follow=True).status_code == 200
    assert decide(ada, acme[0], "leave", at, follow=True).status_code == 200
