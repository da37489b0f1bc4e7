"""Why two cards may be one person, or may not: values that a page can put into words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from keepwarm.core.identity.cards import Card
from keepwarm.core.identity.fields import FIELDS, UNKNOWN, Levels


class Sign(NamedTuple):
    kind: str  # a field of FIELDS: "phone", "birthday"
    level: str  # one of its levels: "same", "near", "other"
    speaks_for: bool


class Reason(NamedTuple):
    kind: str
    level: str
    what: tuple[str, str]  # the two values; one and the same where they agree
    speaks_for: bool


_SPOKEN: dict[str, Callable[[Card], str]] = {
    "profile": lambda card: card.profiles[0].partition(":")[2],
    "mailbox": lambda card: card.mailboxes[0].key,
    "phone": lambda card: card.phones[0].partition(":")[2],
    "birthday": lambda card: "-".join(f"{part:02d}" for part in card.birthday if part),
    "generation": lambda card: card.name.generation,
    "given": lambda card: " ".join(card.name.given),
    "family": lambda card: " ".join(card.name.family),
    "middle": lambda card: " ".join(card.name.middle),
    "organisation": lambda card: card.organisation or card.mailboxes[0].domain,
    "street": lambda card: f"{card.number} {card.street}".strip(),
    "title": lambda card: card.title,
    "place": lambda card: card.city or card.postcode,
}  # what tells most comes first; the order of names and the source are not worth a word
_AGAINST = {"mailbox": {"domain", "other"}, "generation": {"one", "other"}, "birthday": {"part", "close", "other"}}


def reasons(levels: Levels, one: Card, other: Card) -> list[Reason]:
    """What speaks for one person first, then what speaks against it."""
    return [
        Reason(sign.kind, sign.level, (_SPOKEN[sign.kind](one), _SPOKEN[sign.kind](other)), sign.speaks_for)
        for sign in signs(levels)
    ]


def signs(levels: Levels) -> list[Sign]:
    """The same without the values, for which no card is needed."""
    return sorted(_each(levels), key=lambda sign: not sign.speaks_for)


def _each(levels: Levels) -> Iterator[Sign]:
    told = dict(zip(FIELDS, levels, strict=True))
    for kind in _SPOKEN:
        if told[kind] != UNKNOWN:
            level = FIELDS[kind][told[kind]]
            yield Sign(kind, level, level not in _AGAINST.get(kind, {"other"}))
