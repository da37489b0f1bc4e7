"""This week: what the session holds, what has been done already, and its beginning."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.core import session as core
from keepwarm.core.reconnect.reasons import spell
from keepwarm.models import Session
from keepwarm.store import insights, introductions, people, rhythm, session, session_sources, week
from keepwarm.web import access, asks

WIDTHS = {core.LIGHT: 10, core.MESSAGE: 25, core.TALK: 60}  # of a tick, on a line of 364
GAP, BETWEEN = 4, 20


class Tick(NamedTuple):
    """One place of the plan on its line."""

    x: int
    width: int
    done: bool


class Line(NamedTuple):
    """A slot in words."""

    label: str
    done: int
    size: int
    minutes: str
    source: str
    names: str


def ticks(this: week.Week) -> dict[str, Any]:
    """The line of ticks, with its words: for Today, the week and the end of the session."""
    found: list[Tick] = []
    x = 0
    for lane in this.lanes:
        for place in range(lane.slot.count):
            width = WIDTHS[lane.slot.action]
            found.append(Tick(x, width, place < lane.done))
            x += width + GAP
        x += BETWEEN - GAP
    return {"ticks": found, "width": max(x - BETWEEN, 1), "words": week.ticks(this.lanes)}


def line(lane: week.Lane) -> Line:
    source = session_sources.SOURCES.get(lane.slot.source)
    names = lane.names[-4:][::-1]
    return Line(
        label(lane.slot), lane.done, lane.slot.count, minutes(lane.slot.minutes),
        source.label if source else "Whoever it is time for", ", ".join(names),
    )  # fmt: skip


def label(slot: core.Slot) -> str:
    return core.ONE[slot.action] if slot.count == 1 else core.ACTIONS[slot.action]


def minutes(length: float) -> str:
    whole = round(length)
    return "a minute" if whole <= 1 else f"{spell(whole)} minutes"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    member, day, now = access.membership(request), timezone.localdate(), timezone.now()
    rhythm.tidy(member.space_id, day)
    held = session.present(member, day, now)
    this = week.of(member, day)
    slots = [lane.slot for lane in this.lanes]
    context = {
        "day": day,
        "week": this,
        "lines": [line(lane) for lane in this.lanes],
        "minutes": minutes(core.minutes(slots)),
        "state": state(held),
        "due": week.due(member.space, this),
        "anybody": people.anybody(member.space),
        "preset": core.PRESETS.get(core.preset_of(slots)),
        "away": member.away_until if member.away_until and member.away_until >= day else None,
        "next_week": this.start + timedelta(days=7),
        "left": left_words(held, now) if held else "",
        **asks.of_week(member, day),
        "worked": insights.worked(member, day),
        "wondering": [
            (one.id, introductions.wonder(one, day)) for one in introductions.wondering(member.space, member.user, day)
        ],
    } | ticks(this)
    return render(request, "session/week.html", context)


def state(held: Session | None) -> str:
    if held is None:
        return "open"
    return "ended" if held.ended_at else "paused" if held.paused_at else "burning"


def left_words(held: Session, now: datetime) -> str:
    """About eleven minutes left."""
    left = held.wick.left(now).total_seconds() / 60
    return "Less than a minute left" if left < 1 else f"About {minutes(left)} left"
