"""The session of a week: begun, paused, gone through person by person, and ended; each step with undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from keepwarm.core import balance_words
from keepwarm.core import session as core
from keepwarm.core.reconnect import Owner
from keepwarm.models import Draft, Item, Membership, Person, Session, Step
from keepwarm.store import meetings, people, rhythm, session_sources, shelf, touches, week
from keepwarm.store.session_sources import REACT, TALK, Drawn
from keepwarm.store.week import Week

MORE = timedelta(minutes=10)  # for who would like to go on
REST = 4  # weeks of "not now"
RHYTHMS = frozenset({"rhythm", "rhythm_often", "yearly_12", "yearly_4", "yearly_1"})  # letting these pass is a skip
How, State = Session.How, Step.State


def present(member: Membership, day: date, now: datetime) -> Session | None:
    """This week's session as it stands; one whose time is up has ended then, whoever looks and when."""
    start = week.of_day(member, day)
    held = Session.objects.filter(space=member.space, user=member.user, week=start).first()
    if held and not held.ended_at and not held.paused_at and held.wick.left(now) <= timedelta():
        end(held, held.wick.out_at(), How.CLOCK)
    return held


def begin(member: Membership, owner: Owner, day: date, now: datetime) -> Session:
    """Start this week's, with its people; where it has been, it is that one."""
    if held := present(member, day, now):
        return held
    rhythm.tidy(member.space_id, day)
    slots = core.read(member.slots)
    try:
        with transaction.atomic():
            fresh = Session.objects.create(
                space=member.space, user=member.user, week=week.of_day(member, day), slots=core.kept(slots),
                seconds=round(core.minutes(slots) * 60), started_at=now,
            )  # fmt: skip
            _draw_all(fresh, owner, day, week.of(member, day))
            return fresh
    except IntegrityError:  # another tab has just begun it
        return Session.objects.get(space=member.space, user=member.user, week=week.of_day(member, day))


def _draw_all(held: Session, owner: Owner, day: date, this: Week) -> None:
    """People for what is left of each slot; where nothing is left of any, for all of them once more."""
    full = not any(lane.left for lane in this.lanes)
    if full:
        Session.objects.filter(id=held.id).update(beside=True)
    taken = set(this.reached) | week.proposed(held.space, held.user, held.week) | _brought_up(held)
    asked = [(lane.slot, lane.slot.count if full else lane.left) for lane in this.lanes]
    found = session_sources.draw(asked, held.space, held.user, owner, day, taken)
    for number, people_found in enumerate(found):
        _keep(held, number, people_found, day)


def _brought_up(held: Session) -> set[UUID]:
    return set(held.steps.values_list("person_id", flat=True))


def _keep(held: Session, slot: int, found: Iterable[tuple[str, Drawn]], day: date) -> list[Step]:
    """At the end of their slot. Whom Today might have proposed counts as proposed by it."""
    last = held.steps.filter(slot=slot).aggregate(last=Max("position"))["last"]
    steps = [
        Step(
            space_id=held.space_id, session=held, person=one.person, slot=slot, position=place, source=source,
            reason=one.reason[:500], kind=one.kind, url=one.url,
            before=_as_proposed(one, source) | _times(one, held, day),
        )
        for place, (source, one) in enumerate(found, 0 if last is None else last + 1)
    ]  # fmt: skip
    Step.objects.bulk_create(steps)
    picked = [step.person_id for step in steps if step.source == "picks"]
    Person.objects.filter(id__in=picked).update(suggestions=F("suggestions") + 1, suggested_on=day)
    return steps


def _as_proposed(one: Drawn, source: str) -> dict[str, Any]:
    return {"suggested_on": _iso(one.person.suggested_on)} if source == "picks" else {}


def _times(one: Drawn, held: Session, day: date) -> dict[str, Any]:
    """Kept, so that the letter and the invitation say the same, whenever they are looked at."""
    return {"times": [at.isoformat() for at in meetings.free(held.space_id, day)]} if one.kind == TALK else {}


def times(step: Step) -> list[datetime]:
    """The three that a conversation is proposed for."""
    return [datetime.fromisoformat(text) for text in step.before.get("times", [])]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


# Its course


def steps(held: Session) -> list[Step]:
    """In their turn."""
    here = held.steps.filter(person__deleted_at=None).select_related("person", "person__summary", "person__circle")
    return list(here.order_by("slot", "position"))


def pause(held: Session, now: datetime) -> None:
    Session.objects.filter(id=held.id, ended_at=None, paused_at=None).update(paused_at=now)


def go_on(held: Session, now: datetime) -> None:
    """After a pause. Two clicks at once end it once."""
    if held.paused_at:
        paused = held.paused_seconds + (now - held.paused_at).total_seconds()
        Session.objects.filter(id=held.id, paused_at=held.paused_at).update(paused_at=None, paused_seconds=paused)


@transaction.atomic
def end(held: Session, at: datetime, how: str) -> None:
    """Whom the session did not come to is as if never proposed."""
    if not Session.objects.filter(id=held.id, ended_at=None).update(ended_at=at, how=how, paused_at=None):
        return
    held.ended_at, held.how, held.paused_at = at, how, None
    for step in held.steps.filter(state=State.OPEN, source="picks"):
        _withdraw(step)


def _withdraw(step: Step) -> None:
    before = _day(step.before.get("suggested_on", ""))
    Person.objects.filter(id=step.person_id).update(suggestions=F("suggestions") - 1, suggested_on=before)


