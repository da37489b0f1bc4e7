"""What is followed for the shelf: named, left, and what is new there kept or passed over."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm import jobs
from keepwarm.core.shelf import host
from keepwarm.models import Arrival, Item, Magazine, Space
from keepwarm.store import magazines, shelf
from keepwarm.store.feeds import TooMany
from keepwarm.sync import feeds as reading
from keepwarm.web import access, dates


class New(NamedTuple):
    """Something new, as the shelf shows it."""

    id: UUID
    title: str
    url: str
    src: str


class Followed(NamedTuple):
    id: UUID
    title: str
    when: str
    trouble: str
    fix: str


def on_shelf(space: Space, day: date) -> dict[str, Any]:
    """For the page of the shelf."""
    return {
        "arrivals": [_new(one, day) for one in magazines.arrived(space, day)],
        "magazines": [_followed(one, day) for one in magazines.of(space)],
    }


def _new(arrival: Arrival, day: date) -> New:
    where = arrival.magazine.title or host(arrival.url)
    return New(arrival.id, arrival.title, arrival.url, f"{where}, {dates.short(arrival.on, day)}")


def _followed(magazine: Magazine, day: date) -> Followed:
    looked = timezone.localdate(magazine.checked_at) if magazine.checked_at else None
    when = f"looked {dates.near(looked, day)}" if looked else "not looked yet"
    return Followed(magazine.id, magazine.title or host(magazine.url), when, magazine.trouble, magazine.fix)


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Look for a feed at the address, and follow it. With ?url= it was found before: undo of leaving it."""
    space, known = access.space(request), request.GET.get("url", "")[:1000]
    said = request.POST.get("url", "").strip()[:1000]
    if not said and not known:
        messages.error(request, "Please give the address of the magazine or blog.")
        return _back()
    try:
        found = reading.Followed(known, request.GET.get("title", "")) if _is_address(known) else reading.find(said)
        magazine = magazines.follow(space, found.url, found.title, timezone.now())
    except reading.Trouble as trouble:
        messages.error(request, f"{trouble.message} {trouble.fix}")
    except TooMany:
        messages.error(request, f"You follow {magazines.MOST} already. Leave one first.")
    else:
        jobs.read_magazine.enqueue(str(magazine.id))
        undo = f"undo:{reverse('magazine_leave', args=[magazine.id])}"
        name = magazine.title or host(magazine.url)
        messages.success(request, f"Followed: {name}. What is new there is proposed below the shelf.", extra_tags=undo)
    return _back()


def _is_address(known: str) -> bool:
    return known.startswith(("http://", "https://"))


@require_POST
def leave(request: HttpRequest, id: UUID) -> HttpResponse:
    magazine = access.magazine(request, id)
    magazines.leave(magazine)
    undo = f"undo:{reverse('magazine_follow')}?{urlencode({'url': magazine.url, 'title': magazine.title})}"
    messages.success(request, "Not followed any more. What you kept of it stays.", extra_tags=undo)
    return _back()


@require_POST
def read(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look now, whatever was set."""
    jobs.read_magazine.enqueue(str(access.magazine(request, id).id))
    messages.success(request, "Looking now.")
    return _back()


@require_POST
def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep it on the shelf, or pass it over."""
    arrival, now, undo = access.arrival(request, id), timezone.now(), reverse("arrival_undo", args=[id])
    if request.POST.get("do") == "keep":
        item, new = magazines.keep(arrival, access.user(request), now)
        if item.state == Item.State.WAITING:
            jobs.read_item.enqueue(str(item.id))
        undo += f"?{urlencode({'item': item.id})}" if new else ""
        messages.success(request, "On your shelf.", extra_tags=f"undo:{undo}")
    else:
        magazines.pass_over(arrival, now)
        messages.success(request, "Passed over.", extra_tags=f"undo:{undo}")
    return _back()


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """Proposed again; with ?item= what was kept of it leaves the shelf."""
    arrival = access.arrival(request, id)
    if kept := access.uuid(request.GET.get("item", "")):
        shelf.forget(access.item(request, kept))
    magazines.put_back(arrival)
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('shelf')}#new")
