"""`keepwarm doctor` says what is wrong and what to do."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from keepwarm import health
from keepwarm.models import Beat, Membership
from keepwarm.store import reminders
from tests.conftest import NOW, Cast
from tests.post import Post
from tests.reminders.conftest import by
from tests.running import COMMAND, environment, keepwarm


def said(name: str) -> list[health.Found]:
    return [found for found in health.all_of_them(NOW) if found.check == name]


@pytest.fixture
def ada(cast: Cast) -> Membership:
    return Membership.objects.select_related("space", "user").get(user=cast.ada)


def test_it_works(tmp_path: Path) -> None:
    data = tmp_path / "data"
    keepwarm(data, "find", "nobody")
    ran = subprocess.run(
        [*COMMAND, "doctor", "--json"], env=environment(data), capture_output=True, text=True, check=False, timeout=60
    )
    found = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert {each["check"] for each in found} >= {"version", "database", "disk", "clock", "worker", "mail", "calendar"}
    wrong = [(each["check"], each["what"], each["fix"]) for each in found if not each["ok"]]
    assert wrong == [("worker", "No worker has ever run here.", "Start `keepwarm serve`.")]


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    address = "postgres://nobody@/none?host=" + str(tmp_path)
    said = keepwarm(tmp_path / "data", "doctor", status=1, KEEPWARM_DATABASE_URL=address)
    assert "Traceback" not in said


@pytest.mark.django_db
def test_all_is_well(cast: Cast) -> None:
    Beat.objects.create(name="one", at=NOW)
    assert [found for found in health.all_of_them(NOW) if not found.ok and found.check != "clock"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("ago", "ok"), [(timedelta(minutes=9), True), (timedelta(minutes=11), False)])
def test_the_worker(cast: Cast, ago: timedelta, ok: bool) -> None:
    Beat.objects.create(name="one", at=NOW - ago)
    assert said("worker")[0].ok is ok


@pytest.mark.django_db
def test_a_clock_that_was_ahead(cast: Cast) -> None:
    Beat.objects.create(name="one", at=NOW + timedelta(days=1))
    [found] = said("clock")
    assert not found.ok
    assert "still to come" in found.what


@pytest.mark.django_db
def test_a_full_disk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10**6))
    assert [(found.ok, found.what) for found in said("disk")] == [(False, "0.0 GB free where the data folder is.")]


@pytest.mark.django_db
def test_mail(ada: Membership, post: Post) -> None:
    reminders.keep_mail(ada, "ada@example.com", by(post, "ada@example.com"), "", NOW)
    [found] = said("mail")
    assert found.ok
    assert post.letters == []
    post.stop()
    [found] = said("mail")
    assert not found.ok
    assert "No mail server answers at 127.0.0.1" in found.what


@pytest.mark.django_db
def test_a_lost_key(ada: Membership, post: Post) -> None:
    reminders.keep_mail(ada, "ada@example.com", by(post, "ada@example.com"), "sealed with another", NOW)
    assert said("key")[0].fix.startswith("Put accounts.key back")


@pytest.mark.django_db
def test_nudges_that_wait(ada: Membership, post: Post) -> None:
    reminders.keep_mail(ada, "ada@example.com", by(post, "ada@example.com"), "", NOW - timedelta(days=9))
    assert said("nudges")[0].ok is False
