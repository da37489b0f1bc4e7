"""What agreement is worth in the set at hand: expectation and maximisation from beliefs that can be read below.

A pair of cards is one of four kinds: one PERSON, a FAMILY under one roof, two COLLEAGUES, or STRANGERS who agree by
chance. Each kind has its own share of every level of every field, so a landline of a family, or the mailbox of an
office, is no proof that two people are one. The shares below are what we believe before we have seen a set; they weigh
as many pairs as BELIEF, and what the set itself shows weighs as many as it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import exp, log
from typing import NamedTuple

from keepwarm.core.identity.compare import Compared
from keepwarm.core.identity.fields import FIELDS, NAMES, Levels

BELIEF = 60.0
ROUNDS = 12
SEEN_BY_CHANCE = 200.0  # what our belief in the table of chances weighs
Shares = dict[str, tuple[float, ...]]  # by field and level
Table = list[list[float]]  # their logarithms
KINDS = ("person", "family", "colleagues", "strangers")
USUAL = (0.3, 0.15, 0.5)  # pairs of each, for every card
LEAST = 0.005  # of them that are always thought possible

PERSON: Shares = {
    "given": (0.74, 0.11, 0.04, 0.03, 0.02, 0.04, 0.02),
    "family": (0.80, 0.03, 0.05, 0.03, 0.02, 0.02, 0.05),
    "order": (0.97, 0.03),
    "middle": (0.93, 0.07),
    "generation": (0.48, 0.50, 0.02),
    "birthday": (0.87, 0.03, 0.05, 0.02, 0.018, 0.012),
    "mailbox": (0.55, 0.04, 0.10, 0.02, 0.29),
    "phone": (0.62, 0.03, 0.35),
    "profile": (0.985, 0.015),
    "organisation": (0.62, 0.07, 0.07, 0.24),
    "title": (0.35, 0.25, 0.40),
    "street": (0.62, 0.15, 0.23),
    "place": (0.45, 0.12, 0.18, 0.10, 0.15),
    "source": (0.30, 0.70),
}
FAMILY: Shares = {
    "given": (0.05, 0.01, 0.01, 0.003, 0.007, 0.07, 0.85),
    "family": (0.75, 0.01, 0.05, 0.005, 0.005, 0.03, 0.15),
    "order": (0.90, 0.10),
    "middle": (0.15, 0.85),
    "generation": (0.10, 0.50, 0.40),
    "birthday": (0.05, 0.003, 0.006, 0.006, 0.03, 0.905),
    "mailbox": (0.10, 0.01, 0.02, 0.12, 0.75),
    "phone": (0.40, 0.01, 0.59),
    "profile": (0.005, 0.995),
    "organisation": (0.05, 0.01, 0.02, 0.92),
    "title": (0.02, 0.04, 0.94),
    "street": (0.75, 0.10, 0.15),
    "place": (0.62, 0.10, 0.14, 0.04, 0.10),
    "source": (0.60, 0.40),
}
COLLEAGUES: Shares = {
    "birthday": (0.0001, 0.003, 0.002, 0.003, 0.03, 0.9619),
    "mailbox": (0.02, 0.02, 0.005, 0.70, 0.255),
    "phone": (0.20, 0.10, 0.70),
    "profile": (0.002, 0.998),
    "organisation": (0.88, 0.04, 0.06, 0.02),
    "title": (0.10, 0.15, 0.75),
    "street": (0.40, 0.10, 0.50),
    "place": (0.35, 0.05, 0.35, 0.05, 0.20),
    "source": (0.60, 0.40),
}
# Of strangers; 1 where the value itself tells the chance.
CHANCE: Shares = {
    "given": (1.0, 1.0, 1.0, 1.0, 1.0, 0.08, 0.90),
    "family": (1.0, 1.0, 1.0, 1.0, 1.0, 0.08, 0.91),
    "order": (1.0, 1.0),
    "middle": (0.12, 0.88),
    "generation": (0.40, 0.55, 0.05),
    "birthday": (1.0, 1.0, 0.002, 0.003, 0.03, 0.965),
    "mailbox": (1.0, 1.0, 1.0, 1.0, 0.98),
    "phone": (1.0, 1.0, 0.99),
    "profile": (1.0, 1.0),
    "organisation": (1.0, 1.0, 1.0, 0.98),
    "title": (1.0, 0.06, 0.93),
    "street": (1.0, 0.01, 0.985),
    "place": (1.0, 1.0, 1.0, 0.01, 0.95),
    "source": (0.50, 0.50),
}
LEAST_OF_NAMESAKES = log(1 / 1_000)  # among colleagues: who keeps two cards of one name at one firm may know two
MOST_WORTH_OF_NAMES = log(1 / 40_000)  # rarer than that, two people of a name are kin or known to each other


Kinds = tuple[float, float, float, float]


# What speaks against is never unlearnt: else a set full of namesakes teaches that one person has two birthdays.
AGAINST = {
    "given": (6, 0.02), "family": (6, 0.10), "middle": (1, 0.10), "generation": (2, 0.01), "birthday": (5, 0.015),
    "mailbox": (3, 0.02), "profile": (1, 0.01),
}  # fmt: skip


class Model:
    """What each level of each field says of the four kinds, and how frequent they are among all pairs."""

    def __init__(self, shares: dict[str, Shares], frequent: Sequence[float]) -> None:
        self._tables = [_logarithms(shares[kind]) for kind in KINDS]
        self._frequent = [log(share) for share in frequent]
        self._sums: dict[Levels, Kinds] = {}

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


def _logarithms(shares: Shares) -> Table:
    return [[log(share) for share in shares[field]] for field in FIELDS]


def _parts(kinds: Kinds) -> list[float]:
    most = max(kinds)
    parts = [exp(kind - most) for kind in kinds]
    whole = sum(parts)
    return [part / whole for part in parts]


def learn(pairs: Sequence[Compared], by_chance: Sequence[Compared], cards: int, of_all: float = 1.0) -> Model:
    """`pairs` are a share `of_all` that were worth comparing; `by_chance` are any two cards."""
    chance = _chances(by_chance)
    chance_of_names = {field: chance[field] for field in NAMES}
    believed = {"person": PERSON, "family": FAMILY, "colleagues": chance_of_names | COLLEAGUES, "strangers": chance}
    all_pairs = max(1.0, cards * (cards - 1) / 2)
    frequent = [min(0.3, usual * cards / all_pairs) for usual in USUAL]
    model = Model(believed, frequent)
    for _ in range(ROUNDS if pairs else 0):
        seen = _expect(model, pairs, of_all)
        frequent = [min(0.3, found / all_pairs) for found in _bounded(seen.found, cards)]
        model = Model(believed | {"person": _maximise(PERSON, seen.levels)}, frequent)
    return model


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
