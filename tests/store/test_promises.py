"""Promises and wishes in the store: kept, due, done, put off, let go; and a wish that comes up in Today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.reconnect import Owner
from keepwarm.models import Person, Promise, User
from keepwarm.store import people, promises, today, touches, trash
from keepwarm.store.promises import Offer
from tests.build import bring_in, card, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()
ME = Owner(name="Ada Example", sign_off="Ada")
MARCH = date(2027, 3, 1)


@pytest.fixture
def amara(cast: Cast) -> Person:
    bring_in(cast.home, card("Amara Nwosu", "EMAIL:amara@example.com", uid="a"))
    return person(cast.home, "Amara Nwosu")


def keep(who: Person, by: User | None, text: str = "send her the deck", due: date | None = None) -> Promise:
    return promises.keep(who, by, Offer("mine", text, due), NOW)


def wish(who: Person, by: User | None, on: date = MARCH, text: str = "", *, private: bool = False) -> Promise:
    return promises.keep(who, by, Offer("wish", text, on), NOW, private=private)


def due(cast: Cast, user: User | None, day: date = DAY) -> list[str]:
    return [one.text for one in promises.due(cast.home, user, day)]


def test_it_works(cast: Cast, amara: Person) -> None:
    kept = keep(amara, cast.ada, due=DAY)
    assert due(cast, cast.ada) == ["send her the deck"]
    promises.done(kept, NOW)
    assert due(cast, cast.ada) == []
    promises.put_back(kept, DAY)
    assert due(cast, cast.ada) == ["send her the deck"]


def test_the_nearest_first_and_those_without_a_day_last(cast: Cast, amara: Person) -> None:
    keep(amara, cast.ada, "one day")
    keep(amara, cast.ada, "today", DAY)
    keep(amara, cast.ada, "long ago", DAY - timedelta(days=30))
    keep(amara, cast.ada, "tomorrow", DAY + timedelta(days=1))
    assert due(cast, cast.ada) == ["long ago", "today", "one day"]


def test_let_go_and_later(cast: Cast, amara: Person) -> None:
    kept = keep(amara, cast.ada, due=DAY)
    promises.later(kept, DAY + timedelta(days=7))
    assert due(cast, cast.ada) == []
    assert due(cast, cast.ada, DAY + timedelta(days=7)) == ["send her the deck"]
    promises.let_go(kept, NOW)
    assert due(cast, cast.ada, DAY + timedelta(days=7)) == []


def test_each_has_their_own(cast: Cast, amara: Person) -> None:
    keep(amara, cast.ada)
    assert due(cast, cast.ben) == []
    assert [one.text for one in promises.of_person(amara, cast.ben)] == ["send her the deck"]


def test_a_private_one_is_its_authors_alone(cast: Cast, amara: Person) -> None:
    promises.keep(amara, cast.ada, Offer("mine", "keep quiet", None), NOW, private=True)
    assert [one.text for one in promises.of_person(amara, cast.ada)] == ["keep quiet"]
    assert promises.of_person(amara, cast.ben) == []


def test_from_a_private_note_it_is_private(cast: Cast, amara: Person) -> None:
    note = people.add_note(amara, cast.ada, "I'll send her the deck", NOW, private=True)
    assert promises.keep(amara, cast.ada, Offer("mine", "send her the deck", None), NOW, written=note).private


def test_of_one_note_once(cast: Cast, amara: Person) -> None:
    note = people.add_note(amara, cast.ada, "I'll send her the deck", NOW)
    offer = Offer("mine", "send her the deck", None)
    assert promises.keep(amara, cast.ada, offer, NOW, written=note) == promises.keep(
        amara, cast.ada, offer, NOW, written=note
    )


def test_a_note_or_touch_taken_back_takes_its_promise_along(cast: Cast, amara: Person) -> None:
    note = people.add_note(amara, cast.ada, "I'll send her the deck", NOW)
    touch = touches.log(amara, cast.ada, NOW, NOW, channel="call", direction="both", line="I'll call her")
    promises.keep(amara, cast.ada, Offer("mine", "send her the deck", None), NOW, written=note)
    promises.keep(amara, cast.ada, Offer("mine", "call her", None), NOW, written=touch)
    people.forget_note(note)
    touches.forget(touch, NOW)
    assert not Promise.objects.exists()


def test_kept_over_the_trash_and_gone_with_the_person(cast: Cast, amara: Person) -> None:
    keep(amara, cast.ada, due=DAY)
    people.to_trash([amara.id], NOW)
    assert due(cast, cast.ada) == []
    people.bring_back([amara.id])
    assert due(cast, cast.ada) == ["send her the deck"]
    people.to_trash([amara.id], NOW)
    trash.forget(cast.home, [amara.id])
    assert not Promise.objects.exists()


# Wishes


def three(cast: Cast, day: date, viewer: User | None = None) -> list[str]:
    return [one.candidate.name for one in today.for_day(cast.home, ME, day, viewer or cast.ada)]


def test_a_wish_comes_up_on_its_day(cast: Cast, amara: Person) -> None:
    network(cast.home)
    touches.log(amara, cast.ada, NOW, NOW, channel="call", direction="both")  # far too soon by itself
    wish(amara, cast.ada, DAY + timedelta(days=20), "ask about my book")
    assert "Amara Nwosu" not in three(cast, DAY + timedelta(days=19))
    assert three(cast, DAY + timedelta(days=20))[0] == "Amara Nwosu"
    assert three(cast, DAY + timedelta(days=25))[0] == "Amara Nwosu"


def test_with_its_reason_in_words(cast: Cast, amara: Person) -> None:
    wish(amara, cast.ada, DAY, "ask about my book")
    (pick,) = today.of_day(cast.home, cast.ada, ME, DAY, NOW)
    reason = pick.reasons[0]
    assert reason["text"] == "You asked on 12 November to be reminded of Amara: ask about your book."
    assert (reason["kind"], reason["source"], reason["date"]) == ("wish", "user", "2026-11-12")


def test_once_offered_or_spoken_to_it_is_over(cast: Cast, amara: Person) -> None:
    wish(amara, cast.ada, DAY)
    today.of_day(cast.home, cast.ada, ME, DAY, NOW)
    assert three(cast, DAY + timedelta(days=1)) == []
    assert len(promises.due(cast.home, cast.ada, DAY)) == 1  # in view until they were in touch
    touches.log(amara, cast.ada, NOW, NOW, channel="call", direction="both")
    assert promises.due(cast.home, cast.ada, DAY) == []


def test_it_is_nobody_elses_wish(cast: Cast, amara: Person) -> None:
    touches.log(amara, cast.ada, NOW, NOW, channel="call", direction="both")
    wish(amara, cast.ada, DAY + timedelta(days=5), "a secret", private=True)
    assert three(cast, DAY + timedelta(days=5)) == ["Amara Nwosu"]
    assert three(cast, DAY + timedelta(days=5), cast.ben) == []


def test_put_off_it_comes_later(cast: Cast, amara: Person) -> None:
    touches.log(amara, cast.ada, NOW, NOW, channel="call", direction="both")
    kept = wish(amara, cast.ada, DAY + timedelta(days=5))
    promises.later(kept, DAY + timedelta(days=9))
    assert three(cast, DAY + timedelta(days=8)) == []
    assert three(cast, DAY + timedelta(days=9)) == ["Amara Nwosu"]
