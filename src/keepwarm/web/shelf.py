"""The shelf: saved from anywhere, found again, put right, put away, and given to whom it suits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keepwarm import jobs
from keepwarm.core import shelf as core
from keepwarm.core.reconnect.reasons import WEEKDAYS
from keepwarm.core.shelf import Saved
from keepwarm.models import Item, Person, Photo, Share
from keepwarm.store import matching, shelf, spaces, touches
from keepwarm.store.matching import Match
from keepwarm.web import access, came_from, cards, dates, magazines

PAGE = 21  # sheets: seven rows of three
PARTS = {"shelf": "On the shelf", "given": "Given", "away": "Put away"}
SOURCES = ("page", "bookmarklet", "share")
NAMED = 3  # of those who were given it, on a sheet
LONGEST = 20_000  # characters that are taken from an address
NO_ADDRESS = "This is not an address that can be opened. Copy it again, or say in words what you want to keep."
NOTHING = "Please give the address of something to read, or a thought."
# Opens beside the page; what is marked there comes along as the note.
BOOKMARKLET = (
    "javascript:(()=>{{const q=new URLSearchParams({{from:'bookmarklet',url:location.href,title:document.title,"
    "text:String(getSelection()).slice(0,2000)}});window.open('{there}?'+q,'_blank','noopener')}})()"
)


class Liker(NamedTuple):
    """Someone who would like an item, as shelf/_who.html shows them."""

    person: cards.Face
    why: str
    letter: str  # where it is given to them
    not_for: str


class Given(NamedTuple):
    """Who has it, or for whom it is not."""

    id: UUID
    person: cards.Face
    when: str


class Sheet(NamedTuple):
    """An item as a list shows it."""

    id: UUID
    title: str
    src: str  # "Portico, saved on Monday"
    take: str
    note: str
    url: str
    state: str
    trouble: str
    fix: str
    put_away: bool
    private: bool
    given: list[str]
    more: int  # to whom it was given besides


# The list


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One part of the shelf, and below it what is new in what is followed."""
    member, day, asked = access.membership(request), timezone.localdate(), request.GET
    part = asked.get("part", "") if asked.get("part", "") in PARTS else "shelf"
    words, number = asked.get("q", "").strip()[:200], access.number(asked.get("page", ""))
    start = (number - 1) * PAGE
    told = shelf.listed(member.space, member.user, part=part, words=words, start=start, count=PAGE)
    context = {
        "sheets": sheets(told.items, day), "part": part, "words": words, "total": told.total,
        "parts": [(name, label, told.counts[name]) for name, label in PARTS.items()],
        "next": _address(part, words, number + 1) if start + PAGE < told.total else "",
        "before": _address(part, words, number - 1) if number > 1 else "",
        "anything": any(told.counts.values()) or bool(words),
        "bookmarklet": BOOKMARKLET.format(there=_here(request, reverse("shelf_save"))),
        **magazines.on_shelf(member.space, day),
    }  # fmt: skip
    return render(request, "shelf/page.html", context)


