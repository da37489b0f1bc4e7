"""One letter that gives something: to whom, why now, and the words ready to edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from keepwarm.core import balance as core_balance
from keepwarm.core import matching as core_matching
from keepwarm.core import moments as core
from keepwarm.core.moments import Moment
from keepwarm.core.reconnect import Candidate
from keepwarm.models import Item, Person, Photo, Share
from keepwarm.store import balance, giving, letters, matching, occasions, shapes, shelf, spaces, touches
from keepwarm.store import moments as stored
from keepwarm.store.letters import Letter
from keepwarm.store.matching import Suits
from keepwarm.web import access, came_from, cards, dates, moments
from keepwarm.web.came_from import Back

SEARCHED = 50  # items that suit someone, for the words that one of them shares with what is known


class Occasion(NamedTuple):
    """What a letter is about."""

    about: str  # tells it from other letters to the same person
    who: Candidate  # as the letter is to see them
    kinds: Sequence[str]  # of letters that can say it; the first stands on top


class Why(NamedTuple):
    """The moment behind a letter."""

    text: str
    before: str
    source: str
    url: str
    freshness: str


# An item of the shelf


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, item: UUID, person: UUID) -> HttpResponse:
    """The page; a POST keeps the words."""
    thing, one = access.item(request, item), access.person(request, person)
    suits = _suits(thing, one, request)
    occasion = _giving(thing, one, suits, request)
    if request.method == "POST":
        return _keep_words(request, one, occasion)
    context = {"item": thing, "suits": suits, "take": take(thing), **_given_before(thing, one, timezone.localdate())}
    back = came_from.of(request, one, thing)
    return render(request, "letter/share.html", _context(request, one, occasion, back) | context)


def _given_before(item: Item, person: Person, day: date) -> dict[str, str]:
    """On which day they were `given` this, and anything `lately`: within a month."""
    held = Share.objects.filter(space=person.space_id, item=item, person=person).values_list("given_at", flat=True)
    given, last = held.first(), shelf.last_given(person.space, [person.id]).get(person.id)
    days = {name: timezone.localtime(at).date() for name, at in (("given", given), ("lately", last)) if at}
    if "lately" in days and day - days["lately"] > core_matching.AGAIN_AFTER:
        del days["lately"]
    return {name: dates.near(on, day) for name, on in days.items()}


def take(item: Item) -> str:
    """What one sees in it: the owner's note, else what the page says of itself."""
    said = " ".join((item.note or item.summary).split())
    if said.startswith(item.title.rstrip("…")):  # a thought is named by its beginning
        return "" if len(said) < len(item.title) + 2 else said
    return f"Your note: “{said}”" if item.note else said


def _suits(item: Item, person: Person, request: HttpRequest) -> Suits | None:
    """Why it suits them; None where the user has chosen them without one."""
    found = matching.for_person(person, access.user(request), timezone.localdate(), SEARCHED)
    return next((suits for suits in found if suits.item == item.id), None)


def _giving(item: Item, person: Person, suits: Suits | None, request: HttpRequest) -> Occasion:
    gift = matching.gift(item, suits)
    return Occasion(f"item:{item.id}", _candidate(request, person)._replace(gift=gift), (shelf.SAW_THIS,))


@require_POST
def share_sent(request: HttpRequest, item: UUID, person: UUID) -> HttpResponse:
    thing, one = access.item(request, item), access.person(request, person)
    back = came_from.of(request, one, thing)
    channel, sent = _as_sent(request, one, _giving(thing, one, None, request))
    given = shelf.give(
        thing, one, access.user(request), timezone.now(), channel=channel, subject=sent.subject, name=sent.name
    )
    if given and given.touch_id:
        _undoable(request, given.touch_id, f"Noted. Something to read for {one.name}.", back)
    return _done(request, back)


# A moment


@require_http_methods(["GET", "POST"])
def congratulate(request: HttpRequest, id: UUID) -> HttpResponse:
    """The page of a letter about what is open with them; a POST keeps the words."""
    one, day = access.person(request, id), timezone.localdate()
    moment = _moment(request, one, day)
    if moment is None:
        messages.info(request, "A word has been said about that already, or it has faded.")
        return redirect("person", id)
    occasion = _telling(moment, one, request)
    if request.method == "POST":
        return _keep_words(request, one, occasion)
    why = Why(
        moments.told(moment, day), moment.before, _source(moment, day), moment.url, core.freshness(moment, day)
    )  # fmt: skip
    back = came_from.of(request, one)
    asked = urlencode({"kind": moment.kind, "key": moment.key, "from": back.name})
    context = _context(request, one, occasion, back) | {
        "moment": moment,
        "why": why,
        "draft_url": f"{reverse('congratulate', args=[id])}?{asked}",
        "sent_url": f"{reverse('congratulate_sent', args=[id])}?{asked}",
    }
    return render(request, "letter/congratulate.html", context)


def _moment(request: HttpRequest, person: Person, day: date) -> Moment | None:
    """The one that is asked for, else the best reason of all that is open."""
    held = stored.of_people(person.space, [person.id], day, comes_round=True).get(person.id, [])
    asked = request.GET.get("kind", ""), request.GET.get("key", "")
    if any(asked):
        return next((moment for moment in held if (moment.kind, moment.key) == asked), None)
    return held[0] if held else None


def _telling(moment: Moment, person: Person, request: HttpRequest) -> Occasion:
    who = told_of(_candidate(request, person), moment)
    return Occasion(f"{moment.kind}:{moment.key}", who, ("congratulate", "hello", "thread"))


def told_of(who: Candidate, moment: Moment) -> Candidate:
    """Someone of whom nothing else has happened: the letter is about this."""
    return who._replace(
        gift=None,
        moments=() if moment.kind in core.COMES_ROUND else (moment,),
        birthday=who.birthday if moment.kind == core.BIRTHDAY else None,
        anniversary=who.anniversary if moment.kind == core.ANNIVERSARY else None,
    )


