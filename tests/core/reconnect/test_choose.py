"""The day's three, as a set."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from keepwarm.core.reconnect import Candidate
from keepwarm.core.reconnect.choose import Choice, choose, eligible, swap
from keepwarm.core.reconnect.rank import Ranked, rank
from tests.core.reconnect.cast import INES, MARIA, OTTO, PRIYA, TODAY, TOMASZ, crowd, history, network, person


def ranked(*people: Candidate) -> list[Ranked]:
    return rank(people, INES, TODAY)


def slots(chosen: list[Choice]) -> list[str]:
    return [choice.slot for choice in chosen]


def test_it_works() -> None:
    chosen = choose(ranked(*network(300)), TODAY)
    assert slots(chosen) == ["warm_up", "lapsed", "far_corner"]
    assert len({c.candidate.organisation_key for c in chosen}) == 3


@pytest.mark.parametrize(
    ("changed", "can"),
    [
        ({}, True),
        ({"channels": ()}, False),
        ({"suggested_on": TODAY - timedelta(days=59), "suggestions": 1}, False),
        ({"suggested_on": TODAY - timedelta(days=60), "suggestions": 1}, True),
        ({"suggested_on": TODAY - timedelta(days=60), "suggestions": 1, "unanswered": 1}, False),
        ({"suggested_on": TODAY - timedelta(days=120), "suggestions": 1, "unanswered": 1}, True),
        ({"unanswered": 2}, False),
        ({"history": history(TODAY - timedelta(days=30))}, False),
        ({"history": history(TODAY - timedelta(days=60))}, True),
    ],
)
def test_who_is_eligible(changed: dict[str, object], can: bool) -> None:
    assert eligible(MARIA._replace(**changed), TODAY) is can  # type: ignore[arg-type]


def test_the_three_have_different_reasons_where_they_can() -> None:
    people = [MARIA, TOMASZ, PRIYA, *(person(f"P{n}", n=10 + n, organisation=f"Firm {n}") for n in range(9))]
    leads = [c.lead for c in choose(ranked(*people), TODAY)]
    assert len(set(leads)) == 3


def test_one_person_per_company_even_if_that_leaves_fewer() -> None:
    twins = [person(f"P{n}", n=n, organisation="Marlow Health") for n in range(5)]
    assert len(choose(ranked(*twins), TODAY)) == 1
    assert len(choose(ranked(*twins, OTTO), TODAY)) == 2


def test_people_without_a_company_do_not_crowd_each_other_out() -> None:
    chosen = choose(ranked(*(person(f"P{n}", n=n, organisation="Self-employed") for n in range(5))), TODAY)
    assert len(chosen) == 3


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_as_many_as_there_are(size: int) -> None:
    people = [person(f"P{n}", n=n) for n in range(4)]
    assert len(choose(ranked(*people), TODAY, size=size)) == min(size, 4)
    assert choose([], TODAY, size=size) == []


def test_the_warm_up_is_easy_to_reach() -> None:
    profiles = [person(f"P{n}", n=n, title="Founder", organisation=f"Firm {n}") for n in range(3)]
    mails = [person(f"M{n}", n=10 + n, organisation=f"House {n}", channels=("mail",)) for n in range(4)]
    assert choose(ranked(*profiles, *mails), TODAY)[0].candidate.channels == ("mail",)


def test_the_far_corner_is_an_old_and_only_tie() -> None:
    facts = {"important": 2, "cluster": 4, "known_since": date(2021, 3, 1)}
    near = [person(f"P{n}", n=n, organisation=f"Firm {n}", **facts) for n in range(5)]
    far = person("Far", n=50, organisation="Distant", cluster=1, known_since=date(2015, 3, 1))
    assert choose(ranked(*near, far), TODAY)[2].candidate.name == "Far"


def test_with_messages_the_far_corner_is_the_strongest_of_the_long_silent() -> None:
    recent = [person(f"P{n}", n=n, history=history(TODAY - timedelta(days=100 + n))) for n in range(5)]
    thin, strong = (
        person(f"Weeks {weeks}", n=weeks, history=history(TODAY - timedelta(days=900), weeks=weeks))
        for weeks in (20, 60)
    )
    chosen = choose(ranked(*recent, thin, strong), TODAY)
    assert chosen[2].candidate.name == "Weeks 60"
    assert [c.candidate.name[0] for c in chosen[:2]] == ["P", "P"]


def test_taken_are_left_out_by_id_and_by_company() -> None:
    chosen = choose(ranked(MARIA, TOMASZ, OTTO), TODAY, taken=frozenset({MARIA.id, TOMASZ.organisation_key}))
    assert [c.candidate for c in chosen] == [OTTO]


def test_swap_gives_someone_else_for_the_same_slot() -> None:
    order = ranked(*network(300))
    chosen = choose(order, TODAY)
    gone: set[object] = set()
    for _ in range(5):
        fresh = swap(order, chosen, "lapsed", TODAY, frozenset(gone))  # type: ignore[arg-type]
        assert fresh is not None
        assert fresh.slot == "lapsed"
        assert fresh.candidate.id not in {c.candidate.id for c in chosen} | gone
        gone.add(chosen[1].candidate.id)
        chosen[1] = fresh
        assert len({c.candidate.organisation_key for c in chosen}) == 3


def test_swap_says_when_there_is_nobody_else() -> None:
    order = ranked(MARIA, TOMASZ, OTTO)
    assert swap(order, choose(order, TODAY), "lapsed", TODAY) is None


@pytest.mark.parametrize("seed", range(20))
def test_all_are_eligible_and_never_fewer_than_possible(seed: int) -> None:
    people = crowd(40, seed)
    chosen = choose(ranked(*people), TODAY)
    able = [p for p in people if eligible(p, TODAY)]
    places = {p.organisation_key or str(p.id) for p in able}
    assert len(chosen) == min(3, len(places))
    assert all(eligible(c.candidate, TODAY) for c in chosen)
