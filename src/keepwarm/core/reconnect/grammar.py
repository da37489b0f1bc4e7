"""How the words of a shape are written: plain words, facts in braces, clauses in brackets.

    We met in {since}.                         a fact
    How are things[ at {org}]?                 a clause: left out where one of its facts is not known
    [How is {topic} going?|How are things?]    the first of these that can be said

A clause may hold another. A fact outside brackets is needed: without it the whole is not said. What a clause that is
left out leaves behind, such as two spaces or one before a full stop, is closed up, and the first letter is a capital.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

_TOKENS = re.compile(r"\{[^{}\[\]|\n]*\}|[{}\[\]|]|[^{}\[\]|]+")
_GAPS = (
    (re.compile(r"[ \t]{2,}"), " "),
    (re.compile(r"[ \t]+(?=[,.;:!?](?:\s|$))|[ \t]+$|^[ \t]+", re.MULTILINE), ""),
    (re.compile(r"\n{3,}"), "\n\n"),
)


class Fact(NamedTuple):
    name: str


class Clause(NamedTuple):
    choices: tuple[Words, ...]


Words = tuple[str | Fact | Clause, ...]


class Said(NamedTuple):
    """Words with their facts in, and which facts those are."""

    text: str
    facts: frozenset[str]


def say(text: str, known: Mapping[str, str]) -> Said | None:
    """The words for someone of whom this is known; None where a fact is missing that they cannot do without."""
    said = _say(parse(text), known)
    return Said(_closed_up(said.text), said.facts) if said else None


def _say(words: Words, known: Mapping[str, str]) -> Said | None:
    parts, facts = [], set()
    for word in words:
        if isinstance(word, str):
            parts.append(word)
        elif isinstance(word, Fact):
            if not (value := known.get(word.name, "")):
                return None
            parts.append(value)
            facts.add(word.name)
        elif said := next((said for choice in word.choices if (said := _say(choice, known))), None):
            parts.append(said.text)
            facts |= said.facts
    return Said("".join(parts), frozenset(facts))


def _closed_up(text: str) -> str:
    for gap, instead in _GAPS:
        text = gap.sub(instead, text)
    text = text.strip()
    return text[:1].upper() + text[1:] if text[:2].islower() and not text.startswith("http") else text


@lru_cache(maxsize=1024)
def parse(text: str) -> Words:
    """Also of words with `problems`, as far as they make sense."""
    return _choices(iter(_TOKENS.findall(text)), inside=False)[0]


def _choices(tokens: Iterator[str], *, inside: bool) -> tuple[Words, ...]:
    choices: list[Words] = []
    here: list[str | Fact | Clause] = []
    for sign in tokens:
        if sign == "]" and inside:
            break
        if sign == "|" and inside:
            choices.append(tuple(here))
            here = []
        elif sign == "[":
            here.append(Clause(_choices(tokens, inside=True)))
        else:
            here.append(Fact(sign[1:-1].strip()) if sign[0] == "{" and sign[-1] == "}" else sign)
    return (*choices, tuple(here))


@lru_cache(maxsize=1024)
def needs(text: str) -> frozenset[str]:
    """The facts without which it is not said."""
    return frozenset(word.name for word in parse(text) if isinstance(word, Fact))


def problems(text: str, facts: Collection[str]) -> list[str]:
    """What keeps these words from being understood, each with what to do; `facts` are the names there are."""
    return [*_brackets(text), *_braces(text), *_unknown(text, facts)]


def _brackets(text: str) -> Iterator[str]:
    open_at: list[int] = []
    for at, sign in enumerate(text):
        if sign == "[":
            open_at.append(at)
        elif sign == "]" and not open_at:
            yield f"There is a ] with no [ before it: “{_around(text, at)}”. Add a [ where the clause begins."
        elif sign == "]":
            open_at.pop()
        elif sign == "|" and not open_at:
            yield f"A | stands outside brackets: “{_around(text, at)}”. It divides the choices in [one|another]."
    for at in open_at:
        yield f"A bracket is opened and not closed: “{_around(text, at)}”. Add a ] where the clause ends."


def _braces(text: str) -> Iterator[str]:
    for found in re.finditer(r"\{[^{}\[\]|\n]*\}|[{}]", text):
        if len(found[0]) == 1:
            yield f"A brace stands alone: “{_around(text, found.start())}”. A fact is written with two, as in {{name}}."
        elif not found[0][1:-1].strip():
            yield "There is nothing between two braces. Write the name of a fact there, as in {name}."


def _unknown(text: str, facts: Collection[str]) -> Iterator[str]:
    for name in dict.fromkeys(re.findall(r"\{\s*([^{}\[\]|\n]*?)\s*\}", text)):
        if name and name not in facts:
            near = get_close_matches(name.lower(), list(facts), n=1, cutoff=0.5)
            instead = f"Did you mean {{{near[0]}}}?" if near else "Take one of those below the words."
            yield f"There is no fact called {{{name}}}. {instead}"


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 12) : at + 16].split())
