"""Records from any source onto people: match, plan, write. Files and, later, sync share it.

A record belongs to the person that its source record already tells of; else to the one who shares an
e-mail, a phone or a profile link under a name that agrees; else to someone new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from keepwarm.core import facts, identity, names
from keepwarm.core.changes import Change
from keepwarm.core.facts import Stated
from keepwarm.core.people import PersonRecord
from keepwarm.models import Fact, ImportChange, Person, Photo, SourceRecord, Space
from keepwarm.models.ids import new_hex
from keepwarm.store import bulk, kept, merge, news, people, search
from keepwarm.store.bulk import Among


class Kind(StrEnum):
    NEW = "new"
    MATCHED = "matched"  # already here, told by another source
    CHANGED = "changed"  # the same record, and it says something else now
    UNCHANGED = "unchanged"
    OLDER = "older"  # the record says something else, but a newer file has spoken since
    LEFT_OUT = "left_out"  # the user has put this person in the trash


@dataclass(slots=True)
class Planned:
    """What becomes of one record."""

    record: PersonRecord
    stated: list[Stated]
    keys: list[str]  # facts.shared_keys(stated)
    external_id: str
    digest: str
    kind: Kind = Kind.NEW
    person: str = ""  # 32 hexadecimal digits
    origin: str = ""  # of who has been taken into them and whose it would be, see store.merge
    known: Known | None = None
    changes: list[str] = field(default_factory=list)
    as_of: date | None = None  # the day it tells of; None: of now, and nothing of it is news
    past: bool = False  # a newer record of this source tells of the person: what this one says is history
    news: list[Change] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether this run has stored it already, before it was interrupted."""
        return self.known is not None and self.known.mine is not None


class Known(NamedTuple):
    """A source record that is already here."""

    id: UUID
    person: UUID
    origin: UUID | None
    digest: str
    in_trash: bool
    mine: Kind | None  # what this very run has made of it before it was interrupted
    as_of: date | None
    seen_at: datetime

    @property
    def told_on(self) -> date:
        """The day that it last told of, as far as is known."""
        return self.as_of or timezone.localtime(self.seen_at).date()


OWN_ID = "urn:uuid:"  # before the id of a person, in a file that we write
CROWD = 20  # people: what more of them share, a switchboard or "info@", tells only who has the very same name


class Whose(NamedTuple):
    person: str  # both 32 hexadecimal digits
    origin: str = ""


Sharers = dict[str, Whose]  # by folded name, of those who have one key in common
Ahead = dict[str, tuple[str, str]]  # key → person and folded name, of people not yet stored


