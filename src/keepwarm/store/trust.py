"""The mark of trust: proposed by what is on record, taken, or declined for good."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from keepwarm.core import trust
from keepwarm.core.history import Event
from keepwarm.core.trust import OPENS, Given, Opened, Proposal
from keepwarm.models import Person, Touch, User
from keepwarm.store import doors, edits

READ = 500  # touches, the newest: enough to tell


def proposed(person: Person, user: User | None, day: date) -> Proposal | None:
    """What is proposed of them today, as far as `user` may see the grounds."""
    if OPENS in (person.trust, person.trust_declined) or person.is_organisation:
        return None
    opened = [Opened(door.kind, door.on) for door in doors.of_person(person, user) if door.on <= day]
    called = person.given or person.name
    return trust.proposed(called, person.trust, person.trust_declined, opened, _touched(person, user), day)


def _touched(person: Person, user: User | None) -> list[Given]:
    held = Touch.objects.filter(space=person.space_id, person=person, deleted_at=None, ambient=False).seen_by(user)
    rows = held.order_by("-at").values_list("at", "direction", "balance")[:READ]
    return [Given(Event(timezone.localtime(at), direction), balance) for at, direction, balance in rows]


def mark(person: Person, said: str, now: datetime) -> None:
    """The owner's yes, or the mark before it."""
    edits.edit(person, {"trust": said}, person.version, now)


def decline(person: Person, said: str) -> None:
    """The owner's no; "" takes it back."""
    person.trust_declined = said
    person.save(update_fields=["trust_declined"])
