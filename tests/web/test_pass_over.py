"""Swap, not now, never: someone else takes the place, and the first can come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from keepwarm.models import Person
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import act, three, words

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_it_works(cast: Cast, ada: Client) -> None:
    network(cast.home)
    before = three(ada)
    page = act(ada, "pick_swap", before[1].id)
    after = three(ada)
    assert "Someone else, then." in page
    assert [after[0], after[2]] == [before[0], before[2]]
    assert after[1].person.name not in {pick.person.name for pick in before}


@pytest.mark.parametrize(
    ("weeks", "rests_until", "said"),
    [
        ("1", TODAY + timedelta(weeks=1), "rests for a week"),
        ("4", TODAY + timedelta(weeks=4), "rests for a month"),
        ("13", TODAY + timedelta(weeks=13), "rests for three months"),
        ("5200", TODAY + timedelta(weeks=4), "rests for a month"),
        ("soon", TODAY + timedelta(weeks=4), "rests for a month"),
        ("²", TODAY + timedelta(weeks=4), "rests for a month"),
        ("9" * 5000, TODAY + timedelta(weeks=4), "rests for a month"),
    ],
)
def test_not_now(cast: Cast, ada: Client, weeks: str, rests_until: date, said: str) -> None:
    network(cast.home)
    pick = three(ada)[0]
    assert f"{pick.person.name} {said}." in act(ada, "pick_not_now", pick.id, weeks=weeks)
    assert Person.objects.get(id=pick.person_id).rests_until == rests_until


def test_never(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    assert f"{pick.person.name} will not be suggested again." in act(ada, "pick_never", pick.id)
    assert Person.objects.get(id=pick.person_id).never


@pytest.mark.parametrize("address", ["pick_swap", "pick_not_now", "pick_never"])
def test_undo(cast: Cast, ada: Client, address: str) -> None:
    network(cast.home)
    before = three(ada)
    assert "Undo" in act(ada, address, before[0].id)
    act(ada, "pick_undo", before[0].id)
    assert three(ada) == before
    again = Person.objects.get(id=before[0].person_id)
    assert (again.never, again.rests_until) == (False, None)


def test_the_last_one_says_that_there_is_no_one_else(cast: Cast, ada: Client) -> None:
    network(cast.home, 3)
    page = act(ada, "pick_swap", three(ada)[0].id)
    assert "There is no one else to suggest today." in page
    assert "Two people to say hello to" in page


def test_who_was_passed_over_does_not_come_back_the_same_day(cast: Cast, ada: Client) -> None:
    network(cast.home, 5)
    seen = [pick.person_id for pick in three(ada)]
    for _ in range(2):
        act(ada, "pick_swap", three(ada)[0].id)
        seen.append(three(ada)[0].person_id)
    assert len(set(seen)) == 5


def test_passed_over_twice_is_once(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_swap", pick.id)
    after = three(ada)
    act(ada, "pick_swap", pick.id)
    assert three(ada) == after


def test_a_name_with_braces_is_only_a_name(cast: Cast, ada: Client) -> None:
    network(cast.home)
    Person.objects.update(name="{name} {0} %s")
    assert "{name} {0} %s will not be suggested again." in act(ada, "pick_never", three(ada)[0].id)


def test_htmx_gets_cards_and_message_in_one_piece(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    answer = ada.post(f"/today/{pick.id}/swap", headers={"HX-Request": "true"})
    assert "Someone else, then." in words(answer)
    assert 'hx-swap-oob="innerHTML:#toasts"' in answer.content.decode()
