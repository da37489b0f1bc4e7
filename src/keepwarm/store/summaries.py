"""Each person's history in one row, replayed from all their touches, whatever came or went and in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from keepwarm.core.history import AMBIENT_FOR, Event, Totals, ambient_near, replay
from keepwarm.core.reconnect import History, factors
from keepwarm.models import Person, Summary, Touch
from keepwarm.store import bulk, rhythm
from keepwarm.store.bulk import Among

TOGETHER = 200  # people whose touches are in memory at once
COLUMNS = ("person_id", "space_id", *Totals._fields, "ambient90", "depth", "pace", "last_day")


def of(space: UUID, people: Iterable[UUID], today: date) -> None:
    """Replay these people's touches into their rows; who has none has no row."""
    with transaction.atomic():
        for _ in each(space, people, today):
            pass


def each(space: UUID, people: Iterable[UUID], today: date) -> Iterator[None]:
    """As `of`, some people at a time, each time within a transaction of the caller's."""
    ids = sorted(set(people))
    for at in range(0, len(ids), TOGETHER):
        some = ids[at : at + TOGETHER]
        write(space, some, events(space, some), today)
        yield


def fade(today: date) -> None:
    """What two people were both on counts for 90 days: have the rows know what day it is. To be done daily."""
    since = timezone.make_aware(datetime.combine(today - timedelta(days=AMBIENT_FOR + 1), datetime.min.time()))
    due: dict[UUID, set[UUID]] = {}
    wide = Touch.objects.filter(ambient=True, at__gte=since).values_list("space_id", "person_id").distinct()
    counted = Summary.objects.filter(ambient90__gt=0).values_list("space_id", "person_id")
    for space, person in wide.union(counted):
        due.setdefault(space, set()).add(person)
    for space, ids in due.items():
        of(space, ids, today)


def events(space: UUID, ids: Sequence[UUID]) -> dict[str, list[Event]]:
    """Their touches by person (32 hexadecimal digits), for `write`; nobody else changes them until then."""
    _hold(ids)
    zone, found = timezone.get_current_timezone(), dict[Any, list[Event]]()
    held = Touch.objects.filter(Among(F("person"), ids), space=space, deleted_at=None)
    for person, at, direction, ambient in bulk.fetch(held.values_list("person_id", "at", "direction", "ambient")):
        # SQLite keeps times in UTC, and does not say so.
        moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
        found.setdefault(person, []).append(Event(moment, direction, bool(ambient)))
    return {id if isinstance(id, str) else id.hex: told for id, told in found.items()}


def _hold(ids: Sequence[UUID]) -> None:
    """Two who replay one person at once take turns, or the first would write what it read before the second's touch.

    SQLite has one writer at a time.
    """
    if connection.features.has_select_for_update:
        held = Person.objects.filter(Among(F("id"), ids)).order_by("id").select_for_update(no_key=True)
        list(held.values_list("id"))


def write(space: UUID, ids: Sequence[UUID], events: Mapping[str, list[Event]], today: date) -> None:
    """Their rows, of all their touches; whose last contact moves has another day on which it is time."""
    last = rhythm.last_contacts(space, ids)
    without = [id for id in ids if id.hex not in events]
    if without:
        Summary.objects.filter(Among(F("person"), without)).delete()
    mine = bulk.parameter(space)
    rows = [(bulk.parameter(id), mine, *_cells(events[id.hex], today)) for id in ids if id.hex in events]
    bulk.execute_each(_put(), rows)
    rhythm.moved(space, last, today)


def _cells(events: list[Event], today: date) -> bulk.Row:
    """As COLUMNS has them, behind person and space."""
    totals, near = replay(events), ambient_near(events, today)
    if totals.first_on is None or totals.last_on is None:
        return (*totals, near, 0.0, 0.0, 0)
    history = History(
        totals.weeks, totals.sent, totals.received, totals.answers, near, totals.first_on, totals.last_on
    )  # fmt: skip
    return (
        *totals[:5],
        totals.first_on.isoformat(),
        totals.last_on.isoformat(),
        *totals[7:],
        near,
        factors.depth(history),
        factors.pace(history),
        totals.last_on.toordinal(),
    )


@cache
def _put() -> str:
    cells = ", ".join(["%s"] * len(COLUMNS))
    again = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[2:])
    names = ", ".join(COLUMNS)
    return f"INSERT INTO {bulk.table(Summary)} ({names}) VALUES ({cells}) ON CONFLICT (person_id) DO UPDATE SET {again}"
