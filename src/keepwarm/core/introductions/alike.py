"""How much two short phrases are about one thing: by the words they share, the rare ones most.

    likeness = Σ idf(shared) / min(Σ idf(one), Σ idf(other)),  idf(word) = ln(1 + (n − df + ½) / (df + ½))

over the words' stems, n phrases in all. Where what both are about is among the shared, it is at least a half: "storage
for a show" and "storage near the docks". It is halved where neither's is ("a flat in Leeds", "theatre in Leeds"), and
where each names another place ("a flat in Leeds", "a flat in Porto").
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from heapq import nlargest
from typing import NamedTuple

from keepwarm.core import stems
from keepwarm.core.names import fold

ENOUGH = 0.5  # from here on two phrases are about one thing
NEAREST = 6  # phrases that one is compared with
COMMON = 200  # a word that more phrases have than this leads to nobody


class Alike(NamedTuple):
    """0..1, and the shared words as the first phrase has them."""

    score: float
    words: tuple[str, ...]


NOT_ALIKE = Alike(0, ())
# What compares two phrases: words now, meanings where the extra `match` is there (see store/introductions.py).
Likeness = Callable[[str, str], Alike]


class Phrase(NamedTuple):
    stems: dict[str, str]
    matter: frozenset[str]  # stems of what it is about
    where: frozenset[str] = frozenset()  # stems after "in" and "near"


_WHERE = re.compile(r"\b(?:in|near) (\w+)")
_PART = re.compile(r"\b(?:for|in|at|from|near|of|with|who|that|to|on|by)\b")


def phrase(text: str) -> Phrase:
    """A need or an offer taken apart; its matter is what it names first that is more than help or advice."""
    whole = [word for word in stems.told(text) if word not in stems.GENERAL]
    where = frozenset(map(stems.stem, _WHERE.findall(fold(text))))
    for part in _PART.split(fold(text)):
        if named := [word for word in stems.told(part) if word not in stems.GENERAL]:
            matter = frozenset(map(stems.stem, named))
            return Phrase(stems.stems(whole), matter - where or matter, where)
    return Phrase(stems.stems(whole), frozenset(), where)


class Words:
    """Likeness by shared words, among these phrases."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._phrases = {text: phrase(text) for text in texts}
        self._counts = Counter(stem for one in self._phrases.values() for stem in one.stems)
        self._rare: dict[str, float] = {}

    def __call__(self, one: str, other: str) -> Alike:
        first, second = self._taken(one), self._taken(other)
        shared = [stem for stem in first.stems if stem in second.stems]
        if not shared:
            return NOT_ALIKE
        score = self._weight(shared) / min(self._weight(first.stems), self._weight(second.stems))
        of_both = first.matter & second.matter
        if of_both:
            score = 0.5 + score / 2
        elif not (first.matter | second.matter) & set(shared):
            score /= 2
        if first.where and second.where and not first.where & second.where:
            score /= 2
        return Alike(score, tuple(first.stems[stem] for stem in shared))

    def near(self, one: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Pairs that share a word which is not everyone's: to each phrase its nearest few, never all pairs."""
        having: dict[str, list[str]] = {}
        for other in others:
            for stem in self._taken(other).stems:
                having.setdefault(stem, []).append(other)
        for text in one:
            shared: dict[str, float] = {}
            for stem in self._taken(text).stems:
                if self._counts[stem] <= COMMON:
                    for other in having.get(stem, ()):
                        shared[other] = shared.get(other, 0) + self._rarity(stem)
            yield from ((text, other) for other in nlargest(NEAREST, shared, key=shared.__getitem__))

    def _taken(self, text: str) -> Phrase:
        return self._phrases.get(text) or phrase(text)

    def _weight(self, some: Iterable[str]) -> float:
        return sum(map(self._rarity, some))

    def _rarity(self, stem: str) -> float:
        if stem not in self._rare:
            n, having = len(self._phrases) or 1, self._counts[stem]
            self._rare[stem] = math.log(1 + (n - having + 0.5) / (having + 0.5))
        return self._rare[stem]
