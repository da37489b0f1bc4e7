"""Jobs: done once, given back when their worker dies, and not tried for ever."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from keepwarm import jobs
from keepwarm.imports import work
from keepwarm.models import Account, Beat, ImportRun
from keepwarm.store import accounts, secrets
from keepwarm.store import imports as runs
from keepwarm.sync import reading
from tests.build import Clock, card, here, upload_files
from tests.conftest import NOW, Cast
from tests.web.pages import work_off, worker

pytestmark = pytest.mark.django_db
State = ImportRun.State
READY, RUNNING, FAILED = TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED
done: Counter[int] = Counter()


@task()
def count_up(number: int) -> None:
    done[number] += 1


def claimed(by: str = "gone", times: int = 1) -> DBTaskResult:
    """A job that a worker has taken and not finished."""
    done.clear()
    count_up.enqueue(1)
    job = DBTaskResult.objects.latest("enqueued_at")
    for _ in range(times):
        job.claim(by)
    return job


def status(job: DBTaskResult) -> str:
    return DBTaskResult.objects.get(id=job.id).status


def waiting(cast: Cast, state: str = State.READING) -> ImportRun:
    """A run whose worker died two minutes ago."""
    run = upload_files(cast.home, {"phone.vcf": card("Ann Lee")})
    ImportRun.objects.filter(id=run.id).update(state=state, beat_at=NOW - timedelta(minutes=2))
    return ImportRun.objects.get(id=run.id)


def test_it_works(cast: Cast) -> None:
    run = upload_files(cast.home, {"phone.vcf": card("Ann Lee")})
    jobs.go_on(run)
    work_off()
    run.refresh_from_db()
    assert run.state == State.READY
    runs.turn(run, (State.READY,), State.WRITING, NOW)
    run.refresh_from_db()
    jobs.go_on(run)
    work_off()
    assert here(cast.home) == ["Ann Lee"]


def test_the_job_of_a_dead_worker_is_given_back(db: None) -> None:
    job = claimed()
    assert jobs.take_up(NOW) == 1
    assert status(job) == READY
    work_off()
    assert done == {1: 1}


def test_a_worker_that_beats_keeps_its_job(db: None) -> None:
    job = claimed("alive")
    jobs.beat("alive", NOW)
    assert jobs.take_up(NOW + jobs.DEAD_AFTER - timedelta(seconds=1)) == 0
    assert status(job) == RUNNING


def test_a_worker_that_stopped_beating_loses_it(db: None) -> None:
    job = claimed("slow")
    jobs.beat("slow", NOW)
    assert jobs.take_up(NOW + jobs.DEAD_AFTER) == 1
    assert status(job) == READY


def test_alone_nobody_else_can_be_alive(db: None) -> None:
    claimed("before the restart")
    jobs.beat("before the restart", NOW)
    assert jobs.take_up(NOW, alone=True) == 1


def test_a_beat_is_one_row(db: None) -> None:
    jobs.beat("alive", NOW)
    jobs.beat("alive", NOW + timedelta(seconds=15))
    assert Beat.objects.get().at == NOW + timedelta(seconds=15)


def test_a_job_that_kills_its_workers_is_let_go(db: None) -> None:
    job = claimed(times=jobs.TRIES)
    jobs.take_up(NOW)
    assert status(job) == FAILED
    work_off()
    assert not done


def test_a_run_that_nobody_works_on_is_queued_again(cast: Cast) -> None:
    run = waiting(cast)
    jobs.revive(NOW)
    jobs.revive(NOW)
    assert DBTaskResult.objects.count() == 1
    work_off()
    run.refresh_from_db()
    assert run.state == State.READY


def test_a_run_that_moves_is_left_alone(cast: Cast) -> None:
    upload_files(cast.home, {"phone.vcf": card("Ann Lee")})
    jobs.revive(NOW + runs.STANDSTILL)
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(("state", "ends"), [(State.READING, State.REFUSED), (State.WRITING, State.UNDONE)])
def test_a_run_that_kills_its_workers_ends_and_says_so(cast: Cast, state: str, ends: str) -> None:
    run = waiting(cast, state)
    jobs.go_on(run)
    job = DBTaskResult.objects.get()
    for _ in range(jobs.TRIES):
        job.claim("gone")
    jobs.take_up(NOW)
    jobs.revive(NOW)
    work_off()
    run.refresh_from_db()
    assert run.state == ends
    assert "several tries" in run.trouble
    jobs.revive(NOW + timedelta(hours=1))
    assert not DBTaskResult.objects.ready().exists()


def test_two_workers_on_one_run_write_it_once(cast: Cast) -> None:
    """A worker thought dead wakes up: the run is no longer its own, and it stops."""
    run = waiting(cast, State.WRITING)
    slow = runs.claim(run.id, State.WRITING, NOW)
    work.write(run.id, Clock())
    with pytest.raises(runs.TakenOver):
        runs.move(slow, NOW)
    assert here(cast.home) == ["Ann Lee"]


def test_due_accounts_are_read_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setitem(reading.READERS, "mailbox", lambda account, *_: read.append(account.name))
    accounts.add(cast.home, cast.ada, "mailbox", "ada@example.org", {}, secrets.seal({}), NOW)
    assert jobs.read_due(timezone.now()) == 1
    assert jobs.read_due(timezone.now()) == 0
    work_off()
    assert read == ["ada@example.org"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql")  # as below
def test_four_workers_at_one_account_read_it_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has its job, as after a tick of each of four servers; one of them reads."""
    together, read = threading.Barrier(4), Counter[str]()

    def slowly(account: Account, *_: object) -> None:
        read[account.name] += 1
        time.sleep(1)

    def work() -> None:
        together.wait(10)
        try:
            jobs.read_account.call(str(account.id))
        finally:
            connection.close()

    monkeypatch.setitem(reading.READERS, "mailbox", slowly)
    account = accounts.add(cast.home, cast.ada, "mailbox", "ada@example.org", {}, secrets.seal({}), NOW)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert read == {"ada@example.org": 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql")  # SQLite has one worker by design
def test_four_workers_do_forty_jobs_once_each() -> None:
    done.clear()
    for number in range(40):
        count_up.enqueue(number)

    def work() -> None:
        try:
            worker().run()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert done == dict.fromkeys(range(40), 1)
    assert not DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists()
