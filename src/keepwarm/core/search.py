"""The words by which someone is found: how text is cut into them, and which words are one typo apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import OSA

from keepwarm.core.names import fold

ASKED = 8  # words of a question that count; each makes the answer smaller and the search longer
TOGETHER = 4  # words of a name that are also written as one
LONGEST = 400  # letters of a word; PostgreSQL refuses one of more than 2,046 bytes
_TOO_LONG = re.compile(rf"(\S{{{LONGEST}}})\S+")
# An import cuts millions of words: `translate` takes a third of the time of a regular expression.
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
# Written without spaces: each sign is a word of its own, so that a given name is found within a whole one.
_SIGN = re.compile("([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")


def words(text: str) -> list[str]:
    """Letters, digits and their marks, folded; everything else stands between words."""
    return spaced(text).split()


def spaced(text: str) -> str:
    """The same words as one text, each after a space or several."""
    if len(text) > LONGEST:
        text = _TOO_LONG.sub(r"\1 ", text)
    if text.isascii():
        return " " + text.lower().translate(_BETWEEN)
    parted = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in fold(text))
    return " " + _SIGN.sub(r" \1 ", parted)


def asked(text: str) -> list[str]:
    """The words of a question, each once."""
    return list(dict.fromkeys(words(text[:200])))[:ASKED]


def together(words: list[str]) -> str:
    """A name written as one word, as in an address: "annlee" is Ann Lee; empty where it has one word, or very many."""
    return "".join(words)[:LONGEST] if 1 < len(words) <= TOGETHER else ""


def of_names(names: Iterable[str]) -> list[str]:
    """The words of a name's spellings, each once; O'Brien and Jean-Luc also as one word, as people type them."""
    spelled = " ".join(names)
    found = words(spelled)
    if "'" in spelled or "-" in spelled or not spelled.isascii():
        found += _joined(spelled)
    return list(dict.fromkeys(found))


def _joined(names: str) -> list[str]:
    parts = [words(part) for part in names.split()]
    return ["".join(part) for part in parts if 1 < len(part) <= 4 and not _SIGN.match(part[0])]


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


def near(word: str, others: Iterable[str], *, unfinished: bool = False, most: int = 60) -> list[str]:
    """Of the others those within `slips(word)` insertions, losses, changes and swaps of letters, nearest first.

    `unfinished`: the word may still be typed, so the beginning of a longer one will do.
    """
    limit = slips(word)
    found = []
    for other in others:
        away = OSA.distance(word, other, score_cutoff=limit)
        if away > limit and unfinished and len(word) >= 4:
            begun = OSA.distance(word, other[: len(word)], score_cutoff=1)
            away = begun if begun <= 1 else away
        if 0 < away <= limit:
            found.append((away, other))
    return [other for _, other in sorted(found)[:most]]
