"""One person: what is known, what has been, and a letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import reasons
from keepwarm.models import Fact, Note, Person, Photo, Touch
from keepwarm.store import letters, people, spaces, today, touches
from keepwarm.web import access, cards
from keepwarm.web.today import noon

FIELDS = {
    "email": "E-mail", "phone": "Phone", "profile": "Profile", "organisation": "Works at", "title": "Role",
    "department": "Department", "address": "Address", "birthday": "Birthday", "anniversary": "Anniversary",
    "nickname": "Called", "handle": "Messenger", "link": "Web", "category": "Groups", "known_since": "Known since",
    "name": "Name", "place": "Place",
}  # fmt: skip
ICONS = {
    "mail": "mail", "linkedin": "external-link", "whatsapp": "message-circle", "sms": "smartphone",
    "call": "phone", "meeting": "coffee", "other": "coffee",
}  # fmt: skip
SAID = {
    "mail": "You wrote", "linkedin": "You wrote on LinkedIn", "whatsapp": "You wrote on WhatsApp",
    "sms": "You sent a text message", "call": "You called", "meeting": "You met", "other": "You talked",
}  # fmt: skip


class Value(NamedTuple):
    text: str
    href: str
    source: str


class Known(NamedTuple):
    label: str
    values: list[Value]


class Moment(NamedTuple):
    at: datetime
    when: str
    iso: str
    icon: str
    title: str
    text: str
    undo_url: str


@require_GET
def show(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    return render(request, "people/person.html", _context(request, person))


def _context(request: HttpRequest, person: Person) -> dict[str, Any]:
    member, day = access.membership(request), timezone.localdate()
    owner = spaces.owner_facts(member.space, member)
    who = today.candidates_of([person.id], member.space)[person.id]
    ways = letters.links([person.id])[person.id]
    channel = letters.primary(ways)
    written = letters.write(who, owner, day, channel, letters.saved([person.id], member.user), 0)
    shown = next((letter for letter in written if letter.current), None)
    facts = list(Fact.objects.filter(person=person, ended_at=None).order_by("position", "id"))
    why = reasons.reasons(who, owner, day)
    past = touches.latest(member.space, [person.id], cards.TOUCHES).get(person.id, [])
    usual = who.history.typical_gap if who.history else None
    return {
        "person": cards.face(person, who, day, Photo.objects.filter(person=person).exists()),
        "chips": [fact.value for fact in facts if fact.field == "category"][:6],
        "pull": reasons.words(why[0], who) if why else "",
        "timeline": _timeline(person),
        "rhythm": cards.rhythm(past, who, day),
        "usual": reasons.every(round(usual)) if usual else "",
        "last_time": cards.last_time(past[0], line="") if past else "",
        "facts": _known([fact for fact in facts if fact.field != "name" or fact.value != person.name]),
        "notes": [fact.value for fact in facts if fact.field == "note"],
        "drafts": written if any(ways) else [],
        "links": letters.filled(ways, shown),
        "primary": channel,
        "checks": letters.checks(shown, who, channel) if shown else [],
        "writing": False,
        "version": person.version,
        "editable": {name: getattr(person, name) for name in people.EDITABLE},
        "day": day,
    }


def _known(facts: list[Fact]) -> list[Known]:
    """Every value with where it comes from; one that several sources state is shown once."""
    found: dict[str, dict[str, Value]] = {}
    for fact in facts:
        if fact.field in FIELDS:
            there = found.setdefault(fact.field, {})
            source = cards.SOURCES.get(fact.source, fact.source)
            if held := there.get(fact.value):
                source = held.source if source in held.source else f"{held.source}, {source}"
            there[fact.value] = Value(_said(fact), _href(fact), source)
    return [Known(label, list(found[field].values())) for field, label in FIELDS.items() if field in found]


def _said(fact: Fact) -> str:
    if fact.field in ("birthday", "anniversary"):
        day = PartialDate.of(fact.value)
        said = reasons.day_and_month(day)
        return f"{said} {day.year}" if day and day.year and said else said or fact.value
    if fact.field == "known_since":
        return reasons.month_year(datetime.fromisoformat(fact.value).date())
    if fact.field in ("link", "profile"):
        return fact.value.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return f"{fact.value} ({fact.label})" if fact.label and fact.field in ("email", "phone", "handle") else fact.value


def _href(fact: Fact) -> str:
    if fact.field == "email":
        return f"mailto:{fact.value}" if fact.key else ""
    if fact.field == "phone":
        return f"tel:{fact.key[2:]}" if fact.key else ""
    if fact.field in ("link", "profile"):
        return fact.value if fact.value.startswith(("http://", "https://")) else ""
    return ""


def _timeline(person: Person) -> list[Moment]:
    moments = [_of_touch(touch) for touch in Touch.objects.filter(person=person, deleted_at=None).order_by("-at")[:200]]
    moments += [_of_note(note) for note in Note.objects.filter(person=person, deleted_at=None).order_by("-at")[:200]]
    moments.sort(key=lambda moment: moment.at, reverse=True)
    if person.known_since:
        title = "You connected on LinkedIn"
        year = str(person.known_since.year)
        moments.append(Moment(timezone.now(), year, person.known_since.isoformat(), "sprout", title, "", ""))
    return moments


def _of_touch(touch: Touch) -> Moment:
    title = SAID.get(touch.channel, SAID["other"])
    if touch.context:
        title += f": “{touch.context}”"
    undo = reverse("touch_undo", args=[touch.id])
    return _moment(touch.at, ICONS.get(touch.channel, "coffee"), title, touch.line, undo)


def _of_note(note: Note) -> Moment:
    return _moment(note.at, "pencil-line", "You noted", note.text, reverse("note_undo", args=[note.id]))


def _moment(at: datetime, icon: str, title: str, text: str, undo_url: str) -> Moment:
    local = timezone.localtime(at)
    this_year = local.year == timezone.localdate().year
    when = f"{local.day} {local:%b}" if this_year else f"{local.day} {local:%b %Y}"
    return Moment(at, when, local.date().isoformat(), icon, title, text, undo_url)


@require_GET
def photo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The picture that came with the card; nothing but an image ever leaves here."""
    held = get_object_or_404(Photo, person=access.person(request, id))
    response = HttpResponse(bytes(held.data), content_type=held.media_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = "inline"
    return response


@require_POST
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    values = {name: request.POST[name][:500] for name in people.EDITABLE if name in request.POST}
    if not values.get("name", person.name).strip():
        messages.error(request, "A person needs a name. Nothing was changed.")
        return redirect("person", id)
    version = request.POST.get("version", "")
    try:
        changed = people.edit(person, values, int(version) if version.isdecimal() else 0, timezone.now())
    except people.EditedElsewhere:
        messages.error(request, "This page was changed in another window meanwhile. Look again, then edit.")
    else:
        if changed:
            messages.success(request, "Kept. What you write yourself, no file will change.")
    return redirect("person", id)


@require_POST
def log(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    at, channel = noon(request.POST.get("on", "")), request.POST.get("channel", "")
    if at is None or channel not in SAID:
        messages.error(request, "Please say on which day you talked, a day up to today, and how.")
        return redirect("person", id)
    line = request.POST.get("line", "").strip()[:2000]
    direction = "out" if request.POST.get("direction") == "out" else "both"
    touch = touches.log(
        person, access.user(request), at, timezone.now(), channel=channel, direction=direction, line=line
    )
    messages.success(request, "Noted.", extra_tags=f"undo:{reverse('touch_undo', args=[touch.id])}")
    return redirect("person", id)


@require_POST
def touch_undo(request: HttpRequest, id: UUID) -> HttpResponse:
    touch = access.touch(request, id)
    touches.forget(touch)
    return redirect("person", touch.person_id)


@require_POST
def note_add(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    if text := request.POST.get("text", "").strip():
        note = people.add_note(person, access.user(request), text[:20_000], timezone.now())
        messages.success(request, "Kept.", extra_tags=f"undo:{reverse('note_undo', args=[note.id])}")
    return redirect("person", id)


@require_POST
def note_undo(request: HttpRequest, id: UUID) -> HttpResponse:
    note = access.note(request, id)
    note.delete()
    return redirect("person", note.person_id)


@require_POST
def never(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    people.keep_out(person, never=True)
    undo = f"undo:{reverse('person_suggest', args=[id])}"
    messages.success(request, f"{person.name} will not be suggested.", extra_tags=undo)
    return redirect("person", id)


@require_POST
def suggest(request: HttpRequest, id: UUID) -> HttpResponse:
    people.keep_out(access.person(request, id), never=False)
    return redirect("person", id)
