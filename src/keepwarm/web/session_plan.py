"""The plan of the weekly session: a preset, or slots of one's own, with the minutes adding up."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from keepwarm.core import session as core
from keepwarm.core.session import Slot
from keepwarm.models import Membership
from keepwarm.store import session_sources, settings
from keepwarm.web import access


class Row(NamedTuple):
    """A slot as its fields show it."""

    action: str
    source: str
    people: str
    minutes: str
    spare: bool = False  # the empty row in which one more may be written


def page(request: HttpRequest) -> HttpResponse:
    member = access.membership(request)
    if request.method != "POST":
        return _page(request, member, [_row(slot) for slot in core.read(member.slots)])
    if (preset := core.PRESETS.get(request.POST.get("preset", ""))) is not None:
        return _keep(request, member, preset.slots)
    rows = _rows(request.POST)
    slots, trouble = _wanted(rows)
    return _page(request, member, rows, trouble) if trouble else _keep(request, member, slots)


def _page(request: HttpRequest, member: Membership, rows: list[Row], trouble: str = "") -> HttpResponse:
    held = core.read(member.slots)
    context: dict[str, Any] = {
        "presets": core.PRESETS,
        "chosen": core.preset_of(held),
        "rows": [*rows, Row("", core.MIX, "", "", spare=True)] if len(rows) < core.MOST_SLOTS else rows,
        "actions": core.ACTIONS,
        "sources": [(core.MIX, "Whoever it is time for"), *((n, s.label) for n, s in session_sources.SOURCES.items())],
        "sum": f"{core.minutes(held):g}",
        "trouble": trouble,
    }
    return render(request, "session/plan.html", context, status=422 if trouble else 200)


def _row(slot: Slot) -> Row:
    return Row(slot.action, slot.source, str(slot.count), f"{slot.minutes:g}")


def _rows(post: QueryDict) -> list[Row]:
    """As they were typed; a row without people or without anything to do is none."""
    columns = (post.getlist(name) for name in ("action", "source", "count", "minutes"))
    rows = [Row(*(cell.strip() for cell in cells)) for cells in zip(*columns, strict=False)]
    return [row for row in rows if row.action and row.people not in ("", "0")]


def _wanted(rows: list[Row]) -> tuple[tuple[Slot, ...], str]:
    """The slots that the form asks for, or what is wrong with it in words."""
    slots = []
    for row in rows[: core.MOST_SLOTS]:
        count, minutes = _number(row.people), _number(row.minutes)
        if not count or count != int(count) or count > core.MOST_PEOPLE:
            return (), f"“{row.people[:10]}” is not a number of people up to {core.MOST_PEOPLE}. Nothing was changed."
        if not minutes or minutes > core.MOST_MINUTES:
            return (
                (),
                f"“{row.minutes[:10]}” is not a number of minutes up to {core.MOST_MINUTES}. Nothing was changed.",
            )
        if row.action not in core.ACTIONS or (row.source != core.MIX and row.source not in session_sources.SOURCES):
            return (), "That is not among the choices. Nothing was changed."
        slots.append(Slot(row.source, int(count), row.action, minutes))
    if not slots:
        return (), "A plan needs someone in it. Nothing was changed."
    if core.minutes(slots) > core.MOST_MINUTES:
        return (), f"{core.minutes(slots):g} minutes are more than an hour. Nothing was changed."
    return tuple(slots), ""


def _number(text: str) -> float | None:
    """Of plain digits, with a point or a comma."""
    plain = text.replace(",", ".")
    return float(plain) if plain.isascii() and plain.replace(".", "", 1).isdigit() else None


def _keep(request: HttpRequest, member: Membership, slots: tuple[Slot, ...]) -> HttpResponse:
    kept = [] if slots == core.DEFAULT else core.kept(slots)
    if action := settings.save(member, {"slots": kept}, timezone.now()):
        undo = f"undo:{reverse('settings_undo', args=[action.id])}"
        messages.success(request, f"Kept: {core.minutes(slots):g} minutes a week.", extra_tags=undo)
    return redirect("week")
