"""Is this the same person? Two or more side by side, why it is asked, and what was answered before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.models import Action, Fact, Person, Photo, SourceRecord, Suggestion
from keepwarm.store import answers, duplicates, merge, owners
from keepwarm.web import access, cards, likeness

SURE_SHOWN = 100  # of those that can be answered together
PAGE = 50  # merges
MOST = 6  # people in one question
KEPT = {"email": "E-mail", "phone": "Phone", "profile": "Profile", "place": "Place", "birthday": "Birthday"}
SOURCES = cards.SOURCES | {"google": "Google", "outlook": "Outlook", "mail": "your mail", "csv": "a table"}


class Side(NamedTuple):
    """One of those who may be the same."""

    id: UUID
    face: cards.Face
    told_by: str
    values: list[cards.Line]
    history: str


class Choice(NamedTuple):
    """Something of which only one can be shown."""

    field: str
    label: str
    values: list[tuple[UUID, str, bool]]  # whose, what, and whether it is what joining would show


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _show(request, _asked(request.GET.getlist("who")))


def _asked(texts: list[str]) -> list[UUID]:
    return [id for text in texts[:MOST] if (id := access.uuid(text))]


def _show(request: HttpRequest, who: list[UUID]) -> HttpResponse:
    template = "duplicates/_question.html" if request.htmx else "duplicates/page.html"  # type: ignore[attr-defined]
    return render(request, template, _context(request, who))


def _context(request: HttpRequest, who: list[UUID]) -> dict[str, Any]:
    space = access.space(request)
    named = list(Person.objects.of(space).here().filter(id__in=who).select_related("summary", "circle")) if who else []
    first = None if len(named) > 1 else duplicates.open_ones(space).select_related("one", "other").first()
    pairs = duplicates.together(space, first) if first else []
    people = named if len(named) > 1 else _of(pairs)
    sure = list(duplicates.sure(space).select_related("one", "other")[: SURE_SHOWN + 1]) if not who else []
    return {
        "total": duplicates.count(space),
        "named": len(named) > 1,
        "sides": _sides(request, people),
        "choices": _choices(people) if len(people) == 2 else [],
        "reasons": _reasons(request, pairs, people),
        "sure": each if len(each := duplicates.each_once(sure[:SURE_SHOWN])) > 1 else [],
        "more_sure": len(sure) > SURE_SHOWN,
        "ever": duplicates.joined(space).exists(),
    }


def _of(pairs: list[Suggestion]) -> list[Person]:
    found = {person.id: person for pair in pairs for person in (pair.one, pair.other)}
    held = Person.objects.select_related("summary", "circle").in_bulk(list(found)[:MOST])
    return list(held.values())


def _sides(request: HttpRequest, people: list[Person]) -> list[Side]:
    day, ids = timezone.localdate(), [person.id for person in people]
    told: dict[UUID, list[Fact]] = {id: [] for id in ids}
    for fact in Fact.objects.filter(person__in=ids, ended_at=None).order_by("position", "id"):
        told[fact.person_id].append(fact)
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    counts = duplicates.lived(access.space(request), access.user(request), ids)
    return [
        Side(
            person.id, cards.face(person, day, person.id in photos), _told_by(told[person.id]),
            _values(told[person.id]), _history(counts[person.id]),
        )
        for person in people
    ]  # fmt: skip


def _told_by(facts: list[Fact]) -> str:
    sources = dict.fromkeys(SOURCES.get(fact.source, fact.source.capitalize()) for fact in facts)
    return f"From {', '.join(list(sources)[:3])}" if sources else ""


def _values(facts: list[Fact]) -> list[cards.Line]:
    once = {(fact.field, fact.key or fact.value): fact for fact in facts if fact.field in KEPT}
    return [cards.Line(KEPT[fact.field], _short(fact.value)) for fact in once.values()]


def _short(value: str) -> str:
    """An address of the web without what all of them begin with."""
    return value.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _history(lived: duplicates.Lived) -> str:
    parts = [(lived.touches, "touch", "touches"), (lived.notes, "note", "notes"), (lived.tags, "tag", "tags")]
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in parts if count)


def _choices(people: list[Person]) -> list[Choice]:
    """What differs and can be shown only once: the name and the role, as joining would have them first."""
    shown = duplicates.would_show(people)
    found = []
    for field, label in (("name", "Name"), ("role", "Role")):
        said = [(person.id, str(getattr(person, field))) for person in people]
        values = [(id, value, id == shown[field]) for id, value in said if value]
        if len({value for _, value, _ in values}) > 1:
            found.append(Choice(field, label, values))
    return found


def _reasons(request: HttpRequest, pairs: list[Suggestion], people: list[Person]) -> list[likeness.Chip]:
    if len(people) != 2 or not pairs:
        return []
    country = owners.country(access.space(request).id, access.user(request))
    return likeness.chips(duplicates.why(pairs[0], country))


# To answer


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    space, user, now = access.space(request), access.user(request), timezone.now()
    who, said = _within(request), request.POST.get("said", "")
    action: Action | None = None
    if said == "same":
        chosen = {name: access.uuid(request.POST.get(name, "")) for name in ("name", "role")}
        action = answers.same(space, user, who, now, chosen)
    elif said in ("two", "later") and len(who) > 1:
        action = (answers.two if said == "two" else answers.later)(space, user, who, now)
    if action is None:
        messages.info(request, "There were no two people left to join.")
    else:
        _tell(request, TOLD[said], action)
    return _after(request)


TOLD = {"same": "Joined. Everything of both is kept.", "two": "Two people. Nobody asks again.", "later": "Later, then."}


def _within(request: HttpRequest) -> list[UUID]:
    """Those asked about who are in this space."""
    asked = _asked(request.POST.getlist("who"))
    return list(Person.objects.of(access.space(request)).here().filter(id__in=asked).values_list("id", flat=True))


@require_POST
def sure(request: HttpRequest) -> HttpResponse:
    pairs = [id for text in request.POST.getlist("pair")[:SURE_SHOWN] if (id := access.uuid(text))]
    action = answers.all_sure(access.space(request), access.user(request), pairs, timezone.now())
    count = len(action.before["merges"])
    _tell(request, f"{count:,} {'pair' if count == 1 else 'pairs'} joined.", action)
    return _after(request)


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    if answers.undo(access.joining(request, id), timezone.now()):
        messages.success(request, "As before.")
    else:
        messages.info(request, "That has been taken back already.")
    return _after(request)


def _tell(request: HttpRequest, said: str, action: Action) -> None:
    messages.success(request, said, extra_tags=f"undo:{reverse('duplicates_undo', args=[action.id])}")


def _after(request: HttpRequest) -> HttpResponse:
    return _show(request, []) if request.htmx else redirect("duplicates")  # type: ignore[attr-defined]


# Whom has been joined


@require_GET
def joined(request: HttpRequest) -> HttpResponse:
    number = access.number(request.GET.get("page", ""))
    start, now = (number - 1) * PAGE, timezone.now()
    held = list(duplicates.joined(access.space(request))[start : start + PAGE + 1])
    rows = [{"merge": made, "may": merge.may_undo(made, now)} for made in held[:PAGE]]
    context = {"rows": rows, "number": number, "more": len(held) > PAGE}
    return render(request, "duplicates/joined.html", context)


@require_POST
def apart(request: HttpRequest, id: UUID) -> HttpResponse:
    made, now = access.merge(request, id), timezone.now()
    action = answers.apart(made, access.user(request), now) if merge.may_undo(made, now) else None
    if action:
        _tell(request, f"{made.kept.name} and {made.gone.name} are two people again.", action)
    else:
        messages.info(request, "They cannot be taken apart any more: it has been done, or it is more than 90 days ago.")
    return redirect("person", made.kept_id) if "from" in request.POST else redirect("duplicates_joined")


# The cards of one person


@require_GET
def cards_of(request: HttpRequest, id: UUID) -> HttpResponse:
    person, now = access.person(request, id), timezone.now()
    told: dict[UUID | None, list[Fact]] = {}
    for fact in Fact.objects.filter(person=person, ended_at=None).order_by("position", "id"):
        told.setdefault(fact.record_id, []).append(fact)
    records = list(SourceRecord.objects.filter(person=person).order_by("seen_at"))
    return render(
        request,
        "duplicates/cards.html",
        {
            "person": cards.face(person, timezone.localdate(), Photo.objects.filter(person=person).exists()),
            "cards": [_card(record, told.get(record.id, [])) for record in records],
            "own": _lines(told.get(None, [])),
            "merges": [{"merge": made, "may": merge.may_undo(made, now)} for made in merge.of(person)],
        },
    )


def _card(record: SourceRecord, facts: list[Fact]) -> dict[str, Any]:
    name = next((fact.value for fact in facts if fact.field == "name"), "")
    source = SOURCES.get(record.source, record.source.capitalize())
    return {"id": record.id, "name": name, "source": source, "seen": record.seen_at, "lines": _lines(facts)}


def _lines(facts: Iterable[Fact]) -> list[str]:
    return [fact.value for fact in facts if fact.field != "name"][:8]


@require_POST
def split(request: HttpRequest, id: UUID) -> HttpResponse:
    person = access.person(request, id)
    records = [held for text in request.POST.getlist("card") if (held := access.uuid(text))]
    action = answers.split(person, records, access.user(request), timezone.now())
    if action is None:
        messages.error(request, "Tick the cards that are someone else’s; at least one has to stay.")
        return redirect("person_cards", id)
    _tell(request, "They are two people now. Nobody joins them again.", action)
    return redirect("person", action.before["apart"][1])
