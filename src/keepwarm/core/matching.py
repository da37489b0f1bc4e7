"""Who would like this, and why: how much the words of an item and of a person's record tell, and the line to say so.

A word weighs by where it stands. How well an item suits someone is BM25 over those weights:

    Σ  said(w) · rare(w) · told(w) · (K1 + 1) / (told(w) + K1 · (1 − B + B · words / USUAL))

said: its weight in the item, saturated as x / (x + 1) · rare: ln(1 + people / those who have the word) ·
told: its weight in what is known of the person · words: how many words are known of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import log
from typing import NamedTuple
from uuid import UUID

from keepwarm.core.interests import cut
from keepwarm.core.names import fold, organisation_name

K1, B = 1.2, 0.4
USUAL = 25  # words known of a person
AT_LEAST = 200  # people: among fewer no word is rare
# They hardly change who comes first, but which fact is told: docs/decisions/matching.md.
TAG, NOTE, LINE, TOPIC, TITLE, FIRM, MET = "tag", "note", "line", "topic", "title", "organisation", "how_met"
TOLD = {TAG: 3.0, NOTE: 2.0, LINE: 2.0, TITLE: 1.5, TOPIC: 1.0, MET: 1.0, FIRM: 1.0}
SAID = {"title": 3.0, "note": 3.0, "summary": 1.5, "words": 0.3}
TELLING = 40  # words of an item that are kept
ASKED = 24  # of which so many look for people
ENOUGH = 3.0  # of a score; below it hardly anybody would like it
ALIKE = 40.0  # what being wholly alike in sense adds to it, where that is known (extra `match`)
ENOUGH_TOGETHER = 10.0  # then
AGAIN_AFTER = timedelta(days=30)  # at most one share a month to anyone
SNIPPET = 80  # letters of a note


class Piece(NamedTuple):
    """Something on record about a person: where it stands, and of a touch which way it went and when."""

    place: str
    text: str
    on: date | None = None
    direction: str = ""  # out, in, both
    own: bool = True  # the owner said so, no file
    author: UUID | None = None  # of a note or a line


class Why(NamedTuple):
    """One line that states a recorded fact, and the words that it shares with the item, as they are written there."""

    line: str
    words: tuple[str, ...]
    place: str = ""


class Written(NamedTuple):
    """What an item says, by where it says it."""

    title: str = ""
    note: str = ""
    summary: str = ""
    words: str = ""


# What tells


def told(pieces: Iterable[Piece], names: frozenset[str] = frozenset()) -> dict[str, float]:
    """The words known of a person with their weights; a word told twice weighs more, at most twice as much."""
    found: dict[str, list[float]] = {}
    for piece in pieces:
        for stem in dict.fromkeys(word.stem for word in cut(_text(piece), names)):
            found.setdefault(stem, []).append(TOLD[piece.place])
    return {stem: min(sum(weights), 2 * max(weights)) for stem, weights in found.items()}


def _text(piece: Piece) -> str:
    return organisation_name(piece.text) if piece.place == FIRM else piece.text


def said(item: Written) -> dict[str, float]:
    """The words that tell most of what an item is about, the most telling first."""
    weights: dict[str, float] = {}
    for place, weight in SAID.items():
        for stem, times in Counter(word.stem for word in cut(getattr(item, place))).items():
            weights[stem] = weights.get(stem, 0.0) + weight * (1 + log(times))
    return {stem: round(weight, 2) for stem, weight in _first(weights, TELLING)}


def _first(weights: Mapping[str, float], most: int) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def rare(people: int, having: int) -> float:
    return log(1 + max(people, AT_LEAST) / max(having, 1))


def score(said: Mapping[str, float], told: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    """By the formula above, over the words whose rarity is known."""
    long = K1 * (1 - B + B * len(told) / USUAL)
    return sum(
        said[w] / (said[w] + 1) * rarity[w] * told[w] * (K1 + 1) / (told[w] + long)
        for w in said.keys() & told.keys() & rarity.keys()
    )


def together(score: float, alike: float | None) -> float:
    """With how near the two are in sense: 0 where both are not enough. By sense alone, .25 is."""
    if alike is None:
        return score if score >= ENOUGH else 0.0
    both = score + ALIKE * max(alike, 0.0)
    return both if both >= ENOUGH_TOGETHER else 0.0


# Rules


def wrote(name: str, written_by: str) -> bool:
    """Whether someone of that name is the item's author, or one of them."""
    mine, theirs = fold(name).split(), fold(written_by).replace(",", " ").split()
    return len(mine) > 1 and any(theirs[at : at + len(mine)] == mine for at in range(len(theirs)))


