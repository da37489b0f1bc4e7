"""Killed while it decides who is a person, stores what passed or sums up: begun again, it ends the same."""

from __future__ import annotations

from typing import Any

import pytest

from keepwarm.imports import work
from keepwarm.models import ImportRun, Person, Stranger, Summary, Touch
from keepwarm.store import history, newcomers
from keepwarm.store import imports as runs
from tests.build import Clock, bring_in, card, mbox, upload_files
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
ME = "me@example.net"
FRIENDS = [f"Friend{n} Lee <f{n}@example.org>" for n in range(9)]
LETTERS = mbox(
    *[(friend, ME) for friend in FRIENDS[:6]], *[(ME, friend) for friend in FRIENDS[3:]], ("noreply@example.org", ME)
)
FILES: dict[str, str | bytes] = {"phone.vcf": card("Friend8 Lee", "EMAIL:f8@example.org"), "all.mbox": LETTERS}


class Killed(BaseException):
    """What no handler of ours catches, as kill -9."""


def state(cast: Cast) -> Any:
    """All that is there, but for ids."""
    people = Person.objects.filter(space=cast.home).order_by("name")
    rows = Stranger.objects.filter(space=cast.home).order_by("key")
    return (
        [(one.name, sorted(one.touches.values_list("external_id", "direction", "at"))) for one in people],
        [(row.key, row.sent, row.received, row.automatic, row.verdict, row.held) for row in rows],
        sorted(Summary.objects.values_list("person__name", "sent", "received", "last_on")),
        {name: count for name, count in ImportRun.objects.get().counts.items() if count},
    )


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PEOPLE_TOGETHER", 2)
    monkeypatch.setattr(newcomers, "TOGETHER", 3)
    monkeypatch.setattr(work, "STRIDE_TIME", work.STRIDE_TIME * 0)  # each step is a transaction
    monkeypatch.setattr(work, "TURN", 0)


def write(cast: Cast) -> ImportRun:
    run = ImportRun.objects.filter(space=cast.home).first() or upload_files(cast.home, FILES)
    runs.turn(run, (ImportRun.State.READING,), ImportRun.State.WRITING, Clock()())
    return work.write(run.id, Clock())


@pytest.fixture
def whole(cast: Cast) -> Any:
    """As one that nobody interrupted leaves it."""
    run = bring_in(cast.home, **FILES)
    assert run.counts["touches"] == Touch.objects.count() > 6
    found = state(cast)
    runs.undo(ImportRun.objects.get(), Clock()())
    ImportRun.objects.all().delete()
    assert not Touch.objects.exists()
    return found


@pytest.mark.parametrize(
    ("owner", "step"),
    [(history.Recorder, "_store_some"), (newcomers.Newcomers, "_decide"), (newcomers.Newcomers, "_keep")],
)
@pytest.mark.parametrize("after", [0, 1])
def test_it_ends_the_same(
    cast: Cast, whole: Any, monkeypatch: pytest.MonkeyPatch, owner: type, step: str, after: int
) -> None:
    steps, done = getattr(owner, step), []

    def killing(*given: Any) -> Any:
        if len(done) == after:
            raise Killed
        done.append(step)
        return steps(*given)

    with monkeypatch.context() as patched:
        patched.setattr(owner, step, killing)
        with pytest.raises(Killed):
            write(cast)
    assert ImportRun.objects.get().state == "writing"
    write(cast)
    assert state(cast) == whole
