"""Why these three, and why not someone else: anyone may be named."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.models import Person, Space
from keepwarm.store import spaces, touches, why
from keepwarm.web import access, cards


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The page, or for htmx the answer alone."""
    named, found = _found(request)
    context = {"named": named, "asked": bool(named), **_answer(request, found), "these": _these(request)}
    template = "today/_why_not.html" if request.htmx else "today/why.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _found(request: HttpRequest) -> tuple[str, list[Person]]:
    """What was asked, and whom it may mean: one who was chosen, else all who bear the name."""
    if chosen := _id(request.GET.get("who", "")):
        person = access.person(request, chosen)
        return person.name, [person]
    named = request.GET.get("q", "").strip()[:200]
    return named, _called(access.space(request), named) if named else []


def _called(space: Space, named: str) -> list[Person]:
    meant = touches.meant(space, [named])
    return meant.people[:1] if meant.sure else meant.people


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _answer(request: HttpRequest, found: list[Person]) -> dict[str, Any]:
    day = timezone.localdate()
    faces = [cards.face(person, day, with_photo=False) for person in found]
    if len(found) != 1:
        return {"choices": faces}
    member = access.membership(request)
    owner = spaces.owner_facts(member.space, member)
    return {"face": faces[0], "said": why.not_someone(found[0], member.user, owner, day, timezone.now())}


def _these(request: HttpRequest) -> list[str]:
    """What earned each of the three their place; only the whole page says so."""
    if request.htmx:  # type: ignore[attr-defined]
        return []
    member = access.membership(request)
    return why.these(member.space, member.user, spaces.owner_facts(member.space, member), timezone.localdate())
