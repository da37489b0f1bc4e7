"""How long it takes to find who is here twice, among everyone and among those an import has brought.

`python -m benchmarks.duplicates STEP …` is what runs within a fresh process, and prints its figures as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import ROUNDS, Bench, Figure, Ran, best

if TYPE_CHECKING:
    from datetime import datetime

    from benchmarks.identity_people import Told
    from keepwarm.models import ImportRun

FEW, MANY, MORE, TOGETHER = 10_000, 50_000, 500, 500


def duplicates(bench: Bench) -> list[Figure]:
    """Cards of three sources: stored, looked through whole, and then with a small import more."""
    few, many, more, stored = list[Ran](), list[Ran](), list[Ran](), list[Ran]()
    for _ in range(ROUNDS):
        few.append(_look_at(bench, bench.data(), FEW)[1])
        data = bench.data()
        wrote, looked = _look_at(bench, data, MANY)
        stored.append(wrote)
        many.append(looked)
        bench.run(data, "duplicates", "store", str(MANY), str(MANY + MORE))
        more.append(bench.run(data, "duplicates", "look"))
        shutil.rmtree(data)
    last = many[-1].said
    return [
        Figure(f"{MANY:,} cards of three sources stored", best(stored), "s"),
        Figure("looked through for who is there twice, and joined", best(many), "s"),
        Figure("to the storing", best(many) / best(stored), "×", at_most=2),
        Figure("joined", last["joined"]),
        Figure("asked about", last["asked"]),
        Figure(f"growth from {FEW:,}", best(many) / best(few), "×", at_most=6),
        Figure("peak memory", min(run.peak for run in many), "MB", at_most=500),
        Figure(f"{MORE} more looked through", best(more), "s"),
        Figure("to the whole", best(more) / best(many), "×", at_most=2 / 15),
    ]


def _look_at(bench: Bench, data: Path, count: int) -> tuple[Ran, Ran]:
    return bench.run(data, "duplicates", "store", "0", str(count)), bench.run(data, "duplicates", "look")


BENCHMARKS = {"duplicates": duplicates}


# Within a process of its own


def store(start: str, stop: str) -> dict[str, float]:
    """These of the invented cards, source by source, each as an import of its own."""
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks.identity_people import cards  # noqa: PLC0415
    from keepwarm.models import Space  # noqa: PLC0415
    from keepwarm.store import imports as runs  # noqa: PLC0415

    space = Space.objects.get()
    told = sorted(cards(int(stop))[int(start) :], key=lambda one: one.source)
    began = time.perf_counter()
    for source, some in groupby(told, key=lambda one: one.source):
        run = runs.start(space, None, timezone.now())
        _write(run, source, list(some), run.made_at)
    return {"seconds": time.perf_counter() - began}


def _write(run: ImportRun, source: str, told: list[Told], now: datetime) -> None:
    from django.db import transaction  # noqa: PLC0415

    from keepwarm.store import records  # noqa: PLC0415

    recorder = records.Recorder(run.space, source, run.id, now)
    for at in range(0, len(told), 8 * TOGETHER):
        with transaction.atomic():
            for place in range(at, min(at + 8 * TOGETHER, len(told)), TOGETHER):
                recorder.write(recorder.plan([one.record for one in told[place : place + TOGETHER]]))


def look() -> dict[str, float]:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Space  # noqa: PLC0415
    from keepwarm.store import duplicates as twice  # noqa: PLC0415

    began = time.perf_counter()
    found = twice.look(Space.objects.get(), timezone.now())
    return {"seconds": time.perf_counter() - began, **found._asdict()}


if __name__ == "__main__":
    from keepwarm.cli import start

    start.ready()
    step, *arguments = sys.argv[1:]
    print(json.dumps(store(*arguments) if step == "store" else look()))
