"""`keepwarm import`: files into the network, with progress."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from keepwarm.cli import Stop, app, err, out, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from keepwarm.models import ImportRun, Space


STDIN = "-"


@app.command("import")
def bring_in(
    files: Annotated[list[Path], typer.Argument(help="Files, or folders of letters; - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")] = False,
    me: Annotated[
        list[str] | None, typer.Option(help="An address, link, number or name of your own; as often as you have them.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Bring people in from files. The same file again changes nothing."""
    missing = [path for path in files if str(path) != STDIN and not (path.is_file() or path.is_dir())]
    if missing:
        raise Stop(f"There is no file {missing[0]}. Nothing was brought in.")
    home = start.space(space)
    from keepwarm import shapes  # noqa: PLC0415

    began = time.perf_counter()
    run = _run(home, files, me or [], dry_run)
    seconds = time.perf_counter() - began
    if run.state == "done":
        _look_at(run)
    result = shapes.import_result(run, seconds)
    if as_json:
        out.print_json(json.dumps(result))
    else:
        _say(run, result, dry_run)
    if run.state in ("refused", "undone"):
        raise typer.Exit(1)


def _run(home: Space, files: list[Path], me: list[str], dry_run: bool) -> ImportRun:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.imports import upload, whose, work  # noqa: PLC0415
    from keepwarm.models import ImportRun  # noqa: PLC0415
    from keepwarm.store import imports as runs  # noqa: PLC0415
    from keepwarm.store import spaces  # noqa: PLC0415

    run = runs.start(home, spaces.owner(home), timezone.now())
    try:
        names = [_keep(run, position, path) for position, path in enumerate(files)]
    except (upload.TooLarge, Stop, OSError) as refused:
        runs.turn(run, (ImportRun.State.READING,), ImportRun.State.CANCELLED, timezone.now())
        upload.forget(run.id)
        raise Stop(_unread(refused) if isinstance(refused, OSError) else str(refused)) from None
    runs.receive(run, names)
    whose.say(run, _keys(run, me))
    if not dry_run:
        runs.turn(run, (ImportRun.State.READING,), ImportRun.State.WRITING, timezone.now())
    with _watched() as watch:
        run = (work.check if dry_run else work.write)(run.id, timezone.now, watch)
    if dry_run:
        runs.turn(run, (ImportRun.State.READY,), ImportRun.State.CANCELLED, timezone.now())
        upload.forget(run.id)
    return run


def _look_at(run: ImportRun) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import duplicates, interests  # noqa: PLC0415

    with err.status("Looking for people who are here twice"):
        duplicates.look(run.space, timezone.now(), run)
    with err.status("Learning what interests them"):
        interests.index_missing(run.space)
    run.refresh_from_db()


def _unread(refused: OSError) -> str:
    return f"{refused.filename} cannot be read: {refused.strerror}. Nothing was brought in."


def _keep(run: ImportRun, position: int, path: Path) -> str:
    """Give the run what lies there, and say what it is called."""
    from keepwarm.imports import folders, upload  # noqa: PLC0415

    if str(path) == STDIN:
        upload.keep_stream(run.id, position, sys.stdin.buffer, path.name)
    elif path.is_dir():
        if not (letters := folders.keep(run.id, position, path)):
            raise Stop(f"There are no letters in the folder {path}. Nothing was brought in.")
        return letters
    else:
        upload.keep_link(run.id, position, path)
    return path.name


def _keys(run: ImportRun, me: list[str]) -> dict[str, str]:
    """What was said, by its key."""
    from keepwarm.store import owners  # noqa: PLC0415

    country = owners.country(run.space_id, run.user)
    keys = {owners.key_of(said, country): said for said in me}
    if "" in keys:
        raise Stop(f"{keys['']} is no address, link, number or name. Nothing was brought in.")
    return keys


class _watched:  # noqa: N801 - reads as a word in the with statement
    """A bar on the terminal, fed by the work; silent where nobody looks."""

    def __enter__(self) -> Callable[[ImportRun], None]:
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        self.bar = Progress(*columns, console=err, transient=True, disable=not start.interactive())
        self.bar.start()
        self.task = self.bar.add_task("Reading", total=None)
        return self.moved

    def moved(self, run: ImportRun) -> None:
        self.bar.update(
            self.task,
            total=run.bytes_total or None,
            completed=run.bytes_done,
            description=f"{run.done:,} people",
        )

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def _say(run: ImportRun, result: dict[str, object], dry_run: bool) -> None:
    for problem in result["problems"][:20]:  # type: ignore[index]
        where = f"{problem['file']}" + (f", {problem['row']}" if problem["row"] else "")
        err.print(f"{where}: {problem['message']} {problem['fix']}", highlight=False, style="yellow")
    if run.trouble:
        err.print(run.trouble, style="red")
        return
    _say_whose(run)
    would = " would be" if dry_run else ""
    new, matched, unchanged = (result[f"people_{how}"] for how in ("new", "matched", "unchanged"))
    people = "person" if new == 1 else "people"
    out.print(f"{new:,} {people}{would} new, {matched:,} already here, {unchanged:,} unchanged.", highlight=False)
    if touches := run.counts.get("touches"):
        out.print(f"{_exchanges(touches)} {'would come' if dry_run else 'came'} along.", highlight=False)
    if strangers := run.counts.get("strangers"):
        out.print(f"Left out: {_exchanges(strangers)} with people who are not here.", highlight=False)
    if joined := run.counts.get("joined"):
        were = "person was" if joined == 1 else "people were"
        out.print(f"{joined:,} {were} here under another card already, and joined.", highlight=False)
    if maybe := run.counts.get("maybe"):
        pairs = "pair" if maybe == 1 else "pairs"
        out.print(f"{maybe:,} {pairs} may be one person: the page “Is this the same person?” asks.", highlight=False)
    if waiting := run.counts.get("waiting"):
        wait = "waits" if waiting == 1 else "wait"
        out.print(f"{waiting:,} more {wait} under “Are these people?”: so far it went one way.", highlight=False)


def _say_whose(run: ImportRun) -> None:
    """Whom it took to be the owner, without having been told."""
    from keepwarm.imports import whose  # noqa: PLC0415
    from keepwarm.store import owners  # noqa: PLC0415

    found = [owners.value(one.key, one.name) for one in whose.found(run)]
    if found:
        out.print(f"Read as yours: {', '.join(found)}. If that is wrong, say --me.", highlight=False)


def _exchanges(count: int) -> str:
    return f"{count:,} exchange{'s' if count > 1 else ''}"
