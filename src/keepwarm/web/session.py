"""The session: one person at a time, a calm timer, and an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core import session as core
from keepwarm.core.reconnect import Candidate, Gift, Owner, linter
from keepwarm.core.reconnect.reasons import WEEKDAYS, every, spell
from keepwarm.formats import ics_invitation
from keepwarm.models import Membership, Photo, Session, Step
from keepwarm.store import letters, occasions, session, shapes, spaces, week
from keepwarm.store.letters import Letter, Links
from keepwarm.store.session_sources import REACT, TALK
from keepwarm.web import access, cards, dates, gifts
from keepwarm.web.cards import Face
from keepwarm.web.week import label, left_words, minutes, state, ticks

SHORT = ("whatsapp", "sms", "linkedin", "mail")  # where a few words go
LISTED = 6  # a slot of more people has ticks only
SAID = {Step.State.DONE: "sent", Step.State.SKIPPED: "let be", Step.State.NOT_NOW: "rests"}


class Turn(NamedTuple):
    """A person in a lane."""

    face: Face
    state: str
    word: str
    current: bool


class Lane(NamedTuple):
    label: str
    done: int
    size: int
    marks: list[str]
    turns: list[Turn]


class Focus(NamedTuple):
    """The person whose turn it is, and what to do."""

    id: UUID
    person: Face
    place: str
    pace: str
    reason: str
    kind: str
    url: str
    drafts: list[Letter]
    links: Links
    primary: str
    checks: list[linter.Check]
    gift: Gift | None
    times: list[tuple[int, str]]


def _session(request: HttpRequest) -> tuple[Membership, Session | None]:
    member = access.membership(request)
    return member, session.present(member, timezone.localdate(), timezone.now())


def _owner(member: Membership) -> Owner:
    return spaces.owner_facts(member.space, member)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    member, now = access.membership(request), timezone.now()
    held = session.begin(member, _owner(member), timezone.localdate(), now)
    session.go_on(held, now)
    return redirect("session")


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest) -> HttpResponse:
    """The page, or its piece for htmx."""
    member, held = _session(request)
    if held is None:
        return redirect("week")
    day, now = timezone.localdate(), timezone.now()
    this = week.of(member, day)
    turns = session.steps(held)
    current = next((step for step in turns if step.state == Step.State.OPEN), None)
    if held.ended_at is None and current is None:  # nobody was left to draw
        session.end(held, now, Session.How.DONE)
    context: dict[str, Any] = {"session": held, "state": state(held), "week": this} | ticks(this)
    if held.ended_at:
        context |= _end(held, this, turns)
    elif current:
        context |= _wick(held, now) | {
            "lanes": _lanes(held, this, turns, current, day), "focus": _focus(member, held, turns, current, day),
        }  # fmt: skip
    return render(request, "session/_session.html" if request.htmx else "session/session.html", context)  # type: ignore[attr-defined]


def _wick(held: Session, now: datetime) -> dict[str, Any]:
    wick = held.wick
    burnt = wick.burnt(now) / wick.length * 100
    return {
        "left": left_words(held, now),
        "by": timezone.localtime(wick.ends(now)).strftime("%H:%M"),
        "burnt": f"{burnt:.1f}%",
        "seconds_left": round(wick.left(now).total_seconds()),
        "seconds": held.seconds,
    }


def _lanes(held: Session, this: week.Week, turns: Sequence[Step], current: Step, day: date) -> list[Lane]:
    photos = set(
        Photo.objects.filter(person__in=[step.person_id for step in turns]).values_list("person_id", flat=True)
    )
    found = []
    for number, lane in enumerate(this.lanes):
        here = [step for step in turns if step.slot == number and step.state != Step.State.SKIPPED]
        marks = ["done"] * lane.done + [""] * lane.left
        if number == current.slot and lane.left:
            marks[lane.done] = "now"
        shown = [_turn(step, current, day, step.person_id in photos) for step in here]
        few = shown if lane.slot.count <= LISTED else []
        found.append(Lane(label(lane.slot), lane.done, lane.slot.count, marks, few))
    return found


def _turn(step: Step, current: Step, day: date, with_photo: bool) -> Turn:
    now = step.id == current.id
    word = "now" if now else SAID.get(Step.State(step.state), "a talk?" if step.kind == TALK else "")
    return Turn(cards.face(step.person, day, with_photo), step.state, word, now)


def _focus(member: Membership, held: Session, turns: Sequence[Step], step: Step, day: date) -> Focus:
    slot, owner = held.plan[step.slot], _owner(member)
    who = occasions.recipients([step.person_id], member.space, member.user, day)[step.person_id]
    ways = letters.links([step.person_id])[step.person_id]
    channel = _channel(slot, ways)
    written = _written(member, owner, step, who, channel, day) if any(ways) and step.kind != REACT else []
    shown = next((letter for letter in written if letter.current), None)
    here = [one for one in turns if one.slot == step.slot and one.state in (Step.State.OPEN, Step.State.DONE)]
    place = f"{core.ONE[slot.action]} {here.index(step) + 1} of {len(here)}" if len(here) > 1 else core.ONE[slot.action]
    return Focus(
        id=step.id,
        person=cards.face(step.person, day, Photo.objects.filter(person=step.person).exists()),
        place=place,
        pace=_pace(slot),
        reason=step.reason,
        kind=step.kind,
        url=step.url,
        drafts=written,
        links=letters.filled(ways if channel == "mail" or slot.action != core.LIGHT else ways._replace(mail=""), shown),
        primary=channel,
        checks=letters.checks(shown, who, channel) if shown else [],
        gift=who.gift,
        times=[(n, at_words(at)) for n, at in enumerate(session.times(step))] if step.kind == TALK else [],
    )


def _channel(slot: core.Slot, ways: Links) -> str:
    if slot.action == core.LIGHT:
        return next((way for way in SHORT if getattr(ways, way)), "mail")
    return letters.primary(ways)


def _written(member: Membership, owner: Owner, step: Step, who: Candidate, channel: str, day: date) -> list[Letter]:
    saved = letters.saved([step.person_id], member.user)
    if step.kind == TALK:
        return [letters.invite(who, owner, [at_words(at) for at in session.times(step)], channel, saved)]
    own = shapes.in_use(member.space, member.user)
    return letters.write(who, owner, day, channel, saved, step.position, own=own)


def _pace(slot: core.Slot) -> str:
    each = slot.minutes / slot.count
    return "half a minute" if each <= 0.75 else "a minute" if each < 1.5 else f"{_half(each)} minutes"


def _half(length: float) -> str:
    whole, rest = divmod(round(length * 2), 2)
    return f"{spell(whole)} and a half" if rest else spell(whole)


def at_words(at: datetime) -> str:
    """Tuesday 1 December at 10:00, by the user's clock."""
    here = timezone.localtime(at)
    return f"{WEEKDAYS[here.weekday()]} {dates.near(here.date(), timezone.localdate())} at {here:%H:%M}"


