"""How long a history takes to be stored and summed up, beside the least that storing its rows can cost.

`python -m benchmarks.touches STEP …` is what runs within a fresh process, and prints its figures as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, BinaryIO

from benchmarks import samples
from benchmarks.floor import PRAGMAS
from benchmarks.measure import ROUNDS, Bench, Figure, best

if TYPE_CHECKING:
    from keepwarm.formats.batch import Batch

PEOPLE, TOUCHES, TOGETHER = 50_000, 1_000_000, 400
ME = "e:me@example.org"
TABLES = ("keepwarm_touch", "keepwarm_summary")


def touches(bench: Bench) -> list[Figure]:
    """A million letters with 50,000 people, from what a reader gives to the summaries."""
    empty = bench.data()
    file = bench.folder / "people.vcf"
    samples.vcards(file, PEOPLE)
    bench.bring_in(empty, file)
    ours, floors = [], []
    for _ in range(ROUNDS):
        data = bench.data(empty)
        ours.append(bench.run(data, "touches", "store"))
        floors.append(bench.run(bench.data(empty), "touches", "floor", data / "keepwarm.sqlite3"))
        shutil.rmtree(data)
    return [
        Figure(f"{TOUCHES:,} touches with {PEOPLE:,} people, stored and summed up", best(ours), "s"),
        Figure("floor: the same rows into the same tables", best(floors), "s"),
        Figure("to the floor", best(ours) / best(floors), "×", at_most=3),
        Figure("peak memory", min(run.peak for run in ours), "MB", at_most=250),
    ]


BENCHMARKS = {"touches": touches}


# Within a process of its own


class _Letters:
    """A reader that makes letters up: most with a few, some with many people."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses
        self.seconds = 0.0  # that making them up took

    def read(self, file: BinaryIO) -> Iterator[Batch]:
        began, dice = time.perf_counter(), Random(4)
        for at in range(0, TOUCHES, TOGETHER):
            batch = self._batch(dice, at)
            self.seconds += time.perf_counter() - began
            yield batch
            began = time.perf_counter()

    def _batch(self, dice: Random, at: int) -> Batch:
        from keepwarm.core.touches import Exchange, Party  # noqa: PLC0415
        from keepwarm.formats.batch import Batch  # noqa: PLC0415

        me, exchanges, first = Party(ME, "Ada Example"), [], datetime(2015, 1, 1, tzinfo=UTC)
        for number in range(at, at + TOGETHER):
            place = int(len(self.addresses) * dice.random() ** 2) if number >= PEOPLE else number
            them, mine = Party(self.addresses[place], ""), dice.random() < 0.5
            moment = first + timedelta(seconds=dice.randrange(340_000_000))
            exchanges.append(
                Exchange(
                    number, f"mail:{number:x}.{place:x}@mail.example.org", moment, "mail", me if mine else them,
                    (them if mine else me,), "The plans for spring", mine,
                )
            )  # fmt: skip
        return Batch(exchanges=exchanges)


def store() -> dict[str, float]:
    from keepwarm.cli import start  # noqa: PLC0415

    home = start.space("")
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import formats  # noqa: PLC0415
    from keepwarm.formats.batch import Format  # noqa: PLC0415
    from keepwarm.imports import upload, work  # noqa: PLC0415
    from keepwarm.models import Fact, ImportRun, Summary, Touch  # noqa: PLC0415
    from keepwarm.store import imports as runs  # noqa: PLC0415
    from keepwarm.store import owners, spaces  # noqa: PLC0415

    gc.set_threshold(50_000, 20, 20)  # as the command does
    letters = _Letters(list(Fact.objects.filter(field="email").values_list("key", flat=True)[:PEOPLE]))
    formats.FORMATS = (
        Format("letters", "Letters", "mail", lambda sample: sample.head == b"letters", letters.read, people_first=True),
    )
    user, now = spaces.owner(home), timezone.now()
    owners.confirm(home.id, user, [(ME, "")], now)
    run = runs.start(home, user, now)
    upload.path(run.id, 0).parent.mkdir(parents=True)
    upload.path(run.id, 0).write_bytes(b"letters")
    runs.receive(run, ["letters"])
    runs.turn(run, (ImportRun.State.READING,), ImportRun.State.WRITING, now)
    began = time.perf_counter()
    run = work.write(run.id, timezone.now)
    seconds = time.perf_counter() - began - letters.seconds
    assert (Touch.objects.count(), Summary.objects.exists()) == (TOUCHES, True), run.counts
    return {"seconds": seconds, "made up in": letters.seconds}


def floor(filled: str) -> dict[str, float]:
    """One transaction of sqlite3, as the rows lie in a data folder that the product has filled."""
    rows = {table: _rows(filled, table) for table in TABLES}
    database = sqlite3.connect(Path(os.environ["KEEPWARM_DATA"]) / "keepwarm.sqlite3")
    for pragma in PRAGMAS:
        database.execute(pragma)
    began = time.perf_counter()
    with database:
        for table, held in rows.items():
            database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)
    return {"seconds": time.perf_counter() - began}


def _rows(filled: str, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(filled) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()


STEPS: dict[str, Callable[..., dict[str, float]]] = {function.__name__: function for function in (store, floor)}


if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
