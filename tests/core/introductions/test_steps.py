"""How far an introduction has come, which steps are open from where, and in what peace people are left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from keepwarm.core.introductions import steps
from keepwarm.core.introductions.steps import Side, Standing, Weight

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ASKED, YES, NO = Side(AT), Side(AT, "yes", AT), Side(AT, "no", AT)
# Each state, how it comes about, the steps that are open, and the last one taken.
STATES = [
    ("idea", Standing(), {"ask", "yes", "turn", "drop"}, None),
    ("asked", Standing(ASKED), {"yes", "no", "drop"}, ("ask", 0)),
    ("one_yes", Standing(YES), {"ask", "yes", "drop"}, ("yes", 0)),
    ("asked_both", Standing(YES, ASKED), {"yes", "no", "drop"}, ("ask", 1)),
    ("willing", Standing(YES, YES), {"introduce", "drop"}, ("yes", 1)),
    ("introduced", Standing(YES, YES, AT), {"meet", "drop"}, ("introduce", 0)),
    ("met", Standing(YES, YES, AT, AT), {"thank"}, ("meet", 0)),
    ("thanked", Standing(YES, YES, AT, AT, AT), set(), ("thank", 0)),
    ("declined", Standing(NO), set(), ("no", 0)),
    ("declined", Standing(YES, NO), set(), ("no", 1)),
    ("dropped", Standing(YES, ASKED, dropped=AT), set(), ("drop", 0)),
]


@pytest.mark.parametrize(("state", "standing", "open_", "last"), STATES)
def test_it_works(state: str, standing: Standing, open_: set[str], last: tuple[str, int] | None) -> None:
    assert steps.state(standing) == state
    assert set(steps.STEPS[state]) == open_
    assert steps.last(standing) == last
    assert steps.ended(standing) == (not open_)


def test_the_second_is_asked_only_once_the_first_is_willing() -> None:
    assert [steps.turn(one) for one in (Standing(), Standing(ASKED), Standing(YES), Standing(YES, ASKED))] == [
        0,
        0,
        1,
        1,
    ]


def test_who_gives_is_asked_first_else_who_stands_higher() -> None:
    needing, giving = Weight(standing=0.9, name="Ann"), Weight(gives=True, standing=0.1, name="Bob")
    assert steps.second_is_first(needing, giving)
    assert not steps.second_is_first(giving, needing)
    assert steps.second_is_first(Weight(standing=0.2), Weight(standing=0.5))
    assert "their help" in steps.why_first(giving, needing, "Bob")


def test_nobody_is_asked_more_than_once_a_month() -> None:
    asked = date(2026, 11, 2)
    assert steps.rests_until(asked, date(2026, 12, 1)) == date(2026, 12, 2)
    assert steps.rests_until(asked, date(2026, 12, 2)) is None
    assert steps.rests_until(None, asked) is None


def test_one_may_wonder_after_a_while() -> None:
    assert steps.wonder_on(Standing(ASKED)) == AT.date() + timedelta(days=10)
    assert steps.wonder_on(Standing(YES, ASKED)) == AT.date() + timedelta(days=10)
    assert steps.wonder_on(Standing(YES, YES, AT)) == AT.date() + timedelta(days=21)
    assert (
        steps.wonder_on(Standing())
        is steps.wonder_on(Standing(NO))
        is steps.wonder_on(Standing(YES, YES, AT, AT))
        is None
    )
