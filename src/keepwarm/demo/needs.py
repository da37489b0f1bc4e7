"""What the demo's people need and offer, and who of them was, or is to be, introduced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from keepwarm.core.introductions import steps
from keepwarm.demo.cast import FEATURED, SAID, Member
from keepwarm.demo.world import FIELDS
from keepwarm.models import Person, Phrase, Space, User
from keepwarm.store import introductions, pairs, people

Known = tuple[Member, Person]
# Each on its way so far: how many days ago it was begun, and the steps since.
ON_THEIR_WAY = (
    (120, (steps.ASK, steps.YES, steps.ASK, steps.YES, steps.INTRODUCE, steps.MEET, steps.THANK)),
    (9, (steps.ASK, steps.YES, steps.ASK, steps.YES)),
    (6, (steps.ASK, steps.YES)),
)
# As both may read it, by what is needed.
IN_WORDS = {
    "a website for the museum": "You both have a soft spot for small museums.",
    "usability tests for a clinic": "You both care how people find their way.",
    "maps for a book of walks": "You both like a book that is taken on walks.",
}


def fill(owner: User, known: Sequence[Known], today: date, zone: ZoneInfo) -> None:
    """The same every time: who has what goes by the order of names."""
    at = datetime.combine(today, time(8), zone)
    space = known[0][1].space
    Phrase.objects.bulk_create(
        Phrase(
            space=space, person=person, author=owner, kind=kind, text=text, said_on=today - timedelta(days=20 + 9 * n),
            made_at=at - timedelta(days=20 + 9 * n),
        )
        for n, (person, kind, text) in enumerate(_who_said(known))
    )  # fmt: skip
    for days, taken in ON_THEIR_WAY:
        _introduce(space, owner, at - timedelta(days=days), taken)


def _who_said(known: Sequence[Known]) -> list[tuple[Person, str, str]]:
    """Each by someone else of that line of work whom the owner knows well."""
    near = sorted(
        (one for one in known if one[0].tie.name in FEATURED and not one[1].never), key=lambda one: one[0].name
    )
    free = {n: [person for member, person in near if member.field is field] for n, field in enumerate(FIELDS)}
    return [(free[field].pop(0), kind, text) for field, kind, text in SAID if free[field]]


def _introduce(space: Space, owner: User, begun: datetime, taken: Sequence[str]) -> None:
    """The best pair of that day, taken so far."""
    (pair, *_), whom = pairs.proposed(space, owner, begun.date(), 1)
    words = next((words for need, words in IN_WORDS.items() if need in pair.reason), "")
    made = introductions.begin(
        whom[pair.first], whom[pair.second], owner, begun, why=pair.why, reason=pair.reason, said=words
    )
    for n, step in enumerate(taken):
        introductions.take(made, step, owner, begun + timedelta(days=n, hours=2), "mail")
    people.show_again(id.hex for id in (pair.first, pair.second))
