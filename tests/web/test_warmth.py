"""How warm a tie is: one figure, whichever page shows it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from keepwarm.models import Membership, Person
from keepwarm.store import circles, letters, people, spaces, today, touches
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


def test_it_is_the_same_on_every_page(ada: Client, cast: Cast) -> None:
    """In a circle whose rhythm makes a difference: after 200 days Yearly is on time, without it one is not."""
    (friend,) = network(cast.home, 1)
    touches.log(friend, cast.ada, NOW - timedelta(days=200), NOW, channel="mail", direction="out")
    alone = people.warmth(Person.objects.get(), NOW.date())
    Person.objects.update(circle=next(circle for circle in circles.of(cast.home) if circle.name == "Yearly"))
    warm = people.warmth(Person.objects.get(), NOW.date())
    assert alone is not None
    assert warm is not None
    assert warm > alone

    (row,) = ada.get("/people").context["rows"]
    (face,) = ada.get("/people/find?q=friend").context["faces"]
    (card,) = ada.get("/").context["cards"]
    page = ada.get(f"/people/{friend.id}").context["person"]
    member = Membership.objects.get(user=cast.ada)
    owner = spaces.owner_facts(cast.home, member)
    picks = today.stored(cast.home, cast.ada, NOW.date())
    (told,) = letters.told(picks, cast.home, owner, cast.ada, NOW.date())
    assert {row.person.warmth, face.warmth, card.person.warmth, page.warmth, told["warmth"]} == {warm}
