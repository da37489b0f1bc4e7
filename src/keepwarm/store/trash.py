"""The trash: who is in it, back again, and gone for good; and all else that is forgotten after 90 days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from keepwarm.core.facts import USER
from keepwarm.models import Action, Door, ImportChange, ImportRun, Note, Person, SignInLink, Space, Touch
from keepwarm.models.imports import UNDO_FOR
from keepwarm.models.people import PersonQuerySet
from keepwarm.store import circles, merge, people, touches

TOGETHER = 500
LEFT_NOTHING = (ImportRun.State.UNDONE, ImportRun.State.REFUSED, ImportRun.State.CANCELLED)


def inside(space: Space) -> PersonQuerySet:
    """The last thrown away first."""
    return Person.objects.of(space).thrown_away().order_by("-deleted_at", "id")


def bring_back(space: Space, ids: Iterable[UUID]) -> int:
    """Take them out, as they were; returns how many."""
    return inside(space).filter(id__in=list(ids)).update(deleted_at=None)


def forget(space: Space, ids: Iterable[UUID]) -> int:
    """Delete them now and for good, with all that is theirs; returns how many."""
    return _forget(list(inside(space).filter(id__in=list(ids)).values_list("id", flat=True)))


def forget_old(now: datetime) -> int:
    """Delete for good, in every space, what was thrown away or undone 90 days ago; returns how many people.

    What could be undone until then cannot be any more, so what it would have put back goes too.
    """
    before = now - UNDO_FOR
    _forget_touches(Touch.objects.filter(deleted_at__lt=before))
    Note.objects.filter(deleted_at__lt=before).delete()
    Door.objects.filter(deleted_at__lt=before).delete()
    ImportRun.objects.filter(state__in=LEFT_NOTHING, finished_at__lt=before).delete()
    ImportChange.objects.filter(run__finished_at__lt=before).delete()
    # That a user wants no circles at all is known by their having taken them away.
    Action.objects.filter(made_at__lt=before).exclude(what=circles.ARRANGED, space__circle=None).delete()
    SignInLink.objects.filter(Q(used_at__lt=before) | Q(ends_at__lt=before)).delete()
    return _forget(list(Person.objects.filter(deleted_at__lt=before).values_list("id", flat=True)))


def _forget_touches(gone: QuerySet[Touch]) -> None:
    """Of one that a file told of, a mark without a word stays: the same file does not bring it back."""
    gone.filter(source=USER).delete()
    gone.update(line="", context="")


def _forget(ids: list[UUID]) -> int:
    """Also whoever was taken into them."""
    whole = merge.with_merged(ids)
    for at in range(0, len(whole), TOGETHER):
        _forget_some(whole[at : at + TOGETHER])
    return len(ids)


@transaction.atomic
def _forget_some(ids: list[UUID]) -> None:
    """What undoes something holds words of theirs."""
    gone = Person.objects.filter(id__in=ids)
    theirs = [str(id) for id in Touch.objects.filter(person__in=ids).values_list("id", flat=True)]
    Action.objects.filter(what=touches.CHANGED, before__touch__in=theirs).delete()
    ImportChange.objects.filter(record__person__in=ids).delete()
    merge.pass_over(ids)
    people.erase(gone)