def _address(part: str, words: str, number: int) -> str:
    asked = {"part": part if part != "shelf" else "", "q": words, "page": number if number > 1 else ""}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _here(request: HttpRequest, path: str) -> str:
    return (settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")) + path


def sheets(items: list[Item], day: date) -> list[Sheet]:
    shares = shelf.shares_of(items)
    return [_sheet(item, [one.person for one in shares.get(item.id, []) if one.given_at], day) for item in items]


def _sheet(item: Item, given: list[Person], day: date) -> Sheet:
    return Sheet(
        id=item.id,
        title=item.title,
        src=src(item, day),
        take=item.summary if item.url else "",
        note=item.note if item.url else item.note.removeprefix(item.title).lstrip(". "),
        url=item.url,
        state=item.state,
        trouble=item.trouble,
        fix=item.fix,
        put_away=item.put_away_at is not None,
        private=item.private,
        given=[person.given or person.name for person in given[:NAMED]],
        more=max(len(given) - NAMED, 0),
    )


def src(item: Item, day: date) -> str:
    """ "Portico, saved on Monday"."""
    where = item.site or core.host(item.url) or "A thought"
    return f"{where}, saved {_when(item.made_at, day)}"


def _when(at: datetime, day: date) -> str:
    on = timezone.localtime(at).date()
    days = (day - on).days
    if days <= 1:
        return "yesterday" if days == 1 else "today"
    return f"on {WEEKDAYS[on.weekday()]}" if days < 7 else f"on {dates.near(on, day)}"


# Saving


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """The form, filled by a bookmarklet or a phone that shares; only its button saves."""
    if request.method == "GET":
        return _form(request, _offered(request.GET))
    said = _said(request.POST)
    if problem := _problem(said, request.POST):
        return _form(request, said, problem)
    item, new = shelf.save(access.space(request), access.user(request), said, timezone.now())
    if item.state == Item.State.WAITING:
        jobs.read_item.enqueue(str(item.id))
    undo = f"undo:{reverse('shelf_forget', args=[item.id])}?saved=1" if new else ""
    messages.success(request, _saved(item, new), extra_tags=undo)
    return redirect("shelf_item", item.id)


def _saved(item: Item, new: bool) -> str:
    if not new:
        return "This was saved before. It is on your shelf."
    return "Saved. Its page is being read." if item.url else "Saved."


def _offered(asked: QueryDict) -> Saved:
    """As pages and phones send it: the address mostly stands in the text, and the text is often the title again."""
    url, title, text = (asked.get(name, "").strip()[:LONGEST] for name in ("url", "title", "text"))
    told = core.told(text)
    address = core.address(url) or told.url
    note = told.rest if address == told.url else text
    source = asked.get("from", "share" if asked else "page")
    return Saved(
        address or ("" if core.address(url) else url), "" if note == title else note, title,
        source=source if source in SOURCES else "page",
    )  # fmt: skip


def _said(post: QueryDict) -> Saved:
    """One field takes a link or a thought; what stands beside a link in it belongs to the note."""
    told = core.told(post.get("said", "")[:LONGEST])
    note = "\n".join(part for part in (told.rest, post.get("note", "").strip()) if part)
    source = post.get("from", "")
    return Saved(
        told.url, note, post.get("title", ""), private="private" in post,
        source=source if source in SOURCES else "page",
    )  # fmt: skip


def _problem(said: Saved, post: QueryDict) -> str:
    meant = post.get("said", "").strip()
    if (
        not said.url
        and " " not in meant
        and meant.lower().startswith(("http:", "https:", "www.", "javascript:", "file:"))
    ):
        return NO_ADDRESS
    return "" if said.url or said.note or said.title.strip() else NOTHING


def _form(request: HttpRequest, said: Saved, problem: str = "") -> HttpResponse:
    member = access.membership(request)
    context = {
        "said": said, "link": request.POST.get("said", said.url), "problem": problem,
        "shared": spaces.is_shared(member.space),
    }  # fmt: skip
    return render(request, "shelf/save.html", context, status=422 if problem else 200)


# One item


@require_GET
def item(request: HttpRequest, id: UUID) -> HttpResponse:
    """With ?to= it looks for whoever else it might be for."""
    held, member, day = access.item(request, id), access.membership(request), timezone.localdate()
    shares = shelf.shares_of([held]).get(held.id, [])
    asked = request.GET.get("to", "").strip()[:100]
    found = touches.find_people(member.space, asked) if asked else []
    faces = _faces([*(share.person for share in shares), *found], day)
    gave = {share.person_id for share in shares if share.given_at}
    context = {
        "item": held, "src": src(held, day), "waits": held.state == Item.State.WAITING,
        "paragraphs": held.words.splitlines(),
        "published": dates.near(held.published_on, day) if held.published_on else "",
        "likers": likers(held, matching.for_item(held, member.user, day), day),
        "given": [_given(share, faces, day) for share in shares if share.given_at],
        "not_for": [_given(share, faces, day) for share in shares if not share.given_at],
        "asked": asked, "found": [_liker(held, faces[one.id], "") for one in found if one.id not in gave],
        "may_hide": spaces.is_shared(member.space) and held.author in (None, member.user),
    }  # fmt: skip
    template = "shelf/_item.html" if request.htmx else "shelf/item.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def likers(held: Item, matches: Iterable[Match], day: date) -> list[Liker]:
    """Who would like it, as store.matching.for_item says; those who are here, in that order."""
    told = list(matches)
    people = Person.objects.of(held.space).here().filter(id__in=[one.person for one in told])
    faces = _faces(people.select_related("summary", "circle"), day)
    return [_liker(held, faces[one.person], one.why) for one in told if one.person in faces]


def _liker(held: Item, face: cards.Face, why: str) -> Liker:
    letter, not_for = (reverse(name, args=[held.id, face.id]) for name in ("shelf_letter", "shelf_not_for"))
    return Liker(face, why or face.role, letter, not_for)


def _faces(people: Iterable[Person], day: date) -> dict[UUID, cards.Face]:
    held = {person.id: person for person in people}
    photos = set(Photo.objects.filter(person__in=held).values_list("person_id", flat=True))
    return {id: cards.face(person, day, id in photos) for id, person in held.items()}


def _given(share: Share, faces: Mapping[UUID, cards.Face], day: date) -> Given:
    return Given(share.id, faces[share.person_id], _when(share.given_at, day) if share.given_at else "")


@require_POST
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Only whoever has saved it may keep it to themselves."""
    held, post, user = access.item(request, id), request.POST, access.user(request)
    private = "private" in post if held.author in (None, user) and "may_hide" in post else held.private
    title, note = post.get("title", held.title), post.get("note", held.note)
    if shelf.edit(held, user, timezone.now(), title=title, note=note, private=private):
        messages.success(request, "Changed.", extra_tags=f"undo:{reverse('shelf_edit_undo', args=[id])}")
    return redirect("shelf_item", id)


@require_POST
def edit_undo(request: HttpRequest, id: UUID) -> HttpResponse:
    shelf.edit_back(access.item(request, id), access.user(request), timezone.now())
    return redirect("shelf_item", id)


@require_POST
def read(request: HttpRequest, id: UUID) -> HttpResponse:
    """Try its page again."""
    held = access.item(request, id)
    if held.url:
        shelf.wait(held)
        jobs.read_item.enqueue(str(id))
    return redirect("shelf_item", id)


@require_POST
def away(request: HttpRequest, id: UUID) -> HttpResponse:
    held = access.item(request, id)
    shelf.put_away(held, timezone.now())
    messages.success(request, "Put away.", extra_tags=f"undo:{reverse('shelf_back', args=[id])}")
    return redirect("shelf")


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    shelf.put_back(access.item(request, id))
    return redirect("shelf_item", id)


@require_POST
def forget(request: HttpRequest, id: UUID) -> HttpResponse:
    """For good; with ?saved= it undoes a saving."""
    shelf.forget(access.item(request, id))
    messages.success(request, "Not saved after all." if "saved" in request.GET else "Forgotten for good.")
    return redirect("shelf")


# Given


@require_POST
def not_for(request: HttpRequest, id: UUID, person: UUID) -> HttpResponse:
    held, who = access.item(request, id), access.person(request, person)
    name = who.given or who.name
    if share := shelf.not_for(held, who, access.user(request), timezone.now()):
        undo = f"undo:{reverse('share_undo', args=[share.id])}?from={came_from.named(request)}"
        messages.success(request, f"It is not proposed for {name} again.", extra_tags=undo)
    else:
        messages.info(request, f"{name} has had this already.")
    return redirect(came_from.of(request, who, held).url)


@require_POST
def share_undo(request: HttpRequest, id: UUID) -> HttpResponse:
    share = access.share(request, id)
    back = came_from.of(request, share.person, share.item)
    shelf.take_back(share, timezone.now())
    return redirect(back.url)
