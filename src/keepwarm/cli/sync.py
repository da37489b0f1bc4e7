"""`keepwarm sync`: mailboxes and calendars read now, where no server does it in the background."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from keepwarm.cli import app, err, out, start

if TYPE_CHECKING:
    from uuid import UUID

    from keepwarm.models import Account, Space


@app.command()
def sync(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Read the mailboxes, calendars and feeds whose time has come.

    The first two are added on the page /sources, feeds on the page of whoever publishes them.
    """
    home = start.space(space)
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import accounts  # noqa: PLC0415

    accounts.free(timezone.now())
    read = [told for id in accounts.at_hand(home, timezone.now()) if (told := _read(id))]
    _read_feeds(home)
    if as_json:
        out.print_json(json.dumps([_shape(account) for account in read]))
    else:
        _say(read)
    if any(account.trouble for account in read):
        raise typer.Exit(1)


def _read_feeds(home: Space) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import feeds  # noqa: PLC0415
    from keepwarm.sync import feeds as publications  # noqa: PLC0415

    for id in feeds.due(timezone.now(), home):
        feed = publications.read(id, timezone.now)
        if feed and feed.trouble:
            err.print(f"{feed}: {feed.trouble} {feed.fix}", style="yellow", highlight=False, markup=False)


def _read(id: UUID) -> Account | None:
    """None where someone else is at it."""
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store.accounts import TakenOver  # noqa: PLC0415
    from keepwarm.sync import reading  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=err, transient=True, disable=not start.interactive()) as bar:
        task = bar.add_task("Reading", total=None)

        def watch(account: Account) -> None:
            bar.update(task, total=account.total or None, completed=account.done, description=account.name)

        try:
            return reading.read(id, timezone.now, watch)
        except TakenOver:
            return None


def _shape(account: Account) -> dict[str, object]:
    return {
        "name": account.name, "kind": account.kind, "state": account.state, "read": account.done,
        "trouble": account.trouble, "fix": account.fix,
    }  # fmt: skip


def _say(read: list[Account]) -> None:
    for account in read:
        if account.trouble:
            err.print(f"{account.name}: {account.trouble} {account.fix}", style="yellow", highlight=False)
        else:
            out.print(f"{account.name} is read.", highlight=False)
    if not read:
        out.print("There is nothing to read now.", highlight=False)
