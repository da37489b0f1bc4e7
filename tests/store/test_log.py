"""One line becomes a touch: backdated, put right, deleted, brought back; the history is always replayed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from keepwarm.core.touch_line import Line, read
from keepwarm.models import Person, Space, Summary, Touch
from keepwarm.store import touches
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 12)


@pytest.fixture
def ann(cast: Cast) -> Person:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com"), card("Ben Fox", "EMAIL:ben@example.com"))
    return person(cast.home, "Ann Lee")


def write(who: Person, line: str) -> Touch:
    return touches.log_line([who], None, read(line, TODAY), TODAY, NOW)[0]


def last(who: Person) -> date | None:
    held = Summary.objects.filter(person=who).first()
    return held.last_on if held else None


def test_it_works(ann: Person) -> None:
    touch = write(ann, "sent Ann the article on small teams last Tuesday")
    assert (touch.channel, touch.direction, touch.balance) == ("other", "out", "give")
    assert touch.line == "Sent Ann the article on small teams"
    assert timezone.localdate(touch.at) == date(2026, 11, 10)
    assert last(ann) == date(2026, 11, 10)


def test_a_day_that_is_not_said_is_today_and_never_ahead(ann: Person) -> None:
    assert write(ann, "called Ann").at == NOW  # it is not noon yet


def test_an_older_touch_leaves_the_last_contact_where_it_is(ann: Person) -> None:
    write(ann, "called Ann yesterday")
    write(ann, "coffee with Ann on 3 May")
    assert last(ann) == date(2026, 11, 11)
    assert Summary.objects.get(person=ann).first_on == date(2026, 5, 3)


def test_a_day_put_right_moves_the_last_contact_both_ways(ann: Person) -> None:
    write(ann, "coffee with Ann on 3 May")
    touch = write(ann, "called Ann yesterday")
    touches.edit(touch, None, NOW, at=touches.midday(date(2026, 3, 1), NOW))
    assert last(ann) == date(2026, 5, 3)
    touches.put_back(touch, NOW)
    assert last(ann) == date(2026, 11, 11)


def test_deleting_takes_it_out_of_the_history_and_back(ann: Person) -> None:
    touch = write(ann, "called Ann yesterday")
    touches.delete(touch, None, NOW)
    assert last(ann) is None
    assert touches.put_back(touch, NOW)
    assert last(ann) == date(2026, 11, 11)
    assert not touches.put_back(touch, NOW)


def test_changes_are_undone_one_by_one(ann: Person) -> None:
    touch = write(ann, "called Ann")
    touches.edit(touch, None, NOW, balance="give")
    touches.edit(touch, None, NOW, balance="ask", line="About the lease")
    assert not touches.edit(touch, None, NOW, balance="ask")
    held = [(touch.balance, touch.line)]
    while touches.put_back(touch, NOW):
        held.append((touch.balance, touch.line))
    assert held == [("ask", "About the lease"), ("give", ""), ("neutral", "")]


def test_someone_else_after_all(ann: Person) -> None:
    touch, ben = write(ann, "called Ann yesterday"), person(ann.space, "Ben Fox")
    touches.edit(touch, None, NOW, person_id=ben.id)
    assert (last(ann), last(ben)) == (None, date(2026, 11, 11))
    touches.put_back(touch, NOW)
    assert (last(ann), last(ben)) == (date(2026, 11, 11), None)


class InAnyOrder(TestCase):
    """Whatever is written, moved, deleted and undone, the summary is that of the touches there are."""

    @given(st.lists(st.tuples(st.sampled_from(["write", "move", "delete", "back"]), st.integers(0, 900)), max_size=12))
    def test_the_last_contact_is_the_newest_touch(self, steps: list[tuple[str, int]]) -> None:
        space = Space.objects.create(name="any")
        who = Person.objects.create(space=space, name="Ann", folded="ann", made_at=NOW)
        made: list[Touch] = []
        for step, number in steps:
            day = TODAY - timedelta(number)
            if step == "write":
                made += touches.log_line([who], None, LINE._replace(at=day), TODAY, NOW)
            elif made:
                self.change(made[number % len(made)], step, day)
        days = [timezone.localdate(touch.at) for touch in Touch.objects.filter(person=who, deleted_at=None)]
        assert last(who) == max(days, default=None)

    def change(self, touch: Touch, step: str, day: date) -> None:
        if step == "move":
            touches.edit(touch, None, NOW, at=touches.midday(day, NOW))
        elif step == "delete":
            touches.delete(touch, None, NOW)
        else:
            touches.put_back(touch, NOW)


LINE = Line("call", None, "both", "neutral", (), "", None, ())


# Whom a line means


def found(space: Space, *candidates: str) -> tuple[list[str], bool]:
    people, sure = touches.meant(space, candidates)
    return [person.name for person in people], sure


@pytest.fixture
def anns(cast: Cast) -> Space:
    names = ["Ann Lee", "Ann Fox", "Anna Berg", "Zoë O'Brien", "Tom Ann-Marie"]
    bring_in(cast.home, *[card(name, "ORG:Larch", uid=name) for name in names])
    bring_in(cast.away, card("Ann Away"))
    return cast.home


@pytest.mark.parametrize(
    ("said", "first", "sure"),
    [
        ("Ann Lee", "Ann Lee", True),
        ("ann lee", "Ann Lee", True),
        ("Anna", "Anna Berg", True),
        ("zoe", "Zoë O'Brien", True),
        ("O'Brien", "Zoë O'Brien", True),
        ("Ber", "Anna Berg", True),
        ("Lee Ann", "Ann Lee", True),
        ("Zoë yesterday", "Zoë O'Brien", True),  # the second word was no part of the name
        ("Larch", "Ann Fox", False),  # an employer finds people, but means none of them
    ],
)
def test_who_is_meant(anns: Space, said: str, first: str, sure: bool) -> None:
    people, is_sure = found(anns, said)
    assert (people[0], is_sure) == (first, sure)


def test_of_several_the_one_last_met_comes_first(anns: Space) -> None:
    write(person(anns, "Ann Lee"), "called Ann yesterday")
    people, sure = found(anns, "Ann")
    assert people[0] == "Ann Lee"
    assert not sure
    assert "Ann Away" not in people


def test_nobody_is_meant(anns: Space) -> None:
    assert found(anns, "Zoltan") == ([], False)
    assert found(anns) == ([], False)
    assert found(anns, "Zoltan", "Anna")[0][0] == "Anna Berg"
