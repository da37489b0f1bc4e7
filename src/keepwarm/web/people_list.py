"""People: the list with its search, and what narrows it down."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.core import rhythm
from keepwarm.models import Circle, Person, Space
from keepwarm.store import circles, duplicates, people_list, verdicts
from keepwarm.store.people_list import Narrow, Page
from keepwarm.web import access, many, rows
from keepwarm.web.asked import SORTS, Asked, asked_in
from keepwarm.web.edits import RELATIONS

SAID = {
    "touched": {
        "never": "No touch yet", "quarter": "In the last three months", "lapsing": "Three months to a year ago",
        "dormant": "Over a year ago",
    },
    "known": {"1": "Up to a year", "5": "One to five years", "10": "Five to ten years", "more": "Over ten years"},
    "missing": {
        "email": "E-mail", "phone": "Phone", "company": "Company", "place": "Place", "circle": "Circle",
        "touch": "Any touch",
    },
}  # fmt: skip
LABELS = {
    "circle": "Circle", "relation": "Relation", "tag": "Tag", "company": "Company", "place": "Place",
    "touched": "Last touch", "known": "Known for", "missing": "Without",
}  # fmt: skip


class Choice(NamedTuple):
    """A way to narrow down, or to stop doing so."""

    label: str
    url: str
    current: bool
    people: int | None = None


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The page, or for htmx all that stands below its search."""
    asked, space, day = asked_in(request.GET), access.space(request), timezone.localdate()
    number = people_list.page_of(space, asked.narrow, asked.letter, day) if asked.letter else asked.number
    page = people_list.page(space, asked.narrow, asked.question, asked.sort, number, day)
    context = _context(request, asked, page, day)
    partial = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if partial:
        return render(request, "people/_list.html", context)
    context |= {"strangers_wait": verdicts.any_wait(space), "twice": duplicates.count(space)}
    return render(request, "people/list.html", context)


def _context(request: HttpRequest, asked: Asked, page: Page, day: date) -> dict[str, Any]:
    space = access.space(request)
    mine = circles.of(space)
    lines = people_list.lines(space, page.ids, access.user(request))
    everyone = page.total if _is_everyone(asked) else None
    return {
        "asked": asked,
        "rows": rows.of(lines, day, lettered=_is_lettered(asked), near=page.near),
        "page": page,
        "everyone": everyone,
        "anybody": bool(page.ids) or Person.objects.of(space).here().exists(),
        "quick": _quick(space, asked, mine, everyone),
        "active": _active(asked, mine),
        "held": [(name, value) for name, value in asked.narrow._asdict().items() if value],
        "panel": _panel(space, asked, day) if asked.open else None,
        "sorts": SORTS,
        "sorted_by": SORTS[asked.sort],
        "circles": mine,
        "relations": RELATIONS,
        "rests": many.WEEKS,
        "often": rhythm.OFTEN,
        "letters": _letters(space, asked, page),
        "query": asked.url().partition("?")[2],
        "previous": asked.page(page.number - 1) if page.number > 1 else "",
        "next": asked.page(page.number + 1) if page.more else "",
        "toggle": asked.url(narrow="" if asked.open else "1"),
        "day": day,
    }


def _is_everyone(asked: Asked) -> bool:
    return not asked.question.strip() and not any(asked.narrow)


def _is_lettered(asked: Asked) -> bool:
    """In the order of names."""
    return asked.sort == "name" and not asked.question.strip()


def _letters(space: Space, asked: Asked, page: Page) -> list[Choice]:
    """Only where the list is in the order of names and longer than a page."""
    if not _is_lettered(asked) or (page.pages or 0) < 2:
        return []
    url = asked.url()
    joint = "&" if "?" in url else "?"
    return [
        Choice(letter.upper(), f"{url}{joint}{urlencode({'letter': letter})}#letter-{letter}", asked.letter == letter)
        for letter in people_list.letters(space)
    ]


def _quick(space: Space, asked: Asked, mine: list[Circle], everyone: int | None) -> list[Choice]:
    sizes = people_list.circle_sizes(space)
    cleared = dict.fromkeys(Narrow._fields, "")
    return [
        Choice("Everyone", asked.url(**cleared), not any(asked.narrow), everyone),
        *[
            Choice(
                circle.name, asked.url(**cleared | {"circle": str(circle.id)}), asked.narrow.circle == str(circle.id),
                sizes.get(circle.id, 0),
            )
            for circle in mine
        ],
    ]  # fmt: skip


def _active(asked: Asked, mine: list[Circle]) -> list[Choice]:
    """What the list is narrowed down to, each with the way out."""
    names = {str(circle.id): circle.name for circle in mine} | {people_list.NONE: "none"}
    return [
        Choice(
            f"{LABELS[name]}: {names.get(value, value) if name == 'circle' else SAID.get(name, {}).get(value, value)}",
            asked.url(**{name: ""}), True,
        )
        for name, value in asked.narrow._asdict().items() if value
    ]  # fmt: skip


class Typed(NamedTuple):
    """A field to write in, with the commonest values to choose from."""

    name: str
    label: str
    value: str
    choices: list[Choice]


class Chosen(NamedTuple):
    """A field to choose in."""

    name: str
    label: str
    value: str
    options: list[tuple[str, str]]


class Panel(NamedTuple):
    typed: list[Typed]
    chosen: list[Chosen]


def _panel(space: Space, asked: Asked, day: date) -> Panel:
    held = asked.narrow._asdict()
    common = people_list.counts(space, asked.narrow, day)
    return Panel(
        [
            Typed(
                name, LABELS[name], held[name],
                [Choice(one.name, asked.url(**{name: one.name}), False, one.people) for one in found],
            )
            for name, found in common.items()
        ],
        [Chosen(name, LABELS[name], held[name], list(options.items())) for name, options in SAID.items()],
    )  # fmt: skip
