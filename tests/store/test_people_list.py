"""The list in its pages: everyone once, in one order, from whichever end a page is walked to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.models import Person
from keepwarm.store import people_list, touches
from keepwarm.store.people_list import Narrow
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def home(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Seven people on pages of two: two who were spoken to, three with an employer, two known since a day."""
    monkeypatch.setattr(people_list, "PAGE", 2)
    firms = {"Ann": "Zenith", "Cy": "Acme", "Fay": "Acme"}
    names = ["Ann", "Bo", "Cy", "Di", "Eve", "Fay", "Gus"]
    bring_in(cast.home, *[card(name, *([f"ORG:{firms[name]}"] if name in firms else []), uid=name) for name in names])
    for name, days in (("Gus", 3), ("Bo", 90)):
        touches.log(
            person(cast.home, name), cast.ada, NOW - timedelta(days=days), NOW, channel="call", direction="both"
        )
    Person.objects.filter(name="Eve").update(known_since=date(2001, 2, 3))
    Person.objects.filter(name="Di").update(known_since=date(2012, 2, 3))
    return cast


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", "Ann Bo Cy Di Eve Fay Gus"),
        ("recent", "Gus Bo Ann Cy Di Eve Fay"),
        ("quiet", "Bo Gus Ann Cy Di Eve Fay"),
        ("known", "Eve Di Ann Bo Cy Fay Gus"),
        ("company", "Cy Fay Ann Bo Di Eve Gus"),
        ("new", "Gus Fay Eve Di Cy Bo Ann"),
    ],
)
def test_each_order_page_by_page(home: Cast, sort: str, names: str) -> None:
    pages = [people_list.page(home.home, Narrow(), "", sort, number, TODAY) for number in (1, 2, 3, 4)]
    shown = dict(Person.objects.values_list("id", "name"))
    assert [shown[id] for page in pages for id in page.ids] == names.split()
    assert [page.more for page in pages] == [True, True, True, False]


def test_a_page_beyond_the_last_is_the_last(home: Cast) -> None:
    assert people_list.page(home.home, Narrow(), "", "recent", 99, TODAY).number == 4


def test_the_commonest_leave_out_the_trash(home: Cast) -> None:
    bring_in(home.home, *[card(f"Tagged{n}", "CATEGORIES:Choir", uid=f"t{n}") for n in range(3)])
    Person.objects.filter(name="Tagged1").update(deleted_at=NOW)
    tags = people_list.counts(home.home, Narrow(), TODAY)["tag"]
    assert [(tag.name, tag.people) for tag in tags] == [("Choir", 2)]


def test_letters_once_each(home: Cast) -> None:
    bring_in(home.home, card("ada", uid="x"), card("Éva", uid="y"), card("李小龙", uid="z"), card("7 Up", uid="7"))
    assert people_list.letters(home.home) == ["a", "b", "c", "d", "e", "f", "g", "…"]
