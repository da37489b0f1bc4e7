"""The trash: who is in it, back again, and gone for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keepwarm.models import ImportChange, Person, Space
from keepwarm.models.imports import UNDO_FOR
from keepwarm.models.people import PersonQuerySet

TOGETHER = 500


def inside(space: Space) -> PersonQuerySet:
    """The last thrown away first."""
    return Person.objects.of(space).filter(deleted_at__isnull=False).order_by("-deleted_at", "id")


def bring_back(space: Space, ids: Iterable[UUID]) -> int:
    """Take them out, as they were; returns how many."""
    return inside(space).filter(id__in=list(ids)).update(deleted_at=None)


def forget(space: Space, ids: Iterable[UUID]) -> int:
    """Delete them now and for good, with all that is theirs; returns how many."""
    return _forget(list(inside(space).filter(id__in=list(ids)).values_list("id", flat=True)))


def forget_old(now: datetime) -> int:
    """Delete for good who has been in the trash of any space for 90 days."""
    return _forget(list(Person.objects.filter(deleted_at__lt=now - UNDO_FOR).values_list("id", flat=True)))


def _forget(ids: list[UUID]) -> int:
    for at in range(0, len(ids), TOGETHER):
        _forget_some(ids[at : at + TOGETHER])
    return len(ids)


@transaction.atomic
def _forget_some(ids: list[UUID]) -> None:
    """Their tables have no cascade in the database, so each is named."""
    gone = Person.objects.filter(id__in=ids)
    ImportChange.objects.filter(record__person__in=ids).delete()
    for relation in Person._meta.related_objects:
        rows: Any = relation.related_model
        rows.objects.filter(**{f"{relation.field.name}__in": ids})._raw_delete(gone.db)
    gone._raw_delete(gone.db)
