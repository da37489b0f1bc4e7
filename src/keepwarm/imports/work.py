"""The two passes over the files of a run: the check that writes nothing, and the writing."""

from __future__ import annotations

import logging
import time
import zoneinfo
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from keepwarm import formats
from keepwarm.core import as_of
from keepwarm.core.as_of import AsOf
from keepwarm.core.census import Census
from keepwarm.formats import ics, linkedin
from keepwarm.formats.batch import Batch, Format, Unreadable
from keepwarm.imports import mapping, recognise, upload, whose
from keepwarm.models import ImportFile, ImportRun, Space
from keepwarm.store import history, magazines, meetings, news, records, shelf
from keepwarm.store import imports as runs
from keepwarm.store.imports import State

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
Watch = Callable[[ImportRun], None]

# Each commit writes every page it has touched, and people come in no order of any index: batch by batch, an
# import of 50,000 would write several times its own size.
STRIDE = 8
WIDE_STRIDE = 64  # of exchanges, which are stored when all have been read
# But others wait while we write: a stride whose people take long is ended early, and who waits gets a turn. (SQLite
# has no queue: a waiting writer looks again after a tenth of a second at most.)
STRIDE_TIME = timedelta(seconds=1)
TURN = 0.12  # seconds
BUCKETS = 64  # into which exchanges are sorted, to be stored person by person
UNEXPECTED = "Something went wrong that should not have. Nothing was added or changed. The server's log says more."


def _nobody(run: ImportRun) -> None:
    """Nobody watches this run."""


def check(run_id: UUID, clock: Clock, watch: Watch = _nobody) -> ImportRun:
    """Read every file and say what bringing it in would do; nothing is written but the answer."""
    run = runs.claim(run_id, State.READING, clock())
    try:
        run.preview = whose.said(run)
        recognise.look(run)
        whose.introduce(run, clock())
        _read_all(run, clock, watch, writing=False)
        _finish(run, State.READY, clock)
    except runs.TakenOver:
        raise
    except Exception:  # a fault of ours, not of the file: the user must see it, and the run must end
        log.exception("checking run %s", run.id)
        runs.finish(run, State.REFUSED, clock(), UNEXPECTED)
        upload.forget(run.id)
    return run


def write(run_id: UUID, clock: Clock, watch: Watch = _nobody) -> ImportRun:
    """Bring the run's people in. Killed at any point, it may be called again and ends the same."""
    run = runs.claim(run_id, State.WRITING, clock())
    try:
        with transaction.atomic():
            if not run.files.exists():  # a command writes without a check before
                recognise.look(run)
                whose.introduce(run, clock())
                whose.keep(run, clock())
        _read_all(run, clock, watch, writing=True)
        _finish(run, State.DONE, clock)
    except runs.TakenOver:
        raise
    except Exception:  # as above; and what was written so far goes, so that nothing is half there
        log.exception("writing run %s", run.id)
        run.counts = {}
        runs.undo(run, clock())
        runs.finish(run, State.UNDONE, clock(), UNEXPECTED)
    upload.forget(run.id)
    return run


def _finish(run: ImportRun, state: str, clock: Clock) -> None:
    """End in that state, or refused where no file of the run could be read."""
    readable = run.files.exclude(format="").exists()
    runs.finish(run, state if readable else State.REFUSED, clock())
    if not readable:
        upload.forget(run.id)


def undo(run_id: UUID, clock: Clock) -> ImportRun:
    run = runs.claim_undo(run_id, clock())
    with timezone.override(_zone(run)):
        runs.undo(run, clock())
    return run


class _Pass(NamedTuple):
    """One of the two passes, and what is known throughout it."""

    run: ImportRun
    clock: Clock
    watch: Watch
    writing: bool
    ahead: records.Ahead
    exchanges: history.Recorder
    meetings: meetings.Expected
    census: Census  # of a check
    sources: recognise.Sources


