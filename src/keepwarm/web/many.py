"""What can be done to many people at once, from the list, and undone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm import jobs
from keepwarm.core import rhythm as core
from keepwarm.core.reconnect.reasons import every, spell, spell_months
from keepwarm.models import Action, Space
from keepwarm.store import circles, people_list, rhythm
from keepwarm.store import many as store
from keepwarm.store.duplicates import MOST
from keepwarm.web import access
from keepwarm.web.asked import Asked, asked_in

WEEKS = {"4": "a month", "13": "three months", "26": "half a year"}


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    """Do one thing to all who are chosen, and go back to the same list."""
    asked, space = asked_in(request.GET), access.space(request)
    ids = _chosen(request, space, asked)
    back = redirect(asked.page(asked.number))
    if not ids:
        messages.error(request, "Choose someone first.")
        return back
    name, _, value = request.POST.get("do", "").partition(":")
    if name == "same":
        return _same(request, ids) or back
    if name not in DEEDS:
        messages.error(request, "Please say what to do with them.")
        return back
    done, said = DEEDS[name](request, space, ids, value)
    if done is None:
        messages.error(request, said)
        return back
    _search_later(done)
    count = len(done.before["people"])
    people = f"{count:,} {'person' if count == 1 else 'people'}"
    undo = f"undo:{reverse('many_undo', args=[done.id])}"
    messages.success(request, said.format(people=people), extra_tags=undo)
    return back


def _same(request: HttpRequest, ids: list[UUID]) -> HttpResponse | None:
    """To where they stand side by side."""
    if 2 <= len(ids) <= MOST:
        return redirect(f"{reverse('duplicates')}?{urlencode([('who', id) for id in ids])}")
    messages.error(request, f"Choose the cards of one person: two at least, {MOST} at most.")
    return None


def _search_later(action: Action) -> None:
    if store.has_words_due(action):
        jobs.write_words.enqueue(str(action.id))


def _chosen(request: HttpRequest, space: Space, asked: Asked) -> list[UUID]:
    if request.POST.get("all"):
        return people_list.everyone(space, asked.narrow, asked.question, timezone.localdate())
    return access.ticked(request)


Done = tuple[Action | None, str]


def _circle(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    circle = next((circle for circle in circles.of(space) if str(circle.id) == value), None)
    if circle is None and value != people_list.NONE:
        return None, "That circle is no longer there."
    done = store.to_circle(space, access.user(request), ids, circle, timezone.now())
    return done, f"{{people}} now in {_quoted(circle.name)}." if circle else "{people} now in no circle."


def _follow(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    """With the spread in words, so that nobody fears five hundred hellos in one week."""
    known = {str(one.days): one.days for one in core.OFTEN} | {"0": core.NONE, "": None}
    if value not in known:
        return None, "Please say how often."
    days = known[value]
    done = store.follow(space, access.user(request), ids, days, timezone.now())
    if not days:
        return done, "{people} without a rhythm." if days == core.NONE else "{people} as their circle has it."
    return done, f"{{people}}, every {every(days)}: {_spread(space, ids)}."


def _spread(space: Space, ids: list[UUID]) -> str:
    """About 16 a week, the last in eight months."""
    today = timezone.localdate()
    days = rhythm.days_of(space.id, ids)
    weeks = core.weeks_needed(days, today)
    if weeks <= 1:
        return "all this week"
    a_week = max(round(len(days) / weeks), 1)
    last = max(days)
    months = round((last - today).days / 30.44)
    end = f"in {spell_months(months)}" if months > 1 else f"in {spell(weeks)} weeks"
    return f"about {a_week} a week, the last {end}"


def _quoted(text: str) -> str:
    """For a sentence that is still to be formatted."""
    return f"“{text}”".replace("{", "{{").replace("}", "}}")


def _relation(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    relation = request.POST.get("relation", "").strip()[:50]
    done = store.relate(space, access.user(request), ids, relation, timezone.now())
    return done, f"{{people}} noted as {_quoted(relation)}." if relation else "{people} noted without a relation."


def _tag(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    tag = " ".join(request.POST.get("tag", "").split())[:100]
    if not tag:
        return None, "Please write the tag first."
    if value == "off":
        return store.untag(
            space, access.user(request), ids, tag, timezone.now()
        ), f"{_quoted(tag)} taken from {{people}}."
    return store.tag(space, access.user(request), ids, tag, timezone.now()), f"{{people}} tagged {_quoted(tag)}."


def _rest(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    weeks = value if value in WEEKS else "4"
    done = store.rest(space, access.user(request), ids, timezone.localdate(), int(weeks), timezone.now())
    return done, f"{{people}} will rest for {WEEKS[weeks]}."


def _trash(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    return store.trash(space, access.user(request), ids, timezone.now()), "{people} put in the trash."


DEEDS: dict[str, Callable[[HttpRequest, Space, list[UUID], str], Done]] = {
    "circle": _circle, "follow": _follow, "relation": _relation, "tag": _tag, "rest": _rest, "trash": _trash,
}  # fmt: skip


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    action = access.many(request, id)
    count = store.undo(action, timezone.now())
    if count:
        _search_later(action)
        messages.success(request, f"As before, for {count:,} {'person' if count == 1 else 'people'}.")
    return redirect("people")
