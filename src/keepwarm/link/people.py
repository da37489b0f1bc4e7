"""Everyone in a space through the engine, and the pairs it finds put to the user: it joins nobody by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from keepwarm.core import identity
from keepwarm.link import engine
from keepwarm.link.engine import Pair
from keepwarm.link.rows import Row, row
from keepwarm.models import Person, Space
from keepwarm.store import cards, duplicates, owners, spaces
from keepwarm.store.duplicates import Likely

TOGETHER = 5_000  # pairs, with the cards of both


class Looked(NamedTuple):
    people: int
    asked: int


def look(space: Space, folder: Path, now: datetime) -> Looked:
    """Suggestions that are new. What the user has said of a pair holds."""
    country = owners.country(space.id, spaces.owner(space))
    here = Person.objects.of(space).here().filter(is_organisation=False)
    ids = list(here.order_by("id").values_list("id", flat=True))
    asked = 0
    found = iter(engine.pairs(_rows(space, ids, country), folder))
    while batch := list(islice(found, TOGETHER)):
        asked += duplicates.suggest(space, _likely(space, batch, country), now)
    return Looked(len(ids), asked)


def _rows(space: Space, ids: list[UUID], country: str) -> Iterator[Row]:
    for at in range(0, len(ids), cards.TOGETHER):
        some = ids[at : at + cards.TOGETHER]
        yield from (row(id.hex, card) for id, card in zip(some, cards.of(space.id, some, country), strict=True))


def _likely(space: Space, pairs: Iterable[Pair], country: str) -> list[Likely]:
    """With the levels of our own comparison, which a page puts into words."""
    told = [(UUID(pair.one), UUID(pair.other), pair.probability) for pair in pairs]
    ids = list({id for one, other, _ in told for id in (one, other)})
    held = dict(zip(ids, cards.of(space.id, ids, country), strict=True))
    return [
        Likely(one, other, probability, identity.levels(held[one], held[other])) for one, other, probability in told
    ]
