"""Introductions together: what is on its way, who should meet, and an idea of one's own begun from a person's page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core.introductions import steps
from keepwarm.core.introductions.pairs import Pair
from keepwarm.core.reconnect.reasons import WEEKDAYS
from keepwarm.models import Introduction, Membership, Person
from keepwarm.store import introductions, needs, pairs, people_list, search, spaces
from keepwarm.store.introductions import Told
from keepwarm.store.people import anybody
from keepwarm.web import access, dates, rows
from keepwarm.web.find import QUICK
from keepwarm.web.needs import asked

SHOWN, DONE = 6, 30  # ideas, and introductions that are over
MENTIONED = 12  # on a person's page
# What the Give page shows before anything new is proposed: the nearest to its end first.
WAITING = (steps.WILLING, steps.ONE_YES, steps.ASKED_BOTH, steps.ASKED, steps.IDEA, steps.MET)
MIDDLE = {
    steps.IDEA: "Just an idea", steps.ASKED: "Asked, no answer yet", steps.ONE_YES: "One yes so far",
    steps.ASKED_BOTH: "One yes so far", steps.WILLING: "Both said yes", steps.INTRODUCED: "Introduced",
    steps.MET: "They have met", steps.THANKED: "They met, and you said thank you", steps.DECLINED: "Not now",
    steps.DROPPED: "Let be",
}  # fmt: skip


class Act(NamedTuple):
    """The next step, as a button says it."""

    label: str
    icon: str = "mail"
    primary: bool = False


class Row(NamedTuple):
    """Two people and the thread between them; `url` is empty for a proposal, which is begun with a click."""

    left: rows.Face
    right: rows.Face
    left_said: str
    right_said: str
    left_on: bool
    right_on: bool
    middle: str
    what: str
    act: Act | None
    url: str = ""
    id: UUID | None = None
    why: str = ""
    of: str = ""  # whose it is, where that is someone else

    @property
    def may_go(self) -> bool:
        """An idea can be put away."""
        return self.middle == MIDDLE[steps.IDEA] and not self.of


def meet(request: HttpRequest, most: int = 3) -> dict[str, Any]:
    """For the Give page's "Someone to meet": what is on its way first, then who should meet. `meet_more`: how many
    more are on their way."""
    member, day = access.membership(request), timezone.localdate()
    held = introductions.told(introductions.mine(member.space, member.user).going_on().newest_first())
    going = [one for state in WAITING for one in held if one.state == state]
    shown = [row(one, day) for one in going[:most]]
    shown += proposals(request, most - len(shown), day)
    return {"meet": shown, "meet_more": max(0, len(going) - most)}


def proposals(request: HttpRequest, most: int, day: date) -> list[Row]:
    if most <= 0:
        return []
    member = access.membership(request)
    found, people = pairs.proposed(member.space, member.user, day, most)
    return [_proposal(pair, people, day) for pair in found]


def _proposal(pair: Pair, people: dict[UUID, Person], day: date) -> Row:
    first, second = people[pair.first], people[pair.second]
    act = Act(f"Ask {called(first)} first")
    return Row(
        rows.face(first, day), rows.face(second, day), "Idea", "Idea", False, False, MIDDLE[steps.IDEA], pair.reason,
        act, why=pair.why,
    )  # fmt: skip


def row(one: Told, day: date, viewer: Any = None) -> Row:
    """`viewer`: who looks at it, where it may be someone else's."""
    first, second = one.people
    author = one.row.author
    other = "" if viewer is None or author is None or author == viewer else author.first_name or str(author)
    left_on, right_on = (side.answer == steps.YES for side in one.sides)
    return Row(
        _face(first, day), _face(second, day), side_said(one, 0), side_said(one, 1), left_on, right_on,
        MIDDLE[one.state], one.row.reason or one.row.said, None if other else _act(one),
        reverse("introduction", args=[one.id]), one.id, one.row.why, other,
    )  # fmt: skip


def _face(person: Person, day: date) -> rows.Face:
    return rows.face(person, day, with_photo=hasattr(person, "photo"))


def called(person: Person) -> str:
    name = person.given or person.name
    return name if len(name) <= 18 else f"{name[:17]}…"


def side_said(one: Told, place: int) -> str:
    side, state = one.sides[place], one.state
    if side.answer == steps.YES and side.answered_at:
        late = state in (steps.INTRODUCED, steps.MET, steps.THANKED)
        return "Said yes" if late else f"Said yes {when(side.answered_at)}"
    if side.answer == steps.NO:
        return "Not now"
    if side.asked_at:
        return f"Asked {when(side.asked_at)}"
    return "Idea" if state in (steps.IDEA, steps.DROPPED) else "Not asked yet"


def when(at: datetime) -> str:
    """ "today", "on Tuesday", "on 3 November"."""
    day, today = timezone.localtime(at).date(), timezone.localdate()
    days = (today - day).days
    if days < 2:
        return "yesterday" if days == 1 else "today"
    return f"on {WEEKDAYS[day.weekday()]}" if days < 7 else f"on {dates.near(day, today)}"


def _act(one: Told) -> Act | None:
    name = called(one.people[one.turn])
    return {
        steps.IDEA: Act(f"Ask {name} first"), steps.ASKED: Act(f"What did {name} say?", "message-circle"),
        steps.ONE_YES: Act(f"Ask {name}"), steps.ASKED_BOTH: Act(f"What did {name} say?", "message-circle"),
        steps.WILLING: Act("Introduce them", "handshake", primary=True),
        steps.INTRODUCED: Act("Have they met?", "coffee"), steps.MET: Act("Say thank you", "heart"),
    }.get(one.state)  # fmt: skip


