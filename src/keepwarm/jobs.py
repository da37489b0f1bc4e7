"""Every background job, and the worker and clock that run them inside the server.

The queue is a table (django-tasks-db). What that library leaves open is closed here: a job whose
worker died with kill -9 is given to another, told by the worker's missing heartbeat.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from keepwarm.imports import upload, work
from keepwarm.models import Action, Beat, ImportRun, Space
from keepwarm.reminders import sending
from keepwarm.store import (
    accounts,
    duplicates,
    feeds,
    interests,
    magazines,
    many,
    reminders,
    rhythm,
    search,
    shelf,
    summaries,
    trash,
)
from keepwarm.store import imports as runs
from keepwarm.sync import articles, reading
from keepwarm.sync import feeds as publications

log = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=15)
DEAD_AFTER = timedelta(seconds=90)
DAILY, DAY = "daily", timedelta(days=1)  # the name of its heartbeat
TRIES = 5  # a job that has killed so many workers is not tried again
# A first reading of a mailbox takes long, mostly in waiting: no import should wait behind it.
OUTSIDE = "accounts"
NUDGES = "nudges"  # nor a nudge, which has its hour
LOOKS = {"default": 0.2, OUTSIDE: 1.0, NUDGES: 1.0}  # seconds between looks into each queue
FORGET_DONE = timedelta(days=7)


@task()
def check_import(run: str) -> None:
    _unless_taken_over(lambda: work.check(uuid.UUID(run), timezone.now))


@task()
def write_import(run: str) -> None:
    _unless_taken_over(lambda: work.write(uuid.UUID(run), timezone.now))
    written = ImportRun.objects.get(id=run)
    read_waiting(written.space)
    if duplicates.announce(written):
        look_for_duplicates.enqueue(str(written.space_id), run)
    else:
        learn_interests.enqueue(str(written.space_id))


@task()
def look_for_duplicates(space: str, run: str = "") -> None:
    """Who is here twice, by what this import has brought, or by all that has come since the last look."""
    of = ImportRun.objects.filter(id=run).first() if run else None
    duplicates.look(Space.objects.get(id=space), timezone.now(), of, _give_way)
    learn_interests.enqueue(space)


@task()
def learn_interests(space: str) -> None:
    """What interests those of whom much has changed at once."""
    interests.index_missing(Space.objects.get(id=space), _give_way)


@task()
def undo_import(run: str) -> None:
    _unless_taken_over(lambda: work.undo(uuid.UUID(run), timezone.now))
    learn_interests.enqueue(str(ImportRun.objects.get(id=run).space_id))


@task(queue_name=OUTSIDE)
def read_account(account: str) -> None:
    try:
        read = reading.read(uuid.UUID(account), timezone.now)
    except accounts.TakenOver:
        log.info("this account is being read, paused or gone")
    else:
        read_waiting(read.space)
        duplicates.look(read.space, timezone.now(), rest=_give_way)
        learn_interests.enqueue(str(read.space.id))


def read_waiting(space: Space) -> int:
    """Queue the pages of the shelf that are still to be read, and for which no job is on its way; returns how many."""
    jobs = DBTaskResult.objects.filter(
        task_path=read_item.module_path, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    queued = {args["args"][0] for args in jobs.values_list("args_kwargs", flat=True)}
    waiting = [str(id) for id in shelf.waiting(space) if str(id) not in queued]
    for item in waiting:
        read_item.enqueue(item)
    return len(waiting)


def _give_way() -> None:
    """Let whoever waits to write have their turn."""
    time.sleep(work.TURN)


@task(queue_name=OUTSIDE)
def read_item(item: str) -> None:
    articles.read(uuid.UUID(item))


@task(queue_name=OUTSIDE)
def read_magazine(magazine: str) -> None:
    publications.read_magazine(uuid.UUID(magazine), timezone.now)


@task(queue_name=OUTSIDE)
def read_feed(feed: str) -> None:
    publications.read(uuid.UUID(feed), timezone.now)


def read_due(now: datetime) -> int:
    """Queue the accounts whose time has come, those whose reader is gone, and what is followed; returns how many."""
    accounts.free(now)
    due = accounts.due(now)
    for account in due:
        read_account.enqueue(str(account))
    news = feeds.due(now)
    for feed in news:
        read_feed.enqueue(str(feed))
    followed = magazines.due(now)
    for magazine in followed:
        read_magazine.enqueue(str(magazine))
    return len(due) + len(news) + len(followed)


@task(queue_name=NUDGES)
def send_nudge(nudge: str) -> None:
    try:
        sending.send(uuid.UUID(nudge), timezone.now)
    except reminders.TakenOver:
        log.info("this nudge is being sent, done or let go")


def remind(now: datetime) -> int:
    """Choose the nudges whose moment has come, and queue all that wait; returns how many."""
    reminders.free(now)
    reminders.choose_due(now)
    waiting = reminders.waiting(now)
    for nudge in waiting:
        send_nudge.enqueue(str(nudge))
    return len(waiting)


@task()
def write_words(action: str) -> None:
    """What was done to very many people, or undone, into the search."""
    done = Action.objects.get(id=action)
    many.write_words(done)
    learn_interests.enqueue(str(done.space_id))


STAGES = {
    ImportRun.State.READING: check_import,
    ImportRun.State.WRITING: write_import,
    ImportRun.State.UNDOING: undo_import,
}


def go_on(run: ImportRun) -> None:
    """Queue the work that the run's state asks for."""
    STAGES[ImportRun.State(run.state)].enqueue(str(run.id))


