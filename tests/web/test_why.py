"""Why these three, and why not someone else."""

from __future__ import annotations

import pytest
from django.test import Client

from keepwarm.models import Person, Pick
from tests.build import bring_in, card, network
from tests.conftest import Cast
from tests.web.pages import three, words

pytestmark = pytest.mark.django_db
PAGE = "/today/why"


@pytest.fixture
def friends(cast: Cast) -> list[Person]:
    return network(cast.home)


def test_it_works(ada: Client, friends: list[Person]) -> None:
    taken = {pick.person_id for pick in three(ada)}
    other = next(friend for friend in friends if friend.id not in taken)
    told = words(ada.get(PAGE, {"q": other.name}))
    assert f"{other.name} would be number " in told
    assert told.count("comes next by") == 1


def test_the_box_is_on_today(ada: Client, friends: list[Person]) -> None:
    assert "Why these three, and why not …?" in words(ada.get("/"))


def test_for_htmx_the_answer_alone(ada: Client, friends: list[Person]) -> None:
    Person.objects.filter(id=friends[0].id).update(never=True)
    piece = ada.get(PAGE, {"who": str(friends[0].id)}, headers={"HX-Request": "true"})
    assert words(piece).endswith("Friend0 Number0 You asked not to be reminded of Friend0 Number0.")
    assert "<html" not in piece.content.decode()


def test_of_several_one_is_chosen(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:a@example.com"), card("Ann Fox", "EMAIL:b@example.com"))
    told = words(ada.get(PAGE, {"q": "ann"}))
    assert "Whom do you mean?" in told
    assert not Pick.objects.exists()


def test_nobody_is_called_so(ada: Client, friends: list[Person]) -> None:
    assert "There is nobody here called zzyzx" in words(ada.get(PAGE, {"q": "zzyzx"}))


def test_nobody_of_another_space(ada: Client, cleo: Client, friends: list[Person]) -> None:
    assert cleo.get(PAGE, {"who": str(friends[0].id)}).status_code == 404
    assert "There is nobody here called Friend0" in words(cleo.get(PAGE, {"q": "Friend0"}))
