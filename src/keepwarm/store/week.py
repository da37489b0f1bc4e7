"""What has been done this week: one truth for Today, the week and the session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from keepwarm.core import session
from keepwarm.core.facts import USER
from keepwarm.core.rhythm import week_of
from keepwarm.core.session import Gesture, Slot
from keepwarm.models import Membership, Person, Pick, Session, Space, Step, Summary, Touch, User
from keepwarm.store.bulk import Among

ONE_WEEK = timedelta(days=7)
DAILY = timedelta(days=14)
OUTLOUD = frozenset({"meeting", "call"})


class Lane(NamedTuple):
    """One slot of the plan, and whom it has reached."""

    slot: Slot
    names: list[str]

    @property
    def done(self) -> int:
        return min(len(self.names), self.slot.count)

    @property
    def left(self) -> int:
        return self.slot.count - self.done


class Week(NamedTuple):
    """From its first day, seven days."""

    start: date
    lanes: list[Lane]
    session: Session | None
    reached: frozenset[UUID]  # everyone with whom there was a gesture

    @property
    def end(self) -> date:
        return self.start + timedelta(days=6)

    @property
    def done(self) -> int:
        return sum(lane.done for lane in self.lanes)

    @property
    def size(self) -> int:
        return sum(lane.slot.count for lane in self.lanes)


def of(member: Membership, day: date) -> Week:
    """The week of that day, as this user has it."""
    start = of_day(member, day)
    held = Session.objects.filter(space=member.space, user=member.user, week=start).first()
    slots = held.plan if held and not held.ended_at else session.read(member.slots)
    told = _gestures(member.space, member.user, start, held)
    counted = told if not (held and held.beside and not held.ended_at) else _done_in(held)
    lanes = session.lanes(slots, counted.values())
    named = [Lane(slot, [one.name for one in theirs]) for slot, theirs in zip(slots, lanes, strict=True)]
    return Week(start, named, held, frozenset(told))


def of_day(member: Membership, day: date) -> date:
    """The first day of the week that holds this one, as this user's weeks begin."""
    return week_of(day, member.first_weekday)


def reached(held: Session) -> set[UUID]:
    """With whom there was a gesture in the week of this session."""
    return set(_gestures(held.space, held.user, held.week, held))


def _gestures(space: Space, user: User, start: date, held: Session | None) -> dict[UUID, Gesture]:
    """By person, in the order of time: what was done in the session, and touched otherwise."""
    found = _done_in(held) if held else {}
    for id, channel, name in _touched(space, user, start):
        if id not in found:
            found[id] = Gesture(None, session.TALK if channel in OUTLOUD else session.MESSAGE, name)
    return found


def _done_in(held: Session) -> dict[UUID, Gesture]:
    done = Step.objects.filter(space=held.space_id, session=held, state=Step.State.DONE).order_by("at")
    rows = done.values_list("person_id", "slot", "person__name")
    return {id: Gesture(slot, "", name) for id, slot, name in rows}


def _touched(space: Space, user: User, start: date) -> list[tuple[UUID, str, str]]:
    """Whom the user wrote to or talked with: told by the summaries, or millions of touches would be gone through.

    What a mailbox or a calendar tells counts where there was no word for two weeks. Those one writes to every day
    need no session, and would fill it.
    """
    since, until = midnight(start), midnight(start + ONE_WEEK)
    near = Summary.objects.filter(space=space, last_on__gte=start).values_list("person_id", flat=True)
    held = Touch.objects.filter(Among(F("person"), list(near)), space=space, at__gte=since, at__lt=until)
    mine = held.filter(Q(author=user) | Q(author=None), deleted_at=None, ambient=False, person__deleted_at=None)
    rows = list(
        mine.exclude(direction="in").order_by("at").values_list("person_id", "channel", "person__name", "source")
    )
    daily = _daily(space, {id for id, _, _, source in rows if source != USER}, since)
    return [(id, channel, name) for id, channel, name, source in rows if source == USER or id not in daily]


def _daily(space: Space, ids: Iterable[UUID], since: datetime) -> set[UUID]:
    """With whom there was a word in the two weeks before."""
    before = Touch.objects.filter(Among(F("person"), list(ids)), space=space, at__gte=since - DAILY, at__lt=since)
    return set(before.filter(deleted_at=None, ambient=False).values_list("person_id", flat=True))


def proposed(space: Space, user: User, start: date) -> set[UUID]:
    """Whom Today has brought up this week: the session does not bring them up again."""
    picks = Pick.objects.filter(space=space, user=user, day__gte=start, day__lt=start + ONE_WEEK)
    return set(picks.values_list("person_id", flat=True))


def due(space: Space, week: Week) -> int:
    """How many people it is time for by the end of this week."""
    return Person.objects.of(space).followed().filter(due_on__lte=week.end).count()


def midnight(day: date) -> datetime:
    """Its first moment in the user's zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def ticks(lanes: Sequence[Lane]) -> str:
    """In words: "8 of 12 light touches, 2 of 4 messages, 0 of 1 conversation"."""
    return ", ".join(f"{lane.done} of {lane.slot.count} {noun(lane.slot)}" for lane in lanes)


def noun(slot: Slot) -> str:
    word = session.ONE[slot.action].lower()
    return word if slot.count == 1 else f"{word}es" if word.endswith("ch") else f"{word}s"