def _read_all(run: ImportRun, clock: Clock, watch: Watch, *, writing: bool) -> None:
    run.bytes_total = sum(file.size for file in run.files.exclude(format=""))
    ImportRun.objects.filter(id=run.id).update(bytes_total=run.bytes_total)
    before = 0
    # The days of exchanges are the owner's.
    with timezone.override(_zone(run)), recognise.Sources() as sources:
        exchanges = history.Recorder(run, whose.owner(run), writing=writing, buckets=BUCKETS)
        expected = meetings.Expected(run, exchanges.owner)
        whole = _Pass(run, clock, watch, writing, {}, exchanges, expected, Census(whose.known(run)), sources)
        for file in sorted(run.files.exclude(format=""), key=_people_first):
            _read_file(whole, file, before)
            before += file.size
        _settle(whole)
        if writing and whose.is_open(run):
            runs.note_problems(run, "", [whose.question(run)])


def _settle(whole: _Pass) -> None:
    """All has been read: decide who has become a person by it, store what passed, and sum up everyone's history."""
    steps = whole.exchanges.settle(whole.clock())
    while _took_steps(whole, steps):
        whole.watch(whole.run)
        if whole.writing:
            time.sleep(TURN)
    if whole.writing:
        with transaction.atomic():
            _hold(whole)
            _see_who_left(whole.run)
        whole.meetings.write(whole.clock())
        before = whole.exchanges.counts
        whole.exchanges.count_again()
        runs.count_more(whole.run, before, whole.exchanges.counts)
        runs.count_stored(whole.run)
    else:
        whose.ask(whole.run, whole.census)


def _see_who_left(run: ImportRun) -> None:
    """By the newest list of connections that was read to its end."""
    lists = run.files.filter(format=linkedin.CONNECTIONS.name, refusal="", people__gt=0)
    if newest := max((file.as_of for file in lists if file.as_of), default=None):
        news.leave(run, linkedin.CONNECTIONS.source, newest)


def _took_steps(whole: _Pass, steps: Iterator[int]) -> bool:
    """As many steps as one transaction may take; False where that was the last."""
    run, before, began, made = whole.run, whole.exchanges.counts, whole.clock(), 0
    with _step(whole.writing):
        _hold(whole)
        while (one := next(steps, None)) is not None:
            made += one
            if whole.clock() - began >= STRIDE_TIME:
                break
        run.done += made
        runs.count_more(run, before, whole.exchanges.counts)
        runs.move(run, whole.clock())
    return one is not None


def _people_first(file: ImportFile) -> bool:
    """Sorts files that only tell of exchanges behind those that bring the people."""
    kind = formats.named(file.format)
    return kind is not None and kind.people_first


def _read_file(whole: _Pass, file: ImportFile, before: int) -> None:
    kind, run = formats.named(file.format), whole.run
    assert kind is not None  # a format that this version has just recognised
    recorder = records.Recorder(
        run.space, kind.source, run.id, run.made_at, whole.exchanges.owner.country, whole.ahead, _as_of(run, file).day
    )
    file.people = file.hidden = 0

    def take(batch: Batch) -> None:
        run.bytes_done = before + min(batch.at, file.size)
        _take(whole, file, kind, recorder, batch)

    try:
        for stride in _strides(_batches(whole, file, kind), WIDE_STRIDE if kind.people_first else STRIDE):
            _take_stride(whole, stride, take)
            whole.watch(run)
    except Unreadable as refused:
        file.refusal, file.fix = refused.message, refused.fix
        file.format = file.format if run.bytes_done > before or file.people else ""
    file.save()


def _batches(whole: _Pass, file: ImportFile, kind: Format) -> Iterator[Batch]:
    with whole.sources.opened(file) as opened:
        yield from formats.read(mapping.reading(kind, file), opened, timezone.localtime(whole.clock()))


