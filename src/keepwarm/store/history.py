"""What a source tells of exchanges, onto people: match, plan, write, take back.

An exchange belongs to the person who has its key under a name that agrees, else to the only one of its name.
It makes nobody: one with someone who is not here is counted and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from keepwarm.core import facts, identity, names
from keepwarm.core.touches import KnownSince, TouchRecord
from keepwarm.formats.batch import Batch
from keepwarm.models import Action, Fact, ImportRun, Person, Touch
from keepwarm.models.people import by_bytes
from keepwarm.store import people, touches
from keepwarm.store.bulk import Among
from keepwarm.store.records import Kind, Planned

KNOWN_SINCE = "known_since"


class Told(NamedTuple):
    """What becomes of a batch's exchanges. People are 32 hexadecimal digits, as in records.Planned."""

    touches: list[tuple[str, TouchRecord]]  # new ones
    known: dict[str, date]  # since when, for people of whom that was not known
    again: int  # new ones that this very run had stored before it was interrupted
    strangers: int  # exchanges with people who are not here

    @property
    def counts(self) -> dict[str, int]:
        return {"touches": len(self.touches) + self.again, "known_since": len(self.known), "strangers": self.strangers}


NOTHING = Told([], {}, 0, 0)


class Recorder:
    """Matches, plans and writes what the files of one run tell of exchanges."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self._taken: set[int] = set()  # exchanges of this pass, by their hash
        self._filled: set[str] = set()  # people of whom this pass has said since when
        self._finder = _Finder(run.space_id)

    def expect(self, planned: Iterable[Planned]) -> None:
        """Know the people of files of which nothing is written, so that exchanges find them."""
        for plan in planned:
            if plan.kind in (Kind.NEW, Kind.MATCHED, Kind.CHANGED):
                self._finder.expect(plan)

    def plan(self, batch: Batch) -> Told:
        asked: list[TouchRecord | KnownSince] = [*batch.touches, *batch.known]
        if not asked:
            return NOTHING
        self._finder.look_up(asked)
        found = [(self._finder.whose(touch), touch) for touch in batch.touches]
        theirs = [(one.person, touch) for one, touch in found if one]
        fresh = [(person, touch) for person, touch in theirs if self._is_first(person, touch)]
        held = self._held(fresh)
        new = [(person, touch) for person, touch in fresh if (person, touch.external_id) not in held]
        again = sum(held.get((person, touch.external_id), False) for person, touch in fresh)
        return Told(new, self._known(batch.known), again, len(found) - len(theirs))

    def write(self, told: Told, source: str) -> None:
        """Store what was planned. To be called within a transaction."""
        rows = (self._row(person, touch, source) for person, touch in told.touches)
        Touch.objects.bulk_create(rows, ignore_conflicts=True)
        touches.summarise_all(self.run.space_id, {UUID(person) for person, _ in told.touches})
        if told.known:
            Fact.objects.bulk_create(self._fact(person, day, source) for person, day in told.known.items())
            people.show_again(told.known)

    def _is_first(self, person: str, touch: TouchRecord) -> bool:
        mark = hash((person, touch.external_id))
        if mark in self._taken:
            return False
        self._taken.add(mark)
        return True

    def _held(self, theirs: list[tuple[str, TouchRecord]]) -> dict[tuple[str, str], bool]:
        """Exchanges that are here, and whether this run has brought them; also those that the user has moved away."""
        mine = {UUID(person) for person, _ in theirs}
        # As a bare column, SQLite would look for each of the ids with each of the people.
        id = Concat("external_id", Value(""))
        ids = {touch.external_id for _, touch in theirs}
        rows = Touch.objects.filter(
            ~Q(external_id=""), Among(F("person"), list(mine)), Among(id, list(ids)), space=self.run.space_id
        ).values_list("person_id", "external_id", "run_id")
        return dict.fromkeys(self._moved, False) | {
            (person.hex, external_id): run == self.run.id for person, external_id, run in rows
        }

    @cached_property
    def _moved(self) -> set[tuple[str, str]]:
        """Whose an exchange was before the user gave it to someone else; no file gives it back."""
        moves = _changes(self.run.space_id).filter(before__values__has_key="person_id")
        was = {(UUID(before["touch"]), UUID(before["values"]["person_id"])) for before in moves}
        ids = dict(Touch.objects.filter(id__in=[touch for touch, _ in was]).values_list("id", "external_id"))
        return {(person.hex, ids[touch]) for touch, person in was if ids.get(touch)}

    def _known(self, told: Iterable[KnownSince]) -> dict[str, date]:
        """The first day that is told of each person of whom none is known."""
        days: dict[str, date] = {}
        for known in told:
            one = self._finder.whose(known)
            if one and not one.known and one.person not in self._filled:
                days[one.person] = min(known.day, days.get(one.person, known.day))
        self._filled |= days.keys()
        return days

    def _row(self, person: str, touch: TouchRecord, source: str) -> Touch:
        return Touch(
            space_id=self.run.space_id, person_id=person, author_id=self.run.user_id, at=touch.at,
            channel=touch.channel, direction=touch.direction, kind=touch.kind, balance=touch.balance,
            context=touch.context[:500], ambient=touch.ambient, source=source, external_id=touch.external_id[:200],
            run=self.run, made_at=self.run.made_at,
        )  # fmt: skip

    def _fact(self, person: str, day: date, source: str) -> Fact:
        return Fact(
            space_id=self.run.space_id, person_id=person, source=source, field=KNOWN_SINCE, value=day.isoformat(),
            seen_at=self.run.made_at,
        )  # fmt: skip


# Whose it is


class _Somebody(NamedTuple):
    folded: str
    person: str
    known: bool  # since when is known


_Found = dict[str, dict[str, _Somebody]]  # by what was asked for, then by person


class _Finder:
    """Finds people by a key and a name, for a batch at a time."""

    def __init__(self, space: UUID) -> None:
        self._space = space
        self._by_key: _Found = {}
        self._by_name: _Found = {}
        self._profiled: set[str] = set()  # of those found by name, who has a LinkedIn profile
        self._ahead_by_key: _Found = {}  # people of files that are only checked
        self._ahead_by_name: _Found = {}

    def expect(self, plan: Planned) -> None:
        one = _Somebody(_folded(plan.record.name), plan.person, plan.record.known_since is not None)
        self._ahead_by_name.setdefault(one.folded, {})[one.person] = one
        for key in plan.keys:
            self._ahead_by_key.setdefault(key, {})[one.person] = one
            if key.startswith("l:"):
                self._profiled.add(one.person)

    def look_up(self, asked: Sequence[TouchRecord | KnownSince]) -> None:
        keys = {one.person for one in asked if one.person}
        folded = {_folded(one.name) for one in asked if one.name}
        mine = Fact.objects.filter(space=self._space, ended_at=None)
        keyed = mine.filter(~Q(key=""), Among(F("key"), list(keys)), person__deleted_at=None)
        named = Person.objects.filter(Among(by_bytes("folded"), list(folded)), space=self._space, deleted_at=None)
        told = ("person_id", "person__folded", "person__known_since")
        self._by_key = _joined(keys, self._ahead_by_key, keyed.values_list("key", *told))
        self._by_name = _joined(folded, self._ahead_by_name, named.values_list("folded", "id", "folded", "known_since"))
        ids = [UUID(person) for same in self._by_name.values() for person in same]
        profiles = mine.filter(Among(F("person"), ids), key__startswith="l:")
        self._profiled |= {person.hex for person in profiles.values_list("person_id", flat=True)}

    def whose(self, told: TouchRecord | KnownSince) -> _Somebody | None:
        """Who has its key, the same name before one that agrees; else the only one of its name."""
        folded = _folded(told.name)
        having = self._by_key.get(told.person, {}).values() if told.person else ()
        agreeing = sorted(one for one in having if identity.names_agree(folded, one.folded))
        if agreeing and (folded or len(agreeing) == 1):
            return next((one for one in agreeing if one.folded == folded), agreeing[0])
        same = [*self._by_name.get(folded, {}).values()] if folded else []
        # One name and two LinkedIn profiles are two people.
        if len(same) != 1 or (told.person.startswith("l:") and same[0].person in self._profiled):
            return None
        return same[0]


def _folded(name: str) -> str:
    return names.fold(name)[:500]


def _joined(asked: Iterable[str], ahead: _Found, rows: Iterable[Sequence[Any]]) -> _Found:
    """Those who are here, and those of files that are only checked, once each."""
    found = {mark: dict(ahead[mark]) for mark in asked if mark in ahead}
    for mark, id, folded, since in rows:
        same = found.setdefault(mark, {})
        also = same.get(id.hex)
        same[id.hex] = _Somebody(folded, id.hex, since is not None or (also is not None and also.known))
    return found


# Undo


def let_go(run: ImportRun) -> None:
    """What the user has put right of a run's exchanges, or written to them, is theirs and stays."""
    changed = [UUID(before["touch"]) for before in _changes(run.space_id)]
    told = Touch.objects.filter(~Q(line="") | Among(F("id"), changed), run=run, deleted_at=None)
    told.update(run=None)


def take_back(run: ImportRun) -> set[UUID]:
    """Delete the run's exchanges; returns those of whom it had said since when, to be shown again."""
    mine = Touch.objects.filter(run=run)
    touched = set(mine.values_list("person_id", flat=True))
    mine.delete()
    touches.summarise_all(run.space_id, touched)
    said = Fact.objects.filter(space=run.space_id, field=KNOWN_SINCE, record=None, seen_at=run.made_at)
    said = said.exclude(source=facts.USER)
    known = set(said.values_list("person_id", flat=True))
    said.delete()
    return known


def _changes(space: UUID) -> Any:
    """What the user has changed of exchanges: each as `touches.edit` keeps it."""
    held = Action.objects.filter(space=space, what=touches.CHANGED, undone_at=None)
    return held.values_list("before", flat=True)
