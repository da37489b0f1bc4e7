"""Lost touch: a page of people gone quiet, and a key that puts them into Today."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Person
from keepwarm.store import touches
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
PAGE = "/lost-touch"


@pytest.fixture
def friends(cast: Cast) -> list[Person]:
    """Two quiet for seven months, one for two years, one of whom nothing is on record."""
    found = network(cast.home, 4)
    for friend, ago in zip(found, (210, 211, 730), strict=False):
        for days, direction in ((ago + 3, "out"), (ago, "in")):
            touches.log(friend, cast.ada, NOW - timedelta(days=days), NOW, channel="mail", direction=direction)
    return found


def test_it_works(ada: Client, friends: list[Person]) -> None:
    told = words(ada.get(PAGE))
    assert "Three months to a year 2 Over a year 1 No history yet" in told
    assert "Friend0 Number0 Director, Firm 0 You were last in touch in April 2026; it has been seven months." in told
    assert "7 months" in told
    assert "Friend2" not in told
    assert "Friend2" in words(ada.get(f"{PAGE}?kind=dormant"))


def test_no_history_is_apart_and_nobodys_fault(ada: Client, friends: list[Person]) -> None:
    told = words(ada.get(f"{PAGE}?kind=unknown"))
    assert "Friend3" in told
    assert "Nothing is on record between you yet; that says nothing about the tie." in told


def test_say_hello_and_undo(ada: Client, friends: list[Person]) -> None:
    address = f"{reverse('lost_hello', args=[friends[0].id])}?kind=lapsing"
    told = words(ada.post(address, follow=True))
    assert "Comes up in Today. Write now" in told
    (first, *_) = ada.get("/").context["cards"]
    assert first.person.name == "Friend0 Number0"
    Person.objects.update(suggested_on=None)
    assert "Comes up in Today" not in words(ada.post(address, {"back": "1"}, follow=True))
    assert Person.objects.get(id=friends[0].id).hello_wanted_on is None


def test_the_keyboard_goes_on_to_the_next(ada: Client, friends: list[Person]) -> None:
    first, second = ada.get(PAGE).context["rows"]
    piece = ada.post(reverse("lost_hello", args=[first.person.id]), headers={"HX-Request": "true"})
    assert piece.content.decode().lstrip().startswith("<kw-dig")
    assert [row.current for row in piece.context["rows"]] == [False, True]
    assert second.person.id == piece.context["rows"][1].person.id


@pytest.mark.parametrize("asked", ["page=0", "page=abc", "page=999999", "kind=nobody", "relation=%00", "company=." * 3])
def test_any_address_is_a_page(ada: Client, friends: list[Person], asked: str) -> None:
    assert ada.get(f"{PAGE}?{asked}").status_code == 200


def test_narrowed(ada: Client, friends: list[Person]) -> None:
    told = words(ada.get(f"{PAGE}?company=Firm+1"))
    assert "Friend1" in told
    assert "Friend0" not in told
    assert "Nobody here fits all of it." in words(ada.get(f"{PAGE}?company=Nowhere"))


def test_empty(ada: Client) -> None:
    assert "No one here yet" in words(ada.get(PAGE))
