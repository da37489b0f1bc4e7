"""Why two cards may be one person, or may not: values that a page can put into words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from keepwarm.core.identity.cards import Card
from keepwarm.core.identity.fields import FIELDS, UNKNOWN, Levels


class Reason(NamedTuple):
    kind: str  # a field of FIELDS: "phone", "birthday"
    level: str  # one of its levels: "same", "near", "other"
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
    return sorted(_each(levels, one, other), key=lambda reason: not reason.speaks_for)


def _each(levels: Levels, one: Card, other: Card) -> Iterator[Reason]:
    told = dict(zip(FIELDS, levels, strict=True))
    for kind, spoken in _SPOKEN.items():
        if told[kind] != UNKNOWN:
            level = FIELDS[kind][told[kind]]
            yield Reason(kind, level, (spoken(one), spoken(other)), level not in _AGAINST.get(kind, {"other"}))
