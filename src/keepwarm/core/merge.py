"""Two people into one, with a trace that undoes it: who is kept, which marks they then have, and which each had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

Id = TypeVar("Id")
TRUST = ("", "knows", "trusts", "opens")


class Marks(NamedTuple):
    """What only the owner, or judgement itself, says of a person: cells of their row, not facts with a source."""

    relation: str = ""
    how_met: str = ""
    trust: str = ""
    trust_declined: str = ""
    important: int = 0
    circle_id: Any = None
    cadence: int | None = None
    loosened_from: int | None = None
    skips: int = 0
    in_touch_since: date | None = None
    never: bool = False
    rests_until: date | None = None
    hello_wanted_on: date | None = None
    suggestions: int = 0
    suggested_on: date | None = None
    dug_at: datetime | None = None


def joined(kept: Marks, gone: Marks) -> Marks:
    """Of both: what the kept one has not been given comes from the other; what holds people back holds."""
    return Marks(
        relation=kept.relation or gone.relation,
        how_met=kept.how_met or gone.how_met,
        trust=max(kept.trust, gone.trust, key=TRUST.index),
        trust_declined=max(kept.trust_declined, gone.trust_declined, key=TRUST.index),
        important=max(kept.important, gone.important),
        circle_id=kept.circle_id or gone.circle_id,
        cadence=kept.cadence or gone.cadence,
        loosened_from=(kept if kept.cadence else gone).loosened_from,
        skips=(kept if kept.cadence else gone).skips,
        in_touch_since=_latest(kept.in_touch_since, gone.in_touch_since),
        never=kept.never or gone.never,
        rests_until=_latest(kept.rests_until, gone.rests_until),
        hello_wanted_on=_latest(kept.hello_wanted_on, gone.hello_wanted_on),
        suggestions=kept.suggestions + gone.suggestions,
        suggested_on=_latest(kept.suggested_on, gone.suggested_on),
        dug_at=_latest(kept.dug_at, gone.dug_at),
    )


def parted(before: Marks, after: Marks, now: Marks) -> Marks:
    """The kept one's own again: as before the merge, but for what has been changed since."""
    return Marks(*(now if now != after else before for before, after, now in zip(before, after, now, strict=True)))


def _latest(one: Any, other: Any) -> Any:
    return max((day for day in (one, other) if day is not None), default=None)


class Standing(NamedTuple):
    """How well someone is known here: of two, the better known is kept."""

    edited: bool  # the owner has put something right by hand
    touches: int
    facts: int
    made_at: datetime


def keeps(one: Standing, other: Standing) -> bool:
    """Whether the first is kept: with the owner's own words, else the longer history, the fuller card, the older."""
    return (one.edited, one.touches, one.facts, -one.made_at.timestamp()) >= (
        other.edited, other.touches, other.facts, -other.made_at.timestamp(),
    )  # fmt: skip


def root(into: Mapping[Id, Id], id: Id) -> Id:
    """Who someone is by now. `into`: who was taken into whom."""
    while id in into:
        id = into[id]
    return id


def under(into: Mapping[Id, Id], id: Id) -> set[Id]:
    """Someone with all that were taken into them, directly or not."""
    found = {id}
    while more := {gone for gone, kept in into.items() if kept in found} - found:
        found |= more
    return found