# Why


def why(
    pieces: Sequence[Piece], rarity: Mapping[str, float], day: date, names: frozenset[str], reader: UUID | None = None
) -> Why | None:
    """The fact that tells most of these words; None where none on record does."""
    best: tuple[float, int] | None = None
    for place, piece in enumerate(pieces):
        stems = {word.stem for word in cut(_text(piece), names)} & rarity.keys()
        weight = sum(rarity[stem] for stem in stems) * TOLD[piece.place]
        if stems and (best is None or weight > best[0]):
            best = weight, place
    if best is None:
        return None
    piece = pieces[best[1]]
    line = _stated(piece._replace(own=piece.own and piece.author in (None, reader)), pieces, rarity, day)
    return Why(line, written(line, rarity, names), piece.place)


def written(line: str, stems: Collection[str], names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of a line that are among these, as they stand there, each once."""
    return tuple(dict.fromkeys(word.written for word in cut(line, names) if word.stem in stems))


def in_a_sentence(words: Iterable[str], text: str) -> tuple[str, ...]:
    """These words as they read in the middle of one: with a small letter where `text` has them so anywhere."""
    here = set(re.findall(r"\w+", text))
    return tuple(word.lower() if word[1:].islower() and word.lower() in here else word for word in words)


def _stated(piece: Piece, pieces: Sequence[Piece], stems: Collection[str], day: date) -> str:
    """As the reader would say it: where it stands, then the words."""
    if piece.place in (TITLE, FIRM):
        return _work(piece, pieces)
    if piece.place == TAG:
        return f"Tag: {piece.text}"
    if piece.place == MET:
        return f"How you met: {snippet(piece.text, stems)}"
    if piece.place == NOTE:
        return f"{'Your note' if piece.own else 'Note'}: {snippet(piece.text, stems)}"
    when = f" {_in(piece.on, day)}" if piece.on else ""
    if piece.place == LINE:
        return f"{'You noted' if piece.own else 'Noted'}{when}: {snippet(piece.text, stems)}"
    how = {"out": "You wrote", "in": "They wrote"}.get(piece.direction, "You met")
    return f"{how}{when}: “{snippet(piece.text, stems)}”"


def _work(piece: Piece, pieces: Sequence[Piece]) -> str:
    title = next((p.text for p in pieces if p.place == TITLE), "") if piece.place == FIRM else piece.text
    firm = next((organisation_name(p.text) for p in pieces if p.place == FIRM), "")
    if not title:
        return f"Works at {firm}"
    return f"{title} at {firm}" if firm and firm.casefold() not in title.casefold() else title


def _in(on: date, day: date) -> str:
    """ "in March", with its year where that is another one."""
    return f"in {on:%B}" if (day - on).days < 330 else f"in {on:%B %Y}"


def snippet(text: str, stems: Collection[str]) -> str:
    """Of a text the part around the first of these words, whole words only."""
    line = " ".join(text.split())
    if len(line) <= SNIPPET:
        return line.rstrip(" .;,")
    first = next((word.written for word in cut(line) if word.stem in stems), "")
    at = max(0, line.find(first)) if first else 0
    start = _begin(line, at)
    end = len(line) if len(line) - start <= SNIPPET else line.rfind(" ", start, start + SNIPPET)
    end = end if end > at else len(line[:at]) + len(first)
    return ("… " if start else "") + line[start:end].strip(" .;,") + (" …" if end < len(line) else "")


def _begin(line: str, at: int) -> int:
    """Where its sentence begins, or a few words before it."""
    sentence = max((line.rfind(mark, 0, at) + len(mark) for mark in (". ", "! ", "? ") if mark in line[:at]), default=0)
    if at - sentence <= SNIPPET // 2:
        return sentence
    return line.find(" ", at - SNIPPET // 2, at) + 1 or at
