"""Opening Today: three people, each with a reason and a letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keepwarm.models import Membership, Person, Pick
from tests.build import bring_in, card, network
from tests.conftest import NOW, Cast
from tests.web.pages import act, three, words

pytestmark = pytest.mark.django_db


def test_it_works(cast: Cast, ada: Client) -> None:
    network(cast.home)
    page = words(ada.get("/"))
    picks = three(ada)
    assert "Three people to say hello to" in page
    for pick in picks:
        assert pick.person.name in page
        assert pick.reasons[0]["text"] in page
    assert page.count("I sent it S") == 3


def test_the_letter_is_signed_and_can_be_opened_in_mail(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme"))
    page = ada.get("/").content.decode()
    assert 'href="mailto:ann@example.com?subject=' in page
    assert "Hi%20Ann" in page
    assert "%0D%0AAda" in page
    assert "Ada</textarea>" in page


@pytest.mark.parametrize(
    ("line", "href"),
    [
        ("TEL:+44 7700 900142", 'href="https://wa.me/447700900142?text='),
        ("TEL:07700 900142", 'href="sms:07700900142?body='),
        ("URL:https://www.linkedin.com/in/annlee", 'href="https://www.linkedin.com/in/annlee"'),
    ],
)
def test_other_ways_to_send(cast: Cast, ada: Client, line: str, href: str) -> None:
    bring_in(cast.home, card("Ann Lee", line))
    assert href in ada.get("/").content.decode()


def test_the_same_three_when_asked_again(cast: Cast, ada: Client) -> None:
    network(cast.home)
    assert three(ada) == three(ada)


def test_other_people_the_next_day(cast: Cast, ada: Client) -> None:
    network(cast.home)
    before = {pick.person_id for pick in three(ada)}
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        ada.get("/")
    assert not before & set(Pick.objects.exclude(day=NOW.date()).values_list("person_id", flat=True))


def test_the_day_turns_in_the_users_own_zone(cast: Cast, ada: Client) -> None:
    Membership.objects.filter(user=cast.ada).update(time_zone="Pacific/Auckland")
    with time_machine.travel(NOW.replace(hour=20), tick=False):
        assert "Friday 13 November" in words(ada.get("/"))


def test_nobody_here_yet(cast: Cast, ada: Client) -> None:
    assert "No one here yet" in words(ada.get("/"))


def test_everyone_is_resting(cast: Cast, ada: Client) -> None:
    network(cast.home, 2)
    Person.objects.update(never=True)
    assert "No one to suggest just now" in words(ada.get("/"))


def test_all_said(cast: Cast, ada: Client) -> None:
    network(cast.home, 3)
    for pick in three(ada):
        act(ada, "pick_sent", pick.id)
    assert "All said for today" in words(ada.get("/"))


def test_htmx_gets_the_piece_alone(cast: Cast, ada: Client) -> None:
    network(cast.home)
    piece = ada.get("/", headers={"HX-Request": "true"}).content.decode()
    assert '<kw-today id="today"' in piece
    assert "<html" not in piece


@pytest.mark.parametrize("asking", ["no-id", "00000000-0000-0000-0000-000000000000", ""])
def test_a_made_up_address_does_no_harm(cast: Cast, ada: Client, asking: str) -> None:
    network(cast.home)
    assert ada.get("/", {"asking": asking}).status_code == 200


def test_twice_the_people_cost_no_more_queries(cast: Cast, ada: Client) -> None:
    network(cast.home, 6)
    ada.get("/")
    with CaptureQueriesContext(connection) as few:
        ada.get("/")
    bring_in(cast.home, *[card(f"P{n} Q", f"EMAIL:p{n}@example.com", uid=f"p{n}") for n in range(60)])
    with CaptureQueriesContext(connection) as many:
        ada.get("/")
    assert len(many) == len(few)
    assert len(many) < 35


def test_names_in_any_script_and_with_tags_are_only_text(cast: Cast, ada: Client) -> None:
    bring_in(
        cast.home,
        card("<script>alert(1)</script> Fox", "EMAIL:fox@example.com"),
        card("李 小龙", "EMAIL:li@example.com"),
    )
    page = ada.get("/").content.decode()
    assert "<script>alert" not in page
    assert "李 小龙" in page
