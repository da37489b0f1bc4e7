"""`keepwarm promises`: what was promised and is still open, and whom to be reminded of."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from keepwarm.cli import app, out, start


@app.command()
def promises(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Promises and reminders that are in view, the nearest first."""
    home = start.space(space)
    from keepwarm import shapes  # noqa: PLC0415
    from keepwarm.core import promises as words  # noqa: PLC0415
    from keepwarm.store import promises as store  # noqa: PLC0415
    from keepwarm.store import spaces  # noqa: PLC0415

    held = list(store.in_view(home, spaces.owner(home)).nearest_first())
    if as_json:
        out.print_json(json.dumps([{"person": shapes.person_brief(one.person), **shapes.promise(one)} for one in held]))
        return
    for one in held:
        said = words.said(one.whose, one.text, one.person.given or one.person.name)
        day = f"  {one.due_on.isoformat()}" if one.due_on else ""
        out.print(f"{said} ({one.person.name}){day}", highlight=False, markup=False, soft_wrap=True)
    if not held:
        out.print("Nothing is open between you and anyone.")
