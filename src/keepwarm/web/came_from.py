"""The page that led here, to go back to when this one is done."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from keepwarm.models import Item, Person

PAGES = {"give": "Give", "shelf": "Your shelf", "moments": "News of your people", "today": "Today"}


class Back(NamedTuple):
    name: str  # as `from` of an address or a form has it
    url: str
    label: str


def of(
    request: HttpRequest, person: Person | None = None, item: Item | None = None, *, otherwise: str = "give"
) -> Back:
    """As the request says. Without a word of it the page of the item, where this is about one, else `otherwise`."""
    name = named(request) or ("item" if item else otherwise)
    if name == "item" and item:
        return Back(name, reverse("shelf_item", args=[item.id]), item.title)
    if name == "person" and person:
        return Back(name, reverse("person", args=[person.id]), person.name)
    name = name if name in PAGES else "give"
    return Back(name, reverse(name), PAGES[name])


def named(request: HttpRequest) -> str:
    """Its name, as far as it is one."""
    name = request.POST.get("from") or request.GET.get("from", "")
    return name if name in PAGES or name in ("item", "person") else ""
