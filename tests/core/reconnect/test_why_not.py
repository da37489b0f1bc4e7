"""Why not someone: what stands against it in words, or where they stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from keepwarm.core.reconnect import Candidate
from keepwarm.core.reconnect.choose import choose
from keepwarm.core.reconnect.rank import Ranked, rank
from keepwarm.core.reconnect.why_not import Marks, Place, places, why, why_not
from tests.core.reconnect.cast import INES, TODAY, history, person

LAST = TODAY - timedelta(days=200)


def friend(name: str, n: int, **totals: Any) -> Candidate:
    """Met in many weeks, quiet for 200 days."""
    return person(f"{name} Reyes", name, n, organisation=f"Firm {n}", history=history(LAST, **totals))


FRIENDS = [friend(name, n, weeks=20 + n) for n, name in enumerate(("Ann", "Bo", "Cal", "Dee"), 1)]


def looked(asked: Candidate, others: list[Candidate]) -> tuple[list[Ranked], list[Place]]:
    """Everyone in order, with the three chosen from the others."""
    ranked = rank([asked, *others], INES, TODAY)
    chosen = choose(rank(others, INES, TODAY), TODAY)
    return ranked, places([(choice.slot, choice.candidate.id) for choice in chosen], ranked)


def told(asked: Candidate, marks: Marks | None = None, others: list[Candidate] = FRIENDS) -> list[str]:
    return why_not(asked, marks or Marks(), *looked(asked, others), TODAY)


@pytest.mark.parametrize(
    ("facts", "marks", "said"),
    [
        ({}, Marks(never=True), "You asked not to be reminded of Lou."),
        ({}, Marks(rests_until=date(2026, 12, 3)), "Lou rests until 3 December, as you asked."),
        ({}, Marks(meets_on=date(2026, 11, 15)), "You meet on Sunday anyway."),
        ({}, Marks(organisation=True), "Lou Reyes stands here as an organisation; only people are proposed."),
        ({"channels": ()}, None, "There is no way to reach Lou yet: no address, number or profile."),
        (
            {"in_touch": date(2026, 5, 3), "cadence": 7}, None,
            "You two talk every week, as you said on 3 May.",
        ),
        (
            {"history": history(TODAY - timedelta(days=12))}, None,
            "You were in touch twelve days ago. Keepwarm waits 60 days before the next hello.",
        ),
        ({"suggested_on": date(2026, 10, 2)}, None, "Lou was proposed on 2 October, and then rests 60 days."),
        (
            {"suggested_on": date(2026, 8, 2), "unanswered": 1}, None,
            "Lou was proposed on 2 August, and then rests 120 days, twice as long as usual, as the last message had "
            "no answer.",
        ),
        (
            {"unanswered": 2}, None,
            "Two messages in a row had no answer, so Lou rests until there is a word from them.",
        ),
    ],
)  # fmt: skip
def test_what_stands_against_it(facts: dict[str, Any], marks: Marks | None, said: str) -> None:
    lou = friend("Lou", 9)._replace(**facts)
    assert told(lou, marks) == [said]


def test_all_that_stands_against_it_is_told() -> None:
    assert len(told(friend("Lou", 9)._replace(unanswered=2), Marks(never=True))) == 2


def test_a_wish_of_the_owner_goes_before_the_gap() -> None:
    lou = friend("Lou", 9)._replace(suggested_on=date(2026, 10, 2), wanted=date(2026, 11, 10))
    assert told(lou)[0] == "Lou would be number 1 today, after the three."


def test_a_weaker_tie_says_in_what() -> None:
    lou = friend("Lou", 9, weeks=3, answers=2)
    assert told(lou) == [
        "Lou would be number 2 today, after the three.",
        "You have been in touch in three weeks; with the three it was 22 to 24.",
        "Lou answers less often: two of ten times.",
    ]


def test_someone_without_messages_beside_three_with() -> None:
    assert told(person("Lou Reyes", "Lou", 9))[1:] == [
        "Nothing on record has gone both ways between you and Lou; with the three it has."
    ]


def test_a_colleague_of_one_of_the_three() -> None:
    lou = friend("Lou", 9, weeks=30)._replace(organisation="Firm 4", organisation_key=FRIENDS[3].organisation_key)
    assert told(lou)[1] == "Dee is from Firm 4 too, and the three come from three places."


def test_without_any_messages_it_is_what_the_cards_say() -> None:
    cards = [person(f"{n}", n, i, organisation=f"Firm {i}", important=3) for i, n in enumerate("ABC", 1)]
    assert told(person("Lou", n=9, suggestions=1), others=cards)[1:] == [
        "Lou has had a turn; others come first who have not.",
        "Less is known of what binds you and Lou: a place in common, how you met, your own mark.",
    ]


def test_one_of_the_three() -> None:
    ranked, three = looked(friend("Lou", 9), FRIENDS)
    mine = three[0].ranked.candidate
    assert why_not(mine, Marks(), ranked, three, TODAY)[0] == f"{mine.given} is one of today's three."


def test_each_of_the_three_has_its_place() -> None:
    _, three = looked(friend("Lou", 9), FRIENDS)
    assert len({why(place).partition(" ")[2] for place in three}) == 3


def test_nobody_is_proposed_today() -> None:
    assert told(friend("Lou", 9), others=[])[0] == "Lou would be number 1 today, after the three."
