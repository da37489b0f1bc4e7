"""Touches written, put right and taken back; each time the person's summary is replayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from keepwarm.core import search as core_search
from keepwarm.core.touch_line import Line
from keepwarm.models import Action, Ask, Door, Person, Phrase, Promise, Share, Space, Touch, User
from keepwarm.store import interests, moments, search, summaries

CHANNELS = ("meeting", "call", "mail", "linkedin", "whatsapp", "sms", "other")
DIRECTIONS = ("both", "out", "in")
CONGRATULATE = "congratulate"  # Touch.kind, as the draft's shape: what has happened to them is spoken of
BALANCES = ("give", "ask", "neutral")
ONE_LINE = "line:"  # begins the external id that the touches of one line about several people share
CHANGED = "touch"  # Action.what of a touch that was edited or deleted
SHOWN = 8  # people whom a line may mean


@transaction.atomic
def log(person: Person, author: User | None, at: datetime, now: datetime, **facts: Any) -> Touch:
    """Write down one exchange. `facts`: channel, direction and what else a Touch has."""
    touch = Touch.objects.create(
        space_id=person.space_id, person=person, author=author, at=at, made_at=now, **facts
    )  # fmt: skip
    summarise(person, timezone.localtime(now).date())
    if touch.kind == CONGRATULATE:
        moments.said(person, now)
    if touch.line:
        search.index([person.id])
    elif touch.context:
        interests.changed([person.id])
    return touch


@transaction.atomic
def forget(touch: Touch, now: datetime) -> None:
    """Take a touch back at once, as if it had never been written; of a line about several people, each one's."""
    held = [touch]
    if touch.external_id.startswith(ONE_LINE):
        held = list(Touch.objects.filter(space=touch.space_id, external_id=touch.external_id).select_related("person"))
    Promise.objects.filter(touch__in=held).delete()
    Phrase.objects.filter(touch__in=held).delete()
    Share.objects.filter(touch__in=held).delete()
    # What was written with the line goes with it; an ask that was planned before is planned again.
    Ask.objects.filter(touch__in=held, made_at=F("touch__made_at")).delete()
    for one in held:
        Door.objects.filter(space=one.space_id, person=one.person_id, made_at=one.made_at).delete()
        one.delete()
        moments.unsaid(one.person_id, one.made_at)
        summarise(one.person, timezone.localtime(now).date())
    search.index(one.person_id for one in held if one.line)
    interests.changed(one.person_id for one in held if one.context and not one.line)


def say(touch: Touch, line: str) -> None:
    """Keep the owner's one line on what was talked about."""
    touch.line = line.strip()
    touch.save(update_fields=["line"])
    search.index([touch.person_id])


def summarise(person: Person, today: date) -> None:
    """Replay the person's touches into their summary row; without touches there is none."""
    summaries.of(person.space_id, [person.id], today)


def latest(space: Space, people: Iterable[UUID], count: int, viewer: User | None) -> dict[UUID, list[Touch]]:
    """The last `count` exchanges with each of these people that `viewer` may see, the newest first; what went
    to many is none."""
    turn = Window(RowNumber(), partition_by=F("person_id"), order_by=F("at").desc())
    seen = Touch.objects.filter(space=space).seen_by(viewer)
    direct = seen.filter(person__in=list(people), deleted_at=None, ambient=False)
    found: dict[UUID, list[Touch]] = {}
    for touch in direct.annotate(turn=turn).filter(turn__lte=count).order_by("-at"):
        found.setdefault(touch.person_id, []).append(touch)
    return found


def days(space: Space, person: UUID, since: date, viewer: User | None) -> list[date]:
    """The days since then on which they were in touch, as far as `viewer` may see it."""
    start = timezone.make_aware(datetime.combine(since, time()))
    seen = Touch.objects.filter(space=space).seen_by(viewer)
    held = seen.filter(person=person, at__gte=start, deleted_at=None, ambient=False)
    return [timezone.localtime(at).date() for at in held.values_list("at", flat=True)]


# One line


@transaction.atomic
def log_line(
    people: Sequence[Person], author: User | None, said: Line, today: date, now: datetime, *, private: bool = False
) -> list[Touch]:
    """Write down what a line says, for each of these people.

    A day that it does not name is today, a way of talking that it does not is other.
    """
    shared = f"{ONE_LINE}{uuid4()}" if len(people) > 1 else ""
    return [
        log(
            person, author, midday(said.at or today, now), now, channel=said.channel or "other",
            direction=said.direction, balance=said.balance, line=said.text, private=private, external_id=shared,
        )
        for person in people
    ]  # fmt: skip


