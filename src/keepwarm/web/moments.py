"""News of your people: what happened to them and which days come round, to say a word about or to put away."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keepwarm.core import moments as core
from keepwarm.core.facts import USER
from keepwarm.core.moments import Moment
from keepwarm.core.reconnect import reasons
from keepwarm.models import ImportRun, Person, Photo
from keepwarm.store import moments, people, spaces, touches
from keepwarm.store.moments import Group
from keepwarm.web import access, came_from, cards, dates

SHOWN, MORE = 12, 200
ISO = re.compile(r"\d{4}-\d\d-\d\d")
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
    letter: str  # where it leads
    freshness: str
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


def _show(request: HttpRequest) -> HttpResponse:
    """The page, or its piece for htmx."""
    template = "moments/_list.html" if request.htmx else "moments/page.html"  # type: ignore[attr-defined]
    return render(request, template, _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    member, day = access.membership(request), timezone.localdate()
    asked = request.GET.get("all", "")
    most = MORE if asked in TITLES else SHOWN
    groups = moments.open_on(member.space, day, spaces.owner_facts(member.space, member), most)
    groups = [group for group in groups if asked not in TITLES or group.kind == asked]
    faces = _faces(request, groups, day)
    runs = ImportRun.objects.filter(space=member.space).in_bulk({group.run for group in groups if group.run})
    sections = [_section(group, faces, runs, day) for group in groups]
    if sections and sections[0].rows:
        sections[0].rows[0] = sections[0].rows[0]._replace(current=True)
    return {
        "sections": sections,
        "asked": asked if asked in TITLES else "",
        "anybody": bool(sections) or people.anybody(member.space),
        "noting": _fields(day),
    }


def of_person(person: Person, face: cards.Face, day: date) -> dict[str, Any]:
    """For the page of one person: what is open of them, and the form for what the owner has heard."""
    held = moments.of_people(person.space, [person.id], day, comes_round=True).get(person.id, [])
    return {"news_of": [_row(one, face, day, "person") for one in held], "noting": _fields(day)}


def _faces(request: HttpRequest, groups: list[Group], day: date) -> dict[UUID, cards.Face]:
    ids = {one.person for group in groups for one in group.shown}
    held = Person.objects.of(access.space(request)).filter(id__in=ids).select_related("summary", "circle")
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    return {person.id: cards.face(person, day, person.id in photos) for person in held}


def _section(group: Group, faces: dict[UUID, cards.Face], runs: dict[UUID, ImportRun], day: date) -> Section:
    run = runs.get(group.run) if group.run else None
    came = f"found on {dates.near(timezone.localtime(run.made_at).date(), day)}" if run else ""
    rows = [_row(one.moment, faces[one.person], day) for one in group.shown if one.person in faces]
    return Section(
        TITLES.get(group.kind, "News"), came, group.size, rows, ICONS.get(group.kind, "message-circle"), group.kind
    )  # fmt: skip


def _row(one: Moment, face: cards.Face, day: date, came: str = "moments") -> Row:
    asked = urlencode({"kind": one.kind, "key": one.key, "from": came})
    letter = f"{reverse('congratulate', args=[face.id])}?{asked}"
    return Row(
        face, told(one, day), one.before, one.url, _write(one.kind), letter,
        core.freshness(one, day), one.kind, one.key, False,
    )  # fmt: skip


def _write(kind: str) -> str:
    if kind in (core.LEFT_LINKEDIN, core.NEW_NAME, core.WORK_ANNIVERSARY):
        return "Say hello"
    return "Congratulate" if kind in core.CONGRATULATED else "Write a line"


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
        return _show(request)
    return redirect(came_from.of(request, person).url if "from" in request.POST else "moments")


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    moments.put_back(access.person(request, id), request.GET.get("kind", ""), request.GET.get("key", ""))
    return redirect("moments")


# Noted by hand


KINDS = {
    core.OTHER: "Something good", core.NEW_JOB: "New work", core.NEW_TITLE: "New title", core.PUBLISHED: "Published",
}  # fmt: skip


class Noting(NamedTuple):
    """The form for something that happened: as it is at first, or as it was filled in."""

    on: str
    today: str
    kinds: tuple[tuple[str, str], ...] = tuple(KINDS.items())
    kind: str = core.OTHER
    text: str = ""
    who: str = ""
    people: tuple[cards.Face, ...] = ()  # who may be meant
    problems: Mapping[str, str] = MappingProxyType({})


def _fields(day: date) -> Noting:
    return Noting(day.isoformat(), day.isoformat())


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Something that happened to someone; what is not right is said beside what was typed."""
    day = timezone.localdate()
    if request.method == "GET":
        return render(request, "moments/note.html", {"noting": _fields(day), "back": came_from.of(request)})
    person, meant = _whom(request)
    typed = Noting(
        request.POST.get("on", ""), day.isoformat(), kind=_kind(request), text=request.POST.get("text", "").strip(),
        who=request.POST.get("who", "").strip(), people=tuple(cards.face(one, day, with_photo=False) for one in meant),
    )  # fmt: skip
    if problems := _wrong(typed, person, day):
        shown = typed._replace(problems=problems)
        face = cards.face(person, day, with_photo=False) if person else None
        context = {"noting": shown, "whom": face, "back": came_from.of(request, person, otherwise="moments")}
        return render(request, "moments/note.html", context, status=422)
    assert person is not None  # _wrong has seen to it
    return _noted(request, person, typed)


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    return kind if kind in KINDS else core.OTHER


def _whom(request: HttpRequest) -> tuple[Person | None, list[Person]]:
    """The one it is about; else whom the name may mean."""
    if id := access.uuid(request.POST.get("person", "")):
        return access.person(request, id), []
    found = touches.meant(access.space(request), [name] if (name := request.POST.get("who", "").strip()) else [])
    return (found.people[0], []) if found.sure else (None, found.people)


def _wrong(typed: Noting, person: Person | None, day: date) -> dict[str, str]:
    on, problems = parse_date(typed.on) if ISO.fullmatch(typed.on) else None, {}
    if person is None:
        problems["who"] = _who_is_it(typed)
    if not typed.text:
        problems["text"] = "Say in a few words what happened."
    if on is None or on > day:
        problems["on"] = "Please give the day, up to today."
    elif weeks := moments.faded(typed.kind, on, day):
        said = f"That was more than {reasons.spell(weeks)} weeks ago: no news any more."
        problems["on"] = f"{said} A note on their page keeps it."
    return problems


def _who_is_it(typed: Noting) -> str:
    if typed.people:
        return "Which of them is it?"
    return f"Nobody here is called {typed.who}. Another spelling?" if typed.who else "Please say who it is about."


def _noted(request: HttpRequest, person: Person, typed: Noting) -> HttpResponse:
    row = moments.note(person, typed.kind, typed.text, date.fromisoformat(typed.on), timezone.now())
    back = came_from.of(request, person, otherwise="moments")
    undo = f"{reverse('moment_forget', args=[row.id])}?from={back.name}"
    messages.success(request, f"Noted: good news of {person.name}.", extra_tags=f"undo:{undo}")
    return redirect(f"{back.url}#news" if back.name == "person" else back.url)


@require_POST
def forget(request: HttpRequest, id: UUID) -> HttpResponse:
    row = access.moment(request, id)
    moments.forget(row)
    return redirect(came_from.of(request, row.person, otherwise="moments").url)


def line(count: int) -> str:
    """What leads to this page; "" where there is nothing to see."""
    return f"{reasons.spell(count).capitalize()} piece{pluralize(count)} of news" if count else ""
