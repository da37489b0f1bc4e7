"""Everyone in the order of who is worth a hello today, with the signals that say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from keepwarm.core.reconnect import Candidate, Owner, factors
from keepwarm.core.reconnect.factors import Signals
from keepwarm.core.reconnect.reasons import reasons_of

NEAR = 0.08  # scores this close are a tie for the day: the tenth best is as rewarding as the first


class Ranked(NamedTuple):
    """A person with their place in the order. A `score` from messages and one without do not compare."""

    candidate: Candidate
    score: float
    signals: Signals
    lead: str  # the kind of the strongest reason


def rank(candidates: Sequence[Candidate], owner: Owner, today: date) -> list[Ranked]:
    """Best first; the same for the same day, whatever the order given.

    Those whom the owner wants to write to come first, in the order of the wish. Then people with messages
    both ways, by the measured formula. All others come in rounds: nobody a second time before everyone had a
    first, and within a round by `cold_score`, near-ties in the day's order.
    """
    path = factors.career(owner.positions)
    salt = str(today.toordinal()).encode()
    keyed = []
    for candidate in candidates:
        signals = factors.signals_of(candidate, path, today)
        lead = reasons_of(candidate, owner, path, today)[0].kind
        lot = turn(candidate.id, salt)
        if candidate.history is not None and factors.is_two_way(candidate.history):
            score = warm_score(factors.strength(candidate.history, today), signals)
            key = (1, 0, -score, lot)
        else:
            score = cold_score(signals)
            key = (2, candidate.suggestions, -score - NEAR * lot, lot)
        if wish := factors.wished_on(candidate, today):
            key = (0, wish.toordinal(), -score, lot)
        keyed.append((key, Ranked(candidate, score, signals, lead)))
    keyed.sort(key=lambda pair: pair[0])
    return [ranked for _, ranked in keyed]


def cold_score(s: Signals) -> float:
    """No history: (.45·worth + .3·opening + .15·age + .1·ease) · (1 − fatigue)."""
    return (0.45 * s.worth + 0.3 * s.opening + 0.15 * s.age + 0.1 * s.ease) * (1 - s.fatigue)


def warm_score(strength: float, s: Signals) -> float:
    """strength · (1 + opening) · (1 − fatigue): a fresh reason may double it, no more."""
    return strength * (1 + s.opening) * (1 - s.fatigue)


def turn(person: UUID, salt: bytes) -> float:
    """0..1, another on each day: the lot that settles near-ties, so that no name always comes first."""
    return int.from_bytes(blake2b(person.bytes, digest_size=4, key=salt).digest(), "big") / 2**32
