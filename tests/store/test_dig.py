"""Dig: the grounds there are, who stands on them, what is decided there, and how it reaches Today."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.core.facts import Stated, tag_key
from keepwarm.core.reconnect import Owner
from keepwarm.models import Action, Circle, Person
from keepwarm.store import dig, edits, people, spaces, today, touches
from tests.build import bring_in, card, connections, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
ME = Owner(name="Ada Example", sign_off="Ada")
POSITIONS = "Company Name,Title,Description,Location,Started On,Finished On\n"


def acme(cast: Cast, count: int = 4, firm: str = "Acme Ltd") -> list[Person]:
    """So many people at one firm, by name."""
    mail = f"@{firm[:3]}.example"
    cards = [card(f"P{n:02} Q", f"EMAIL:p{n}{mail}", f"ORG:{firm}", uid=f"{firm}{n}") for n in range(count)]
    bring_in(cast.home, *cards)
    return list(Person.objects.filter(organisation=firm).order_by("folded"))


def names(cast: Cast, kind: str) -> list[tuple[str, int, int]]:
    return [(ground.name, ground.people, ground.decided) for ground in dig.grounds(cast.home, kind)]


def ground(cast: Cast, key: str = "acme", kind: str = "organisation") -> dig.Ground:
    return dig.ground(cast.home, kind, key)


def decide(cast: Cast, who: Person, choice: str, now: datetime = NOW) -> Action:
    return dig.decide(who, cast.ada, choice, "organisation", "acme", DAY, now)


def on(cast: Cast, kind: str, key: str) -> list[str]:
    return list(dig.people_on(cast.home, kind, key).order_by("name").values_list("name", flat=True))


# Where


def test_organisations_of_three_or_more(cast: Cast) -> None:
    acme(cast, 3)
    acme(cast, 2, "Zenith")
    assert names(cast, "organisation") == [("Acme", 3, 0)]


def test_most_to_decide_first(cast: Cast) -> None:
    people_there = acme(cast, 5)
    acme(cast, 4, "Zenith")
    for who in people_there[:3]:
        decide(cast, who, dig.LEAVE)
    assert names(cast, "organisation") == [("Zenith", 4, 0), ("Acme", 5, 3)]


def test_years_newest_first(cast: Cast) -> None:
    rows = [f"P{n},Q,,p{n}@example.com,Firm {n},CEO,07 Jun {year}" for n, year in enumerate((2019, 2021, 2019))]
    bring_in(cast.home, **{"Connections.csv": connections(*rows)})
    assert names(cast, "year") == [("2021", 1, 0), ("2019", 2, 0)]
    assert on(cast, "year", "2019") == ["P0 Q", "P2 Q"]


def test_a_town_in_every_spelling(cast: Cast) -> None:
    network(cast.home, 4)
    for who, place in zip(
        Person.objects.order_by("name"), ("Leeds, UK", "leeds", "Greater Leeds", "Porto"), strict=True
    ):
        edits.edit(who, {"place": place}, 1, NOW)
    assert [found[1:] for found in names(cast, "town")] == [(3, 0)]
    assert len(on(cast, "town", "leeds")) == 3


def test_where_you_met(cast: Cast) -> None:
    for n in range(3):
        edits.add(cast.home, cast.ada, f"P{n}", NOW, how_met="Leeds fair." if n else "leeds fair")
    assert [found[1:] for found in names(cast, "met")] == [(3, 0)]
    assert len(on(cast, "met", "leeds fair")) == 3


def test_tags(cast: Cast) -> None:
    for who in network(cast.home, 2):
        edits.add_value(who, Stated("category", "Choir", "", tag_key("Choir")), NOW)
    assert names(cast, "tag") == [("Choir", 2, 0)]
    assert len(on(cast, "tag", "t:choir")) == 2


def test_an_old_employer_holds_those_there_and_those_met_in_that_time(cast: Cast) -> None:
    bring_in(
        cast.home, **{"Positions.csv": POSITIONS + "Acme Ltd,Engineer,,,Jan 2015,Dec 2018\nNow Ltd,Boss,,,Jan 2019,\n"}
    )
    rows = [
        "Still,There,,a@example.com,Acme,CEO,07 Jun 2021",
        "Long,Gone,,b@example.com,Elsewhere,CEO,31 Dec 2018",
        "Never,There,,c@example.com,Elsewhere,CEO,07 Jun 2012",
        "At,Now,,d@example.com,Now Ltd,CEO,07 Jun 2022",
    ]
    bring_in(cast.home, **{"Connections.csv": connections(*rows)})
    assert names(cast, "employer") == [("Acme", 2, 0)]
    assert on(cast, "employer", "acme") == ["Long Gone", "Still There"]


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("organisation", ""), ("organisation", "nowhere"), ("year", "19"), ("year", "²²²²"), ("town", "nowhere"),
        ("tag", "t:none"), ("tag", "e:p0@acm.example"), ("employer", "acme"), ("smoke", "acme"), ("", ""),
    ],
)  # fmt: skip
def test_no_such_ground(cast: Cast, kind: str, key: str) -> None:
    acme(cast)
    with pytest.raises(dig.NoGround):
        dig.ground(cast.home, kind, key)


def test_another_space_has_its_own(cast: Cast) -> None:
    acme(cast)
    assert dig.grounds(cast.away, "organisation") == []
    with pytest.raises(dig.NoGround):
        dig.ground(cast.away, "organisation", "acme")


def test_not_those_in_the_trash(cast: Cast) -> None:
    people.to_trash([acme(cast)[0].id], NOW)
    assert ground(cast).people == 3


# Walking


def test_ten_by_name_and_the_decided_keep_their_place(cast: Cast) -> None:
    who = acme(cast, 12)
    assert [p.name for p in dig.page(cast.home, ground(cast), NOW)] == [f"P{n:02} Q" for n in range(10)]
    for p in who[:3]:
        decide(cast, p, dig.CLOSE, NOW)
    assert [p.name for p in dig.page(cast.home, ground(cast), NOW)] == [f"P{n:02} Q" for n in range(10)]
    assert [p.name for p in dig.page(cast.home, ground(cast), None)] == [f"P{n:02} Q" for n in range(3, 12)]
    assert (ground(cast).decided, ground(cast).left) == (3, 9)


def test_decided_on_one_ground_is_decided_on_all(cast: Cast) -> None:
    who = acme(cast)
    for p in who:
        edits.add_value(p, Stated("category", "Choir", "", tag_key("Choir")), NOW)
    decide(cast, who[0], dig.LEAVE)
    assert names(cast, "tag") == [("Choir", 4, 1)]


def test_those_never_suggested_are_decided(cast: Cast) -> None:
    people.keep_out(acme(cast)[0], never=True)
    assert ground(cast).decided == 1


# Deciding


def test_keep_close(cast: Cast) -> None:
    circles = [
        Circle.objects.create(space=cast.home, name=name, position=n) for n, name in enumerate(("First", "Close"))
    ]
    who = acme(cast)[0]
    before = who.standing
    decide(cast, who, dig.CLOSE)
    who.refresh_from_db()
    assert (who.circle, who.important, who.dug_at) == (circles[1], 2, NOW)
    assert who.standing > before


def test_keep_close_where_no_circle_is_called_so(cast: Cast) -> None:
    first = Circle.objects.create(space=cast.home, name="First")
    decide(cast, acme(cast)[0], dig.CLOSE)
    assert person(cast.home, "P00 Q").circle == first


def test_keep_close_never_lowers_a_mark(cast: Cast) -> None:
    who = acme(cast)[0]
    edits.edit(who, {"important": "3"}, 1, NOW)
    decide(cast, who, dig.CLOSE)
    assert person(cast.home, "P00 Q").important == 3


@pytest.mark.parametrize("choice", dig.CHOICES)
def test_undo_puts_back_all(cast: Cast, choice: str) -> None:
    who = acme(cast)[0]
    before = Person.objects.values().get(id=who.id)
    action = decide(cast, who, choice)
    assert Person.objects.values().get(id=who.id) != before
    dig.undo(action, NOW)
    assert Person.objects.values().get(id=who.id) == before


def test_undo_once_only(cast: Cast) -> None:
    who = acme(cast)[0]
    action = decide(cast, who, dig.LEAVE)
    dig.undo(action, NOW)
    decide(cast, who, dig.CLOSE)
    action.refresh_from_db()
    dig.undo(action, NOW)
    assert person(cast.home, "P00 Q").important == 2


def test_the_last_decision_is_the_users_own(cast: Cast) -> None:
    who = acme(cast)
    decide(cast, who[0], dig.LEAVE)
    second = decide(cast, who[1], dig.LEAVE, NOW + timedelta(seconds=1))
    assert dig.last(cast.home, cast.ada) == second
    assert dig.last(cast.home, cast.ben) is None
    dig.undo(second, NOW)
    last = dig.last(cast.home, cast.ada)
    assert last is not None
    assert last.before["person"] == str(who[0].id)


# It feeds Today


def wanted(cast: Cast, count: int = 1, *, among: int = 12) -> list[str]:
    who = network(cast.home, among)[-count:]
    for p in who:
        decide(cast, p, dig.HELLO)
    return [p.name for p in who]


def picks(cast: Cast, day: date = DAY) -> list[str]:
    return [pick.person.name for pick in today.of_day(cast.home, cast.ada, ME, day, NOW)]


def test_a_hello_comes_first_in_today(cast: Cast) -> None:
    (name,) = wanted(cast)
    pick = today.of_day(cast.home, cast.ada, ME, DAY, NOW)[0]
    assert pick.person.name == name
    assert pick.reasons[0]["kind"] == "wanted"
    assert pick.reasons[0]["text"] == "You wanted to say hello."


def test_once_offered_the_wish_has_had_its_turn(cast: Cast) -> None:
    (name,) = wanted(cast)
    assert name in picks(cast)
    assert name not in picks(cast, DAY + timedelta(days=1))


def test_many_hellos_come_two_a_day_beside_a_far_corner(cast: Cast) -> None:
    asked = wanted(cast, 6, among=30)
    days = [set(picks(cast, DAY + timedelta(days=n))) for n in range(3)]
    assert [len(day & set(asked)) >= 2 for day in days] == [True] * 3
    assert set.union(*days) >= set(asked)


def test_also_someone_suggested_not_long_ago(cast: Cast) -> None:
    (name,) = wanted(cast)
    Person.objects.filter(name=name).update(suggested_on=DAY - timedelta(days=5))
    assert name in picks(cast)


@pytest.mark.parametrize(
    "back", [{"never": True}, {"rests_until": DAY + timedelta(days=1)}, {"reach": 0}, {"suggested_on": DAY}]
)
def test_but_not_someone_who_must_not_be(cast: Cast, back: dict[str, object]) -> None:
    (name,) = wanted(cast)
    Person.objects.filter(name=name).update(**back)
    assert name not in picks(cast)


def test_nor_someone_spoken_to_since(cast: Cast) -> None:
    (name,) = wanted(cast)
    touches.log(person(cast.home, name), cast.ada, NOW, NOW, channel="call", direction="both")
    assert name not in picks(cast)


def test_found_beyond_the_pool(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "POOL", 3)
    (name,) = wanted(cast)
    assert name in picks(cast)


def test_queries_stay_flat(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            dig.page(cast.home, ground(cast), NOW)
            for kind in ("organisation", "year", "town", "met", "tag"):
                dig.grounds(cast.home, kind)
        return len(caught)

    acme(cast, 4)
    first = queries()
    acme(cast, 12)
    assert queries() == first


def test_the_owner_s_facts_are_read_from_the_space(cast: Cast) -> None:
    bring_in(cast.home, **{"Positions.csv": POSITIONS + "Acme Ltd,Engineer,,,Jan 2015,Dec 2018\n"})
    acme(cast, 1)
    assert [position.organisation for position in spaces.owner_facts(cast.home, None).positions] == ["Acme Ltd"]
    assert names(cast, "employer") == [("Acme", 1, 0)]
    assert names(cast, "school") == []
