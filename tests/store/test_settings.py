"""Settings in the store: keys of phone numbers made again, and one undo that undoes once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.core.facts import Reach
from keepwarm.models import Circle, Fact, Membership, OwnerFact
from keepwarm.store import settings
from keepwarm.store.settings import Wanted
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
NUMBERS = ("+44 7700 900142", "0044 7700 900143", "07700 900144", "no number")


def member(cast: Cast) -> Membership:
    return Membership.objects.select_related("user", "space").get(user=cast.ada)


def keys(cast: Cast) -> list[str]:
    return list(Fact.objects.filter(space=cast.home, field="phone").order_by("position").values_list("key", flat=True))


@pytest.fixture
def ann(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", *[f"TEL;TYPE=cell:{number}" for number in NUMBERS]))


def test_a_country_gives_local_numbers_their_keys(cast: Cast, ann: None) -> None:
    before = keys(cast)
    assert before[:3] == ["p:+447700900142", "p:+447700900143", "n:07700900144"]
    settings.save(member(cast), {"phone_country": "GB"}, NOW)
    assert keys(cast) == [*before[:2], "p:+447700900144", *before[3:]]


def test_a_country_chosen_wrongly_can_be_mended(cast: Cast, ann: None) -> None:
    settings.save(member(cast), {"phone_country": "DE"}, NOW)
    settings.save(member(cast), {"phone_country": "GB"}, NOW)
    assert keys(cast)[2] == "p:+447700900144"


def test_reach_is_shown_again_and_undone(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "TEL;TYPE=cell:07700 900144"))
    assert Reach.WHATSAPP not in Reach(person(cast.home, "Ann Lee").reach)
    action = settings.save(member(cast), {"phone_country": "GB"}, NOW)
    assert Reach.WHATSAPP in Reach(person(cast.home, "Ann Lee").reach)
    assert action
    settings.undo(action, member(cast), LATER)
    assert keys(cast) == ["n:07700900144"]
    assert Reach.WHATSAPP not in Reach(person(cast.home, "Ann Lee").reach)


def test_another_space_keeps_its_numbers(cast: Cast) -> None:
    bring_in(cast.away, card("Ann Lee", "TEL:07700 900144"))
    settings.save(member(cast), {"phone_country": "GB"}, NOW)
    assert list(Fact.objects.filter(field="phone").values_list("key", flat=True)) == ["n:07700900144"]


def test_only_what_changed_is_put_back(cast: Cast) -> None:
    first = settings.save(member(cast), {"theme": "dark", "sign_off": "Ada"}, NOW)
    assert first
    assert first.before == {"theme": ""}
    settings.save(member(cast), {"sign_off": "A."}, NOW)
    settings.undo(first, member(cast), LATER)
    assert (member(cast).theme, member(cast).sign_off) == ("", "A.")


def test_an_undo_undoes_once(cast: Cast) -> None:
    action = settings.save(member(cast), {"theme": "dark"}, NOW)
    assert action
    settings.undo(action, member(cast), LATER)
    settings.save(member(cast), {"theme": "light"}, LATER)
    settings.undo(action, member(cast), LATER)
    assert member(cast).theme == "light"


def test_two_owners_may_say_the_same(cast: Cast) -> None:
    for user in (cast.ada, cast.ben):
        settings.save(Membership.objects.get(user=user), {"email": ["post@example.com"]}, NOW)
    assert OwnerFact.objects.filter(value="post@example.com").exists()


def test_ids_of_another_space_are_left_out(cast: Cast) -> None:
    theirs = Circle.objects.create(space=cast.away, name="Close")
    settings.arrange(cast.home, cast.ada, [Wanted(theirs.id, "Mine", 4), Wanted(None, "Far", None)], NOW)
    assert list(Circle.objects.filter(space=cast.home).values_list("name", flat=True)) == ["Far"]
    theirs.refresh_from_db()
    assert theirs.name == "Close"
