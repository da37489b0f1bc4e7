"""What is stored in one transaction: eight batches, or fewer where they take long."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwarm.formats import vcard
from keepwarm.imports import work
from keepwarm.models import ImportRun
from keepwarm.store import imports as runs
from tests.build import Clock, card, here, upload_files
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
CARDS = "".join(card(f"Friend {n}", uid=f"f{n}") for n in range(6))


class Running(Clock):
    """A clock that goes on by a second each time it is looked at."""

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vcard, "PEOPLE_IN_A_BATCH", 1)
    monkeypatch.setattr(work, "TURN", 0)


def transactions(cast: Cast, clock: Clock) -> int:
    """How many the writing takes; within a test they are savepoints."""
    run = upload_files(cast.home, {"phone.vcf": CARDS})
    runs.turn(run, (ImportRun.State.READING,), ImportRun.State.WRITING, clock())
    with CaptureQueriesContext(connection) as asked:
        work.write(run.id, clock)
    assert len(here(cast.home)) == 6
    return sum(query["sql"].startswith("SAVEPOINT") for query in asked)


def test_it_works(cast: Cast) -> None:
    quick = transactions(cast, Clock())
    assert quick <= 6


def test_a_stride_that_takes_long_lets_others_write(cast: Cast) -> None:
    assert transactions(cast, Running()) > 6
