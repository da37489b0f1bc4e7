"""The `keepwarm` command: serve, import, today, show, log, insights, export, sign-in-link, doctor, demo."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer
from rich.console import Console

from keepwarm import __version__

app = typer.Typer(
    help="Keep warm the network you already have, in twenty minutes a week.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
# What is printed has names, subjects and words of servers in it: a "[/b]" there is none of ours.
out = Console(markup=False, emoji=False)
err = Console(stderr=True, markup=False, emoji=False)


class Stop(Exception):
    """The command cannot go on. Its text is for the user; the exit status is 1."""


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"keepwarm {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Keep warm the network you already have, in twenty minutes a week."""


def main() -> None:
    """Run the command; what the user can mend is said in one sentence, never as a traceback."""
    # Commands are imported here, not above: each brings Django in only when it runs.
    from keepwarm.cli import (  # noqa: F401, PLC0415
        account,
        demo,
        doctor,
        find,
        imports,
        insights,
        link,
        log,
        people,
        promises,
        serve,
        shelf,
        sync,
        today,
        who,
        worker,
    )
    from keepwarm.options import BadOption  # noqa: PLC0415

    # An import makes a hundred thousand small records without a cycle among them; to look for one after
    # every seven hundred, as Python does by itself, takes a tenth of its time.
    gc.set_threshold(50_000, 20, 20)
    try:
        app()
    except (Stop, BadOption) as wrong:
        err.print(str(wrong), style="red", highlight=False)
        sys.exit(1)
