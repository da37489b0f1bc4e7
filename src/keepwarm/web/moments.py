"""News of your people: what happened to them and which days come round, to say a word about or to put away."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core import moments as core
from keepwarm.core.facts import USER
from keepwarm.core.moments import Moment
from keepwarm.core.reconnect import reasons
from keepwarm.models import ImportRun, Person, Photo
from keepwarm.store import moments, people, spaces
from keepwarm.store.moments import Group, Open
from keepwarm.web import access, came_from, cards, dates

SHOWN, MORE = 12, 200
TITLES = {
    core.NEW_JOB: "New work", core.NEW_TITLE: "New title", core.LEFT_LINKEDIN: "Gone from LinkedIn",
    core.NEW_NAME: "New name", core.BIRTHDAY: "Birthdays", core.ANNIVERSARY: "Anniversaries",
    core.WORK_ANNIVERSARY: "Round years", core.PUBLISHED: "Published", core.OTHER: "Noted by you",
}  # fmt: skip
ICONS = {
    core.NEW_JOB: "sprout", core.NEW_TITLE: "sprout", core.BIRTHDAY: "heart", core.ANNIVERSARY: "heart",
    core.WORK_ANNIVERSARY: "calendar",
}  # fmt: skip


class Row(NamedTuple):
    person: cards.Face
    text: str
    before: str
    url: str
    write: str  # what the button reads
    kind: str
    key: str
    current: bool


class Section(NamedTuple):
    title: str
    came: str  # when and with what it became known
    size: int
    rows: list[Row]
    icon: str
    kind: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, after: str = "") -> HttpResponse:
    """The page, or its piece for htmx. `after`: the one just put away, as person and key."""
    template = "moments/_list.html" if request.htmx else "moments/page.html"  # type: ignore[attr-defined]
    return render(request, template, _context(request, after))


def _context(request: HttpRequest, after: str) -> dict[str, Any]:
    member, day = access.membership(request), timezone.localdate()
    asked = request.GET.get("all", "")
    most = MORE if asked in TITLES else SHOWN
    groups = moments.open_on(member.space, day, spaces.owner_facts(member.space, member), most)
    groups = [group for group in groups if asked not in TITLES or group.kind == asked]
    faces = _faces(request, groups, day)
    runs = ImportRun.objects.filter(space=member.space).in_bulk({group.run for group in groups if group.run})
    sections = [_section(group, faces, runs, day) for group in groups]
    if after and sections:
        sections[0].rows[0] = sections[0].rows[0]._replace(current=True)
    return {
        "sections": sections,
        "asked": asked if asked in TITLES else "",
        "anybody": bool(sections) or people.anybody(member.space),
    }


def _faces(request: HttpRequest, groups: list[Group], day: date) -> dict[UUID, cards.Face]:
    ids = {one.person for group in groups for one in group.shown}
    held = Person.objects.of(access.space(request)).filter(id__in=ids).select_related("summary", "circle")
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    return {person.id: cards.face(person, day, person.id in photos) for person in held}


def _section(group: Group, faces: dict[UUID, cards.Face], runs: dict[UUID, ImportRun], day: date) -> Section:
    run = runs.get(group.run) if group.run else None
    came = f"found on {dates.near(timezone.localtime(run.made_at).date(), day)}" if run else ""
    rows = [_row(one, faces[one.person], day) for one in group.shown if one.person in faces]
    return Section(
        TITLES.get(group.kind, "News"), came, group.size, rows, ICONS.get(group.kind, "message-circle"), group.kind
    )  # fmt: skip


def _row(one: Open, face: cards.Face, day: date) -> Row:
    wish = one.moment.kind in core.CONGRATULATED and one.moment.kind != core.WORK_ANNIVERSARY
    return Row(
        face, told(one.moment, day), one.moment.before, one.moment.url, "Congratulate" if wish else "Say hello",
        one.moment.kind, one.moment.key, False,
    )  # fmt: skip


def told(moment: Moment, day: date) -> str:
    """A moment as one line, with its days."""
    if moment.kind == core.WORK_ANNIVERSARY:
        return f"{moment.text}: {reasons.soon(moment.on, day)}."
    if moment.kind in core.COMES_ROUND:
        return f"{moment.text} {reasons.soon(moment.on, day)}."
    return reasons.of_moment(moment, day)


BRIEF = {
    core.NEW_JOB: "New job at {}", core.NEW_TITLE: "Now {}", core.NEW_NAME: "Now called {}",
    core.LEFT_LINKEDIN: "Left LinkedIn", core.PUBLISHED: "Published “{}”",
}  # fmt: skip


def brief(moment: Moment, day: date) -> str:
    """A moment beside a name: "Birthday on Sunday", "New job at Harbour Films, noted on 9 Nov"."""
    if moment.kind in core.COMES_ROUND:
        return f"{moment.text.partition(',')[0]} {reasons.soon(moment.on, day)}"
    said = core.employer(moment) if moment.kind == core.NEW_JOB else moment.text
    what = BRIEF.get(moment.kind, "{}").format(textwrap.shorten(said, 60, placeholder="…"))
    on = moment.on if moment.source == USER else moment.found_on
    return f"{what}, {'on' if moment.source == USER else 'found on'} {dates.short(on or day, day)}"


@require_POST
def away(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say no more of it."""
    person, kind, key = access.person(request, id), request.POST.get("kind", ""), request.POST.get("key", "")
    if moments.put_away(person, kind, key, timezone.now()):
        back = f"{reverse('moment_back', args=[id])}?{urlencode({'kind': kind, 'key': key})}"
        messages.success(request, f"Put away: {person.name}.", extra_tags=f"undo:{back}")
    if request.htmx:  # type: ignore[attr-defined]
        return _show(request, after=key)
    return redirect(came_from.of(request, person).url if "from" in request.POST else "moments")


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    moments.put_back(access.person(request, id), request.GET.get("kind", ""), request.GET.get("key", ""))
    return redirect("moments")


def line(count: int) -> str:
    """What leads to this page; "" where there is nothing to see."""
    return f"{reasons.spell(count).capitalize()} piece{pluralize(count)} of news" if count else ""
