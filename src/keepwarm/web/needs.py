"""What somebody needs, offers and cares about: typed on their page, or read in a note and confirmed in a click."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm.models import Membership, Note, Person, Phrase, Touch
from keepwarm.store import needs
from keepwarm.store.needs import Proposal, Said
from keepwarm.web import access, dates

LABELS = {"need": "Needs", "offer": "Offers", "interest": "Cares about"}
ICONS = {"need": "search", "offer": "gift", "interest": "heart"}
ASKED = {"need": "Do they need this?", "offer": "Do they offer this?", "interest": "Do they care about this?"}
MOST_WORDS = 15
LONGEST = 200
TOO_LITTLE = "Say it in a few words, such as “a designer” or “help with grants”."
TOO_MUCH = "That is too long to compare with what others need or offer. A few words will do; the rest is a note."


class Row(NamedTuple):
    """One phrase as a person's page shows it."""

    id: UUID
    kind: str
    label: str
    icon: str
    text: str
    when: str
    private: bool


class Asked(NamedTuple):
    """A phrase read in a note, as the page asks about it."""

    n: int
    kind: str
    asked: str
    text: str
    where: str  # note or touch
    written: UUID
    person: Person
    quoted: str
    when: str


def of_person(person: Person, member: Membership) -> list[Row]:
    day = timezone.localdate()
    return [
        Row(one.id, one.kind, LABELS[one.kind], ICONS[one.kind], one.text, dates.near(one.said_on, day), one.private)
        for one in needs.of_person(person, member.user)
    ]


def asked(proposals: list[Proposal]) -> list[Asked]:
    day = timezone.localdate()
    return [
        Asked(
            n, one.kind, ASKED[one.kind], one.text, "note" if isinstance(one.written, Note) else "touch",
            one.written.id, one.person, _quoted(one.written), dates.near(one.on, day),
        )
        for n, one in enumerate(proposals, 1)
    ]  # fmt: skip


def _quoted(written: Note | Touch) -> str:
    text = " ".join((written.text if isinstance(written, Note) else written.line).split())
    return text if len(text) <= 140 else f"{text[:138]}…"


def on_page(request: HttpRequest, person: Person) -> dict[str, Any]:
    """For the person's own page."""
    member = access.membership(request)
    proposals = needs.proposed(person, member.user, 3)
    return {"needs": of_person(person, member), "needs_asked": asked(proposals), "need_kinds": list(LABELS.items())}


@require_POST
def keep(request: HttpRequest, id: UUID) -> HttpResponse:
    """Typed, or read in a note: kept, or thrown away for good."""
    person, post, now = access.person(request, id), request.POST, timezone.now()
    said = Said(post.get("kind", ""), " ".join(post.get("text", "").split()))
    if trouble := _trouble(said):
        messages.error(request, trouble)
        return _back(request, person.id)
    written = _written(request, person)
    if post.get("do") == "away" and written:
        gone = needs.throw_away(person, access.user(request), said, now, written)
        messages.success(request, "Not asked again.", extra_tags=f"undo:{_address('need_forget', gone, request)}")
        return _back(request, person.id)
    kept = needs.keep(person, access.user(request), said, now, private="private" in post, written=written)
    told = f"{LABELS[kept.kind]} {kept.text}."
    # What was known before must not go with an undo.
    undo = f"undo:{_address('need_forget', kept, request)}" if kept.made_at == now else ""
    messages.success(request, told, extra_tags=undo)
    return _back(request, person.id)


def _trouble(said: Said) -> str:
    """What is wrong with it, for the user; "" where nothing is."""
    if said.kind not in LABELS or not any(map(str.isalpha, said.text)):
        return TOO_LITTLE
    return TOO_MUCH if len(said.text) > LONGEST or len(said.text.split()) > MOST_WORDS else ""


def _written(request: HttpRequest, person: Person) -> Note | Touch | None:
    """The note or touch that it was read in."""
    for name, fetch in (("note", access.note), ("touch", access.touch)):
        if (id := access.uuid(request.POST.get(name, ""))) is not None:
            written: Any = fetch(request, id)
            return written if written.person_id == person.id else None
    return None


@require_POST
def do(request: HttpRequest, id: UUID) -> HttpResponse:
    """Put right, or over: they have found it, or offer it no more."""
    phrase, post = access.phrase(request, id), request.POST
    if post.get("do") == "end":
        needs.end(phrase, timezone.now())
        messages.success(request, "Taken off.", extra_tags=f"undo:{_address('need_undo', phrase, request)}")
        return _back(request, phrase.person_id)
    said = Said(post.get("kind", phrase.kind), " ".join(post.get("text", "").split()))
    if trouble := _trouble(said):
        messages.error(request, trouble)
    else:
        mine = phrase.author_id == access.user(request).id
        needs.change(phrase, said, private="private" in post if mine else phrase.private)
        messages.success(request, "Put right.")
    return _back(request, phrase.person_id)


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    phrase = access.phrase(request, id)
    needs.put_back(phrase)
    return _back(request, phrase.person_id)


@require_POST
def forget(request: HttpRequest, id: UUID) -> HttpResponse:
    """Undo of keeping, and of throwing away."""
    phrase = access.phrase(request, id)
    needs.forget(phrase)
    return _back(request, phrase.person_id)


def _address(name: str, phrase: Phrase, request: HttpRequest) -> str:
    back = "?back=introductions" if request.POST.get("back") == "introductions" else ""
    return reverse(name, args=[phrase.id]) + back


def _back(request: HttpRequest, person: UUID) -> HttpResponse:
    """To the page on which the button was."""
    back = request.POST.get("back") or request.GET.get("back", "")
    if back == "introductions":
        return redirect("introductions")
    return HttpResponseRedirect(f"{reverse('person', args=[person])}#needs")
