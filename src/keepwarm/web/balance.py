"""Give and ask between the owner and one person, as their page shows it: a picture, and the same in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from keepwarm.core import balance as core
from keepwarm.models import Person, User
from keepwarm.store import balance, doors
from keepwarm.web import pictures


def of_person(person: Person, viewer: User, day: date) -> dict[str, Any]:
    """`opened`: how many doors they have opened, ever."""
    held = balance.of(person, viewer, day)
    return {
        "balance": held,
        "weights": pictures.balance(held.gave, held.asked),
        "balance_said": core.sentence(held),
        "received_said": core.received(person.given or person.name, held),
        "opened": doors.of(person.space, viewer).filter(person=person).count(),
    }
