"""Who do I know who …? A question in plain words, and the people with the reasons."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.core import who as core
from keepwarm.models import Person
from keepwarm.store import who
from keepwarm.web import access, dates, rows

EXAMPLES = ("knows about grants", "needs a designer", "is at a museum in Porto", "collects maps")


class Because(NamedTuple):
    text: str
    words: tuple[str, ...]
    when: str


class Row(NamedTuple):
    person: rows.Face
    reasons: list[Because]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    member, day = access.membership(request), timezone.localdate()
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = who.asked(member.space, member.user, asked, day) if asked else None
    answers = [] if found is None else [
        Row(_face(found.people[one.id]), [_because(reason) for reason in one.reasons]) for one in found.answers
    ]  # fmt: skip
    context = {
        "asked": asked, "rows": answers, "examples": EXAMPLES, "nothing_asked": bool(found and not found.asked.stems),
        "full": len(answers) == core.MOST, "anybody": Person.objects.of(member.space).here().exists(),
    }  # fmt: skip
    return render(request, "who/_answers.html" if request.htmx else "who/page.html", context)  # type: ignore[attr-defined]


def _face(person: Person) -> rows.Face:
    return rows.face(person, timezone.localdate(), with_photo=hasattr(person, "photo"))


def _because(reason: core.Reason) -> Because:
    return Because(core.said(reason), reason.words, dates.near(reason.on, timezone.localdate()) if reason.on else "")
