"""How often two people are in touch, or would like to be: what the owner says goes before all that was counted."""

from __future__ import annotations

from datetime import date, timedelta
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

from keepwarm.core import rhythm as core
from keepwarm.core.reconnect import Candidate, factors
from keepwarm.core.reconnect.reasons import answers, every
from keepwarm.models import Person, Summary
from keepwarm.store import people
from keepwarm.store import rhythm as store
from keepwarm.web import access, dates

CHOICES = (7, 14, 21, 30, 60, 90, 120, 180, 365)  # days
LONGEST = 365


class Shown(NamedTuple):
    """What the page says of a rhythm, and what can be said against it."""

    sentence: str
    answers: str
    choices: list[tuple[str, str, bool]]
    in_touch: bool
    is_fine: bool  # whether "it is fine like this" would change anything
    learnt: int | None  # days: what these two have kept of themselves, where nobody has said anything
    learnt_words: str
    loosened_from: int | None
    due: str  # when it is time, in words


def shown(person: Person, who: Candidate, day: date) -> Shown:
    mine = person.cadence
    offered = sorted({*CHOICES, mine or 0} - {0})
    quiet = factors.silence(who.history, day) if who.history else 0
    usual = factors.rhythm(who.history, person.own_rhythm) if who.history else 0
    learnt = _learnt(person)
    return Shown(
        _sentence(person, who),
        answers(who.history),
        [
            ("", _without_a_word(person), mine is None),
            *((str(days), f"every {every(days)}", days == mine) for days in offered),
            (str(core.NONE), "no rhythm", mine == core.NONE),
        ],
        person.in_touch_since is not None,
        usual < quiet <= LONGEST and person.in_touch_since is None,
        learnt,
        every(learnt) if learnt else "",
        person.loosened_from,
        _due(person, day),
    )


def _without_a_word(person: Person) -> str:
    """What holds where the owner says nothing of this person."""
    days = core.cadence(None, person.tag_cadence, person.circle.cadence if person.circle else None)
    if not days:
        return "as it comes"
    return f"as their {'tag' if person.tag_cadence else 'circle'}: every {every(days)}"


def _learnt(person: Person) -> int | None:
    summary: Summary | None = getattr(person, "summary", None)
    if summary is None or person.own_rhythm or person.cadence == core.NONE or person.in_touch_since:
        return None
    return core.suggestion(summary.weeks, summary.gap_low, summary.gap_middle, summary.gap_high)


def _due(person: Person, day: date) -> str:
    if person.due_on is None or person.never or person.in_touch_since or not person.own_rhythm:
        return ""
    if person.due_on <= day + timedelta(days=6):
        return "It is time to say hello, in this week’s session or whenever you like."
    return f"It will be time to say hello about {dates.near(person.due_on, day)}."


def _sentence(person: Person, who: Candidate) -> str:
    if person.in_touch_since:
        often = f"every {every(person.cadence)}" if person.cadence else "anyway"
        return f"You two talk {often}, as you said on {dates.whole(person.in_touch_since)}."
    if person.cadence:
        return f"You like to be in touch every {every(person.cadence)}."
    if person.cadence == core.NONE:
        return "You asked for no rhythm."
    if person.tag_cadence:
        return f"By their tag: every {every(person.tag_cadence)}."
    if person.tag_cadence is None and person.circle and person.circle.cadence:
        return f"{person.circle.name}: every {every(person.circle.cadence)}."
    usual = who.history.typical_gap if who.history else None
    return f"About every {every(round(usual))}." if usual else ""


@require_POST
def keep(request: HttpRequest, id: UUID) -> HttpResponse:
    """It counts at once: for warmth, reasons, the list and Today. The address of Undo says how it was before."""
    person, day = access.person(request, id), timezone.localdate()
    before = {"days": "" if person.cadence is None else person.cadence, "since": person.in_touch_since or ""}
    days, since = _asked(request, person, day)
    store.keep(person, days, day, since)
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
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) <= core.LONGEST else None


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _noted(person: Person, days: int | None, since: date | None) -> str:
    if since:
        return f"Noted. {person.name} counts as warm, and will not be suggested."
    if days == core.NONE:
        return f"No rhythm with {person.name}."
    return f"Noted: every {every(days)} with {person.name}." if days else f"As it comes with {person.name}."
