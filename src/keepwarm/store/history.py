"""What a source tells of exchanges, onto people: match, plan, write, sum up, take back.

An exchange is whose its key is, see `finder`. Those with people who are not here are put aside until all has been
read, see `newcomers`: whoever it goes both ways with becomes a person. What is told of a person without having passed
between parties (an invitation, an endorsement) makes nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from keepwarm.core import facts
from keepwarm.core.exchanges import Owner, touches
from keepwarm.core.history import Event
from keepwarm.core.strangers import MET
from keepwarm.core.touches import Exchange, KnownSince, TouchRecord
from keepwarm.formats import own_json
from keepwarm.formats.batch import Batch
from keepwarm.models import Action, Fact, ImportRun, Person, Pick, SourceRecord, Touch
from keepwarm.models.ids import new_hex
from keepwarm.store import bulk, interests, merge, owners, people, strangers, summaries
from keepwarm.store.bulk import Among
from keepwarm.store.finder import GONE, Finder
from keepwarm.store.newcomers import Newcomers
from keepwarm.store.records import Kind, Planned
from keepwarm.store.spool import Row, Spool
from keepwarm.store.touches import CHANGED

KNOWN_SINCE = "known_since"
REMEMBERED = 500_000  # exchanges of a check, so that none counts twice; beyond that its counts are rough
TOGETHER = 2_000  # exchanges that are sorted by person, at least
AT_ONCE = 30_000  # exchanges in memory, but for one person's
PEOPLE_TOGETHER = 200  # whose exchanges are stored in one step
COLUMNS = (
    "id", "space_id", "author_id", "private", "line", "run_id", "made_at", "person_id", "at", "channel", "direction",
    "kind", "balance", "context", "ambient", "source", "external_id", "origin",
)  # fmt: skip


class Recorder:
    """Matches and stores what one run tells of exchanges.

    Files: `add` each batch, and then every step of `settle`. An account: `take` each chunk. Everything is to be
    called within a transaction that holds the space. Killed at any point, the same again from the start ends the
    same. `owner` is who `owners.of` says, unless another is given.
    """

    def __init__(self, run: ImportRun, owner: Owner | None = None, *, writing: bool = True, buckets: int = 1) -> None:
        """`buckets`: into how many parts to sort what is to be stored, where it may be millions."""
        self.run, self.writing = run, writing
        self.owner = owners.of(run.space_id, run.user) if owner is None else owner
        self._finder = Finder(run.space_id)
        self._newcomers = Newcomers(run, self._finder, self.owner.country, self._give, writing=writing)
        self._keeps_context = owners.keeps_context(run.space_id, run.user)
        self._known: dict[str, tuple[date, str]] = {}  # of people of whom no day is known: the earliest, who says so
        self._buckets = buckets
        self._theirs = Spool(2 * buckets)
        self._taken: set[int] = set()  # exchanges of this check, by their hash
        self._checked: list[tuple[str, str]] = []  # person and id, not yet counted

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

    def forget(self) -> None:
        """People have come or changed, or may have: look them up again."""
        self._finder.forget()

    def add(self, batch: Batch, source: str) -> None:
        """Find whose these are. They are stored in `settle`: sorted by person, or each would go to another page."""
        told = batch.exchanges if self._keeps_context else [one._replace(context="") for one in batch.exchanges]
        passed = [(one, touch) for one in told for touch in touches(one, self.owner)]
        self._finder.look_up([*batch.touches, *batch.known], [touch for _, touch in passed])
        for touch in batch.touches:
            if one := self._finder.whose(touch):
                self._give(source, one.person, touch)
            else:
                self._newcomers.put_aside(source, touch, passed=False)
        for exchange, touch in passed:
            self._pass(source, exchange, touch)
        self._newcomers.see_machines(batch.exchanges, source)
        self._learn(batch.known, source)
        self._count_checked()

    def settle(self, now: datetime) -> Iterator[int]:
        """Decide about all who are not here, store, and sum up, in steps; yields how many people each has made."""
        for made in self._newcomers.settle():
            self._count_checked()
            yield made
        self._newcomers.counts["known_since"] += len(self._known)
        if self.writing:
            self._write_known()
            yield from self._store_all(timezone.localtime(now).date())
        yield 0

    def take(self, batch: Batch, source: str, now: datetime) -> None:
        """A chunk of an account: exchanges, who they are with, and the summaries."""
        self.forget()
        self.add(batch, source)
        for _ in self.settle(now):
            pass

    def count_again(self) -> None:
        """Count those too who became people in this run before an interruption, and who waits now."""
        met = SourceRecord.objects.filter(run_id=self.run.id, external_id__startswith=MET)
        made = met.filter(person__made_by=self.run).count()
        self._newcomers.counts.update(new=made - self.counts.get("new", 0))
        self._newcomers.counts.update(matched=met.count() - made - self.counts.get("matched", 0))
        self._newcomers.counts["waiting"] = strangers.waiting(self.run.space_id).filter(run=self.run, why="").count()

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

    def _pass(self, source: str, exchange: Exchange, touch: TouchRecord) -> None:
        person = self._finder.holder(touch.person, touch.name)
        if not person:
            self._newcomers.see(exchange, touch, source)
            self._newcomers.put_aside(source, touch, passed=True)
        elif person != GONE:
            self._give(source, person, touch)

    def _give(self, source: str, person: str, touch: TouchRecord) -> None:
        """This is theirs, to be stored; in a check, to be counted."""
        if self._moved and (person, touch.external_id) in self._moved:
            return
        if self.writing:
            self._theirs.put(
                (
                    person, touch.at, touch.channel, touch.direction, touch.kind, touch.balance, touch.context[:500],
                    touch.ambient, source, touch.external_id[:200],
                ),
                self._bucket(person),
            )  # fmt: skip
        elif self._is_first(person, touch):
            self._checked.append((person, touch.external_id))

    def _bucket(self, person: str) -> int:
        """Neighbours in the tables' indexes are in one bucket; those whom this run has made are spread over others."""
        place = bisect_left(self._bounds, person)
        return place if place < len(self._bounds) else self._buckets + _spread(person, self._buckets)

    @cached_property
    def _bounds(self) -> list[str]:
        """The last person of each bucket, by their ids."""
        held = Person.objects.filter(space=self.run.space_id).order_by("id").values_list("id", flat=True)
        ids = [id.hex for id in held] if self._buckets > 1 else []
        size = len(ids) // self._buckets + 1
        return [ids[min(at + size, len(ids)) - 1] for at in range(0, len(ids), size)]

    def _store_all(self, today: date) -> Iterator[int]:
        """Bucket by bucket: several at once while they are small, in parts where they are large."""
        rows: list[Row] = []
        for bucket in range(2 * self._buckets):
            parts = self._theirs.size(bucket) // AT_ONCE + 1
            for part in range(parts):
                told = (row for some in self._theirs.read(bucket) for row in some)
                rows += told if parts == 1 else (row for row in told if _spread(row[0], parts) == part)
                if len(rows) >= TOGETHER:
                    yield from self._store(rows, today)
                    rows = []
        yield from self._store(rows, today)
        self._theirs.clear()

    def _store(self, rows: list[Row], today: date) -> Iterator[int]:
        """One person after the other, so that what lies together is written together; each with their summary."""
        rows = self._as_they_are_now(rows)
        rows.sort(key=itemgetter(0))
        by_person = [(UUID(person), list(theirs)) for person, theirs in groupby(rows, itemgetter(0))]
        for at in range(0, len(by_person), PEOPLE_TOGETHER):
            self._store_some(dict(by_person[at : at + PEOPLE_TOGETHER]), today)
            yield 0

    def _as_they_are_now(self, rows: list[Row]) -> list[Row]:
        """Of whoever was taken into another, that one's; with whose it would be at the end of each."""
        people_of = {row[0] for row in rows}
        taken = {gone.hex: now.hex for gone, now in merge.roots(self.run.space_id, map(UUID, people_of)).items()}
        return [(taken.get(row[0], row[0]), *row[1:], row[0] if row[0] in taken else None) for row in rows]

    def _store_some(self, theirs: dict[UUID, list[Row]], today: date) -> None:
        space, zone = self.run.space_id, timezone.get_current_timezone()
        ids = self._still_here(theirs)
        rows = [row for id in ids for row in theirs[id]]
        events = summaries.events(space, ids)
        new = bulk.insert_new(Touch, COLUMNS, self._cells(rows))
        self._newcomers.counts["touches"] += new
        if new == len(rows):  # then what the rows say need not be read back
            for person, at, _, direction, *_, ambient, _, _, _ in rows:
                events.setdefault(person, []).append(Event(at.astimezone(zone), direction, ambient))
        elif new:
            events = summaries.events(space, ids)
        if new:
            interests.changed(ids)
        summaries.write(space, ids, events, today)

    def _still_here(self, asked: Iterable[UUID]) -> list[UUID]:
        """It may be a while since whose these are was found, and the user may have had someone forgotten meanwhile."""
        held = Person.objects.filter(Among(F("id"), list(asked)), space=self.run.space_id)
        return list(held.order_by("id").values_list("id", flat=True))

    def _cells(self, rows: list[Row]) -> list[bulk.Row]:
        run, space = bulk.parameter(self.run.id), bulk.parameter(self.run.space_id)
        author = bulk.parameter(self.run.user_id) if self.run.user_id else None
        made_at = bulk.moment(self.run.made_at)
        return [
            (id, space, author, False, "", run, made_at, row[0], at, *row[2:])
            for id, at, row in zip(new_hex(len(rows)), bulk.moments(row[1] for row in rows), rows, strict=True)
        ]

    # A check

    def _is_first(self, person: str, touch: TouchRecord) -> bool:
        mark = hash((person, touch.external_id))
        first = mark not in self._taken
        if len(self._taken) < REMEMBERED:
            self._taken.add(mark)
        return first

    def _count_checked(self) -> None:
        """Count those of the checked that are not here."""
        if not self._checked:
            return
        taken = {gone.hex: now.hex for gone, now in merge.into_now(self.run.space_id).items()}
        theirs, self._checked = [(taken.get(person, person), id) for person, id in self._checked], []
        mine = [UUID(person) for person in {person for person, _ in theirs}]
        # As a bare column, SQLite would look for each of the ids with each of the people.
        id = Concat("external_id", Value(""))
        held = Touch.objects.filter(
            ~Q(external_id=""), Among(F("person"), mine), Among(id, [external_id for _, external_id in theirs]),
            space=self.run.space_id,
        )  # fmt: skip
        here = {(person.hex, external_id) for person, external_id in held.values_list("person_id", "external_id")}
        self._newcomers.counts["touches"] += sum(one not in here for one in theirs)

    # What the user has moved

    @cached_property
    def _moved(self) -> set[tuple[str, str]]:
        """Whose an exchange was before the user gave it to someone else; no file gives it back."""
        moves = _changes(self.run.space_id).filter(before__values__has_key="person_id")
        was = {
            (UUID(before["touch"]), UUID(whose))
            for before in moves
            for whose in (before["values"]["person_id"], before["values"].get("origin"))
            if whose
        }
        ids = dict(Touch.objects.filter(id__in=[touch for touch, _ in was]).values_list("id", "external_id"))
        return {(person.hex, ids[touch]) for touch, person in was if ids.get(touch)}


def _spread(person: str, parts: int) -> int:
    return int(person[-4:], 16) % parts


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
    interests.changed(touched)
    said = Fact.objects.filter(space=run.space_id, field=KNOWN_SINCE, record=None, seen_at=run.made_at)
    said = said.exclude(source=facts.USER)
    known = set(said.values_list("person_id", flat=True))
    said.delete()
    return known


def _changes(space: UUID) -> Any:
    """What the user has changed of exchanges: each as `touches.edit` keeps it."""
    held = Action.objects.filter(space=space, what=CHANGED, undone_at=None)
    return held.values_list("before", flat=True)