@transaction.atomic
def more(held: Session, member: Membership, owner: Owner, day: date, now: datetime) -> None:
    """Ten minutes more of one that has ended; where all have had their turn, with new people."""
    if held.ended_at is None:
        return
    held.paused_seconds += max((now - held.ended_at).total_seconds(), 0)
    held.seconds = round(held.wick.burnt(now).total_seconds() + MORE.total_seconds())
    held.ended_at, held.how = None, ""
    held.save()
    waiting = held.steps.filter(state=State.OPEN)
    again = waiting.filter(source="picks").values_list("person_id", flat=True)
    Person.objects.filter(id__in=list(again)).update(suggestions=F("suggestions") + 1, suggested_on=day)
    if not waiting.exists():
        _draw_all(held, owner, day, week.of(member, day))


# What the user does with one


def _open(step: Step) -> bool:
    """Held until the end: of two clicks at once the second finds it decided."""
    return Step.objects.select_for_update().filter(id=step.id, state=State.OPEN).exists()


@transaction.atomic
def done(
    step: Step,
    now: datetime,
    channel: str = "other",
    kind: str = "",
    subject: str = "",
    *,
    name: str = "",
    body: str = "",
    gift: Item | None = None,
) -> bool:
    """Said, or shown: what was said is a touch; a reaction is none, for nothing was said. False if decided already.

    `name` is the shape by which the letter was made; `body` only tells whether it asks for something; `gift` is what
    of the shelf came with it.
    """
    if not _open(step):
        return False
    if step.kind != REACT:
        kind = kind or step.kind
        _remember(step, drafts=_take_drafts(step))
        step.touch = touches.log(
            step.person, step.session.user, now, now, channel=channel, direction="out", kind=kind[:16], shape=name,
            balance=balance_words.of_letter(kind, body), context=subject[:500] if channel == "mail" else "",
        )  # fmt: skip
        if gift:
            shelf.given_with(gift, step.touch, now)
    _decide(step, State.DONE, now)
    return True


def _take_drafts(step: Step) -> list[dict[str, Any]]:
    mine = Draft.objects.filter(space_id=step.space_id, user=step.session.user, person=step.person)
    kept = [dict(draft) for draft in mine.values("shape", "subject", "body")]
    mine.delete()
    return kept


def _remember(step: Step, **before: Any) -> None:
    """How it is with the person before this, for undo."""
    held = Person.objects.get(id=step.person_id)
    step.before |= before | {
        "due_on": _iso(held.due_on), "skips": held.skips, "cadence": held.cadence, "loosened": held.loosened_from,
        "rests_until": _iso(held.rests_until),
    }  # fmt: skip


def _decide(step: Step, state: str, now: datetime) -> None:
    step.state, step.at = state, now
    step.save()
    if not step.session.steps.filter(state=State.OPEN, person__deleted_at=None).exists():
        end(step.session, now, How.DONE)


@transaction.atomic
def swap(step: Step, owner: Owner, day: date, now: datetime, *, rest: bool = False) -> int | None:
    """Someone else in the same slot, where there is anyone; with `rest`, this one is left in peace for a month.

    Returns the looser rhythm in days, where this was the third time in a row that their rhythm was let pass.
    """
    if not _open(step):
        return None
    _remember(step)
    looser = rhythm.skip(step.person, day) if step.source in RHYTHMS else None
    if rest:
        people.rest(step.person, day, REST)
    held = step.session
    slot = held.plan[step.slot]
    taken = _brought_up(held) | week.proposed(held.space, held.user, held.week) | week.reached(held)
    (found,) = session_sources.draw([(slot, 1)], held.space, held.user, owner, day, taken)
    fresh = _keep(held, step.slot, found, day)
    if fresh:  # in the place of the one who leaves, not behind all others
        Step.objects.filter(id=fresh[0].id).update(position=step.position)
    step.before |= {"instead": [str(one.id) for one in fresh]}
    _decide(step, State.NOT_NOW if rest else State.SKIPPED, now)
    return looser


@transaction.atomic
def undo(step: Step, now: datetime) -> bool:
    """As if it had not come to them yet; False where nothing was decided."""
    held = Step.objects.select_for_update().filter(id=step.id).exclude(state=State.OPEN).first()
    if held is None:
        return False
    if held.touch:
        touches.forget(held.touch, now)
    _put_back(held, now)
    Step.objects.filter(id__in=held.before.get("instead", []), state=State.OPEN).delete()
    Step.objects.filter(id=step.id).update(state=State.OPEN, at=None, touch=None)
    if held.session.how == How.DONE:
        Session.objects.filter(id=held.session_id).update(ended_at=None, how="")
    return True


def _put_back(step: Step, now: datetime) -> None:
    """The person's day and rhythm, and the words that were written for them."""
    before, user = step.before, step.session.user
    if "skips" in before:
        Person.objects.filter(id=step.person_id).update(
            due_on=_day(before["due_on"]), skips=before["skips"], cadence=before["cadence"],
            loosened_from=before["loosened"], rests_until=_day(before["rests_until"]),
        )  # fmt: skip
    for draft in before.get("drafts", []):
        Draft.objects.update_or_create(
            space_id=step.space_id, user=user, person_id=step.person_id, shape=draft["shape"],
            defaults={"subject": draft["subject"], "body": draft["body"], "saved_at": now},
        )  # fmt: skip
