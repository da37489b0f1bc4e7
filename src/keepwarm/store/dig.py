"""Dig: walk one old employer, school, occasion, year, town or tag at a time, and decide on each person once.

A ground is a part of the network that one remembers together. What is decided about someone counts on every
ground they stand on.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Max, Q, Value
from django.utils import timezone

from keepwarm.core.facts import tag_key
from keepwarm.core.names import fold, organisation_key, organisation_name
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect.reasons import town_of
from keepwarm.models import Action, Circle, Fact, OwnerFact, Person, Space, User
from keepwarm.models.people import PersonQuerySet
from keepwarm.store import circles, people, rhythm

PAGE = 10
MOST = 68  # organisations: eight, and sixty more
FEWEST = 3  # people at an organisation, in a town or at an occasion, from which it is worth a walk
IMPORTANT = 2
DIG = "dig"  # an Action's `what`
CLOSE, HELLO, LEAVE, NEVER = "close", "hello", "leave", "never"
CHOICES = (CLOSE, HELLO, LEAVE, NEVER)
DECIDED = Q(dug_at__isnull=False) | Q(never=True)
DECIDING = Count(Value(1), filter=DECIDED)


class Ground(NamedTuple):
    """A part of the network to walk; `kind` and `key` find it again."""

    kind: str
    key: str
    name: str
    people: int
    decided: int

    @property
    def left(self) -> int:
        return self.people - self.decided


class NoGround(Exception):
    """There is nobody there, or no such place."""


def _all(space: Space) -> PersonQuerySet:
    return Person.objects.of(space).here().filter(is_organisation=False)


# Where there is to dig


def grounds(space: Space, kind: str) -> list[Ground]:
    """All grounds of one kind, those with most people to decide on first; years newest first."""
    found = _FINDERS[kind](space)
    return found if kind == "year" else sorted(found, key=lambda ground: (-ground.left, -ground.people, ground.name))


def ground(space: Space, kind: str, key: str) -> Ground:
    """One of them, counted anew. Raises NoGround."""
    name = _named(space, kind, key) if kind in _FINDERS else ""
    if not name:
        raise NoGround
    return _counted(kind, key, name, people_on(space, kind, key))


def _counted(kind: str, key: str, name: str, here: PersonQuerySet) -> Ground:
    total = here.aggregate(people=Count("*"), decided=DECIDING)
    return Ground(kind, key, name, total["people"], total["decided"])


def _own(space: Space, kind: str) -> list[Ground]:
    """The owner's former employers or schools, where one still knows somebody."""
    fact = "position" if kind == "employer" else "school"
    named = {organisation_key(own.value): organisation_name(own.value) for own in _past(space, fact)}
    counted = [_counted(kind, key, name, people_on(space, kind, key)) for key, name in named.items() if key]
    return [ground for ground in counted if ground.people]


def _past(space: Space, fact: str) -> Iterable[OwnerFact]:
    """Where the owner has been; of positions only those that have ended."""
    held = OwnerFact.objects.filter(space=space, kind=fact)
    return (own for own in held if fact == "school" or own.finished or not own.started)


def _organisations(space: Space) -> list[Ground]:
    """Those with most people to decide on: there can be one to every few people, and names are read from rows."""
    employed = _all(space).exclude(organisation_key="")
    counted = employed.values_list("organisation_key").annotate(total=Count("*"), decided=DECIDING)
    most = counted.filter(total__gte=FEWEST).order_by(F("decided") - F("total"), "-total", "organisation_key")
    there = employed.filter(organisation_key__in=[key for key, *_ in most[:MOST]])
    rows = _grouped(there, "organisation_key", "organisation")
    return _spelled("organisation", ((key, organisation_name(name), *counts) for key, name, *counts in rows))


def _met(space: Space) -> list[Ground]:
    rows = _grouped(_all(space).exclude(how_met=""), "how_met")
    return _spelled("met", ((fold(_plain(text)), _plain(text), *counts) for text, *counts in rows))


