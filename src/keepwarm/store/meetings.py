"""What lies ahead in calendars: whom the owner will meet, and when. It is no exchange until it has been."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from keepwarm.core import session
from keepwarm.core.exchanges import Owner, touches
from keepwarm.core.touches import Exchange, TouchRecord
from keepwarm.models import Appointment, ImportRun
from keepwarm.store import owners
from keepwarm.store.finder import GONE, Finder

MOST = 5000  # of one calendar: more in two months are not one person's
TOGETHER = 500

Heard = dict[str, list[TouchRecord]]  # by calendar: each meeting, once for each person in it


class Expected:
    """Gathers what the calendars of one run say of the weeks to come, and in the end puts it in the place of what
    each had said before: only then is it known who all the people are."""

    def __init__(self, run: ImportRun, owner: Owner | None = None) -> None:
        self._run = run
        self._owner = owners.of(run.space_id, run.user) if owner is None else owner
        self._heard: Heard = {}

    def hear(self, calendar: str, ahead: Iterable[Exchange]) -> None:
        """Also of a calendar with nothing ahead: then what it said before is off."""
        held = self._heard.setdefault(calendar, [])
        told = (touch for exchange in ahead for touch in touches(exchange, self._owner) if not touch.ambient)
        held.extend(islice(told, MOST - len(held)))

    @transaction.atomic
    def write(self, now: datetime) -> None:
        """Killed before, the same again writes the same."""
        space = self._run.space_id
        if self._heard:
            Appointment.objects.filter(space=space, at__lt=now).delete()  # calendars tell of it as an exchange now
        for calendar, heard in self._heard.items():
            source = _source(calendar)
            Appointment.objects.filter(space=space, source=source).delete()
            for at in range(0, len(heard), TOGETHER):
                self._put(heard[at : at + TOGETHER], source)

    def _put(self, heard: list[TouchRecord], source: str) -> None:
        finder = Finder(self._run.space_id)
        finder.look_up([], heard)
        keeps = owners.keeps_context(self._run.space_id, self._run.user)
        found = ((finder.holder(touch.person, touch.name), touch) for touch in heard)
        # Two calendars with the same meeting tell of it once.
        Appointment.objects.bulk_create(
            [
                Appointment(
                    space_id=self._run.space_id, person_id=UUID(person), at=touch.at, source=source, run=self._run,
                    title=touch.context if keeps else "", external_id=touch.external_id,
                )
                for person, touch in found if person and person != GONE
            ],
            ignore_conflicts=True,
        )  # fmt: skip


def _source(calendar: str) -> str:
    return f"ics:{hashlib.sha256(calendar.encode()).hexdigest()[:24]}"


def take_back(run: ImportRun) -> None:
    Appointment.objects.filter(space=run.space_id, run=run).delete()


def next_of(space: UUID, people: Iterable[UUID], now: datetime) -> dict[UUID, Appointment]:
    """The next meeting with each of these people who has one ahead."""
    held = Appointment.objects.filter(space=space, person__in=list(people), at__gte=now).order_by("-at")
    return {appointment.person_id: appointment for appointment in held}


def free(space: UUID, today: date) -> list[datetime]:
    """Three half hours for a conversation, in the user's zone and free of all meetings that are known."""
    start = timezone.make_aware(datetime.combine(today, time()))
    busy = Appointment.objects.filter(space=space, at__gte=start).values_list("at", flat=True)
    return session.times(busy, today, timezone.get_current_timezone())
