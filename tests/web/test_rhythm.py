"""What the owner says of a rhythm counts at once, and can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Person
from keepwarm.store import touches
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import act, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(cast: Cast) -> Person:
    """In touch every month until 300 days ago."""
    (ann,) = network(cast.home, 1)
    for ago in range(300, 600, 30):
        for days, direction in ((ago + 2, "out"), (ago, "in")):
            touches.log(ann, cast.ada, NOW - timedelta(days=days), NOW, channel="mail", direction=direction)
    return ann


def keep(browser: Client, ann: Person, **said: str) -> str:
    return act(browser, "person_rhythm", ann.id, **said)


def again() -> tuple[int | None, bool]:
    held = Person.objects.get()
    return held.cadence, held.in_touch_since is not None


def test_it_works(ada: Client, ann: Person) -> None:
    assert "usually in touch every month; it has been ten months" in words(ada.get(f"/people/{ann.id}"))
    told = keep(ada, ann, days="365")
    assert "Noted: every year with Friend0 Number0." in told
    assert "You like to be in touch every year." in told
    assert again() == (365, False)


def test_warmth_follows_on_every_page(ada: Client, ann: Person) -> None:
    before = ada.get(f"/people/{ann.id}").context["person"].warmth
    keep(ada, ann, days="365")
    after = ada.get(f"/people/{ann.id}").context["person"].warmth
    (row,) = ada.get("/people").context["rows"]
    assert before < 20
    assert after > 80
    assert row.person.warmth == after
    assert row.rhythm == "once a year"


def test_we_talk_on_the_phone_every_week(ada: Client, ann: Person) -> None:
    told = keep(ada, ann, days="7", talk="1")
    assert "You two talk every week, as you said on 12 November 2026." in told
    assert ada.get(f"/people/{ann.id}").context["person"].warmth > 80
    assert ada.get("/").context["cards"] == []


def test_it_is_fine_like_this(ada: Client, ann: Person) -> None:
    assert "It is fine like this" in words(ada.get(f"/people/{ann.id}"))
    assert "It is fine like this" not in keep(ada, ann, fine="1")
    assert again() == (365, False)


def test_undo_brings_back_what_was_said_before(ada: Client, ann: Person) -> None:
    keep(ada, ann, days="30", talk="1")
    page = ada.post(reverse("person_rhythm", args=[ann.id]), {"days": ""}, follow=True).content.decode()
    assert again() == (None, False)
    undo = page.partition(f'action="{reverse("person_rhythm", args=[ann.id])}?')[2].partition('"')[0]
    ada.post(f"{reverse('person_rhythm', args=[ann.id])}?{undo.replace('&amp;', '&')}")
    assert again() == (30, True)


@pytest.mark.parametrize("days", ["731", "-7", "often", "٣", "1" * 9])
def test_nonsense_is_as_it_comes(ada: Client, ann: Person, days: str) -> None:
    keep(ada, ann, days=days)
    assert again()[0] in (None, 3)


def test_a_reason_opens_the_touches_behind_it(ada: Client, ann: Person) -> None:
    page = ada.get(f"/people/{ann.id}")
    answers = next(reason for reason in page.context["evidence"] if "answers" in reason.text)
    shown = ada.get(answers.url.partition("#")[0])
    assert "What was answered within two weeks. Show everything" in words(shown)
    assert len(shown.context["timeline"]) == 20
    assert not ada.get(f"/people/{ann.id}?show=lines").context["timeline"]


def test_the_card_of_today_links_to_them(ada: Client, ann: Person) -> None:
    (card,) = ada.get("/").context["cards"]
    assert [reason.url.partition("?")[2] for reason in card.reasons][0] == "show=direct#together"
