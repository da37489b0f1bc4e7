"""Where someone stands today, from the rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.reconnect import Owner
from keepwarm.models import Appointment, Person, Pick
from keepwarm.store import today, why
from tests.build import network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
ME = Owner(name="Ada Example", sign_off="Ada")


def told(cast: Cast, who: Person) -> list[str]:
    return why.not_someone(who, cast.ada, ME, DAY, NOW)


def test_it_works(cast: Cast) -> None:
    friends = network(cast.home)
    three = {pick.person_id: pick for pick in today.of_day(cast.home, cast.ada, ME, DAY, NOW)}
    other = next(friend for friend in friends if friend.id not in three)
    assert told(cast, other)[0].startswith(f"{other.name} would be number ")
    mine = next(iter(three.values())).person
    assert told(cast, mine)[0] == f"{mine.name} is one of today's three."


def test_asking_proposes_nobody(cast: Cast) -> None:
    told(cast, network(cast.home)[0])
    assert len(why.these(cast.home, cast.ada, ME, DAY)) == 3
    assert not Pick.objects.exists()


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ({"never": True}, "You asked not to be reminded of Friend0 Number0."),
        ({"rests_until": date(2027, 1, 2)}, "Friend0 Number0 rests until 2 January 2027, as you asked."),
        ({"reach": 0}, "There is no way to reach Friend0 Number0 yet: no address, number or profile."),
        ({"suggested_on": date(2026, 10, 5)}, "Friend0 Number0 was proposed on 5 October, and then rests 60 days."),
        ({"in_touch_since": date(2026, 5, 3)}, "You two talk anyway, as you said on 3 May."),
    ],
)
def test_what_stands_against_it(cast: Cast, out: dict[str, object], said: str) -> None:
    network(cast.home)
    Person.objects.filter(given="Friend0").update(**out)
    assert told(cast, person(cast.home, "Friend0 Number0")) == [said]


def test_someone_who_is_met_anyway(cast: Cast) -> None:
    friends = network(cast.home)
    for friend, days in zip(friends, (3, 30), strict=False):
        at = NOW + timedelta(days=days)
        Appointment.objects.create(space=cast.home, person=friend, at=at, external_id=f"m{days}", source="ics")
    assert told(cast, friends[0]) == ["You meet on Sunday anyway."]
    assert "You meet" not in " ".join(told(cast, friends[1]))
