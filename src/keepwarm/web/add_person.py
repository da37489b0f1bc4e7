"""Add someone by hand, in ten seconds: a name, where you met, one line, how to reach them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from keepwarm.core import entries
from keepwarm.core.facts import Stated
from keepwarm.models import Person
from keepwarm.models.ids import new_id
from keepwarm.store import edits
from keepwarm.web import access

# `log` is a line about an exchange that waits for the person: one goes back to it.
FIELDS = {"name": 500, "how_met": 500, "line": 2000, "way": 500, "log": 2000}
ASKED = {"name": "name", "how_met": "met", "log": "log"}  # what the address may say of a field


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        asked = {field: request.GET.get(name, "")[: FIELDS[field]] for field, name in ASKED.items()}
        return _show(request, {"id": str(new_id()), **asked})
    typed = {name: request.POST.get(name, "").strip()[:longest] for name, longest in FIELDS.items()}
    typed["id"] = request.POST.get("id", "")[:36]
    way = entries.way(typed["way"], access.membership(request).phone_country) if typed["way"] else None
    errors = _wrong(typed, way)
    if errors:
        return _show(request, typed, errors)
    try:
        return _add(request, typed, [way] if isinstance(way, Stated) else [])
    except edits.AlreadyHere as found:
        return _show(request, typed, there=found.person)


def _wrong(typed: dict[str, str], way: Stated | entries.Wrong | None) -> dict[str, str]:
    errors = {} if typed["name"] else {"name": "A person needs a name."}
    return errors | ({"way": way.sentence} if isinstance(way, entries.Wrong) else {})


def _show(
    request: HttpRequest, typed: dict[str, str], errors: dict[str, str] | None = None, there: Person | None = None
) -> HttpResponse:
    go_there = _there(there, typed["log"]) if there else ""
    context: dict[str, Any] = {"typed": typed, "errors": errors or {}, "there": there, "go_there": go_there}
    return render(request, "people/new.html", context, status=422 if errors else 409 if there else 200)


def _add(request: HttpRequest, typed: dict[str, str], ways: list[Stated]) -> HttpResponse:
    person = edits.add(
        access.space(request), access.user(request), typed["name"], timezone.now(),
        how_met=typed["how_met"], line=typed["line"], ways=ways,
        id=_id(typed["id"]), anyway="anyway" in request.POST,
    )  # fmt: skip
    undo = f"undo:{reverse('person_delete', args=[person.id])}"
    messages.success(request, f"{person.name} is here.", extra_tags=undo)
    if "another" in request.POST:
        return redirect(f"{reverse('person_new')}?{urlencode({'met': typed['how_met']})}")
    return redirect(_there(person, typed["log"]))


def _there(person: Person, line: str) -> str:
    """Their page, or the line that waits for them."""
    if not line:
        return reverse("person", args=[person.id])
    return f"{reverse('log')}?{urlencode({'line': line, 'added': str(person.id)})}"


def _id(text: str) -> UUID | None:
    """The id that this form gives to whom it adds, so that a second press of its button adds nobody."""
    try:
        return UUID(text)
    except ValueError:
        return None
