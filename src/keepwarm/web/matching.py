"""What on the shelf someone would like, and that something is not for them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm.models import Item, Person, User
from keepwarm.store import matching, shelf
from keepwarm.web import access


class Worth(NamedTuple):
    """One item worth sharing with someone; `words` of `why` are to be marked."""

    item: Item
    why: str
    words: tuple[str, ...]
    near: tuple[str, ...] = ()  # these of the item, where it has others for the same


def worth_sharing(person: Person, user: User, day: date) -> list[Worth]:
    found = matching.for_person(person, user, day)
    items = Item.objects.in_bulk([suits.item for suits in found])
    return [Worth(items[suits.item], suits.why, suits.words, suits.near) for suits in found if suits.item in items]


@require_POST
def not_for(request: HttpRequest, item: UUID, person: UUID) -> HttpResponse:
    """It is not proposed for them again; back to where it was said."""
    about, who = access.item(request, item), access.person(request, person)
    share = shelf.not_for(about, who, access.user(request), timezone.now())
    if share is None:
        messages.info(request, f"{who.name} has had this already.")
    else:
        undo = reverse("match_take_back", args=[share.id])
        messages.success(request, f"Not for {who.name}, then.", extra_tags=f"undo:{undo}")
    return redirect(f"{reverse('person', args=[who.id])}#worth-sharing")


@require_POST
def take_back(request: HttpRequest, id: UUID) -> HttpResponse:
    share = access.not_given(request, id)
    shelf.take_back(share, timezone.now())
    return redirect(f"{reverse('person', args=[share.person_id])}#worth-sharing")
