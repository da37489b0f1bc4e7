"""A door that opened, on a page of its own: written down, put right, taken away, each with its undo."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from keepwarm.models import Ask, Door, Person
from keepwarm.store import doors, spaces
from keepwarm.store.doors import Said
from keepwarm.web import access

KINDS = [(kind.value, kind.label[:1].upper() + kind.label[1:]) for kind in Door.Kind]
EARLIEST = date(1900, 1, 1)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, id: UUID) -> HttpResponse:
    """?ask=…: it came of that ask."""
    person, ask = access.person(request, id), _ask(request, id)
    today = timezone.localdate()
    first = Said(_kind_of(ask), ask.text if ask else "", today)
    if request.method == "POST" and (said := _said(request, today)):
        private = "private" in request.POST
        door = doors.write(person, access.user(request), said, timezone.now(), private=private, ask=ask)
        messages.success(request, "A door opened. Kept.", extra_tags=f"undo:{reverse('door_remove', args=[door.id])}")
        return _to_person(person.id)
    return _show(request, person, first, {"ask": ask})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    door = access.door(request, id)
    if request.method == "POST" and (said := _said(request, timezone.localdate())):
        before = doors.change(door, said)
        undo = f"{reverse('door_undo', args=[id])}?{urlencode(before._asdict())}"
        messages.success(request, "Put right.", extra_tags=f"undo:{undo}")
        return _to_person(door.person_id)
    return _show(request, door.person, Said(door.kind, door.text, door.on), {"door": door, "ask": door.ask})


def _show(request: HttpRequest, person: Person, held: Said, more: dict[str, Any]) -> HttpResponse:
    """The form; what was sent and cannot be stands in it again, with what to do."""
    post = request.POST
    context = {
        "person": person,
        "called": person.given or person.name,
        "kind": post.get("kind", held.kind),
        "text": post.get("text", held.text),
        "on": post.get("on", held.on.isoformat()),
        "wrong": request.method == "POST",
        "kinds": KINDS,
        "today": timezone.localdate(),
        "shared": spaces.is_shared(person.space),
        **more,
    }
    return render(request, "doors/door.html", context)


def _said(request: HttpRequest, today: date) -> Said | None:
    """None for what no door can be."""
    kind, text, on = (request.POST.get(name, "").strip() for name in Said._fields)
    return possible(kind, text, on, today)


def possible(kind: str, text: str, on: str, today: date) -> Said | None:
    day = _day(on)
    if kind not in Door.Kind.values or not text or day is None or not EARLIEST <= day <= today:
        return None
    return Said(kind, text, day)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _ask(request: HttpRequest, person: UUID) -> Ask | None:
    """The ask that it came of, if it is this person's."""
    id = access.uuid(request.POST.get("ask") or request.GET.get("ask", ""))
    ask = access.ask(request, id) if id else None
    return ask if ask and ask.person_id == person else None


def _kind_of(ask: Ask | None) -> str:
    """As the words of the ask have it, else the commonest."""
    words = ask.text.lower() if ask else ""
    return Door.Kind.INTRODUCTION.value if "intro" in words else Door.Kind.REFERRAL.value


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The address says how it was."""
    door, asked = access.door(request, id), request.GET
    if said := possible(asked.get("kind", ""), asked.get("text", ""), asked.get("on", ""), timezone.localdate()):
        doors.change(door, said)
    return _to_person(door.person_id)


@require_POST
def remove(request: HttpRequest, id: UUID) -> HttpResponse:
    door = access.door(request, id)
    doors.remove(door, timezone.now())
    messages.success(request, "Taken away.", extra_tags=f"undo:{reverse('door_back', args=[id])}")
    return _to_person(door.person_id)


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    door = access.door(request, id, removed=True)
    doors.bring_back(door)
    return _to_person(door.person_id)


def _to_person(person: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('person', args=[person])}#together")
