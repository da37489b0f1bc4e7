"""Putting something right by hand: the user's own words win, and are never lost in silence."""

from __future__ import annotations

import pytest
from django.test import Client

from keepwarm.models import Fact, Person
from tests.build import bring_in, card, person
from tests.conftest import Cast
from tests.web.pages import act

pytestmark = pytest.mark.django_db
ANN = card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme", "TITLE:Director", uid="a")


@pytest.fixture
def ann(cast: Cast) -> Person:
    bring_in(cast.home, ANN)
    return person(cast.home, "Ann Lee")


def edit(browser: Client, who: Person, version: str = "1", **values: str) -> str:
    return act(browser, "person_edit", who.id, version=version, **values)


def test_it_works(ada: Client, ann: Person) -> None:
    told = edit(ada, ann, name="Ann Lee-Fox", title="Chair", organisation="Zenith", place="Leeds")
    assert "Kept. What you write yourself, no file will change." in told
    assert "Ann Lee-Fox Chair, Zenith. Leeds" in told
    assert "Zenith you" in told


def test_what_is_not_sent_stays(ada: Client, ann: Person) -> None:
    assert "Chair, Acme" in edit(ada, ann, title="Chair")


def test_a_file_does_not_write_over_it(cast: Cast, ada: Client, ann: Person) -> None:
    edit(ada, ann, title="Chair")
    bring_in(cast.home, ANN.replace("Director", "Retired"))
    assert person(cast.home, "Ann Lee").title == "Chair"


def test_emptied_it_is_what_the_file_says(ada: Client, ann: Person) -> None:
    edit(ada, ann, title="Chair")
    assert "Director, Acme" in edit(ada, ann, version="2", title="")


def test_nothing_changed_says_nothing(ada: Client, ann: Person) -> None:
    assert "Kept." not in edit(ada, ann, title="Director")
    assert not Fact.objects.filter(source="user").exists()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_person_needs_a_name(ada: Client, ann: Person, name: str) -> None:
    told = edit(ada, ann, name=name, title="Chair")
    assert "A person needs a name. Nothing was changed." in told
    assert "Director" in told


@pytest.mark.parametrize("version", ["1", "", "x", "-1", "²", "99999999999999999999"])
def test_two_windows_do_not_overwrite_each_other(ada: Client, ann: Person, version: str) -> None:
    edit(ada, ann, title="Chair")
    assert "changed in another window" in edit(ada, ann, version=version, title="Retired")
    ann.refresh_from_db()
    assert ann.title == "Chair"


def test_a_field_that_may_not_be_edited_is_left(ada: Client, ann: Person) -> None:
    edit(ada, ann, never="True", space="x", title="Chair")
    ann.refresh_from_db()
    assert (ann.never, ann.title) == (False, "Chair")


def test_long_words_are_cut_not_refused(ada: Client, ann: Person) -> None:
    edit(ada, ann, title="x" * 5000, place="y" * 5000)
    ann.refresh_from_db()
    assert ann.title == "x" * 500
    assert ann.place.startswith("y" * 300)
