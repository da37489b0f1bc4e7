"""When it is time for whom: each person's day, kept with them, and written anew wherever what it rests on changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, Q, QuerySet
from django.db.models.functions import Coalesce

from keepwarm.core import rhythm, session
from keepwarm.core.rhythm import Followed, Terms
from keepwarm.models import Fact, Membership, Person, Space, Summary, TagRhythm
from keepwarm.store.bulk import Among

HORIZON = timedelta(weeks=8)  # who was not reached takes turns with those of so many weeks: the longest silent first
EFFECTIVE = Coalesce("cadence", "tag_cadence", "circle__cadence", output_field=IntegerField())


def terms(space: UUID) -> Terms:
    """How the weeks of the one who owns the space are."""
    owner = Membership.objects.filter(space=space).order_by("-is_owner", "made_at")
    held = owner.values_list("slots", "first_weekday", "away_until").first()
    if held is None:
        return Terms()
    return Terms(session.budget(session.read(held[0])), held[1], held[2])


def weekly(space: UUID) -> int:
    """How many people of rhythm a week holds."""
    return terms(space).budget


# Placing


def place(space: UUID, ids: Iterable[UUID], today: date) -> dict[UUID, date]:
    """Give these people their day by what holds now; who has no rhythm has none. Everyone else keeps theirs."""
    asked = list(ids)
    if not asked:
        return {}
    here = Person.objects.filter(Among(F("id"), asked), space=space)
    found = _followed(here)
    _clear(here.filter(due_on__isnull=False), {one.id for one in found})
    if not found:
        return {}
    held, mine = terms(space), {one.id for one in found}
    days = rhythm.spread(found, _load(space, held, today, mine), today, held)
    _write(days)
    return days


def _followed(people: QuerySet[Person]) -> list[Followed]:
    """Those of them who have a rhythm, whoever says so."""
    said = Q(cadence__isnull=False) | Q(tag_cadence__isnull=False) | Q(circle__isnull=False)
    here = people.filter(said, is_organisation=False, in_touch_since=None)
    rows = here.annotate(days=EFFECTIVE).filter(days__gt=0).values_list("id", "days", "summary__last_on")
    return [Followed(*row) for row in rows]


def _clear(people: QuerySet[Person], kept: set[UUID]) -> None:
    gone = [id for id in people.values_list("id", flat=True) if id not in kept]
    if gone:
        Person.objects.filter(Among(F("id"), gone)).update(due_on=None)


def _load(space: UUID, held: Terms, today: date, but: set[UUID]) -> dict[date, int]:
    """How many others have their turn in each week from this one on; those reached this week have had a place in it."""
    start = rhythm.week_of(today, held.first_weekday)
    found: dict[date, int] = {}
    ahead = Person.objects.filter(space=space, due_on__gte=start)
    mine = ahead.filter(Among(F("id"), list(but)))
    # Counted by the index alone: 50,000 people may be followed, and this is asked with each touch.
    for days, sign in ((ahead, 1), (mine, -1)):
        for day, count in days.order_by().values_list("due_on").annotate(count=Count("*")):
            week = rhythm.week_of(day, held.first_weekday)
            found[week] = found.get(week, 0) + sign * count
    next_week = start + timedelta(days=7)
    reached = Summary.objects.filter(space=space, last_on__gte=start, person__due_on__gte=next_week)
    found[start] = found.get(start, 0) + reached.count()
    return found


def _write(days: Mapping[UUID, date]) -> None:
    """Some hundred people share a day, and a day is written at once."""
    same: dict[date, list[UUID]] = {}
    for id, day in days.items():
        same.setdefault(day, []).append(id)
    for day, ids in same.items():
        Person.objects.filter(Among(F("id"), ids)).update(due_on=day)


def days_of(space: UUID, ids: Iterable[UUID]) -> list[date]:
    """On which days it is time for these."""
    held = Person.objects.filter(Among(F("id"), list(ids)), space=space, due_on__isnull=False)
    return [day for day in held.values_list("due_on", flat=True) if day]


# When the last contact moves


def last_contacts(space: UUID, ids: Iterable[UUID]) -> dict[UUID, date | None]:
    """Of those among them who have a rhythm: when it was, before something is replayed."""
    return {one.id: one.last for one in _followed(Person.objects.filter(Among(F("id"), list(ids)), space=space))}


def moved(space: UUID, before: Mapping[UUID, date | None], today: date) -> None:
    """Place those whose last contact is another now. A newer one ends the count of skips."""
    if not before:
        return
    now = dict(Summary.objects.filter(Among(F("person"), list(before))).values_list("person_id", "last_on"))
    other = [id for id, last in before.items() if now.get(id) != last]
    later = [id for id in other if (last := now.get(id)) and last > (before[id] or date.min)]
    if later:
        Person.objects.filter(Among(F("id"), later), skips__gt=0).update(skips=0)
    place(space, other, today)


# When a week has gone by


def tidy(space: UUID, today: date) -> int:
    """Whose week has passed without a word gets another: nothing piles up. Returns how many they were."""
    held = terms(space)
    opens = rhythm.opens(today, held)
    start = opens if opens > today else rhythm.week_of(today, held.first_weekday)
    people = Person.objects.filter(space=space).followed()
    passed = people.filter(due_on__lt=start)
    count = passed.count()
    if count:
        place(space, people.filter(due_on__lt=start + HORIZON).values_list("id", flat=True), today)
    return count


def tidy_all(today: date) -> None:
    """For the clock: everyone's week, and those who have a rhythm from before there were days."""
    for space in Space.objects.all():
        without = Person.objects.of(space).here().filter(due_on=None, never=False)
        place(space.id, [one.id for one in _followed(without)], today)
        tidy(space.id, today)


