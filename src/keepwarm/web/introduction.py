"""One introduction: the two people, the letter of this very step, and what is done with it."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core.introductions import letters as core
from keepwarm.core.introductions import steps
from keepwarm.core.reconnect import linter
from keepwarm.models import Introduction, Membership
from keepwarm.store import introductions, letters, spaces
from keepwarm.store.introductions import Told
from keepwarm.web import access, dates
from keepwarm.web.introductions import back, called, row
from keepwarm.web.tags import WAYS, Way

KINDS = (
    core.ASK_FIRST, core.ASK_SECOND, core.TOGETHER, core.THANKS, core.NO_THANKS, core.NOT_NOW, core.ANY_NEWS,
    core.HAVE_YOU_MET,
)  # fmt: skip
# Which step it is to have sent a letter; the others are only written down.
STEP_OF = {
    core.ASK_FIRST: steps.ASK, core.ASK_SECOND: steps.ASK, core.TOGETHER: steps.INTRODUCE, core.THANKS: steps.THANK,
}  # fmt: skip
SENT = {steps.ASK: "I asked", steps.INTRODUCE: "I introduced them", steps.THANK: "I thanked them"}
LETTER = {
    core.ASK_FIRST: "Ask {}", core.ASK_SECOND: "Ask {}", core.TOGETHER: "Introduce them", core.THANKS: "Thank them",
    core.NO_THANKS: "A word to {}", core.NOT_NOW: "A word to {}", core.ANY_NEWS: "A gentle word to {}",
    core.HAVE_YOU_MET: "A gentle word to {}",
}  # fmt: skip
TOLD = {
    steps.ASK: "Noted: you asked {}.", steps.YES: "{} is willing.", steps.NO: "That is fine. A kind word is ready.",
    steps.INTRODUCE: "Introduced. That was a gift to both.", steps.MEET: "They have met.",
    steps.THANK: "All is said. That was well done.", steps.DROP: "Let be.", steps.TURN: "{} comes first now.",
}  # fmt: skip


class Shown(NamedTuple):
    """A letter, where it can be opened, and what is done when it is sent."""

    kind: str
    place: int
    title: str
    subject: str
    body: str
    ways: list[Way]
    primary: str
    checks: list[linter.Check]
    step: str
    sent_label: str


class Past(NamedTuple):
    when: str
    iso: str
    said: str


@require_GET
def show(request: HttpRequest, id: UUID) -> HttpResponse:
    return render(request, "introductions/introduction.html", _context(request, access.introduction(request, id)))


def _context(request: HttpRequest, held: Introduction) -> dict[str, Any]:
    member, day = access.membership(request), timezone.localdate()
    one = introductions.one(held)
    mine = held.author_id in (None, member.user_id)
    turn = one.people[one.turn]
    rests = introductions.rests(one, day).get(one.turn) if one.state in (steps.IDEA, steps.ONE_YES) else None
    return {
        "one": row(one, day, member.user)._replace(act=None),
        "introduction": held,
        "names": tuple(called(person) for person in one.people),
        "state": one.state,
        "open": steps.STEPS[one.state],
        "letters": _letters(one, member) if mine else [],
        "mine": mine,
        "asked_name": called(turn),
        "other_name": called(one.people[1 - one.turn]),
        "why_first": _why_first(one) if one.state == steps.IDEA else "",
        "rests": f"{called(turn)} was asked about somebody else within the month. From {dates.near(rests, day)} on "
        "it is kinder." if rests else "",
        "past": _past(one),
        "shared": spaces.is_shared(member.space),
    }  # fmt: skip


def _why_first(one: Told) -> str:
    gives = one.row.why == Introduction.Why.NEED
    first, second = one.people
    weights = (steps.Weight(gives, first.standing, first.name), steps.Weight(False, second.standing, second.name))
    return steps.why_first(*weights, called(first))


def _past(one: Told) -> list[Past]:
    """What has happened, the first first."""
    found: list[tuple[Any, str]] = [(one.row.made_at, "You had the idea")]
    for side in one.sides:
        name = called(side.person)
        found += [(side.asked_at, f"You asked {name}")]
        found += [(side.answered_at, f"{name} said yes" if side.answer == steps.YES else f"{name} said: not now")]
    found += [
        (one.row.introduced_at, "You introduced them"), (one.row.met_at, "They had met"),
        (one.row.thanked_at, "You thanked them"), (one.row.dropped_at, "You let it be"),
    ]  # fmt: skip
    dated = sorted(((at, said) for at, said in found if at), key=lambda pair: pair[0])
    days = ((timezone.localtime(at).date(), said) for at, said in dated)
    return [Past(dates.short(day, timezone.localdate()), day.isoformat(), said) for day, said in days]


# The letters


def _letters(one: Told, member: Membership) -> list[Shown]:
    day = timezone.localdate()
    ways = letters.links([person.id for person in one.people])
    channels = {id: letters.primary(held) for id, held in ways.items()}
    sign = spaces.owner_facts(member.space, member).sign_off or member.user.first_name
    written = introductions.letters_of(one, sign, channels, day)
    return [_shown(one, letter, ways, channels) for letter in written]


def _shown(one: Told, letter: core.Letter, ways: dict[UUID, letters.Links], channels: dict[UUID, str]) -> Shown:
    place = letter.to[0]
    person = one.people[place]
    channel = channels[person.id]
    step = STEP_OF.get(letter.kind, "")
    checks = core.checked(letter, introductions.party(person), channel)
    if len(letter.to) > 1:
        buttons = _to_both(one, letter, ways)
    else:
        filled = letters.filled(ways[person.id], letters.Letter(letter.kind, "", letter.subject, letter.body, True))
        buttons = _buttons([(name, getattr(filled, name), "") for name in _by(channel)])
    return Shown(
        letter.kind, place, LETTER[letter.kind].format(called(person)), letter.subject, letter.body, buttons,
        buttons[0].channel if buttons else "other", checks, step, SENT.get(step, "I wrote"),
    )  # fmt: skip


def _by(channel: str) -> list[str]:
    return sorted(letters.CHANNELS, key=lambda name: name != channel)


def _to_both(one: Told, letter: core.Letter, ways: dict[UUID, letters.Links]) -> list[Way]:
    """One mail to the two where both have an address; else the way to each."""
    held = [ways[person.id] for person in one.people]
    if all(links.mail for links in held):
        to = ",".join(links.mail.removeprefix("mailto:") for links in held)
        subject, body = (quote(text.replace("\n", "\r\n"), safe="") for text in (letter.subject, letter.body))
        return _buttons([("mail", f"mailto:{to}?subject={subject}&body={body}", "")])
    whole = letters.Letter(letter.kind, "", letter.subject, letter.body, True)
    found = []
    for person, links in zip(one.people, held, strict=True):
        channel = letters.primary(links)
        found.append((channel, getattr(letters.filled(links, whole), channel), called(person)))
    return _buttons(found)


def _buttons(found: list[tuple[str, str, str]]) -> list[Way]:
    """`found`: channel, address and, where there are two people, whose it is."""
    there = [one for one in found if one[1]]
    return [
        Way(
            channel, href, f"{WAYS[channel][1]}: {whose}" if whose else WAYS[channel][bool(n)], WAYS[channel][2], n == 0
        )
        for n, (channel, href, whose) in enumerate(there)
    ]


@require_POST
def words(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep the owner's words of a letter; answers with the quiet checks, without a script with the page."""
    held, post = access.own_introduction(request, id), request.POST
    kind, place = post.get("letter", ""), 1 if post.get("place") == "1" else 0
    if kind not in KINDS:
        return HttpResponse("There is no such letter.", status=400, content_type="text/plain")
    subject, body = post.get("subject", ""), post.get("body", "")
    introductions.keep_words(held, kind, place, subject, body)
    if "action" in post:
        return redirect("introduction", id)
    person = introductions.one(held).people[place]
    channel = letters.primary(letters.links([person.id])[person.id])
    checks = core.checked(core.Letter(kind, (place,), subject, body), introductions.party(person), channel)
    return render(request, "today/_checks.html", {"checks": checks})


