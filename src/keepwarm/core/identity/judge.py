"""The same human being? A probability for every pair worth asking about, with its reasons, and the bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from keepwarm.core.identity import blocks
from keepwarm.core.identity.card import Card
from keepwarm.core.identity.compare import FIELDS, Compared, compare
from keepwarm.core.identity.frequency import Frequencies
from keepwarm.core.identity.learn import Model, learn

MERGE_FROM = 0.95
ASK_FROM = 0.1
SAMPLE = 20_000  # pairs to learn from


class Band(Enum):
    MERGE = "merge"
    ASK = "ask"
    SEPARATE = "separate"


class Match(NamedTuple):
    """Two cards by their places, the lower first."""

    one: int
    other: int
    probability: float
    pair: Compared


def matches(cards: Sequence[Card]) -> list[Match]:
    often = Frequencies(cards)
    worth = blocks.pairs(cards)
    model = _learnt(cards, worth, often)
    found = []
    for one, other in worth:
        pair = compare(cards[one], cards[other], often)
        probability = model.probability(pair)
        if probability >= 0.001:
            found.append(Match(one, other, probability, pair))
    return found


def _learnt(cards, worth, often) -> Model:
    step = len(worth) // SAMPLE + 1
    seen = [compare(cards[one], cards[other], often) for one, other in worth[::step]]
    return learn(seen, list(_by_chance(cards, often)), len(cards), 1 / step)


def _by_chance(cards: Sequence[Card], often: Frequencies) -> Iterator[Compared]:
    total = len(cards)
    for number in range(min(SAMPLE, total * (total - 1) // 2)):
        one, other = number * 7919 % total, (number * 104_729 + number // total + 1) % total
        if one != other:
            yield compare(cards[one], cards[other], often)
