"""The order of everyone: reasoned, steady within a day, fair over a year."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from keepwarm.core.reconnect import Candidate, factors
from keepwarm.core.reconnect.choose import choose, gap
from keepwarm.core.reconnect.rank import rank
from tests.core.reconnect.cast import INES, MARIA, OTTO, TODAY, crowd, history, network, person


def names(people: list[Candidate], day: date = TODAY) -> list[str]:
    return [r.candidate.name for r in rank(people, INES, day)]


def test_it_works() -> None:
    assert names([OTTO, MARIA]) == ["Maria Olsen", "Otto"]


def test_the_order_given_does_not_matter() -> None:
    people = crowd(100)
    assert [r.candidate.id for r in rank(people, INES, TODAY)] == [
        r.candidate.id for r in rank(people[::-1], INES, TODAY)
    ]


def test_equals_take_turns() -> None:
    twins = [person(f"Twin {n}", n=n) for n in range(10)]
    firsts = {names(twins, TODAY + timedelta(days=d))[0] for d in range(60)}
    assert len(firsts) == 10


def test_the_owners_mark_counts() -> None:
    plain = person("Plain", n=1, title="Founder", organisation="Firm 1")
    marked = person("Marked", n=2, important=3)
    assert names([plain, marked]) == ["Marked", "Plain"]


def test_with_messages_the_measured_formula_decides() -> None:
    strong = person("Strong", n=1, history=history(TODAY - timedelta(days=200), weeks=40, sent=90, received=80))
    recent = person("Recent", n=2, history=history(TODAY - timedelta(days=100), weeks=2, sent=2, received=1))
    one_way = person("One way", n=3, history=history(TODAY - timedelta(days=100), received=0))
    assert names([one_way, recent, strong]) == ["Strong", "Recent", "One way"]


def test_scores_with_messages_are_the_formula_itself() -> None:
    """The judgement benchmark feeds rank() with people who have nothing but history."""
    someone = person("Lou", history=history(TODAY - timedelta(days=150)), channels=())
    assert someone.history is not None
    assert rank([someone], INES, TODAY)[0].score == factors.strength(someone.history, TODAY)


# --- over the days ---


def live(people: list[Candidate], days: int, *, sent: bool = False) -> dict[UUID, list[date]]:
    """Each day choose three and propose them; `sent`: the owner writes each time and nobody answers."""
    known = {p.id: p for p in people}
    proposed: dict[UUID, list[date]] = {}
    for day in (TODAY + timedelta(days=n) for n in range(days)):
        for choice in choose(rank(list(known.values()), INES, day), day):
            who = choice.candidate
            proposed.setdefault(who.id, []).append(day)
            known[who.id] = who._replace(
                suggestions=who.suggestions + 1, suggested_on=day, unanswered=who.unanswered + sent
            )
    return proposed


def test_nobody_comes_twice_while_someone_has_not_come() -> None:
    proposed = live(network(300), 90)
    assert len(proposed) == 270  # three a day, ninety days: as many as there can be
    assert all(len(days) == 1 for days in proposed.values())


def test_over_a_year_everyone_comes_and_equally_often() -> None:
    proposed = live(network(300), 365)
    counts = Counter(len(days) for days in proposed.values())
    assert len(proposed) == 300
    assert max(counts) - min(counts) <= 1
    assert sum(n * count for n, count in counts.items()) == 3 * 365


def test_nobody_comes_again_within_the_gap() -> None:
    proposed = live(network(120), 365)
    gaps = [(b - a).days for days in proposed.values() for a, b in zip(days, days[1:], strict=False)]
    assert gaps
    assert min(gaps) >= gap(0) == 60


def test_two_tries_without_an_answer_are_enough_and_the_second_waits_longer() -> None:
    proposed = live(network(60), 300, sent=True)
    assert len(proposed) == 60
    assert all(len(days) == 2 for days in proposed.values())
    assert all((days[1] - days[0]).days >= gap(1) for days in proposed.values())


def test_gaps_double_to_a_year() -> None:
    assert [gap(n) for n in (0, 1, 2, 3, 50)] == [60, 120, 240, 365, 365]
