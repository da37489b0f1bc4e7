"""Doors that opened: written down, put right, taken away and brought back; and what had passed before each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from keepwarm.core.balance import YEAR
from keepwarm.core.balance_words import GIVE
from keepwarm.models import Ask, Door, Person, Space, Touch, User
from keepwarm.models.doors import DoorQuerySet

LONGEST = 500
BEFORE = 4  # touches that are told of what went before a door


class Said(NamedTuple):
    """A door as the owner tells of it."""

    kind: str
    text: str
    on: date


class Opened(NamedTuple):
    """A door with its person, and the last touches of the year before it, the gives first."""

    door: Door
    before: list[Touch]


def opened(space: Space, user: User | None, since: date) -> list[Opened]:
    """Those of that day and later, the newest first; in two queries, however many there are."""
    doors = list(of(space, user).filter(on__gte=since))
    if not doors:
        return []
    touched = Touch.objects.filter(
        space=space, person__in={door.person_id for door in doors}, deleted_at=None, ambient=False,
        at__gte=_start(min(door.on for door in doors) - YEAR), at__lt=_start(doors[0].on + timedelta(days=1)),
    )  # fmt: skip
    whole = list(touched.seen_by(user).select_related("person").order_by("-at", "-made_at"))
    return [Opened(door, _before(door, whole)) for door in doors]


def _before(door: Door, touched: Iterable[Touch]) -> list[Touch]:
    """`touched`: the newest first. What passed on its very day counts: a door opens in a talk."""
    theirs = (touch for touch in touched if touch.person_id == door.person_id)
    near = [touch for touch in theirs if door.on - YEAR <= timezone.localdate(touch.at) <= door.on]
    return sorted(near, key=lambda touch: touch.balance != GIVE)[:BEFORE]


def of(space: Space, user: User | None) -> DoorQuerySet:
    """All that this user may see, the newest first."""
    return Door.objects.of(space).seen_by(user).select_related("person", "ask").order_by("-on", "-made_at")


def of_person(person: Person, viewer: User | None) -> list[Door]:
    return list(of(person.space, viewer).filter(person=person))


def write(
    person: Person, author: User | None, said: Said, now: datetime, *, private: bool = False, ask: Ask | None = None
) -> Door:
    """Write a door down. One that came of an ask that only its author sees is seen by them alone too."""
    return Door.objects.create(
        space_id=person.space_id, person=person, author=author, private=private or bool(ask and ask.private), ask=ask,
        made_at=now, **_tidy(said)._asdict(),
    )  # fmt: skip


def change(door: Door, said: Said) -> Said:
    """Put it right; returns what it was, which undoes it."""
    before = Said(door.kind, door.text, door.on)
    door.kind, door.text, door.on = _tidy(said)
    door.save(update_fields=list(Said._fields))
    return before


def remove(door: Door, now: datetime) -> None:
    """Take it away; `bring_back` undoes it for 90 days."""
    door.deleted_at = now
    door.save(update_fields=["deleted_at"])


def bring_back(door: Door) -> None:
    door.deleted_at = None
    door.save(update_fields=["deleted_at"])


def _tidy(said: Said) -> Said:
    return said._replace(text=" ".join(said.text.split())[:LONGEST])


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
