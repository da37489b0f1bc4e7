"""One person as the engine compares them: a row of plain text columns."""

from __future__ import annotations

from typing import NamedTuple

from keepwarm.core.identity import Card
from keepwarm.core.identity.spelling import circles, sound


class Row(NamedTuple):
    """Empty is unknown. The fields are the columns of the table, see `engine`."""

    id: str
    given: str
    family: str
    given_sound: str
    family_sound: str
    circle: str  # the given name's row of short forms
    birthday: str
    email: str
    mailbox: str  # what stands before the @
    phone: str
    profile: str
    employer: str  # by name, else by the domain of an address
    title: str
    place: str


def row(id: str, card: Card) -> Row:
    """Of several addresses or phones the first: whoever shares one exactly has been matched by the import."""
    given, family = card.name.given[:1], card.name.family[-1:]
    first, last = "".join(given), "".join(family)
    return Row(
        id=id,
        given=first,
        family=last,
        given_sound=sound(first) if first else "",
        family_sound=sound(last) if last else "",
        circle=str(min(circles(first), default="")),
        birthday="".join(f"{part:02d}" for part in card.birthday) if all(card.birthday) else "",
        email=card.mailboxes[0].key if card.mailboxes else "",
        mailbox=card.mailboxes[0].local if card.mailboxes and not card.mailboxes[0].shared else "",
        phone=card.phones[0][-9:] if card.phones else "",
        profile=card.profiles[0] if card.profiles else "",
        employer=_employer(card),
        title=card.title,
        place=card.postcode or card.city,
    )


def _employer(card: Card) -> str:
    if card.organisation:
        return card.organisation.replace(" ", "")
    return next((word for box in card.mailboxes for word in box.employers), "")
