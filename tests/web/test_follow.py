"""Following many at once, being away, and rhythms of tags and circles, from the pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from keepwarm.models import Action, Circle, Membership, Person
from tests.build import network
from tests.conftest import Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db


def follow(browser: Client, people: list[Person], how: str) -> str:
    said = {"do": f"follow:{how}", "who": [str(one.id) for one in people]}
    return words(browser.post("/people/many", said, follow=True))


def test_it_works(ada: Client, cast: Cast) -> None:
    people = network(cast.home, 200)
    assert "200 people, every month: about 15 a week, the last in three months." in follow(ada, people, "28")
    assert "3 people without a rhythm." in follow(ada, people[:3], "0")
    assert "3 people as their circle has it." in follow(ada, people[:3], "")
    assert "Please say how often." in follow(ada, people, "often")


def test_one_who_is_due_comes_this_week(ada: Client, cast: Cast) -> None:
    assert "1 person, every three months: all this week." in follow(ada, network(cast.home, 1), "91")


def test_undo(ada: Client, cast: Cast) -> None:
    follow(ada, network(cast.home, 5), "28")
    assert Person.objects.exclude(due_on=None).count() == 5
    ada.post(f"/people/many/{Action.objects.get().id}/undo")
    assert Person.objects.exclude(due_on=None).count() == 0


def test_away_until(ada: Client, cast: Cast) -> None:
    follow(ada, network(cast.home, 40), "28")
    ada.post("/settings", {"part": "rhythm", "away_until": "2026-12-06"})
    assert Membership.objects.get(user=cast.ada).away_until == date(2026, 12, 6)
    assert min(Person.objects.values_list("due_on", flat=True)) > date(2026, 12, 6)
    assert "You are away until 6 December." in words(ada.get("/week"))


@pytest.mark.parametrize("wrong", ["soon", "2030-01-01"])
def test_away_for_ever_is_refused(ada: Client, cast: Cast, wrong: str) -> None:
    ada.post("/settings", {"part": "rhythm", "away_until": wrong})
    assert Membership.objects.get(user=cast.ada).away_until is None


def test_circles_of_a_family(ada: Client, cast: Cast) -> None:
    Circle.objects.create(space=cast.home, name="Close", cadence=30)
    ada.post("/settings/circles/preset", {"family": "A to D"})
    held = list(Circle.objects.filter(space=cast.home).values_list("name", "cadence"))
    assert held == [("Close", 30), ("A", 21), ("B", 63), ("C", 182), ("D", 364)]


def test_tags(ada: Client, cast: Cast) -> None:
    (ann,) = network(cast.home, 1)
    ada.post("/people/many", {"do": "tag:on", "tag": "Press", "who": [str(ann.id)]})
    page = words(ada.post("/settings/tags", {"tag": ["press", ""], "days": ["91", "28"]}, follow=True))
    assert "Kept." in page
    assert Person.objects.get().own_rhythm == 91
    assert "By their tag: every three months." in words(ada.get(f"/people/{ann.id}"))
    ada.post("/settings/tags", {"tag": [""], "days": ["91"]})
    assert Person.objects.get().own_rhythm is None


def test_no_rhythm_though_the_circle_has_one(ada: Client, cast: Cast) -> None:
    (ann,) = network(cast.home, 1)
    Person.objects.update(circle=Circle.objects.create(space=cast.home, name="Close", cadence=28))
    page = words(ada.post(f"/people/{ann.id}/rhythm", {"days": "0"}, follow=True))
    assert "You asked for no rhythm." in page
    assert (Person.objects.get().own_rhythm, Person.objects.get().due_on) == (None, None)


def test_cleo_cannot_follow_adas_people(ada: Client, cleo: Client, cast: Cast) -> None:
    follow(cleo, network(cast.home, 2), "28")
    assert Person.objects.exclude(due_on=None).count() == 0
