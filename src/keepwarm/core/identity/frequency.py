"""How often chance alone gives two people the same value: counted in the set at hand, with a small prior."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from math import exp, log
from typing import NamedTuple

from keepwarm.core.identity.cards import Card, Words
from keepwarm.core.identity.spelling import circles, listed, sound

COMMON_GIVEN = frozenset(
    listed(
        """
        john david michael james robert william mary maria anna jose juan carlos luis mohammed ahmed ali wei
        li jan peter thomas andreas stefan martin christian daniel paul mark andrew richard charles joseph
        susan linda karen sarah laura julia sandra monika sabine petra marie jean pierre nicolas antonio marco
        giuseppe francesco ivan sergei elena olga anne emma olivia jack tom chris matthew alexander george
        steve steven brian kevin jennifer jessica emily rachel
        """
    )
)
COMMON_FAMILY = frozenset(
    listed(
        """
        smith jones williams brown taylor davies wilson evans thomas johnson roberts walker wright robinson
        thompson white hughes edwards green hall lewis harris clarke patel jackson wood turner martin cooper
        hill ward moore clark lee king baker miller davis garcia rodriguez martinez hernandez lopez gonzalez
        perez sanchez ramirez torres silva santos ferreira pereira oliveira muller mueller schmidt schneider
        fischer weber meyer wagner becker schulz hoffmann bernard dubois durand rossi russo ferrari bianchi
        ivanov petrov kim park choi wang li zhang liu chen yang nguyen tran singh kumar sharma khan ahmed ali
        hussain jansen andersson hansen nielsen johansson
        """
    )
)
# By kind: the share of one value nobody has counted yet, and for how many cards that belief weighs.
_PRIORS = {
    "given": (1 / 1_500, 300.0), "family": (1 / 6_000, 300.0), "circle": (1 / 300, 300.0), "sound": (1 / 3_000, 300.0),
    "full": (1e-9, 1.0), "birthday": (1 / 25_000, 300.0), "mailbox": (1 / 1_000_000, 100.0),
    "local": (1 / 5_000, 200.0), "domain": (1 / 500, 200.0), "phone": (1 / 1_000_000, 100.0),
    "range": (1 / 10_000, 100.0), "profile": (1 / 10_000_000, 100.0), "organisation": (1 / 400, 200.0),
    "title": (1 / 100, 200.0), "street": (1 / 20_000, 200.0), "city": (1 / 100, 100.0), "postcode": (1 / 1_000, 200.0),
}  # fmt: skip
_COMMON = {"given": (COMMON_GIVEN, 1 / 120), "family": (COMMON_FAMILY, 1 / 200)}
# What belongs to one person. Several cards that share it are no sign that it is common, unless they bear other names.
_OWN = frozenset({"mailbox", "phone", "profile"})
RANGE = 3  # digits at the end of a phone: firms and towns have numbers next to each other
# Half a card more: what nobody else is known to bear, somebody may.
UNSEEN = dict.fromkeys(("given", "family", "circle", "sound", "organisation", "title"), 0.5)


class Counted(NamedTuple):
    """How many of `total` people have each value of some kinds."""

    counts: dict[str, Counter[object]]
    total: int


class Frequencies:
    """`chance(kind, value)` is the logarithm of the share of people who have it, two cards at hand left out."""

    def __init__(self, cards: Iterable[Card], known: Counted | None = None) -> None:
        """`known`: what has been counted of people who are not among the cards, or only some of whom are."""
        self._counts: dict[str, Counter[object]] = defaultdict(Counter)
        self._bearers: dict[object, set[str]] = defaultdict(set)
        self.total = 0
        for card in cards:
            self.total += 1
            for kind, value in _values(card):
                if kind in _OWN:
                    self._bearers[value].add(_initials(card))
                else:
                    self._counts[kind][value] += 1
        self._counts |= {kind: Counter(self._shared()) for kind in _OWN}
        self._bearers.clear()
        self._totals = dict.fromkeys(_PRIORS, self.total)
        if known:
            self._widen(known)
        self.chance = lru_cache(maxsize=262_144)(self._chance)

    def _widen(self, known: Counted) -> None:
        """What belongs to one person is shared by cards that are all at hand: looked up, however many others are."""
        self._counts |= known.counts
        self._totals |= dict.fromkeys((*known.counts, *_OWN), known.total)
        self.total = known.total

    def _shared(self) -> dict[object, int]:
        """Twice over, as the two at hand are left out by `_chance`."""
        return {value: len(names - {""}) + 1 for value, names in self._bearers.items() if len(names - {""}) > 1}

    def of_whole(self, name: object, chance: float) -> float:
        """Given and family name are not independent: half is told by their parts, half by who else bears both."""
        return log((exp(chance) + exp(self.chance("full", name))) / 2)

    def of_others(self, kind: str, whole: object, value: object) -> float:
        """The chance of another spelling of the same sound."""
        often, known = exp(self.chance("sound", whole)), exp(self.chance(kind, value))
        return log(max(often - known, UNSEEN[kind] / (self._totals[kind] + _PRIORS[kind][1])))

    def _chance(self, kind: str, value: object) -> float:
        share, weight = _PRIORS[kind]
        common, often = _COMMON.get(kind, (frozenset(), 0.0))
        share = often if value in common else share
        others = max(0, self._counts[kind][value] - 2) + UNSEEN.get(kind, 0.0)
        found = (others + weight * share) / (self._totals[kind] + weight)
        return log(max(found, share) if kind == "birthday" else found)  # every day has its children


def _values(card: Card) -> Iterator[tuple[str, object]]:
    name = card.name
    for word in name.given[:1]:
        yield "given", word
        yield from (("circle", row) for row in circles(word))
    for word in chain(name.given[:1], name.family):
        yield "sound", sound(word)
    for word in name.family:
        yield "family", word
    if name.given and name.family:
        yield "full", full(name.given, name.family)
    yield from _identifiers(card)
    yield from _surroundings(card)


def _identifiers(card: Card) -> Iterator[tuple[str, object]]:
    for box in card.mailboxes:
        yield "mailbox", box.key
        yield "local", box.local
        yield "domain", box.domain
    for key in card.phones:
        yield "phone", key
        yield "range", key[:-RANGE]
    yield from (("profile", key) for key in card.profiles)
    if all(card.birthday):
        yield "birthday", card.birthday


def _surroundings(card: Card) -> Iterator[tuple[str, object]]:
    for kind in ("organisation", "title", "city", "postcode"):
        if value := getattr(card, kind):
            yield kind, value
    if card.street:
        yield "street", f"{card.number} {card.street}"


def full(given: Words, family: Words) -> tuple[str, str]:
    """The name in whichever order it is written."""
    one, other = given[0], family[-1]
    return (one, other) if one <= other else (other, one)


def _initials(card: Card) -> str:
    words = card.name.given[:1] + card.name.family[-1:]
    return "".join(sorted(word[0] for word in words)) if len(words) == 2 else ""
