"""Just met: captured in seconds, the event stays, a card is read first, and the first weeks come up in Today."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keepwarm.models import Event, FirstMeeting, Person, Touch
from tests.build import bring_in, card, here, person
from tests.conftest import Cast
from tests.formats.test_handed_over import photo
from tests.web.pages import act, words
from tests.web.test_without_javascript import Forms

pytestmark = pytest.mark.django_db
PAGE = "/just-met"


def meet(browser: Client, **typed: object) -> str:
    return words(browser.post(PAGE, typed, follow=True))


def form(page: str) -> dict[str, str]:
    found: dict[str, str] = next(form["fields"] for form in Forms(page).found if form["action"] == PAGE)
    return found


def test_it_works(ada: Client, cast: Cast) -> None:
    told = meet(ada, name="Lena Fox", where="Leeds fair", line="Bakes rye bread")
    assert "Lena Fox is here. A hello within two days will be on Today." in told
    assert "Met there: Leeds fair" in told
    assert form(ada.get(f"{PAGE}?where=Leeds+fair").content.decode())["where"] == "Leeds fair"
    today = words(ada.get("/"))
    assert "Lena Fox You met today: Leeds fair. A hello within two days is the one that lasts." in today
    lena = person(cast.home, "Lena Fox")
    assert "You met today: Leeds fair." in words(ada.get(reverse("person", args=[lena.id])))


def test_undo(ada: Client, cast: Cast) -> None:
    answer = ada.post(PAGE, {"name": "Lena Fox"}, follow=True).content.decode()
    undo = re.search(r'action="(/people/[^"]+/delete)"', answer)
    assert undo
    ada.post(undo[1])
    assert here(cast.home) == []


def test_the_letter_says_where(ada: Client, cast: Cast) -> None:
    pasted = form(ada.post(PAGE, {"pasted": "Lena Fox\nlena@example.com", "where": "Leeds fair"}).content.decode())
    meet(ada, **pasted, done="1")
    page = ada.get(reverse("person", args=[person(cast.home, "Lena Fox").id])).content.decode()
    assert "Leeds fair" in page[page.index("<kw-draft") : page.index("</kw-draft>")]


def test_a_signature_is_shown_before_it_is_kept(ada: Client, cast: Cast) -> None:
    answer = ada.post(PAGE, {"pasted": "Lena Fox\nBaker, Rye Ltd\nM: +44 7700 900142", "where": "Leeds"})
    assert not Person.objects.exists()
    sent = form(answer.content.decode())
    assert sent["name"] == "Lena Fox"
    meet(ada, **sent)
    lena = person(cast.home, "Lena Fox")
    assert lena.facts.filter(field="phone", value="+44 7700 900142").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lena.vcf", card("Lena Fox", "EMAIL:lena@example.com").encode()),
        ("photo.png", photo(card("Lena Fox", "EMAIL:lena@example.com"))),
    ],
)
def test_a_card_or_its_photo(ada: Client, cast: Cast, name: str, data: bytes) -> None:
    sent = form(ada.post(PAGE, {"card": SimpleUploadedFile(name, data)}).content.decode())
    assert sent["name"] == "Lena Fox"
    assert "lena@example.com" in sent.values()
    meet(ada, **sent)
    assert here(cast.home) == ["Lena Fox"]


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(ada: Client, cast: Cast) -> None:
    answer = ada.post(PAGE, {"card": SimpleUploadedFile("x.png", b"no"), "where": "Leeds", "line": "Bakes"})
    assert answer.status_code == 422
    assert "no picture that we can open" in words(answer)
    assert form(answer.content.decode())["line"] == "Bakes"
    large = ada.post(PAGE, {"card": SimpleUploadedFile("x.png", b"x" * (20 * 2**20 + 1))})
    assert "larger than 20 MB" in words(large)
    assert ada.post(PAGE, {"name": " "}).status_code == 422
    assert ada.post(PAGE, {"name": "Lena", "on": "2090-01-01"}).status_code == 422
    assert not Person.objects.exists()


def test_someone_who_is_here(ada: Client, cast: Cast) -> None:
    bring_in(cast.home, card("Lena Fox", "EMAIL:lena@example.com"))
    answer = ada.post(PAGE, {"name": "Lena Fox", "where": "Leeds fair"})
    assert answer.status_code == 409
    assert "who is here already?" in words(answer)
    lena = person(cast.home, "Lena Fox")
    meet(ada, name="Lena Fox", where="Leeds fair", same=str(lena.id))
    assert here(cast.home) == ["Lena Fox"]
    assert FirstMeeting.objects.get().person == lena
    meet(ada, name="Lena Fox", where="Leeds fair", anyway="1")
    assert here(cast.home) == ["Lena Fox", "Lena Fox"]


def test_one_note_for_the_event(ada: Client, cast: Cast) -> None:
    meet(ada, name="Lena Fox", where="Leeds fair")
    told = act(ada, "event_note", Event.objects.get().id, note="Rain all day")
    assert "Rain all day" in told
    lena = person(cast.home, "Lena Fox")
    assert "Rain all day" in words(ada.get(reverse("person", args=[lena.id])))


def test_hello_said_or_left(ada: Client, cast: Cast) -> None:
    meet(ada, name="Lena Fox", where="Leeds fair")
    met = FirstMeeting.objects.get()
    told = act(ada, "met_hello", met.id, back="today", channel="mail")
    assert "Noted. A hello to Lena Fox." in told
    assert "A hello within two days is" not in told
    assert Touch.objects.filter(direction="out").count() == 1
    Touch.objects.filter(direction="out").delete()
    assert "is left to come up by themselves" in act(ada, "met_let_go", met.id, back="today")
    assert "A hello within two days is" not in words(ada.get("/"))
    assert "A hello within two days is" in act(ada, "met_back", met.id, back="today")


def test_cleo_sees_nothing(ada: Client, cleo: Client, cast: Cast) -> None:
    meet(ada, name="Lena Fox", where="Leeds fair")
    assert "Leeds" not in words(cleo.get(f"{PAGE}?where=Leeds+fair"))
    assert cleo.post(reverse("met_hello", args=[FirstMeeting.objects.get().id])).status_code == 404
    assert cleo.post(reverse("event_note", args=[Event.objects.get().id]), {"note": "x"}).status_code == 404
