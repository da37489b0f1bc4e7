"""Who do I know who …? What is asked, who answers, and with which reasons."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from keepwarm.core import who
from keepwarm.core.who import Told

A, B, C = (UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who do I know who knows about grants?", ["grants"]),
        ("who could help with customs", ["customs"]),
        ("needs a designer", ["designer"]),
        ("someone at a museum in Porto", ["museum", "porto"]),
        ("who", []),
        ("???", []),
    ],
)
def test_what_is_asked(text: str, words: list[str]) -> None:
    assert list(who.question(text).stems.values()) == words


def answered(question: str, known: dict[UUID, list[Told]], **warmth: int) -> list[tuple[UUID, list[str]]]:
    asked = who.question(question)
    told = who.answers(asked, known, dict.fromkeys(known, 50), 100)
    return [(one.id, [who.said(reason) for reason in one.reasons]) for one in told]


def test_it_works() -> None:
    known = {
        A: [Told("offer", "help with grants", date(2026, 1, 2), "you"), Told("work", "Baker, Acme")],
        B: [Told("line", "The grant for the archive", date(2025, 3, 4))],
        C: [Told("work", "Editor, Grantham Press")],
    }
    assert answered("knows about grants", known) == [
        (A, ["Offers help with grants"]), (B, ["You talked: “The grant for the archive”"]),
    ]  # fmt: skip


def test_half_of_what_is_asked_is_an_answer_and_less_is_none() -> None:
    known = {A: [Told("tag", "maps"), Told("place", "Lisbon")], B: [Told("place", "Lisbon")], C: [Told("tag", "maps")]}
    assert [id for id, _ in answered("collects maps in Lisbon", known)][0] == A
    assert answered("sails boats near Lisbon", {B: known[B]}) == []


def test_who_needs_it_is_not_who_offers_it() -> None:
    known = {A: [Told("offer", "design for hotels")], B: [Told("need", "a designer")]}
    assert [id for id, _ in answered("needs a designer", known)] == [B, A]
    assert [id for id, _ in answered("can design", known)] == [A, B]


def test_twelve_at_most_the_warmest_of_equals_first() -> None:
    known = {UUID(int=n): [Told("tag", "maps")] for n in range(1, 30)}
    told = who.answers(who.question("maps"), known, {UUID(int=7): 90}, 30)
    assert len(told) == 12
    assert told[0].id == UUID(int=7)


def test_of_a_long_note_the_sentence_is_shown() -> None:
    note = "Met in Leeds at the fair. " * 6 + "Knows the law of customs. And much more of all kinds follows here."
    assert who.excerpt(note, ("customs",)) == "Knows the law of customs."
    assert len(who.excerpt("customs " + "x" * 400, ("customs",))) < 200