def _strides(batches: Iterator[Batch], most: int) -> Iterator[list[Batch]]:
    """Batches that are stored in one transaction. What was read before a file broke off is stored too."""
    stride: list[Batch] = []
    try:
        for batch in batches:
            stride.append(batch)
            if len(stride) == most:
                yield stride
                stride = []
    except Unreadable:
        yield stride
        raise
    yield stride


def _take_stride(whole: _Pass, stride: list[Batch], take: Callable[[Batch], None]) -> None:
    """In one transaction; in several, and others in between, where it takes long."""
    left = deque(stride)
    while left:
        began = whole.clock()
        with _step(whole.writing):
            _hold(whole)
            take(left.popleft())
            while left and whole.clock() - began < STRIDE_TIME:
                take(left.popleft())
            runs.move(whole.run, whole.clock())
        if left and whole.writing:
            time.sleep(TURN)


def _step(writing: bool) -> AbstractContextManager[object]:
    return transaction.atomic() if writing else nullcontext()


def _hold(whole: _Pass) -> None:
    """One writer at a time per space: two imports side by side must not make one person twice."""
    if whole.writing:
        Space.objects.select_for_update().get(id=whole.run.space_id)


def _take(whole: _Pass, file: ImportFile, kind: Format, recorder: records.Recorder, batch: Batch) -> None:
    """One batch: decide, count, and when writing, store."""
    run = whole.run
    _grow_younger(run, file, recorder, batch)
    if whole.writing and (batch.items or batch.magazines):
        shelf.restore(run, batch.items, whole.clock())
        magazines.restore(run.space, batch.magazines, whole.clock())
    if batch.people or batch.hidden:
        _take_people(whole, file, recorder, batch)
    if batch.problems:
        runs.note_problems(run, file.name, batch.problems)
    if whole.writing:
        runs.note_own(run, kind.source, batch.own, whole.clock())
    else:
        runs.preview_own(run, batch.own)
    _take_exchanges(whole, kind, batch)
    if kind.source == ics.FORMAT.source and not whose.is_open(run):
        whole.meetings.hear(file.name, batch.ahead)


def _as_of(run: ImportRun, file: ImportFile) -> AsOf:
    """The day that the file tells of; of one that was listed by an older Keepwarm, the day that it came in."""
    return AsOf(file.as_of or timezone.localtime(run.made_at).date(), file.as_of_by)


def _grow_younger(run: ImportRun, file: ImportFile, recorder: records.Recorder, batch: Batch) -> None:
    """A file is no older than the newest tie in it."""
    newest = max((one.known_since for one in batch.people if one.known_since), default=None)
    file.as_of, file.as_of_by = as_of.at_least(_as_of(run, file), newest, timezone.localtime(run.made_at).date())
    recorder.as_of = file.as_of


def _take_people(whole: _Pass, file: ImportFile, recorder: records.Recorder, batch: Batch) -> None:
    planned = recorder.plan(batch.people, keep=not whole.writing)
    runs.count(whole.run, planned, batch.hidden)
    file.people += len(batch.people)
    file.hidden += batch.hidden
    if whole.writing:
        recorder.write(planned)
        whole.exchanges.forget()
    else:
        runs.preview(whole.run, planned)
        runs.preview_news(whole.run, planned)
        whole.exchanges.expect(planned)


def _take_exchanges(whole: _Pass, kind: Format, batch: Batch) -> None:
    """As `_take`, and after it: the people of the batch are here now."""
    before = whole.exchanges.counts
    if not whole.writing:
        for exchange in batch.exchanges:
            whole.census.see(exchange)
    if whose.is_open(whole.run):
        batch.exchanges.clear()
    whole.exchanges.add(batch, kind.source)
    runs.count_more(whole.run, before, whole.exchanges.counts)


def _zone(run: ImportRun) -> str | None:
    """Where its user lives; None is where this machine stands, as for a zone that is not known here."""
    member = run.space.memberships.filter(user=run.user).first()
    return member.time_zone if member and member.time_zone in zoneinfo.available_timezones() else None
