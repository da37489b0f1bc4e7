"""`keepwarm who`: people by what they know, need or do, each with the reasons."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from keepwarm.cli import app, out, start


@app.command()
def who(
    question: Annotated[list[str], typer.Argument(help="In your own words: knows about grants, needs a designer.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Who do I know who …? At most twelve, the best first, each with its reasons."""
    home = start.space(space)
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.core.who import said  # noqa: PLC0415
    from keepwarm.store import spaces  # noqa: PLC0415
    from keepwarm.store import who as store  # noqa: PLC0415

    found = store.asked(home, spaces.owner(home), " ".join(question), timezone.localdate())
    if as_json:
        out.print_json(json.dumps(store.told(found)))
        return
    for one in found.answers:
        person = found.people[one.id]
        because = "; ".join(
            f"{said(reason)}{f' ({reason.on.isoformat()})' if reason.on else ''}" for reason in one.reasons
        )
        out.print(f"{person.name}  {because}", highlight=False, soft_wrap=True)
    if not found.answers:
        out.print("Nobody of whom that is noted.")
