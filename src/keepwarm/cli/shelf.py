"""`keepwarm shelf`: put something on the shelf, and see what is there."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from keepwarm.cli import Stop, app, out, start

shelf = typer.Typer(no_args_is_help=True, help="What you have saved to give: links and thoughts.")
app.add_typer(shelf, name="shelf")
MOST = 2_000  # that are listed


@shelf.command("add")
def add(
    what: Annotated[str, typer.Argument(metavar="URL_OR_TEXT", help="An address, or a thought in quotes.")],
    note: Annotated[str, typer.Option(help="Your note on it.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Save a link or a thought. Its page is read by the server, at once or when it runs again."""
    home = start.space(space)
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import jobs, shapes  # noqa: PLC0415
    from keepwarm.core import shelf as core  # noqa: PLC0415
    from keepwarm.core.shelf import Saved  # noqa: PLC0415
    from keepwarm.models import Item  # noqa: PLC0415
    from keepwarm.store import shelf as store  # noqa: PLC0415
    from keepwarm.store import spaces  # noqa: PLC0415

    told = core.told(what)
    said = Saved(told.url, "\n".join(part for part in (told.rest, note) if part), source="command")
    try:
        item, new = store.save(home, spaces.owner(home), said, timezone.now())
    except ValueError:
        raise Stop("There is nothing to save. Give an address, or a thought in quotes.") from None
    if item.state == Item.State.WAITING:
        jobs.read_item.enqueue(str(item.id))
    if as_json:
        out.print_json(json.dumps({"new": new, **shapes.item(item)}))
    else:
        out.print(f"{'Saved' if new else 'It was there before'}: {item.title}", highlight=False, markup=False)


@shelf.command("list")
def show(
    words: Annotated[str, typer.Argument(help="Only what has words that begin so.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """What is on the shelf, the newest first."""
    home = start.space(space)
    from keepwarm import shapes  # noqa: PLC0415
    from keepwarm.store import shelf as store  # noqa: PLC0415
    from keepwarm.store import spaces  # noqa: PLC0415

    held = store.listed(home, spaces.owner(home), words=words, count=MOST).items
    if as_json:
        out.print_json(json.dumps([shapes.item(item) for item in held]))
        return
    for item in held:
        line = f"{item.made_at:%Y-%m-%d}  {item.title}{f'  {item.url}' if item.url else ''}"
        out.print(line, highlight=False, markup=False, soft_wrap=True)
    if not held:
        out.print("Nothing on the shelf has these words." if words else "Nothing is on the shelf yet.")
