"""Someone just met in the store: captured once, with the event, and next to hear a word until the tie lives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.core.facts import Stated
from keepwarm.models import Event, FirstMeeting, Person, Touch
from keepwarm.store import edits, just_met, people, rhythm, touches, trash
from keepwarm.store.just_met import Met
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()


def meet(cast: Cast, name: str = "Lena Fox", where: str = "Leeds fair", days: int = 0) -> Person:
    met = Met(where, DAY - timedelta(days=days), "Bakes rye bread")
    return just_met.add(cast.home, cast.ada, name, met, NOW).person


def due(cast: Cast, after: int = 0) -> list[tuple[str, str]]:
    found = just_met.next_up(cast.home, cast.ada, DAY + timedelta(days=after), 9)
    return [(one.person.name, one.step.kind) for one in found]


def test_it_works(cast: Cast) -> None:
    lena = meet(cast)
    assert lena.how_met == "At Leeds fair"
    touch = Touch.objects.get()
    assert (touch.channel, touch.line, touch.context) == ("meeting", "Bakes rye bread", "Leeds fair")
    assert due(cast) == [("Lena Fox", "hello")]


def test_after_a_hello_comes_the_week(cast: Cast) -> None:
    lena = meet(cast)
    just_met.hello(lena, cast.ada, "mail", NOW + timedelta(days=1))
    assert due(cast, 6) == []
    assert due(cast, 7) == [("Lena Fox", "week")]


def test_an_event_has_several(cast: Cast) -> None:
    meet(cast)
    meet(cast, "Tom Bay", "leeds  Fair", days=1)
    meet(cast, "Old One", "Leeds fair", days=300)
    first, other = just_met.events(cast.home, 9)
    assert [one.person.name for one in just_met.met_at(first)] == ["Tom Bay", "Lena Fox"]
    assert other.day.year == 2026
    assert Event.objects.count() == 2


def test_who_is_here_already_is_not_added(cast: Cast) -> None:
    bring_in(cast.home, card("Lena Fox", "EMAIL:lena@example.com"))
    with pytest.raises(edits.AlreadyHere):
        just_met.add(
            cast.home, cast.ada, "L. Fox", Met("Leeds", DAY), NOW, values=[
                Stated("email", "lena@example.com", "", "e:lena@example.com")
            ], anyway=False,
        )  # fmt: skip
    assert not FirstMeeting.objects.exists()
    held = person(cast.home, "Lena Fox")
    assert just_met.again(held, cast.ada, Met("Leeds", DAY), NOW) == just_met.again(
        held, cast.ada, Met("Leeds", DAY), NOW
    )
    assert Touch.objects.count() == 1


def test_met_weeks_ago(cast: Cast) -> None:
    for days in (0, 6, 7, 9, 28, 84):
        meet(cast, f"P{days} Q{days}", days=days)
    ago = {weeks: [p.name for p in just_met.weeks_ago(cast.home, weeks, DAY, 9)] for weeks in (12, 4, 1)}
    assert ago == {12: ["P84 Q84"], 4: ["P28 Q28"], 1: ["P7 Q7", "P9 Q9"]}


def test_left_alone_resting_never_or_with_a_rhythm_nobody_is_next(cast: Cast) -> None:
    lena, tom, ann, bo = (meet(cast, name) for name in ("Lena Fox", "Tom Bay", "Ann Lee", "Bo Quist"))
    just_met.let_go(FirstMeeting.objects.get(person=lena), NOW)
    people.rest(tom, DAY, 4)
    people.keep_out(ann, never=True)
    rhythm.keep(bo, 30, DAY)
    assert due(cast) == []


def test_over_the_trash_and_gone_with_the_person(cast: Cast) -> None:
    lena = meet(cast)
    people.to_trash([lena.id], NOW)
    assert due(cast) == []
    people.bring_back([lena.id])
    assert due(cast) == [("Lena Fox", "hello")]
    people.to_trash([lena.id], NOW)
    trash.forget(cast.home, [lena.id])
    assert not FirstMeeting.objects.exists()


def test_in_touch_every_week_it_is_over(cast: Cast) -> None:
    lena = meet(cast, days=40)
    for days in (38, 30, 22, 15):
        at = NOW - timedelta(days=days)
        touches.log(lena, cast.ada, at, NOW, channel="mail", direction="both")
    assert due(cast, 60) == []
