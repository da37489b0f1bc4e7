from __future__ import annotations

from datetime import date

import pytest

from keepwarm.core import matching
from keepwarm.core.matching import FIRM, LINE, MET, NOTE, TAG, TITLE, TOPIC, Piece, Written

DAY = date(2026, 11, 12)
NOBODY: frozenset[str] = frozenset()


def line(*pieces: Piece, words: str = "bee") -> str:
    why = matching.why(pieces, dict.fromkeys(words.split(), 1.0), DAY, NOBODY)
    return why.line if why else ""


def test_it_works() -> None:
    """Of two who know of bees the one of whom it is said at greater weight, and of whom it is rarer, comes first."""
    said = matching.said(Written("Bees in town", summary="Hives on roofs"))
    rarity = {"bee": matching.rare(400, 3), "roof": matching.rare(400, 3)}
    by_tag = matching.score(said, matching.told([Piece(TAG, "bees")]), rarity)
    by_topic = matching.score(said, matching.told([Piece(TOPIC, "bees")]), rarity)
    assert by_tag > by_topic > 0
    assert matching.score(said, matching.told([Piece(TAG, "trains")]), rarity) == 0
    assert matching.rare(400, 3) > matching.rare(400, 300)


def test_twice_counts_twice_and_no_more() -> None:
    told = matching.told([Piece(NOTE, "bees")] * 5 + [Piece(TOPIC, "knots")])
    assert told == {"bee": 2 * matching.TOLD[NOTE], "knot": matching.TOLD[TOPIC]}


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        (Piece(TAG, "Bees"), "Tag: Bees"),
        (Piece(NOTE, "Keeps bees."), "Your note: Keeps bees"),
        (Piece(NOTE, "Keeps bees", own=False), "Note: Keeps bees"),
        (Piece(LINE, "Talked about bees", date(2026, 3, 2)), "You noted in March: Talked about bees"),
        (Piece(TOPIC, "Our bees", date(2025, 3, 2), "in"), "They wrote in March 2025: “Our bees”"),
        (Piece(TOPIC, "Our bees", date(2026, 9, 2), "out"), "You wrote in September: “Our bees”"),
        (Piece(TOPIC, "Our bees", date(2026, 9, 2), "both"), "You met in September: “Our bees”"),
        (Piece(MET, "At the bee fair"), "How you met: At the bee fair"),
        (Piece(FIRM, "Bee Works Ltd."), "Works at Bee Works"),
    ],
)
def test_a_fact_is_stated(piece: Piece, said: str) -> None:
    assert line(piece) == said


def test_title_and_firm_in_one() -> None:
    assert line(Piece(TITLE, "Bee Inspector"), Piece(FIRM, "Corrib GmbH")) == "Bee Inspector at Corrib"
    assert line(Piece(TITLE, "Founder of Bee Works"), Piece(FIRM, "Bee Works")) == "Founder of Bee Works"


def test_the_fact_that_says_most() -> None:
    pieces = Piece(TOPIC, "Bees"), Piece(NOTE, "Knows bees and hives")
    assert line(*pieces, words="bee hive") == "Your note: Knows bees and hives"
    assert line(*pieces, words="train") == ""


def test_a_long_note_is_cut_around_its_word() -> None:
    note = "Has two sons and a dog. " * 6 + "Keeps bees behind the allotment and sells honey at the market in spring."
    said = line(Piece(NOTE, note))
    assert said.startswith("Your note: … Keeps bees behind the allotment")
    assert len(said) < 110


@pytest.mark.parametrize(
    ("name", "written_by", "did"),
    [
        ("Tess Lang", "Tess Lang", True), ("Tess Lang", "Jo Reyes, TESS LANG", True),
        ("Tess Lang", "Tess Langer", False),
        ("Tess", "Tess", False), ("", "", False),
    ],
)  # fmt: skip
def test_who_wrote_it(name: str, written_by: str, did: bool) -> None:
    assert matching.wrote(name, written_by) is did


def test_sense_alone_must_be_near() -> None:
    assert matching.together(2.9, None) == 0
    assert matching.together(3.1, None) == 3.1
    assert matching.together(0, 0.2) == 0
    assert matching.together(0, 0.3) == pytest.approx(12)
    assert matching.together(4, -0.5) == 0


def test_words_as_they_read_in_a_sentence() -> None:
    text = "Notes on hiring. Kubernetes is not for everyone, nor is C++ in Porto."
    assert matching.in_a_sentence(("Hiring", "Kubernetes", "C++", "IT"), text) == ("hiring", "Kubernetes", "C++", "IT")
