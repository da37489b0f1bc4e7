"""Just met: captured in seconds, one after the other at the same event; and the words of the first weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from keepwarm.core import entries, facts
from keepwarm.core.facts import Stated
from keepwarm.core.people import PersonRecord
from keepwarm.formats import handed_over
from keepwarm.formats.handed_over import NothingRead
from keepwarm.models import FirstMeeting, Membership, Person
from keepwarm.models.ids import new_id
from keepwarm.store import edits, just_met, letters
from keepwarm.store.just_met import Met, Next
from keepwarm.web import access, dates, rows

FIELDS = {"name": 500, "where": 200, "line": 2000, "pasted": 10_000}
MOST_VALUES = 30
EVENTS = 12
ON_TODAY = 5
# What a card may tell, in the order of the form; all else of it is left out.
ASKED = {
    "title": "Role", "organisation": "Works at", "email": "E-mail", "phone": "Phone", "profile": "Profile",
    "link": "Link", "address": "Address", "birthday": "Birthday", "nickname": "Called", "note": "Note",
}  # fmt: skip
WORDS = {
    "hello": "A hello within two days is the one that lasts.",
    "week": "A week on: a word now and they will know you again.",
    "month": "Four weeks on: how did it go since?",
    "quarter": "Twelve weeks on: one more word, and the tie holds by itself.",
}  # fmt: skip


class Value(NamedTuple):
    """One value of a card, as the form shows it."""

    n: int
    field: str
    label: str
    value: str
    note: str  # an address's or number's label
    error: str = ""


class Row(NamedTuple):
    """Someone lately met who is to hear a word."""

    face: rows.Face
    id: UUID
    met: str
    words: str
    due: str
    channel: str


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; what was pasted or photographed is shown in it before it is kept."""
    if request.method == "GET":
        return _show(request, {"id": str(new_id()), "where": request.GET.get("where", "")[:200]})
    typed: dict[str, Any] = {name: request.POST.get(name, "").strip()[:most] for name, most in FIELDS.items()}
    typed |= {"id": request.POST.get("id", "")[:36], "on": request.POST.get("on", "")}
    values = list(_sent_values(request))
    if typed["pasted"] or "card" in request.FILES or "keepwarm.too_large" in request.META:
        return _read(request, typed, values)
    if wrong := _wrong(typed, values):
        return _show(request, typed, values, errors=wrong, status=422)
    try:
        return _keep(request, typed, values)
    except edits.AlreadyHere as found:
        return _show(request, typed, values, there=found.person, status=409)


