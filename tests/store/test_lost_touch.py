"""Lost touch: who is lapsing, dormant or unknown, from the summaries alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.models import Person
from keepwarm.store import lost_touch, touches
from keepwarm.store.people_list import Narrow
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)


def write(person: Person, *days: int) -> None:
    """Letters so many days ago, one each way in turn."""
    for turn, ago in enumerate(days):
        direction = "in" if turn % 2 else "out"
        touches.log(person, None, NOW - timedelta(days=ago), NOW, channel="mail", direction=direction)


def names(cast: Cast, kind: str, number: int = 1, **narrow: str) -> list[str]:
    found = lost_touch.page(cast.home, kind, Narrow(**narrow), number, DAY)
    return [person.given for person in found.people]


def test_it_works(cast: Cast) -> None:
    """Friend0 is fresh, 1 and 2 lapse, 3 and 4 are dormant, with 5 nothing ever went back, 6 is unknown."""
    friends = network(cast.home, 7)
    lives = [(90, 89), (200, 199, 190, 150), (400, 120), (900, 800), (700, 650, 600, 500), (300,)]
    for friend, days in zip(friends, lives, strict=False):
        write(friend, *days)
    assert names(cast, lost_touch.LAPSING) == ["Friend1", "Friend2"]
    assert names(cast, lost_touch.DORMANT_ONES) == ["Friend4", "Friend3"]
    assert names(cast, lost_touch.UNKNOWN) == ["Friend6"]
    assert lost_touch.sizes(cast.home, DAY) == {lost_touch.LAPSING: 2, lost_touch.DORMANT_ONES: 2}


def test_the_days_at_which_a_tie_lapses_and_goes_dormant(cast: Cast) -> None:
    for friend, ago in zip(network(cast.home, 4), (90, 91, 364, 365), strict=True):
        write(friend, ago + 1, ago)
    assert sorted(names(cast, lost_touch.LAPSING)) == ["Friend1", "Friend2"]
    assert names(cast, lost_touch.DORMANT_ONES) == ["Friend3"]


@pytest.mark.parametrize(
    "out", [{"never": True}, {"is_organisation": True}, {"deleted_at": NOW}, {"in_touch_since": DAY}]
)
def test_who_is_left_out(cast: Cast, out: dict[str, object]) -> None:
    lapsed, unknown = network(cast.home, 2)
    write(lapsed, 201, 200)
    Person.objects.filter(id__in=[lapsed.id, unknown.id]).update(**out)
    assert names(cast, lost_touch.LAPSING) == names(cast, lost_touch.UNKNOWN) == []
    assert lost_touch.sizes(cast.home, DAY)[lost_touch.LAPSING] == 0


def test_narrowed_by_company_relation_and_place(cast: Cast) -> None:
    friends = network(cast.home, 4)
    for friend in friends[:3]:
        write(friend, 201, 200)
    Person.objects.filter(id__in=[friends[0].id, friends[3].id]).update(relation="Past client", place="Leeds, UK")
    for narrow in ({"relation": "past client"}, {"place": "leeds"}):
        assert names(cast, lost_touch.LAPSING, **narrow) == ["Friend0"]
        assert names(cast, lost_touch.UNKNOWN, **narrow) == ["Friend3"]
    assert names(cast, lost_touch.LAPSING, company="Firm 1 Ltd") == ["Friend1"]
    assert names(cast, lost_touch.LAPSING, company="Firm 1", place="Leeds") == []


def test_pages(cast: Cast) -> None:
    for friend in network(cast.home, lost_touch.PAGE + 2):
        write(friend, 201, 200)
    first = lost_touch.page(cast.home, lost_touch.LAPSING, Narrow(), 1, DAY)
    second = lost_touch.page(cast.home, lost_touch.LAPSING, Narrow(), 2, DAY)
    assert (len(first.people), first.more, len(second.people), second.more) == (lost_touch.PAGE, True, 2, False)
    assert not {person.id for person in first.people} & {person.id for person in second.people}
    assert lost_touch.page(cast.home, lost_touch.LAPSING, Narrow(), 9, DAY).people == []


def test_of_another_space_nothing(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    write(friend, 201, 200)
    assert lost_touch.page(cast.away, lost_touch.LAPSING, Narrow(), 1, DAY).people == []
