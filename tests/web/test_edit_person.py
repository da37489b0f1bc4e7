"""Putting something right in its place: the user's own words win, and are never lost in silence."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Circle, Fact, Person
from tests.build import bring_in, card, here, person
from tests.conftest import Cast
from tests.web.pages import act, words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ANN = card("Ann Lee", "EMAIL;TYPE=work:ann@example.com", "ORG:Acme", "TITLE:Director", "BDAY:1980-06-02", uid="a")


@pytest.fixture
def ann(cast: Cast) -> Person:
    bring_in(cast.home, ANN)
    return person(cast.home, "Ann Lee")


def address(who: Person, what: str) -> str:
    return f"{reverse('person_edit', args=[who.id])}?what={what}"


def edit(browser: Client, who: Person, what: str, /, version: str = "1", **typed: str) -> Any:
    return browser.post(address(who, what), {"version": version} | typed, follow=True)


def mail(who: Person) -> str:
    return f"email.{who.facts.get(field='email', ended_at=None).id}"


def test_it_works(ada: Client, ann: Person) -> None:
    for field, value in {"name": "Ann Lee-Fox", "title": "Chair", "organisation": "Zenith", "place": "Leeds"}.items():
        told = words(edit(ada, ann, field, was=getattr(ann, field), **{field: value}))
        assert "Kept. What you write yourself, no file will change." in told
    assert "Ann Lee-Fox Chair, Zenith. Leeds" in told
    assert "Zenith you" in told
    assert "Address book says Acme" in told


@pytest.mark.parametrize(
    "what",
    [
        "name", "title", "organisation", "place", "birthday", "relation", "how_met", "trust", "important",
        "email.new", "phone.new", "link.new", "category.new",
    ],
)  # fmt: skip
def test_each_has_a_field_of_its_own(ada: Client, ann: Person, what: str) -> None:
    page = ada.get(address(ann, what))
    assert page.status_code == 200
    assert "Keep" in words(page)
    piece = ada.get(address(ann, what), headers=HTMX).content.decode()
    assert piece.lstrip().startswith("<form")
    assert f'data-row="edit-{what.replace(".", "-")}"' in piece


@pytest.mark.parametrize(
    "what",
    ["email.1", "email.999999999999999999999", "smoke", "smoke.new", "known_since", "id", "title.new", "email.x"],
)
def test_nothing_else_can_be_edited(ada: Client, ann: Person, what: str) -> None:
    assert ada.get(address(ann, what)).status_code == 404


def test_a_file_does_not_write_over_it(cast: Cast, ada: Client, ann: Person) -> None:
    edit(ada, ann, "title", title="Chair")
    bring_in(cast.home, ANN.replace("Director", "Retired"))
    assert person(cast.home, "Ann Lee").title == "Chair"


def test_emptied_it_is_what_the_file_says(ada: Client, ann: Person) -> None:
    edit(ada, ann, "title", title="Chair")
    assert "Director, Acme" in words(edit(ada, ann, "title", version="2", title=""))


def test_nothing_changed_says_nothing(ada: Client, ann: Person) -> None:
    assert "Kept." not in words(edit(ada, ann, "title", title="Director"))
    assert not Fact.objects.filter(source="user").exists()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_person_needs_a_name(ada: Client, ann: Person, name: str) -> None:
    answer = edit(ada, ann, "name", name=name)
    assert answer.status_code == 422
    assert "A person needs a name." in words(answer)


# A birthday


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("3", "6", "1981", "3 June 1981"),
        ("3", "6", "", "3 June"),
        ("", "6", "", "June"),
        ("29", "2", "", "29 February"),
    ],
)
def test_a_birthday_as_far_as_it_is_known(ada: Client, ann: Person, day: str, month: str, year: str, said: str) -> None:
    told = words(edit(ada, ann, "birthday", day=day, month=month, year=year))
    assert f"Birthday {said} you" in told


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", ""),
        ("0", "6", ""),
        ("x", "6", ""),
        ("3", "", ""),
        ("3", "6", "2030"),
        ("3", "6", "80"),
        ("29", "2", "1981"),
    ],
)
def test_a_day_that_never_was(ada: Client, ann: Person, day: str, month: str, year: str) -> None:
    answer = edit(ada, ann, "birthday", day=day, month=month, year=year)
    assert answer.status_code == 422
    assert person(ann.space, "Ann Lee").birthday == "1980-06-02"


def test_a_birthday_can_be_taken_away(ada: Client, ann: Person) -> None:
    assert "Birthday 2 June 1980" not in words(edit(ada, ann, "birthday", away="1"))


# Marks


def test_marks(cast: Cast, ada: Client, ann: Person) -> None:
    close = Circle.objects.create(space=cast.home, name="Close")
    edit(ada, ann, "relation", relation="client")
    edit(ada, ann, "how_met", version="2", how_met="On the night train")
    edit(ada, ann, "trust", version="3", trust="opens")
    edit(ada, ann, "important", version="4", important="2")
    told = words(edit(ada, ann, "circle_id", version="5", circle_id=str(close.id)))
    for said in (
        "Relation client",
        "How you met On the night train",
        "Trust opens doors",
        "To you important",
        "Circle Close",
    ):
        assert said in told


@pytest.mark.parametrize(("field", "value"), [("trust", "best"), ("important", "9"), ("circle_id", "x")])
def test_a_mark_that_is_none(ada: Client, ann: Person, field: str, value: str) -> None:
    assert edit(ada, ann, field, **{field: value}).status_code == 422


def test_another_space_s_circle_is_none(cast: Cast, ada: Client, ann: Person) -> None:
    theirs = Circle.objects.create(space=cast.away, name="Theirs")
    assert edit(ada, ann, "circle_id", circle_id=str(theirs.id)).status_code == 422


# Values of which there are several


def test_an_email_more(ada: Client, ann: Person) -> None:
    told = words(edit(ada, ann, "email.new", value="home@example.com", note="home"))
    assert "home@example.com (home) you" in told
    assert "ann@example.com (work) address book" in told


def test_another_in_its_place(ada: Client, ann: Person) -> None:
    told = words(edit(ada, ann, mail(ann), value="new@example.com", note="work"))
    assert "new@example.com (work) you" in told
    assert "ann@example.com" not in told


def test_removed_with_undo(cast: Cast, ada: Client, ann: Person) -> None:
    told = edit(ada, ann, mail(ann), away="1")
    assert "ann@example.com is gone. No file will bring it back. Undo" in words(told)
    assert "Write to" not in words(told)
    gone = Fact.objects.get(label="removed")
    assert "ann@example.com (work) address book" in words(
        ada.post(reverse("value_undo", args=[ann.id, gone.id]), follow=True)
    )


@pytest.mark.parametrize(
    ("what", "value"),
    [("email.new", "ann"), ("phone.new", "call me"), ("link.new", "javascript:alert(1)"), ("category.new", " ")],
)
def test_what_it_cannot_be_is_said_beside_it(ada: Client, ann: Person, what: str, value: str) -> None:
    answer = edit(ada, ann, what, value=value)
    assert answer.status_code == 422
    assert f'value="{value.strip()}"' in answer.content.decode()
    assert not Fact.objects.filter(source="user").exists()


def test_a_tag_stands_in_the_head(ada: Client, ann: Person) -> None:
    answer = edit(ada, ann, "category.new", value="Choir").content.decode()
    assert '<span class="chip" dir="auto">Choir</span>' in answer


def test_ben_edits_with_ada_and_cleo_does_not(ben: Client, cleo: Client, ann: Person) -> None:
    assert "Chair, Acme" in words(edit(ben, ann, "title", title="Chair"))
    assert edit(cleo, ann, "title", version="2", title="Intruder").status_code == 404


# Two windows


@pytest.mark.parametrize("version", ["1", "", "x", "-1", "²", "99999999999999999999"])
def test_the_second_window_sees_the_first_and_keeps_its_words(ada: Client, ann: Person, version: str) -> None:
    edit(ada, ann, "title", was="Director", title="Chair")
    answer = edit(ada, ann, "title", version=version, was="Director", title="Retired")
    assert answer.status_code == 409
    assert "In another window this has just become “ Chair ”." in words(answer)
    assert 'value="Retired"' in answer.content.decode()
    assert person(ann.space, "Ann Lee").title == "Chair"


def test_having_seen_it_one_may_keep_ones_own(ada: Client, ann: Person) -> None:
    edit(ada, ann, "title", was="Director", title="Chair")
    edit(ada, ann, "title", was="Director", title="Retired")
    assert "Retired, Acme" in words(edit(ada, ann, "title", version="2", was="Chair", title="Retired"))


def test_different_fields_in_two_windows_are_both_kept_and_seen(ada: Client, ann: Person) -> None:
    edit(ada, ann, "title", was="Director", title="Chair")
    assert "Chair, Zenith" in words(edit(ada, ann, "organisation", was="Acme", organisation="Zenith"))


def test_an_email_changed_in_two_windows(ada: Client, ann: Person) -> None:
    mine = mail(ann)
    edit(ada, ann, mine, value="first@example.com")
    answer = edit(ada, ann, mine, value="second@example.com")
    assert answer.status_code == 409
    assert "has just become “ first@example.com ”" in words(answer)
    assert 'value="second@example.com"' in answer.content.decode()
    assert not Fact.objects.filter(value="second@example.com").exists()


def test_an_email_removed_in_the_other_window(ada: Client, ann: Person) -> None:
    mine = mail(ann)
    edit(ada, ann, mine, away="1")
    answer = edit(ada, ann, mine, value="second@example.com")
    assert "has just been taken away" in words(answer)
    assert "second@example.com you" in words(edit(ada, ann, "email.new", value="second@example.com"))


def test_htmx_is_shown_the_clash_in_its_place(ada: Client, ann: Person) -> None:
    edit(ada, ann, "title", was="Director", title="Chair")
    answer = ada.post(address(ann, "title"), {"version": "1", "was": "Director", "title": "Retired"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (200, "#edit-title")


def test_htmx_gets_what_is_known_and_the_head(ada: Client, ann: Person) -> None:
    answer = ada.post(address(ann, "title"), {"version": "1", "title": "Chair"}, headers=HTMX)
    assert answer["HX-Retarget"] == "#about"
    page = answer.content.decode()
    assert 'hx-swap-oob="true"' in page
    assert "Chair, Acme" in words(answer)
    assert "<html" not in page


# Resting, the trash


def test_rest_a_while_and_wake(ada: Client, ann: Person) -> None:
    told = act(ada, "person_rest", ann.id, weeks="13")
    assert "Ann Lee rests for three months. Undo" in told
    assert "rests until 11 February 2027" in told
    assert "rests until" not in act(ada, "person_wake", ann.id)


def test_deleted_and_back(cast: Cast, ada: Client, ann: Person) -> None:
    assert "Ann Lee is in the trash. Undo" in act(ada, "person_delete", ann.id)
    assert here(cast.home) == []
    assert "Director, Acme" in act(ada, "person_back", ann.id)
    assert here(cast.home) == ["Ann Lee"]


def test_long_words_are_cut_not_refused(ada: Client, ann: Person) -> None:
    edit(ada, ann, "title", title="x" * 5000)
    edit(ada, ann, "place", version="2", place="y" * 5000)
    edit(ada, ann, "relation", version="3", relation="z" * 5000)
    ann.refresh_from_db()
    assert (ann.title, ann.place, ann.relation) == ("x" * 500, "y" * 300, "z" * 50)
