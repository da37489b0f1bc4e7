"""One person: what is known, what has been, and a letter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core import balance_words
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, factors, reasons
from keepwarm.models import Appointment, Circle, Fact, Person, Photo
from keepwarm.store import letters, meetings, merge, occasions, people, shapes, spaces, touches
from keepwarm.web import (
    about,
    access,
    asks,
    balance,
    cards,
    feeds,
    introductions,
    just_met,
    matching,
    moments,
    needs,
    promises,
    rhythm,
    timeline,
    trust,
)
from keepwarm.web.today import kindly, noon

WEEKS = {"1": "a week", "4": "a month", "13": "three months"}
AHEAD = 180  # days for which a date is coming up


class Coming(NamedTuple):
    day: date
    text: str


@require_GET
def show(request: HttpRequest, id: UUID) -> HttpResponse:
    if kept := merge.kept_as(access.space(request), id):
        return redirect("person", kept)
    person = access.person(request, id)
    if request.htmx and request.htmx.target == "about":  # type: ignore[attr-defined]
        return piece(request, person)
    return render(request, "people/person.html", _context(request, person))


def piece(request: HttpRequest, person: Person) -> HttpResponse:
    """What is known, for htmx, with the head of the page, which says some of it too."""
    response = render(request, "people/_about.html", _context(request, person) | {"oob": True})
    response["HX-Retarget"], response["HX-Reswap"] = "#about", "outerHTML"
    return response


def _context(request: HttpRequest, person: Person) -> dict[str, Any]:
    member, day = access.membership(request), timezone.localdate()
    owner = spaces.owner_facts(member.space, member)
    who = occasions.recipients([person.id], member.space, member.user, day)[person.id]
    ways = letters.links([person.id])[person.id]
    channel = letters.primary(ways)
    own = shapes.in_use(member.space, member.user)
    written = letters.write(who, owner, day, channel, letters.saved([person.id], member.user), 0, own=own)
    wanted = request.GET.get("write", "")
    if any(letter.shape == wanted for letter in written):
        written = [letter._replace(current=letter.shape == wanted) for letter in written]
    shown = next((letter for letter in written if letter.current), None)
    held = Fact.objects.filter(person=person, ended_at=None).select_related("record")
    facts = list(held.order_by("position", "id"))
    why = reasons.reasons(who, owner, day)
    past = touches.latest(member.space, [person.id], cards.TOUCHES, member.user).get(person.id, [])
    meeting = meetings.next_of(member.space_id, [person.id], timezone.now()).get(person.id)
    asked = request.GET.get("show", "")
    face = cards.face(person, day, Photo.objects.filter(person=person).exists())
    return {
        "person": face,
        "pull": cards.told(why[0], who),
        "evidence": [cards.told(reason, who) for reason in why[1:] if reason.kind in reasons.EVIDENCE],
        "timeline": timeline.of(person, member.user, asked if asked in timeline.SHOWN else ""),
        "shown": timeline.SHOWN.get(asked, ""),
        "weeks": cards.weeks(member.space, person, member.user, day),
        "rhythm": cards.rhythm(past, who, day),
        "own": rhythm.shown(person, who, day),
        "last_time": cards.last_time(past[0], line="") if past else "",
        "about": about.about(person, facts, Circle.objects.filter(space=member.space).exists()),
        "rests_until": person.rests_until if person.rests_until and person.rests_until > day else None,
        "coming_up": _coming_up(who, day, meeting),
        "drafts": written if any(ways) else [],
        "links": letters.filled(ways, shown),
        "primary": channel,
        "checks": kindly(letters.checks(shown, who, channel), person, member.user) if shown else [],
        "writing": bool(wanted),
        "joined": 1 + merged if (merged := merge.of(person).count()) else 0,
        "day": day,
        "promises": promises.of_person(person, member, day),
        "offers": promises.offered_on(request, person),
        "worth_sharing": matching.worth_sharing(person, member.user, day),
        "publishes": feeds.of_person(person, facts),
        "introduced": introductions.of_person(person, member),
        **needs.on_page(request, person),
        **promises.kinds(member),
        **moments.of_person(person, face, day),
        **balance.of_person(person, member.user, day),
        **asks.of_person(person, member.user, day),
        **trust.of_person(request, person),
        **just_met.of_person(person, day),
    }


def _coming_up(who: Candidate, day: date, meeting: Appointment | None) -> list[Coming]:
    """The next meeting, and days about the person within the next half year, the nearest first."""
    found = []
    if meeting:
        ahead = (timezone.localtime(meeting.at).date() - day).days
        found.append((ahead, f"You meet: {meeting.title}" if meeting.title else "You meet"))
    for text, turn in (("Birthday", who.birthday), ("Anniversary", who.anniversary)):
        if (days := factors.days_until(turn, day)) is not None:
            found.append((days, text))
    if who.known_since and who.known_since < day:
        known = PartialDate(None, who.known_since.month, who.known_since.day)
        days = factors.days_until(known, day) or 0
        years = (day + timedelta(days=days)).year - who.known_since.year
        found.append((days, f"{reasons.spell(years).capitalize()} year{'s' * (years != 1)} since you met"))
    return [Coming(day + timedelta(days=days), text) for days, text in sorted(found) if days <= AHEAD]


@require_GET
def photo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The picture that came with the card; nothing but an image ever leaves here."""
    held = get_object_or_404(Photo, person=access.person(request, id))
    response = HttpResponse(bytes(held.data), content_type=held.media_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = "inline"
    return response


@require_POST
def log(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    at, channel = noon(request.POST.get("on", "")), request.POST.get("channel", "")
    if at is None or channel not in touches.CHANNELS:
        messages.error(request, "Please say on which day you talked, a day up to today, and how.")
        return redirect("person", id)
    line = request.POST.get("line", "").strip()[:2000]
    direction = "out" if request.POST.get("direction") == "out" else "both"
    letter = _as_sent(request, person) if direction == "out" else {}
    touch = touches.log(
        person, access.user(request), at, timezone.now(), channel=channel, direction=direction, line=line, **letter
    )
    messages.success(request, "Noted.", extra_tags=f"undo:{reverse('touch_undo', args=[touch.id])}")
    if promises.written_in(request, touch, line):
        return redirect(f"{reverse('person', args=[id])}?touch={touch.id}#promises")
    return redirect("person", id)


def _as_sent(request: HttpRequest, person: Person) -> dict[str, str]:
    """Of a letter that was sent from this page: its kind, the shape it was made by, and whether it gives or asks."""
    shape, member, day = request.POST.get("shape", ""), access.membership(request), timezone.localdate()
    if not shape:
        return {}
    who = occasions.recipients([person.id], member.space, member.user, day)[person.id]
    channel = letters.primary(letters.links([person.id])[person.id])
    own, owner = shapes.in_use(member.space, member.user), spaces.owner_facts(member.space, member)
    written = letters.write(who, owner, day, channel, {}, 0, own=own)
    found = next((letter for letter in written if letter.shape == shape), None)
    if found is None:
        return {}
    between = balance_words.of_letter(found.kind, request.POST.get("body", found.body))
    return {"kind": found.kind, "shape": found.name, "balance": between}


@require_POST
def touch_undo(request: HttpRequest, id: UUID) -> HttpResponse:
    touch = access.touch(request, id)
    touches.forget(touch, timezone.now())
    return redirect("person", touch.person_id)


@require_POST
def note_add(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    if text := request.POST.get("text", "").strip():
        private = "private" in request.POST
        note = people.add_note(person, access.user(request), text[:20_000], timezone.now(), private=private)
        messages.success(request, "Kept.", extra_tags=f"undo:{reverse('note_undo', args=[note.id])}")
        if promises.written_in(request, note, note.text):
            return redirect(f"{reverse('person', args=[id])}?note={note.id}#promises")
    return redirect("person", id)


@require_POST
def note_undo(request: HttpRequest, id: UUID) -> HttpResponse:
    note = access.note(request, id)
    people.forget_note(note)
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


@require_POST
def rest(request: HttpRequest, id: UUID) -> HttpResponse:
    person, weeks = access.person(request, id), request.POST.get("weeks", "")
    chosen = int(weeks) if weeks in WEEKS else 4
    people.rest(person, timezone.localdate(), chosen)
    said = f"{person.name} rests for {WEEKS[str(chosen)]}."
    messages.success(request, said, extra_tags=f"undo:{reverse('person_wake', args=[id])}")
    return redirect("person", id)


@require_POST
def wake(request: HttpRequest, id: UUID) -> HttpResponse:
    people.rest(access.person(request, id), timezone.localdate(), 0)
    return redirect("person", id)


@require_POST
def delete(request: HttpRequest, id: UUID) -> HttpResponse:
    """Into the trash, from where Undo, and for 90 days the trash itself, brings back."""
    person = access.person(request, id)
    people.to_trash([person.id], timezone.now())
    undo = f"undo:{reverse('person_back', args=[id])}"
    messages.success(request, f"{person.name} is in the trash.", extra_tags=undo)
    return redirect("people")


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Out of the trash again; someone who is here already stays as they are."""
    person = access.person_anywhere(request, id)
    people.bring_back([person.id])
    return redirect("person", id)