class Mention(NamedTuple):
    """An introduction as the page of one of the two tells it."""

    name: str
    url: str
    said: str


def of_person(person: Person, member: Membership) -> list[Mention]:
    found = []
    for one in introductions.of_person(person, member.user)[:MENTIONED]:
        other = next(side for side in one.sides if side.person_id != person.id)
        at = one.row.thanked_at or one.row.met_at or one.row.introduced_at
        said = f"Introduced {when(at)}" if at and not one.row.dropped_at else MIDDLE[one.state]
        found.append(Mention(other.person.name, reverse("introduction", args=[one.id]), said))
    return found


# The page


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What is on its way, who should meet, what your notes say, and what is over."""
    member, day = access.membership(request), timezone.localdate()
    seen = introductions.told(introductions.begun(member.space, member.user).newest_first()[:200])
    going = [one for one in seen if not steps.ended(one.standing)]
    over = [one for one in seen if steps.ended(one.standing)]
    ideas = proposals(request, SHOWN, day)
    context = {
        "going": [row(one, day, member.user) for one in _nearest_first(going)],
        "ideas": ideas,
        "over": [row(one, day, member.user) for one in over[:DONE]],
        "needs_asked": asked(needs.lately(member.space, member.user)),
        "anything": bool(going or ideas or over),
        "anybody": bool(going or ideas or over) or anybody(member.space),
    }
    return render(request, "introductions/page.html", context)


def _nearest_first(going: Iterable[Told]) -> list[Told]:
    order = (*WAITING, steps.INTRODUCED)
    return sorted(going, key=lambda one: order.index(one.state))


# Begun, and put away


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """An idea becomes one's own: from here on each step has its page."""
    both = _both(request)
    if both is None:
        return _gone(request)
    post = request.POST
    made = introductions.begin(
        *both, access.user(request), timezone.now(), why=post.get("why", "hand"), reason=post.get("reason", ""),
        said=post.get("said", ""), private="private" in post,
    )  # fmt: skip
    return redirect("introduction", made.id)


@require_POST
def away(request: HttpRequest) -> HttpResponse:
    """Not these two, for good; Undo brings the idea back."""
    both = _both(request)
    if both is None:
        return _gone(request)
    post = request.POST
    made = introductions.put_away(
        *both, access.user(request), timezone.now(), why=post.get("why", "hand"), reason=post.get("reason", "")
    )
    if made is None:
        messages.info(request, "Something is on its way between these two already. It can be let be on its own page.")
        return back(request)
    undo = f"undo:{reverse('introduction_forget', args=[made.id])}{_kept_back(request)}"
    messages.success(request, f"{both[0].name} and {both[1].name} will not be proposed again.", extra_tags=undo)
    return back(request)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, "One of the two is not here any more. Please choose again.")
    return back(request)


def _both(request: HttpRequest) -> tuple[Person, Person] | None:
    ids = [access.uuid(request.POST.get(name, "")) for name in ("first", "second")]
    held = Person.objects.of(access.space(request)).here().in_bulk([id for id in ids if id])
    first, second = (held.get(id) if id else None for id in ids)
    return (first, second) if first and second and first != second else None


def _kept_back(request: HttpRequest) -> str:
    return "?back=give" if request.POST.get("back") == "give" else ""


def back(request: HttpRequest) -> HttpResponse:
    """To the page on which the button was: Give, or the introductions."""
    give = (request.POST.get("back") or request.GET.get("back", "")) == "give"
    return redirect("give" if give else "introductions")


# One's own idea


@require_GET
def with_whom(request: HttpRequest, id: UUID) -> HttpResponse:
    """Find the other one; then the two side by side, before anything is begun."""
    person, member = access.person(request, id), access.membership(request)
    if (other := access.uuid(request.GET.get("with", ""))) and other != id:
        return _two(request, person, access.person(request, other))
    question = request.GET.get("q", "").replace("\0", "").strip()[:200]
    here = Person.objects.of(member.space).here().filter(is_organisation=False)
    ids = [one for one in search.find(here, member.space, question, 0, QUICK + 1).ids if one != id]
    address = reverse("person_introduce", args=[id])
    day = timezone.localdate()
    faces = [
        rows.face(line.person, day, with_photo=line.photo)._replace(url=f"{address}?with={line.person.id}")
        for line in people_list.lines(member.space, ids[:QUICK], member.user)
    ]
    template = "people/_found.html" if request.htmx else "introductions/with.html"  # type: ignore[attr-defined]
    return render(request, template, {"person": rows.face(person, day), "faces": faces, "question": question})


def _two(request: HttpRequest, one: Person, other: Person) -> HttpResponse:
    member, day = access.membership(request), timezone.localdate()
    there: Introduction | None = introductions.between(member.space, member.user, one.id, other.id)
    if there:
        return redirect("introduction", there.id)
    first, second = introductions.order(one, other)
    together = bool(one.organisation_key) and one.organisation_key == other.organisation_key
    pair = Pair(one.id, other.id, "hand", "", 0)
    context = {
        "first": rows.face(first, day), "second": rows.face(second, day), "person": rows.face(one, day),
        "same_firm": one.organisation if together else "", "met": bool(pairs.met_before(member.space, [pair])),
        "called": called(first), "shared": spaces.is_shared(member.space),
    }  # fmt: skip
    return render(request, "introductions/two.html", context)
