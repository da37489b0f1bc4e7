"""Promises and wishes: offered where they were written, kept in view, done, put off, let go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core import promises as words
from keepwarm.core.reconnect.reasons import WEEKDAYS
from keepwarm.models import Membership, Note, Person, Promise, Touch
from keepwarm.store import promises, spaces
from keepwarm.store.promises import Offer
from keepwarm.web import access, dates

ICONS = {"mine": "handshake", "theirs": "handshake", "wish": "bell"}
LABELS = {"mine": "You will", "theirs": "They will", "wish": "Remind me"}
LATER = {"1": "a week", "4": "a month", "13": "three months"}
SOON = timedelta(days=7)  # what Today shows ahead of its day
ON_TODAY = 5
FURTHEST = date(2200, 1, 1)
Whose = Promise.Whose


class Row(NamedTuple):
    """A promise as a list shows it."""

    id: UUID
    whose: str
    icon: str
    said: str
    when: str
    has_come: bool
    person: str
    called: str
    url: str
    text: str
    on: str  # its day as a field has it
    private: bool


class Asked(NamedTuple):
    """A promise that a line holds, as the form offers it."""

    field: str
    whose: str
    label: str
    text: str
    on: str
    kept: bool
    problem: bool

    @property
    def due(self) -> date | None:
        return _day(self.on)

    @property
    def offer(self) -> Offer:
        return Offer(self.whose, self.text, self.due)


# As pages show them


def row(promise: Promise, day: date, viewer_id: Any = None) -> Row:
    person = promise.person
    called = person.given or person.name
    return Row(
        id=promise.id,
        whose=promise.whose,
        icon=ICONS[promise.whose],
        said=_said(promise, called, viewer_id),
        when=when(promise, day),
        has_come=promise.due_on is not None and promise.due_on <= day,
        person=person.name,
        called=called,
        url=reverse("person", args=[person.id]),
        text=promise.text,
        on=promise.due_on.isoformat() if promise.due_on else "",
        private=promise.private,
    )


def _said(promise: Promise, called: str, viewer_id: Any) -> str:
    author = promise.author
    other = (author.first_name or str(author)) if author and viewer_id not in (None, author.pk) else ""
    return words.said(promise.whose, promise.text, called, other)


def when(promise: Promise, day: date) -> str:
    """ "by Friday", "by 20 November"; of a wish "on 3 March"; "" where any day will do."""
    due = promise.due_on
    if due is None:
        return ""
    if promise.whose == Whose.WISH:
        return f"since {dates.near(due, day)}" if due < day else "today" if due == day else f"on {dates.near(due, day)}"
    if due == day:
        return "by today"
    named = WEEKDAYS[due.weekday()] if 0 < (due - day).days < 7 else dates.near(due, day)
    return f"it was to be by {named}" if due < day else f"by {named}"


def of_person(person: Person, member: Membership, day: date) -> list[Row]:
    return [row(promise, day, member.user_id) for promise in promises.of_person(person, member.user)]


def on_today(member: Membership, day: date, shown: Iterable[UUID]) -> dict[str, Any]:
    """For the page of today: the nearest few, and how many there are in all. A wish whose person is on the page
    is told there already."""
    there = set(shown)
    due = promises.due(member.space, member.user, day + SOON)
    rows = [
        row(one, day, member.user_id)
        for one in due
        if one.whose != Whose.WISH or (one.due_on and one.due_on <= day and one.person_id not in there)
    ]
    return {"promises": rows[:ON_TODAY], "more_promises": len(rows) - ON_TODAY}


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """All that is open, the nearest first."""
    member, day = access.membership(request), timezone.localdate()
    held = promises.in_view(member.space, member.user).nearest_first()
    rows = [row(one, day, member.user_id) for one in held]
    parts = [
        ("What you said you would do", [one for one in rows if one.whose == Whose.MINE]),
        ("What others said they would do", [one for one in rows if one.whose == Whose.THEIRS]),
        ("Whom you want to be reminded of", [one for one in rows if one.whose == Whose.WISH]),
    ]
    context = {"parts": [part for part in parts if part[1]], "count": len(rows), "back": "promises", "day": day}
    return render(request, "promises/page.html", context)


# Offered where it was written


def in_line(request: HttpRequest, offers: Sequence[Offer], *, first_look: bool) -> tuple[Asked, ...]:
    """Those of a line that is about to be kept: as the user has put them right, else as they were read."""
    return tuple(_asked(request.POST, f"promise-{n}", offer, first_look) for n, offer in enumerate(offers, 1))


def _asked(post: QueryDict, field: str, offer: Offer, first_look: bool) -> Asked:
    text, on, kept = offer.text, offer.due.isoformat() if offer.due else "", True
    if not first_look and f"{field}-text" in post:
        text, on = post.get(f"{field}-text", "").strip()[: promises.LONGEST], post.get(f"{field}-on", "").strip()
        kept = field in post
    problem = kept and not _possible(offer.whose, text, on)
    return Asked(field, offer.whose, LABELS[offer.whose], text, on, kept, problem)


def _possible(whose: str, text: str, on: str) -> bool:
    """A wish needs its day, a promise its words."""
    if on and _day(on) is None:
        return False
    return bool(on) if whose == Whose.WISH else bool(text)


def written_in(request: HttpRequest, written: Note | Touch, text: str) -> list[dict[str, Any]]:
    """What a note or a touch just written promises and is not kept yet, as the offer beside it shows that."""
    member, day = access.membership(request), timezone.localdate()
    found = words.read(text, day, member.first_weekday, month_first=dates.month_first())
    where = "note" if isinstance(written, Note) else "touch"
    return [
        {
            "n": n, "whose": offer.whose, "label": LABELS[offer.whose], "text": offer.text, "where": where,
            "on": offer.due.isoformat() if offer.due else "", "written": written.id, "person": written.person,
        }
        for n, offer in enumerate(promises.offered(written, found, day), 1)
    ]  # fmt: skip


def offered_on(request: HttpRequest, person: Person | None = None) -> list[dict[str, Any]]:
    """?note=… or ?touch=…: what was written a moment ago, on the page that comes after it."""
    for name, fetch in (("note", access.note), ("touch", access.touch)):
        if (id := access.uuid(request.GET.get(name, ""))) is not None:
            written: Any = fetch(request, id)
            if person is None or written.person_id == person.id:
                return written_in(request, written, written.text if name == "note" else written.line)
    return []


# Kept


@require_POST
def keep(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep one in view: offered, or said of someone by hand."""
    person, post = access.person(request, id), request.POST
    whose, text, on = post.get("whose", ""), post.get("text", "").strip(), post.get("on", "").strip()
    if whose not in Whose.values or not _possible(whose, text, on):
        messages.error(request, "A reminder needs a day to come, and a promise a few words.")
        return _back(request, person.id)
    kept = promises.keep(
        person, access.user(request), Offer(whose, text, _day(on)), timezone.now(),
        private="private" in post, written=_written(request, person),
    )  # fmt: skip
    messages.success(request, in_view([kept]), extra_tags=f"undo:{forget_url([kept])}")
    return _back(request, person.id)


