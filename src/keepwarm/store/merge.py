"""Two people into one and apart again, exactly, whatever has happened since.

Each row of a person that was taken into another stays what it is and moves, with its `origin`: whose it would be.
What comes later by one of their cards or addresses gets the origin of that card, so that taking them apart is a replay:
every row goes back to whoever its origin is by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, UniqueConstraint
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from keepwarm.core import merge
from keepwarm.core.merge import Marks, Standing
from keepwarm.models import Circle, Fact, ImportRun, Merge, Person, Photo, SourceRecord, Space, Touch, User
from keepwarm.models.imports import UNDO_FOR
from keepwarm.store import bulk, people, rhythm, summaries
from keepwarm.store.bulk import Among

REMADE = {"Summary", "SearchText", "SearchWord", "Interest", "Sense"}  # from the rows of others
STAYING = {"Stranger", "Merge", "Suggestion"}  # what is said of the one who is gone
TOGETHER = 200  # merges at once
Into = dict[UUID, UUID]


def moving() -> list[type[models.Model]]:
    """The tables whose rows go along: all that have a person and an origin."""
    tables = [relation.related_model for relation in Person._meta.related_objects]
    return [table for table in tables if not isinstance(table, str) and table.__name__ not in REMADE | STAYING]


def into(space: UUID) -> Into:
    """Who was taken into whom, of all that stands."""
    held = Person.objects.filter(space=space, merged_into__isnull=False)
    return {gone: kept for gone, kept in held.values_list("id", "merged_into") if kept}


def standings(ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """How well each is known here: core.merge.keeps says of two whom to keep."""
    known = list(ids)
    counts = [
        dict(table.objects.filter(Among(F("person"), known)).values_list("person").annotate(Count("pk")).order_by())
        for table in (Touch, Fact)
    ]
    held = Person.objects.filter(Among(F("id"), known)).values_list("id", "edited_at", "made_at")
    return {
        id: Standing(edited is not None, counts[0].get(id, 0), counts[1].get(id, 0), made_at)
        for id, edited, made_at in held
    }


def better_known(one: Person, other: Person) -> tuple[Person, Person]:
    """The one to keep first."""
    known = standings([one.id, other.id])
    return (one, other) if merge.keeps(known[one.id], known[other.id]) else (other, one)


# Together


class Pair(NamedTuple):
    """Who is to be taken into whom, and how that was judged."""

    kept: UUID
    gone: UUID
    probability: float | None = None
    levels: Sequence[int] = ()


def join(kept: Person, gone: Person, now: datetime, *, by: User | None = None) -> Merge | None:
    """At the user's word. None, and nothing done, where either is not here any more."""
    made = join_all(kept.space, [Pair(kept.id, gone.id)], now, by=by)
    return made[0] if made else None


@transaction.atomic
def join_all(
    space: Space, pairs: Iterable[Pair], now: datetime, *, by: User | None = None, run: ImportRun | None = None
) -> list[Merge]:
    """Take each `gone` into its `kept`; pairs of which one is not here, or gone by an earlier pair, are left out."""
    Space.objects.select_for_update().get(id=space.id)
    asked, done = list(pairs), list[Merge]()
    ids = {id for pair in asked for id in (pair.kept, pair.gone)}
    here = set(Person.objects.of(space).here().filter(Among(F("id"), ids)).values_list("id", flat=True))
    while turn := _apart_from_each_other(asked, here):
        made = [
            Merge(
                space=space, kept_id=pair.kept, gone_id=pair.gone, user=by, run=run, probability=pair.probability,
                levels=list(pair.levels), made_at=now,
            )
            for pair in turn
        ]  # fmt: skip
        _take_in(made, now)
        here -= {pair.gone for pair in turn}
        done += made
    return done


def _apart_from_each_other(asked: list[Pair], here: set[UUID]) -> list[Pair]:
    """Take off the list those that can be done at once: nobody is in two of them."""
    taken, turn, left = set[UUID](), list[Pair](), list[Pair]()
    for pair in asked:
        if pair.kept == pair.gone or not {pair.kept, pair.gone} <= here:
            continue
        if len(turn) == TOGETHER or {pair.kept, pair.gone} & taken:
            left.append(pair)
            continue
        taken |= {pair.kept, pair.gone}
        turn.append(pair)
    asked[:] = left
    return turn


