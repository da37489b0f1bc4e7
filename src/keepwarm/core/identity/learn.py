"""What agreement is worth in the set at hand: expectation and maximisation, from what is believed beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import exp, log
from typing import Any, NamedTuple

from keepwarm.core.identity.beliefs import (
    AGAINST,
    BELIEF,
    CHANCE,
    COLLEAGUES,
    FAMILY,
    LEAST,
    LEAST_OF_NAMESAKES,
    MOST_WORTH_OF_NAMES,
    PERSON,
    SEEN_BY_CHANCE,
    USUAL,
    Shares,
)
from keepwarm.core.identity.compare import Compared
from keepwarm.core.identity.fields import FIELDS, NAMES, Levels

ROUNDS = 12
MOST_FREQUENT = 0.3  # of all pairs, in a handful of cards
KINDS = ("person", "family", "colleagues", "strangers")
Table = list[list[float]]  # logarithms, by field and level
Kinds = tuple[float, float, float, float]


class Model:
    """What each level of each field says of the four kinds, and how frequent they are among all pairs."""

    def __init__(self, person: Shares, chance: Shares, frequent: Sequence[float], cards: int) -> None:
        """`frequent`: pairs of a person, a family and colleagues, for every pair of `cards`."""
        self.person, self.chance, self.frequent, self.cards = person, chance, tuple(frequent), cards
        shares = {"person": person, "family": FAMILY, "strangers": chance}
        shares["colleagues"] = {field: chance[field] for field in NAMES} | COLLEAGUES
        self._tables = [_logarithms(shares[kind]) for kind in KINDS]
        self._frequent = [log(share) for share in frequent]
        self._sums: dict[Levels, Kinds] = {}

    def among(self, cards: int) -> Model:
        """The same where there are more: each card has as many pairs as before, out of more."""
        often = [min(MOST_FREQUENT, share * self.cards / max(1, cards)) for share in self.frequent]
        return Model(self.person, self.chance, often, cards)

    def to_json(self) -> dict[str, object]:
        return {"person": self.person, "chance": self.chance, "frequent": self.frequent, "cards": self.cards}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Model | None:
        """None where it was learnt by a version with other fields or levels: learn anew."""
        person, chance = ({field: tuple(row) for field, row in said[kind].items()} for kind in ("person", "chance"))
        if not (_levels(person) == _levels(chance) == _levels(FIELDS)):
            return None
        return cls(person, chance, said["frequent"], said["cards"])

    def kinds(self, pair: Compared) -> Kinds:
        """Logarithms of how likely the pair is each kind, up to what they have in common."""
        if (sums := self._sums.get(pair.levels)) is None:
            sums = self._sums[pair.levels] = self._sum(pair.levels)
        person, family, colleagues, strangers = sums
        names = max(pair.names, MOST_WORTH_OF_NAMES)
        return person, family, colleagues + max(names, LEAST_OF_NAMESAKES), strangers + names + pair.rest

    def _sum(self, levels: Levels) -> Kinds:
        person, family, colleagues, strangers = (
            sum(row[level] for row, level in zip(table, levels, strict=True) if level >= 0) for table in self._tables
        )
        one, two, three = self._frequent
        return person + one, family + two, colleagues + three, strangers

    def probability(self, pair: Compared) -> float:
        """That the two are one person."""
        return _parts(self.kinds(pair))[0]


def _levels(shares: Mapping[str, Sequence[object]]) -> dict[str, int]:
    return {field: len(row) for field, row in shares.items()}


def _logarithms(shares: Shares) -> Table:
    return [[log(share) for share in shares[field]] for field in FIELDS]


def _parts(kinds: Kinds) -> list[float]:
    most = max(kinds)
    parts = [exp(kind - most) for kind in kinds]
    whole = sum(parts)
    return [part / whole for part in parts]


def believed(cards: int) -> Model:
    """Before anything has been seen."""
    return Model(PERSON, CHANCE, [_usual(share, cards) for share in USUAL], cards)


def learn(pairs: Sequence[Compared], by_chance: Sequence[Compared], cards: int, of_all: float = 1.0) -> Model:
    """`pairs` are a share `of_all` that were worth comparing; `by_chance` are any two cards."""
    chance, all_pairs = _chances(by_chance), _pairs_of(cards)
    model = Model(PERSON, chance, [_usual(share, cards) for share in USUAL], cards)
    for _ in range(ROUNDS):
        seen = _expect(model, pairs, of_all)
        frequent = [min(MOST_FREQUENT, found / all_pairs) for found in _bounded(seen.found, cards)]
        model = Model(_maximise(PERSON, seen.levels), chance, frequent, cards)
    return model


def _usual(share: float, cards: int) -> float:
    return min(MOST_FREQUENT, share * max(1, cards) / _pairs_of(cards))


def _pairs_of(cards: int) -> float:
    return max(1.0, cards * (cards - 1) / 2)


def _bounded(found: Sequence[float], cards: int) -> Iterator[float]:
    """Who shares a name by chance looks like kin: no more of these two kinds than is usual."""
    yield found[0] + LEAST * cards + 1
    for pairs, usual in zip(found[1:], USUAL[1:], strict=True):
        yield min(max(pairs, LEAST * cards), 2 * usual * cards) + 1


def _chances(by_chance: Sequence[Compared]) -> Shares:
    counts = {field: [0.0] * len(levels) for field, levels in FIELDS.items()}
    for pair in by_chance:
        for field, level in zip(FIELDS, pair.levels, strict=True):
            if level >= 0:
                counts[field][level] += 1
    return {field: _mixed_chance(CHANCE[field], counts[field]) for field in FIELDS}


def _mixed_chance(believed: tuple[float, ...], counts: list[float]) -> tuple[float, ...]:
    known = sum(counts)
    return tuple(
        share if share == 1 else (count + SEEN_BY_CHANCE * share) / (known + SEEN_BY_CHANCE)
        for share, count in zip(believed, counts, strict=True)
    )


class Seen(NamedTuple):
    """What the pairs show, each shared out among the kinds it may be."""

    levels: dict[str, list[float]]  # of those that are one person
    found: list[float]  # pairs of each kind but strangers


def _expect(model: Model, pairs: Sequence[Compared], of_all: float) -> Seen:
    seen = Seen({field: [0.0] * len(levels) for field, levels in FIELDS.items()}, [0.0, 0.0, 0.0])
    person: dict[Levels, float] = defaultdict(float)
    for pair in pairs:
        parts = _parts(model.kinds(pair))
        person[pair.levels] += parts[0] / of_all
        for kind in range(3):
            seen.found[kind] += parts[kind] / of_all
    for levels, part in person.items():
        for field, level in zip(FIELDS, levels, strict=True):
            if level >= 0:
                seen.levels[field][level] += part
    return seen


def _maximise(believed: Shares, seen: dict[str, list[float]]) -> Shares:
    learnt = {field: _mixed(shares, seen[field]) for field, shares in believed.items()}
    return learnt | {field: _no_more(learnt[field], *most) for field, most in AGAINST.items()}


def _no_more(shares: tuple[float, ...], level: int, most: float) -> tuple[float, ...]:
    return tuple(min(share, most) if at == level else share for at, share in enumerate(shares))


def _mixed(believed: tuple[float, ...], seen: list[float]) -> tuple[float, ...]:
    known = sum(seen) + BELIEF
    return tuple((BELIEF * share + count) / known for share, count in zip(believed, seen, strict=True))