def _source(moment: Moment, day: date) -> str:
    """Who says so, and when it became known; nothing of what the calendar says."""
    if moment.kind in core.COMES_ROUND:
        return ""
    found = f"{'noted' if moment.source == 'user' else 'found'} on {dates.near(moment.found_on or day, day)}"
    name = cards.SOURCES.get(moment.source, "") if moment.source != "user" else "by you"
    return ", ".join(part for part in (name, found) if part) if name != "by you" else f"{found}, by you"


@require_POST
def congratulated(request: HttpRequest, id: UUID) -> HttpResponse:
    one, day = access.person(request, id), timezone.localdate()
    back = came_from.of(request, one)
    if moment := _moment(request, one, day):
        channel, sent = _as_sent(request, one, _telling(moment, one, request))
        touch = giving.congratulate(
            one, access.user(request), timezone.now(), channel=channel, kind=sent.kind, subject=sent.subject,
            name=sent.name,
        )  # fmt: skip
        _undoable(request, touch.id, f"Noted. A kind word for {one.name}.", back)
    return _done(request, back)


# Both


def _candidate(request: HttpRequest, person: Person) -> Candidate:
    return occasions.recipients([person.id], person.space, access.user(request), timezone.localdate())[person.id]


def _written(request: HttpRequest, person: Person, occasion: Occasion, channel: str) -> list[Letter]:
    """The letter in each of its kinds, the first or the one last worked on in front."""
    member = access.membership(request)
    own = shapes.in_use(member.space, member.user)
    kept = giving.words_kept(
        person.id, member.user, occasion.about, [*letters.LABELS, *(shape.name for shape in own)]
    )  # fmt: skip
    owner = spaces.owner_facts(member.space, member)
    made = letters.write(occasion.who, owner, timezone.localdate(), channel, kept, 0, own=own)
    fitting = [letter for letter in made if letter.kind in occasion.kinds]
    mine = next((letter for letter in fitting if letter.current and (person.id, letter.shape) in kept), None)
    first = mine or next((one for kind in occasion.kinds for one in fitting if one.kind == kind), None)
    return [letter._replace(current=letter is first) for letter in fitting]


def _context(request: HttpRequest, person: Person, occasion: Occasion, back: Back) -> dict[str, Any]:
    day, who = timezone.localdate(), occasion.who
    ways = letters.links([person.id])[person.id]
    channel = letters.primary(ways)
    written = _written(request, person, occasion, channel)
    shown = next((letter for letter in written if letter.current), None)
    past = touches.latest(person.space, [person.id], cards.TOUCHES, access.user(request)).get(person.id, [])
    return {
        "person": cards.face(person, day, Photo.objects.filter(person=person).exists()),
        "gap": cards.gap(who, day),
        "rhythm": cards.rhythm(past, who, day),
        "last_time": cards.last_time(past[0], line=past[0].line) if past else "",
        "balance_said": core_balance.sentence(balance.of(person, access.user(request), day)),
        "drafts": written,
        "links": letters.filled(ways, shown),
        "primary": channel,
        "checks": letters.checks(shown, who, channel) if shown else [],
        "back": back,
        "day": day,
    }


def _keep_words(request: HttpRequest, person: Person, occasion: Occasion) -> HttpResponse:
    """Answers with the quiet checks, or, without a script, with the page."""
    channel = letters.primary(letters.links([person.id])[person.id])
    made = _on_page(_written(request, person, occasion, channel), request.POST.get("shape"))
    if made is None:
        return HttpResponse("There is no such kind of message.", status=400, content_type="text/plain")
    if request.POST.get("action") != "shape":
        made = made._replace(subject=request.POST.get("subject", ""), body=request.POST.get("body", ""))
    giving.keep_words(
        person, access.user(request), occasion.about, made.shape, made.subject, made.body, timezone.now()
    )  # fmt: skip
    if "action" in request.POST:
        return redirect(request.get_full_path())
    return render(request, "today/_checks.html", {"checks": letters.checks(made, occasion.who, channel)})


def _on_page(written: Iterable[Letter], asked: str | None) -> Letter | None:
    """The one that is asked for; else the one in front."""
    return next((one for one in written if (one.current if asked is None else one.shape == asked)), None)


def _as_sent(request: HttpRequest, person: Person, occasion: Occasion) -> tuple[str, Letter]:
    """The channel, and the letter as the script sends it along, else as it stood on the page."""
    channel, first = request.POST.get("channel", ""), letters.primary(letters.links([person.id])[person.id])
    channel = channel if channel in (*letters.CHANNELS, "other") else first
    written = _written(request, person, occasion, first)
    kind = occasion.kinds[0]
    sent = _on_page(written, request.POST.get("shape")) or Letter(kind, "", "", "", current=True, kind=kind)
    subject = request.POST.get("subject", sent.subject)[:500]
    return channel, sent._replace(subject=subject if channel == "mail" else "")


def _undoable(request: HttpRequest, touch: UUID, said: str, back: Back) -> None:
    undo = f"{reverse('letter_undo', args=[touch])}?from={back.name}"
    messages.success(request, said, extra_tags=f"undo:{undo}")


def _done(request: HttpRequest, back: Back) -> HttpResponse:
    return HttpResponseClientRedirect(back.url) if request.htmx else redirect(back.url)  # type: ignore[attr-defined]


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    touch = access.touch(request, id)
    share = Share.objects.filter(touch=touch).select_related("item").first()
    back = came_from.of(request, touch.person, share.item if share else None)
    touches.forget(touch, timezone.now())
    return redirect(back.url)
