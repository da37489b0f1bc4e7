"""`keepwarm log "coffee with Amara last Tuesday, she is hiring"`: one line becomes a touch."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from keepwarm.cli import Stop, app, err, out, start

if TYPE_CHECKING:
    from datetime import date

    from keepwarm.core.touch_line import Line
    from keepwarm.models import Membership, Person, Space


@app.command()
def log(
    line: Annotated[str, typer.Argument(help="What happened, in one line.")],
    id: Annotated[str, typer.Option("--person", help="Who, by id, where several have the name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Keep it without asking first.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Note a touch in one line: who, when and how are read from it, and shown before it is kept."""
    home = start.space(space)
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Membership  # noqa: PLC0415
    from keepwarm.store import touches  # noqa: PLC0415

    member = Membership.objects.filter(space=home, is_owner=True).select_related("user").first()
    if member and member.time_zone:
        timezone.activate(member.time_zone)
    today = timezone.localdate()
    said = _read(" ".join(line.split()), member, today)
    person = _whom(home, said, id)
    if not yes and not as_json and sys.stdin.isatty():
        err.print(_sentence(said, person, today), highlight=False, markup=False, soft_wrap=True)
        if not typer.confirm("Keep it?", default=True, err=True):
            raise Stop("Nothing was kept.")
    touch = touches.log_line(person, member.user if member else None, said, today, timezone.now())
    if as_json:
        out.print_json(json.dumps(_told(person, touch, said)))
    else:
        out.print(f"Noted. {_sentence(said, person, today)}", highlight=False, markup=False, soft_wrap=True)


def _read(line: str, member: Membership | None, today: date) -> Line:
    from keepwarm.core import touch_line  # noqa: PLC0415

    spoken = (os.environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    language = (member.language if member else "") or next(filter(None, spoken), "")
    american = language.lower().replace("_", "-").startswith("en-us")
    said = touch_line.read(line, today, member.first_weekday if member else 0, month_first=american)
    if not line:
        raise Stop('Say in one line what happened: keepwarm log "coffee with Amara last Tuesday".')
    return said


def _whom(home: Space, said: Line, id: str) -> Person:
    """The one person whom the line means; where it may be several, they are named and nothing is kept."""
    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import touches  # noqa: PLC0415

    if id:
        return _by_id(Person.objects.of(home).here().filter(id=_uuid(id)).first(), id)
    people, sure = touches.meant(home, said.names)
    if sure:
        return people[0]
    if people:
        several = "".join(f"\n  {person.id}  {person.name}  {person.role}".rstrip() for person in people)
        raise Stop(f"That may be one of several. Say who with --person, or with more of the name:{several}")
    if said.names:
        raise Stop(f"There is no one called {said.names[0]}. Nothing was kept.")
    raise Stop('The line names no one. Say who, as in: keepwarm log "coffee with Amara".')


def _by_id(person: Person | None, id: str) -> Person:
    if person is None:
        raise Stop(f"There is no one with the id {id}.")
    return person


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Stop(f"{text} is not an id of a person.") from None


def _sentence(said: Line, person: Person, today: date) -> str:
    """ "You met: Amara Nwosu, Tuesday 10 November 2026. You gave. She is hiring"."""
    from keepwarm.core import touch_line  # noqa: PLC0415

    day = said.at or today
    happened = touch_line.happened(said.channel or "other", said.direction, person.given or person.name)
    between = {"give": " You gave something.", "ask": " You asked for something."}.get(said.balance, "")
    words = f" {said.text}" if said.text else ""
    return f"{happened}: {person.name}, {day:%A} {day.day} {day:%B %Y}.{between}{words}"


def _told(person: Person, touch: Any, said: Line) -> dict[str, Any]:
    from keepwarm import shapes  # noqa: PLC0415

    promise = said.promise
    return {
        "person": {
            "id": str(person.id), "name": person.name, "title": person.title, "organisation": person.organisation,
        },
        "touch": {"id": str(touch.id), **shapes.touch(touch)},
        "promise": {"text": promise.text, "due": promise.due.isoformat() if promise.due else None} if promise else None,
    }  # fmt: skip