def _take_in(made: Sequence[Merge], now: datetime) -> None:
    """Several merges at once, each of two people of whom no other is."""
    marks = _marks([id for one in made for id in (one.kept_id, one.gone_id)])
    for one in made:
        before = marks[one.kept_id]
        after = merge.joined(before, marks[one.gone_id])
        one.marks, one.undone_at = {"before": _told(before), "after": _told(after)}, None
        if after != before:
            _write(one.kept_id, after)
    Merge.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["id"], update_fields=["marks", "undone_at"], batch_size=50
    )
    bulk.execute_each(
        f"UPDATE {bulk.table(Person)} SET deleted_at = %s, merged_into = %s, due_on = NULL WHERE id = %s",
        [(bulk.moment(now), bulk.parameter(one.kept_id), bulk.parameter(one.gone_id)) for one in made],
    )
    gone = [one.gone_id for one in made]
    for table in moving():
        _move(table, gone)
    _follow([*gone, *(one.kept_id for one in made)], now)


def _move(table: Any, gone: list[UUID]) -> None:
    """Give their rows to whom they were taken into, but for those of which these have the same: a meeting that both
    were at."""
    theirs = table.objects.filter(person__in=gone)
    for twin in _twins(table, OuterRef("person__merged_into")):
        theirs = theirs.exclude(twin)
    kept = Person.objects.filter(id=OuterRef("person")).values("merged_into")[:1]
    theirs.update(origin=Coalesce("origin", "person"), person=Subquery(kept))


def _twins(table: Any, other: Any) -> list[Any]:
    """Conditions under which a row cannot be the other's as well, by the table's constraints."""
    if table._meta.pk.name == "person":
        return [Exists(table.objects.filter(person=other))]
    unique = [one for one in table._meta.constraints if isinstance(one, UniqueConstraint) and "person" in one.fields]
    return [_twin(table, other, constraint) for constraint in unique]


def _twin(table: Any, other: Any, constraint: UniqueConstraint) -> Any:
    same = {name: OuterRef(name) for name in constraint.fields if name not in ("person", "space")}
    twin = Exists(table.objects.filter(constraint.condition or Q(), person=other, **same))
    return twin & constraint.condition if constraint.condition else twin


# Apart


def may_undo(made: Merge, now: datetime) -> bool:
    return made.undone_at is None and now < made.made_at + UNDO_FOR


def part(made: Merge, now: datetime) -> bool:
    """Take them apart again; False where they are not together any more, or whom it would bring back is forgotten."""
    return bool(part_each([made], now))


@transaction.atomic
def part_each(merges: Sequence[Merge], now: datetime) -> list[Merge]:
    """One after the other, and only then what follows from it; returns those that were still together."""
    if merges:
        Space.objects.select_for_update().get(id=merges[0].space_id)
    done = [held for made in merges if (held := _parted(made, now))]
    if done:
        _follow([id for held in done for id in (held.kept_id, held.gone_id)], now)
    return done


def _parted(made: Merge, now: datetime) -> Merge | None:
    """Where the kept one has since been taken into another, these are taken apart first and put together again."""
    held = Merge.objects.select_for_update().filter(id=made.id, undone_at=None).first()
    if held is None:
        return None
    around = _around(held)
    for outer in reversed(around):
        _part(outer, now)
    _part(held, now)
    for outer in around:
        _take_in([outer], now)
    return held


def _around(made: Merge) -> list[Merge]:
    """The merges in which the kept one went on, the first one first."""
    found: list[Merge] = []
    at: UUID = made.kept_id
    while outer := Merge.objects.standing().filter(gone=at).first():
        found.append(outer)
        at = outer.kept_id
    return found


def _part(made: Merge, now: datetime) -> None:
    kept, gone = made.kept_id, made.gone_id
    theirs = merge.under(into(made.space_id), gone)
    for table in moving():
        _move_back(table, kept, gone, theirs)
    before, after = (_read(made.marks[name]) for name in ("before", "after"))
    _write(kept, merge.parted(before, after, _marks([kept])[kept]))
    thrown_away = Person.objects.filter(id=kept).values_list("deleted_at", flat=True).get()
    Person.objects.filter(id=gone).update(deleted_at=thrown_away, merged_into=None)
    made.undone_at = now
    made.save(update_fields=["undone_at"])


def _move_back(table: Any, kept: UUID, gone: UUID, theirs: set[UUID]) -> None:
    """What the one who is gone has of already, they had all along; the kept one's is then the twin's, and goes."""
    rows = table.objects.filter(person=kept, origin__in=theirs)
    for twin in _twins(table, gone):
        rows.filter(twin).delete()
    rows.filter(origin=gone).update(person=gone, origin=None)
    rows.update(person=gone)


@transaction.atomic
def part_all(run: ImportRun, now: datetime) -> None:
    """Before an import is undone: everyone it had a hand in stands for themselves again."""
    mine = Q(run=run) | Q(gone__made_by=run) | Q(kept__made_by=run)
    held = Merge.objects.standing().filter(mine, space=run.space_id).order_by("-made_at", "-id")
    part_each(list(held), now)


# Split


