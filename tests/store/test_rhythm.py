"""When it is time for whom, kept with each person and following whatever it rests on."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keepwarm.core.rhythm import week_of
from keepwarm.models import Circle, Membership, Person
from keepwarm.store import edits, many, rhythm, settings, touches
from keepwarm.store.settings import Wanted
from tests.build import bring_in, card, network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()  # a Thursday


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    return network(cast.home, 6)


def ids(people: list[Person]) -> list[object]:
    return [one.id for one in people]


def again(person: Person) -> Person:
    return Person.objects.select_related("circle").get(id=person.id)


def talk(cast: Cast, person: Person, ago: int) -> None:
    touches.log(person, cast.ada, NOW - timedelta(days=ago), NOW, channel="call", direction="both")


def by_week(first_weekday: int = 0) -> Counter[date]:
    held = Person.objects.exclude(due_on=None).values_list("due_on", flat=True)
    return Counter(week_of(day, first_weekday) for day in held if day)


def test_it_works(cast: Cast, people: list[Person]) -> None:
    ann = people[0]
    rhythm.keep(ann, 28, DAY)
    due = again(ann).due_on
    assert due
    assert DAY <= due < DAY + timedelta(days=4)  # in this week
    talk(cast, ann, 0)
    assert again(ann).due_on == DAY + timedelta(days=28)


def test_five_hundred_at_once_and_after_a_holiday(cast: Cast) -> None:
    everyone = network(cast.home, 500)
    many.follow(cast.home, cast.ada, ids(everyone), 28, NOW)
    assert sum(by_week().values()) == 500
    assert max(by_week().values()) <= 16
    member = Membership.objects.get(user=cast.ada)
    settings.save(member, {"away_until": DAY + timedelta(days=30)}, NOW)
    assert sum(by_week().values()) == 500
    assert max(by_week().values()) <= 16
    assert min(by_week()) >= week_of(DAY + timedelta(days=31), 0)


def test_following_many_asks_as_often_for_twice_as_many(cast: Cast) -> None:
    everyone = network(cast.home, 60)
    rhythm.keep(everyone[0], 28, DAY)

    def asked(count: int) -> int:
        with CaptureQueriesContext(connection) as held:
            rhythm.place(cast.home.id, ids(everyone[:count]), DAY)
        return len(held)

    many.follow(cast.home, cast.ada, ids(everyone), 28, NOW)
    assert asked(60) == asked(30)


def test_what_a_person_is_given_goes_before_their_tag_and_that_before_their_circle(
    cast: Cast, people: list[Person]
) -> None:
    circle = Circle.objects.create(space=cast.home, name="Yearly", cadence=364)
    ann = people[0]
    many.to_circle(cast.home, cast.ada, [ann.id], circle, NOW)
    assert again(ann).own_rhythm == 364
    settings.keep_tags(cast.home, cast.ada, [("Press", 91), ("Choir", 28)], NOW)
    assert again(ann).own_rhythm == 364
    done = many.tag(cast.home, cast.ada, [ann.id], "press", NOW)
    many.tag(cast.home, cast.ada, [ann.id], "choir", NOW)
    assert again(ann).own_rhythm == 28
    rhythm.keep(ann, 0, DAY)
    assert (again(ann).own_rhythm, again(ann).due_on) == (None, None)
    rhythm.keep(ann, None, DAY)
    settings.keep_tags(cast.home, cast.ada, [("Press", 91)], NOW)
    assert again(ann).own_rhythm == 91
    many.undo(done, NOW)
    assert again(ann).own_rhythm == 364


def test_a_tag_from_a_file_brings_its_rhythm(cast: Cast) -> None:
    settings.keep_tags(cast.home, cast.ada, [("Press", 91)], NOW)
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "CATEGORIES:press"))
    assert Person.objects.get().own_rhythm == 91
    assert sum(by_week().values()) == 1


def test_a_circle_changed_in_the_settings_moves_its_people(cast: Cast, people: list[Person]) -> None:
    circle = Circle.objects.create(space=cast.home, name="Close", cadence=28)
    many.to_circle(cast.home, cast.ada, ids(people), circle, NOW)
    talk(cast, people[0], 0)
    action = settings.arrange(cast.home, cast.ada, [Wanted(circle.id, "Close", 13)], NOW)
    assert again(people[0]).due_on == DAY + timedelta(days=91)
    assert action
    settings.undo(action, Membership.objects.get(user=cast.ada), NOW)
    assert again(people[0]).due_on == DAY + timedelta(days=28)


def test_editing_a_person_never_moves_their_last_contact_or_their_day(cast: Cast, people: list[Person]) -> None:
    ann = people[0]
    rhythm.keep(ann, 91, DAY)
    talk(cast, ann, 10)
    before = (again(ann).summary.last_on, again(ann).due_on)
    held = again(ann)
    edits.edit(held, {"title": "Chef", "how_met": "On a boat"}, held.version, NOW)
    assert (again(ann).summary.last_on, again(ann).due_on) == before


def test_who_was_not_reached_has_another_week_and_nothing_piles_up(cast: Cast) -> None:
    everyone = network(cast.home, 60)
    many.follow(cast.home, cast.ada, ids(everyone), 91, NOW)
    later = DAY + timedelta(weeks=4)
    rhythm.tidy(cast.home.id, later)
    assert sum(by_week().values()) == 60
    assert min(by_week()) >= week_of(later, 0)
    assert max(by_week().values()) <= 16
    assert rhythm.tidy(cast.home.id, later) == 0


def test_three_skips_loosen_it_and_a_word_ends_the_count(cast: Cast, people: list[Person]) -> None:
    ann = people[0]
    rhythm.keep(ann, 28, DAY)
    assert [rhythm.skip(again(ann), DAY), rhythm.skip(again(ann), DAY)] == [None, None]
    talk(cast, ann, 0)
    assert again(ann).skips == 0
    assert [rhythm.skip(again(ann), DAY) for _ in range(3)] == [None, None, 42]
    held = again(ann)
    assert (held.cadence, held.loosened_from, held.skips) == (42, 28, 0)


def test_a_skip_puts_it_off_to_another_week(cast: Cast, people: list[Person]) -> None:
    rhythm.keep(people[0], 91, DAY)
    rhythm.skip(again(people[0]), DAY)
    due = again(people[0]).due_on
    assert due
    assert DAY + timedelta(days=14) < due < DAY + timedelta(days=35)


def test_a_week_that_begins_on_sunday(cast: Cast) -> None:
    settings.save(Membership.objects.get(user=cast.ada), {"first_weekday": 6}, NOW)
    many.follow(cast.home, cast.ada, ids(network(cast.home, 100)), 28, NOW)
    assert max(by_week(6).values()) <= 16


def test_a_smaller_plan_takes_fewer_a_week(cast: Cast) -> None:
    many.follow(cast.home, cast.ada, ids(network(cast.home, 60)), 28, NOW)
    small = [{"source": "mix", "count": 5, "action": "message", "minutes": 10}]
    action = settings.save(Membership.objects.get(user=cast.ada), {"slots": small}, NOW)
    assert max(by_week().values()) <= 5
    assert action
    settings.undo(action, Membership.objects.get(user=cast.ada), NOW)
    assert max(by_week().values()) > 5


def test_rhythms_from_before_have_a_day_after_the_first_night(cast: Cast, people: list[Person]) -> None:
    circle = Circle.objects.create(space=cast.home, name="Close", cadence=28)
    Person.objects.update(circle=circle)
    rhythm.tidy_all(timezone.localdate(NOW))
    assert sum(by_week().values()) == len(people)


def test_a_plan_of_cleos_moves_nobody_of_adas(cast: Cast, people: list[Person]) -> None:
    many.follow(cast.home, cast.ada, ids(people), 28, NOW)
    before = by_week()
    settings.save(Membership.objects.get(user=cast.cleo), {"away_until": DAY + timedelta(days=60)}, NOW)
    assert many.follow(cast.away, cast.cleo, ids(people), 91, NOW).before["people"] == []
    assert by_week() == before