def _towns(space: Space) -> list[Ground]:
    rows = _grouped(_all(space).exclude(place=""), "place")
    return _spelled("town", ((fold(town_of(text)), town_of(text), *counts) for text, *counts in rows))


def _plain(how_met: str) -> str:
    return how_met.strip().rstrip(".")


def _years(space: Space) -> list[Ground]:
    """Grouped by day and added up here: SQLite asks Python for the year of every row."""
    total, decided = Counter[int](), Counter[int]()
    for day, count, done in _grouped(_all(space).filter(known_since__isnull=False), "known_since"):
        total[day.year] += count
        decided[day.year] += done
    return [Ground("year", str(year), str(year), total[year], decided[year]) for year in sorted(total, reverse=True)]


def _tags(space: Space) -> list[Ground]:
    """Each under the spelling that came last."""
    held = Fact.objects.tags(space).filter(person__deleted_at=None, person__is_organisation=False)
    done = Q(person__dug_at__isnull=False) | Q(person__never=True)
    rows = held.values_list("key").annotate(
        total=Count("person", distinct=True), decided=Count("person", distinct=True, filter=done), newest=Max("id")
    )
    counted = list(rows.order_by())
    names = dict(Fact.objects.filter(id__in=[newest for *_, newest in counted]).values_list("key", "value"))
    return [Ground("tag", key, names[key], total, decided) for key, total, decided, _ in counted]


def _grouped(here: PersonQuerySet, *columns: str) -> Iterable[tuple[Any, ...]]:
    """The columns, how many people have these, and how many of them are decided."""
    return here.values_list(*columns).annotate(total=Count("*"), decided=DECIDING).order_by()


def _spelled(kind: str, rows: Iterable[tuple[Any, ...]]) -> list[Ground]:
    """Grounds of (key, spelling, people, decided); the commonest spelling names each."""
    spellings: dict[str, Counter[str]] = {}
    decided = Counter[str]()
    for key, spelling, count, done in rows:
        spellings.setdefault(key, Counter())[spelling] += count
        decided[key] += done
    return [
        Ground(kind, key, spelling.most_common(1)[0][0], spelling.total(), decided[key])
        for key, spelling in spellings.items()
        if key and spelling.total() >= FEWEST
    ]


_FINDERS: dict[str, Callable[[Space], list[Ground]]] = {
    "employer": lambda space: _own(space, "employer"), "school": lambda space: _own(space, "school"), "met": _met,
    "year": _years, "organisation": _organisations, "town": _towns, "tag": _tags,
}  # fmt: skip


# Who stands there


def people_on(space: Space, kind: str, key: str) -> PersonQuerySet:
    """Everyone on a ground. An old employer holds those who are there now, and those met in the owner's time."""
    here = _all(space)
    if kind in ("employer", "school"):
        return here.filter(Q(organisation_key=key) | _in_own_time(space, kind, key))
    if kind == "year":
        return here.filter(known_since__year=int(key)) if _is_year(key) else here.none()
    if kind == "organisation":
        return here.filter(organisation_key=key)
    if kind == "tag":
        return here.filter(id__in=_tagged(space, key).values("person_id"))
    column, short = ("how_met", _plain) if kind == "met" else ("place", town_of)
    texts = here.exclude(**{column: ""}).values_list(column, flat=True).distinct().order_by()
    return here.exclude(**{column: ""}).filter(
        **{f"{column}__in": [text for text in texts if fold(short(text)) == key]}
    )


def _in_own_time(space: Space, kind: str, key: str) -> Q:
    """Known since a day between the owner's first and last there, where both are known."""
    during = Q(pk__in=[])
    for own in _past(space, "position" if kind == "employer" else "school"):
        first, last = _day(own.started), _day(own.finished, end=True)
        if organisation_key(own.value) == key and first and last:
            during |= Q(known_since__range=(first, last))
    return during


