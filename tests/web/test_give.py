"""The Give page: something to read, someone to meet, a kind word, each with whom it is for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keepwarm.core.shelf import Saved
from keepwarm.models import Item, Person
from keepwarm.store import interests, moments, shelf
from keepwarm.store.matching import Match
from keepwarm.web.give import first_line, spread
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
PAGE = "/give"


def weavers(cast: Cast, count: int = 2) -> None:
    """People who do something that few do."""
    bring_in(
        cast.home,
        *[
            card(f"Weaver{n} Lund", f"EMAIL:w{n}@example.com", "TITLE:Tapestry Weaver", f"ORG:Loom {n}", uid=f"w{n}")
            for n in range(count)
        ],
        *[card(f"P{n} Q", f"EMAIL:p{n}@example.com", "TITLE:Baker", uid=f"p{n}") for n in range(4)],
    )
    interests.index_missing(cast.home)


def saved(cast: Cast, title: str = "How a tapestry weaver works", days: int = 3) -> Item:
    said = Saved(title=title, note=title, site="Portico")
    return shelf.save(cast.home, cast.ada, said, NOW - timedelta(days=days))[0]


def test_it_works(cast: Cast, ada: Client) -> None:
    weavers(cast)
    saved(cast)
    moments.note(person(cast.home, "P1 Q"), "other", "won a prize for rye bread", NOW.date(), NOW)
    said = words(ada.get(PAGE))
    assert "1 saved , two good matches" in said
    assert "Portico, saved on Monday How a tapestry weaver works" in said
    assert "Share with Weaver0 Lund" in said
    assert "P1 Q won a prize for rye bread, on 12 Nov" in said
    assert "Write to P1 Q" in said


def test_each_c_is_taught_in_a_line(ada: Client) -> None:
    said = words(ada.get(PAGE))
    assert "Save a link or a thought, and see who would like it." in said
    assert "Two people you know may be just what each other needs." in said
    assert "It begins with the people you know." in said


def test_an_item_for_nobody_stands_there_all_the_same(cast: Cast, ada: Client) -> None:
    saved(cast, "Knots")
    assert "Nobody comes to mind yet." in words(ada.get(PAGE))


def test_what_suits_someone_comes_first(cast: Cast, ada: Client) -> None:
    weavers(cast)
    saved(cast, days=30)
    for title in ("Knots", "Tea", "Stamps"):
        saved(cast, title, days=1)
    titles = [sheet.title for sheet in ada.get(PAGE).context["sheets"]]
    assert titles[0] == "How a tapestry weaver works"
    assert len(titles) == 3


def test_a_birthday_and_a_word_for_it(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "BDAY:1980-11-15"))
    said = words(ada.get(PAGE))
    assert "One moment this week" in said
    assert "Ann Lee Birthday on Sunday" in said


def test_of_each_kind_one_before_a_second(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, *[card(f"B{n} Q", "BDAY:1980-11-15", uid=f"b{n}") for n in range(6)], card("Zoe Fox", uid="z"))
    moments.note(person(cast.home, "Zoe Fox"), "other", "opened a shop", NOW.date(), NOW)
    shown = [word.person.name for word in ada.get(PAGE).context["words"]]
    assert len(shown) == 5
    assert "Zoe Fox" in shown[:2]


def test_cleo_sees_nothing(cast: Cast, cleo: Client) -> None:
    weavers(cast)
    saved(cast)
    said = words(cleo.get(PAGE))
    assert "Weaver" not in said
    assert "tapestry" not in said


def test_ben_does_not_see_what_ada_keeps_to_herself(cast: Cast, ben: Client) -> None:
    shelf.save(cast.home, cast.ada, Saved(note="A secret tapestry", private=True), NOW)
    assert "secret" not in words(ben.get(PAGE))


def queries(ada: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert ada.get(PAGE).status_code == 200
    return len(asked)


def test_queries_stay_flat(cast: Cast, ada: Client) -> None:
    weavers(cast, 2)
    saved(cast)
    moments.note(person(cast.home, "P1 Q"), "other", "won a prize", NOW.date(), NOW)
    ada.get(PAGE)
    before = queries(ada)
    weavers(cast, 6)
    saved(cast, "What a tapestry weaver earns")
    saved(cast, "Where a tapestry weaver lives")
    for one in Person.objects.filter(name__startswith="P"):
        moments.note(one, "other", "won a prize", NOW.date(), NOW)
    ada.get(PAGE)
    assert queries(ada) <= before


def test_nobody_stands_under_each_of_the_three() -> None:
    ann, bob, eve = (Match(uuid4(), (), name, 1.0) for name in ("Ann", "Bob", "Eve"))
    first, second, third = UUID(int=1), UUID(int=2), UUID(int=3)
    found = spread({first: [ann, bob, eve], second: [ann, bob, eve], third: [ann]})
    assert found == {first: [ann, bob], second: [eve], third: [ann]}


def test_the_first_words_after_the_greeting() -> None:
    assert first_line("Hi Ann,\n\nWell done!\nIt is\n\nAda") == "Well done! It is"
    assert first_line("") == ""


def test_the_way_to_the_letter_and_the_shelf(cast: Cast, ada: Client) -> None:
    weavers(cast)
    item = saved(cast)
    page = ada.get(PAGE).content.decode()
    weaver = person(cast.home, "Weaver0 Lund")
    assert f'href="{reverse("shelf_letter", args=[item.id, weaver.id])}?from=give"' in page
    assert f'href="{reverse("shelf")}"' in page
    assert f'href="{reverse("shelf_save")}"' in page
