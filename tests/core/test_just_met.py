"""The first weeks: hello within two days, then 1, 4 and 12 weeks, unless the tie finds its own rhythm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.just_met import HELLO, MONTH, QUARTER, WEEK, next_step

MET = date(2026, 11, 1)


def after(days: int) -> date:
    return MET + timedelta(days=days)


def test_it_works() -> None:
    assert next_step(MET, [], after(1)) == (HELLO, after(2))


@pytest.mark.parametrize(
    ("day", "touched", "kind"),
    [
        (0, [], HELLO),
        (3, [], HELLO),
        (3, [1], WEEK),
        (9, [1], WEEK),
        (9, [1, 8], MONTH),
        (12, [10], MONTH),  # one word on the tenth day is the one after a week
        (30, [1, 8], MONTH),
        (30, [1, 8, 26], QUARTER),
        (30, [], MONTH),  # one hello is enough for all that went by
        (90, [], QUARTER),
        (90, [1, 8, 26, 80], None),
        (20, [1, 8, 15, 19, 22], None),  # in touch in four weeks: a rhythm of its own
        (113, [], None),  # from here on Today looks after them
    ],
)
def test_what_is_next(day: int, touched: list[int], kind: str | None) -> None:
    step = next_step(MET, map(after, touched), after(day))
    assert (step.kind if step else None) == kind


def test_a_rhythm_that_the_owner_has_set_goes_before() -> None:
    assert next_step(MET, [], after(1), own_rhythm=True) is None
