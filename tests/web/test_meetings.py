"""Whom the user will meet anyway: told on the person's page, and on the card of someone they wished to write to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from keepwarm.models import Appointment, Person
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def meet(person: Person, days: int, title: str = "Lunch") -> None:
    Appointment.objects.create(
        space_id=person.space_id, person=person, at=NOW + timedelta(days=days), title=title, source="x",
        external_id=str(days),
    )  # fmt: skip


def test_on_their_page(ada: Client, cast: Cast) -> None:
    (one,) = network(cast.home, 1)
    meet(one, 7)
    meet(one, 21, "Dinner")
    page = ada.get(f"/people/{one.id}").content.decode()
    assert "You meet: Lunch" in page
    assert "Dinner" not in page


def test_what_has_been_is_not_coming_up(ada: Client, cast: Cast) -> None:
    (one,) = network(cast.home, 1)
    meet(one, -1)
    assert "You meet" not in ada.get(f"/people/{one.id}").content.decode()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "You meet today: “Lunch”."),
        (1, "You meet tomorrow: “Lunch”."),
        (7, "You meet on Thursday, 19 November: “Lunch”."),
    ],
)
def test_on_the_card_of_someone_who_was_wished_for(ada: Client, cast: Cast, days: int, said: str) -> None:
    (one,) = network(cast.home, 1)
    Person.objects.update(hello_wanted_on=NOW.date())
    meet(one, days)
    assert said in ada.get("/").content.decode()


def test_who_is_met_soon_is_no_card(ada: Client, cast: Cast) -> None:
    (one,) = network(cast.home, 1)
    meet(one, 7)
    assert one.name not in ada.get("/").content.decode()
