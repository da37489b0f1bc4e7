"""Import runs: from check to writing to undo, resumable at any moment and never half."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from keepwarm.core.people import OwnFact
from keepwarm.formats.batch import Problem
from keepwarm.models import (
    Ask,
    Door,
    Fact,
    ImportChange,
    ImportMapping,
    ImportProblem,
    ImportRun,
    Introduction,
    Note,
    OwnerFact,
    Person,
    Photo,
    Phrase,
    Promise,
    Side,
    SourceRecord,
    Space,
    Touch,
    User,
)  # fmt: skip
from keepwarm.models.imports import UNDO_FOR
from keepwarm.store import bulk, history, meetings, merge, news, people, records, rhythm, shelf, strangers
from keepwarm.store.bulk import Among
from keepwarm.store.records import Kind, Planned

PROBLEMS_KEPT = 5_000  # more are counted, not kept
SAMPLE = 6
NEWS = "news_"  # before a kind of core.changes, in the counts of a run
STANDSTILL = timedelta(seconds=90)  # a run whose worker has not moved for this long is taken up by another
GIVEN_UP = "Keepwarm could not get through these files, after several tries. Nothing was added or changed."
State = ImportRun.State


class TakenOver(Exception):
    """Another worker has this run now, or the user has cancelled it: stop, writing nothing more."""


def start(space: Space, user: User | None, now: datetime) -> ImportRun:
    return ImportRun.objects.create(space=space, user=user, made_at=now, beat_at=now)


def receive(run: ImportRun, names: list[str]) -> None:
    """Note the names under which the run's files came in, in their order on disk."""
    run.uploads = [name[:500] for name in names]
    run.save(update_fields=["uploads"])


@transaction.atomic
def claim(run: UUID, state: str, now: datetime) -> ImportRun:
    """Make this worker the one that works on the run. Counts begin at nothing: they are counted again."""
    held = ImportRun.objects.select_for_update().filter(id=run, state=state).first()
    if held is None:
        raise TakenOver
    held.claim, held.beat_at = secrets.token_hex(16), now
    held.done, held.bytes_done, held.counts, held.problems_count, held.trouble = 0, 0, {}, 0, ""
    held.save()
    held.problems.all().delete()
    return held


def move(run: ImportRun, now: datetime) -> None:
    """Record how far the work is. Raises TakenOver where the run is no longer this worker's."""
    mine = ImportRun.objects.filter(id=run.id, claim=run.claim, state=run.state)
    if not mine.update(
        done=run.done,
        bytes_done=run.bytes_done,
        counts=run.counts,
        problems_count=run.problems_count,
        beat_at=now,
    ):
        raise TakenOver


def count(run: ImportRun, planned: Iterable[Planned], hidden: int = 0) -> None:
    counts = Counter(run.counts)
    for plan in planned:
        counts[plan.kind.value] += 1
        run.done += 1
        counts.update(f"{NEWS}{line.kind}" for line in plan.news)
        if plan.kind is Kind.NEW and plan.record.kept and plan.record.kept.touches:
            counts["touches"] += len(plan.record.kept.touches)
    counts["hidden"] += hidden
    run.counts = dict(counts)