class Recorder:
    """Matches, plans and writes the records of one source, batch after batch, within one run.

    `now` is the run's `made_at`, also when the run goes on after an interruption: undo finds facts by it.
    """

    def __init__(
        self,
        space: Space,
        source: str,
        run: UUID,
        now: datetime,
        country: str = "",
        ahead: Ahead | None = None,
        as_of: date | None = None,
    ) -> None:
        """`ahead`: new people of the run's other files, to be shared where nothing is written. `as_of`: the day that
        the file tells of; None where there is no file whose word would be news."""
        self.as_of = as_of
        self.space, self.source, self.run, self.now, self.country = space, source, run, now, country
        # How often each external id has come, by its hash: a broken export repeats them.
        self._seen: dict[int, int] = {}
        self._written, self._look_at = 0, 400  # records, and with how many the tables are to be counted anew
        self._ahead: Ahead = {} if ahead is None else ahead
        self._search = search.Recorder(space)

    def plan(
        self, records: Sequence[PersonRecord], *, keep: bool = False, theirs: Mapping[str, str] = MappingProxyType({})
    ) -> list[Planned]:
        """Decide on each record. `keep` remembers new people over batches, where nothing is written; `theirs` says
        of external ids whose they are, where that is known otherwise."""
        planned = [self._read(record) for record in records]
        known = self._known([plan.external_id for plan in planned])
        strangers = [plan for plan in planned if not self._settle(plan, known.get(plan.external_id))]
        strangers = self._not_ours(strangers)
        self._told_otherwise(strangers, theirs)
        sharing = self._sharing({key for plan in strangers for key in plan.keys})
        if not keep:
            self._ahead.clear()
        for plan, made in zip(strangers, new_hex(len(strangers)), strict=True):
            self._match(plan, sharing, made)
        if self.as_of:
            self._put_in_time(planned)
        return planned

    def _put_in_time(self, planned: list[Planned]) -> None:
        """What is news, and what is history already because a newer record of this source tells of the person."""
        news.find(self.space, [plan for plan in planned if plan.kind is Kind.CHANGED and not plan.is_done])
        matched = [plan for plan in planned if plan.kind is Kind.MATCHED and plan.known is None]
        newest = news.newest(self.space, self.source, {plan.person for plan in matched})
        for plan in matched:
            told_on = newest.get(plan.person)
            plan.past = bool(told_on and plan.as_of and plan.as_of < told_on)

    def write(self, planned: Sequence[Planned]) -> None:
        """Store what was planned. To be called within a transaction."""
        new = [plan for plan in planned if plan.kind is Kind.NEW and plan.known is None]
        if new:
            self._write_people(new)
            self._search.add(new)
        fresh = [plan for plan in planned if plan.kind in (Kind.NEW, Kind.MATCHED) and plan.known is None]
        changed = [plan for plan in planned if plan.kind is Kind.CHANGED and plan.known and not plan.is_done]
        self._move_on([plan for plan in planned if plan.kind is Kind.UNCHANGED])
        ids = self._write_records(fresh)
        self._end_facts(changed)
        ids |= {plan.known.id.hex: plan for plan in changed if plan.known}
        self._write_facts(ids)
        self._end_facts_of({id: plan.person for id, plan in ids.items() if plan.past})
        self._write_photos(ids.values())
        kept.write(self.space, self.run, self._kept(planned), self.now)
        news.write(self.space, self.source, self.run, self.now, changed)
        self._touch_records(planned)
        people.show_again(plan.person for plan in ids.values() if plan.kind is not Kind.NEW)
        self._written += len(ids)
        if self._written >= self._look_at:
            self._look_at *= 4
            bulk.look_again(Person, Fact, SourceRecord)

    # Match

    def _read(self, record: PersonRecord) -> Planned:
        stated = facts.stated(record, self.country)
        keys = facts.shared_keys(stated)
        external_id = identity.external_id(record, keys)
        turn = self._seen.get(hash(external_id), 0)
        self._seen[hash(external_id)] = turn + 1
        said = "\0".join(chain.from_iterable(stated)).encode("utf-8", "replace")
        digest = hashlib.blake2b(said + (record.photo.data if record.photo else b""), digest_size=16).hexdigest()
        external_id = f"{external_id}#{turn + 1}" if turn else external_id
        return Planned(record, stated, keys, external_id, digest, as_of=self._as_of(record))

    def _as_of(self, record: PersonRecord) -> date | None:
        """As the card itself has it, else the file."""
        if self.as_of and record.revised:
            return min(timezone.localtime(record.revised).date(), timezone.localtime(self.now).date())
        return self.as_of

    def _told_otherwise(self, strangers: list[Planned], theirs: Mapping[str, str]) -> None:
        told = {plan.external_id: UUID(theirs[plan.external_id]) for plan in strangers if theirs.get(plan.external_id)}
        taken = merge.roots(self.space.id, told.values())
        for plan in strangers:
            if id := told.get(plan.external_id):
                plan.person, plan.origin = taken.get(id, id).hex, id.hex if id in taken else ""

    def _known(self, external_ids: list[str]) -> dict[str, Known]:
        rows = SourceRecord.objects.filter(
            Among(F("external_id"), external_ids), space=self.space, source=self.source
        ).values_list(
            "external_id", "id", "person_id", "origin", "digest", "person__deleted_at", "run_id",
            "person__made_by_id", "as_of", "seen_at",
        )  # fmt: skip
        changed = self._changed({row[1] for row in rows})
        return {
            external_id: Known(
                id, person, origin, digest, deleted is not None, self._mine(run, maker, id in changed), as_of, seen
            )
            for external_id, id, person, origin, digest, deleted, run, maker, as_of, seen in rows
        }

    def _changed(self, records: set[UUID]) -> set[UUID]:
        """Of these, the ones that this very run has changed before it was interrupted."""
        mine = ImportChange.objects.filter(Among(F("record"), records), space=self.space, run_id=self.run)
        return set(mine.exclude(digest=F("record__digest")).values_list("record_id", flat=True)) if records else set()

    def _mine(self, run: UUID | None, maker: UUID | None, changed: bool) -> Kind | None:
        if changed:
            return Kind.CHANGED
        if run != self.run:
            return None
        return Kind.NEW if maker == self.run else Kind.MATCHED

    def _settle(self, plan: Planned, known: Known | None) -> bool:
        """Decide on a record that is already here; False leaves it to matching."""
        if known is None:
            return False
        plan.known, plan.person, plan.origin = known, known.person.hex, known.origin.hex if known.origin else ""
        if known.in_trash:
            plan.kind = Kind.LEFT_OUT
        elif known.digest == plan.digest:
            plan.kind = known.mine or Kind.UNCHANGED
        elif plan.as_of and known.as_of and plan.as_of < known.as_of:
            plan.kind = Kind.OLDER
        else:
            plan.kind = Kind.CHANGED
        return True

    def _not_ours(self, strangers: list[Planned]) -> list[Planned]:
        """Settle those who left this network in an export of ours: they know their own id. Returns the rest."""
        ours = {plan.external_id: id for plan in strangers if (id := _own_id(plan.record.external_id))}
        taken = merge.roots(self.space.id, ours.values())
        held = Person.objects.of(self.space).in_bulk({*ours.values(), *taken.values()}) if ours else {}
        for plan in strangers:
            if one := held.get(ours.get(plan.external_id)):
                now = held[taken.get(one.id, one.id)]
                plan.kind, plan.person = Kind.LEFT_OUT if now.deleted_at else Kind.MATCHED, now.id.hex
                plan.origin = one.id.hex if one is not now else ""
        return [plan for plan in strangers if not plan.person]

    def _sharing(self, keys: set[str]) -> dict[str, Sharers]:
        """Who already has each of these keys."""
        found: dict[str, Sharers] = {}
        if keys:
            # Saying that no key is empty lets both databases use the index of those that are not.
            rows = Fact.objects.filter(
                ~Q(key=""), Among(F("key"), keys), space=self.space, ended_at=None, person__deleted_at=None
            ).values_list("key", "person_id", "origin", "person__folded")
            told = list(rows)
            named = self._names_of({origin for _, _, origin, _ in told if origin})
            for key, person, origin, folded in told:
                whose = Whose(person.hex, origin.hex if origin else "")
                name = named.get(origin, folded) if origin else folded
                found.setdefault(key, {}).setdefault(name, whose)
        return found

    def _names_of(self, merged: set[UUID]) -> dict[UUID, str]:
        """The folded names that they had before they were taken into others."""
        return dict(Person.objects.filter(id__in=merged).values_list("id", "folded")) if merged else {}

    def _match(self, plan: Planned, sharing: dict[str, Sharers], made: str) -> None:
        if plan.person:
            plan.kind = Kind.MATCHED
            return
        folded = names.fold(plan.record.name)
        for key in plan.keys:
            if whose := _named_alike(folded, sharing.get(key, {})) or self._ahead_as(folded, key):
                plan.kind, (plan.person, plan.origin) = Kind.MATCHED, whose
                return
        plan.person = made
        for key in plan.keys:
            self._ahead.setdefault(key, (made, folded))

    def _ahead_as(self, folded: str, key: str) -> Whose | None:
        person, name = self._ahead.get(key, ("", ""))
        return Whose(person) if person and identity.names_agree(folded, name) else None

    # Write

    def _write_people(self, new: list[Planned]) -> None:
        columns = people.COLUMNS
        space, run = bulk.parameter(self.space.id), bulk.parameter(self.run)
        made_at = bulk.moment(self.now)
        rows = (people.row(plan.person, space, plan.record, plan.stated, run, made_at) for plan in new)
        bulk.insert(Person, columns, rows)

    def _write_records(self, fresh: list[Planned]) -> dict[str, Planned]:
        space, run, seen = bulk.parameter(self.space.id), bulk.parameter(self.run), bulk.moment(self.now)
        ids = dict(zip(new_hex(len(fresh)), fresh, strict=True))
        bulk.insert(
            SourceRecord,
            ("id", "space_id", "person_id", "origin", "source", "external_id", "digest", "run_id", "seen_at", "as_of"),
            (
                (
                    id, space, plan.person, plan.origin or None, self.source, plan.external_id, plan.digest, run, seen,
                    bulk.day(plan.as_of),
                )
                for id, plan in ids.items()
            ),
        )  # fmt: skip
        return ids

    def _move_on(self, same: list[Planned]) -> None:
        """A newer file says the same: an older one is no news from now on. Kept for undo as a change is."""
        moved = [plan for plan in same if plan.known and plan.as_of and plan.as_of > (plan.known.as_of or date.min)]
        if not moved:
            return
        self._keep_before(moved)
        held = SourceRecord.objects.filter(space=self.space)
        for day in {plan.as_of for plan in moved}:
            ids = [plan.known.id for plan in moved if plan.known and plan.as_of == day]
            held.filter(Among(F("id"), ids)).update(as_of=day)

    def _keep_before(self, plans: list[Planned]) -> None:
        """What undo puts back of these records."""
        space, run = bulk.parameter(self.space.id), bulk.parameter(self.run)
        bulk.insert(
            ImportChange,
            ("space_id", "run_id", "record_id", "digest", "as_of"),
            [
                (space, run, plan.known.id.hex, plan.known.digest, bulk.day(plan.known.as_of))
                for plan in plans
                if plan.known
            ],
        )

    def _end_facts(self, changed: list[Planned]) -> None:
        """What the record said before becomes history, and its digest is kept for undo."""
        if not changed:
            return
        self._keep_before(changed)
        self._end_facts_of({plan.known.id.hex: plan.person for plan in changed if plan.known})
        bulk.execute_each(
            f"UPDATE {bulk.table(SourceRecord)} SET digest = %s, as_of = %s WHERE id = %s",
            [
                (plan.digest, bulk.day(plan.as_of or plan.known.as_of), bulk.parameter(plan.known.id))
                for plan in changed
                if plan.known
            ],
        )

    def _end_facts_of(self, records: dict[str, str]) -> None:
        """All that these records of these people say is history."""
        if records:
            held = Fact.objects.filter(space=self.space, person_id__in=set(records.values()), ended_at=None)
            held.filter(record_id__in=list(records)).update(ended_at=self.now)

    def _write_facts(self, records: dict[str, Planned]) -> None:
        bulk.insert(
            Fact,
            (
                "space_id", "person_id", "origin", "record_id", "source", "field", "value", "label", "key", "parts",
                "position", "seen_at",
            ),
            self._fact_rows(records),
        )  # fmt: skip

    def _fact_rows(self, records: dict[str, Planned]) -> Iterator[bulk.Row]:
        space, seen, source = bulk.parameter(self.space.id), bulk.moment(self.now), self.source
        for record, plan in records.items():
            for position, (name, value, label, key, parts) in enumerate(plan.stated):
                yield (
                    space, plan.person, plan.origin or None, record, source, name, value, label[:100], key, parts,
                    position, seen,
                )  # fmt: skip

    def _write_photos(self, plans: Iterable[Planned]) -> None:
        photos = {plan.person: plan for plan in plans if plan.record.photo}
        if not photos:
            return
        held = {id.hex for id in Photo.objects.filter(person_id__in=photos).values_list("person_id", flat=True)}
        Photo.objects.bulk_create(
            Photo(
                person_id=person,
                origin=plan.origin or None,
                space=self.space,
                media_type=plan.record.photo.media_type,
                data=plan.record.photo.data,
                run_id=self.run,
            )
            for person, plan in photos.items()
            if plan.record.photo and person not in held
        )

    def _kept(self, planned: Sequence[Planned]) -> Iterator[kept.Told]:
        for plan in planned:
            if plan.record.kept and plan.kind is not Kind.LEFT_OUT:
                yield kept.Told(plan.person, plan.record.kept, plan.kind is Kind.NEW and plan.known is None)

    def _touch_records(self, planned: Sequence[Planned]) -> None:
        again = [plan.known.id for plan in planned if plan.known]
        if again:
            SourceRecord.objects.filter(id__in=again).update(seen_at=self.now)


