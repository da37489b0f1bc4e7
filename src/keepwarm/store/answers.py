"""What the user says of people who may be one: kept for ever, and for 90 days taken back as if it had not been said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.dateparse import parse_datetime

from keepwarm.models import Action, Fact, Merge, Person, Space, Suggestion, User
from keepwarm.models.imports import UNDO_FOR
from keepwarm.store import edits, merge, people
from keepwarm.store.bulk import Among
from keepwarm.store.duplicates import WAITING, Likely, State, each_once, into_the_best, suggest, sure
from keepwarm.store.merge import Pair

ANSWERED = "duplicates"  # Action.what
NOTHING_CHOSEN: Mapping[str, UUID | None] = MappingProxyType({})
NOTHING_SAID: Mapping[str, Any] = MappingProxyType({})
States = list[list[str]]  # a suggestion, and what it was before; "" where it was not there


# One person


@transaction.atomic
def same(
    space: Space, user: User, ids: Iterable[UUID], now: datetime, chosen: Mapping[str, UUID | None] = NOTHING_CHOSEN
) -> Action | None:
    """All of these are one person; None where fewer than two are still here.

    `chosen`: whose "name" and "role" to show. What joining would not show by itself is the user's word from then on.
    """
    here = list(Person.objects.of(space).here().filter(id__in=list(ids)).values_list("id", flat=True))
    if len(here) < 2:
        return None
    [(best, others)] = into_the_best([here])
    wanted, held = _wanted(here, chosen), _asked(space, here)
    made = merge.join_all(space, [_pair(best, id, held) for id in others], now, by=user)
    states = _decide(space, user, combinations(here, 2), State.SAME, now) + _hand_over(space, made, now)
    return _answered(space, user, now, merges=made, states=states, said=_say(best, wanted, now))


Asked = dict[frozenset[UUID], Suggestion]


def _asked(space: Space, ids: Iterable[UUID]) -> Asked:
    """What is known of each two of these."""
    known = list(ids)
    return _by_two(Suggestion.objects.filter(space=space, one__in=known, other__in=known))


def _by_two(held: Iterable[Suggestion]) -> Asked:
    return {frozenset((pair.one_id, pair.other_id)): pair for pair in held}


def _pair(best: UUID, id: UUID, held: Asked) -> Pair:
    asked = held.get(frozenset((best, id)))
    return Pair(best, id, asked.probability, asked.levels) if asked and asked.levels else Pair(best, id)


@transaction.atomic
def all_sure(space: Space, user: User, pairs: Iterable[UUID], now: datetime) -> Action:
    """These of the sure ones are right, all at once."""
    held = each_once(list(sure(space).filter(id__in=list(pairs))))
    each, known = [(pair.one_id, pair.other_id) for pair in held], _by_two(held)
    made = merge.join_all(space, [_pair(best, id, known) for best, [id] in into_the_best(each)], now, by=user)
    states = _decide(space, user, each, State.SAME, now) + _hand_over(space, made, now)
    return _answered(space, user, now, merges=made, states=states)


def _hand_over(space: Space, made: Iterable[Merge], now: datetime) -> States:
    """What was open about someone who has been joined is open about whom they were joined with."""
    joined = {one.gone_id: one.kept_id for one in made}
    gone = Q(one__in=joined) | Q(other__in=joined)
    held = list(Suggestion.objects.filter(gone, space=space, state__in=WAITING))
    if not held:
        return []
    about = Q(one__in=joined.values()) | Q(other__in=joined.values())
    now_open = Suggestion.objects.filter(about, space=space, state__in=WAITING).values_list("id", flat=True)
    before = set(now_open)
    suggest(space, [Likely(row.one_id, row.other_id, row.probability, row.levels) for row in held], now)
    return [[str(id), ""] for id in set(now_open.all()) - before]


# The name and role that the user would rather see


def _wanted(here: Sequence[UUID], chosen: Mapping[str, UUID | None]) -> dict[str, str]:
    """The values of the chosen ones."""
    known = Person.objects.in_bulk(here)
    found: dict[str, str] = {}
    if one := known.get(chosen.get("name")):
        found["name"] = one.name
    if one := known.get(chosen.get("role")):
        found |= {"title": one.title, "organisation": one.organisation}
    return found


def _say(id: UUID, wanted: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Have these be shown; returns what `_unsay` takes back."""
    person = Person.objects.get(id=id)
    changed = {field: value for field, value in wanted.items() if value != edits.spoken(person, field)}
    if not changed:
        return {}
    told = Fact.objects.filter(person=person, field__in=changed)
    before, speaking = set(told.values_list("id", flat=True)), set(told.filter(ended_at=None))
    edits.edit(person, changed, person.version, now)
    new = told.exclude(id__in=before).values_list("id", "field")
    return {
        "new": [list(one) for one in new],
        "ended": [[fact.id, fact.field] for fact in speaking - set(told.filter(ended_at=None))],
        "edited_at": person.edited_at.isoformat() if person.edited_at else "",
    }


