"""Pages worth a visit this week: links that the user opens, and what they did there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.store import visits
from keepwarm.store.visits import Link, Worth
from keepwarm.web import access, rows

COUNT = 7  # a week's worth


class Row(NamedTuple):
    face: rows.Face
    links: list[Link]
    why: str
    published: str
    channel: str  # by which a word left there counts


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "visits/page.html", section(request))


def section(request: HttpRequest) -> dict[str, Any]:
    """Also for another page: who is left of this week's few, and who has been visited."""
    member, day = access.membership(request), timezone.localdate()
    monday = day - timedelta(days=(day.weekday() - member.first_weekday) % 7)
    done = visits.this_week(member.space, member.user, monday)
    left = max(COUNT - len({visit.person_id for visit in done}), 0)
    return {
        "visits": [_row(one) for one in visits.worth_a_visit(member.space, day, left, member.user)] if left else [],
        "visited": [rows.face(visit.person, day) for visit in done],
    }


def _row(one: Worth) -> Row:
    channel = "linkedin" if one.links[0].label == "LinkedIn" else "other"
    return Row(rows.face(one.person, timezone.localdate()), one.links, one.why, one.published, channel)


@require_POST
def seen(request: HttpRequest, id: UUID) -> HttpResponse:
    """Looked; with a word, that is a touch."""
    person, word = access.person(request, id), request.POST.get("word", "")
    word = word if word in ("linkedin", "other") else ""
    visit = visits.seen(person, access.user(request), timezone.localdate(), timezone.now(), word=word)
    said = f"Noted: a word for {person.name}." if word else f"Seen. {person.name} comes up again another week."
    messages.success(request, said, extra_tags=f"undo:{reverse('visit_undo', args=[visit.id])}")
    return redirect("visits")


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    visits.take_back(access.visit(request, id), timezone.now())
    return redirect("visits")
