"""The words of a short phrase by their stems, so that a designer is found by design and grants by a grant."""

from __future__ import annotations

from collections.abc import Iterable

from keepwarm.core import search
from keepwarm.core.line_words import several

# Words that stand in every phrase and say nothing of what it is about.
EMPTY = several(
    """
    a an the some any one two three four five six seven eight nine ten few several many more another other new good
    great nice small big little very really best better right own someone somebody anyone anybody people person who
    whom whose which that this these those it its he she they them his her their my our your me us you i we is are was
    were be been being am has have had do does did for from of in on at to into with without about by as and or but
    so if than then up out off over near around through via per not no yes also just all every each both can could
    may might must will would shall should know knows need needs needed want wants wanted look looks looking find
    finding seek seeking offer offers offering s t
    """
)
# What one can offer or need in any matter: the matter is what counts.
GENERAL = several(
    """
    help helping advice advise support introduction introductions intro intros contact contacts expertise experience
    knowledge tips talk talks talking work works working job jobs thing things stuff lot everyone everybody somebody
    """
)
_ENDINGS = (
    "ings",
    "ing",
    "ers",
    "ors",
    "er",
    "or",
    "ies",
    "ists",
    "ist",
    "ants",
    "ant",
    "ions",
    "ion",
    "ments",
    "ment",
    "ed",
    "es",
    "s",
)
SHORTEST = 4  # letters of a stem; "ring" and "best" are whole words


def stem(word: str) -> str:
    """A word without its common English ending; both spellings of -ise; of other scripts the word itself."""
    if not word.isascii() or not word.isalpha():
        return word
    for ending in _ENDINGS:
        left = word.removesuffix(ending)
        if left != word and not (ending == "s" and left[-1] == "s") and len(left) >= (3 if ending == "s" else SHORTEST):
            return _bare(left + "y" if ending == "ies" else left)
    return _bare(word)


def _bare(stemmed: str) -> str:
    """design(e), plann(ing), hous(es): the last letter that comes and goes."""
    if len(stemmed) > SHORTEST and stemmed[-1] == stemmed[-2] and stemmed[-1] not in "aeiousl":
        return stemmed[:-1]
    return stemmed[:-1] if len(stemmed) > SHORTEST and stemmed[-1] in "ey" else stemmed


def told(text: str) -> list[str]:
    """The words that say something, as they are written, folded."""
    return [word for word in search.words(text) if word not in EMPTY and (len(word) > 1 or not word.isascii())]


def stems(words: Iterable[str]) -> dict[str, str]:
    """By stem the first word that has it, in their order."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(stem(word), word)
    return found
