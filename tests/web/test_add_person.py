"""Add someone by hand, in ten seconds."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Fact, Person
from tests.build import bring_in, card, here, person
from tests.conftest import Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
PAGE = "/people/new"


def add(browser: Client, **typed: str) -> str:
    return words(browser.post(PAGE, typed, follow=True))


def test_it_works(cast: Cast, ada: Client) -> None:
    told = add(ada, name="Zoe Fox", how_met="Leeds fair", line="Bakes rye bread", way="zoe@example.com")
    for said in ("Zoe Fox is here. Undo", "Leeds fair", "Bakes rye bread", "zoe@example.com", "Write to Zoe"):
        assert said in told


def test_a_name_is_enough(cast: Cast, ada: Client) -> None:
    add(ada, name="Zoe")
    assert here(cast.home) == ["Zoe"]


def test_the_way_there_is_in_the_nav_and_the_cursor_in_the_name(ada: Client) -> None:
    assert f'href="{PAGE}"' in ada.get("/").content.decode()
    page = ada.get(PAGE).content.decode()
    assert page.index("autofocus") > page.index('name="name"')
    assert page.count("autofocus") == 1


@pytest.mark.parametrize(
    ("way", "field"),
    [("+44 7700 900142", "phone"), ("linkedin.com/in/zoe", "profile"), ("zoe.example.com", "link")],
)
def test_one_box_for_any_way(ada: Client, way: str, field: str) -> None:
    add(ada, name="Zoe", way=way)
    assert Fact.objects.filter(field=field, source="user").count() == 1


def test_a_national_number_is_read_by_your_country(cast: Cast, ada: Client) -> None:
    cast.home.memberships.update(phone_country="GB")
    add(ada, name="Zoe", way="07700 900142")
    assert Fact.objects.get(field="phone").key == "p:+447700900142"


def test_nothing_typed_is_lost_when_something_is_not_right(ada: Client) -> None:
    answer = ada.post(PAGE, {"name": "", "how_met": "Leeds fair", "line": "Bakes", "way": "smoke signals"})
    assert answer.status_code == 422
    assert "A person needs a name." in words(answer)
    assert "no e-mail address, number or link" in words(answer)
    for typed in ("Leeds fair", "Bakes", "smoke signals"):
        assert f'value="{typed}"' in answer.content.decode()
    assert not Person.objects.exists()


def test_undo_puts_them_in_the_trash(cast: Cast, ada: Client) -> None:
    add(ada, name="Zoe")
    ada.post(reverse("person_delete", args=[Person.objects.get().id]))
    assert here(cast.home) == []


@pytest.mark.parametrize("typed", [{"name": "ann LEE"}, {"name": "Annie", "way": "ANN@example.com"}])
def test_someone_who_is_here_is_asked_about(cast: Cast, ada: Client, typed: dict[str, str]) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme"))
    answer = ada.post(PAGE, typed | {"line": "Bakes"})
    assert answer.status_code == 409
    assert "Is it Ann Lee , Acme , who is here already?" in words(answer)
    assert 'value="Bakes"' in answer.content.decode()
    assert len(here(cast.home)) == 1
    add(ada, **typed, anyway="1")
    assert len(here(cast.home)) == 2


def test_another_from_the_same_evening(ada: Client) -> None:
    answer = ada.post(PAGE, {"name": "Zoe", "how_met": "Leeds fair", "another": "1"}, follow=True)
    assert 'value="Leeds fair"' in answer.content.decode()
    assert "Zoe is here." in words(answer)
    assert 'value="Zoe"' not in answer.content.decode()


def test_long_words_are_cut_not_refused(cast: Cast, ada: Client) -> None:
    add(ada, name="x" * 5000, how_met="y" * 5000, line="z" * 5000)
    held = person(cast.home, "x" * 500)
    assert (held.how_met, held.notes.get().text) == ("y" * 500, "z" * 2000)


def test_a_form_sent_twice_adds_one_person(cast: Cast, ada: Client) -> None:
    form = re.search(r'name="id" value="([^"]+)"', ada.get(PAGE).content.decode())
    assert form
    one, two = (ada.post(PAGE, {"name": "Zoe", "id": form[1]}) for _ in range(2))
    assert one.url == two.url
    assert here(cast.home) == ["Zoe"]


def test_anyway_twice_adds_one_more(cast: Cast, ada: Client) -> None:
    add(ada, name="Zoe")
    id = "01890000-0000-7000-8000-000000000001"
    for _ in range(2):
        ada.post(PAGE, {"name": "Zoe", "anyway": "1", "id": id})
    assert here(cast.home) == ["Zoe", "Zoe"]


def test_going_back_in_the_browser_to_add_someone_else(cast: Cast, ada: Client) -> None:
    id = "01890000-0000-7000-8000-000000000001"
    for name in ("Zoe", "Max"):
        ada.post(PAGE, {"name": name, "id": id})
    assert sorted(here(cast.home)) == ["Max", "Zoe"]


@pytest.mark.parametrize("id", ["", "x", "0" * 5000])
def test_a_form_without_an_id_of_its_own_is_taken_too(cast: Cast, ada: Client, id: str) -> None:
    ada.post(PAGE, {"name": "Zoe", "id": id})
    assert here(cast.home) == ["Zoe"]


def test_an_id_of_another_space_says_nothing(cast: Cast, ada: Client, cleo: Client) -> None:
    cleo.post(PAGE, {"name": "Zoe"})
    theirs = Person.objects.get()
    ada.post(PAGE, {"name": "Zoe", "id": str(theirs.id)})
    assert here(cast.home) == ["Zoe"]
    assert here(cast.away) == ["Zoe"]
