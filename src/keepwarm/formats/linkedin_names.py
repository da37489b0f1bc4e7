"""A name as its owner typed it into LinkedIn, tidied: letters behind it, emoji, capitals."""

from __future__ import annotations

import re
from typing import NamedTuple

_LONGEST = 200  # letters
_EMOJI = re.compile(
    "[\U0001f000-\U0001fbff\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u20e3\U000e0020-\U000e007f"
    "\u2122\u00ae\u00a9]+(?:\u200d(?=[\U0001f000-\U0001fbff\u2190-\u2bff]))?"
)
_TITLE = re.compile(r"((?:(?:dr|prof|professor|mr|mrs|ms)\b\.?|(?:ing|dipl\.?-ing)\.)\s+)+", re.IGNORECASE)
_PRONOUNS = re.compile(r"[(\[]\s*(?:she|he|they|ze|xe|elle|il|ella|él|sie|er)\s*[/,|][^)\]]*[)\]]", re.IGNORECASE)
_CLUTTER = re.compile(
    r"(?:\s+[-–—•·:/]+\s*|\s*[(\[#]\s*)(?:we.?re |i.?m |now )?"
    r"(?:open ?to ?(?:work|new|opportunit)|open ?networker|hiring|lion\b"
    r"|looking for|seeking|available|actively ).*$",
    re.IGNORECASE,
)
_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_LETTERS = """
phd mba emba md cpa pmp cfa cissp esq dds llm llb msc bsc beng meng edd dba dphil mph ceng mbe obe cbe
frsa acca aca fca fcca csm cspo shrm-cp shrm-scp sphr phr mcipd fcipd pharmd psyd rn bcba cisa cism itil
gphr frm caia cma cipm cipp
"""
_CREDENTIALS = frozenset(_LETTERS.split())  # without a comma before them only these count


class Name(NamedTuple):
    """The parts, and the whole as it should be shown: without titles and credentials."""

    shown: str
    given: str = ""
    family: str = ""
    prefix: str = ""
    suffix: str = ""


def parts(first: str, last: str) -> Name:
    """From the two cells, already stripped. A name that is nothing but decoration stays as it is."""
    if first.isalpha() and last.isalpha() and not (first + last).isupper():
        return Name(f"{first} {last}", first, last)
    if len(first) + len(last) > _LONGEST:
        return Name(f"{first} {last}".strip(), first, last)  # no name: not worth the patterns' time
    given, family = _bare(first), _bare(last)
    prefix, given = _titled(given)
    if family:
        family, suffix = _credited(family)
    else:
        given, suffix = _credited(given)
    given, family = _without_shouting(given, family)
    generation = suffix if _plain(suffix) in _GENERATIONS else ""
    return Name(" ".join(filter(None, (given, family, generation))), given, family, prefix, suffix)


def _bare(text: str) -> str:
    """Without emoji, pronouns, what follows an upright bar, and calls for work."""
    bare = _PRONOUNS.sub(" ", _EMOJI.sub(" ", text))
    bare = _CLUTTER.sub("", bare.partition("|")[0])
    return " ".join(bare.split()).strip(" -–—•·,") or text


def _titled(given: str) -> tuple[str, str]:
    match = _TITLE.match(given)
    return (match[0].strip(), given[match.end() :]) if match and match.end() < len(given) else ("", given)


def _credited(family: str) -> tuple[str, str]:
    """Family name and what stands behind it: "Hale, PhD" and "Hale MBA", but not "Hale, John"."""
    bare, _, tail = family.partition(",")
    if tail and bare.strip() and all(_is_credential(p, bare) for p in tail.split(",") if p.strip()):
        before, words = bare.split(), [tail.strip(" ,")]
    elif tail:
        return family, ""
    else:
        before, words = family.split(), []
    while len(before) > 1 and _plain(before[-1]) in _CREDENTIALS | _GENERATIONS and not before[-1].islower():
        words.insert(0, before.pop())
    return " ".join(before), " ".join(words)


def _is_credential(part: str, family: str) -> bool:
    """Known letters, or something with two capitals that is not just a name in capitals."""
    word = part.split(maxsplit=1)[0]
    if _plain(word) in _CREDENTIALS | _GENERATIONS:
        return True
    return len(word) <= 12 and sum(c.isupper() for c in word) >= 2 and not (family.isupper() and word.isalpha())


def _plain(word: str) -> str:
    return word.replace(".", "").strip(",").lower()


def _without_shouting(given: str, family: str) -> tuple[str, str]:
    """A whole name in capitals is calmed; only one part of it ("Jean DUPONT") is a custom."""
    if not (given and family and (given + family).isupper() and len(given + family) > 4):
        return given, family
    return (given if len(given) <= 2 or "." in given else _calm(given)), _calm(family)


def _calm(text: str) -> str:
    calm = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)
    return re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda m: f"Mc{m[1].upper()}", calm)
