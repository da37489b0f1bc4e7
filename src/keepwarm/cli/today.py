"""`keepwarm today`: the day's three in the terminal."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.panel import Panel
from rich.text import Text

from keepwarm.cli import Stop, app, out, start

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keepwarm.core.reconnect import Owner
    from keepwarm.core.reconnect.choose import Choice
    from keepwarm.models import Pick, Space, User


class Asking(NamedTuple):
    """Who asks, and for which day."""

    home: Space
    user: User | None
    owner: Owner
    day: date
    present: date


@app.command()
def today(
    day: Annotated[str, typer.Option("--date", help="Another day, as 2026-11-30. Only asking: nothing is kept.")] = "",
    zone: Annotated[str, typer.Option(help="The time zone that says what day it is, as Europe/Lisbon.")] = "",
    why: Annotated[str, typer.Option(help="Why not this person? A name, or a part of one.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    space: Annotated[str, typer.Option(help="Which space, where there are several.")] = "",
) -> None:
    """The three people to say hello to. Asking never changes the answer of a day."""
    home = start.space(space)
    asking = _asking(home, _date(day), _zone(zone))
    if why:
        _tell_why(asking, why, as_json=as_json)
        return
    picks = _picks(asking)
    if as_json:
        out.print_json(json.dumps(picks))
        return
    if not picks:
        out.print("No one to suggest today. Bring people in with: keepwarm import FILE")
    for pick in picks:
        out.print(_panel(pick))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Stop(f"{text} is not a date. Write it as 2026-11-30.") from None


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        raise Stop(f"There is no time zone {name}. Write it as Europe/Lisbon.") from None


def _asking(home: Space, day: date | None, zone: ZoneInfo | None) -> Asking:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Membership  # noqa: PLC0415
    from keepwarm.store import spaces  # noqa: PLC0415

    member = Membership.objects.filter(space=home, is_owner=True).select_related("user").first()
    if zone is None and member and member.time_zone:
        zone = ZoneInfo(member.time_zone)
    present = timezone.localdate(timezone=zone)
    user, owner = (member.user if member else None), spaces.owner_facts(home, member)
    return Asking(home, user, owner, day or present, present)


def _picks(asking: Asking) -> list[dict[str, Any]]:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.store import letters  # noqa: PLC0415
    from keepwarm.store import today as store  # noqa: PLC0415

    home, user, owner, day, present = asking
    held: Sequence[Pick | Choice]
    if day == present:
        held = store.of_day(home, user, owner, day, timezone.now())
    else:
        held = store.stored(home, user, day) or store.for_day(home, owner, day, user)
    return letters.told(held, home, owner, user, day)


def _tell_why(asking: Asking, name: str, *, as_json: bool) -> None:
    """Of everyone who bears the name."""
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm import shapes  # noqa: PLC0415
    from keepwarm.store import touches, why  # noqa: PLC0415

    home, user, owner, day, _ = asking
    people, sure = touches.meant(home, [name])
    if not people:
        raise Stop(f"There is nobody here called {name}. Try fewer letters.")
    told = [
        (person, why.not_someone(person, user, owner, day, timezone.now())) for person in people[: 1 if sure else None]
    ]
    if as_json:
        out.print_json(json.dumps([{"person": shapes.person_brief(person), "why_not": said} for person, said in told]))
        return
    for person, said in told:
        out.print(_framed(person.name, map(Text, said)))


def _panel(pick: dict[str, Any]) -> Panel:
    person, draft = pick["person"], pick["draft"]
    role = ", ".join(part for part in (person["title"], person["organisation"]) if part)
    lines = [Text(role, "dim")] if role else []
    lines += [Text(f"· {reason['text']}") for reason in pick["reasons"][:3]]
    if draft:
        lines += [Text(), *([Text(draft["subject"], "bold")] if draft["subject"] else []), Text(draft["body"])]
    return _framed(person["name"], lines)


def _framed(name: str, lines: Iterable[Text]) -> Panel:
    return Panel(Text("\n").join(lines), title=Text(name), title_align="left", padding=(1, 2))
