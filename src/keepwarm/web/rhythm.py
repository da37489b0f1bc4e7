"""How often two people are in touch, or would like to be: what the owner says goes before all that was counted."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from keepwarm.core.reconnect import Candidate, factors
from keepwarm.core.reconnect.reasons import answers, every
from keepwarm.models import Person
from keepwarm.store import people
from keepwarm.web import access, dates

CHOICES = (7, 14, 30, 60, 90, 180, 365)  # days
LONGEST = 365


class Shown(NamedTuple):
    """What the page says of a rhythm, and what can be said against it."""

    sentence: str
    answers: str
    choices: list[tuple[str, str, bool]]
    in_touch: bool
    is_fine: bool  # whether "it is fine like this" would change anything


def shown(person: Person, who: Candidate, day: date) -> Shown:
    mine = person.cadence or 0
    offered = sorted({*CHOICES, mine} - {0})
    quiet = factors.silence(who.history, day) if who.history else 0
    usual = factors.rhythm(who.history, person.own_rhythm) if who.history else 0
    return Shown(
        _sentence(person, who),
        answers(who.history),
        [("", "as it comes", not mine), *((str(days), f"every {every(days)}", days == mine) for days in offered)],
        person.in_touch_since is not None,
        usual < quiet <= LONGEST and person.in_touch_since is None,
    )


def _sentence(person: Person, who: Candidate) -> str:
    if person.in_touch_since:
        often = f"every {every(person.cadence)}" if person.cadence else "anyway"
        return f"You two talk {often}, as you said on {dates.whole(person.in_touch_since)}."
    if person.cadence:
        return f"You like to be in touch every {every(person.cadence)}."
    if person.circle and person.circle.cadence:
        return f"{person.circle.name}: every {every(person.circle.cadence)}."
    usual = who.history.typical_gap if who.history else None
    return f"About every {every(round(usual))}." if usual else ""


@require_POST
def keep(request: HttpRequest, id: UUID) -> HttpResponse:
    """It counts at once: for warmth, reasons, the list and Today. The address of Undo says how it was before."""
    person, day = access.person(request, id), timezone.localdate()
    before = {"days": person.cadence or "", "since": person.in_touch_since or ""}
    days, since = _asked(request, person, day)
    people.keep_rhythm(person, days, since)
    undo = f"{reverse('person_rhythm', args=[id])}?{urlencode(before)}"
    messages.success(request, _noted(person, days, since), extra_tags=f"undo:{undo}")
    return redirect("person", id)


def _asked(request: HttpRequest, person: Person, day: date) -> tuple[int | None, date | None]:
    if "fine" in request.POST:
        return _fine(person, day), None
    if "days" not in request.POST:  # Undo, which has it all in its address
        return _days(request.GET.get("days", "")), _date(request.GET.get("since", ""))
    return _days(request.POST["days"]), day if "talk" in request.POST else None


def _fine(person: Person, day: date) -> int:
    """The shortest rhythm for which so long a silence is none."""
    history = people.history(person)
    quiet = factors.silence(history, day) if history else 0
    return next((days for days in CHOICES if days >= quiet), LONGEST)


def _days(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 4 and 0 < int(text) <= LONGEST else None


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _noted(person: Person, days: int | None, since: date | None) -> str:
    if since:
        return f"Noted. {person.name} counts as warm, and will not be suggested."
    return f"Noted: every {every(days)} with {person.name}." if days else f"As it comes with {person.name}."
