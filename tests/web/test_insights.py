"""Insights: a page with a sentence for every picture, and the numbers beneath it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from keepwarm.models import Door, Touch
from keepwarm.store import touches
from tests.build import network
from tests.conftest import Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db


def live(cast: Cast) -> None:
    """Two dozen friends, long known; each has had a letter in the last weeks, and half of them answered."""
    now = timezone.now()
    for n, friend in enumerate(network(cast.home, 24)):
        touches.log(friend, cast.ada, now - timedelta(days=400), now, channel="call", direction="both")
        at = now - timedelta(days=3 * n + 1)
        kind = "thread" if n % 2 else "hello" if n else "saw_this"
        touches.log(friend, cast.ada, at, now, channel="mail", direction="out", kind=kind, balance="give")
        if n % 2:
            touches.log(friend, cast.ada, at + timedelta(hours=5), now, channel="mail", direction="in")
    Door.objects.create(
        space=cast.home, person=friend, author=cast.ada, kind="work", text="sent me a client", on=now.date(),
        made_at=now,
    )  # fmt: skip


def test_it_works(cast: Cast, ada: Client) -> None:
    live(cast)
    page = ada.get("/insights")
    told = words(page)
    assert "Off the treadmill" in told
    assert "24 of your 24 people" in told
    assert "24 given" in told
    assert "Pick up the thread 12 12 0" in told
    assert "Share something Too few to say 1 0 0" in told
    assert "24 of them" in told
    assert "Friend9 Number9 : sent me a client , after you wrote once." in told
    assert "You never asked for it" in told
    assert "You share these people" in told


def test_every_picture_has_a_sentence_and_nothing_breaks_the_policy(cast: Cast, ada: Client) -> None:
    live(cast)
    page = ada.get("/insights").content.decode()
    main = page[page.index('id="main"') : page.index("</main>")]
    pictures = re.findall(r'<svg class="chart"[^>]*>|<div class="heatmap".*?<svg[^>]*>', main, re.S)
    assert len(pictures) >= 6
    assert all("aria-label=" in picture or "aria-hidden" in picture for picture in pictures)
    assert main.count("See the numbers") == 3
    assert not re.search(r"\sstyle=|<script|\bnan\b|None", main)


def test_people_but_no_history(cast: Cast, ada: Client) -> None:
    network(cast.home)
    told = words(ada.get("/insights"))
    assert "Too early to tell" in told
    assert "each week gets a bar" in told
    assert "Warmth needs a history" in told
    assert "See the numbers" not in told


def test_empty(ada: Client) -> None:
    assert "No one here yet" in words(ada.get("/insights"))


def test_ben_shares_the_people_and_not_what_ada_did(cast: Cast, ben: Client) -> None:
    live(cast)
    told = words(ben.get("/insights"))
    assert "24 of your 24 people" in told
    assert "Nothing given and nothing asked yet" in told
    assert "Once you have said hello from Today" in told


def test_this_week_says_what_worked_once_it_is_believable(cast: Cast, ada: Client) -> None:
    now = timezone.now()
    for n, friend in enumerate(network(cast.home, 24)):
        kind = "thread" if n % 2 else "hello"
        at = now - timedelta(days=60)
        Touch.objects.create(
            space=cast.home, person=friend, author=cast.ada, at=at, made_at=now, channel="mail", direction="out",
            kind=kind,
        )  # fmt: skip
        if n % 2:
            touches.log(friend, cast.ada, at + timedelta(days=1), now, channel="mail", direction="in")
    said = "picking up a thread brought twelve answers to twelve letters; just saying hello none to 12."
    assert said in words(ada.get("/week"))
    assert said in words(ada.get("/insights"))
