"""Someone the owner has just met: captured, with the event, and who of them is next to hear a word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from keepwarm.core import just_met
from keepwarm.core.facts import Stated
from keepwarm.core.just_met import Step
from keepwarm.core.names import fold
from keepwarm.models import Event, FirstMeeting, Person, Space, Touch, User
from keepwarm.store import edits, touches

SAME_EVENT = timedelta(days=7)  # an event of the same name within it is the same one
TOGETHER = 200  # of those lately met that are looked at


class Met(NamedTuple):
    """What is told of a meeting: where, on which day, and a line about the person."""

    where: str
    on: date
    line: str = ""


class Next(NamedTuple):
    """Who is to hear a word, and which of the first weeks it is."""

    meeting: FirstMeeting
    step: Step

    @property
    def person(self) -> Person:
        return self.meeting.person


# Captured


@transaction.atomic
def add(
    space: Space,
    author: User | None,
    name: str,
    met: Met,
    now: datetime,
    *,
    values: Iterable[Stated] = (),
    id: UUID | None = None,
    anyway: bool = True,
) -> FirstMeeting:
    """Someone new. Raises edits.AlreadyHere as `edits.add` does; then `again` is what to ask for."""
    how_met = _how_met(met.where)
    person = edits.add(space, author, name, now, how_met=how_met, ways=values, id=id, anyway=anyway)
    return again(person, author, met, now)


@transaction.atomic
def again(person: Person, author: User | None, met: Met, now: datetime) -> FirstMeeting:
    """The meeting of someone who is here: a touch, and the first of the first weeks. The same twice is once."""
    if there := FirstMeeting.objects.filter(space=person.space_id, person=person, on=met.on).first():
        return there
    event = at_event(person.space, met, now) if met.where.strip() else None
    touch = touches.log(
        person, author, touches.midday(met.on, now), now, channel="meeting", direction="both", line=met.line.strip(),
        context=event.name if event else "",
    )  # fmt: skip
    values = {"event": event, "author": author, "on": met.on, "touch": touch, "let_go_at": None, "made_at": now}
    meeting, _ = FirstMeeting.objects.update_or_create(space_id=person.space_id, person=person, defaults=values)
    return meeting


def at_event(space: Space, met: Met, now: datetime) -> Event:
    """The event of that name about that day, made where there is none."""
    name = " ".join(met.where.split())[:200]
    about = Event.objects.filter(space=space, day__range=(met.on - SAME_EVENT, met.on + SAME_EVENT))
    there = next((event for event in about.order_by("-day") if fold(event.name) == fold(name)), None)
    return there or Event.objects.create(space=space, name=name, day=met.on, made_at=now)


def _how_met(where: str) -> str:
    """As one tells it in a letter: Web Summit is where it was, so "at Web Summit"; "on the train" stays."""
    words = " ".join(where.split())
    told = words.partition(" ")[0].lower() in ("at", "on", "in", "through", "by", "via", "over", "during", "near")
    return words if told or not words else f"At {words}"


def note(event: Event, text: str) -> None:
    """What all who were met there share."""
    event.note = text.strip()[:20_000]
    event.save(update_fields=["note"])


def let_go(meeting: FirstMeeting, now: datetime | None) -> None:
    """No more words of the first weeks; None takes that back."""
    meeting.let_go_at = now
    meeting.save(update_fields=["let_go_at"])


# Looked up


def events(space: Space, count: int) -> list[Event]:
    return list(Event.objects.filter(space=space).order_by("-day", "-made_at")[:count])


def met_at(event: Event) -> list[FirstMeeting]:
    """Who was met there, the last first; nobody from the trash."""
    held = FirstMeeting.objects.filter(space=event.space_id, event=event, person__deleted_at=None)
    return list(held.select_related("person").order_by("-made_at", "-id"))


def weeks_ago(space: Space, weeks: int, day: date, count: int) -> list[Person]:
    """Whom the owner met in the seven days that ended so many weeks ago, the last first."""
    end = day - timedelta(weeks=weeks)
    held = _lately(space).filter(on__gt=end - timedelta(days=7), on__lte=end).order_by("-on", "-made_at")
    return [meeting.person for meeting in held[:count]]


def next_up(space: Space, user: User | None, day: date, count: int) -> list[Next]:
    """Whose next word is due by that day, the one just met first: two days are soon over."""
    since = day - timedelta(days=just_met.OVER)
    held = list(_lately(space).filter(on__gte=since, on__lte=day, let_go_at=None).order_by("-on")[:TOGETHER])
    touched = _touched(space, held)
    found = [Next(one, step) for one in held if (step := _step(one, touched.get(one.person_id, []), day))]
    return sorted((one for one in found if _is_due(one, day)), key=lambda one: (one.step.due, one.person.name))[:count]


def due_of(space: Space, people: Iterable[UUID], day: date) -> list[Next]:
    """Of these people, those whose next word is due by that day."""
    since = day - timedelta(days=just_met.OVER)
    held = list(_lately(space).filter(person__in=list(people), on__gte=since, on__lte=day, let_go_at=None))
    touched = _touched(space, held)
    found = [Next(one, step) for one in held if (step := _step(one, touched.get(one.person_id, []), day))]
    return [one for one in found if one.step.kind == just_met.HELLO or one.step.due <= day]


def next_of(person: Person, day: date) -> Next | None:
    """The next word to one person, whether it is due or to come."""
    meeting = _lately(person.space).filter(person=person, let_go_at=None).first()
    if meeting is None:
        return None
    step = _step(meeting, _touched(person.space, [meeting]).get(person.id, []), day)
    return Next(meeting, step) if step else None


def meeting_of(person: Person) -> FirstMeeting | None:
    return FirstMeeting.objects.filter(space=person.space_id, person=person).select_related("event").first()


def _lately(space: Space) -> models.QuerySet[FirstMeeting]:
    """Of people who may be suggested at all."""
    held = FirstMeeting.objects.filter(space=space, person__deleted_at=None, person__never=False)
    return held.select_related("person", "person__summary", "person__circle", "event")


def _is_due(one: Next, day: date) -> bool:
    """A hello is told from the first day on: within 48 hours does not mean after them."""
    resting = one.person.rests_until and one.person.rests_until > day
    return not resting and (one.step.kind == just_met.HELLO or one.step.due <= day)


def _step(meeting: FirstMeeting, touched: list[date], day: date) -> Step | None:
    own = meeting.person.own_rhythm is not None or meeting.person.in_touch_since is not None
    return just_met.next_step(meeting.on, touched, day, own_rhythm=own)


def _touched(space: Space, held: list[FirstMeeting]) -> dict[UUID, list[date]]:
    """The days in touch since, for each person. Private ones count too, as they do in a summary."""
    if not held:
        return {}
    met = {meeting.person_id: meeting for meeting in held}
    found: dict[UUID, list[date]] = {}
    rows = Touch.objects.filter(space=space, person__in=list(met), deleted_at=None, ambient=False)
    for id, person, at, channel in rows.values_list("id", "person_id", "at", "channel"):
        day, meeting = timezone.localdate(at), met[person]
        is_the_meeting = id == meeting.touch_id or (channel == "meeting" and day == meeting.on)
        if day >= meeting.on and not is_the_meeting:
            found.setdefault(person, []).append(day)
    return found


def hello(person: Person, author: User | None, channel: str, now: datetime) -> Touch:
    """The owner has said hello."""
    return touches.log(person, author, now, now, channel=channel, direction="out", kind="hello")
