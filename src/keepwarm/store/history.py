"""What a source tells of exchanges, onto people: match, plan, write, sum up, take back.

An exchange is whose its key is, see `finder`. Those with people who are not here are put aside until all has been
read, see `newcomers`: whoever it goes both ways with becomes a person. What is told of a person without having passed
between parties (an invitation, an endorsement) makes nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from keepwarm.core import facts
from keepwarm.core.exchanges import Owner, touches
from keepwarm.core.strangers import MET
from keepwarm.core.touches import KnownSince, TouchRecord
from keepwarm.formats import own_json
from keepwarm.formats.batch import Batch
from keepwarm.models import Action, Fact, ImportRun, Pick, SourceRecord, Touch
from keepwarm.models.ids import new_hex
from keepwarm.store import bulk, owners, people, summaries
from keepwarm.store.bulk import Among
from keepwarm.store.finder import GONE, Finder
from keepwarm.store.newcomers import Newcomers, Theirs
from keepwarm.store.records import Kind, Planned
from keepwarm.store.touches import CHANGED

KNOWN_SINCE = "known_since"
REMEMBERED = 500_000  # exchanges of a check, so that none counts twice; beyond that its counts are rough
COLUMNS = (
    "id", "space_id", "person_id", "author_id", "private", "at", "channel", "direction", "kind", "balance", "context",
    "line", "ambient", "source", "external_id", "run_id", "made_at",
)  # fmt: skip


class Told(NamedTuple):
    """What becomes of a batch's exchanges. People are 32 hexadecimal digits, as in records.Planned."""

    source: str
    touches: Theirs
    passed: list[TouchRecord]  # with people who are not here
    left: list[TouchRecord]  # told of people who are not here


