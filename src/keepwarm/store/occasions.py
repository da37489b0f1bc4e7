"""What there is to write to someone about beyond their record: a word to keep, a thank-you, the first weeks; and with
which shapes they have been written to before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from keepwarm.core.reconnect import Candidate
from keepwarm.models import Door, Promise, Space, Touch, User
from keepwarm.store import just_met, today

THANKED = "thanks"  # Touch.kind
GRATEFUL = timedelta(days=60)  # after a door has opened
JUST_DONE = timedelta(days=7)
NEARLY = timedelta(days=3)  # before the day of a promise
DOORS = {
    Door.Kind.REFERRAL: "the referral",
    Door.Kind.INTRODUCTION: "the introduction",
    Door.Kind.WORK: "the work that came my way through you",
    Door.Kind.ADVICE: "your advice",
    Door.Kind.OTHER: "what you did for me",
}


def recipients(ids: Iterable[UUID], space: Space, viewer: User | None, day: date) -> dict[UUID, Candidate]:
    """These people as letters see them, with no word that `viewer` may not read; the same all day long."""
    known = today.candidates_of(ids, space, viewer, day)
    if not known:
        return known
    told: dict[UUID, dict[str, Any]] = {id: {} for id in known}
    for found in (
        _first_weeks(space, known, day),
        _promised(space, known, viewer, day),
        _to_thank_for(space, known, viewer, day),
        _said(space, known, day),
    ):
        for id, facts in found.items():
            told[id] |= facts
    return {id: who._replace(**told[id]) for id, who in known.items()}


def _first_weeks(space: Space, ids: Iterable[UUID], day: date) -> dict[UUID, dict[str, Any]]:
    return {
        one.person.id: {"met_on": one.meeting.on, "first_weeks": one.step.kind}
        for one in just_met.due_of(space, ids, day)
    }


def _promised(space: Space, ids: Iterable[UUID], viewer: User | None, day: date) -> dict[UUID, dict[str, Any]]:
    """What the owner has said they would do, when its day is near or it has just been done; the nearest first."""
    mine = Promise.objects.of(space).seen_by(viewer).filter(person__in=list(ids), whose=Promise.Whose.MINE)
    done = Q(done_at__gte=_start(day - JUST_DONE))
    near = mine.filter(let_go_at=None).filter(done | Q(done_at=None)).by(day + NEARLY).nearest_first()
    found: dict[UUID, dict[str, Any]] = {}
    for person, text in near.values_list("person_id", "text"):
        found.setdefault(person, {"promise": text})
    return found


def _to_thank_for(space: Space, ids: Iterable[UUID], viewer: User | None, day: date) -> dict[UUID, dict[str, Any]]:
    """The last door that someone opened, until they have been thanked."""
    opened = Door.objects.filter(space=space, person__in=list(ids), on__gt=day - GRATEFUL, on__lte=day)
    doors = {
        person: (kind, on)
        for person, kind, on in opened.seen_by(viewer).order_by("on", "made_at").values_list("person_id", "kind", "on")
    }
    if not doors:
        return {}
    thanked = Touch.objects.filter(space=space, person__in=list(doors), kind=THANKED, deleted_at=None)
    since = {
        person for person, at in thanked.filter(at__lt=_start(day)).values_list("person_id", "at")
        if timezone.localdate(at) >= doors[person][1]
    }  # fmt: skip
    return {person: {"door": DOORS[Door.Kind(kind)]} for person, (kind, _) in doors.items() if person not in since}


def _said(space: Space, ids: Iterable[UUID], day: date) -> dict[UUID, dict[str, Any]]:
    """The shapes of letters sent before this day: what is offered on a day stays, though one of it be sent."""
    sent = Touch.objects.filter(space=space, person__in=list(ids), deleted_at=None, at__lt=_start(day))
    found: dict[UUID, set[str]] = {}
    for person, shape in sent.exclude(shape="").values_list("person_id", "shape"):
        found.setdefault(person, set()).add(shape)
    return {person: {"said": frozenset(names)} for person, names in found.items()}


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
