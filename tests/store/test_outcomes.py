"""What became of the hellos: an answer is seen whoever writes it down, and gone when it is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.reconnect import Owner
from keepwarm.models import Pick, Touch
from keepwarm.store import outcomes, today, touches
from keepwarm.store.outcomes import Tally
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
ME = Owner(name="Ada Example", sign_off="Ada")


def send(cast: Cast, count: int = 3, shape: str = "hello", channel: str = "mail") -> list[Pick]:
    picks = today.of_day(cast.home, cast.ada, ME, DAY, NOW)[:count]
    for pick in picks:
        today.sent(pick, channel, shape, "", NOW)
    return picks


def hear(pick: Pick, days: float, **facts: str) -> Touch:
    """A word so many days after."""
    told = {"channel": "mail", "direction": "in"} | facts
    at = NOW + timedelta(days=days)
    return touches.log(pick.person, None, at, at, **told)


def lately(cast: Cast) -> list[bool]:
    """Whether each was answered, in their places."""
    return [bool(sent.replied_at) for sent in outcomes.of(cast.home, cast.ada).lately]


def test_it_works(cast: Cast) -> None:
    network(cast.home)
    first, second, _ = send(cast)
    hear(first, 3)
    hear(second, 9, channel="meeting", direction="both")
    found = outcomes.of(cast.home, cast.ada)
    assert found.all == Tally("", 3, 2, 1)
    assert found.by_shape == [Tally("hello", 3, 2, 1)]
    assert found.by_channel == [Tally("mail", 3, 2, 1)]
    assert found.by_silence == [Tally(outcomes.NEW, 3, 2, 1)]


def test_nothing_is_told_of_fewer_than_three(cast: Cast) -> None:
    network(cast.home)
    send(cast, 2)
    found = outcomes.of(cast.home, cast.ada)
    assert (found.all, found.by_shape, found.by_channel, found.by_silence) == (None, [], [], [])
    assert len(found.lately) == 2


def test_an_answer_taken_back_is_none(cast: Cast) -> None:
    network(cast.home)
    (pick,) = send(cast, 1)
    touch = hear(pick, 3)
    assert lately(cast) == [True]
    touches.delete(touch, cast.ada, NOW)
    assert lately(cast) == [False]
    touches.put_back(touch, NOW)
    assert lately(cast) == [True]


@pytest.mark.parametrize(
    ("days", "facts"),
    [
        (-30, {}),  # before the hello
        (91, {}),  # too late to be an answer
        (3, {"direction": "out"}),
        (3, {"ambient": True}),
    ],
)
def test_what_is_no_answer(cast: Cast, days: int, facts: dict[str, str]) -> None:
    network(cast.home)
    (pick,) = send(cast, 1)
    hear(pick, days, **facts)
    assert lately(cast) == [False]


def test_a_word_of_the_same_day_counts_whenever_it_was_noted(cast: Cast) -> None:
    """The hello is noted after it went out, and a day without a time is noted as its noon."""
    network(cast.home)
    (pick,) = send(cast, 1)
    hear(pick, -0.1)
    assert lately(cast) == [True]


def test_a_hello_undone_was_never_sent(cast: Cast) -> None:
    network(cast.home)
    (pick,) = send(cast, 1)
    today.undo(pick, NOW)
    assert lately(cast) == []


def test_how_long_it_had_been_quiet_is_as_it_was_then(cast: Cast) -> None:
    for friend in network(cast.home, 3):
        touches.log(friend, None, NOW - timedelta(days=400), NOW, channel="mail", direction="in")
    send(cast)
    assert [tally.of for tally in outcomes.of(cast.home, cast.ada).by_silence] == [outcomes.YEAR]


def test_ben_has_outcomes_of_his_own(cast: Cast) -> None:
    network(cast.home)
    send(cast)
    assert outcomes.of(cast.home, cast.ben).lately == []
