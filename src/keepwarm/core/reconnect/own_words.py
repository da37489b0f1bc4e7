"""A shape in the user's own words: what keeps it from working, what to think of, and how it reads to someone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from keepwarm.core import balance_words
from keepwarm.core.reconnect import Candidate, Owner, grammar, known, linter
from keepwarm.core.reconnect.drafts import Desk, Draft, Occasion
from keepwarm.core.reconnect.reasons import called
from keepwarm.core.reconnect.shapes import Shape

LONGEST = 1500  # letters of the words


class Tried(NamedTuple):
    """A shape tried on one person. Without a draft, `why` tells what is missing; with one, what to know of it."""

    draft: Draft | None
    why: str
    checks: list[linter.Check]


def missing(name: str, words: str) -> list[str]:
    """What it cannot be kept without, in sentences."""
    found = []
    if not name.strip():
        found.append("It needs a name, so that you find it again under a letter.")
    if not words.strip():
        found.append("There are no words yet. Write what the letter says between the greeting and your name.")
    return found


def problems(subject: str, words: str) -> Iterator[str]:
    """What must be put right in what is written, in sentences."""
    if len(words) > LONGEST:
        yield f"It is too long: {len(words):,} letters. Up to {LONGEST:,} is the longest that anyone reads."
    yield from dict.fromkeys(grammar.problems(words, known.FACTS) + grammar.problems(subject, known.FACTS))


def hints(words: str) -> list[str]:
    """What might be better; it can be kept all the same."""
    plain = re.sub(r"[\[\]|]", " ", re.sub(r"\{[^{}]*\}", "it", words))
    found = []
    if asked := balance_words.ask_in(plain):
        found.append(f"It asks for something: “{asked}”. A letter lands softer without.")
    if not set(re.findall(r"\{\s*(\w+)\s*\}", words)) & (known.FACTS.keys() - known.PLAIN):
        found.append("It names no fact, so it reads the same for everyone. One from the list makes it theirs.")
    return found


def try_on(shape: Shape, who: Candidate, owner: Owner, today: date, channel: str) -> Tried:
    """As it would read, whether or not there is the occasion for it today."""
    desk = Desk.of(who, owner, today, channel)
    offered = desk.fits(shape)
    if shape.reason not in desk.occasions:
        desk = desk._replace(occasions=desk.occasions | {shape.reason: Occasion()})
    missing = [name for name in sorted(desk.needed(shape)) if name not in desk.facts_for(shape)]
    if missing:
        told = " and ".join(f"{{{name}}}" for name in missing)
        return Tried(None, f"Not offered: {told} is not known of {called(who)}. In brackets it would be left out.", [])
    draft = desk.compose(shape)
    why = "" if offered else _not_today(shape, who)
    return Tried(draft, why, linter.checks(draft, who, channel))


def _not_today(shape: Shape, who: Candidate) -> str:
    if shape.relation and known.relation_of(who.relation) not in shape.relation:
        return f"Only to see how it reads: {called(who)} is not noted as {known.RELATIONS[shape.relation[0]]}."
    return f"Only to see how it reads: today there is no such occasion with {called(who)}."