def count_more(run: ImportRun, before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Add what counts have grown by."""
    run.counts |= {name: run.counts.get(name, 0) + count - before.get(name, 0) for name, count in after.items()}


def count_stored(run: ImportRun) -> None:
    """Have the count hold what was stored before an interruption too."""
    if stored := Touch.objects.filter(run=run).count():
        run.counts["touches"] = stored


def preview_own(run: ImportRun, own: list[OwnFact]) -> None:
    """Keep what the files say of the owner, to show before anything is written."""
    run.preview += [
        {"own": fact.kind, "value": fact.value, "detail": fact.detail, "now": bool(fact.started and not fact.finished)}
        for fact in own[:20]
    ]


def preview(run: ImportRun, planned: list[Planned]) -> None:
    """Keep the first rows to show before anything is written: those that meet someone already here first."""
    if sum("name" in row for row in run.preview) >= SAMPLE:
        return
    first = sorted(planned[: SAMPLE * 4], key=lambda plan: plan.kind is Kind.NEW)[:SAMPLE]
    records.changes(first)
    run.preview += [
        {"name": plan.record.name, "role": _role(plan), "kind": plan.kind.value, "changes": plan.changes[:6]}
        for plan in first
    ]


def preview_news(run: ImportRun, planned: Iterable[Planned]) -> None:
    """Keep the first of what is different, of each kind, to show before anything is written."""
    kept = Counter(row["news"] for row in run.preview if "news" in row)
    for plan in planned:
        for line in plan.news:
            kept[line.kind] += 1
            if kept[line.kind] <= SAMPLE:
                row = {"news": line.kind, "who": plan.record.name, "person": plan.person}
                run.preview.append(row | {"before": line.before[:200], "after": line.after[:200]})


def _role(plan: Planned) -> str:
    return ", ".join(part for part in (plan.record.title, plan.record.organisation) if part)


def note_problems(run: ImportRun, file: str, problems: list[Problem]) -> None:
    room = max(PROBLEMS_KEPT - run.problems_count, 0)
    ImportProblem.objects.bulk_create(
        ImportProblem(
            space_id=run.space_id, run=run, file=file[:500], row=problem.row, field=problem.field[:200],
            message=problem.message, fix=problem.fix,
        )
        for problem in problems[:room]
    )  # fmt: skip
    run.problems_count += len(problems)


def note_own(run: ImportRun, source: str, own: list[OwnFact], now: datetime) -> None:
    """Keep what a file says of the owner. The same fact from the same source is kept once."""
    for fact in own:
        OwnerFact.objects.get_or_create(
            space_id=run.space_id, kind=fact.kind, value=fact.value[:500], detail=fact.detail[:500],
            started=str(fact.started or ""), source=source,
            defaults={
                "user": run.user, "place": fact.place[:200], "finished": str(fact.finished or ""), "run": run,
                "seen_at": now,
            },
        )  # fmt: skip


def finish(run: ImportRun, state: str, now: datetime, trouble: str = "") -> None:
    """End a stage of the run, if it is still this worker's."""
    mine = ImportRun.objects.filter(id=run.id, claim=run.claim)
    if not mine.update(
        state=state, finished_at=now, beat_at=now, trouble=trouble, done=run.done, bytes_done=run.bytes_total,
        counts=run.counts, preview=run.preview, problems_count=run.problems_count,
    ):  # fmt: skip
        raise TakenOver
    run.state, run.trouble = state, trouble
    if state in (State.DONE, State.UNDONE):
        rhythm.retag(run.space_id, timezone.localdate(now))


def claim_undo(run: UUID, now: datetime) -> ImportRun:
    """Make this worker the one that takes the run back; its counts stay."""
    held = ImportRun.objects.get(id=run)
    held.claim = secrets.token_hex(16)
    if not ImportRun.objects.filter(id=run, state=State.UNDOING).update(claim=held.claim, beat_at=now):
        raise TakenOver
    return held


def turn(run: ImportRun, before: tuple[str, ...], after: str, now: datetime) -> bool:
    """Move a run on at the user's word; False where it is not in a state to."""
    return bool(ImportRun.objects.filter(id=run.id, state__in=before).update(state=after, claim="", beat_at=now))


def standing_still(now: datetime) -> list[ImportRun]:
    """Runs that say they are being worked on while nobody is."""
    return list(ImportRun.objects.filter(state__in=ImportRun.BUSY, beat_at__lt=now - STANDSTILL))


def give_up(run: ImportRun, now: datetime) -> bool:
    """End a run that has stopped every worker at it: nothing of it stays. False where it is being undone already."""
    after = {State.READING: State.REFUSED, State.WRITING: State.UNDOING}.get(State(run.state))
    if after is None or not turn(run, (run.state,), after, now):
        return False
    run.state, run.trouble, run.finished_at = after, GIVEN_UP, now
    run.save(update_fields=["trouble", "finished_at"])
    return True


# Mappings


def mapping(space: Space | UUID, key: str) -> ImportMapping | None:
    """What the user has said that the columns of tables with these headings become."""
    return ImportMapping.objects.filter(space=space, signature=key).first()


def remember_mapping(run: ImportRun, key: str, fields: list[str], now: datetime) -> None:
    """Keep what the user has said on the page of this run."""
    said = {"mapping": {"fields": fields, "run": str(run.id)}, "saved_at": now}
    ImportMapping.objects.update_or_create(space_id=run.space_id, signature=key, defaults=said)


# Undo


def may_undo(run: ImportRun, now: datetime) -> bool:
    return run.state == State.DONE and run.finished_at is not None and now < run.finished_at + UNDO_FOR


def left_behind(run: ImportRun) -> list[tuple[Person, str]]:
    """People whom the run made and undo leaves, each with the reason; at most a hundred."""
    kept = _with_a_life(Person.objects.filter(made_by=run, deleted_at=None), run)
    return [(person, _why(person)) for person in kept.filter(lives=True)[:100]]


def _with_a_life(made: Any, run: ImportRun) -> Any:
    """Marks, as `lives`, who has since been edited, touched, noted or told of by another source."""
    me = OuterRef("pk")
    return made.annotate(
        touched=Exists(Touch.objects.filter(person=me).exclude(run=run)),
        noted=Exists(Note.objects.filter(person=me).exclude(run=run)),
        promised=Exists(Promise.objects.filter(person=me).exclude(run=run)),
        asked=Exists(Ask.objects.filter(person=me).exclude(run=run)),
        opened=Exists(Door.objects.filter(person=me).exclude(run=run)),
        said=Exists(Phrase.objects.filter(person=me).exclude(run=run)),
        introduced=Exists(Side.objects.filter(person=me).exclude(introduction__run=run)),
        told=Exists(Fact.objects.filter(person=me).exclude(seen_at=run.made_at)),
    ).annotate(
        lives=Q(touched=True)
        | Q(noted=True)
        | Q(promised=True)
        | Q(asked=True)
        | Q(opened=True)
        | Q(said=True)
        | Q(introduced=True)
        | Q(told=True)
        | Q(edited_at__isnull=False)
    )


def _why(person: Any) -> str:
    if person.touched:
        return "you have been in touch since"
    if person.noted:
        return "you have written a note"
    if person.promised or person.asked:
        return "something between you is in view"
    if person.opened:
        return "a door opened"
    if person.said or person.introduced:
        return "you have noted a need, an offer or an introduction"
    return "you have changed something" if person.edited_at else "another file tells of them too"


@transaction.atomic
def undo(run: ImportRun, now: datetime) -> int:
    """Take back all that the run wrote; people who have a life of their own since stay. Returns how many stay."""
    Space.objects.select_for_update().get(id=run.space_id)  # whoever writes meanwhile may give one of them a life
    merge.part_all(run, now)
    history.let_go(run)
    made = _with_a_life(Person.objects.filter(made_by=run), run)
    staying = set(made.filter(lives=True).values_list("id", flat=True))
    others = set(_told_before(run)) | history.take_back(run, now) | _take_back_notes(run)
    strangers.take_back(run, staying)
    meetings.take_back(run)
    news.take_back(run)
    shelf.let_go(run)
    _take_back_facts(run, staying)
    _delete_people(run, staying)
    OwnerFact.objects.filter(run=run).delete()
    people.show_again(id.hex for id in others)
    finish(run, State.UNDONE, now, run.trouble)
    return len(staying)


def _take_back_notes(run: ImportRun) -> set[UUID]:
    """Delete what an export of ours brought beside touches: notes, promises, asks, doors, needs, offers and
    introductions; returns of whose notes."""
    for table in (Promise, Door, Ask, Phrase, Introduction):
        table.objects.filter(run=run).delete()
    mine = Note.objects.filter(run=run)
    noted = set(mine.values_list("person_id", flat=True))
    mine.delete()
    return noted


def _told_before(run: ImportRun) -> Iterable[UUID]:
    """People who were here before the run and of whom it told something."""
    here_before = ~Q(person__made_by=run) | Q(person__made_by=None)
    yield from SourceRecord.objects.filter(here_before, run_id=run.id).values_list("person_id", flat=True)
    changed = ImportChange.objects.filter(run=run).exclude(digest=F("record__digest"))
    yield from changed.values_list("record__person_id", flat=True)


def _take_back_facts(run: ImportRun, staying: set[UUID]) -> None:
    told = _told_before(run)
    for chunk in _chunks([id for id in told if id not in staying]):
        mine = Q(space_id=run.space_id, person_id__in=chunk)
        Fact.objects.filter(mine, seen_at=run.made_at, record__isnull=False).delete()
        Fact.objects.filter(mine, ended_at=run.made_at).update(ended_at=None)
        Photo.objects.filter(mine, run_id=run.id).delete()
        SourceRecord.objects.filter(mine, run_id=run.id).delete()
    _put_back_records(run, staying)


def _put_back_records(run: ImportRun, staying: set[UUID]) -> None:
    """What they said before, and the day of which they told."""
    held = ImportChange.objects.filter(run=run)
    before = held.exclude(Among(F("record__person"), staying)).values_list("digest", "as_of", "record_id")
    bulk.execute_each(
        f"UPDATE {bulk.table(SourceRecord)} SET digest = %s, as_of = %s WHERE id = %s",
        [(digest, bulk.day(as_of), bulk.parameter(record)) for digest, as_of, record in before],
    )
    held._raw_delete(held.db)


def _delete_people(run: ImportRun, staying: set[UUID]) -> None:
    gone = Person.objects.filter(made_by=run).exclude(Among(F("id"), staying))
    people.erase(gone)


def _chunks(ids: list[UUID]) -> Iterable[list[UUID]]:
    return (ids[i : i + 500] for i in range(0, len(ids), 500))
