"""Which party is the owner, and what an exchange was to each of the others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.exchanges import FEW, Owner, owner, touches
from keepwarm.core.touches import Exchange, Party

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADA = owner([("email", "Ada@Example.com"), ("name", "Ada  Byron"), ("phone", "0151 234567")], "DE")
ME, ANN, BOB = Party("e:ada@example.com", "Ada"), Party("e:ann@example.org", "Ann Lee"), Party("e:bob@example.org")
MANY = tuple(Party(f"e:p{n}@example.org") for n in range(FEW))


def exchange(sender: Party | None, *others: Party, **more: Any) -> Exchange:
    return Exchange(
        **({"where": 1, "external_id": "x", "at": AT, "channel": "mail"} | more), sender=sender, others=others
    )


def told(one: Exchange) -> list[tuple[str, str, bool]]:
    return [(touch.person, touch.direction, touch.ambient) for touch in touches(one, ADA)]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (exchange(ME, ANN, BOB), [(ANN.key, "out", False), (BOB.key, "out", False)]),
        (exchange(ANN, ME, BOB), [(ANN.key, "in", False)]),  # Bob only read it too
        (exchange(ANN, BOB), [(ANN.key, "in", False)]),  # a blind copy, or an alias of hers
        (exchange(ANN, BOB, mine=False), [(ANN.key, "in", False)]),
        (exchange(Party("e:alias@example.net"), ANN, mine=True), [(ANN.key, "out", False)]),
        (exchange(ME, ME), []),
        (exchange(None, ME, ANN, BOB, both=True), [(ANN.key, "both", False), (BOB.key, "both", False)]),
        (exchange(ANN, BOB, both=True), [(ANN.key, "both", False), (BOB.key, "both", False)]),  # her own calendar
        (exchange(None, ANN, both=True, absent=(ME.key,)), []),
        (exchange(None, ME, ANN, both=True, silent=(ME.key,)), [(ANN.key, "in", False)]),  # anyone can invite
        (exchange(None, ME, ANN, both=True, silent=(ANN.key,)), [(ANN.key, "both", False)]),
        (exchange(ME, ANN, mine=False), []),  # said to be hers, and it is not
        (exchange(ANN, ME, automatic="bulk"), []),
        (exchange(ANN, ME, automatic="auto"), []),
        (exchange(ANN, ME, BOB, automatic="list"), [(ANN.key, "in", True), (BOB.key, "in", True)]),
        (exchange(ANN, ME, unlisted=FEW), [(ANN.key, "in", True)]),
        (exchange(Party("", "Ann"), Party("", "ADA byron")), [("", "in", False)]),
        (exchange(Party("", "Ada Byron"), Party("", "Ann")), [("", "out", False)]),
        (exchange(Party("e:other@example.org", "Ada Byron"), ME), [("e:other@example.org", "in", False)]),
        (exchange(Party("n:0151234567"), ANN), [(ANN.key, "out", False)]),
        (exchange(Party("n:0171999999"), ME), [("p:+49171999999", "in", False)]),
    ],
)  # fmt: skip
def test_it_works(one: Exchange, expected: list[tuple[str, str, bool]]) -> None:
    assert told(one) == expected


def test_more_than_ten_are_many() -> None:
    ten, eleven = exchange(ANN, ME, *MANY[1:]), exchange(ANN, ME, *MANY)
    assert told(ten) == [(ANN.key, "in", False)]
    assert [ambient for _, _, ambient in told(eleven)] == [True] * (FEW + 1)  # Ann, and ten who got it too
    assert [ambient for _, _, ambient in told(exchange(None, ME, *MANY, both=True))] == [True] * FEW


def test_nobody_can_send_what_counts_as_the_letter_of_another() -> None:
    true, false = exchange(ANN, ME), exchange(BOB, ME, ANN, *MANY)  # with the same id
    hers = [touch.external_id for one in (true, false) for touch in touches(one, ADA) if touch.person == ANN.key]
    assert len(set(hers)) == 2


parties = st.sampled_from([ME, ANN, BOB, Party("", "Ada Byron"), Party("", "Ann Lee"), *MANY])
exchanges = st.builds(
    lambda sender, others, **more: exchange(sender, *[one for one in others if one != sender], **more),
    st.none() | parties, st.lists(parties, unique=True, max_size=14), mine=st.sampled_from([None, True, False]),
    both=st.booleans(), automatic=st.sampled_from(["", "list", "bulk"]), unlisted=st.integers(0, 12),
)  # fmt: skip


@given(exchanges)
def test_nobody_is_in_touch_with_themselves_or_twice(one: Exchange) -> None:
    people = [(touch.person, touch.name) for touch in touches(one, ADA)]
    assert ME.key not in {key for key, _ in people}
    assert ("", "Ada Byron") not in people
    assert len(people) == len(set(people))


@given(exchanges)
def test_directions_say_who_wrote(one: Exchange) -> None:
    found = touches(one, ADA)
    assert len({touch.direction for touch in found}) <= 1
    assert all((touch.direction == "both") == one.both for touch in found)
    if one.mine:
        assert all(touch.direction != "in" for touch in found)
    direct = [touch for touch in found if not touch.ambient]
    assert len(direct) <= FEW + 1
    if direct and direct[0].direction == "in":
        assert [(touch.person, touch.name) for touch in direct] == [tuple(one.sender or ())]


@given(exchanges)
def test_without_an_owner_letters_come_in(one: Exchange) -> None:
    if not one.mine and not one.both:
        assert all(touch.direction == "in" for touch in touches(one, Owner()))
