"""`keepwarm find`: people by a few letters of what one remembers."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from keepwarm.cli import app, out, start

MOST = 50


@app.command()
def find(
    words: Annotated[list[str], typer.Argument(help="A name or the beginning of one, a firm, a tag, a word noted.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Find people; a typo does no harm. At most fifty, the best first."""
    home = start.space(space)
    from keepwarm import shapes  # noqa: PLC0415
    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import people_list, search  # noqa: PLC0415

    found = search.find(Person.objects.of(home).here(), home, " ".join(words), 0, MOST)
    people = [line.person for line in people_list.lines(home, found.ids, None)]
    if as_json:
        out.print_json(json.dumps([shapes.person_brief(person) for person in people]))
        return
    for person in people:
        role = f", {person.role}" if person.role else ""
        out.print(f"{person.name}{role}  {person.id}", highlight=False, soft_wrap=True)
    if not people:
        out.print("No one like that.")
