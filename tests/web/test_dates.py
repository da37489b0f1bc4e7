"""Dates on the pages: written and read as the user does, told once for all of them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from keepwarm.models import ImportRun, Membership
from keepwarm.store import people, touches
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
# Each page with a date, as a Briton, an American and a machine write it.
SHOWN = {
    "/": ("Thursday 12 November", "Thursday, November 12", "Thursday 2026-11-12"),
    "/people": ("2 Nov", "Nov 2", "2026-11-02"),
    "/people/{id}": ("2 Nov", "Nov 2", "2026-11-02"),
    "/people/{id}?": ("2 June 1980", "June 2, 1980", "1980-06-02"),
    "/people/trash": ("since 12 November", "since November 12", "since 2026-11-12"),
    "/import": ("12 November 2026", "November 12, 2026", "2026-11-12"),
    "/import/{run}": ("10 February 2027", "February 10, 2027", "2027-02-10"),
}


@pytest.fixture
def ids(cast: Cast) -> dict[str, object]:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "BDAY:1980-06-02"), card("Bob Ray"))
    ann = person(cast.home, "Ann Lee")
    touches.log(ann, cast.ada, NOW - timedelta(days=10), NOW, channel="mail", direction="out")
    people.to_trash([person(cast.home, "Bob Ray").id], NOW)
    return {"id": ann.id, "run": ImportRun.objects.get().id}


@pytest.mark.parametrize("address", SHOWN)
def test_it_works(ada: Client, ids: dict[str, object], address: str) -> None:
    for language, said in zip(("en-gb", "en-us", "iso"), SHOWN[address], strict=True):
        Membership.objects.update(language=language)
        assert said in words(ada.get(address.format(**ids)))


def test_without_a_wish_the_browser_says(ada: Client) -> None:
    page = words(ada.get("/", headers={"Accept-Language": "en-US,en;q=0.9"}))
    assert "Thursday, November 12" in page
    assert "Thursday 12 November" in words(ada.get("/"))


def test_nobody_gets_the_dates_of_whoever_asked_before(ada: Client, cleo: Client, cast: Cast) -> None:
    Membership.objects.filter(user=cast.ada).update(language="iso")
    assert "2026-11-12" in words(ada.get("/"))
    assert "Thursday 12 November" in words(cleo.get("/"))


@pytest.mark.parametrize(("language", "day"), [("en-gb", "2026-05-03"), ("en-us", "2026-03-05"), ("iso", "2026-05-03")])
def test_they_are_read_so_too(ada: Client, ids: dict[str, object], language: str, day: str) -> None:
    Membership.objects.update(language=language)
    assert f'value="{day}"' in ada.post("/log", {"line": "met Ann 3/5"}).content.decode()


@pytest.mark.parametrize(("first_weekday", "day"), [(0, "2026-11-08"), (6, "2026-11-01")])
def test_the_week_begins_where_the_user_has_it(
    ada: Client, ids: dict[str, object], first_weekday: int, day: str
) -> None:
    """On Thursday the 12th: the Sunday of last week ended it for some, and began it for others."""
    Membership.objects.update(first_weekday=first_weekday)
    assert f'value="{day}"' in ada.post("/log", {"line": "met Ann on Sunday last week"}).content.decode()


def test_the_days_of_the_settings_stand_in_the_order_of_the_week(ada: Client) -> None:
    Membership.objects.update(first_weekday=6)
    page = ada.get("/settings").content.decode()
    assert re.findall(r'name="days" value="(\d)"', page) == list("6012345")


def test_no_template_writes_a_date_by_itself() -> None:
    """What a machine reads, and the bare name of a day, may stand there."""
    for template in Path(settings.HERE / "templates").rglob("*.html"):
        forms = re.findall(r"""\|date:["']([^"']+)""", template.read_text())
        assert set(forms) <= {"Y-m-d", "l"}, template
