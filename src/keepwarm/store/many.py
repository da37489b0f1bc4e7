"""What the user does to many people at once: one Action each, which puts everything back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from keepwarm.core import facts
from keepwarm.models import Action, Circle, Fact, Person, Space, User
from keepwarm.store import people, search

CIRCLE, RELATION, TAG, UNTAG, REST, TRASH = "circle_many", "relation_many", "tag", "untag", "rest_many", "trash_many"
KINDS = frozenset({CIRCLE, RELATION, TAG, UNTAG, REST, TRASH})
TOGETHER = 500


def to_circle(space: Space, user: User | None, ids: Iterable[UUID], circle: Circle | None, now: datetime) -> Action:
    return _set(space, user, CIRCLE, "circle_id", ids, circle.id if circle else None, now)


def relate(space: Space, user: User | None, ids: Iterable[UUID], relation: str, now: datetime) -> Action:
    return _set(space, user, RELATION, "relation", ids, relation.strip()[:50], now)


def rest(space: Space, user: User | None, ids: Iterable[UUID], day: date, weeks: int, now: datetime) -> Action:
    """Suggest them again only after so many weeks."""
    return _set(space, user, REST, "rests_until", ids, day + timedelta(weeks=weeks), now)


def trash(space: Space, user: User | None, ids: Iterable[UUID], now: datetime) -> Action:
    return _set(space, user, TRASH, "deleted_at", ids, now, now)


@transaction.atomic
def tag(space: Space, user: User | None, ids: Iterable[UUID], tag: str, now: datetime) -> Action:
    """Give them this tag; who has it keeps it as it is."""
    key, changed = facts.tag_key(tag), list[UUID]()
    for some in _some(space, ids):
        held = Fact.objects.filter(person__in=some, field="category", key=key, ended_at=None)
        fresh = sorted(set(some) - set(held.values_list("person_id", flat=True)))
        Fact.objects.filter(person__in=fresh, field="category", key=key, label=people.REMOVED).delete()
        Fact.objects.bulk_create(
            Fact(
                space=space, person_id=id, source=facts.USER, field="category", value=tag.strip(), key=key,
                position=100, seen_at=now,
            )
            for id in fresh
        )  # fmt: skip
        changed += fresh
    search.index(changed)
    return _done(space, user, TAG, {"key": key, "people": _hex(changed)}, now)


@transaction.atomic
def untag(space: Space, user: User | None, ids: Iterable[UUID], tag: str, now: datetime) -> Action:
    """Take this tag from them, whoever gave it. A file that says the same again does not bring it back."""
    key, ended = facts.tag_key(tag), list[int]()
    touched: set[UUID] = set()
    for some in _some(space, ids):
        held = Fact.objects.filter(person__in=some, field="category", key=key, ended_at=None)
        rows = list(held.values_list("id", "person_id"))
        held.update(ended_at=now)
        Fact.objects.bulk_create(
            Fact(
                space=space,
                person_id=id,
                source=facts.USER,
                field="category",
                value=tag.strip(),
                key=key,
                label=people.REMOVED,
                seen_at=now,
                ended_at=now,
            )
            for id in sorted({person for _, person in rows})
        )
        ended += [id for id, _ in rows]
        touched |= {person for _, person in rows}
    search.index(touched)
    return _done(space, user, UNTAG, {"key": key, "facts": ended, "people": _hex(touched)}, now)


@transaction.atomic
def undo(action: Action, now: datetime) -> int:
    """Everything as it was; returns for how many. A second time changes nothing."""
    if action.what not in KINDS or not Action.objects.filter(id=action.id, undone_at=None).update(undone_at=now):
        return 0
    before = action.before
    if action.what not in (TAG, UNTAG):
        return _put_back(action)
    # Tags given, or the marks that they were taken away.
    Fact.objects.filter(space=action.space_id, source=facts.USER, key=before["key"], seen_at=action.made_at).delete()
    for some in _chunks(before.get("facts", [])):
        Fact.objects.filter(space=action.space_id, id__in=some).update(ended_at=None)
    search.index(before["people"])
    return len(before["people"])


def _put_back(action: Action) -> int:
    field, count = action.before["field"], 0
    for value, ids in action.before["were"]:
        for some in _chunks(ids):
            held = Person.objects.filter(space=action.space_id, id__in=some)
            count += held.update(**{field: _existing(action, field, value)})
    _show_again(field, [id for _, ids in action.before["were"] for id in ids])
    return count


def _existing(action: Action, field: str, value: Any) -> Any:
    """The value again; a circle that is gone meanwhile is none."""
    if field == "circle_id" and value:
        return value if Circle.objects.filter(space=action.space_id, id=value).exists() else None
    return value


@transaction.atomic
def _set(
    space: Space, user: User | None, what: str, field: str, ids: Iterable[UUID], value: Any, now: datetime
) -> Action:
    """Give all of them one value; what they had before is kept by value, as most had the same."""
    were: dict[Any, list[str]] = {}
    for some in _some(space, ids):
        held = Person.objects.filter(id__in=some)
        for id, before in held.values_list("id", field):
            if before != value:
                were.setdefault(before, []).append(id.hex)
        held.update(**{field: value})
    changed = [id for ids in were.values() for id in ids]
    _show_again(field, changed)
    before = [[None if value is None else str(value), ids] for value, ids in were.items()]
    return _done(space, user, what, {"field": field, "were": before, "people": changed}, now)


def _show_again(field: str, ids: list[str]) -> None:
    """A relation counts in someone's standing, and is searched for."""
    if field == "relation":
        people.show_again(ids)


def _some(space: Space, ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """A few hundred at a time of those who are in this space and not in the trash."""
    for some in _chunks(list(ids)):
        yield list(Person.objects.of(space).here().filter(id__in=some).values_list("id", flat=True))


def _chunks(ids: list[Any]) -> Iterator[list[Any]]:
    return (ids[at : at + TOGETHER] for at in range(0, len(ids), TOGETHER))


def _hex(ids: Iterable[UUID]) -> list[str]:
    return [id.hex for id in ids]


def _done(space: Space, user: User | None, what: str, before: dict[str, Any], now: datetime) -> Action:
    return Action.objects.create(space=space, user=user, what=what, before=before, made_at=now)
