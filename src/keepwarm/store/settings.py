"""How someone likes to work: their own settings, what they say of themselves, and the circles; each with undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from keepwarm.core import identity
from keepwarm.core.facts import USER, tag_key
from keepwarm.models import Action, Circle, Fact, Membership, OwnerFact, Person, Space, TagRhythm, User
from keepwarm.store import bulk, people, reminders, rhythm

MEMBER = (
    "sign_off", "time_zone", "phone_country", "language", "first_weekday", "theme", "keys", "days", "keep_context",
    "slots", "away_until",
)  # fmt: skip
WEEKLY = frozenset({"first_weekday", "slots", "away_until"})  # on which it rests when it is time for whom
OWN = ("name", "email", "link")  # kinds of OwnerFact that the owner may state by hand
SETTINGS, CIRCLES, TAGS = "settings", "circles", "tag_rhythms"  # models.Action.what


class Wanted(NamedTuple):
    """A circle as the user would have it; without an id it is new."""

    id: UUID | None
    name: str
    weeks: int | None  # None: no rhythm

    def days(self, was: int | None) -> int | None:
        """As it was, where the weeks say the same: a month is not four weeks."""
        if self.weeks and was and max(round(was / 7), 1) == self.weeks:
            return was
        return self.weeks * 7 if self.weeks else None


# One's own settings


@transaction.atomic
def save(member: Membership, values: Mapping[str, Any], now: datetime) -> Action | None:
    """Keep fields of MEMBER, `called` (the user's name) and lists by kind of OWN; None where all is as it was."""
    before = {name: value for name, value in held(member).items() if name in values and values[name] != value}
    if not before:
        return None
    _put(member, values, now)
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
    return Action.objects.create(space=member.space, user=member.user, what=SETTINGS, before=told, made_at=now)


def held(member: Membership) -> dict[str, Any]:
    """Everything that `save` may change, as it is."""
    own: dict[str, list[str]] = {kind: [] for kind in OWN}
    for kind, value in _said(member).order_by("seen_at", "id").values_list("kind", "value"):
        own[kind].append(value)
    return {name: getattr(member, name) for name in MEMBER} | {"called": member.user.name} | own


def told_by_files(space: Space) -> dict[str, list[str]]:
    """By kind, what imported files say of the owner: shown beside what the owner says."""
    found: dict[str, list[str]] = {kind: [] for kind in OWN}
    facts = OwnerFact.objects.filter(space=space, kind__in=OWN).exclude(source=USER).order_by("seen_at", "id")
    for kind, value in facts.values_list("kind", "value"):
        if value not in found[kind]:
            found[kind].append(value)
    return found


def _said(member: Membership) -> Any:
    return OwnerFact.objects.filter(space=member.space, user=member.user, source=USER, kind__in=OWN)


def _put(member: Membership, values: Mapping[str, Any], now: datetime) -> None:
    if "called" in values:
        User.objects.filter(id=member.user_id).update(name=values["called"])
        member.user.name = values["called"]
    for name in MEMBER:
        setattr(member, name, values.get(name, getattr(member, name)))
    member.save(update_fields=MEMBER)
    if WEEKLY & set(values):
        rhythm.level(member.space_id, timezone.localdate(now))
    if {"time_zone", "away_until"} & set(values):
        reminders.moved(member.space, member.user, now)
    for kind in OWN:
        if kind in values:
            _say(member, kind, values[kind], now)
    if "phone_country" in values:
        read_phones_again(member.space, member.phone_country)


def _say(member: Membership, kind: str, values: Iterable[str], now: datetime) -> None:
    """Put these in the place of what the owner said before, in their order: each a microsecond after the other.

    One who shares the space may say the same.
    """
    _said(member).filter(kind=kind).delete()
    facts = [
        OwnerFact(
            space=member.space, user=member.user, kind=kind, value=value, source=USER,
            seen_at=now + timedelta(microseconds=place),
        )
        for place, value in enumerate(dict.fromkeys(values))
    ]  # fmt: skip
    OwnerFact.objects.bulk_create(facts, ignore_conflicts=True)


def read_phones_again(space: Space, country: str) -> int:
    """Make the keys of numbers without a country code anew, for this country; returns how many changed.

    Every such number, not only those that had no country: a country chosen wrongly must be mendable.
    """
    named = Q(value__startswith="+") | Q(value__startswith="00") | Q(key="")
    local = Fact.objects.filter(space=space, field="phone").exclude(named)
    held = local.values_list("id", "person_id", "value", "key")
    read = [(identity.phone_key(value, country), id, person, key) for id, person, value, key in held]
    changed = [(new, id, person) for new, id, person, key in read if new != key]
    bulk.execute_each(f"UPDATE {bulk.table(Fact)} SET key = %s WHERE id = %s", [row[:2] for row in changed])
    people.show_again(person.hex for _, _, person in changed)
    return len(changed)


# Circles


def circles(space: Space) -> list[Circle]:
    """In their order, each with `size`: how many people are in it."""
    here = Count("person", filter=Q(person__deleted_at=None))
    return list(Circle.objects.filter(space=space).annotate(size=here).order_by("position", "name"))


@transaction.atomic
def arrange(space: Space, user: User, wanted: Sequence[Wanted], now: datetime) -> Action | None:
    """Have exactly these circles, in this order. People of one that goes are in none. None where all is as it was.

    The names must differ; ids that are not of this space are left out.
    """
    was = circles(space)
    days = {circle.id: circle.cadence for circle in was}
    rows = [
        (one.id, one.name, one.days(days.get(one.id) if one.id else None))
        for one in wanted if one.id is None or one.id in days
    ]  # fmt: skip
    if rows == [(one.id, one.name, one.cadence) for one in was]:
        return None
    gone = days.keys() - {id for id, _, _ in rows}
    members = _people_of(gone)
    before = {"circles": [_kept(circle) for circle in was], "people": members}
    Circle.objects.filter(id__in=gone).delete()
    _write(space, rows)
    alone = [UUID(id) for ids in members.values() for id in ids]
    _place(space, alone, [id for id, _, now_ in rows if id and now_ != days[id]], now)
    return Action.objects.create(space=space, user=user, what=CIRCLES, before=before, made_at=now)


def _place(space: Space, people: Iterable[UUID], circles: Iterable[UUID], now: datetime) -> None:
    """These people are in another circle, and the rhythm of these circles is another."""
    today = timezone.localdate(now)
    rhythm.place(space.id, people, today)
    rhythm.of_circles(space.id, circles, today)


def _kept(circle: Circle) -> dict[str, Any]:
    return {"id": circle.id.hex, "name": circle.name, "cadence": circle.cadence}


def _people_of(circles: Iterable[UUID]) -> dict[str, list[str]]:
    """Who is in each of these circles, by its id."""
    found: dict[str, list[str]] = {}
    for circle, person in Person.objects.filter(circle__in=list(circles)).values_list("circle_id", "id"):
        found.setdefault(circle.hex, []).append(person.hex)
    return found


def _write(space: Space, rows: Sequence[tuple[UUID | None, str, int | None]]) -> None:
    """Names go in two steps: two circles may have changed theirs with each other, and no two may be the same."""
    held = Circle.objects.in_bulk([id for id, _, _ in rows if id])
    for circle in held.values():
        Circle.objects.filter(id=circle.id).update(name=circle.id.hex)
    for position, (id, name, cadence) in enumerate(rows):
        circle = held[id] if id in held else Circle(space=space, **({"id": id} if id else {}))
        circle.name, circle.cadence, circle.position = name, cadence, position
        circle.save()


# Rhythms of tags


@transaction.atomic
def keep_tags(space: Space, user: User, wanted: Sequence[tuple[str, int]], now: datetime) -> Action | None:
    """Have exactly these tags with a rhythm of their own, in days; None where all is as it was."""
    was = [(one.name, one.cadence) for one in rhythm.tags(space)]
    if sorted(wanted) == sorted(was):
        return None
    _write_tags(space, wanted, now)
    return Action.objects.create(space=space, user=user, what=TAGS, before={"tags": was}, made_at=now)


def _write_tags(space: Space, wanted: Iterable[tuple[str, int]], now: datetime) -> None:
    TagRhythm.objects.filter(space=space).delete()
    by_key = {tag_key(name): (name, days) for name, days in wanted}
    TagRhythm.objects.bulk_create(
        TagRhythm(space=space, key=key, name=name[:100], cadence=days) for key, (name, days) in by_key.items()
    )
    rhythm.retag(space.id, timezone.localdate(now))


# Undo


@transaction.atomic
def undo(action: Action, member: Membership, now: datetime) -> None:
    """Put back what this action changed; a second time changes nothing."""
    if not Action.objects.filter(id=action.id, undone_at=None).update(undone_at=now):
        return
    if action.what == SETTINGS:
        away = action.before.get("away_until")
        _put(member, action.before | ({"away_until": date.fromisoformat(away)} if away else {}), now)
        return
    if action.what == TAGS:
        _write_tags(action.space, [(name, days) for name, days in action.before["tags"]], now)
        return
    held: list[tuple[UUID | None, str, int | None]] = [
        (UUID(one["id"]), one["name"], one["cadence"]) for one in action.before["circles"]
    ]
    Circle.objects.filter(space=action.space).exclude(id__in=[id for id, _, _ in held]).delete()
    _write(action.space, held)
    for circle, inside in action.before["people"].items():
        Person.objects.filter(space=action.space, id__in=inside, circle=None).update(circle=UUID(circle))
    _place(action.space, [], [id for id, _, _ in held if id], now)
