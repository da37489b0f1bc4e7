"""Two cards held against each other: for each field a level, and how often chance alone would give it.

A chance is a logarithm. Where it depends on the value (a rare name, a busy street) it is told here; elsewhere it is 0
and the table of the set at hand tells it, see `learn`.
"""

from __future__ import annotations

from typing import NamedTuple

from keepwarm.core.identity import by_contact, by_name, by_surroundings
from keepwarm.core.identity.cards import Card
from keepwarm.core.identity.fields import NOTHING, Levels
from keepwarm.core.identity.frequency import Frequencies


class Compared(NamedTuple):
    levels: Levels  # in the order of FIELDS
    names: float  # the chance of what is the same in the names
    rest: float  # and of all else


def compare(one: Card, other: Card, often: Frequencies) -> Compared:
    names = by_name.agree(one.name, other.name, often)
    rest = (
        by_contact.birthday(one.birthday, other.birthday, often),
        by_contact.mailboxes(one, other, often),
        by_contact.phones(one.phones, other.phones, often),
        by_contact.profiles(one.profiles, other.profiles, often),
        by_surroundings.organisation(one, other, often),
        by_surroundings.title(one.title, other.title, often),
        by_surroundings.street(one, other, often),
        by_surroundings.place(one, other, often),
        (int(one.source != other.source), 0.0) if one.source and other.source else NOTHING,
    )
    return Compared((*names.levels, *[level for level, _ in rest]), names.chance, sum([chance for _, chance in rest]))