def _end(held: Session, this: week.Week, turns: Sequence[Step]) -> dict[str, Any]:
    """What the week has come to: gestures outside the session count as well."""
    tally = [(label(lane.slot), lane.done, ", ".join(lane.names[: lane.done])) for lane in this.lanes]
    burnt = held.wick.burnt(held.ended_at).total_seconds() / 60 if held.ended_at else 0
    return {
        "tally": tally,
        "took": minutes(burnt),
        "done_here": sum(step.state == Step.State.DONE for step in turns),
        "gestures": spell(this.done).capitalize(),
        "next_week": this.start + week.ONE_WEEK,
    }


def _after(request: HttpRequest) -> HttpResponse:
    return _show(request) if request.htmx else redirect("session")  # type: ignore[attr-defined]


@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Pause it, or go on after a pause."""
    _, held = _session(request)
    if held and held.paused_at:
        session.go_on(held, timezone.now())
    elif held:
        session.pause(held, timezone.now())
    return _after(request)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    _, held = _session(request)
    if held:
        session.end(held, timezone.now(), Session.How.CLOSED)
    return _after(request)


@require_POST
def more(request: HttpRequest) -> HttpResponse:
    member, held = _session(request)
    if held:
        session.more(held, member, _owner(member), timezone.localdate(), timezone.now())
    return _after(request)


@require_POST
def done(request: HttpRequest, id: UUID) -> HttpResponse:
    step = access.step(request, id)
    channel = request.POST.get("channel", "")
    if channel not in letters.CHANNELS:
        channel = letters.primary(letters.links([step.person_id])[step.person_id])
    kind, name = _as_sent(access.membership(request), step, channel, request.POST.get("shape", ""))
    subject, body = request.POST.get("subject", ""), request.POST.get("body", "")
    gift = gifts.sent_along(request, kind)
    if session.done(step, timezone.now(), channel, kind, subject, name=name, body=body, gift=gift):
        said = "A sign to" if step.kind == REACT else "A hello to"
        _undoable(request, step, f"Noted. {said} {step.person.name}.")
    return _after(request)


def _as_sent(member: Membership, step: Step, channel: str, shape: str) -> tuple[str, str]:
    """The kind of the letter that was chosen, and the shape it was made by."""
    if not shape or step.kind == REACT:
        return "", ""
    day, owner = timezone.localdate(), _owner(member)
    who = occasions.recipients([step.person_id], member.space, member.user, day)[step.person_id]
    written = _written(member, owner, step, who, channel, day)
    return next(((letter.kind, letter.name) for letter in written if letter.shape == shape), ("", ""))


def _undoable(request: HttpRequest, step: Step, said: str) -> None:
    messages.success(request, said, extra_tags=f"undo:{reverse('step_undo', args=[step.id])}")


@require_POST
def swap(request: HttpRequest, id: UUID) -> HttpResponse:
    return _pass_over(request, id, "Someone else, then.")


@require_POST
def not_now(request: HttpRequest, id: UUID) -> HttpResponse:
    return _pass_over(request, id, "{name} rests for a month.", rest=True)


def _pass_over(request: HttpRequest, id: UUID, said: str, *, rest: bool = False) -> HttpResponse:
    step, member = access.step(request, id), access.membership(request)
    looser = session.swap(step, _owner(member), timezone.localdate(), timezone.now(), rest=rest)
    if step.state != Step.State.OPEN:
        told = said.replace("{name}", step.person.name)
        _undoable(request, step, f"{told} {_loosened(step.person.name, looser)}".strip())
    return _after(request)


def _loosened(name: str, looser: int | None) -> str:
    return f"You let {name} be three times, so it is every {every(looser)} from now on." if looser else ""


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    session.undo(access.step(request, id), timezone.now())
    return _after(request)


@require_GET
def invitation(request: HttpRequest, id: UUID, number: int) -> HttpResponse:
    """One of the proposed times as a file for calendars. It goes nowhere but to this browser."""
    step = access.step(request, id)
    offered = session.times(step)
    if number >= len(offered):
        raise Http404("That time was not proposed.")
    uid = f"{step.id}-{number}@keepwarm"
    body = ics_invitation.write(uid, offered[number], f"A conversation with {step.person.name}", timezone.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = 'attachment; filename="conversation.ics"'
    return response