def _day(text: str, *, end: bool = False) -> date | None:
    day = PartialDate.of(text)
    if day is None or not day.year:
        return None
    month = day.month or (12 if end else 1)
    return date(day.year, month, day.day or (monthrange(day.year, month)[1] if end else 1))


def _tagged(space: Space, key: str) -> Any:
    return Fact.objects.tags(space).filter(key=key)


def _is_year(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) == 4 and key != "0000"


def _named(space: Space, kind: str, key: str) -> str:
    """How a ground is called; empty where there is none."""
    if kind == "organisation":
        held = _all(space).filter(organisation_key=key).order_by("organisation").first() if key else None
        return organisation_name(held.organisation) if held else ""
    if kind == "tag":
        tag = _tagged(space, key).order_by("value").first() if key == tag_key(key.removeprefix("t:")) else None
        return tag.value if tag else ""
    if kind == "year":
        return key if _is_year(key) else ""
    return next((found.name for found in grounds(space, kind) if found.key == key), "")


def page(space: Space, here: Ground, since: datetime | None) -> list[Person]:
    """Ten to decide on, by name. With `since`, those decided from then on stay in their places."""
    everyone = people_on(space, here.kind, here.key)
    open_ones = Q(dug_at=None, never=False)
    if since:
        open_ones |= Q(dug_at__gte=since)
    return list(everyone.filter(open_ones).select_related("summary", "circle").order_by("folded", "id")[:PAGE])


# Decisions


@transaction.atomic
def decide(person: Person, user: User | None, choice: str, kind: str, key: str, day: date, now: datetime) -> Action:
    """Keep close, say hello, leave or never, on the ground of that kind and key; returns what undoes it."""
    held = Person.objects.select_for_update().get(id=person.id)
    before = {
        "person": str(held.id), "choice": choice, "circle": str(held.circle_id or ""), "important": held.important,
        "wanted": held.hello_wanted_on.isoformat() if held.hello_wanted_on else "", "never": held.never,
        "dug_at": held.dug_at.isoformat() if held.dug_at else "", "ground": [kind, key],
    }  # fmt: skip
    held.dug_at = now
    if choice == CLOSE:
        held.circle, held.important = circles.close(held.space), max(held.important, IMPORTANT)
    elif choice == HELLO:
        held.hello_wanted_on = day
    elif choice == NEVER:
        held.never = True
    _save(held, now)
    return Action.objects.create(space=held.space, user=user, what=DIG, before=before, made_at=now)


@transaction.atomic
def undo(action: Action, now: datetime) -> None:
    """As it was before this decision; once only."""
    if action.what != DIG or action.undone_at:
        return
    before = action.before
    held = Person.objects.select_for_update().get(id=before["person"], space=action.space)
    held.circle = Circle.objects.filter(space=action.space, id=before["circle"]).first() if before["circle"] else None
    held.important, held.never = before["important"], before["never"]
    held.hello_wanted_on = date.fromisoformat(before["wanted"]) if before["wanted"] else None
    held.dug_at = datetime.fromisoformat(before["dug_at"]) if before["dug_at"] else None
    _save(held, now)
    Action.objects.filter(id=action.id).update(undone_at=now)


def _save(person: Person, now: datetime) -> None:
    person.save(update_fields=["circle", "important", "hello_wanted_on", "never", "dug_at"])
    people.show_again([person.id.hex])
    if person.circle or person.due_on:
        rhythm.place(person.space_id, [person.id], timezone.localdate(now))


def decided(space: Space, ids: Iterable[UUID], since: datetime) -> dict[UUID, Action]:
    """The last decision about each of these people since a moment, where it stands."""
    wanted = set(ids)
    done = Action.objects.filter(space=space, made_at__gte=since, what=DIG, undone_at=None).order_by("made_at")
    return {id: action for action in done if (id := UUID(action.before["person"])) in wanted}


def last(space: Space, user: User | None) -> Action | None:
    """What this user decided last and has not taken back."""
    mine = Action.objects.filter(space=space, user=user, what=DIG, undone_at=None)
    return mine.order_by("-made_at", "-id").first()
