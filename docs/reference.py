"""`python -m docs.reference`: writes options.md and commands.md from the code that they tell of."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from keepwarm import cli
from keepwarm.options import OPTIONS, Option

HERE = Path(__file__).parent

# The default that differs from machine to machine is told in words, so that everyone writes the same page.
WORDED = {
    "KEEPWARM_DATA": "`~/.local/share/keepwarm` on Linux, `~/Library/Application Support/keepwarm` on a Mac, "
    "`%LOCALAPPDATA%\\keepwarm` on Windows"
}
OPTIONS_INTRO = """\
# Options

Keepwarm needs none of these. Each is a variable of the environment, read when a command starts:

    KEEPWARM_PORT=8400 make run

A size is written 500 MB or 2 GB. Yes and no may also be on and off, true and false, 1 and 0.

A value that cannot be meant, or a name that Keepwarm does not know, stops the start with a sentence that says so.
"""
COMMANDS_INTRO = """\
# Commands

After `pip install .` the command is `keepwarm`; after `make run` in a checkout it is `.venv/bin/keepwarm`.

Each sets up the data folder on first use, and all but `serve` work beside a server that is running.

What cannot go on says so in one sentence and ends with status 1.
"""
BY_MAKE = "This page is written by `make docs` from the code; change it there.\n"


def pages() -> dict[str, str]:
    """Each generated page by its file name."""
    return {"options.md": options(), "commands.md": commands()}


def main() -> None:
    for name, text in pages().items():
        (HERE / name).write_text(text, "utf-8")
        sys.stdout.write(f"docs/{name}\n")


def options() -> str:
    return "\n".join([OPTIONS_INTRO, *map(_option, OPTIONS), BY_MAKE])


def _option(option: Option) -> str:
    default = WORDED.get(option.name) or (f"`{option.default}`" if option.default else "empty")
    return f"## {option.name}\n\n{option.help}\n\nDefault: {default}\n"


def commands() -> str:
    return "\n".join([COMMANDS_INTRO, *(_command(name, told) for name, told in known()), BY_MAKE])


def known() -> list[tuple[str, Any]]:
    """Every command by name, as Typer holds it; one in a file of its own is found by being there."""
    for module in pkgutil.iter_modules(cli.__path__):
        importlib.import_module(f"{cli.__name__}.{module.name}")
    group: Any = typer.main.get_command(cli.app)
    return sorted(_spelled(group))


def _spelled(group: Any) -> Iterator[tuple[str, Any]]:
    """A command of several words is told by all of them."""
    for name, told in group.commands.items():
        if hasattr(told, "commands"):
            yield from ((f"{name} {below}", one) for below, one in _spelled(told))
        elif not told.hidden:
            yield name, told


def _command(name: str, told: Any) -> str:
    usage = " ".join(["keepwarm", name, *_usage(told.params)])
    return "\n".join([f"## {name}\n", f"{told.help}\n", f"    {usage}\n", *_listed(told.params)])


def _usage(params: Iterable[Any]) -> Iterator[str]:
    params = list(params)
    if any(map(_is_option, params)):
        yield "[OPTIONS]"
    for param in params:
        if not _is_option(param):
            word = param.name.upper() + ("…" if param.nargs < 0 else "")
            yield word if param.required else f"[{word}]"


def _listed(params: Iterable[Any]) -> list[str]:
    lines = [f"- {_spelling(param)}: {param.help}{_default(param)}" for param in params]
    return [*lines, ""] if lines else []


def _spelling(param: Any) -> str:
    if not _is_option(param):
        return f"`{param.name.upper()}`"
    value = "" if param.is_flag else " …"
    return ", ".join(f"`{spelling}{value}`" for spelling in (*param.opts, *param.secondary_opts))


def _default(param: Any) -> str:
    """Only where it says something: a flag's own name tells that it is off until given."""
    if param.default in (None, "", False):
        return ""
    return f" Default: `{param.opts[0] if param.default is True else param.default}`."


def _is_option(param: Any) -> bool:
    return bool(param.opts[0].startswith("-"))


if __name__ == "__main__":
    main()
