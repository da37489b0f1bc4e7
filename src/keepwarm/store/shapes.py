"""A user's own message shapes: written, changed, switched off, removed and put back; and people to try them on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from keepwarm.core.names import fold, greeting_name
from keepwarm.core.reconnect.shapes import Shape
from keepwarm.models import OwnShape, Person, Space, User
from keepwarm.models.shapes import OWN

MOST = 60  # of one space
LOOKED_AT = 400  # people among whom three are taken to try a shape on
ODD = 24  # letters of a name that is long


class TooMany(Exception):
    """There are `MOST` already."""


# Looked up


def seen(space: Space, user: User | None) -> list[OwnShape]:
    """The user's own and what others of the space share, in the order they were written."""
    return list(OwnShape.objects.of(space).seen_by(user).select_related("author").order_by("made_at", "id"))


def in_use(space: Space, user: User | None) -> list[Shape]:
    """As letters are written by: the user's own first, then what others share."""
    held = [shape for shape in seen(space, user) if shape.in_use]
    return [as_shape(shape) for shape in sorted(held, key=lambda shape: shape.author_id != (user.pk if user else None))]


def as_shape(own: OwnShape) -> Shape:
    return Shape(
        own.reason, own.key, own.words, subject=own.subject, relation=(own.relation,) if own.relation else (),
        channel=own.channel, when=own.moment, label=own.name,
    )  # fmt: skip


def is_own(shape: str) -> bool:
    return shape.startswith(OWN)


# Written and changed


def write(space: Space, author: User | None, now: datetime, **values: Any) -> OwnShape:
    """`values` are the columns of an OwnShape that the form has. Raises TooMany."""
    if OwnShape.objects.of(space).count() >= MOST:
        raise TooMany
    return OwnShape.objects.create(space=space, author=author, made_at=now, **values)


def change(own: OwnShape, **values: Any) -> None:
    OwnShape.objects.filter(space_id=own.space_id, id=own.id).update(**values)


def remove(own: OwnShape, now: datetime) -> None:
    """Out of use and out of sight; `put_back` undoes it."""
    change(own, removed_at=now)


def put_back(own: OwnShape) -> None:
    change(own, removed_at=None)


# Tried on


class _Known(NamedTuple):
    id: UUID
    name: str
    given: str
    facts: int


def to_try_on(space: Space, turn: int = 0) -> list[UUID]:
    """Three people: one of whom much is known, one of whom little is, one with an awkward name. Another `turn`,
    another three."""
    cells = ("id", "name", "given", "title", "organisation", "place", "how_met", "relation", "known_since")
    here = Person.objects.of(space).here().filter(is_organisation=False).order_by("-id")
    people = [
        _Known(id, name, given, sum(bool(told) for told in facts))
        for id, name, given, *facts in here.values_list(*cells)[:LOOKED_AT]
    ]
    most = max((one.facts for one in people), default=0)
    wanted: tuple[Callable[[_Known], bool], ...] = (
        lambda one: one.facts >= max(most - 1, 1),
        lambda one: one.facts <= 2,
        _is_awkward,
    )
    chosen: list[UUID] = []
    for wish in wanted:
        free = [one for one in people if one.id not in chosen]
        if fits := [one for one in free if wish(one)] or free:
            chosen.append(fits[turn % len(fits)].id)
    return chosen


def _is_awkward(one: _Known) -> bool:
    """Of one word, long, in another script, in capitals, or one that nobody can be greeted by."""
    name = one.name.strip()
    odd = len(name) > ODD or not fold(name).isascii() or name.isupper() or len(name.split()) == 1
    return odd or not greeting_name(one.given, name)