class Recorder:
    """Matches, plans and writes what one run tells of exchanges.

    Files: `plan` and `write` each batch, take every step of `settle`, then `summarise`. An account: `take` each
    chunk, whole. All but `summarise` is to be called within a transaction that holds the space. Killed at any point,
    the same again from the start ends the same. `owner` is who `owners.of` says, unless another is given.
    """

    def __init__(self, run: ImportRun, owner: Owner | None = None, *, writing: bool = True) -> None:
        self.run, self.writing = run, writing
        self.owner = owners.of(run.space_id, run.user) if owner is None else owner
        self._finder = Finder(run.space_id)
        self._newcomers = Newcomers(run, self._finder, self.owner.country, self._insert, writing=writing)
        self._keeps_context = owners.keeps_context(run.space_id, run.user)
        self._known: dict[
            str, tuple[date, str]
        ] = {}  # of people of whom no day is known: the earliest, and who says so
        self._taken: set[int] = set()  # exchanges of this check, by their hash
        self._touched: set[str] = set()  # people of this chunk

    @property
    def counts(self) -> dict[str, int]:
        """What came of it so far: touches, known_since, strangers (exchanges left out); and from `settle` on also
        new, matched and waiting people."""
        return {name: count for name, count in self._newcomers.counts.items() if count}

    def expect(self, planned: Iterable[Planned]) -> None:
        """Know the people of files of which nothing is written, so that exchanges find them."""
        for plan in planned:
            if plan.kind in (Kind.NEW, Kind.MATCHED, Kind.CHANGED):
                self._finder.expect(plan)

    def plan(self, batch: Batch, source: str) -> Told:
        passed = [(one, touch) for one in batch.exchanges for touch in touches(one, self.owner)]
        self._finder.look_up([*batch.touches, *batch.known], [touch for _, touch in passed])
        told = Told(source, [], [], [])
        for touch in batch.touches:
            if one := self._finder.whose(touch):
                told.touches.append((one.person, touch))
            else:
                told.left.append(touch)
        for exchange, touch in passed:
            person = self._finder.holder(touch.person, touch.name)
            if not person:
                self._newcomers.see(exchange, touch, source)
                told.passed.append(touch)
            elif person != GONE:
                told.touches.append((person, touch))
        self._newcomers.see_machines(batch.exchanges, source)
        self._learn(batch.known, source)
        return told

    def write(self, told: Told) -> None:
        """Store what was planned; in a check, count it."""
        self._newcomers.counts["touches"] += self._insert(told.source, told.touches)
        self._newcomers.put_aside(told.source, told.passed, passed=True)
        self._newcomers.put_aside(told.source, told.left, passed=False)

    def settle(self) -> Iterator[int]:
        """Decide about all who are not here, in steps; yields how many people each has made."""
        yield from self._newcomers.settle()
        self._newcomers.counts["known_since"] = len(self._known)
        if self.writing:
            self._write_known()
        yield 0

    def take(self, batch: Batch, source: str, now: datetime) -> None:
        """A chunk of an account: exchanges, who they are with, and the summaries."""
        self.write(self.plan(batch, source))
        for _ in self.settle():
            pass
        summaries.of(self.run.space_id, map(UUID, self._touched), timezone.localtime(now).date())
        self._touched.clear()

    def summarise(self, now: datetime, said: summaries.Said = lambda _: None) -> None:
        """Replay everyone with an exchange of this run, also of what was stored before an interruption."""
        mine = Touch.objects.filter(run=self.run).values_list("person_id", flat=True).distinct()
        summaries.of(self.run.space_id, mine, timezone.localtime(now).date(), said)

    def count_again(self) -> None:
        """Count those too whom this run had made people before an interruption."""
        met = SourceRecord.objects.filter(run_id=self.run.id, external_id__startswith=MET)
        made = met.filter(person__made_by=self.run).count()
        self._newcomers.counts.update(new=made - self.counts.get("new", 0))
        self._newcomers.counts.update(matched=met.count() - made - self.counts.get("matched", 0))

    # Since when

    def _learn(self, told: Iterable[KnownSince], source: str) -> None:
        for known in told:
            one = self._finder.whose(known)
            if one and not one.known:
                self._known[one.person] = min((known.day, source), self._known.get(one.person, (known.day, source)))

    def _write_known(self) -> None:
        facts_of = [self._fact(person, *told) for person, told in self._known.items()]
        Fact.objects.bulk_create(facts_of, batch_size=500)
        people.show_again(self._known)
        self._known.clear()

    def _fact(self, person: str, day: date, source: str) -> Fact:
        return Fact(
            space_id=self.run.space_id, person_id=person, source=source, field=KNOWN_SINCE, value=day.isoformat(),
            seen_at=self.run.made_at,
        )  # fmt: skip

    # Exchanges

    def _insert(self, source: str, theirs: Theirs) -> int:
        """Store what is new of these, or in a check count it; returns how many those are."""
        if self._moved:
            theirs = [(person, touch) for person, touch in theirs if (person, touch.external_id) not in self._moved]
        if not self.writing:
            return self._new_of(theirs)
        self._touched.update(person for person, _ in theirs)
        return bulk.insert_new(Touch, COLUMNS, list(self._cells(source, theirs)))

    def _cells(self, source: str, theirs: Theirs) -> Iterator[bulk.Row]:
        run, space = bulk.parameter(self.run.id), bulk.parameter(self.run.space_id)
        author = bulk.parameter(self.run.user_id) if self.run.user_id else None
        made_at, keeps = bulk.moment(self.run.made_at), self._keeps_context
        for id, (person, touch) in zip(new_hex(len(theirs)), theirs, strict=True):
            yield (
                id, space, person, author, False, bulk.moment(touch.at), touch.channel, touch.direction, touch.kind,
                touch.balance, touch.context[:500] if keeps else "", "", touch.ambient, source,
                touch.external_id[:200], run, made_at,
            )  # fmt: skip

    def _new_of(self, theirs: Theirs) -> int:
        first = [one for one in theirs if self._is_first(*one)]
        held = self._here(first)
        return sum((person, touch.external_id) not in held for person, touch in first)

    def _is_first(self, person: str, touch: TouchRecord) -> bool:
        mark = hash((person, touch.external_id))
        first = mark not in self._taken
        if len(self._taken) < REMEMBERED:
            self._taken.add(mark)
        return first

    def _here(self, theirs: Theirs) -> set[tuple[str, str]]:
        """Exchanges that are here."""
        mine = [UUID(person) for person in {person for person, _ in theirs}]
        # As a bare column, SQLite would look for each of the ids with each of the people.
        id = Concat("external_id", Value(""))
        ids = [touch.external_id for _, touch in theirs]
        held = Touch.objects.filter(
            ~Q(external_id=""), Among(F("person"), mine), Among(id, ids), space=self.run.space_id
        ).values_list("person_id", "external_id")
        return {(person.hex, external_id) for person, external_id in held}

    @cached_property
    def _moved(self) -> set[tuple[str, str]]:
        """Whose an exchange was before the user gave it to someone else; no file gives it back."""
        moves = _changes(self.run.space_id).filter(before__values__has_key="person_id")
        was = {(UUID(before["touch"]), UUID(before["values"]["person_id"])) for before in moves}
        ids = dict(Touch.objects.filter(id__in=[touch for touch, _ in was]).values_list("id", "external_id"))
        return {(person.hex, ids[touch]) for touch, person in was if ids.get(touch)}


# Undo


def let_go(run: ImportRun) -> None:
    """What the user has put right of a run's exchanges, or written to them, is theirs and stays."""
    changed = [UUID(before["touch"]) for before in _changes(run.space_id)]
    theirs: Any = Among(F("id"), changed)
    if not run.files.filter(format=own_json.FORMAT.name).exists():  # of those files the line itself may be
        theirs |= ~Q(line="")
    Touch.objects.filter(theirs, run=run, deleted_at=None).update(run=None)


def take_back(run: ImportRun, now: datetime) -> set[UUID]:
    """Delete the run's exchanges; returns those of whom it had said since when, to be shown again."""
    mine = Touch.objects.filter(run=run)
    touched = set(mine.values_list("person_id", flat=True).distinct())
    Pick.objects.filter(touch__in=mine).update(touch=None)
    mine._raw_delete(mine.db)  # the ORM would fetch each first
    summaries.of(run.space_id, touched, timezone.localtime(now).date())
    said = Fact.objects.filter(space=run.space_id, field=KNOWN_SINCE, record=None, seen_at=run.made_at)
    said = said.exclude(source=facts.USER)
    known = set(said.values_list("person_id", flat=True))
    said.delete()
    return known


def _changes(space: UUID) -> Any:
    """What the user has changed of exchanges: each as `touches.edit` keeps it."""
    held = Action.objects.filter(space=space, what=CHANGED, undone_at=None)
    return held.values_list("before", flat=True)
