"""The page that led here, to go back to when this one is done."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from keepwarm.models import Person

PAGES = {"give": "Give", "shelf": "The shelf", "moments": "News of your people", "today": "Today"}
PERSON = "person"


class Back(NamedTuple):
    name: str  # as `from` of an address or a form has it
    url: str
    label: str


def of(request: HttpRequest, person: Person | None = None, otherwise: str = "give") -> Back:
    """As the request says. `person`: whose page may have led here."""
    name = request.POST.get("from") or request.GET.get("from", "")
    if name not in PAGES and not (name == PERSON and person):
        name = otherwise
    if name == PERSON and person:
        return Back(name, reverse(PERSON, args=[person.id]), person.name)
    return Back(name, reverse(name), PAGES[name])
