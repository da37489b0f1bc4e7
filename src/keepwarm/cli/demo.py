"""`keepwarm demo`: the product full of invented people, beside your own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import platformdirs
import typer
from filelock import FileLock, Timeout

from keepwarm.cli import Stop, app, out, serve, start

if TYPE_CHECKING:
    from keepwarm.demo import Filled

FOLDER = "KEEPWARM_DATA"
PORT = 8322  # beside a Keepwarm of one's own
# What setting up leaves in a folder in which nobody is yet.
SETUP = {"keepwarm.sqlite3", "keepwarm.sqlite3-shm", "keepwarm.sqlite3-wal", "secret.key", "server.lock", "setup.lock"}


@app.command()
def demo(
    go_on: Annotated[
        bool | None, typer.Option("--serve/--no-serve", help="Serve it at once; the default in a terminal.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw an older demo away first. Never your own people.")
    ] = False,
    port: Annotated[int, typer.Option(help="The port it is served on.")] = PORT,
) -> None:
    """Make a network of 400 invented people with three years of history, in a folder of its own, and sign in to it.

    KEEPWARM_DATA may name the folder, if it is empty. Your own people are never touched.
    """
    own = FOLDER not in os.environ
    folder = _own_folder(fresh=fresh) if own else _given_folder()
    made = _made(folder, own=own)
    if made:
        out.print(f"{made.people} invented people and {made.touches:,} touches are in", highlight=False)
    else:
        out.print("The demo you made before is in", highlight=False)
    out.print(f"  {folder}", style="bold", highlight=False, soft_wrap=True)
    serving = start.interactive() if go_on is None else go_on
    # Not localhost: a browser would send this the cookies of one's own Keepwarm there.
    out.print("\nThis link signs you in as Ines Duarte, once, within the hour:\n", highlight=False)
    out.print(f"  http://127.0.0.1:{port}/welcome/{_token()}\n", style="bold", highlight=False, soft_wrap=True)
    if serving:
        serve.serve(port=port, lan=False, open_browser=False, stay=True)
    else:
        out.print("To open it:", highlight=False)
        out.print(f"  {FOLDER}='{folder}' keepwarm serve --port {port}", highlight=False, soft_wrap=True)


def _own_folder(*, fresh: bool) -> Path:
    """The demo's own place, which nothing else uses; a database elsewhere is left alone."""
    folder = Path(platformdirs.user_data_dir("keepwarm-demo", appauthor=False))
    if fresh and folder.exists():
        _throw_away(folder)
    os.environ[FOLDER] = str(folder)
    os.environ.pop("KEEPWARM_DATABASE_URL", None)
    return folder


def _throw_away(folder: Path) -> None:
    try:
        with FileLock(folder / "server.lock", timeout=0):
            shutil.rmtree(folder)
    except Timeout:
        raise Stop(f"The demo in {folder} is running. Stop it first, then begin afresh.") from None


def _given_folder() -> Path:
    folder = Path(os.environ[FOLDER]).expanduser().absolute()
    if folder.exists() and {path.name for path in folder.iterdir()} - SETUP:
        raise Stop(_refusal(folder))
    return folder


def _refusal(folder: Path) -> str:
    return (
        f"{folder} is not empty, and the demo goes only where nobody is. "
        f"Leave out {FOLDER} to give it a folder of its own. Nothing was changed."
    )


def _made(folder: Path, *, own: bool) -> Filled | None:
    """Fill the folder; None where the demo's own is full already."""
    start.ready()
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import demo  # noqa: PLC0415

    if demo.is_empty():
        return demo.fill(timezone.localdate(), settings.TIME_ZONE)
    if own:
        return None
    raise Stop(_refusal(folder))


def _token() -> str:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import spaces  # noqa: PLC0415

    home = spaces.home()
    return spaces.new_link(home, spaces.owner(home), timezone.now())