def midday(day: date, now: datetime) -> datetime:
    """Noon of that day in the user's zone, or now where that is earlier: nothing is written down ahead of time."""
    return min(timezone.make_aware(datetime.combine(day, time(12))), now)


class Meant(NamedTuple):
    """Whom a line may mean, the likeliest first; `sure` where only one bears the name."""

    people: list[Person]
    sure: bool


def meant(space: Space, candidates: Iterable[str]) -> Meant:
    """The people of these names, as core.touch_line gives them: the first name that anyone has counts most."""
    found: dict[UUID, Person] = {}
    sure = False
    for name in candidates:
        people, words = find_people(space, name), name
        if not people:  # the word after it was perhaps no part of the name
            words = name.split()[0]
            people = find_people(space, words)
        if people and not found:
            bearing = [person for person in people if _bears(person, words)]
            sure = len(bearing) == 1 or (len(people) == 1 and _begins(people[0], words))
        found |= {person.id: person for person in people if person.id not in found}
    return Meant(list(found.values())[:SHOWN], sure)


def find_people(space: Space, words: str) -> list[Person]:
    """Whom the words find: who bears the very name first, of several the one last met."""
    here = Person.objects.of(space).here().filter(is_organisation=False)
    ids = search.find(here, space, words, stop=3 * SHOWN).ids
    turn = {id: n for n, id in enumerate(ids)}
    people = list(here.filter(id__in=ids).select_related("summary"))
    return sorted(people, key=lambda person: _nearness(person, words, turn[person.id]))[:SHOWN]


def _nearness(person: Person, words: str, turn: int) -> tuple[bool, bool, int, int]:
    summary = getattr(person, "summary", None)
    last = summary.last_on if summary else None
    return not _bears(person, words), not _begins(person, words), -last.toordinal() if last else 0, turn


def _bears(person: Person, words: str) -> bool:
    """Each of the words is a whole word of the name."""
    return set(core_search.words(words)) <= set(core_search.of_names([person.name]))


def _begins(person: Person, words: str) -> bool:
    """Each of the words begins a word of the name."""
    named = core_search.of_names([person.name])
    return all(any(word.startswith(asked) for word in named) for asked in core_search.words(words))


# Putting right


@transaction.atomic
def edit(touch: Touch, by: User | None, now: datetime, **values: Any) -> bool:
    """Change what a touch says, or whose it is; False where it says so already. `put_back` undoes it."""
    before = {name: getattr(touch, name) for name, value in values.items() if getattr(touch, name) != value}
    if not before:
        return False
    if "person_id" in before and touch.origin:  # from now on it is the other's by the user's word
        before["origin"], values["origin"] = touch.origin, None
    told = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in before.items()}
    told |= {name: str(told[name]) for name in ("person_id", "origin") if told.get(name)}
    Action.objects.create(
        space_id=touch.space_id, user=by, what=CHANGED, before={"touch": str(touch.id), "values": told}, made_at=now
    )
    _write(touch, {name: values[name] for name in before}, now)
    return True


def delete(touch: Touch, by: User | None, now: datetime) -> None:
    """Take a touch out of the history; `put_back` brings it back, and the file it came from does not."""
    edit(touch, by, now, deleted_at=now)


@transaction.atomic
def put_back(touch: Touch, now: datetime) -> bool:
    """Undo the last change of a touch; False where there is none left."""
    changes = Action.objects.filter(space=touch.space_id, what=CHANGED, undone_at=None, before__touch=str(touch.id))
    last = changes.order_by("-made_at", "-id").first()
    if last is None:
        return False
    times = ("at", "deleted_at")
    values = {
        name: datetime.fromisoformat(value) if name in times and value else value
        for name, value in last.before["values"].items()
    }
    _write(touch, values, now)
    last.undone_at = now
    last.save(update_fields=["undone_at"])
    return True


def _write(touch: Touch, values: dict[str, Any], now: datetime) -> None:
    """Set the cells, and replay the history of whoever has the touch now and whoever had it before."""
    touched = {str(touch.person_id), str(values.get("person_id", touch.person_id))}
    Touch.objects.filter(id=touch.id).update(**values)
    for person in Person.objects.filter(id__in=touched):
        summarise(person, timezone.localtime(now).date())
    search.index(touched)
    touch.refresh_from_db()