def level(space: UUID, today: date) -> None:
    """Everyone anew: after a change of the plan, of the week's first day, or of being away."""
    place(space, Person.objects.filter(space=space).followed().values_list("id", flat=True), today)


# What the owner says


def keep(person: Person, days: int | None, today: date, in_touch_since: date | None = None) -> None:
    """How often the owner wants to be in touch with someone; with a day, that they are so anyway, off the record."""
    Person.objects.filter(id=person.id).update(
        cadence=days, in_touch_since=in_touch_since, loosened_from=None, skips=0
    )  # fmt: skip
    place(person.space_id, [person.id], today)


def of_circles(space: UUID, circles: Iterable[UUID], today: date) -> None:
    """The rhythm of these circles is another."""
    ids = Person.objects.filter(space=space, circle__in=list(circles)).values_list("id", flat=True)
    place(space, list(ids), today)


def skip(person: Person, today: date) -> int | None:
    """Not this time. Returns the looser rhythm in days where it was the third time in a row."""
    days = person.own_rhythm
    if not days:
        return None
    skips, looser = person.skips + 1, None
    values: dict[str, Any] = {"skips": skips}
    if skips >= rhythm.SKIPS and (looser := rhythm.loosened(days)) > days:
        values = {"skips": 0, "cadence": looser, "loosened_from": days}
    else:
        looser = None
    Person.objects.filter(id=person.id).update(**values)
    _put_off(person, looser or days, today)
    return looser


def _put_off(person: Person, days: int, today: date) -> None:
    """By about a quarter of their rhythm, at least a week: as if there were a word now, and the rhythm as short."""
    held, as_if = terms(person.space_id), Followed(person.id, max(days // 4, 7), today)
    _write(rhythm.spread([as_if], _load(person.space_id, held, today, {person.id}), today, held))


# Tags


def tags(space: Space) -> list[TagRhythm]:
    return list(TagRhythm.objects.filter(space=space))


def retag(space: UUID, today: date) -> None:
    """Have everyone know what their tags say by now."""
    said = dict(TagRhythm.objects.filter(space=space).order_by("-cadence").values_list("key", "cadence"))
    marked = Person.objects.filter(space=space, tag_cadence__isnull=False)
    if not said and not marked.exists():
        return
    held = Fact.objects.filter(~Q(key=""), space=space, field="category", ended_at=None, key__in=list(said))
    wanted: dict[UUID, int] = {}
    for id, key in held.values_list("person_id", "key"):
        wanted[id] = _shortest(said[key], wanted.get(id))
    was = dict(marked.values_list("id", "tag_cadence"))
    changed = {id: wanted.get(id) for id in {*wanted, *was} if wanted.get(id) != was.get(id)}
    _mark(changed)
    place(space, changed, today)


def _shortest(days: int, other: int | None) -> int:
    """Of two tags the shorter rhythm; "no rhythm" only where no tag names one."""
    return min((one for one in (days, other) if one), default=0)


def _mark(changed: Mapping[UUID, int | None]) -> None:
    same: dict[int | None, list[UUID]] = {}
    for id, days in changed.items():
        same.setdefault(days, []).append(id)
    for days, ids in same.items():
        Person.objects.filter(Among(F("id"), ids)).update(tag_cadence=days)