def _unless_taken_over(job: Callable[[], object]) -> None:
    try:
        job()
    except runs.TakenOver:
        log.info("another worker has this run")


def beat(name: str, now: datetime) -> None:
    Beat.objects.update_or_create(name=name, defaults={"at": now})


def last_beat(until: datetime) -> datetime | None:
    """When a worker and its clock were last alive; what a wrong clock has written of the future is left out."""
    beats = Beat.objects.filter(at__lte=until + BEAT_EVERY).exclude(name=DAILY)
    return beats.order_by("-at").values_list("at", flat=True).first()


def take_up(now: datetime, *, alone: bool = False) -> int:
    """Give the jobs of dead workers back to the queue; returns how many.

    `alone` says that no other worker can be alive (the embedded server holds the data folder's lock).
    """
    alive = set() if alone else set(Beat.objects.filter(at__gt=now - DEAD_AFTER).values_list("name", flat=True))
    back = 0
    for job in DBTaskResult.objects.running():
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        after = TaskResultStatus.READY if len(job.worker_ids) < TRIES else TaskResultStatus.FAILED
        held = DBTaskResult.objects.filter(id=job.id, status=job.status, started_at=job.started_at)
        back += held.update(status=after)
    return back


def revive(now: datetime) -> None:
    """Queue again the imports that nobody works on, as after a killed command; end those tried too often."""
    for run in runs.standing_still(now):
        path = STAGES[ImportRun.State(run.state)].module_path
        held = list(DBTaskResult.objects.filter(task_path=path, args_kwargs__args=[str(run.id)]))
        if any(job.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING) for job in held):
            continue
        if sum(len(job.worker_ids) for job in held) < TRIES:
            go_on(run)
        elif runs.give_up(run, now):
            upload.forget(run.id)
            if run.busy:
                go_on(run)


def daily(now: datetime) -> bool:
    """What is done once a day, by whichever worker comes first; False where it has been done."""
    due = Beat.objects.get_or_create(name=DAILY, defaults={"at": now - DAY})[0]
    if now - DAY < due.at <= now:  # what is ahead of now was written by a clock that was wrong
        return False
    if not Beat.objects.filter(name=DAILY, at=due.at).update(at=now):
        return False
    search.index_missing()
    interests.index_missing()
    trash.forget_old(now)
    summaries.fade(timezone.localtime(now).date())
    for space in Space.objects.all():  # whoever came by hand, and what a killed worker left
        look_for_duplicates.enqueue(str(space.id))
        read_waiting(space)
    rhythm.tidy_all(timezone.localtime(now).date())
    reminders.look_anew(now)
    Beat.objects.filter(at__lt=now - FORGET_DONE).exclude(name=DAILY).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - FORGET_DONE).delete()
    return True


class Workshop:
    """Three workers, for files, for what is outside and for nudges, and one clock, as threads of this process."""

    def __init__(self) -> None:
        self.name = uuid.uuid4().hex
        self.workers = [self._worker(queue, every) for queue, every in LOOKS.items()]
        self.stopping = threading.Event()

    def _worker(self, queue: str, every: float) -> Worker:
        return Worker(
            queue_names=[queue], excluded_queue_names=[], interval=every, batch=False, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=self.name,
        )  # fmt: skip

    def start(self) -> None:
        beat(self.name, timezone.now())
        self.threads = [
            threading.Thread(target=self._work, args=[each], name="work", daemon=True) for each in self.workers
        ]
        for thread in self.threads:
            thread.start()
        threading.Thread(target=self._tick, name="tick", daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
        for worker in self.workers:
            worker.running = False

    def _work(self, worker: Worker) -> None:
        while not self.stopping.is_set():
            try:
                worker.run()
            except Exception:  # the database went away for a moment: say so and go on
                log.exception("the worker stumbled")
                self.stopping.wait(5)
        connection.close()

    def _tick(self) -> None:
        """Once every 15 seconds: a heartbeat, and a look for work that nobody does."""
        while not self.stopping.wait(BEAT_EVERY.total_seconds()):
            close_old_connections()
            try:
                beat(self.name, timezone.now())
                take_up(timezone.now())
                revive(timezone.now())
                remind(timezone.now())
                read_due(timezone.now())
                daily(timezone.now())
            except Exception:  # as above; the next tick tries again
                log.exception("the clock stumbled")
        connection.close()
