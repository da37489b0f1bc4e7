"""What became of it: which hellos were answered, in words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.core.reconnect import factors
from keepwarm.core.reconnect.reasons import spell
from keepwarm.store import letters, outcomes
from keepwarm.store.outcomes import Sent, Tally
from keepwarm.web import access, dates
from keepwarm.web.cards import HOW

WAYS = {
    "mail": "Mail", "linkedin": "LinkedIn", "whatsapp": "WhatsApp", "sms": "Text message", "call": "Phone",
    "meeting": "In person", "other": "Another way",
}  # fmt: skip
SILENCES = {
    outcomes.NEW: "No history before", outcomes.MONTHS: "Quiet for less than half a year",
    outcomes.HALF_YEAR: "Quiet for half a year and more", outcomes.YEAR: "Quiet for over a year",
}  # fmt: skip


class Row(NamedTuple):
    name: str
    said: str


class Part(NamedTuple):
    heading: str
    rows: list[Row]


class Lately(NamedTuple):
    name: str
    url: str
    when: str
    said: str
    answered: bool


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    found = outcomes.of(access.space(request), access.user(request))
    parts = [
        Part("By the kind of message", [_row(tally, letters.LABELS) for tally in found.by_shape]),
        Part("By the way it went", [_row(tally, WAYS) for tally in found.by_channel]),
        Part("By how long it had been quiet", [_row(tally, SILENCES) for tally in found.by_silence]),
    ]
    context = {
        "all": _whole(found.all) if found.all else "",
        "parts": [part for part in parts if part.rows],
        "lately": [_lately(sent, timezone.localdate()) for sent in found.lately],
    }
    return render(request, "today/outcomes.html", context)


def _whole(tally: Tally) -> str:
    return f"Your hellos are {factors.band(tally.replied, tally.sent)} answered: {_counted(tally)}."


def _counted(tally: Tally) -> str:
    met = f"; {spell(tally.met)} led to a meeting" if tally.met else ""
    return f"{spell(tally.replied)} of {spell(tally.sent)}{met}"


def _row(tally: Tally, names: dict[str, str]) -> Row:
    return Row(names.get(tally.of, "In your own words"), f"{_counted(tally)[:1].upper()}{_counted(tally)[1:]}")


def _lately(sent: Sent, today: date) -> Lately:
    on = timezone.localtime(sent.at).date()
    return Lately(
        name=sent.name,
        url=reverse("person", args=[sent.person]),
        when=f"{dates.near(on, today)}{HOW.get(sent.channel, '')}",
        said=_said(sent, on),
        answered=sent.replied_at is not None,
    )


def _said(sent: Sent, on: date) -> str:
    if sent.met_at:
        return f"You met on {dates.near(timezone.localtime(sent.met_at).date(), on)}"
    if sent.replied_at is None:
        return "No word yet"
    days = (timezone.localtime(sent.replied_at).date() - on).days
    return "Answered the same day" if days < 1 else f"Answered after {spell(days)} day{'s' * (days != 1)}"
