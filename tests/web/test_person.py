"""One person's page: what is known and from where, what has been, notes, and being left out."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Note, Person, Photo, Touch
from tests.build import bring_in, card, connections, person
from tests.conftest import Cast
from tests.web.pages import act, three, words

pytestmark = pytest.mark.django_db
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ANN = card(
    "Ann Lee",
    "EMAIL;TYPE=work:ann@example.com",
    "TEL:+44 7700 900142",
    "ORG:Acme",
    "BDAY:1980-06-02",
    "NOTE:Met in Leeds",
)


@pytest.fixture
def ann(cast: Cast) -> Person:
    bring_in(cast.home, ANN)
    return person(cast.home, "Ann Lee")


def page(browser: Client, who: Person) -> str:
    return words(browser.get(reverse("person", args=[who.id])))


def test_it_works(ada: Client, ann: Person) -> None:
    told = page(ada, ann)
    for said in (
        "Ann Lee",
        "Acme",
        "ann@example.com (work) address book",
        "2 June 1980",
        "Met in Leeds",
        "Write to Ann",
    ):
        assert said in told


def test_what_is_many_folds(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Bo Many", *(f"EMAIL:bo{n}@example.com" for n in range(9))))
    bo = person(cast.home, "Bo Many")
    open_ones, _, folded = page(ada, bo).partition("3 more : e-mail")
    assert [open_ones.count(f"bo{n}@example.com address book") for n in range(6)] == [1] * 6
    assert [folded.count(f"bo{n}@example.com address book") for n in range(6, 9)] == [1] * 3


def test_what_two_sources_say_is_shown_once_with_both(cast: Cast, ada: Client, ann: Person) -> None:
    rows = connections("Ann,Lee,https://www.linkedin.com/in/annlee,ann@example.com,Acme,CEO,07 Jun 2021")
    bring_in(cast.home, **{"Connections.csv": rows})
    told = page(ada, ann)
    assert "known since June 2021" in told
    assert told.count("Acme address book, LinkedIn") + told.count("Acme LinkedIn, address book") == 1


def test_a_note(ada: Client, ann: Person) -> None:
    assert "likes tea" in act(ada, "note_add", ann.id, text="  likes tea  ")
    assert Note.objects.get().text == "likes tea"
    assert "likes tea" not in act(ada, "note_undo", Note.objects.get().id)
    assert not Note.objects.exists()


def test_an_empty_note_is_none(ada: Client, ann: Person) -> None:
    act(ada, "note_add", ann.id, text="  ")
    assert not Note.objects.exists()


def test_we_talked(ada: Client, ann: Person) -> None:
    told = act(ada, "touch_log", ann.id, on="2026-11-02", channel="meeting", line="Her new job")
    assert "2 Nov" in told
    assert "You met Her new job" in told
    assert "Her new job" not in act(ada, "touch_undo", Touch.objects.get().id)


@pytest.mark.parametrize(
    ("on", "channel"), [("2026-12-24", "mail"), ("soon", "mail"), ("", "mail"), ("2026-11-02", "smoke")]
)
def test_a_day_or_way_that_cannot_be(ada: Client, ann: Person, on: str, channel: str) -> None:
    assert "Please say on which day" in act(ada, "touch_log", ann.id, on=on, channel=channel)
    assert not Touch.objects.exists()


def test_left_out_and_let_in_again(ada: Client, ann: Person) -> None:
    told = act(ada, "person_never", ann.id)
    assert "Ann Lee will not be suggested." in told
    assert "left out of suggestions" in told
    assert three(ada) == []
    assert "left out of suggestions" not in act(ada, "person_suggest", ann.id)
    assert len(three(ada)) == 1


def test_the_undo_of_being_left_out_is_on_the_message(ada: Client, ann: Person) -> None:
    answer = ada.post(reverse("person_never", args=[ann.id]), follow=True).content.decode()
    assert f'action="{reverse("person_suggest", args=[ann.id])}"><input' in answer


def test_a_photo_is_sent_as_a_picture_and_nothing_else(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", f"PHOTO;ENCODING=b;TYPE=PNG:{PNG}"))
    address = reverse("person_photo", args=[Photo.objects.get().person_id])
    assert f'src="{address}"' in ada.get(reverse("person", args=[Photo.objects.get().person_id])).content.decode()
    answer = ada.get(address)
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG", "svg+xml", "html"])
def test_a_photo_that_is_a_page_is_not_kept(cast: Cast, ada: Client, kind: str) -> None:
    page = (
        "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0iYWxlcnQoMSkiLz4="  # <svg onload="alert(1)"/>
    )
    bring_in(cast.home, card("Ann Lee", f"PHOTO;ENCODING=b;TYPE={kind}:{page}"))
    assert not Photo.objects.exists()


def test_nobody_has_a_photo_by_default(ada: Client, ann: Person) -> None:
    assert ada.get(reverse("person_photo", args=[ann.id])).status_code == 404


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", " javascript:x"]
)
def test_a_link_that_would_run_is_only_text(cast: Cast, ada: Client, link: str) -> None:
    bring_in(
        cast.home, card("Ann Lee", f"URL:{link}", f"X-SOCIALPROFILE;TYPE=x:{link}", f"EMAIL:{link}", f"TEL:{link}")
    )
    answer = ada.get(reverse("person", args=[Person.objects.get().id])).content.decode().lower()
    for scheme in ("javascript:", "data:text", "vbscript:"):
        assert f'href="{scheme}' not in answer
        assert f'href=" {scheme}' not in answer


def test_every_value_is_only_text(cast: Cast, ada: Client) -> None:
    tag = "<img src=x onerror=alert(1)>"
    lines = [f"{field}:{tag}" for field in ("EMAIL", "TEL", "ORG", "TITLE", "NOTE", "NICKNAME", "CATEGORIES", "URL")]
    bring_in(cast.home, card(f"{tag} Lee", f"ADR:;;{tag};{tag};;;", *lines))
    answer = ada.get(reverse("person", args=[Person.objects.get().id])).content.decode()
    assert "<img src=x" not in answer
    assert "&lt;img src=x" in answer


def test_someone_who_cannot_be_reached_has_no_letter(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "ORG:Acme"))
    assert "Write to" not in page(ada, person(cast.home, "Ann Lee"))


def test_nothing_but_a_name(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann"))
    told = page(ada, Person.objects.get())
    assert "Nothing noted yet." in told
    assert "None" not in told
