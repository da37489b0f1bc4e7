"""What runs within a fresh process: `python -m benchmarks.inside STEP [FILE]` prints its figures as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from keepwarm.models import Space

TIMES = 15


def set_up() -> dict[str, float]:
    """A data folder with all tables and the space `home`."""
    from keepwarm.cli import start  # noqa: PLC0415

    return {"seconds": _timed(lambda: start.space(""))}


def read_ours(path: str) -> dict[str, float]:
    from keepwarm.formats import vcard  # noqa: PLC0415

    with Path(path).open("rb") as file:
        began = time.perf_counter()
        count = sum(len(batch.people) for batch in vcard.read(file))
        return {"seconds": time.perf_counter() - began, "people": count}


def read_vobject(path: str) -> dict[str, float]:
    import vobject  # noqa: PLC0415

    with Path(path).open(encoding="utf-8", newline="") as file:
        began = time.perf_counter()
        count = sum(1 for _ in vobject.readComponents(file))
        return {"seconds": time.perf_counter() - began, "people": count}


def undo() -> dict[str, float]:
    """Take the newest import back."""
    from keepwarm.cli import start  # noqa: PLC0415

    start.ready()
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.imports import work  # noqa: PLC0415
    from keepwarm.models import ImportRun  # noqa: PLC0415
    from keepwarm.store import imports as runs  # noqa: PLC0415

    run = ImportRun.objects.latest("made_at")
    runs.turn(run, (ImportRun.State.DONE,), ImportRun.State.UNDOING, timezone.now())
    return {"seconds": _timed(lambda: work.undo(run.id, timezone.now))}


def pages() -> dict[str, float]:
    """Milliseconds of today's page: nobody there, the first time of a day, and as stored; the medians."""
    from keepwarm.cli import start  # noqa: PLC0415

    home = start.space("")
    from keepwarm.models import Pick, Space  # noqa: PLC0415

    full, empty = visitor(home), visitor(Space.objects.create(name="empty"))
    _open(empty), _open(full), _open(empty)  # templates and the rest are read once a server
    alone, first, stored = [], [], []
    for _ in range(TIMES):
        forget_the_day(home)
        alone.append(_open(empty))
        first.append(_open(full))
        stored.append(_open(full))
    assert Pick.objects.filter(space=home).count() == 3
    return {name: median(times) * 1000 for name, times in (("empty", alone), ("first", first), ("stored", stored))}


def visitor(space: Space) -> Client:
    """A browser in which the owner of this space is signed in."""
    from django.test import Client  # noqa: PLC0415

    from keepwarm.models import Membership, User  # noqa: PLC0415

    user = User.objects.create_user(f"{space.name}@example.com", name="Ada Example")
    Membership.objects.create(space=space, user=user, is_owner=True)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    return browser


def _open(browser: Client) -> float:
    began = time.perf_counter()
    answer = browser.get("/")
    assert answer.status_code == 200, answer.status_code
    return time.perf_counter() - began


def forget_the_day(space: Space) -> None:
    from keepwarm.models import Person, Pick  # noqa: PLC0415

    Pick.objects.filter(space=space).delete()
    Person.objects.filter(space=space, suggestions__gt=0).update(suggestions=0, suggested_on=None)


def _timed(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


STEPS: dict[str, Callable[..., dict[str, float]]] = {
    step.__name__: step for step in (set_up, read_ours, read_vobject, undo, pages)
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
