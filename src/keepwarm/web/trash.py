"""The trash: who is in it, back again, or gone for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.store import people_list
from keepwarm.store import trash as store
from keepwarm.web import access, rows


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    space, number = access.space(request), request.GET.get("page", "")
    start = (int(number) - 1) * people_list.PAGE if number.isdecimal() and len(number) < 6 and int(number) > 0 else 0
    held = list(store.inside(space).select_related("summary", "circle")[start : start + people_list.PAGE + 1])
    shown = [(rows.face(person, timezone.localdate()), person.deleted_at) for person in held[: people_list.PAGE]]
    more = len(held) > people_list.PAGE
    context = {
        "rows": shown,
        "next": start // people_list.PAGE + 2 if more else None,
        "asked_to_empty": "empty" in request.GET,
    }
    return render(request, "people/trash.html", context)


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    """Bring back, or delete for good."""
    space, ids = access.space(request), access.ticked(request)
    if not ids:
        messages.error(request, "Choose someone first.")
    elif request.POST.get("do") == "forget":
        count = store.forget(space, ids)
        messages.success(request, f"{count:,} {'person is' if count == 1 else 'people are'} gone for good.")
    else:
        count = store.bring_back(space, ids)
        messages.success(request, f"{count:,} {'person is' if count == 1 else 'people are'} back.")
    return redirect("people_trash")
