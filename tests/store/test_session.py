"""The weekly session: whom it brings up, how it goes on, and that Week and Today know of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.core.reconnect import Owner
from keepwarm.core.session import PRESETS, kept
from keepwarm.models import Appointment, Membership, Person, Session, Step, Touch
from keepwarm.store import many, rhythm, session, settings, spaces, touches, week
from tests.build import bring_in, card, network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()  # a Thursday
MINUTE = timedelta(minutes=1)


@pytest.fixture
def member(cast: Cast) -> Membership:
    return Membership.objects.select_related("space", "user").get(user=cast.ada)


@pytest.fixture
def owner(member: Membership) -> Owner:
    return spaces.owner_facts(member.space, member)


def warm_network(cast: Cast, count: int) -> list[Person]:
    """In touch both ways, a month ago."""
    people = network(cast.home, count)
    for place, one in enumerate(people):
        for ago, way in ((60 + place, "out"), (30 + place % 20, "in")):
            touches.log(one, cast.ada, NOW - timedelta(days=ago), NOW, channel="mail", direction=way)
    return people


def begin(member: Membership, owner: Owner, now: datetime = NOW, day: date = DAY) -> Session:
    return session.begin(member, owner, day, now)


def first(held: Session) -> Step:
    return next(step for step in session.steps(held) if step.state == Step.State.OPEN)


def test_it_works(cast: Cast, member: Membership, owner: Owner) -> None:
    people = warm_network(cast, 30)
    many.follow(cast.home, cast.ada, [one.id for one in people[:10]], 28, NOW)
    held = begin(member, owner)
    steps = session.steps(held)
    assert [sum(step.slot == slot for step in steps) for slot in range(3)] == [12, 4, 1]
    assert len({step.person_id for step in steps}) == 17
    assert all(step.reason for step in steps)
    assert session.done(first(held), NOW + MINUTE, "mail", "hello", "Hi")
    assert week.of(member, DAY).done == 1
    assert Touch.objects.get(context="Hi").kind == "hello"


def test_it_ends_when_all_have_had_their_turn(cast: Cast, member: Membership, owner: Owner) -> None:
    warm_network(cast, 3)
    held = begin(member, owner)
    for step in session.steps(held):
        session.done(Step.objects.get(id=step.id), NOW + MINUTE, "mail")
    held.refresh_from_db()
    assert (held.how, held.ended_at) == ("done", NOW + MINUTE)


def test_the_clock_ends_it_well_whoever_looks(cast: Cast, member: Membership, owner: Owner) -> None:
    warm_network(cast, 20)
    begin(member, owner)
    assert session.present(member, DAY, NOW + 19 * MINUTE).ended_at is None
    ended = session.present(member, DAY, NOW + 300 * MINUTE)
    assert (ended.how, ended.ended_at) == ("clock", NOW + 20 * MINUTE)


def test_a_pause_stops_the_clock(cast: Cast, member: Membership, owner: Owner) -> None:
    warm_network(cast, 20)
    session.pause(begin(member, owner), NOW + 5 * MINUTE)
    paused = session.present(member, DAY, NOW + 300 * MINUTE)
    assert paused.wick.left(NOW + 300 * MINUTE) == 15 * MINUTE
    session.go_on(paused, NOW + 300 * MINUTE)
    session.go_on(paused, NOW + 300 * MINUTE)  # from another device
    going = session.present(member, DAY, NOW + 310 * MINUTE)
    assert going.wick.left(NOW + 310 * MINUTE) == 5 * MINUTE


def test_begun_twice_it_is_one(cast: Cast, member: Membership, owner: Owner) -> None:
    warm_network(cast, 20)
    assert begin(member, owner).id == begin(member, owner, NOW + MINUTE).id
    assert Session.objects.count() == 1


def test_it_leaves_out_whom_the_week_has_reached_or_today_proposed(
    cast: Cast, member: Membership, owner: Owner
) -> None:
    people = warm_network(cast, 8)
    many.follow(cast.home, cast.ada, [one.id for one in people], 28, NOW)
    touches.log(people[0], cast.ada, NOW, NOW, channel="mail", direction="out")
    held = begin(member, owner)
    assert people[0].id not in {step.person_id for step in session.steps(held)}
    assert week.of(member, DAY).done == 1


@pytest.mark.parametrize(
    ("channel", "direction", "lanes"),
    [("mail", "out", [0, 1, 0]), ("call", "both", [0, 0, 1]), ("mail", "in", [0, 0, 0])],
)
def test_what_was_done_outside_the_session_counts(
    cast: Cast, member: Membership, channel: str, direction: str, lanes: list[int]
) -> None:
    touches.log(network(cast.home, 1)[0], cast.ada, NOW, NOW, channel=channel, direction=direction)
    assert [lane.done for lane in week.of(member, DAY).lanes] == lanes


def test_everyday_mail_fills_no_tick_and_a_rare_one_does(cast: Cast, member: Membership) -> None:
    daily, rare = network(cast.home, 2)
    for one, ago in ((daily, 0), (daily, 5), (rare, 0), (rare, 40)):
        at = NOW - timedelta(days=ago)
        touches.log(one, cast.ada, at, NOW, channel="mail", direction="out", source="imap", external_id=f"{ago}")
    assert [name for lane in week.of(member, DAY).lanes for name in lane.names] == [rare.name]


def test_what_was_done_last_week_does_not_count(cast: Cast, member: Membership) -> None:
    touches.log(network(cast.home, 1)[0], cast.ada, NOW - timedelta(days=4), NOW, channel="mail", direction="out")
    assert week.of(member, DAY).done == 0
    assert week.of(member, DAY - timedelta(days=4)).done == 1


def test_what_ben_does_is_his(cast: Cast, member: Membership) -> None:
    touches.log(network(cast.home, 1)[0], cast.ben, NOW, NOW, channel="mail", direction="out")
    assert week.of(member, DAY).done == 0


def test_undo_brings_back_the_person_and_their_day(cast: Cast, member: Membership, owner: Owner) -> None:
    (ann,) = warm_network(cast, 1)
    rhythm.keep(ann, 28, DAY)
    before = Person.objects.get().due_on
    step = first(begin(member, owner))
    session.done(step, NOW + MINUTE, "mail", "hello")
    assert Person.objects.get().due_on != before
    assert session.undo(step, NOW + 2 * MINUTE)
    assert not session.undo(step, NOW + 2 * MINUTE)
    assert (Person.objects.get().due_on, first(step.session).person_id) == (before, ann.id)
    assert Session.objects.get().ended_at is None
    assert Touch.objects.filter(kind="hello").count() == 0


def test_three_times_let_be_loosens_the_rhythm(cast: Cast, member: Membership, owner: Owner) -> None:
    (ann,) = network(cast.home, 1)
    rhythm.keep(ann, 28, DAY)
    said = []
    for weeks in (0, 5, 10):
        at, day = NOW + timedelta(weeks=weeks), DAY + timedelta(weeks=weeks)
        step = first(begin(member, owner, at, day))
        said.append(session.swap(step, owner, day, at))
    assert said == [None, None, 42]
    session.undo(step, at)
    assert (Person.objects.get().cadence, Person.objects.get().skips) == (28, 2)


def test_swap_brings_someone_else_in_their_place(cast: Cast, member: Membership, owner: Owner) -> None:
    people = warm_network(cast, 40)
    step = first(begin(member, owner))
    session.swap(step, owner, DAY, NOW + MINUTE)
    fresh = first(step.session)
    assert fresh.person_id != step.person_id
    assert (fresh.slot, fresh.position) == (step.slot, step.position)
    assert len(people) == 40


def test_whom_it_did_not_come_to_is_as_if_never_proposed(cast: Cast, member: Membership, owner: Owner) -> None:
    people = network(cast.home, 12)
    for one in people:
        touches.log(one, cast.ada, NOW - timedelta(days=400), NOW, channel="mail", direction="both")
    held = begin(member, owner)
    picked = [step.person_id for step in session.steps(held) if step.source == "picks"]
    assert picked
    assert Person.objects.filter(id__in=picked, suggested_on=DAY).count() == len(picked)
    session.end(held, NOW + MINUTE, "closed")
    assert Person.objects.filter(suggestions=0, suggested_on=None).count() == 12


def test_a_conversation_has_three_times_that_are_free(cast: Cast, member: Membership, owner: Owner) -> None:
    people = warm_network(cast, 20)
    monday = datetime(2026, 11, 16, 10, 0, tzinfo=NOW.tzinfo)
    Appointment.objects.create(space=cast.home, person=people[0], at=monday, source="ics:x", external_id="1")
    held = begin(member, owner)
    (talk,) = [step for step in session.steps(held) if step.kind == "talk"]
    times = session.times(talk)
    assert len(times) == 3
    assert monday not in times
    assert talk.person_id != people[0].id  # met anyway


@pytest.mark.parametrize("preset", ["look_back", "circles"])
def test_every_preset_finds_people(cast: Cast, member: Membership, owner: Owner, preset: str) -> None:
    people = warm_network(cast, 40)
    many.follow(cast.home, cast.ada, [one.id for one in people[:9]], 28, NOW)
    settings.save(member, {"slots": kept(PRESETS[preset].slots)}, NOW)
    steps = session.steps(begin(member, owner))
    assert len(steps) == sum(slot.count for slot in PRESETS[preset].slots)


def test_look_back_knows_who_was_met_when(cast: Cast, member: Membership, owner: Owner) -> None:
    for n, weeks in enumerate((12, 4, 1)):
        bring_in(cast.home, card(f"Met{weeks} Them", f"EMAIL:m{n}@example.com", uid=f"m{n}"), name=f"{n}.vcf")
    for weeks in (12, 4, 1):
        Person.objects.filter(given=f"Met{weeks}").update(known_since=DAY - timedelta(weeks=weeks))
    settings.save(member, {"slots": kept(PRESETS["look_back"].slots)}, NOW)
    told = {step.person.given: step.reason for step in session.steps(begin(member, owner))}
    assert told == {
        "Met12": "You met twelve weeks ago.", "Met4": "You met four weeks ago.", "Met1": "You met a week ago.",
    }  # fmt: skip


def test_a_birthday_over_new_year(cast: Cast, member: Membership, owner: Owner) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "BDAY:--0102"))
    day = date(2026, 12, 30)
    (step,) = session.steps(begin(member, owner, NOW + timedelta(days=48), day))
    assert (step.kind, step.reason) == ("congratulate", "Birthday on Saturday.")


def test_missed_weeks_do_not_pile_up(cast: Cast, member: Membership, owner: Owner) -> None:
    people = network(cast.home, 40)
    many.follow(cast.home, cast.ada, [one.id for one in people], 28, NOW)
    later = DAY + timedelta(weeks=9)
    held = begin(member, owner, NOW + timedelta(weeks=9), later)
    assert len(session.steps(held)) <= 17
    assert week.due(cast.home, week.of(member, later)) <= 16


def test_it_asks_as_often_for_twice_the_people(cast: Cast, member: Membership, owner: Owner) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as held:
            session.steps(begin(member, owner))
            week.of(member, DAY)
        Session.objects.all().delete()
        Person.objects.update(suggestions=0, suggested_on=None)
        return len(held)

    def bring(start: int) -> None:
        more = [card(f"M{n} Number{n}", f"EMAIL:m{n}@example.com", uid=f"x{n}") for n in range(start, start + 60)]
        bring_in(cast.home, *more, name=f"{start}.vcf")

    warm_network(cast, 40)
    bring(0)
    some = asked()
    bring(60)
    assert asked() <= some
