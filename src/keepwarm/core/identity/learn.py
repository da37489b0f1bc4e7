"""What agreement is worth in the set at hand: expectation and maximisation from beliefs that can be read below.

A pair of cards is one of four kinds: one PERSON, a FAMILY under one roof, two COLLEAGUES, or STRANGERS who agree by
chance. Each kind has its own share of every level of every field, so a landline of a family, or the mailbox of an
office, is no proof that two people are one. The shares below are what we believe before we have seen a set; they weigh
as many pairs as BELIEF, and what the set itself shows weighs as many as it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

from keepwarm.core.identity.compare import FIELDS, NAMES, Compared, Levels

BELIEF = 60.0
ROUNDS = 12
SEEN_BY_CHANCE = 200.0  # what our belief in the table of chances weighs
Table = tuple[tuple[float, ...], ...]  # logarithms, by field and level

PERSON = {
    "given": (0.72, 0.11, 0.04, 0.05, 0.04, 0.04),
    "family": (0.80, 0.03, 0.05, 0.05, 0.02, 0.05),
    "order": (0.97, 0.03),
    "middle": (0.93, 0.07),
    "generation": (0.48, 0.50, 0.02),
    "birthday": (0.86, 0.03, 0.07, 0.02, 0.02),
    "mailbox": (0.55, 0.04, 0.10, 0.02, 0.29),
    "phone": (0.62, 0.03, 0.35),
    "profile": (0.97, 0.03),
    "organisation": (0.62, 0.07, 0.07, 0.24),
    "title": (0.35, 0.25, 0.40),
    "street": (0.62, 0.15, 0.23),
    "place": (0.55, 0.20, 0.10, 0.15),
    "source": (0.30, 0.70),
}
FAMILY = {
    "given": (0.04, 0.01, 0.01, 0.01, 0.07, 0.86),
    "family": (0.75, 0.01, 0.05, 0.01, 0.03, 0.15),
    "order": (0.90, 0.10),
    "middle": (0.15, 0.85),
    "generation": (0.10, 0.50, 0.40),
    "birthday": (0.005, 0.003, 0.012, 0.03, 0.95),
    "mailbox": (0.10, 0.01, 0.02, 0.12, 0.75),
    "phone": (0.40, 0.01, 0.59),
    "profile": (0.005, 0.995),
    "organisation": (0.05, 0.01, 0.02, 0.92),
    "title": (0.02, 0.04, 0.94),
    "street": (0.75, 0.10, 0.15),
    "place": (0.70, 0.15, 0.05, 0.10),
    "source": (0.60, 0.40),
}
COLLEAGUES = {
    "birthday": (0.0001, 0.003, 0.01, 0.03, 0.9569),
    "mailbox": (0.02, 0.02, 0.005, 0.70, 0.255),
    "phone": (0.20, 0.10, 0.70),
    "profile": (0.002, 0.998),
    "organisation": (0.88, 0.04, 0.06, 0.02),
    "title": (0.10, 0.15, 0.75),
    "street": (0.40, 0.10, 0.50),
    "place": (0.35, 0.40, 0.05, 0.20),
    "source": (0.60, 0.40),
}
# Of strangers; 1 where the value itself tells the chance.
CHANCE = {
    "given": (1.0, 1.0, 1.0, 1.0, 0.08, 0.90),
    "family": (1.0, 1.0, 1.0, 1.0, 0.08, 0.91),
    "order": (0.50, 0.50),
    "middle": (0.12, 0.88),
    "generation": (0.40, 0.55, 0.05),
    "birthday": (1.0, 1.0, 0.005, 0.03, 0.965),
    "mailbox": (1.0, 1.0, 1.0, 1.0, 0.98),
    "phone": (1.0, 1.0, 0.99),
    "profile": (1.0, 1.0),
    "organisation": (1.0, 1.0, 1.0, 0.98),
    "title": (1.0, 0.06, 0.93),
    "street": (1.0, 0.01, 0.985),
    "place": (1.0, 1.0, 0.01, 0.95),
    "source": (0.50, 0.50),
}
MOST_WORTH_OF_NAMES = log(1 / 40_000)  # rarer than that, two people of a name are kin or known to each other


class Model(NamedTuple):
    person: Table
    family: Table
    colleagues: Table
    chance: Table
    shares: tuple[float, float, float]  # logarithms: of all pairs, those of one person, a family, colleagues

    def kinds(self, pair: Compared) -> tuple[float, float, float, float]:
        """Logarithms of how likely each kind is, up to what they have in common."""
        names = max(pair.names, MOST_WORTH_OF_NAMES)
        by_chance = _sum(self.chance, pair.levels)
        person = self.shares[0] + _sum(self.person, pair.levels)
        family = self.shares[1] + _sum(self.family, pair.levels)
        colleagues = self.shares[2] + _sum(self.colleagues, pair.levels) + names + _sum_of_names(self.chance, pair.levels)
        return person, family, colleagues, by_chance + names + pair.rest

    def probability(self, pair: Compared) -> float:
        """That the two are one person."""
        kinds = self.kinds(pair)
        most = max(kinds)
        return exp(kinds[0] - most) / sum(exp(kind - most) for kind in kinds)


def _sum(table: Table, levels: Levels) -> float:
    return sum(row[level] for row, level in zip(table, levels, strict=True) if level >= 0)


def _sum_of_names(table: Table, levels: Levels) -> float:
    return sum(row[level] for row, level in zip(table[: len(NAMES)], levels, strict=False) if level >= 0)
