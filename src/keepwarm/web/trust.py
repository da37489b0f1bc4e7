"""The mark of trust, proposed in one quiet line on a person's page: yes, or no for good; each with its undo."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm.core.trust import LADDER, MARKED
from keepwarm.models import Person
from keepwarm.store import trust
from keepwarm.web import access


def of_person(request: HttpRequest, person: Person) -> dict[str, Any]:
    found = trust.proposed(person, access.user(request), timezone.localdate())
    return {"trust": {"mark": found.mark, "why": found.why, "as": MARKED[found.mark]} if found else None}


@require_POST
def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    person, mark = access.person(request, id), request.POST.get("mark", "")
    if mark in MARKED:
        before = urlencode({"mark": person.trust, "declined": person.trust_declined})
        if request.POST.get("answer") == "yes":
            trust.mark(person, mark, timezone.now())
            said = f"{person.name} is marked as {MARKED[mark]}."
        else:
            trust.decline(person, mark)
            said = "Not asked again."
        messages.success(request, said, extra_tags=f"undo:{reverse('trust_undo', args=[id])}?{before}")
    return redirect("person", id)


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The address says how it was."""
    person, asked = access.person(request, id), request.GET
    mark, declined = asked.get("mark", ""), asked.get("declined", "")
    if mark in LADDER and declined in LADDER:
        trust.mark(person, mark, timezone.now())
        trust.decline(person, declined)
    return redirect("person", id)