@transaction.atomic
def split(person: Person, records: Iterable[UUID], now: datetime) -> Person | None:
    """Whom these cards tell of becomes someone else, with all that the cards say and what came by their source.

    None where that would leave nothing of one of the two. What the user has written stays with `person`; a history
    that both sources tell of cannot be told apart, and stays too. To be taken back by joining them again.
    """
    Space.objects.select_for_update().get(id=person.space_id)
    held = list(SourceRecord.objects.filter(person=person))
    going = [record for record in held if record.id in set(records)]
    if not going or len(going) == len(held):
        return None
    new = Person.objects.create(space_id=person.space_id, name=person.name, folded=person.folded, made_at=now)
    theirs = Fact.objects.filter(person=person, record__in=going)
    theirs.update(person=new, origin=None)
    SourceRecord.objects.filter(id__in=[record.id for record in going]).update(person=new, origin=None)
    sources = {record.source for record in going} - {record.source for record in held if record not in going}
    Touch.objects.filter(person=person, source__in=sources).update(person=new, origin=None)
    Photo.objects.filter(person=person, run_id__in=[record.run_id for record in going]).update(person=new)
    _follow([person.id, new.id], now)
    return Person.objects.get(id=new.id)


# What follows from it


def _follow(ids: list[UUID], now: datetime) -> None:
    """Whatever is made from their rows, made anew; and whoever has them open in another tab is told."""
    Person.objects.filter(id__in=ids).update(version=F("version") + 1)
    space = Person.objects.filter(id__in=ids).values_list("space_id", flat=True)[0]
    today = timezone.localtime(now).date()
    summaries.of(space, ids, today)
    people.show_again(id.hex for id in ids)
    rhythm.retag(space, today)
    rhythm.place(space, Person.objects.here().filter(id__in=ids).values_list("id", flat=True), today)


def _marks(ids: Iterable[UUID]) -> dict[UUID, Marks]:
    held = Person.objects.filter(Among(F("id"), list(ids))).values_list("id", *Marks._fields)
    return {id: Marks(*marks) for id, *marks in held}


def _write(person: UUID, marks: Marks) -> None:
    circle = Circle.objects.filter(id=marks.circle_id).exists() if marks.circle_id else False
    Person.objects.filter(id=person).update(**marks._replace(circle_id=marks.circle_id if circle else None)._asdict())


def _told(marks: Marks) -> dict[str, Any]:
    """As JSON keeps them."""
    return {
        name: value if value is None or isinstance(value, (bool, int)) else
        value.isoformat() if isinstance(value, date) else str(value)
        for name, value in marks._asdict().items()
    }  # fmt: skip


def _read(told: Mapping[str, Any]) -> Marks:
    """The way back. What an older version did not keep is as nobody has marked it."""
    days = ("in_touch_since", "rests_until", "hello_wanted_on", "suggested_on")
    read: dict[str, Any] = {
        name: parse_date(value) if name in days and value else value for name, value in told.items()
    }
    read["circle_id"] = UUID(told["circle_id"]) if told.get("circle_id") else None
    read["dug_at"] = parse_datetime(told["dug_at"]) if told.get("dug_at") else None
    return Marks(**{name: value for name, value in read.items() if name in Marks._fields})


def of(person: Person) -> QuerySet[Merge]:
    """Who was taken into someone, the last one first."""
    return Merge.objects.standing().filter(kept=person).select_related("gone").order_by("-made_at", "-id")


def into_now(space: UUID) -> Into:
    """Who everyone is by now who was taken into another."""
    held = into(space)
    return {id: merge.root(held, id) for id in held}


def roots(space: UUID, ids: Iterable[UUID]) -> Into:
    """As `into_now`, of some."""
    known = set(ids)
    return {id: now for id, now in into_now(space).items() if id in known} if known else {}


def with_merged(ids: list[UUID]) -> list[UUID]:
    """These people and all who were taken into them."""
    found, more = dict.fromkeys(ids), ids
    while more := list(Person.objects.filter(Among(F("merged_into"), more)).values_list("id", flat=True)):
        found |= dict.fromkeys(more)
    return list(found)


def pass_over(ids: list[UUID]) -> None:
    """Before these are forgotten: whoever was taken into one of them is with whom that one was taken into."""
    for gone, kept in Person.objects.filter(id__in=ids, merged_into__isnull=False).values_list("id", "merged_into"):
        Person.objects.filter(merged_into=gone).update(merged_into=kept)
        nobodys: dict[str, Any] = {"before": {}, "after": {}}  # the marks were those of the one in between
        Merge.objects.standing().filter(kept=gone).update(kept=kept, marks=nobodys)


def kept_as(space: Space, id: UUID) -> UUID | None:
    """Who someone is now that was taken into another; None for anyone else."""
    held = into(space.id)
    return merge.root(held, id) if id in held else None
