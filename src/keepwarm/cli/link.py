"""`keepwarm link`: who is here twice, in a shared network of millions."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from keepwarm.cli import Stop, app, out, start


@app.command()
def link(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Look through a network of millions for people who are here twice, with Splink.

    Needs the extra: pip install 'keepwarm[link]'. Nobody is joined by it; the pairs wait to be answered.
    """
    home = start.space(space)
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.link import engine, people  # noqa: PLC0415

    try:
        found = people.look(home, settings.DATA, timezone.now())
    except engine.Missing as missing:
        raise Stop(str(missing)) from None
    if as_json:
        out.print_json(json.dumps(found._asdict()))
        return
    out.print(f"Looked through {found.people:,} people. New pairs that may be one person: {found.asked:,}.")
