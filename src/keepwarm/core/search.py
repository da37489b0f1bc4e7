"""The words by which someone is found: how text is cut into them, and which words are one typo apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from keepwarm.core.names import fold

LONGEST = 40  # letters of a word that are kept
ASKED = 8  # words of a question that count; each makes the answer smaller and the search longer
_ASCII = re.compile(r"[a-z0-9]+")
# Written without spaces: each sign is a word of its own, so that a given name is found within a whole one.
_SIGN = re.compile("([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")


def words(text: str) -> list[str]:
    """Letters, digits and their marks, folded; everything else stands between words."""
    folded = fold(text)
    if folded.isascii():
        found = _ASCII.findall(folded)
    else:
        parted = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
        found = _SIGN.sub(r" \1 ", parted).split()
    return [word[:LONGEST] for word in found]


def asked(text: str) -> list[str]:
    """The words of a question, each once."""
    return list(dict.fromkeys(words(text[:200])))[:ASKED]


def of_names(names: Iterable[str]) -> list[str]:
    """The words of a name's spellings, each once; O'Brien and Jean-Luc also as one word, as people type them."""
    spelled = [name for name in names if name]
    found = dict.fromkeys(word for name in spelled for word in words(name))
    for name in spelled:
        if not name.replace(" ", "").isalnum():
            found |= dict.fromkeys(_joined(name))
    return list(found)


def _joined(name: str) -> list[str]:
    parts = [words(part) for part in name.split()]
    return ["".join(part)[:LONGEST] for part in parts if 1 < len(part) <= 4 and not _SIGN.match(part[0])]


# Typos


class Whole(NamedTuple):
    """What a near word still has: one of these beginnings, or this end."""

    starts: tuple[str, ...]
    end: str


def slips(word: str) -> int:
    """How many letters may be wrong: none in a word of one or two, one up to seven, then two."""
    return 0 if len(word) < 3 else 1 if len(word) < 8 else 2


def whole(word: str) -> Whole:
    """One slip leaves the first or the second half of a word whole, unless it swaps the two letters between them.

    Of three parts two slips leave one; that it is the middle one, with both ends wrong, is not looked for.
    """
    part = len(word) // (slips(word) + 1) if slips(word) else len(word)
    part = max(part, 1)
    if slips(word) == 2:
        return Whole((word[:part],), word[-part:])
    swapped = word[: part - 1] + word[part : part + 1] + word[part - 1 : part]
    return Whole((word[:part], swapped), word[part:])


def near(word: str, others: Iterable[str], *, unfinished: bool = False, most: int = 12) -> list[str]:
    """Of the others those within `slips(word)` insertions, losses, changes and swaps of letters, nearest first.

    `unfinished`: the word may still be typed, so the beginning of a longer one will do.
    """
    limit = slips(word)
    found = []
    for other in others:
        away = OSA.distance(word, other, score_cutoff=limit)
        if away > limit and unfinished and len(word) >= 4:
            away = OSA.distance(word, other[: len(word)], score_cutoff=1)
        if 0 < away <= limit:
            found.append((away, other))
    return [other for _, other in sorted(found)[:most]]
