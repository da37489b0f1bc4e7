"""What on the shelf someone would like, as their page shows it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from keepwarm.models import Item, Person, User
from keepwarm.store import matching


class Worth(NamedTuple):
    """One item worth sharing with someone; `words` of `why` are to be marked."""

    item: Item
    why: str
    words: tuple[str, ...]
    near: tuple[str, ...] = ()  # these of the item, where it has others for the same


def worth_sharing(person: Person, user: User, day: date) -> list[Worth]:
    found = matching.for_person(person, user, day)
    items = Item.objects.in_bulk([suits.item for suits in found])
    return [Worth(items[suits.item], suits.why, suits.words, suits.near) for suits in found if suits.item in items]