def _unsay(said: Mapping[str, Any], at: datetime) -> None:
    """Field by field, but for those of which the user has said something else since; `at`: when it was said."""
    new: dict[int, str] = dict(said["new"])
    held = Fact.objects.filter(Q(ended_at=None) | Q(label=people.REMOVED), id__in=new)
    standing = {fact.id: fact.person_id for fact in held}
    again = {field for field in new.values() if all(id in standing for id, of in new.items() if of == field)}
    Fact.objects.filter(id__in=[id for id, field in new.items() if field in again]).delete()
    Fact.objects.filter(id__in=[id for id, field in said["ended"] if field in again], ended_at=at).update(ended_at=None)
    whose = set(standing.values())
    edited_before = parse_datetime(said["edited_at"]) if said["edited_at"] else None
    Person.objects.filter(id__in=whose, edited_at=at).update(edited_at=edited_before)
    people.show_again(id.hex for id in whose)


# Two people


@transaction.atomic
def two(space: Space, user: User, ids: Iterable[UUID], now: datetime) -> Action:
    """Each of these is someone else; no import asks again."""
    return _answered(space, user, now, states=_decide(space, user, combinations(list(ids), 2), State.TWO, now))


@transaction.atomic
def later(space: Space, user: User, ids: Iterable[UUID], now: datetime) -> Action:
    states = _decide(space, user, combinations(list(ids), 2), State.LATER, now, new=False)
    return _answered(space, user, now, states=states)


@transaction.atomic
def apart(made: Merge, user: User, now: datetime) -> Action | None:
    """They are two people after all, and stay so whatever comes; None where they are not together any more."""
    if not merge.part(made, now):
        return None
    states = _decide(made.space, user, [(made.kept_id, made.gone_id)], State.TWO, now)
    return _answered(made.space, user, now, states=states, apart=(made.kept_id, made.gone_id))


@transaction.atomic
def split(person: Person, records: Iterable[UUID], user: User, now: datetime) -> Action | None:
    """These cards are someone else's, whom no import takes for the same again; None where nothing would be left."""
    new = merge.split(person, records, now)
    if new is None:
        return None
    states = _decide(person.space, user, [(person.id, new.id)], State.TWO, now)
    return _answered(person.space, user, now, states=states, apart=(person.id, new.id))


# Kept, and taken back


def _decide(
    space: Space, user: User, pairs: Iterable[Iterable[UUID]], state: str, now: datetime, *, new: bool = True
) -> States:
    """Keep the answer on each pair; returns what stood there. `new`: also on pairs that nobody has asked about."""
    before: States = []
    for pair in pairs:
        one, other = sorted(pair)
        held = Suggestion.objects.filter(space=space, one=one, other=other).first()
        if held is None and not new:
            continue
        was = held.state if held else ""
        held = held or Suggestion(space=space, one_id=one, other_id=other, probability=0, made_at=now)
        held.state, held.user, held.decided_at = state, user, now
        held.save()
        before.append([str(held.id), was])
    return before


def _answered(
    space: Space,
    user: User,
    now: datetime,
    *,
    merges: Iterable[Merge] = (),
    states: States,
    apart: tuple[UUID, ...] = (),
    said: Mapping[str, Any] = NOTHING_SAID,
) -> Action:
    """`apart`: two who were one before, the one who was kept first."""
    before: dict[str, Any] = {
        "merges": [str(made.id) for made in merges],
        "states": states,
        "apart": [str(id) for id in apart],
        "said": dict(said),
    }
    return Action.objects.create(space=space, user=user, what=ANSWERED, before=before, made_at=now)


@transaction.atomic
def undo(action: Action, now: datetime) -> bool:
    """As if it had not been answered, with all that has come since; False where that is done, or not possible now."""
    here = Action.objects.filter(id=action.id, what=ANSWERED, undone_at=None, made_at__gt=now - UNDO_FOR)
    if not here.update(undone_at=now):
        return False
    said = action.before
    if said.get("said"):
        _unsay(said["said"], action.made_at)
    if said["apart"] and not _together_again(action, now):
        return False
    made = Merge.objects.filter(Among(F("id"), [UUID(id) for id in said["merges"]]))
    merge.part_each(list(made.order_by("-made_at", "-id")), now)
    _ask_again(action)
    return True


def _together_again(action: Action, now: datetime) -> bool:
    kept, gone = map(UUID, action.before["apart"])
    by_now = merge.roots(action.space_id, (kept, gone))
    pair = Pair(by_now.get(kept, kept), by_now.get(gone, gone))
    return bool(merge.join_all(action.space, [pair], now, by=action.user))


def _ask_again(action: Action) -> None:
    """But for pairs of which something else has been said since."""
    as_left = Suggestion.objects.filter(Q(decided_at=action.made_at) | Q(decided_at=None), space=action.space_id)
    for id, state in action.before["states"]:
        held = as_left.filter(id=UUID(id))
        held.update(state=state, user=None, decided_at=None) if state else held.delete()
