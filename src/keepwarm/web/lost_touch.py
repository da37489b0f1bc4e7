"""Lost touch: who has gone quiet, the strongest ties first, and a key that puts them into Today."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core.reconnect import Candidate, Owner, factors, reasons
from keepwarm.models import Person, Photo
from keepwarm.store import lost_touch, people, spaces, today
from keepwarm.store.lost_touch import DORMANT_ONES, LAPSING, UNKNOWN
from keepwarm.store.people_list import Narrow
from keepwarm.web import access, cards, pictures
from keepwarm.web.edits import RELATIONS

FIELDS = {"company": "Company", "relation": "Relation", "place": "Place"}
LABELS = {LAPSING: "Three months to a year", DORMANT_ONES: "Over a year", UNKNOWN: "No history yet"}
LEDES = {
    LAPSING: "Quiet for three months and more. A hello is easiest now.",
    DORMANT_ONES: "Quiet for over a year. Most have not forgotten you, and after years people still answer.",
    UNKNOWN: "Nothing is on record between you yet; that says nothing about the tie.",
}


class Asked(NamedTuple):
    """What the address says."""

    kind: str
    narrow: Narrow
    number: int

    def query(self, **changed: object) -> str:
        said = {"kind": self.kind, **self.narrow._asdict(), "page": self.number if self.number > 1 else ""} | changed
        return urlencode({name: value for name, value in said.items() if value})


class Choice(NamedTuple):
    """A kind to look at."""

    label: str
    query: str
    current: bool
    people: int | None


class Row(NamedTuple):
    person: cards.Face
    because: str
    why_url: str
    gap: str
    wanted: bool
    current: bool


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
def hello(request: HttpRequest, id: UUID) -> HttpResponse:
    """They come up in Today; with `back`, they do not after all."""
    person = access.person(request, id)
    people.want_hello(person, None if "back" in request.POST else timezone.localdate())
    if request.htmx:  # type: ignore[attr-defined]
        return _show(request, after=id)
    return redirect(f"{reverse('lost_touch')}?{_asked(request.GET).query()}#who-{id}")


def _show(request: HttpRequest, after: UUID | None = None) -> HttpResponse:
    """The page, or its piece for htmx."""
    template = "lost_touch/_list.html" if request.htmx else "lost_touch/page.html"  # type: ignore[attr-defined]
    return render(request, template, _context(request, _asked(request.GET), after))


def _asked(params: QueryDict) -> Asked:
    kind, number = params.get("kind", ""), params.get("page", "")
    narrow = Narrow(**{name: params.get(name, "").strip()[:200] for name in FIELDS})
    return Asked(
        kind if kind in lost_touch.KINDS else LAPSING,
        narrow,
        int(number) if number.isdecimal() and 0 < len(number) < 7 and int(number) else 1,
    )


def _context(request: HttpRequest, asked: Asked, after: UUID | None) -> dict[str, Any]:
    space, day = access.space(request), timezone.localdate()
    found = lost_touch.page(space, asked.kind, asked.narrow, asked.number, day)
    sizes = {} if any(asked.narrow) else lost_touch.sizes(space, day)
    return {
        "kinds": [
            Choice(LABELS[kind], asked.query(kind=kind, page=""), kind == asked.kind, sizes.get(kind))
            for kind in lost_touch.KINDS
        ],
        "kind": asked.kind,
        "label": LABELS[asked.kind],
        "lede": LEDES[asked.kind],
        "fields": [(name, label, getattr(asked.narrow, name)) for name, label in FIELDS.items()],
        "relations": RELATIONS,
        "narrowed": any(asked.narrow),
        "rows": _rows(request, found.people, day, after),
        "anybody": bool(found.people) or people.anybody(space),
        "query": asked.query(),
        "number": asked.number,
        "previous": asked.query(page=asked.number - 1) if asked.number > 1 else "",
        "next": asked.query(page=asked.number + 1) if found.more else "",
    }


def _rows(request: HttpRequest, held: list[Person], day: date, after: UUID | None) -> list[Row]:
    member, ids = access.membership(request), [person.id for person in held]
    owner, known = spaces.owner_facts(member.space, member), today.candidates_of(ids, member.space, member.user)
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    wanted = {id for id in ids if factors.wished(known[id], day)}
    current = _next(ids, wanted, after)
    return [
        _row(person, known[person.id], owner, day, with_photo=person.id in photos)._replace(
            wanted=person.id in wanted, current=person.id == current
        )
        for person in held
    ]


def _next(ids: list[UUID], wanted: set[UUID], after: UUID | None) -> UUID | None:
    """Who comes after the one just decided on; themselves where they stand open again."""
    if after not in ids:
        return None
    return next((id for id in ids[ids.index(after) :] if id not in wanted), None)


def _row(person: Person, who: Candidate, owner: Owner, day: date, *, with_photo: bool) -> Row:
    first = reasons.reasons(who, owner, day)[0]
    return Row(
        person=cards.face(person, day, with_photo),
        because=reasons.words(first, who),
        why_url=cards.evidence_url(person.id, first.kind),
        gap=pictures.gap(who.history.last, day) if who.history else "",
        wanted=False,
        current=False,
    )
