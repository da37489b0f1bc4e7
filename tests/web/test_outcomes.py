"""What became of it: words and counts, never a bare share."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from keepwarm.store import touches
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import act, three, words

pytestmark = pytest.mark.django_db


def test_it_works(cast: Cast, ada: Client) -> None:
    network(cast.home)
    first, second, third = three(ada)
    for pick in (first, second, third):
        act(ada, "pick_sent", pick.id, channel="mail", shape="hello", subject="A hello")
    touches.log(first.person, cast.ada, NOW + timedelta(days=3), NOW, channel="mail", direction="in")
    touches.log(second.person, cast.ada, NOW + timedelta(days=9), NOW, channel="meeting", direction="both")
    told = words(ada.get("/outcomes"))
    assert "Your hellos are often answered: two of three; one led to a meeting." in told
    assert "By the kind of message Just hello Two of three; one led to a meeting" in told
    assert "Answered after three days" in told
    assert "You met on 21 November" in told
    assert "No word yet" in told
    assert not re.search(r"\d ?%", told)


def test_an_answer_of_the_same_day_shows_on_today(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_sent", pick.id, channel="mail", shape="hello", subject="")
    assert "Sent. A kind thing to do." in words(ada.get("/"))
    touches.log(pick.person, cast.ada, NOW, NOW, channel="mail", direction="in")
    assert "Sent, and answered already." in words(ada.get("/"))


def test_with_fewer_than_three_nothing_is_counted(cast: Cast, ada: Client) -> None:
    network(cast.home)
    act(ada, "pick_sent", three(ada)[0].id, channel="mail", shape="hello", subject="")
    told = words(ada.get("/outcomes"))
    assert "With three hellos on their way" in told
    assert "answered:" not in told


def test_empty(ada: Client) -> None:
    assert "Nothing sent yet" in words(ada.get("/outcomes"))
