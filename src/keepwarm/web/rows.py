"""A person as a row of a list shows them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from keepwarm.core.names import initials, tint
from keepwarm.core.reconnect import reasons
from keepwarm.models import Person, Touch
from keepwarm.store import people, people_list
from keepwarm.store.people_list import Line
from keepwarm.web import dates

HOW = {
    "mail": "mail", "linkedin": "LinkedIn", "whatsapp": "WhatsApp", "sms": "text message", "call": "phone call",
    "meeting": "meeting",
}  # fmt: skip


class Face(NamedTuple):
    """A person as a row shows them."""

    id: UUID
    name: str
    initials: str
    tint: int
    photo_url: str
    role: str
    url: str
    warmth: int | None


class Row(NamedTuple):
    person: Face
    letter: str  # where the first of a letter stands
    when: str
    how: str
    circle: str
    rhythm: str
    tags: list[str]
    resting: bool
    near: bool  # the first of those found by a typo


def of(lines: list[Line], day: date, *, lettered: bool, near: int) -> list[Row]:
    """`lettered`: the first of each letter says so. `near`: how many, at the end, are found by a typo."""
    first_near = len(lines) - near if near else -1
    rows, before = [], ""
    for place, line in enumerate(lines):
        letter = _letter(line.person) if lettered else ""
        rows.append(_row(line, "" if letter == before else letter, day)._replace(near=place == first_near))
        before = letter
    return rows


def _letter(person: Person) -> str:
    letter = person.folded[:1]
    return "…" if letter >= people_list.EAST else letter


def _row(line: Line, letter: str, day: date) -> Row:
    person, circle = line.person, line.person.circle
    return Row(
        person=face(person, day, with_photo=line.photo),
        letter=letter,
        when=_when(line, day),
        how=_how(line),
        circle=circle.name if circle else "",
        rhythm="in touch anyway" if person.in_touch_since else _rhythm(person.own_rhythm),
        tags=line.tags[:3],
        resting=bool(person.rests_until and person.rests_until > day) or person.never,
        near=False,
    )


def _rhythm(days: int | None) -> str:
    if not days:
        return ""
    return "once a year" if 350 <= days <= 380 else f"every {reasons.every(days)}"


def face(person: Person, day: date, *, with_photo: bool = False) -> Face:
    return Face(
        id=person.id,
        name=person.name,
        initials=initials(person.name),
        tint=tint(person.id),
        photo_url=reverse("person_photo", args=[person.id]) if with_photo else "",
        role=person.role,
        url=reverse("person", args=[person.id]),
        warmth=people.warmth(person, day),
    )


def _when(line: Line, day: date) -> str:
    """The last touch: the day this month or last, else the month; without one, since when they are known."""
    last = timezone.localtime(line.last.at).date() if line.last else line.summary and line.summary.last_on
    if not last:
        return f"since {line.person.known_since.year}" if line.person.known_since else ""
    if (day - last).days < 45:
        return dates.short(last, last)
    return f"{last:%b}" if last.year == day.year else f"{last:%b %Y}"


def _how(line: Line) -> str:
    if line.last is None:
        return "no touch yet" if line.person.known_since and line.summary is None else ""
    return _channel(line.last)


def _channel(touch: Touch) -> str:
    return HOW.get(touch.channel, "talk")
