"""Touches written and taken back; each time the person's summary is replayed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from keepwarm.core.history import Event, replay
from keepwarm.models import Person, Summary, Touch, User


@transaction.atomic
def log(person: Person, author: User | None, at: datetime, now: datetime, **facts: Any) -> Touch:
    """Write down one exchange. `facts`: channel, direction and what else a Touch has."""
    touch = Touch.objects.create(
        space_id=person.space_id, person=person, author=author, at=at, made_at=now, **facts
    )  # fmt: skip
    summarise(person)
    return touch


@transaction.atomic
def forget(touch: Touch) -> None:
    """Take a touch back at once, as if it had never been written."""
    person = touch.person
    touch.delete()
    summarise(person)


def say(touch: Touch, line: str) -> None:
    """Keep the owner's one line on what was talked about."""
    touch.line = line.strip()
    touch.save(update_fields=["line"])


def summarise(person: Person) -> None:
    """Replay the person's touches into their summary row; without touches there is none."""
    held = Touch.objects.filter(person=person, deleted_at=None).values_list("at", "direction", "ambient")
    events = [Event(timezone.localtime(at), direction, ambient) for at, direction, ambient in held]
    if not events:
        Summary.objects.filter(person=person).delete()
        return
    totals = replay(events)._asdict() | {
        "ambient90": sum(event.ambient for event in events),
        "space": person.space,
    }
    Summary.objects.update_or_create(person=person, defaults=totals)
