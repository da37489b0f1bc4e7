"""What a run finds different from the files before: the list on its page, and the moments that it makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from keepwarm.core import changes, moments, names
from keepwarm.core.changes import Change
from keepwarm.core.facts import Stated
from keepwarm.models import Fact, ImportFile, ImportNews, ImportRun, Moment, Person, SourceRecord, Space
from keepwarm.models.ids import new_hex
from keepwarm.store import bulk
from keepwarm.store.bulk import Among

if TYPE_CHECKING:
    from keepwarm.store.records import Planned

ONE_MOMENT = timedelta(days=400)  # in which the same employer, told by another source, is the same news
GONE = "Is no longer among your connections"
Kind = ImportNews.Kind


# While records are planned and written


def find(space: Space, changed: Sequence[Planned]) -> None:
    """Say of each changed record what is different, as `Planned.news`."""
    if not changed:
        return
    known = [plan.known for plan in changed if plan.known]
    before: dict[UUID, list[Stated]] = {}
    employers: dict[UUID, set[str]] = {}
    told = Fact.objects.filter(Among(F("person"), {one.person for one in known}), space=space)
    wanted = told.filter(Q(field="organisation") | Q(field__in=COMPARED, ended_at=None)).order_by("position")
    records = {one.id for one in known}
    columns = ("person_id", "record_id", "ended_at", "field", "value", "label", "key", "parts")
    for person, record, ended, *said in wanted.values_list(*columns):
        stated = Stated(*said)
        if stated.field == "organisation":
            employers.setdefault(person, set()).add(names.organisation_key(stated.value))
        if ended is None and record in records:
            before.setdefault(record, []).append(stated)
    for plan in changed:
        if plan.known:
            plan.news = changes.between(
                before.get(plan.known.id, []), plan.stated, employers.get(plan.known.person, set())
            )


COMPARED = ("name", "organisation", "title", "email", "place", "address")


def newest(space: Space, source: str, people: Collection[str]) -> dict[str, date]:
    """By person: the newest day that a record of this source tells of."""
    if not people:
        return {}
    held = SourceRecord.objects.filter(Among(F("person"), [UUID(id) for id in people]), space=space, source=source)
    return {id.hex: day for id, day in held.values_list("person_id").annotate(Max("as_of")) if day}


def write(space: Space, source: str, run: UUID, now: datetime, changed: Sequence[Planned]) -> None:
    """Store what was found of these records. To be called within a transaction, once for each record of a run."""
    if not any(plan.news for plan in changed):
        return
    _write_lines(space, run, ((plan.known.id, line) for plan in changed if plan.known for line in plan.news))
    made = [
        _made(plan, line, source, now) for plan in changed for line in plan.news if line.moment and plan.as_of
    ]  # fmt: skip
    write_moments(space, run, now, _not_told_before(space, made, now))


class Made(NamedTuple):
    """A moment to store."""

    person: str
    origin: str
    moment: moments.Moment


def _made(plan: Planned, line: Change, source: str, now: datetime) -> Made:
    assert plan.known is not None  # only what was here before can have changed
    on, after = plan.as_of, plan.known.told_on
    text = moments.job_text(plan.record.title, plan.record.organisation) if line.moment == "new_job" else line.after
    assert on is not None
    return Made(
        plan.person,
        plan.origin,
        moments.Moment(
            line.moment, text[:500], line.before[:500], after if after < on else None, on,
            timezone.localtime(now).date(), source, f"{line.key[:150]}@{on}",
        ),
    )  # fmt: skip


def _not_told_before(space: Space, made: list[Made], now: datetime) -> list[Made]:
    """Without what another source has told of a while ago."""
    if not made:
        return []
    held = Moment.objects.filter(
        Among(F("person"), {UUID(one.person) for one in made}), space=space, found_at__gte=now - ONE_MOMENT
    )
    told = {
        (person.hex, kind, key.partition("@")[0]) for person, kind, key in held.values_list("person", "kind", "key")
    }
    return [one for one in made if (one.person, one.moment.kind, one.moment.key.partition("@")[0]) not in told]


def write_moments(space: Space, run: UUID | None, now: datetime, made: Sequence[Made]) -> None:
    """Store moments, each once."""
    bulk.insert_new(
        Moment,
        (
            "id", "space_id", "person_id", "origin", "kind", "text", "before", "url", "after_on", "on", "found_at",
            "source", "key", "run_id",
        ),
        [
            (
                id, bulk.parameter(space.id), one.person, one.origin or None, one.moment.kind, one.moment.text,
                one.moment.before, one.moment.url, bulk.day(one.moment.after_on), bulk.day(one.moment.on),
                bulk.moment(now), one.moment.source, one.moment.key, bulk.parameter(run) if run else None,
            )
            for id, one in zip(new_hex(len(made)), made, strict=True)
        ],
    )  # fmt: skip


def _write_lines(space: Space, run: UUID, lines: Iterable[tuple[UUID, Change]]) -> None:
    bulk.insert(
        ImportNews,
        ("space_id", "run_id", "record_id", "kind", "before", "after"),
        [
            (bulk.parameter(space.id), bulk.parameter(run), record.hex, line.kind, line.before[:500], line.after[:500])
            for record, line in lines
        ],
    )


# Who is gone from a whole list


def leave(run: ImportRun, source: str, as_of: date) -> int:
    """Tell of those who stood in the list of this source before and are not in this newer one; returns how many.

    Nothing is said where less than half of them are left: then it is another list, or a part of it; nor where a newer
    list has spoken. Nobody is deleted.
    """
    here = SourceRecord.objects.filter(space=run.space_id, source=source, person__deleted_at=None)
    ImportNews.objects.filter(space=run.space_id, run=run, kind=Kind.GONE).delete()
    if here.filter(as_of__gt=as_of).exists():
        return 0
    still = here.filter(seen_at=run.made_at).exclude(run_id=run.id)
    missing = here.filter(seen_at__lt=run.made_at).filter(Q(as_of__lt=as_of) | Q(as_of=None, seen_at__lt=run.made_at))
    gone = list(missing.filter(_stood_in_list()).values_list("id", "person_id", "origin", "as_of", "seen_at"))
    if not gone or len(gone) > still.count():
        return 0
    present = _present(run, source, [row[1] for row in gone])
    gone = [row for row in gone if row[1] not in present]
    _write_lines(run.space, run.id, ((row[0], Change(changes.GONE, "", "")) for row in gone))
    made = [_gone(*row[1:], source=source, on=as_of, now=run.made_at) for row in gone]
    write_moments(run.space, run.id, run.made_at, made)
    return len(gone)


def _stood_in_list() -> Exists:
    """Whoever has a day since when: others of this source are known by letters alone."""
    return Exists(
        Fact.objects.filter(person=OuterRef("person"), record=OuterRef("id"), field="known_since", ended_at=None)
    )


def _present(run: ImportRun, source: str, people: list[UUID]) -> set[UUID]:
    """Of these, who is in the list all the same: under a new link to their profile."""
    in_list = SourceRecord.objects.filter(space=run.space_id, source=source, seen_at=run.made_at)
    found = set(in_list.filter(Among(F("person"), people)).values_list("person_id", flat=True))
    came = Person.objects.filter(space=run.space_id, made_by=run).values("folded")
    held = Person.objects.filter(Among(F("id"), people), folded__in=came)
    return found | set(held.values_list("id", flat=True))


def _gone(
    person: UUID, origin: UUID | None, told: date | None, seen: datetime, *, source: str, on: date, now: datetime
) -> Made:
    after = told or timezone.localtime(seen).date()
    found = timezone.localtime(now).date()
    what = moments.Moment(
        moments.LEFT_LINKEDIN, GONE, "", after if after < on else None, on, found, source, f"{source}@{after}"
    )
    return Made(person.hex, origin.hex if origin else "", what)


# What the page of the run shows


class Line(NamedTuple):
    """One row: old and new. The person may have been put in the trash since."""

    person: UUID
    name: str
    before: str
    after: str


def counts(run: ImportRun) -> dict[str, int]:
    """How many lines of each kind, in the order to show them."""
    held = dict(_of(run).values_list("kind").annotate(Count("id")).order_by())
    return {kind: held[kind] for kind in changes.KINDS if kind in held}


def lines(run: ImportRun, kind: str, after: int = 0, most: int = 100) -> tuple[list[Line], int]:
    """A page of one kind, and by what the next begins; 0 at the end."""
    page = list(
        _of(run).filter(kind=kind, id__gt=after).order_by("id")
        .values_list("id", "record__person_id", "record__person__name", "before", "after")[: most + 1]
    )  # fmt: skip
    return [Line(*row[1:]) for row in page[:most]], page[most - 1][0] if len(page) > most else 0


def new_people(run: ImportRun, after: UUID | None, most: int) -> list[Line]:
    """Whom the run has made, in the order in which they came."""
    made = Person.objects.of(run.space).here().filter(made_by=run)
    made = made.filter(id__gt=after) if after else made
    rows = made.order_by("id").values_list("id", "name", "title", "organisation")[:most]
    return [Line(id, name, "", ", ".join(filter(None, role))) for id, name, *role in rows]


def newest_file(run: ImportRun, formats: Collection[str], as_of: date) -> ImportFile | None:
    """A file of these formats, brought in and not taken back, that tells of a later day."""
    done = ImportFile.objects.filter(space=run.space_id, run__state=ImportRun.State.DONE, format__in=list(formats))
    newer = done.filter(as_of__gt=as_of).exclude(run=run).select_related("run")
    return newer.order_by("-as_of").first()


def _of(run: ImportRun) -> QuerySet[ImportNews]:
    return ImportNews.objects.filter(space=run.space_id, run=run)


def take_back(run: ImportRun) -> None:
    """With a run go its list and its moments."""
    _of(run)._raw_delete(ImportNews.objects.db)
    Moment.objects.filter(space=run.space_id, run_id=run.id)._raw_delete(Moment.objects.db)