def _named_alike(folded: str, sharers: Sharers) -> Whose | None:
    """The person of that very name, else, where they are few, of one that agrees."""
    if folded in sharers or len(sharers) > CROWD:
        return sharers.get(folded)
    return next((whose for name, whose in sharers.items() if identity.names_agree(folded, name)), None)


def _own_id(external_id: str) -> UUID | None:
    """The id of a person in an export of ours, see store.export; other programs write such ids too, for others."""
    if not external_id.startswith(OWN_ID):
        return None
    try:
        return UUID(external_id.removeprefix(OWN_ID))
    except ValueError:
        return None


def changes(planned: Sequence[Planned]) -> None:
    """Say in words what each matched or changed record brings that was not known, for the preview."""
    people_ids = [plan.person for plan in planned if plan.kind in (Kind.MATCHED, Kind.CHANGED)]
    held: dict[str, set[str]] = {}
    rows = Fact.objects.filter(person_id__in=people_ids, ended_at=None).values_list("person_id", "field", "value")
    for person, field_name, value in rows:
        held.setdefault(person.hex, set()).add(f"{field_name}:{value}")
    for plan in planned:
        if plan.kind in (Kind.MATCHED, Kind.CHANGED):
            known = held.get(plan.person, set())
            plan.changes = [
                f"{value.field}: {value.value[:80]}"
                for value in plan.stated
                if f"{value.field}:{value.value}" not in known
            ]
