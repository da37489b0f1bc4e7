"""Whose page is worth a visit this week: few, by news, rhythm and warmth, and not the same ones again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.models import Moment, Person, Space, Touch
from keepwarm.store import people, touches, visits
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()


def known(space: Space, name: str, *days: int, link: str = "") -> Person:
    """Someone with a page, who was in touch both ways so many days ago."""
    link = link or f"https://www.linkedin.com/in/{name.lower().replace(' ', '-')}"
    bring_in(space, card(name, f"EMAIL:{name[:3]}@example.com", f"URL:{link}", uid=name))
    who = person(space, name)
    for day in days:
        for direction in ("out", "in"):
            touches.log(who, None, NOW - timedelta(days=day), NOW, channel="mail", direction=direction)
    return who


def worth(cast: Cast, count: int = 9) -> list[str]:
    return [one.person.name for one in visits.worth_a_visit(cast.home, DAY, count, cast.ada)]


def test_it_works(cast: Cast) -> None:
    known(cast.home, "Lena Fox", 80, 170, 260)
    (one,) = visits.worth_a_visit(cast.home, DAY, 3, cast.ada)
    assert one.links == [("LinkedIn", "https://www.linkedin.com/in/lena-fox")]
    assert one.why == "You are in touch about every three months; it has been eleven weeks."


def test_the_order(cast: Cast) -> None:
    known(cast.home, "Nobody Yet")
    known(cast.home, "Just Spoken", 2, 60, 120)
    known(cast.home, "Half Way", 50, 140, 230)
    known(cast.home, "Near Time", 88, 178, 268)
    known(cast.home, "Has News", 30, 120, 210, link="https://news.example/blog")
    bring_in(cast.home, card("No Page", "EMAIL:np@example.com"))
    Moment.objects.create(
        space=cast.home, person=person(cast.home, "Has News"), kind="published", text="Rye bread", key="1", on=DAY,
        url="https://news.example/rye", found_at=NOW, source="feed",
    )  # fmt: skip
    assert worth(cast) == ["Has News", "Near Time", "Half Way", "Nobody Yet"]
    assert worth(cast, 2) == ["Has News", "Near Time"]
    first, *_ = visits.worth_a_visit(cast.home, DAY, 1, cast.ada)
    assert (first.why, first.published) == ("Published: Rye bread", "https://news.example/rye")
    assert first.links == [("news.example", "https://news.example/blog")]


def test_once_seen_not_again_for_four_weeks_and_by_nobody_else(cast: Cast) -> None:
    lena = known(cast.home, "Lena Fox", 80, 170)
    visit = visits.seen(lena, cast.ada, DAY, NOW)
    assert worth(cast) == []
    assert [one.person for one in visits.worth_a_visit(cast.home, DAY, 9, cast.ben)] == [lena]
    later = visits.worth_a_visit(cast.home, DAY + timedelta(days=28), 9, cast.ada)
    assert [one.person for one in later] == [lena]
    visits.take_back(visit, NOW)
    assert worth(cast) == ["Lena Fox"]


def test_a_word_left_there_is_a_touch(cast: Cast) -> None:
    lena = known(cast.home, "Lena Fox")
    visit = visits.seen(lena, cast.ada, DAY, NOW, word="linkedin")
    touch = Touch.objects.get()
    assert (touch.channel, touch.direction, touch.balance) == ("linkedin", "out", "give")
    visits.take_back(visit, NOW)
    assert not Touch.objects.exists()


def test_not_those_who_rest_or_are_left_out(cast: Cast) -> None:
    people.rest(known(cast.home, "Lena Fox"), DAY, 4)
    people.keep_out(known(cast.home, "Tom Bay"), never=True)
    people.to_trash([known(cast.home, "Ann Lee").id], NOW)
    assert worth(cast) == []


def test_queries_do_not_grow(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            worth(cast)
        return len(asked)

    for n in range(3):
        known(cast.home, f"A{n} B{n}", 80, 170)
    few = count()
    for n in range(3, 9):
        known(cast.home, f"A{n} B{n}", 80, 170)
    assert count() == few
