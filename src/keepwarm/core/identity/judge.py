"""The same human being? A probability for every pair that is worth a look, in three bands, and groups of the sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import product
from typing import NamedTuple

from keepwarm.core.identity import blocks
from keepwarm.core.identity.cards import Card
from keepwarm.core.identity.compare import Compared, compare
from keepwarm.core.identity.fields import FIELDS, NEAR, OTHER, UNKNOWN, Levels
from keepwarm.core.identity.frequency import Frequencies
from keepwarm.core.identity.learn import Model, believed, learn

MERGE_FROM = 0.96  # measured: at this belief more than 99 in 100 are one person, see docs/decisions/identity.md
SURER = 0.975  # where a name and what surrounds it is all they share
SUREST = 0.998  # under another given name: twins share a birthday, a home and a telephone
ASK_FROM = 0.4
SAMPLE = 20_000  # pairs to learn from
MOST_ALIKE = 20  # cards of a group
_NOBODY = Frequencies(())


class Band(Enum):
    MERGE = "merge"  # by itself
    ASK = "ask"
    SEPARATE = "separate"


class Match(NamedTuple):
    """Two cards by their places, the lower first."""

    one: int
    other: int
    probability: float
    levels: Levels
    is_bare: bool = False  # one of them says no more than a name and an employer

    @property
    def band(self) -> Band:
        if self.probability < ASK_FROM:
            return Band.SEPARATE
        return Band.MERGE if self._is_sure() else Band.ASK

    def _is_sure(self) -> bool:
        if contradicts(self.levels):
            return False
        if shares_their_own(self.levels):
            return self.probability >= (SUREST if self.levels[_PLACE["given"]] == OTHER else MERGE_FROM)
        return self.probability >= SURER and not self.is_bare and not is_thin(self.levels)


class Judged(NamedTuple):
    matches: list[Match]
    model: Model  # what was learnt, for new cards later


def judged(cards: Sequence[Card], at_least: float = ASK_FROM) -> Judged:
    """Every pair that may be one person."""
    often, worth = Frequencies(cards), blocks.pairs(cards)
    model = _learnt(cards, worth, often) if worth else believed(len(cards))
    return Judged([match for match in _judged(cards, worth, often, model) if match.probability >= at_least], model)


def matches(cards: Sequence[Card], at_least: float = ASK_FROM) -> list[Match]:
    return judged(cards, at_least).matches


def matches_among(
    new: Sequence[Card], known: Sequence[Card], often: Frequencies, model: Model | None, at_least: float = ASK_FROM
) -> list[Match]:
    """As `matches` of both, the new first, without the known among each other; see `network`."""
    cards = [*new, *known]
    model = model.among(often.total) if model else believed(often.total)
    found = _judged(cards, blocks.pairs(cards, len(new)), often, model)
    return [match for match in found if match.probability >= at_least]


def _judged(
    cards: Sequence[Card], worth: Iterable[tuple[int, int]], often: Frequencies, model: Model
) -> Iterator[Match]:
    for one, other in worth:
        pair = compare(cards[one], cards[other], often)
        is_bare = cards[one].is_bare or cards[other].is_bare
        yield Match(one, other, model.probability(pair), pair.levels, is_bare)


def _learnt(cards: Sequence[Card], worth: Sequence[tuple[int, int]], often: Frequencies) -> Model:
    step = len(worth) // SAMPLE + 1
    seen = [compare(cards[one], cards[other], often) for one, other in worth[::step]]
    return learn(seen, list(_by_chance(cards, often)), len(cards), 1 / step)


def _by_chance(cards: Sequence[Card], often: Frequencies) -> Iterator[Compared]:
    """Any two cards, drawn with large strides so that every run draws the same."""
    total = len(cards)
    for number in range(min(SAMPLE, total * (total - 1) // 2)):
        one, other = number * 7_919 % total, (number * 104_729 + number // total + 1) % total
        if one != other:
            yield compare(cards[one], cards[other], often)


# --- what is never merged by itself -------------------------------------------------------------------

_PLACE = {field: place for place, field in enumerate(FIELDS)}
_LAST = {field: len(levels) - 1 for field, levels in FIELDS.items()}
_AGAINST = ("generation", "birthday", "profile")
_OWN = {"birthday": 2, "mailbox": 1, "phone": 0, "profile": 0, "street": 0}  # the last level that is for one person
_AROUND = {"organisation": 2, "title": 1, "place": 2}  # the last that agrees in what surrounds one
_DIFFERS = {"phone": 1, "title": 2, "mailbox": 2, "given": NEAR, "family": NEAR}  # the first that differs


def contradicts(levels: Levels) -> bool:
    """Jr. and Sr., two birthdays, two profiles: a human being should see that."""
    return any(levels[_PLACE[field]] == _LAST[field] for field in _AGAINST)


def shares_their_own(levels: Levels) -> bool:
    """An address, a phone, a profile, a birthday or a home in common."""
    return _agrees(levels, _OWN)


def is_thin(levels: Levels) -> bool:
    """Of those who share nothing of their own: a name alone, or something differs as it does with namesakes."""
    return not _agrees(levels, _AROUND) or any(levels[_PLACE[field]] >= first for field, first in _DIFFERS.items())


def _agrees(levels: Levels, least: Mapping[str, int]) -> bool:
    return any(UNKNOWN < levels[_PLACE[field]] <= last for field, last in least.items())


# --- groups -------------------------------------------------------------------------------------------


def groups(found: Sequence[Match], cards: Sequence[Card]) -> list[list[int]]:
    """Cards that are merged by themselves, surest first; who joins a group must go with each of those in it."""
    alike = {(match.one, match.other) for match in found if match.band is not Band.SEPARATE}
    together: dict[int, list[int]] = {}
    for match in sorted(found, key=lambda match: (-match.probability, match.one, match.other)):
        ones, others = together.get(match.one, [match.one]), together.get(match.other, [match.other])
        if match.band is not Band.MERGE or ones is others:
            continue
        pairs = [(min(pair), max(pair)) for pair in product(ones[:MOST_ALIKE], others[:MOST_ALIKE])]
        if all(pair in alike or _silent(cards[pair[0]], cards[pair[1]]) for pair in pairs):
            whole = [*ones, *others]
            together.update(dict.fromkeys(whole, whole))
    distinct = {id(group): group for group in together.values()}
    return [sorted(group) for group in distinct.values()]


def _silent(one: Card, other: Card) -> bool:
    """Whether nothing of theirs differs: one of them may say too little to be alike."""
    levels = compare(one, other, _NOBODY).levels
    return not any(levels[_PLACE[field]] == _LAST[field] for field in ("given", "family", *_AGAINST))