def _written(request: HttpRequest, person: Person) -> Note | Touch | None:
    """The note or touch that the offer came from."""
    for name, fetch in (("note", access.note), ("touch", access.touch)):
        if (id := access.uuid(request.POST.get(name, ""))) is not None:
            written: Any = fetch(request, id)
            return written if written.person_id == person.id else None
    return None


def in_view(kept: Sequence[Promise]) -> str:
    """What a toast says of those just kept."""
    first, *others = kept
    if others:
        return "They stay in view until they are done."
    if first.whose != Whose.WISH or first.due_on is None:
        return "It stays in view until it is done."
    called = first.person.given or first.person.name
    return f"{called} comes up on {dates.near(first.due_on, timezone.localdate())}."


def forget_url(kept: Sequence[Promise]) -> str:
    """By which the toast takes them back."""
    first, *others = kept
    also = f"?{urlencode({'also': [str(one.id) for one in others]}, doseq=True)}" if others else ""
    return reverse("promise_forget", args=[first.id]) + also


@require_POST
def forget(request: HttpRequest, id: UUID) -> HttpResponse:
    promise = access.promise(request, id)
    for other in request.GET.getlist("also"):
        if (also := access.uuid(other)) is not None:
            promises.forget(access.promise(request, also))
    promises.forget(promise)
    return _back(request, promise.person_id)


# Done, later, let go


@require_POST
def do(request: HttpRequest, id: UUID) -> HttpResponse:
    promise, post = access.promise(request, id), request.POST
    was, day = promise.due_on, timezone.localdate()
    said = ""
    if post.get("do") == "done":
        promises.done(promise, timezone.now())
        said = {"mine": "Done. A word kept.", "theirs": "Good to hear.", "wish": "Noted."}[promise.whose]
    elif post.get("do") == "let_go":
        promises.let_go(promise, timezone.now())
        said = "Let go. That is fine."
    elif (until := _later(post, day)) is not None:
        promises.later(promise, until)
        said = f"It can wait until {dates.near(until, day)}."
    if said:
        undo = f"{reverse('promise_undo', args=[id])}?{urlencode({'due': was or '', 'back': post.get('back', '')})}"
        messages.success(request, said, extra_tags=f"undo:{undo}")
    else:
        messages.error(request, "Please choose a day to come.")
    return _back(request, promise.person_id)


def _later(post: QueryDict, day: date) -> date | None:
    """So many weeks from now, or the very day."""
    if (weeks := post.get("weeks", "")) in LATER:
        return day + timedelta(weeks=int(weeks))
    on = _day(post.get("on", ""))
    return on if on and on >= day else None


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    """The address says which day it had."""
    promise = access.promise(request, id)
    promises.put_back(promise, _day(request.GET.get("due", "")))
    return _back(request, promise.person_id)


def _back(request: HttpRequest, person: UUID) -> HttpResponse:
    """To the page on which the button was."""
    back = request.POST.get("back") or request.GET.get("back", "")
    if back in ("today", "promises"):
        return redirect(back)
    return HttpResponseRedirect(f"{reverse('person', args=[person])}#promises")


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and date(1900, 1, 1) <= day < FURTHEST else None


def kinds(member: Membership) -> dict[str, Any]:
    """For the form by which one is kept by hand."""
    return {"promise_kinds": list(LABELS.items()), "shared": spaces.is_shared(member.space)}
