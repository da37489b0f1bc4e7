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
    from keepwarm.models import Membership, Person, Promise, Space, Touch, User
    from keepwarm.store.touches import Meant


@app.command()
def log(
    line: Annotated[str, typer.Argument(help="What happened, in one line.")],
    id: Annotated[str, typer.Option("--person", help="Who, by id, where several have the name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Keep it without asking first.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """Note a touch in one line: who, when and how are read from it, and shown before it is kept.

    What it promises stays in view; a line such as "remind me about Yusuf in March" is a reminder alone.
    """
    home = start.space(space)
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Membership  # noqa: PLC0415
    from keepwarm.store import touches  # noqa: PLC0415

    member = Membership.objects.filter(space=home, is_owner=True).select_related("user").first()
    if member and member.time_zone:
        timezone.activate(member.time_zone)
    today = timezone.localdate()
    said = _read(" ".join(line.split()), member, today)
    people = _whom(home, said, id)
    told = _sentence(said, people, today, _style(member))
    if not yes and not as_json and sys.stdin.isatty():
        err.print(told, highlight=False, soft_wrap=True)
        if not typer.confirm("Keep it?", default=True, err=True):
            raise Stop("Nothing was kept.")
    author = member.user if member else None
    kept = touches.log_line(people, author, said, today, timezone.now()) if said.happened else []
    held = _in_view(people[0], author, said, kept, today)
    if as_json:
        out.print_json(json.dumps(_told(people[0], kept, held, said)))
    else:
        out.print(f"Noted. {told}", highlight=False, soft_wrap=True)
        for hint in _hints(people[0], author, said, today):
            out.print(hint, highlight=False, markup=False, soft_wrap=True)


def _hints(person: Person, author: User | None, said: Line, today: date) -> list[str]:
    """That little was given lately to whom something was asked of, with what to give; and that a door has opened."""
    from keepwarm.store import balance, first_gives  # noqa: PLC0415

    noticed = balance.noticed(person, author, today) if said.balance == "ask" and said.happened else ""
    gives = [f"  {give.text}" for give in first_gives.for_person(person, author, today)] if noticed else []
    door = f"It sounds as if a door opened. Keep it on the page of {person.name}, under Between you."
    return [*([f"{noticed} A small give makes it easier:", *gives] if noticed else []), *([door] if said.door else [])]


def _in_view(person: Person, author: User | None, said: Line, kept: list[Touch], today: date) -> list[Promise]:
    """What the line promises, kept in view with the first of its people."""
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import promises  # noqa: PLC0415

    written = kept[0] if kept else None
    return [
        promises.keep(person, author, offer, timezone.now(), written=written)
        for offer in promises.offers(said.promises, today)
    ]


def _read(line: str, member: Membership | None, today: date) -> Line:
    from keepwarm.core import touch_line, written_days  # noqa: PLC0415

    american = _style(member) == written_days.AMERICAN
    said = touch_line.read(line, today, member.first_weekday if member else 0, month_first=american)
    if not line:
        raise Stop('Say in one line what happened: keepwarm log "coffee with Amara last Tuesday".')
    return said


def _style(member: Membership | None) -> str:
    """How the owner writes dates, else this machine."""
    from keepwarm.core import written_days  # noqa: PLC0415

    spoken = (os.environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    return written_days.chosen(member.language if member else "", next(filter(None, spoken), ""))


def _whom(home: Space, said: Line, id: str) -> list[Person]:
    """Those whom the line means, nearly always one; whoever it may else mean is named, and nothing is kept."""
    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import touches  # noqa: PLC0415

    if id:
        return [_by_id(Person.objects.of(home).here().filter(id=_uuid(id)).first(), id)]
    first = [name for name in said.names if name not in said.together[1:]]
    if not first:
        raise Stop('The line names no one. Say who, as in: keepwarm log "coffee with Amara".')
    found = [_one(first, touches.meant(home, first))]
    found += [_one([name], touches.meant(home, [name])) for name in said.together[1:]]
    return list(dict.fromkeys(found))


def _one(names: list[str], meant: Meant) -> Person:
    people, sure = meant
    if sure:
        return people[0]
    if people:
        several = "".join(f"\n  {person.id}  {person.name}  {person.role}".rstrip() for person in people)
        raise Stop(f"That may be one of several. Say who with --person, or with more of the name:{several}")
    raise Stop(f"There is no one called {names[0]}. Nothing was kept.")


def _by_id(person: Person | None, id: str) -> Person:
    if person is None:
        raise Stop(f"There is no one with the id {id}.")
    return person


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Stop(f"{text} is not an id of a person.") from None


def _sentence(said: Line, people: list[Person], today: date, style: str) -> str:
    """ "You met: Amara Nwosu, Tuesday 10 November 2026. You gave. She is hiring" and what stays in view."""
    from keepwarm.core import promises, written_days  # noqa: PLC0415
    from keepwarm.store.promises import offers  # noqa: PLC0415

    told = [_exchange(said, people, today, style)] if said.happened else []
    called = people[0].given or people[0].name
    for offer in offers(said.promises, today):
        day = f", {written_days.write(offer.due, written_days.STYLES[style].weekday_whole)}" if offer.due else ""
        told.append(f"In view: {promises.said(offer.whose, offer.text, called).rstrip('.')}{day}.")
    return " ".join(told)


def _exchange(said: Line, people: list[Person], today: date, style: str) -> str:
    from keepwarm.core import names, touch_line, written_days  # noqa: PLC0415

    called = names.listed([person.given or person.name for person in people])
    happened = touch_line.happened(said.channel or "other", said.direction, called)
    between = {"give": " You gave something.", "ask": " You asked for something."}.get(said.balance, "")
    words = f" {said.text}" if said.text else ""
    who = names.listed([person.name for person in people])
    day = written_days.write(said.at or today, written_days.STYLES[style].weekday_whole)
    end = "." if words and said.promises and words[-1] not in ".!?" else ""
    return f"{happened}: {who}, {day}.{between}{words}{end}"


def _told(person: Person, kept: list[Touch], held: list[Promise], said: Line) -> dict[str, Any]:
    """The touch and with whom; `also` those with others, where the line tells of several people. `promise` is the
    user's own; `in_view` is there where the line holds others' promises or reminders too."""
    from keepwarm import shapes  # noqa: PLC0415

    first, *others = [_told_of(touch) for touch in kept] or [{"person": shapes.person_brief(person), "touch": None}]
    promise = said.promise
    return {
        **first,
        "promise": {"text": promise.text, "due": promise.due.isoformat() if promise.due else None} if promise else None,
        **({"in_view": [shapes.promise(one) for one in held]} if any(one.whose != "mine" for one in held) else {}),
        **({"also": others} if others else {}),
    }


def _told_of(touch: Touch) -> dict[str, Any]:
    from keepwarm import shapes  # noqa: PLC0415

    return {"person": shapes.person_brief(touch.person), "touch": {"id": str(touch.id), **shapes.touch(touch)}}
