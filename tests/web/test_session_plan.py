"""The plan of the weekly session: a preset, or one's own, whose minutes add up."""

from __future__ import annotations

import pytest
from django.test import Client

from keepwarm.core.session import PRESETS, read
from keepwarm.models import Membership
from tests.build import network
from tests.conftest import Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
ROWS: dict[str, list[str]] = {
    "action": ["light", "talk", ""], "source": ["warm", "mix", "mix"], "count": ["5", "2", ""],
    "minutes": ["2,5", "8", ""],
}  # fmt: skip


def plan(cast: Cast) -> list[tuple[str, int, str, float]]:
    held = read(Membership.objects.get(user=cast.ada).slots)
    return [(slot.source, slot.count, slot.action, slot.minutes) for slot in held]


def test_it_works(ada: Client, cast: Cast) -> None:
    network(cast.home, 1)
    assert "20 minutes in all" in words(ada.get("/week/plan"))
    page = words(ada.post("/week/plan", ROWS, follow=True))
    assert "Kept: 10.5 minutes a week." in page
    assert "Your own plan." in page
    assert plan(cast) == [("warm", 5, "light", 2.5), ("mix", 2, "talk", 8.0)]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset(ada: Client, cast: Cast, name: str) -> None:
    network(cast.home, 1)
    page = words(ada.post("/week/plan", {"preset": name}, follow=True))
    assert PRESETS[name].says in page
    assert read(Membership.objects.get(user=cast.ada).slots) == PRESETS[name].slots


@pytest.mark.parametrize(
    ("column", "wrong", "said"),
    [
        ("count", "99", "“99” is not a number of people up to 30."),
        ("count", "-3", "“-3” is not a number of people up to 30."),
        ("minutes", "soon", "“soon” is not a number of minutes up to 60."),
        ("minutes", "0", "“0” is not a number of minutes up to 60."),
        ("action", "sell", "That is not among the choices."),
        ("source", "leads", "That is not among the choices."),
    ],
)
def test_nonsense_changes_nothing(ada: Client, cast: Cast, column: str, wrong: str, said: str) -> None:
    before = plan(cast)
    answer = ada.post("/week/plan", ROWS | {column: [wrong, *ROWS[column][1:]]})
    assert answer.status_code == 422
    assert said in words(answer)
    assert plan(cast) == before


def test_an_empty_plan_is_none(ada: Client, cast: Cast) -> None:
    assert "A plan needs someone in it." in words(ada.post("/week/plan", {}))


def test_undo(ada: Client, cast: Cast) -> None:
    page = ada.post("/week/plan", {"preset": "circles"}, follow=True).content.decode()
    undo = page.partition('action="/settings/')[2].partition('"')[0]
    ada.post(f"/settings/{undo}")
    assert read(Membership.objects.get(user=cast.ada).slots) == PRESETS["quota"].slots
