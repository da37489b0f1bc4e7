"""`keepwarm doctor`: what is wrong, and what to do."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from keepwarm.cli import Stop, app, out, start


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Look at worker, mail, calendar, clock, disk, database and version; exit 1 where something is wrong."""
    try:
        start.ready()
    except Stop as stop:
        message, _, fix = str(stop).partition(". ")
        _say([{"check": "database", "ok": False, "what": f"{message.rstrip('.')}.", "fix": fix}], as_json=as_json)
        raise typer.Exit(1) from None
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import health  # noqa: PLC0415

    found = [each._asdict() for each in health.all_of_them(timezone.now())]
    _say(found, as_json=as_json)
    if not all(each["ok"] for each in found):
        raise typer.Exit(1)


def _say(found: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps(found))
        return
    for each in found:
        mark, style = ("ok ", "green") if each["ok"] else ("!! ", "red")
        out.print(f"{mark} {each['check']}: {each['what']}", style=None if each["ok"] else style, highlight=False)
        if each["fix"]:
            out.print(f"     {each['fix']}", highlight=False, soft_wrap=True)
