"""Give and ask between the owner and one person, from the touches, asks and doors on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from keepwarm.core import balance
from keepwarm.core.balance import YEAR, Balance
from keepwarm.models import Ask, Door, Person, Space, Touch, User
from keepwarm.models.doors import ASKED

RECEIVED = ("endorsement", "recommendation")  # Touch.kind of what they did for the owner, where it came in


def of(person: Person, user: User | None, day: date) -> Balance:
    """Of the last twelve months, as far as `user` may see it."""
    return of_people(person.space, [person.id], user, day)[person.id]


def of_people(space: Space, people: Iterable[UUID], user: User | None, day: date) -> dict[UUID, Balance]:
    """The same of several, in as many queries as of one."""
    ids = list(people)
    touched: dict[UUID, list[tuple[date, str]]] = {id: [] for id in ids}
    received, besides = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    since, until = _start(day - YEAR), _start(day + timedelta(days=1))
    held = Touch.objects.filter(
        space=space, person__in=ids, at__gte=since, at__lt=until, deleted_at=None, ambient=False
    )  # fmt: skip
    cells = ("person_id", "at", "balance", "kind", "direction")
    for id, at, said, kind, direction in held.seen_by(user).values_list(*cells):
        touched[id].append((timezone.localdate(at), said))
        received[id] += direction == "in" and kind in RECEIVED
    doors = Door.objects.of(space).seen_by(user).filter(person__in=ids, on__gt=day - YEAR, on__lte=day)
    for id in doors.values_list("person_id", flat=True):
        received[id] += 1
    asked = Ask.objects.of(space).seen_by(user).filter(
        person__in=ids, touch=None, outcome__in=ASKED, settled_at__gte=since, settled_at__lt=until
    )  # fmt: skip
    for id in asked.values_list("person_id", flat=True):
        besides[id] += 1
    return {id: balance.of(touched[id], besides[id], received[id], day) for id in ids}


def little_given(person: Person, user: User | None, day: date) -> bool:
    """Whether a give first would be kind: see core.balance."""
    return balance.little_given(of(person, user, day), day)


def noticed(person: Person, user: User | None, day: date) -> str:
    """What an ask of them is met with, where little was given lately; else ""."""
    return balance.noticed(person.given or person.name, of(person, user, day), day)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
