"""Is this the same person? Asked, answered, taken back; and whom has been joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.models import Action, Merge, Person, Suggestion
from keepwarm.store import answers, duplicates, merge, owners, people_list, search
from keepwarm.web import access, likeness, rows, side_by_side

SURE_SHOWN = 100  # of those that can be answered together
PAGE = 50  # merges
QUICK = 7  # people whom words find
MOST = duplicates.MOST


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _show(request, _ids(request.GET.getlist("who")))


def _ids(texts: list[str]) -> list[UUID]:
    return [id for text in texts[:MOST] if (id := access.uuid(text))]


def _show(request: HttpRequest, who: list[UUID]) -> HttpResponse:
    template = "duplicates/_question.html" if request.htmx else "duplicates/page.html"  # type: ignore[attr-defined]
    named = _people(request, who)
    asked = _named(request, named) if len(named) > 1 else _next(request)
    ever = duplicates.joined(access.space(request)).exists()
    return render(request, template, {"ever": ever, **asked})


def _people(request: HttpRequest, ids: list[UUID]) -> list[Person]:
    """The best known first."""
    here = Person.objects.of(access.space(request)).here().filter(id__in=ids)
    found = list(here.select_related("summary", "circle")) if ids else []
    return duplicates.best_first(found) if found else []


def _named(request: HttpRequest, people: list[Person]) -> dict[str, Any]:
    """Those of whom the user says so, although nobody has asked."""
    space, signs = access.space(request), []
    if len(people) == 2:
        signs = duplicates.alike(space, people, owners.country(space.id, access.user(request)))
    return {"named": True, "reasons": likeness.chips(signs), **_beside(request, people)}


def _next(request: HttpRequest) -> dict[str, Any]:
    """Who is asked about now, and those who can be answered in one go."""
    space = access.space(request)
    first = duplicates.open_ones(space).first()
    if first is None:
        return {}
    pairs = duplicates.together(space, first)
    likely = list(duplicates.sure(space).select_related("one", "other")[: SURE_SHOWN + 1])
    sure = duplicates.each_once(likely[:SURE_SHOWN])
    return {
        "total": duplicates.count(space),
        "reasons": likeness.chips(duplicates.why(pairs)),
        "sure": sure if len(sure) > 1 else [],
        "more_sure": len(likely) > SURE_SHOWN,
        **_beside(request, _people(request, _of(pairs))),
    }


def _of(pairs: list[Suggestion]) -> list[UUID]:
    return list(dict.fromkeys(id for pair in pairs for id in (pair.one_id, pair.other_id)))


def _beside(request: HttpRequest, people: list[Person]) -> dict[str, Any]:
    return side_by_side.of(access.space(request), access.user(request), people, timezone.localdate())._asdict()


# With whom


@require_GET
def with_whom(request: HttpRequest, id: UUID) -> HttpResponse:
    """Find the other one; at first whoever has the same last name."""
    person, day, space = access.person(request, id), timezone.localdate(), access.space(request)
    question = request.GET.get("q", person.family).replace("\0", "").strip()[:200]
    others = Person.objects.of(space).here()
    ids = [one for one in search.find(others, space, question, 0, QUICK + 1).ids if one != person.id]
    if not ids and "q" not in request.GET:
        question = ""
    lines = people_list.lines(space, ids[:QUICK], access.user(request))
    faces = [rows.face(line.person, day, with_photo=line.photo) for line in lines]
    context = {
        "person": rows.face(person, day), "question": question,
        "faces": [face._replace(url=_address([person.id, face.id])) for face in faces],
    }  # fmt: skip
    template = "people/_found.html" if request.htmx else "duplicates/with.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _address(who: list[UUID]) -> str:
    return f"{reverse('duplicates')}{'?' if who else ''}{urlencode([('who', id) for id in who])}"


# To answer


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    space, user, now = access.space(request), access.user(request), timezone.now()
    who, said, named = _within(request), request.POST.get("said", ""), "named" in request.POST
    action: Action | None = None
    if said == "same":
        chosen = {name: access.uuid(request.POST.get(name, "")) for name in ("name", "role")}
        action = answers.same(space, user, who, now, chosen)
    elif said in ("two", "later") and len(who) > 1:
        action = (answers.two if said == "two" else answers.later)(space, user, who, now)
    if action is None:
        messages.info(request, "There were no two people left to join.")
    else:
        tell(request, TOLD[said], action, who=who if named else ())
    return redirect(_whereto(action)) if named else _after(request)


TOLD = {"same": "Joined. Everything of both is kept.", "two": "Two people. Nobody asks again.", "later": "Later, then."}


def _whereto(action: Action | None) -> str:
    """Whom the user named they see joined."""
    made = Merge.objects.filter(id__in=action.before["merges"]).first() if action else None
    return reverse("person", args=[made.kept_id]) if made else reverse("people")


def _within(request: HttpRequest) -> list[UUID]:
    """Those asked about who are in this space."""
    asked = _ids(request.POST.getlist("who"))
    return list(Person.objects.of(access.space(request)).here().filter(id__in=asked).values_list("id", flat=True))


@require_POST
def sure(request: HttpRequest) -> HttpResponse:
    pairs = [id for text in request.POST.getlist("pair")[:SURE_SHOWN] if (id := access.uuid(text))]
    action = answers.all_sure(access.space(request), access.user(request), pairs, timezone.now())
    count = len(action.before["merges"])
    tell(request, f"{count:,} {'pair' if count == 1 else 'pairs'} joined.", action)
    return _after(request)


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    if answers.undo(access.joining(request, id), timezone.now()):
        messages.success(request, "As before.")
    else:
        messages.info(request, "That cannot be taken back: it has been already, or one of them is in the trash.")
    if person := access.uuid(request.GET.get("person", "")):
        return redirect("person", person)
    return redirect(_address(_ids(request.GET.getlist("who"))))


def tell(
    request: HttpRequest, said: str, action: Action, *, who: Sequence[UUID] = (), person: UUID | None = None
) -> None:
    """After Undo comes the next question, or whom the user had named, or the person."""
    asked = [("person", person)] if person else [("who", id) for id in who]
    undo = f"{reverse('duplicates_undo', args=[action.id])}{'?' if asked else ''}{urlencode(asked)}"
    messages.success(request, said, extra_tags=f"undo:{undo}")


def _after(request: HttpRequest) -> HttpResponse:
    return _show(request, []) if request.htmx else redirect("duplicates")  # type: ignore[attr-defined]


# Whom has been joined


@require_GET
def joined(request: HttpRequest) -> HttpResponse:
    number = access.number(request.GET.get("page", ""))
    start, now = (number - 1) * PAGE, timezone.now()
    held = list(duplicates.joined(access.space(request))[start : start + PAGE + 1])
    context = {"rows": [merged(made, now) for made in held[:PAGE]], "number": number, "more": len(held) > PAGE}
    return render(request, "duplicates/joined.html", context)


def merged(made: Merge, now: datetime) -> dict[str, Any]:
    """One that stands, as the lists show it."""
    return {"merge": made, "why": likeness.speaking_for(duplicates.why([made])), "may": merge.may_undo(made, now)}


@require_POST
def apart(request: HttpRequest, id: UUID) -> HttpResponse:
    made, now = access.merge(request, id), timezone.now()
    action = answers.apart(made, access.user(request), now) if merge.may_undo(made, now) else None
    if action:
        person = made.kept_id if "from" in request.POST else None
        tell(request, f"{made.kept.name} and {made.gone.name} are two people again.", action, person=person)
    else:
        messages.info(request, "They cannot be taken apart any more: it has been done, or it is more than 90 days ago.")
    return redirect("person", made.kept_id) if "from" in request.POST else redirect("duplicates_joined")
