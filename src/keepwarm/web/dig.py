"""Dig: choose a ground, walk it ten people a page, decide on each with one key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from keepwarm.core.reconnect import reasons
from keepwarm.models import Action, Person, Photo, Space
from keepwarm.store import dig, people, spaces, today
from keepwarm.store.dig import Ground
from keepwarm.web import access, cards

HEADINGS = {
    "employer": "Where you worked", "school": "Where you studied", "met": "Where you met",
    "year": "Since when you know them", "organisation": "Where they work", "town": "Where they live",
    "tag": "Your tags",
}  # fmt: skip
COLUMNS = (("employer", "school", "met"), ("organisation", "town"), ("year", "tag"))
FIRST = 8  # grounds of a kind that are shown before one asks for more
MORE = 60
DONE = {dig.CLOSE: "Kept close", dig.HELLO: "You want to say hello", dig.LEAVE: "Left as it is", dig.NEVER: "Never"}


class Link(NamedTuple):
    """A ground to choose."""

    name: str
    url: str
    people: int
    decided: int
    percent: int


class Section(NamedTuple):
    heading: str
    first: list[Link]
    more: list[Link]


class Row(NamedTuple):
    """Someone to decide on, or just decided."""

    person: cards.Face
    because: str
    done: str
    choice: str
    undo_url: str
    current: bool


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    space = access.space(request)
    columns = [[section for kind in kinds if (section := _section(space, kind))] for kinds in COLUMNS]
    context = {
        "columns": [column for column in columns if column],
        "anybody": people.anybody(space),
        "carry_on": _carry_on(request),
    }
    return render(request, "dig/choose.html", context)


def _section(space: Space, kind: str) -> Section | None:
    links = [_link(ground) for ground in dig.grounds(space, kind)]
    return Section(HEADINGS[kind], links[:FIRST], links[FIRST : FIRST + MORE]) if links else None


def _link(ground: Ground) -> Link:
    percent = ground.decided * 100 // ground.people if ground.people else 100
    return Link(ground.name, _walk_url(ground), ground.people, ground.decided, percent)


def _walk_url(ground: Ground, since: datetime | None = None) -> str:
    asked = {"kind": ground.kind, "key": ground.key} | ({"since": since.isoformat()} if since else {})
    return f"{reverse('dig_walk')}?{urlencode(asked)}"


def _carry_on(request: HttpRequest) -> Link | None:
    """Where the user left off, while there is anyone left."""
    last = dig.last(access.space(request), access.user(request))
    try:
        ground = dig.ground(access.space(request), *last.before["ground"]) if last else None
    except dig.NoGround:
        return None
    return _link(ground) if ground and ground.left else None


@require_GET
def walk(request: HttpRequest) -> HttpResponse:
    return _show(request, _ground(request), _since(request) or timezone.now())


def _ground(request: HttpRequest) -> Ground:
    try:
        return dig.ground(access.space(request), *_asked(request))
    except dig.NoGround:
        raise Http404 from None


def _asked(request: HttpRequest) -> tuple[str, str]:
    asked = request.POST if "kind" in request.POST else request.GET
    return asked.get("kind", "")[:12], asked.get("key", "")[:500]


def _since(request: HttpRequest) -> datetime | None:
    asked = request.POST if "since" in request.POST else request.GET
    try:
        since = parse_datetime(asked.get("since", ""))
    except ValueError:
        return None
    # At either end of the calendar, another time zone would be beyond it.
    return since if since and timezone.is_aware(since) and 1 < since.year < 9999 else None


def _show(request: HttpRequest, ground: Ground, since: datetime) -> HttpResponse:
    """The page, or its piece for htmx."""
    template = "dig/_walk.html" if request.htmx else "dig/walk.html"  # type: ignore[attr-defined]
    return render(request, template, _context(request, ground, since))


def _context(request: HttpRequest, ground: Ground, since: datetime) -> dict[str, Any]:
    held = dig.page(access.space(request), ground, since)
    if all(person.dug_at or person.never for person in held):
        since = timezone.now() + timedelta(microseconds=1)  # the next ten, by itself
        held = dig.page(access.space(request), ground, since)
    last = dig.last(access.space(request), access.user(request))
    return {
        "ground": ground,
        "heading": HEADINGS[ground.kind],
        "percent": ground.decided * 100 // ground.people if ground.people else 100,
        "rows": _rows(request, held, ground, since),
        "since": since.isoformat(),
        "last": _last(request, last, ground, since),
    }


def _rows(request: HttpRequest, held: list[Person], ground: Ground, since: datetime) -> list[Row]:
    member, day = access.membership(request), timezone.localdate()
    ids = [person.id for person in held]
    owner, known = spaces.owner_facts(member.space, member), today.candidates_of(ids, member.space, member.user)
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    done = dig.decided(member.space, ids, since)
    current = next((person.id for person in held if person.id not in done), None)
    return [
        Row(
            cards.face(person, day, person.id in photos),
            reasons.words(reasons.reasons(known[person.id], owner, day)[0], known[person.id]),
            DONE[done[person.id].before["choice"]] if person.id in done else "",
            done[person.id].before["choice"] if person.id in done else "",
            _undo_url(done[person.id], ground, since) if person.id in done else "",
            person.id == current,
        )
        for person in held
    ]


def _undo_url(action: Action, ground: Ground, since: datetime) -> str:
    asked = urlencode({"kind": ground.kind, "key": ground.key, "since": since.isoformat()})
    return f"{reverse('dig_undo', args=[action.id])}?{asked}"


def _last(request: HttpRequest, action: Action | None, ground: Ground, since: datetime) -> dict[str, str] | None:
    """The last decision on this ground, so that U takes it back also when its page has gone by."""
    if action is None or action.before["ground"] != [ground.kind, ground.key]:
        return None
    person = Person.objects.filter(id=action.before["person"], space=access.space(request)).first()
    if person is None:
        return None
    return {
        "name": person.name, "done": DONE[action.before["choice"]], "undo_url": _undo_url(action, ground, since),
    }  # fmt: skip


@require_POST
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    person, choice = access.person(request, id), request.POST.get("choice", "")
    if choice not in dig.CHOICES:
        return redirect("dig")
    kind, key = _asked(request)
    now = timezone.now()
    since = _since(request) or now
    dig.decide(person, access.user(request), choice, kind, key, timezone.localdate(), now)
    return _after(request, since)


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The person stands on the page again, at the place of their name."""
    dig.undo(access.decision(request, id), timezone.now())
    return _after(request, _since(request) or timezone.now())


def _after(request: HttpRequest, since: datetime) -> HttpResponse:
    """The page they decided on; where its ground has gone meanwhile, the choice of grounds."""
    try:
        ground = dig.ground(access.space(request), *_asked(request))
    except dig.NoGround:
        return HttpResponseClientRedirect(reverse("dig")) if request.htmx else redirect("dig")  # type: ignore[attr-defined]
    if request.htmx:  # type: ignore[attr-defined]
        return _show(request, ground, since)
    return redirect(_walk_url(ground, since))
