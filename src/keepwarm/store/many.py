"""What the user does to many people at once: one Action each, which puts everything back as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from keepwarm.core import facts
from keepwarm.models import Action, Circle, Fact, Person, Space, User
from keepwarm.store import bulk, people, rhythm, search
from keepwarm.store.bulk import Among

CIRCLE, RELATION, TAG, UNTAG, REST, TRASH = "circle_many", "relation_many", "tag", "untag", "rest_many", "trash_many"
FOLLOW = "follow_many"
KINDS = frozenset({CIRCLE, RELATION, TAG, UNTAG, REST, TRASH, FOLLOW})
SEARCHED = frozenset({RELATION, TAG, UNTAG})
AT_ONCE = 500  # people whose words are written at once


def to_circle(space: Space, user: User | None, ids: Iterable[UUID], circle: Circle | None, now: datetime) -> Action:
    return _set(space, user, CIRCLE, "circle_id", ids, circle.id if circle else None, now)


def follow(space: Space, user: User | None, ids: Iterable[UUID], days: int | None, now: datetime) -> Action:
    """Keep them so often; 0 is no rhythm, None as their tags or their circle have it."""
    return _set(space, user, FOLLOW, "cadence", ids, days, now)


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
    key, here = facts.tag_key(tag), _here(space, ids)
    having = set(bulk.fetch(_tagged(space, key).filter(ended_at=None).values_list("person_id")))
    fresh = [id for id in here if (bulk.parameter(id),) not in having]
    _tagged(space, key).filter(Among(F("person"), fresh), label=people.REMOVED).delete()
    _state(space, fresh, now, value=tag.strip(), key=key, position=100)
    return _done(space, user, TAG, {"key": key, "people": _hex(fresh)}, now)


@transaction.atomic
def untag(space: Space, user: User | None, ids: Iterable[UUID], tag: str, now: datetime) -> Action:
    """Take this tag from them, whoever gave it. A file that says the same again does not bring it back."""
    key = facts.tag_key(tag)
    held = _tagged(space, key).filter(Among(F("person"), _here(space, ids)), ended_at=None)
    rows = list(held.values_list("id", "person_id"))
    ended, touched = [id for id, _ in rows], sorted({person for _, person in rows})
    Fact.objects.filter(Among(F("id"), ended)).update(ended_at=now)
    _state(space, touched, now, value=tag.strip(), key=key, position=0, label=people.REMOVED, ended_at=bulk.moment(now))
    return _done(space, user, UNTAG, {"key": key, "facts": ended, "people": _hex(touched)}, now)


def _tagged(space: Space | UUID, key: str) -> QuerySet[Fact]:
    """That no key is empty lets both databases use the index of those that are not."""
    return Fact.objects.filter(~Q(key=""), space=space, field="category", key=key)


def _state(space: Space, ids: list[UUID], now: datetime, **cells: Any) -> None:
    """The user's own word on each of them."""
    whole = {
        "space_id": bulk.parameter(space.id), "source": facts.USER, "field": "category", "label": "", "parts": "",
        "seen_at": bulk.moment(now), **cells,
    }  # fmt: skip
    rows = ((*whole.values(), bulk.parameter(id)) for id in ids)
    bulk.insert(Fact, (*whole, "person_id"), rows)


@transaction.atomic
def undo(action: Action, now: datetime) -> int:
    """Everything as it was; returns for how many. A second time changes nothing."""
    if action.what not in KINDS or not Action.objects.filter(id=action.id, undone_at=None).update(undone_at=now):
        return 0
    if action.what in (TAG, UNTAG):
        return _untie(action, now)
    return _put_back(action, now)


def _untie(action: Action, now: datetime) -> int:
    """Tags given, or the marks that they were taken away."""
    before, said = action.before, _tagged(action.space_id, action.before["key"])
    said.filter(source=facts.USER, seen_at=action.made_at).delete()
    Fact.objects.filter(Among(F("id"), before.get("facts", [])), space=action.space_id).update(ended_at=None)
    _follow(action, now)
    return len(before["people"])


def _put_back(action: Action, now: datetime) -> int:
    field, count = action.before["field"], 0
    for value, ids in action.before["were"]:
        held = Person.objects.filter(Among(F("id"), [UUID(id) for id in ids]), space=action.space_id)
        if field == "deleted_at":  # who has been taken into someone else is not in the trash
            held = held.filter(merged_into=None)
        count += held.update(**{field: _existing(action, field, value)})
    _follow(action, now)
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
    were: dict[Any, list[UUID]] = {}
    here = Person.objects.filter(Among(F("id"), _here(space, ids)))
    for id, before in here.values_list("id", field):
        if before != value:
            were.setdefault(before, []).append(id)
    changed = [id for same in were.values() for id in same]
    Person.objects.filter(Among(F("id"), changed)).update(**{field: value})
    kept = [[None if value is None else str(value), _hex(same)] for value, same in were.items()]
    return _done(space, user, what, {"field": field, "were": kept, "people": _hex(changed)}, now)


def _here(space: Space, ids: Iterable[UUID]) -> list[UUID]:
    """Those who are in this space and not in the trash."""
    return list(Person.objects.of(space).here().filter(Among(F("id"), list(ids))).values_list("id", flat=True))


def _hex(ids: Iterable[UUID]) -> list[str]:
    return [id.hex for id in ids]


def _done(space: Space, user: User | None, what: str, before: dict[str, Any], now: datetime) -> Action:
    action = Action.objects.create(space=space, user=user, what=what, before=before, made_at=now)
    _follow(action, now)
    return action


# What follows from it


def _follow(action: Action, now: datetime) -> None:
    """A relation counts in someone's standing; it and tags are searched for. Rhythms are spread anew."""
    today = timezone.localdate(now)
    if action.what in (CIRCLE, FOLLOW):
        rhythm.place(action.space_id, [UUID(id) for id in action.before["people"]], today)
    if action.what in (TAG, UNTAG):
        rhythm.retag(action.space_id, today)
    if action.what == RELATION:
        people.weigh_again(UUID(id) for id in action.before["people"])
    if action.what in SEARCHED and not has_words_due(action):
        write_words(action)


def has_words_due(action: Action) -> bool:
    """Whether so many are found by it that `write_words` is left to a job; with it others would wait too long."""
    return action.what in SEARCHED and len(action.before["people"]) > AT_ONCE


def write_words(action: Action) -> None:
    """Have the search know what was done, or undone: a few hundred at a time, so that others have their turn."""
    search.index(action.before["people"])
