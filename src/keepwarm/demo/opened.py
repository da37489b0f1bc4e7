"""What Ines has asked of some of the invented people, and the doors that opened, each after something given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from keepwarm.demo.world import ASKS, DOORS, SHARED
from keepwarm.models import Ask, Door, Person, Touch, User

GIVEN = (70, 26)  # days before a door


def fill(owner: User, people: Sequence[Person], today: date, zone: ZoneInfo) -> list[Touch]:
    """Doors for the first of these people, asks for those after them; returns the touches that belong to them."""
    said: list[Touch] = []
    asked_of: dict[str, Ask] = {}
    for person, (text, outcome, days) in zip(people, ASKS, strict=False):
        touch = _touch(owner, person, _at(today, days, zone), balance="ask", line=text)
        asked_of[text] = _ask(owner, person, touch, text, outcome)
        said.append(touch)
    for person, (kind, text, days, ask) in zip(people, DOORS, strict=False):
        for turn, before in enumerate(GIVEN):
            at = _at(today, days + before, zone)
            said.append(_touch(owner, person, at, kind="saw_this", balance="give", context=SHARED[turn]))
        Door.objects.create(
            space_id=person.space_id, person=person, author=owner, kind=kind, text=text, ask=asked_of.get(ask),
            on=today - timedelta(days=days), made_at=_at(today, days, zone),
        )  # fmt: skip
    return said


def _ask(owner: User, person: Person, touch: Touch, text: str, outcome: str) -> Ask:
    return Ask.objects.create(
        space_id=person.space_id, person=person, author=owner, text=text, touch=touch, outcome=outcome,
        settled_at=touch.at + timedelta(days=4) if outcome else None, made_at=touch.at,
    )  # fmt: skip


def _touch(owner: User, person: Person, at: datetime, **facts: str) -> Touch:
    return Touch.objects.create(
        space_id=person.space_id, person=person, author=owner, at=at, made_at=at, channel="mail", direction="out",
        **facts,
    )  # fmt: skip


def _at(today: date, days: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(11), zone)
