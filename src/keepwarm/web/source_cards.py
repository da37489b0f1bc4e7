"""The cards of one person: what each source tells of them, who was joined, and a card that is someone else's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core.facts import USER
from keepwarm.models import Fact, Person, Photo, SourceRecord
from keepwarm.store import answers, merge
from keepwarm.web import access, cards
from keepwarm.web.duplicates import merged, tell
from keepwarm.web.side_by_side import source, told_as

LINES = 8


class SourceCard(NamedTuple):
    id: UUID | None  # None: nothing that could be split off
    name: str
    told: str
    seen: datetime | None
    lines: list[str]


@require_GET
def show(request: HttpRequest, id: UUID) -> HttpResponse:
    person, now = access.person(request, id), timezone.now()
    found = list(_cards(person))
    context = {
        "person": cards.face(person, timezone.localdate(), Photo.objects.filter(person=person).exists()),
        "cards": found,
        "may_split": sum(card.id is not None for card in found) > 1,
        "merges": [merged(made, now) for made in merge.of(person).select_related("user")],
    }
    return render(request, "duplicates/cards.html", context)


def _cards(person: Person) -> Iterator[SourceCard]:
    """A file's cards, the oldest first, then what came without one, the user's own words last."""
    told: dict[tuple[UUID | None, str], list[Fact]] = {}
    for fact in Fact.objects.filter(person=person, ended_at=None).order_by("position", "id"):
        told.setdefault((fact.record_id, "" if fact.record_id else fact.source), []).append(fact)
    for record in SourceRecord.objects.filter(person=person).order_by("seen_at", "id"):
        facts = told.get((record.id, ""), [])
        name = next((fact.value for fact in facts if fact.field == "name"), person.name)
        yield SourceCard(record.id, name, f"From {source(record.source)}", record.seen_at, _lines(facts))
    for (record_id, name), facts in sorted(told.items(), key=lambda item: item[0][1] == USER):
        if record_id is None:
            title = "In your own words" if name == USER else f"From {source(name)}"
            yield SourceCard(None, title, "", None, _lines(facts, names=True))


def _lines(facts: Iterable[Fact], *, names: bool = False) -> list[str]:
    lines = [told_as(fact) for fact in facts if names or fact.field != "name"]
    more = len(lines) - LINES
    return lines if more <= 1 else [*lines[:LINES], f"and {more:,} more"]


@require_POST
def split(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    records = [held for text in request.POST.getlist("card") if (held := access.uuid(text))]
    action = answers.split(person, records, access.user(request), timezone.now())
    if action is None:
        messages.error(request, "Tick the cards that are someone else’s; at least one has to stay.")
        return redirect("person_cards", id)
    tell(request, "They are two people now. Nobody joins them again.", action, person=id)
    return redirect("person", action.before["apart"][1])
