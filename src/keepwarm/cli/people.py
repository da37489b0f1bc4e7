"""`keepwarm show` and `keepwarm export`: people out of the network."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from rich.text import Text

from keepwarm.cli import Stop, app, err, out, start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keepwarm.core.people import PersonRecord
    from keepwarm.models import Space, User


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="The person's id, as `keepwarm today --json` gives it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Everything known of one person, with where it comes from."""
    home = start.space(space)
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import shapes  # noqa: PLC0415
    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import balance, spaces  # noqa: PLC0415

    person = Person.objects.of(home).here().filter(id=_id(id)).first()
    if person is None:
        raise Stop(f"There is no one with the id {id}.")
    viewer = spaces.owner(home)
    told = shapes.person(person, viewer, balance.of(person, viewer, timezone.localdate()))
    if as_json:
        out.print_json(json.dumps(told))
    else:
        _print(told)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Stop(f"{text} is not an id of a person.") from None


def _print(told: dict[str, Any]) -> None:
    out.print(told["name"], style="bold", highlight=False)
    for fact in told["facts"]:
        if fact["field"] not in ("name", "given", "family"):
            label = f" ({fact['label']})" if fact["label"] else ""
            line = (f"  {fact['field']}: {fact['value']}{label}  ", (fact["source"], "dim"))
            out.print(Text.assemble(*line), highlight=False)
    for touch in told["touches"]:
        out.print(f"  {touch['at'][:10]} {touch['channel']} {touch['context']} {touch['line']}", highlight=False)


KINDS = ("vcf", "csv", "json")


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write; standard output by default.")] = None,
    kind: Annotated[
        str, typer.Option("--format", help="vcf, for any address book; csv; json, with notes, touches and the shelf.")
    ] = "vcf",
    vcard_version: Annotated[str, typer.Option("--vcard", help="3.0 or 4.0.")] = "3.0",
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Write everyone out, to take along or to keep. `keepwarm import` reads each format back."""
    if kind not in KINDS or vcard_version not in ("3.0", "4.0"):
        raise Stop("Keepwarm writes vcf, as vCard 3.0 or 4.0, csv and json.")
    home = start.space(space)
    from keepwarm.store import export as store  # noqa: PLC0415
    from keepwarm.store import spaces  # noqa: PLC0415

    if kind == "json":
        pieces = _everything(home, spaces.owner(home))
    else:
        pieces = _written(kind, vcard_version, store.records(home))
    if file is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        sys.stdout.writelines(pieces)
        return
    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(pieces)
    except OSError as refused:
        raise Stop(f"{file} cannot be written: {refused.strerror}.") from None
    err.print(f"Written to {file}.", highlight=False)


def _everything(home: Space, owner: User | None) -> Iterator[str]:
    """People with all that was lived through with them, and the shelf."""
    from keepwarm.formats import own_json  # noqa: PLC0415
    from keepwarm.store import export as store  # noqa: PLC0415

    return own_json.write(store.everything(home, owner), store.shelf(home, owner), store.magazines(home))


def _written(kind: str, vcard_version: str, people: Iterator[PersonRecord]) -> Iterator[str]:
    from keepwarm.formats import own_csv, vcard  # noqa: PLC0415

    if kind == "csv":
        return own_csv.write(people)
    return vcard.write(people, "4.0" if vcard_version == "4.0" else "3.0")