def _show(
    request: HttpRequest, typed: dict[str, Any], values: Iterable[Value] = (), *, errors: dict[str, str] | None = None,
    there: Person | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    space, today = access.space(request), timezone.localdate()
    events = just_met.events(space, EVENTS)
    event = next((one for one in events if one.name == typed.get("where")), None)
    context = {
        "typed": typed | {"on": typed.get("on") or today.isoformat()},
        "values": list(values),
        "errors": errors or {},
        "there": there,
        "events": list(dict.fromkeys(one.name for one in events)),
        "event": event,
        "met": [rows.face(one.person, today) for one in just_met.met_at(event)] if event else [],
        "today": today,
    }
    return render(request, "just_met/page.html", context, status=status)


# What was handed over


def _read(request: HttpRequest, typed: dict[str, Any], values: list[Value]) -> HttpResponse:
    """Into the fields; what is typed already stays."""
    try:
        record = _handed_over(request, typed["pasted"])
    except NothingRead as nothing:
        return _show(request, typed, values, errors={"pasted": nothing.sentence}, status=422)
    typed |= {"name": typed["name"] or record.name, "pasted": ""}
    told = _values(record, access.membership(request).phone_country)
    held = {(value.field, value.value) for value in values}
    fresh = [value for value in told if (value.field, value.value) not in held]
    return _show(request, typed | {"read": True}, _numbered([*values, *fresh]))


def _handed_over(request: HttpRequest, pasted: str) -> PersonRecord:
    if "keepwarm.too_large" in request.META:
        raise NothingRead("This file is larger than 20 MB. A smaller picture is enough.")
    card = request.FILES.get("card")
    if not isinstance(card, UploadedFile):
        return handed_over.text(pasted)
    return handed_over.file(card.name or "", card.read())


def _values(record: PersonRecord, country: str) -> list[Value]:
    said = [one for one in facts.stated(record, country) if one.field in ASKED]
    said.sort(key=lambda one: list(ASKED).index(one.field))
    return [Value(0, one.field, ASKED[one.field], one.value, one.label) for one in said]


def _numbered(values: Iterable[Value]) -> list[Value]:
    return [value._replace(n=n) for n, value in enumerate(values, 1)][:MOST_VALUES]


def _sent_values(request: HttpRequest) -> Iterable[Value]:
    """Those of the form, each as the user has left it; an emptied one is gone."""
    post, country = request.POST, access.membership(request).phone_country
    for n in range(1, MOST_VALUES + 1):
        field, value = post.get(f"field-{n}", ""), " ".join(post.get(f"value-{n}", "").split())[: entries.LONGEST]
        if field in ASKED and value:
            stated = entries.read(field, value, post.get(f"note-{n}", "")[:100], country)
            error = stated.sentence if isinstance(stated, entries.Wrong) else ""
            yield Value(n, field, ASKED[field], value, post.get(f"note-{n}", "")[:100], error)


# Kept


def _wrong(typed: dict[str, Any], values: Iterable[Value]) -> dict[str, str]:
    errors = {} if typed["name"] else {"name": "A person needs a name, even half of one."}
    if typed["on"] and _day(typed["on"]) is None:
        errors["on"] = "A day up to today, please."
    return errors | ({"values": "Please look at these once more."} if any(value.error for value in values) else {})


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and date(1900, 1, 1) <= day <= timezone.localdate() else None


def _keep(request: HttpRequest, typed: dict[str, Any], values: Iterable[Value]) -> HttpResponse:
    member, now = access.membership(request), timezone.now()
    met = Met(typed["where"], _day(typed["on"]) or timezone.localdate(), typed["line"])
    if same := _person(request, request.POST.get("same", "")):
        meeting = just_met.again(same, member.user, met, now)
        undo = reverse("touch_undo", args=[meeting.touch_id]) if meeting.touch_id else ""
        said = f"Noted: you met {same.name}."
    else:
        stated = [_stated(value, member.phone_country) for value in values]
        meeting = just_met.add(
            member.space, member.user, typed["name"], met, now, values=stated, id=access.uuid(typed["id"]),
            anyway="anyway" in request.POST,
        )  # fmt: skip
        undo = reverse("person_delete", args=[meeting.person_id])
        said = f"{meeting.person.name} is here. A hello within two days will be on Today."
    messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    if "done" in request.POST:
        return redirect("person", meeting.person_id)
    return redirect(f"{reverse('just_met')}?{urlencode({'where': typed['where']})}")


def _stated(value: Value, country: str) -> Stated:
    stated = entries.read(value.field, value.value, value.note, country)
    assert isinstance(stated, Stated)  # `_wrong` has seen to it
    return stated


def _person(request: HttpRequest, id: str) -> Person | None:
    found = access.uuid(id)
    return Person.objects.of(access.space(request)).here().filter(id=found).first() if found else None


@require_POST
def event_note(request: HttpRequest, id: UUID) -> HttpResponse:
    """One note that all who were met there share."""
    event = access.event(request, id)
    just_met.note(event, request.POST.get("note", ""))
    messages.success(request, f"Kept, for everyone you met there: {event.name}.")
    return redirect(f"{reverse('just_met')}?{urlencode({'where': event.name})}")


# The first weeks


def on_today(member: Membership, day: date, shown: Iterable[UUID]) -> list[Row]:
    """Those who are to hear a word, but for whom the page shows anyway."""
    there = set(shown)
    due = just_met.next_up(member.space, member.user, day, ON_TODAY + len(there))
    return [row(one, day) for one in due if one.person.id not in there][:ON_TODAY]


def row(one: Next, day: date) -> Row:
    ways = letters.links([one.person.id])[one.person.id]
    return Row(
        face=rows.face(one.person, day),
        id=one.meeting.id,
        met=met_words(one.meeting, day),
        words=WORDS[one.step.kind],
        due=f"by {dates.near(one.step.due, day)}" if one.step.due > day else "",
        channel=letters.primary(ways) if any(ways) else "other",
    )


def met_words(meeting: FirstMeeting, day: date) -> str:
    """ "You met today at Web Summit"; "You met on 3 March"."""
    near = {0: "today", 1: "yesterday"}.get((day - meeting.on).days, f"on {dates.near(meeting.on, day)}")
    return f"You met {near}" + (f": {meeting.event.name}" if meeting.event else "")


def of_person(person: Person, day: date) -> dict[str, Any]:
    """For the person's page: the day they met, the event with its note, and the next word."""
    meeting = just_met.meeting_of(person)
    if meeting is None:
        return {}
    coming = just_met.next_of(person, day)
    return {
        "first_meeting": meeting,
        "met_words": met_words(meeting, day),
        "next_word": row(coming, day) if coming else None,
    }


@require_POST
def hello(request: HttpRequest, id: UUID) -> HttpResponse:
    """I said hello."""
    meeting, channel = access.first_meeting(request, id), request.POST.get("channel", "")
    touch = just_met.hello(
        meeting.person, access.user(request), channel if channel in letters.CHANNELS else "other", timezone.now()
    )
    undo = f"undo:{reverse('touch_undo', args=[touch.id])}"
    messages.success(request, f"Noted. A hello to {meeting.person.name}.", extra_tags=undo)
    return _back(request, meeting.person_id)


@require_POST
def let_go(request: HttpRequest, id: UUID) -> HttpResponse:
    meeting = access.first_meeting(request, id)
    just_met.let_go(meeting, timezone.now())
    undo = f"{reverse('met_back', args=[id])}?{urlencode({'back': request.POST.get('back', '')})}"
    messages.success(request, f"{meeting.person.name} is left to come up by themselves.", extra_tags=f"undo:{undo}")
    return _back(request, meeting.person_id)


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Undo of that."""
    meeting = access.first_meeting(request, id)
    just_met.let_go(meeting, None)
    return _back(request, meeting.person_id)


def _back(request: HttpRequest, person: UUID) -> HttpResponse:
    there = request.POST.get("back") or request.GET.get("back")
    return redirect("today") if there == "today" else redirect("person", person)
