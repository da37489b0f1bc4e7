"""What happened between the owner and one person, newest first, in words."""

from __future__ import annotations

from datetime import datetime, time
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from keepwarm.core import touch_line
from keepwarm.core.reconnect import reasons
from keepwarm.models import Door, Note, Person, Touch, User
from keepwarm.store import doors, evidence
from keepwarm.web import dates

LONGEST = 200
SHOWN = {
    reasons.DIRECT: "Each time you were in touch", reasons.ANSWERED: "What was answered within two weeks",
    reasons.TO_MANY: "Wide letters and meetings of the last three months",
    reasons.LAST: "What you were last in touch about", reasons.LINES: "What you wrote down",
}  # fmt: skip
ICONS = {
    "mail": "mail", "linkedin": "external-link", "whatsapp": "message-circle", "sms": "smartphone",
    "call": "phone", "meeting": "coffee", "other": "message-circle",
}  # fmt: skip


class Moment(NamedTuple):
    """A touch, a note, or the day they connected."""

    at: datetime
    when: str
    iso: str
    icon: str
    title: str
    text: str = ""
    undo_url: str = ""
    touch: UUID | None = None  # of a touch: it can be put right
    balance: str = ""
    private: bool = False
    door: UUID | None = None  # of a door: so can it


def of(person: Person, viewer: User, shown: str = "") -> list[Moment]:
    """`shown`: only what stands behind a reason, as core.reconnect.reasons names it."""
    touched = Touch.objects.filter(space=person.space_id, person=person, deleted_at=None).seen_by(viewer)
    behind = evidence.behind(touched, shown, timezone.localdate())
    moments = [of_touch(touch) for touch in behind.select_related("person").order_by("-at", "-made_at")[:LONGEST]]
    if shown:
        return moments
    noted = Note.objects.filter(space=person.space_id, person=person, deleted_at=None).seen_by(viewer)
    moments += [_of_note(note) for note in noted.order_by("-at")[:LONGEST]]
    moments += [_of_door(door) for door in doors.of_person(person, viewer)]
    moments.sort(key=lambda moment: moment.at, reverse=True)
    if person.known_since:
        year, iso = str(person.known_since.year), person.known_since.isoformat()
        moments.append(Moment(timezone.now(), year, iso, "sprout", "You connected on LinkedIn"))
    return moments


def of_touch(touch: Touch) -> Moment:
    title = touch_line.happened(touch.channel, touch.direction, touch.person.given or touch.person.name, touch.kind)
    if touch.context:
        title += f": “{touch.context}”"
    icon = ICONS.get(touch.channel, ICONS["other"])
    moment = _moment(touch.at, icon, title, touch.line)
    return moment._replace(touch=touch.id, balance=touch.balance, private=touch.private)


def _of_note(note: Note) -> Moment:
    undo = reverse("note_undo", args=[note.id])
    return _moment(note.at, "pencil-line", "You noted", note.text, undo)._replace(private=note.private)


def _of_door(door: Door) -> Moment:
    at = timezone.make_aware(datetime.combine(door.on, time(12)))
    moment = _moment(at, "door-open", f"A door opened: {door.get_kind_display()}", door.text)
    return moment._replace(door=door.id, private=door.private)


def _moment(at: datetime, icon: str, title: str, text: str, undo_url: str = "") -> Moment:
    day = timezone.localdate(at)
    return Moment(at, dates.short(day, timezone.localdate()), day.isoformat(), icon, title, text, undo_url)
