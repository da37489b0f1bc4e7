"""Every background job, and the worker and clock that run them inside the server.

The queue is a table (django-tasks-db). What that library leaves open is closed here: a job whose
worker died with kill -9 is given to another, told by the worker's missing heartbeat.
"""

from __future__ import annotations

import logging
import threading
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
from keepwarm.models import Beat, ImportRun
from keepwarm.store import imports as runs
from keepwarm.store import search, trash

log = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=15)
DEAD_AFTER = timedelta(seconds=90)
DAILY, DAY = "daily", timedelta(days=1)  # the name of its heartbeat
TRIES = 5  # a job that has killed so many workers is not tried again


@task()
def check_import(run: str) -> None:
    _unless_taken_over(lambda: work.check(uuid.UUID(run), timezone.now))


@task()
def write_import(run: str) -> None:
    _unless_taken_over(lambda: work.write(uuid.UUID(run), timezone.now))


@task()
def undo_import(run: str) -> None:
    _unless_taken_over(lambda: work.undo(uuid.UUID(run), timezone.now))


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
    if not Beat.objects.filter(name=DAILY, at=due.at, at__lte=now - DAY).update(at=now):
        return False
    search.index_missing()
    trash.forget_old(now)
    return True


class Workshop:
    """One worker and one clock, as threads of this process."""

    def __init__(self) -> None:
        self.name = uuid.uuid4().hex
        self.worker = Worker(
            queue_names=["*"], excluded_queue_names=[], interval=0.2, batch=False, backend_name="default",
            startup_delay=False, max_tasks=None, worker_id=self.name,
        )  # fmt: skip
        self.stopping = threading.Event()

    def start(self) -> None:
        beat(self.name, timezone.now())
        for target in (self._work, self._tick):
            threading.Thread(target=target, name=target.__name__, daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
        self.worker.running = False

    def _work(self) -> None:
        while not self.stopping.is_set():
            try:
                self.worker.run()
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
                daily(timezone.now())
            except Exception:  # as above; the next tick tries again
                log.exception("the clock stumbled")
        connection.close()
