"""Why today's three are who they are, and where anyone else stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from keepwarm.core.reconnect import Candidate, Owner
from keepwarm.core.reconnect.choose import choose
from keepwarm.core.reconnect.rank import Ranked, rank
from keepwarm.core.reconnect.why_not import Marks, Place, places, why, why_not
from keepwarm.models import Person, Space, User
from keepwarm.models.people import MEETING_SOON
from keepwarm.store import meetings, today


class Looked(NamedTuple):
    """All whom a day's choice looks at, in their order, and the three."""

    ranked: list[Ranked]
    three: list[Place]


def these(space: Space, user: User | None, owner: Owner, day: date) -> list[str]:
    """A sentence on each of the three; nothing is chosen or kept by asking."""
    return [why(place) for place in _look(space, user, owner, day, []).three]


def not_someone(person: Person, user: User | None, owner: Owner, day: date, now: datetime) -> list[str]:
    """Where this person stands, in sentences."""
    looked = _look(person.space, user, owner, day, [person.id])
    asked = next(one.candidate for one in looked.ranked if one.candidate.id == person.id)
    return why_not(asked, _marks(person, day, now), looked.ranked, looked.three, day)


def _look(space: Space, user: User | None, owner: Owner, day: date, asked: list[UUID]) -> Looked:
    """With those asked about, whom the choice itself may never have looked at."""
    held = [(pick.slot, pick.person_id) for pick in today.stored(space, user, day)]
    found: dict[UUID, Candidate] = {who.id: who for who in today.candidates(space, owner, day, user)}
    if not held:
        chosen = choose(rank(list(found.values()), owner, day), day, size=today.SIZE)
        held = [(choice.slot, choice.candidate.id) for choice in chosen]
    found |= today.candidates_of([*asked, *(person for _, person in held)], space, user)
    ranked = rank(list(found.values()), owner, day)
    return Looked(ranked, places(held, ranked))


def _marks(person: Person, day: date, now: datetime) -> Marks:
    ahead = meetings.next_of(person.space_id, [person.id], now).get(person.id)
    meets_on = timezone.localtime(ahead.at).date() if ahead and ahead.at <= now + MEETING_SOON else None
    return Marks(person.never, person.is_organisation, person.rests_until, meets_on)
