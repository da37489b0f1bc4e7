"""What we believe of two cards before a set has been seen; `learn` mixes it with what the set shows.

A pair of cards is one of four kinds: one PERSON, a FAMILY under one roof, two COLLEAGUES, or strangers who agree by
CHANCE. Each kind has its own share of every level of every field (see `fields`), so that a landline of a family, or the
mailbox of an office, is no proof that two people are one. Only what a PERSON shares is learnt from a set: kin and
colleagues are too few in it, and strangers are drawn by lot.
"""

from __future__ import annotations

from math import log

Shares = dict[str, tuple[float, ...]]  # by field and level

BELIEF = 60.0  # pairs that PERSON weighs
SEEN_BY_CHANCE = 200.0  # pairs that CHANCE weighs
USUAL = (0.3, 0.15, 0.5)  # pairs of one person, a family and colleagues, for every card
LEAST = 0.005  # of them that are always thought possible
LEAST_OF_NAMESAKES = log(1 / 1_000)  # among colleagues: who keeps two cards of one name at one firm may know two
MOST_WORTH_OF_NAMES = log(1 / 40_000)  # rarer than that, two people of a name are kin or known to each other

PERSON: Shares = {
    "given": (0.74, 0.11, 0.04, 0.03, 0.02, 0.04, 0.02),
    "family": (0.80, 0.03, 0.05, 0.03, 0.02, 0.02, 0.05),
    "order": (0.97, 0.03),
    "middle": (0.93, 0.07),
    "generation": (0.48, 0.517, 0.003),
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
# What speaks against is never unlearnt: else a set full of namesakes teaches that one person has two birthdays.
AGAINST = {
    "given": (6, 0.02), "family": (6, 0.10), "middle": (1, 0.10), "generation": (2, 0.003), "birthday": (5, 0.015),
    "mailbox": (3, 0.02), "profile": (1, 0.01),
}  # fmt: skip
