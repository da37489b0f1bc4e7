"""Asks: planned with a kind word on giving first, asked, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keepwarm.models import Ask, Membership, Person, User
from keepwarm.store import asks, balance, first_gives, people, spaces, week
from keepwarm.store.first_gives import Give
from keepwarm.web import access, dates, moments

HOW = [
    ("mail", "By mail"), ("meeting", "In person"), ("call", "On the phone"), ("linkedin", "On LinkedIn"),
    ("whatsapp", "On WhatsApp"), ("sms", "By text message"), ("other", "Some other way"),
]  # fmt: skip
Outcome = Ask.Outcome
OUTCOMES = [(Outcome.YES, "They said yes"), (Outcome.NO, "They said no"), (Outcome.SILENCE, "No answer")]
SAID = {
    Outcome.YES: "Good. A thank-you is the next thing to give.",
    Outcome.NO: "Noted. It was worth asking.",
    Outcome.SILENCE: "Noted. They may have had their hands full.",
    Outcome.DROPPED: "Not asked after all. That is fine.",
}
BECAME = {
    Outcome.YES: "yes", Outcome.NO: "no", Outcome.SILENCE: "no answer", Outcome.DROPPED: "not asked after all",
}  # fmt: skip


class Row(NamedTuple):
    """An ask as a list shows it."""

    id: UUID
    text: str
    person: str
    called: str
    url: str
    when: str
    asked: bool
    became: str
    door_url: str
    undo_url: str
    private: bool


class Offer(NamedTuple):
    """A give that would come first, and where it is given."""

    icon: str
    text: str
    url: str
    outward: bool


ICONS = {
    first_gives.ITEM: "file", first_gives.MOMENT: "heart", first_gives.PROMISE: "handshake",
    first_gives.SHARE: "pencil-line", first_gives.ENDORSE: "external-link", first_gives.HELLO: "message-circle",
}  # fmt: skip
SHAPES = {first_gives.SHARE: "saw_this", first_gives.HELLO: "hello", first_gives.MOMENT: "congratulate"}


# As pages show them


def row(ask: Ask, day: date, viewer: User) -> Row:
    person = ask.person
    came = timezone.localdate(ask.settled_at) if ask.settled_at else None
    return Row(
        id=ask.id,
        text=ask.text,
        person=person.name,
        called=person.given or person.name,
        url=reverse("person", args=[person.id]),
        when=f"{_when(ask, day)}{_whose(ask, viewer)}",
        asked=ask.touch_id is not None,
        became=f"{BECAME[Outcome(ask.outcome)]}, {dates.near(came, day)}" if came and ask.outcome else "",
        door_url=f"{reverse('door_add', args=[person.id])}?ask={ask.id}" if _may_open(ask) else "",
        undo_url=_undo_url(ask, back="asks", outcome="", settled_at=None),
        private=ask.private,
    )


def _may_open(ask: Ask) -> bool:
    """They said yes, and nothing is written down yet that came of it."""
    return ask.outcome == Outcome.YES and all(door.deleted_at for door in ask.doors.all())


def _when(ask: Ask, day: date) -> str:
    if ask.touch:
        return f"asked on {dates.near(timezone.localdate(ask.touch.at), day)}"
    return f"planned on {dates.near(timezone.localdate(ask.made_at), day)}"


def _whose(ask: Ask, viewer: User) -> str:
    """By whom, where another of the space has it."""
    other = ask.author if ask.author and ask.author.pk != viewer.pk else None
    return f" by {other.first_name or other}" if other else ""


def of_person(person: Person, viewer: User, day: date) -> dict[str, Any]:
    shown = [*asks.of_person(person, viewer), *asks.without_door(person, viewer, timezone.now())]
    return {"asks": [row(ask, day, viewer) for ask in shown], **choices()}


def choices() -> dict[str, Any]:
    """What a row offers."""
    return {"ask_how": HOW, "outcomes": OUTCOMES}


def first(person: Person, viewer: User, day: date) -> dict[str, Any]:
    """Where little was given lately, the sentence that says so and three gives; else nothing."""
    said = balance.noticed(person, viewer, day)
    return {"noticed": said, "first_gives": list(_offers(person, viewer, day)) if said else []}


def _offers(person: Person, viewer: User, day: date) -> Iterable[Offer]:
    for give in first_gives.for_person(person, viewer, day):
        told = f"{give.text}: {moments.told(give.moment, day)}" if give.moment else give.text
        yield Offer(ICONS[give.kind], told, _address(person, give), give.kind == first_gives.ENDORSE)


def _address(person: Person, give: Give) -> str:
    """The letter by which it is given, or the page where it stands."""
    page = reverse("person", args=[person.id])
    if give.kind == first_gives.ENDORSE:
        return give.about
    if give.kind == first_gives.ITEM:
        return reverse("shelf_letter", args=[give.about, person.id])
    if give.kind == first_gives.PROMISE:
        return f"{page}#promise-{give.about}"
    return f"{page}?{urlencode({'write': SHAPES[give.kind]})}#write"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """All that is open, and what became of the last ones."""
    member, day = access.membership(request), timezone.localdate()
    return render(
        request,
        "asks/page.html",
        {
            "asks": [row(ask, day, member.user) for ask in asks.in_view(member.space, member.user)],
            "settled": [row(ask, day, member.user) for ask in asks.settled(member.space, member.user)],
            "anybody": people.anybody(member.space),
            **choices(),
        },
    )


def of_week(member: Membership, day: date) -> dict[str, Any]:
    """For the page of the week: the one ask of which it asks what became of it, once."""
    ask = asks.to_ask_about(member.space, member.user, week.of_day(member, day))
    if ask is None:
        return {"ask": None}
    if ask.asked_after_on is None:
        asks.asked_about(ask, day)
    return {"ask": row(ask, day, member.user), **choices()}


# What the user does with one


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, id: UUID) -> HttpResponse:
    """The page to plan one, which never stops anybody; kept, it is on their page."""
    person, member, text = access.person(request, id), access.membership(request), request.POST.get("text", "").strip()
    if request.method == "POST" and text:
        ask = asks.plan(person, member.user, text, timezone.now(), private="private" in request.POST)
        undo = f"undo:{reverse('ask_forget', args=[ask.id])}"
        messages.success(request, "It stays in view until you know what became of it.", extra_tags=undo)
        return _back(request, person.id)
    context = {
        "person": person,
        "called": person.given or person.name,
        "missing": request.method == "POST",
        "shared": spaces.is_shared(member.space),
        **first(person, member.user, timezone.localdate()),
    }
    return render(request, "asks/plan.html", context)


@require_POST
def do(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asked, settled, or: not known yet."""
    ask, post, now = access.ask(request, id), request.POST, timezone.now()
    outcome = post.get("outcome", "")
    if (channel := post.get("channel", "")) in dict(HOW) and ask.touch is None:
        if touch := asks.asked(ask, access.user(request), channel, now):
            undo = f"undo:{reverse('touch_undo', args=[touch.id])}"
            messages.success(request, f"Noted: you asked {ask.person.given or ask.person.name}.", extra_tags=undo)
    elif outcome in SAID:
        undo = _undo_url(ask, back=post.get("back", ""), outcome=ask.outcome, settled_at=ask.settled_at)
        asks.settle(ask, outcome, now)
        messages.success(request, SAID[Outcome(outcome)], extra_tags=f"undo:{undo}")
    elif "later" in post:
        asks.ask_no_more(ask, week.of_day(access.membership(request), timezone.localdate()))
        messages.success(request, "It stays in the list of what you asked.")
    return _back(request, ask.person_id)


def _undo_url(ask: Ask, *, back: str, outcome: str, settled_at: datetime | None) -> str:
    """By which it is again as it was; the address says how."""
    before = {"outcome": outcome, "settled_at": settled_at.isoformat() if settled_at else "", "back": back}
    return f"{reverse('ask_undo', args=[ask.id])}?{urlencode(before)}"


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    ask, outcome = access.ask(request, id), request.GET.get("outcome", "")
    asks.put_back(ask, outcome if outcome in SAID else "", _moment(request.GET.get("settled_at", "")))
    return _back(request, ask.person_id)


@require_POST
def forget(request: HttpRequest, id: UUID) -> HttpResponse:
    ask = access.ask(request, id)
    asks.forget(ask)
    return _back(request, ask.person_id)


def _moment(text: str) -> datetime | None:
    """None for what no moment of a settling can be."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and at.tzinfo and 2000 <= at.year < 9999 else None  # else no database has it


def _back(request: HttpRequest, person: UUID) -> HttpResponse:
    """To the page on which the button was."""
    back = request.POST.get("back") or request.GET.get("back", "")
    if back in ("asks", "week"):
        return redirect(back)
    return HttpResponseRedirect(f"{reverse('person', args=[person])}#asks")