# What is done


@require_POST
def do(request: HttpRequest, id: UUID) -> HttpResponse:
    """One step; or that a letter beside the steps was written."""
    held, post = access.own_introduction(request, id), request.POST
    step, channel = post.get("step", ""), post.get("channel", "other")
    if step == "wrote":
        return _wrote(request, held, channel)
    one = introductions.one(held)
    taken = introductions.take(held, step, access.user(request), timezone.now(), channel)
    if taken is None:
        messages.info(request, "That step is not open any more. This is how it stands now.")
        return redirect("introduction", id)
    at = one.people[1 if step == steps.TURN else taken[1]]
    said = TOLD[step].format(called(at))
    asked = urlencode({"step": taken[0], "place": taken[1]})
    undo_url = f"{reverse('introduction_undo', args=[id])}?{asked}"
    messages.success(request, said, extra_tags=f"undo:{undo_url}")
    return redirect("introduction", id)


def _wrote(request: HttpRequest, held: Introduction, channel: str) -> HttpResponse:
    kind, place = request.POST.get("letter", ""), 1 if request.POST.get("place") == "1" else 0
    if kind in KINDS and kind not in STEP_OF:
        touch = introductions.wrote(held, kind, place, access.user(request), timezone.now(), channel)
        if touch:
            undo_url = f"{reverse('introduction_undo', args=[held.id])}?{urlencode({'step': kind, 'place': place})}"
            messages.success(request, "Noted. That was kind.", extra_tags=f"undo:{undo_url}")
    return redirect("introduction", held.id)


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The last step, back; the address says which it was."""
    held = access.own_introduction(request, id)
    step, place = request.GET.get("step", ""), 1 if request.GET.get("place") == "1" else 0
    if step in KINDS:
        introductions.unwrite(held, step, place, timezone.now())
    elif not introductions.undo(held, step, place, timezone.now()):
        messages.info(request, "Something has happened since, so that step stays. This is how it stands now.")
    return redirect("introduction", id)


@require_POST
def said(request: HttpRequest, id: UUID) -> HttpResponse:
    """The reason as both may read it."""
    held = access.own_introduction(request, id)
    introductions.change(
        held, request.POST.get("said", ""), private="private" in request.POST, by=access.user(request)
    )  # fmt: skip
    messages.success(request, "Kept. The letters say it so.")
    return redirect("introduction", id)


@require_POST
def forget(request: HttpRequest, id: UUID) -> HttpResponse:
    """As if it had never been begun: undo of "not these two"."""
    introductions.forget(access.own_introduction(request, id), timezone.now())
    return back(request)
