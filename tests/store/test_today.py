"""Today's three: chosen once, stable, and changed only by the user."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from keepwarm.core.reconnect import History, Owner, factors
from keepwarm.models import Person, Pick, Summary, Touch
from keepwarm.store import people, rhythm, spaces, today, touches
from tests.build import bring_in, card, connections, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
ME = Owner(name="Ada Example", sign_off="Ada")
State = Pick.State


def picks(cast: Cast, day: date = DAY) -> list[Pick]:
    return today.of_day(cast.home, cast.ada, ME, day, NOW)


def names(cast: Cast, day: date = DAY) -> list[str]:
    return [pick.person.name for pick in picks(cast, day)]


def test_it_works(cast: Cast) -> None:
    network(cast.home)
    three = picks(cast)
    assert [pick.slot for pick in three] == ["warm_up", "lapsed", "far_corner"]
    assert all(pick.reasons for pick in three)


def test_the_same_three_all_day(cast: Cast) -> None:
    network(cast.home)
    before = names(cast)
    bring_in(cast.home, card("Zed New", "EMAIL:zed@example.com", "ORG:Best", uid="z"))
    assert names(cast) == before


def test_asking_for_another_day_keeps_nothing(cast: Cast) -> None:
    network(cast.home)
    tomorrow = DAY + timedelta(days=1)
    first = [choice.candidate.name for choice in today.for_day(cast.home, ME, tomorrow)]
    assert first == [choice.candidate.name for choice in today.for_day(cast.home, ME, tomorrow)]
    assert len(first) == 3
    assert not Pick.objects.exists()


def test_nobody_twice_while_others_wait(cast: Cast) -> None:
    network(cast.home, 30)
    seen = [name for n in range(10) for name in names(cast, DAY + timedelta(days=n))]
    assert len(seen) == len(set(seen)) == 30


def test_one_per_company(cast: Cast) -> None:
    bring_in(cast.home, *[card(f"P{n} Q{n}", f"EMAIL:p{n}@example.com", "ORG:Acme Ltd", uid=f"{n}") for n in range(9)])
    assert len(picks(cast)) == 1


def test_fewer_than_three_are_filled_up_later_that_day(cast: Cast) -> None:
    network(cast.home, 1)
    assert len(picks(cast)) == 1
    bring_in(
        cast.home, *[card(f"P{n} Q{n}", f"EMAIL:p{n}@example.com", f"ORG:Company {n}", uid=f"p{n}") for n in range(5)]
    )
    assert len(picks(cast)) == 3


@pytest.mark.parametrize(
    "out",
    [
        {"never": True},
        {"rests_until": DAY + timedelta(days=1)},
        {"reach": 0},
        {"deleted_at": NOW},
        {"is_organisation": True},
        {"suggested_on": DAY - timedelta(days=59)},
    ],
)
def test_who_is_not_suggested(cast: Cast, out: dict[str, object]) -> None:
    network(cast.home, 1)
    Person.objects.update(**out)
    assert picks(cast) == []


@pytest.mark.parametrize("back", [{"rests_until": DAY}, {"suggested_on": DAY - timedelta(days=60)}])
def test_who_is_suggested_again(cast: Cast, back: dict[str, object]) -> None:
    network(cast.home, 1)
    Person.objects.update(**back)
    assert len(picks(cast)) == 1


def test_sent_is_a_touch_and_undo_takes_it_back(cast: Cast) -> None:
    network(cast.home)
    pick = picks(cast)[0]
    today.sent(pick, "mail", "hello", "A hello", NOW)
    touch = Touch.objects.get()
    assert (touch.person, touch.channel, touch.direction, touch.context) == (pick.person, "mail", "out", "A hello")
    assert Summary.objects.get().last_on == DAY
    today.undo(pick, NOW)
    assert not Touch.objects.exists()
    assert not Summary.objects.exists()
    assert picks(cast)[0].state == State.SHOWN


def test_someone_written_to_rests_for_the_gap(cast: Cast) -> None:
    network(cast.home, 1)
    today.sent(picks(cast)[0], "mail", "hello", "", NOW)
    assert today.for_day(cast.home, ME, DAY + timedelta(days=59)) == []
    assert today.for_day(cast.home, ME, DAY + timedelta(days=61)) == []  # unanswered: the gap has doubled
    assert len(today.for_day(cast.home, ME, DAY + timedelta(days=121))) == 1


@pytest.mark.parametrize("state", [State.SWAPPED, State.NOT_NOW, State.NEVER])
def test_someone_else_takes_the_place_and_undo_brings_the_first_back(cast: Cast, state: str) -> None:
    network(cast.home)
    before = names(cast)
    first = picks(cast)[1]
    fresh = today.pass_over(first, state, ME, NOW, weeks=4)
    assert fresh is not None
    assert fresh.person.name not in before
    assert names(cast) == [before[0], fresh.person.name, before[2]]
    today.undo(Pick.objects.get(id=first.id), NOW)
    assert names(cast) == before
    again = person(cast.home, before[1])
    assert (again.never, again.rests_until) == (False, None)
    assert person(cast.home, fresh.person.name).suggestions == 0


def test_undo_beside_someone_already_written_to_makes_room(cast: Cast) -> None:
    network(cast.home)
    first = picks(cast)[0]
    fresh = today.pass_over(first, State.SWAPPED, ME, NOW)
    assert fresh is not None
    today.sent(fresh, "mail", "hello", "", NOW)
    today.undo(Pick.objects.get(id=first.id), NOW)
    assert len(names(cast)) == 4
    assert first.person.name in names(cast)


def test_not_now_rests_for_the_weeks(cast: Cast) -> None:
    network(cast.home)
    pick = picks(cast)[0]
    today.pass_over(pick, State.NOT_NOW, ME, NOW, weeks=13)
    assert Person.objects.get(id=pick.person_id).rests_until == DAY + timedelta(weeks=13)


def test_ada_and_ben_have_their_own_days(cast: Cast) -> None:
    network(cast.home)
    mine = {pick.person_id for pick in picks(cast)}
    bens = {pick.person_id for pick in today.of_day(cast.home, cast.ben, ME, DAY, NOW)}
    assert not mine & bens


def test_a_shared_employer_leads(cast: Cast) -> None:
    network(cast.home, 6)
    bring_in(cast.home, card("Old Colleague", "EMAIL:old@example.com", "ORG:Fernhill Energy Ltd", uid="old"))
    positions = (
        "Company Name,Title,Description,Location,Started On,Finished On\nFernhill Energy,Engineer,,,Jan 2015,Dec 2019\n"
    )
    bring_in(cast.home, **{"Positions.csv": positions})
    owner = spaces.owner_facts(cast.home, None)
    ranked = [choice.candidate.name for choice in today.for_day(cast.home, owner, DAY)]
    assert "Old Colleague" in ranked
    choice = next(c for c in today.for_day(cast.home, owner, DAY) if c.candidate.name == "Old Colleague")
    assert "Fernhill" in today.reasons_told(choice.candidate, owner, DAY)[0]["text"]


def test_a_birthday_soon_is_found_far_down(cast: Cast) -> None:
    network(cast.home, 6)
    bring_in(cast.home, card("Bir Thday", "EMAIL:b@example.com", "BDAY:1980-11-14", uid="b"))
    assert "Bir Thday" in names(cast)


def test_birthdays_over_new_year(cast: Cast) -> None:
    bring_in(cast.home, card("Bir Thday", "EMAIL:b@example.com", "BDAY:1980-01-02", uid="b"))
    told = today.for_day(cast.home, ME, date(2026, 12, 29))
    assert "Birthday" in today.reasons_told(told[0].candidate, ME, date(2026, 12, 29))[0]["text"]


def test_each_reason_names_the_source_that_says_it(cast: Cast) -> None:
    link = "https://www.linkedin.com/in/annlee"
    bring_in(cast.home, **{"Connections.csv": connections(f"Ann,Lee,{link},ann@example.com,Acme,CEO,12 Nov 2021")})
    bring_in(
        cast.home, card("Ann Lee", "EMAIL:ann@example.com", "BDAY:1980-11-14", uid="a"), at=NOW + timedelta(minutes=1)
    )
    told = {reason["kind"]: reason["source"] for reason in picks(cast)[0].reasons}
    assert (told["birthday"], told["years_known"]) == ("vcard", "linkedin")


def test_what_was_talked_about_is_picked_up(cast: Cast) -> None:
    network(cast.home, 1)
    pick = picks(cast)[0]
    touch = today.sent(pick, "mail", "hello", "", NOW)
    touches.say(touch, "Her new bakery")
    who = today.candidates_of([pick.person_id], cast.home, cast.ada)[pick.person_id]
    assert who.note_topic == "Her new bakery"


def again(pick: Pick) -> Pick:
    """As another tab holds it, opened before anything was done."""
    return Pick.objects.select_related("person").get(id=pick.id)


def test_two_clicks_are_one_touch(cast: Cast) -> None:
    network(cast.home)
    pick = picks(cast)[0]
    other = again(pick)
    assert today.sent(pick, "mail", "hello", "", NOW)
    assert today.sent(other, "mail", "hello", "", NOW) is None
    assert today.talked(other, NOW, NOW) is None
    assert today.pass_over(other, State.NEVER, ME, NOW) is None
    assert Touch.objects.count() == 1
    assert Pick.objects.get(id=pick.id).state == State.SENT
    assert not Person.objects.get(id=pick.person_id).never


def test_two_swaps_bring_one_other(cast: Cast) -> None:
    network(cast.home)
    pick = picks(cast)[0]
    other = again(pick)
    assert today.pass_over(pick, State.SWAPPED, ME, NOW)
    assert today.pass_over(other, State.SWAPPED, ME, NOW) is None
    assert Pick.objects.count() == 4


def test_an_undo_that_comes_twice_is_one(cast: Cast) -> None:
    network(cast.home)
    pick = picks(cast)[0]
    today.pass_over(pick, State.SWAPPED, ME, NOW)
    other = again(pick)
    today.undo(pick, NOW)
    today.undo(other, NOW)
    assert [held.state for held in picks(cast)] == [State.SHOWN] * 3
    assert Person.objects.get(id=pick.person_id).suggestions == 1


def hear(friend: Person, ago: int, direction: str = "in") -> None:
    touches.log(friend, None, NOW - timedelta(days=ago), NOW, channel="mail", direction=direction)


@pytest.mark.parametrize(("ago", "count"), [(59, 0), (60, 1)])
def test_someone_spoken_to_rests_for_the_gap(cast: Cast, ago: int, count: int) -> None:
    hear(network(cast.home, 1)[0], ago)
    assert len(picks(cast)) == count


def test_two_messages_without_an_answer_rest_until_a_word_from_them(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    for ago in (900, 800):
        hear(friend, ago, "out")
    assert today.for_day(cast.home, ME, DAY) == []
    hear(friend, 70)
    assert len(today.for_day(cast.home, ME, DAY)) == 1


def test_the_gap_is_longer_after_a_message_without_an_answer(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    hear(friend, 100, "out")
    Person.objects.update(suggested_on=DAY - timedelta(days=100), suggestions=1)
    assert today.for_day(cast.home, ME, DAY) == []
    assert len(today.for_day(cast.home, ME, DAY + timedelta(days=20))) == 1


def test_someone_whom_the_owner_says_they_talk_to_is_not_suggested(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    rhythm.keep(friend, 7, DAY, DAY)
    assert picks(cast) == []
    people.want_hello(friend, DAY)
    assert picks(cast) == []


def test_ties_take_turns_too(cast: Cast) -> None:
    """With messages on record nobody comes twice within the gap, and all come within it."""
    for friend in network(cast.home, 30):
        for ago in (300, 290):
            hear(friend, ago, "out" if ago == 300 else "in")
    seen = [name for n in range(10) for name in names(cast, DAY + timedelta(days=n))]
    assert len(seen) == len(set(seen)) == 30


def test_one_per_company_among_ties(cast: Cast) -> None:
    for friend in network(cast.home, 6):
        for ago in (300, 290):
            hear(friend, ago, "out" if ago == 300 else "in")
    Person.objects.update(organisation="Acme", organisation_key="acme")
    assert len(picks(cast)) == 1


def test_a_pick_keeps_how_long_it_had_been_quiet(cast: Cast) -> None:
    hear(network(cast.home, 2)[0], 200)
    assert sorted(pick.silence or 0 for pick in picks(cast)) == [0, 200]


def test_the_database_orders_ties_as_the_judgement_does(cast: Cast) -> None:
    lot = random.Random(7)
    for friend in network(cast.home, 40):
        for _ in range(lot.randint(2, 9)):
            at = NOW - timedelta(days=lot.randint(61, 1500))
            touches.log(friend, None, at, NOW, channel="mail", direction=lot.choice(["in", "out"]))
    found = Summary.objects.filter(space=cast.home).strongest(DAY, timedelta(days=60))
    two_way = Summary.objects.filter(space=cast.home, sent__gt=0, received__gt=0, last_on__lte=DAY - timedelta(days=60))
    by_strength = sorted(two_way, key=lambda summary: -factors.strength(_history(summary), DAY))
    assert [summary.person_id for summary in found] == [summary.person_id for summary in by_strength]
    assert len(by_strength) > 20


def _history(summary: Summary) -> History:
    assert summary.first_on
    assert summary.last_on
    return History(
        summary.weeks, summary.sent, summary.received, summary.answers, summary.ambient90, summary.first_on,
        summary.last_on,
    )  # fmt: skip
