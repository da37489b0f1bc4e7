"""What is open on a day: found, coming round, said, put away, faded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.core.reconnect import Owner
from keepwarm.models import Moment, Person
from keepwarm.store import moments, today, touches
from tests.build import bring_in, card, connections, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def news(someone: Person, kind: str = "new_job", text: str = "Producer at Harbour Films", **more: object) -> Moment:
    said = {"key": "harbour films@x", "on": TODAY, "found_at": NOW, "source": "linkedin"} | more
    return Moment.objects.create(space_id=someone.space_id, person=someone, kind=kind, text=text, **said)


def titles(cast: Cast, day: date = TODAY) -> list[tuple[str, int]]:
    return [(group.kind, group.size) for group in moments.open_on(cast.home, day)]


@pytest.fixture
def ann(cast: Cast) -> Person:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "BDAY:1980-11-14", uid="a"))
    return person(cast.home, "Ann Lee")


def test_it_works(cast: Cast, ann: Person) -> None:
    news(ann)
    birthday, job = moments.open_on(cast.home, TODAY)
    assert (birthday.kind, birthday.shown[0].moment.on) == ("birthday", date(2026, 11, 14))
    assert (job.kind, job.shown[0].name, job.shown[0].moment.text) == (
        "new_job",
        "Ann Lee",
        "Producer at Harbour Films",
    )
    assert moments.open_on(cast.away, TODAY) == []


def test_of_given_people(cast: Cast, ann: Person) -> None:
    news(ann, "new_title", "Chair", key="t")
    news(ann)
    assert [m.kind for m in moments.of_people(cast.home, [ann.id], TODAY)[ann.id]] == ["new_job", "new_title"]
    both = moments.of_people(cast.home, [ann.id], TODAY, comes_round=True)[ann.id]
    assert [m.kind for m in both] == ["birthday", "new_job", "new_title"]
    assert moments.of_people(cast.away, [ann.id], TODAY) == {}


def test_it_fades(cast: Cast, ann: Person) -> None:
    news(ann, on=TODAY - timedelta(weeks=12))
    assert titles(cast) == [("birthday", 1)]


def test_fifty_are_grouped_and_capped(cast: Cast) -> None:
    for someone in network(cast.home, 50):
        news(someone)
    (group,) = moments.open_on(cast.home, TODAY)
    assert (group.size, len(group.shown)) == (50, moments.PER_GROUP)
    with CaptureQueriesContext(
        connection,
    ) as few:
        moments.open_on(cast.home, TODAY)
    Moment.objects.filter(id__in=Moment.objects.values("id")[:25]).delete()
    with CaptureQueriesContext(connection) as fewer:
        moments.open_on(cast.home, TODAY)
    assert len(few) == len(fewer)


def test_fifty_do_not_fill_todays_three(cast: Cast) -> None:
    people = network(cast.home, 60)
    for someone in people[:50]:
        news(someone)
    leads = [choice.lead for choice in today.for_day(cast.home, Owner(name="Ada"), TODAY)]
    assert len(leads) == 3
    assert 1 <= leads.count("new_job") <= 2


def test_a_congratulation_settles_it_and_undo_opens_it(cast: Cast, ann: Person) -> None:
    news(ann)
    touch = touches.log(ann, cast.ada, NOW, NOW, channel="mail", direction="out", kind="congratulate")
    assert titles(cast) == []
    assert Moment.objects.get(kind="new_job").said_at == NOW
    touches.forget(touch, NOW)
    assert titles(cast) == [("birthday", 1), ("new_job", 1)]


def test_a_hello_settles_nothing(cast: Cast, ann: Person) -> None:
    news(ann)
    touches.log(ann, cast.ada, NOW, NOW, channel="mail", direction="out", kind="hello")
    assert titles(cast) == [("birthday", 1), ("new_job", 1)]


@pytest.mark.parametrize(("kind", "key"), [("new_job", "harbour films@x"), ("birthday", "2026-11-14")])
def test_put_away_and_back(cast: Cast, ann: Person, kind: str, key: str) -> None:
    news(ann)
    assert moments.put_away(ann, kind, key, NOW)
    assert [found for found, _ in titles(cast)] == [other for other in ("birthday", "new_job") if other != kind]
    moments.put_back(ann, kind, key)
    assert len(titles(cast)) == 2


def test_what_there_is_not_is_not_put_away(cast: Cast, ann: Person) -> None:
    assert not moments.put_away(ann, "new_job", "nothing", NOW)
    assert not moments.put_away(ann, "birthday", "nonsense", NOW)


def test_round_years_and_anniversaries_also_over_new_year(cast: Cast) -> None:
    row = "Ann,Lee,https://www.linkedin.com/in/annlee,,Acme,CEO,02 Jan 2017"
    bring_in(cast.home, **{"Connections.csv": connections(row)})
    bring_in(cast.home, card("Ben Ode", "ANNIVERSARY:2010-12-30", uid="b"))
    day = date(2026, 12, 28)
    assert titles(cast, day) == [("anniversary", 1), ("work_anniversary", 1)]
    (_, years) = moments.open_on(cast.home, day)
    assert (years.shown[0].moment.text, years.shown[0].moment.on) == ("Ten years since you met", date(2027, 1, 2))


def test_who_is_never_to_be_suggested_is_left_out(cast: Cast, ann: Person) -> None:
    news(ann)
    Person.objects.update(never=True)
    assert titles(cast) == []
