"""What judgement costs among 50,000 people with 2,000,000 touches: the first Today of a day, and Lost touch.

`python -m benchmarks.history STEP` is what runs within a fresh process, and prints its figures as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from uuid import UUID

from benchmarks import samples
from benchmarks.inside import forget_the_day, visitor
from benchmarks.measure import Bench, Figure

if TYPE_CHECKING:
    from django.test import Client

PEOPLE, EACH, TIMES = 50_000, 40, 20
TOGETHER = 1_000  # people whose touches are written at once
EMPTY, FIRST = "an empty page", "Today, the first time of a day"
RANKING, MOST = 60, 6  # milliseconds beside an empty page, empty pages
PAGES = {
    "lost touch": "/lost-touch",
    "lost touch, over a year": "/lost-touch?kind=dormant",
    "lost touch, no history": "/lost-touch?kind=unknown",
    "lost touch, page 200": "/lost-touch?page=200",
    "lost touch, one place": "/lost-touch?place=Lisbon",
}


def history(bench: Bench) -> list[Figure]:
    """Of twenty visits, which take turns."""
    data, file = bench.data(), bench.folder / "people.vcf"
    samples.vcards(file, PEOPLE)
    bench.bring_in(data, file)
    bench.run(data, "history", "live")
    took = bench.run(data, "history", "visit").said
    half, most = took.pop(EMPTY)
    first = took.pop(FIRST)
    return [
        Figure(EMPTY, most, "ms", half=half),
        Figure(FIRST, first[0], "ms", at_most=round(RANKING + half, 1)),
        *[Figure(name, p95, "ms", at_most=round(MOST * most, 1), half=p50) for name, (p50, p95) in took.items()],
    ]


BENCHMARKS = {"history": history}


# Within a process of its own


def live() -> dict[str, float]:
    """Nine of ten people have forty letters, of any age and each way."""
    from keepwarm.cli import start  # noqa: PLC0415

    home, began = start.space(""), time.perf_counter()
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Person, Touch  # noqa: PLC0415
    from keepwarm.store import bulk, summaries  # noqa: PLC0415

    dice, now = Random(5), timezone.now()
    ids = list(Person.objects.of(home).values_list("id", flat=True))
    told = [id for place, id in enumerate(ids) if place % 10]
    for at in range(0, len(told), TOGETHER):
        with transaction.atomic():
            bulk.insert(Touch, CELLS, _letters(home.id, told[at : at + TOGETHER], dice, now))
    summaries.of(home.id, told, timezone.localdate())
    return {"seconds": time.perf_counter() - began}


CELLS = (
    "id", "space_id", "person_id", "private", "at", "channel", "direction", "kind", "balance", "context", "line",
    "ambient", "source", "external_id", "made_at",
)  # fmt: skip


def _letters(space: UUID, people: list[UUID], dice: Random, now: datetime) -> Iterator[tuple[object, ...]]:
    """As many of each person that together there are two million."""
    from keepwarm.models.ids import new_id  # noqa: PLC0415
    from keepwarm.store import bulk  # noqa: PLC0415

    for person in people:
        last = now - timedelta(days=1500 * dice.random() ** 1.5)
        for number in range(EACH * 10 // 9 + 1):
            at = bulk.moment((last - timedelta(days=2000 * dice.random() * (number > 0))).astimezone(UTC))
            yield (
                new_id().hex, space.hex, person.hex, False, at, "mail", dice.choice(("in", "out")), "", "neutral",
                "The plans for spring", "", False, "mbox", f"mail:{person.hex}.{number}", at,
            )  # fmt: skip


def visit() -> dict[str, Any]:
    """Of each page, the milliseconds that half and that nineteen of twenty visits take at most."""
    from keepwarm.cli import start  # noqa: PLC0415

    home = start.space("")
    from keepwarm.models import Space  # noqa: PLC0415

    full, empty = visitor(home), visitor(Space.objects.create(name="empty"))
    took: dict[str, list[float]] = {}
    for _ in range(TIMES + 1):  # the first one reads templates and fills caches
        forget_the_day(home)
        for name, browser, url in ((EMPTY, empty, "/"), (FIRST, full, "/"), *((n, full, u) for n, u in PAGES.items())):
            took.setdefault(name, []).append(_open(browser, url))
    return {name: _quantiles(times[1:]) for name, times in took.items()}


def _open(browser: Client, url: str) -> float:
    began = time.perf_counter()
    answer = browser.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return time.perf_counter() - began


def _quantiles(times: list[float]) -> tuple[float, float]:
    parts = quantiles(times, n=20, method="inclusive")
    return parts[9] * 1000, parts[18] * 1000


STEPS: dict[str, Callable[[], dict[str, Any]]] = {step.__name__: step for step in (live, visit)}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]]()))
