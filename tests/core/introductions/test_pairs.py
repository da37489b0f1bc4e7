"""Who should meet whom: by a need and an offer, a rare interest, a move, the same work; and who never should."""

from __future__ import annotations

from uuid import UUID

import pytest

from keepwarm.core.introductions import pairs
from keepwarm.core.introductions.alike import ENOUGH, Alike, Words
from keepwarm.core.introductions.pairs import Moved, Pair, Who

A, B, C = (UUID(int=n) for n in (1, 2, 3))


def who(id: UUID, name: str, **known: object) -> Who:
    return Who(id, name, name.split(maxsplit=1)[0], folded=name.lower(), **known)  # type: ignore[arg-type]


def reasons(*people: Who) -> list[str]:
    return [pair.reason for pair in pairs.propose(people)]


ANN, BOB = who(A, "Ann Lee", needs=("a designer for hotels",)), who(B, "Bob Fox", offers=("hotel design",))


def test_it_works() -> None:
    (pair,) = pairs.propose([ANN, BOB])
    assert (pair.first, pair.second, pair.why) == (B, A, "need")  # who gives is asked first
    assert pair.reason == "Ann needs a designer for hotels. Bob offers hotel design."
    assert set(pair.words) == {"designer", "hotels"}


def test_a_rare_interest() -> None:
    few = [who(UUID(int=n), f"P{n} Q{n}", interests=(("bees", "bees"),)) for n in range(1, 3)]
    assert reasons(*few) == ["Both care about bees, and few others you know do."]
    many = [who(UUID(int=n), f"P{n} Q{n}", interests=(("bees", "bees"),)) for n in range(1, 9)]
    assert reasons(*many) == []


def test_one_has_just_moved_to_the_others_town() -> None:
    ann = who(A, "Ann Lee", town="Leeds", place="leeds", moved=(Moved("place"),))
    assert reasons(ann, who(B, "Bob Fox", town="Leeds", place="leeds")) == [
        "Ann has just moved to Leeds, where Bob is at home."
    ]


def test_one_is_new_to_the_others_work() -> None:
    ann = who(A, "Ann Lee", title="Map Editor", work="map editor", organisation="Acme", moved=(Moved("job"),))
    bob = who(B, "Bob Fox", title="Map Editor", work="map editor", organisation="Blue Meridian")
    assert reasons(ann, bob) == ["Ann is new as Map Editor at Acme. Bob does the same at Blue Meridian."]
    assert reasons(ann._replace(moved=()), bob) == [
        "The same work in two firms: Map Editor at Acme, and at Blue Meridian."
    ]


@pytest.mark.parametrize(
    ("ann", "bob"),
    [
        ({"employers": frozenset({"acme"})}, {"employers": frozenset({"acme", "blue"})}),
        ({"family": "lee", "place": "leeds"}, {"family": "lee", "place": "leeds"}),
        ({"family": "lee", "place": "leeds"}, {"family": "lee"}),
        ({"how_met": "introduced by bob fox"}, {}),
    ],
)
def test_never_two_who_know_each_other(ann: dict[str, object], bob: dict[str, object]) -> None:
    assert reasons(ANN._replace(**ann), BOB._replace(**bob)) == []  # type: ignore[arg-type]
    assert len(reasons(ANN, BOB)) == 1


def test_never_again_what_is_settled() -> None:
    assert pairs.propose([ANN, BOB], frozenset({frozenset({A, B})})) == []


def test_nobody_comes_twice() -> None:
    every = [Pair(A, B, "need", "", 0.9), Pair(A, C, "need", "", 0.8), Pair(C, B, "need", "", 0.7)]
    assert pairs.taking_turns(every, 3) == every[:1]
    assert pairs.taking_turns(every, 3, {B}) == every[1:2]


def test_meaning_can_be_compared_otherwise() -> None:
    """The seam for the extra that compares meanings."""
    assert pairs.propose([ANN, BOB], likeness=lambda _, __: Alike(0.1, ())) == []


TEXTS = (
    "a designer", "hotel design", "a flat in Leeds", "a flat in Porto", "introductions in Leeds theatre",
    "help with grants", "advice on grant applications", "storage near the docks", "storage for a show",
    "lessons in Norwegian", "a patient accountant", "accounts for small publishers",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a designer", "hotel design", True),
        ("help with grants", "advice on grant applications", True),
        ("storage for a show", "storage near the docks", True),
        ("a patient accountant", "accounts for small publishers", True),
        ("a flat in Leeds", "introductions in Leeds theatre", False),
        ("a flat in Leeds", "a flat in Porto", False),
        ("lessons in Norwegian", "help with grants", False),
    ],
)
def test_likeness_of_phrases(one: str, other: str, alike: bool) -> None:
    words = Words(TEXTS)
    assert (words(one, other).score >= ENOUGH) == (words(other, one).score >= ENOUGH) == alike
