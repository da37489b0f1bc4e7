"""People: the list with its search, what narrows it down, what can be done to many at once, and the trash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm import jobs
from keepwarm.core.names import initials, tint
from keepwarm.core.reconnect import reasons
from keepwarm.models import Action, Circle, Person, Space, Touch
from keepwarm.store import circles, many, people, people_list, search, trash
from keepwarm.store.people_list import Line, Narrow, Page
from keepwarm.web import access, dates
from keepwarm.web.edits import RELATIONS

QUICK = 7  # people below the quick search
HOW = {
    "mail": "mail", "linkedin": "LinkedIn", "whatsapp": "WhatsApp", "sms": "text message", "call": "phone call",
    "meeting": "meeting",
}  # fmt: skip
SORTS = {
    "name": "By name", "recent": "Last touch", "quiet": "Longest quiet first", "known": "Known longest",
    "new": "Newest here", "company": "By company",
}  # fmt: skip
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
WEEKS = {"4": "a month", "13": "three months", "26": "half a year"}


class Asked(NamedTuple):
    """What the address of the list says."""

    narrow: Narrow
    question: str
    sort: str
    number: int
    letter: str
    open: bool  # the panel that narrows down

    def url(self, **changed: str) -> str:
        """The list with something changed; always from its first page."""
        held = {
            "q": self.question,
            "sort": "" if self.sort == "name" else self.sort,
            "narrow": "1" if self.open else "",
        }
        said = {name: value for name, value in (held | self.narrow._asdict() | changed).items() if value}
        return reverse("people") + (f"?{urlencode(said)}" if said else "")


class Face(NamedTuple):
    """A person as a row shows them."""

    id: UUID
    name: str
    initials: str
    tint: int
    photo_url: str
    role: str
    url: str
    warmth: int | None


class Row(NamedTuple):
    person: Face
    letter: str  # where the first of a letter stands
    when: str
    how: str
    circle: str
    rhythm: str
    tags: list[str]
    resting: bool
    near: bool  # the first of those found by a typo


class Choice(NamedTuple):
    """A way to narrow down, or to stop doing so."""

    label: str
    url: str
    current: bool
    people: int | None = None


def _asked(params: QueryDict) -> Asked:
    narrow = Narrow(**{name: params.get(name, "").strip()[:200] for name in Narrow._fields})
    sort, number = params.get("sort", ""), params.get("page", "")
    return Asked(
        narrow=narrow,
        question=params.get("q", "")[:200],
        sort=sort if sort in SORTS else "name",
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
        letter=params.get("letter", "")[:1],
        open=bool(params.get("narrow")),
    )


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The page, or for htmx all that stands below its search."""
    asked, space, day = _asked(request.GET), access.space(request), timezone.localdate()
    number = people_list.page_of(space, asked.narrow, asked.letter, day) if asked.letter else asked.number
    page = people_list.page(space, asked.narrow, asked.question, asked.sort, number, day)
    context = _context(request, asked, page, day)
    partial = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, "people/_list.html" if partial else "people/list.html", context)


def _context(request: HttpRequest, asked: Asked, page: Page, day: date) -> dict[str, Any]:
    space = access.space(request)
    mine = circles.of(space)
    everyone = page.total if _is_everyone(asked) else None
    return {
        "asked": asked,
        "rows": _rows(people_list.lines(space, page.ids, access.user(request)), asked, page, day),
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
        "rests": WEEKS,
        "letters": _letters(space, asked, page),
        "query": asked.url().partition("?")[2],
        "previous": _numbered(asked, page.number - 1) if page.number > 1 else "",
        "next": _numbered(asked, page.number + 1) if page.more else "",
        "toggle": asked.url(narrow="" if asked.open else "1"),
        "day": day,
    }


def _is_everyone(asked: Asked) -> bool:
    return not asked.question.strip() and not any(asked.narrow)


def _numbered(asked: Asked, number: int) -> str:
    url = asked.url()
    return f"{url}{'&' if '?' in url else '?'}page={number}" if number > 1 else url


def _letters(space: Space, asked: Asked, page: Page) -> list[Choice]:
    """Only where the list is in the order of names and longer than a page."""
    if asked.question.strip() or asked.sort != "name" or (page.pages or 0) < 2:
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


# Rows


def _rows(lines: list[Line], asked: Asked, page: Page, day: date) -> list[Row]:
    lettered = asked.sort == "name" and not asked.question.strip()
    first_near = len(lines) - page.near if page.near else -1
    rows, before = [], ""
    for place, line in enumerate(lines):
        letter = _letter(line.person) if lettered else ""
        rows.append(_row(line, "" if letter == before else letter, day)._replace(near=place == first_near))
        before = letter
    return rows


def _letter(person: Person) -> str:
    letter = person.folded[:1]
    return "…" if letter >= people_list.EAST else letter


def _row(line: Line, letter: str, day: date) -> Row:
    person, circle = line.person, line.person.circle
    return Row(
        person=face(person, day, with_photo=line.photo),
        letter=letter,
        when=_when(line, day),
        how=_how(line),
        circle=circle.name if circle else "",
        rhythm="in touch anyway" if person.in_touch_since else _rhythm(person.own_rhythm),
        tags=line.tags[:3],
        resting=bool(person.rests_until and person.rests_until > day) or person.never,
        near=False,
    )


def _rhythm(days: int | None) -> str:
    if not days:
        return ""
    return "once a year" if 350 <= days <= 380 else f"every {reasons.every(days)}"


def face(person: Person, day: date, *, with_photo: bool = False) -> Face:
    return Face(
        id=person.id,
        name=person.name,
        initials=initials(person.name),
        tint=tint(person.id),
        photo_url=reverse("person_photo", args=[person.id]) if with_photo else "",
        role=person.role,
        url=reverse("person", args=[person.id]),
        warmth=people.warmth(person, day),
    )


def _when(line: Line, day: date) -> str:
    """The last touch: the day this month or last, else the month; without one, since when they are known."""
    last = timezone.localtime(line.last.at).date() if line.last else line.summary and line.summary.last_on
    if not last:
        return f"since {line.person.known_since.year}" if line.person.known_since else ""
    if (day - last).days < 45:
        return dates.short(last, last)
    return f"{last:%b}" if last.year == day.year else f"{last:%b %Y}"


def _how(line: Line) -> str:
    if line.last is None:
        return "no touch yet" if line.person.known_since and line.summary is None else ""
    return _channel(line.last)


def _channel(touch: Touch) -> str:
    return HOW.get(touch.channel, "talk")


# Find someone, from any page


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """The first few whom the words find."""
    space, day, question = access.space(request), timezone.localdate(), request.GET.get("q", "")
    here = Person.objects.of(space).here()
    found = search.find(here, space, question, 0, QUICK + 1)
    lines = people_list.lines(space, found.ids[:QUICK], access.user(request))
    faces = [face(line.person, day, with_photo=line.photo) for line in lines]
    all_url = f"{reverse('people')}?{urlencode({'q': question})}" if len(found.ids) > QUICK else ""
    return render(request, "people/_found.html", {"faces": faces, "question": question, "all_url": all_url})


# Many at once


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    """Do one thing to all who are chosen, and go back to the same list."""
    asked, space = _asked(request.GET), access.space(request)
    ids = _chosen(request, space, asked)
    back = redirect(_numbered(asked, asked.number))
    if not ids:
        messages.error(request, "Choose someone first.")
        return back
    name, _, value = request.POST.get("do", "").partition(":")
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


def _search_later(action: Action) -> None:
    if many.has_words_due(action):
        jobs.write_words.enqueue(str(action.id))


def _chosen(request: HttpRequest, space: Space, asked: Asked) -> list[UUID]:
    if request.POST.get("all"):
        return people_list.everyone(space, asked.narrow, asked.question, timezone.localdate())
    return [id for text in request.POST.getlist("who") if (id := _uuid(text))]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


Done = tuple[Action | None, str]


def _circle(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    circle = next((circle for circle in circles.of(space) if str(circle.id) == value), None)
    if circle is None and value != people_list.NONE:
        return None, "That circle is no longer there."
    done = many.to_circle(space, access.user(request), ids, circle, timezone.now())
    return done, f"{{people}} now in {_quoted(circle.name)}." if circle else "{people} now in no circle."


def _quoted(text: str) -> str:
    """For a sentence that is still to be formatted."""
    return f"“{text}”".replace("{", "{{").replace("}", "}}")


def _relation(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    relation = request.POST.get("relation", "").strip()[:50]
    done = many.relate(space, access.user(request), ids, relation, timezone.now())
    return done, f"{{people}} noted as {_quoted(relation)}." if relation else "{people} noted without a relation."


def _tag(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    tag = " ".join(request.POST.get("tag", "").split())[:100]
    if not tag:
        return None, "Please write the tag first."
    if value == "off":
        return many.untag(
            space, access.user(request), ids, tag, timezone.now()
        ), f"{_quoted(tag)} taken from {{people}}."
    return many.tag(space, access.user(request), ids, tag, timezone.now()), f"{{people}} tagged {_quoted(tag)}."


def _rest(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    weeks = value if value in WEEKS else "4"
    done = many.rest(space, access.user(request), ids, timezone.localdate(), int(weeks), timezone.now())
    return done, f"{{people}} will rest for {WEEKS[weeks]}."


def _trash(request: HttpRequest, space: Space, ids: list[UUID], value: str) -> Done:
    return many.trash(space, access.user(request), ids, timezone.now()), "{people} put in the trash."


DEEDS: dict[str, Callable[[HttpRequest, Space, list[UUID], str], Done]] = {
    "circle": _circle, "relation": _relation, "tag": _tag, "rest": _rest, "trash": _trash,
}  # fmt: skip


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    action = access.many(request, id)
    count = many.undo(action, timezone.now())
    if count:
        _search_later(action)
        messages.success(request, f"As before, for {count:,} {'person' if count == 1 else 'people'}.")
    return redirect("people")


# The trash


@require_GET
def in_trash(request: HttpRequest) -> HttpResponse:
    space, number = access.space(request), request.GET.get("page", "")
    start = (int(number) - 1) * people_list.PAGE if number.isdecimal() and len(number) < 6 and int(number) > 0 else 0
    held = list(trash.inside(space).select_related("summary", "circle")[start : start + people_list.PAGE + 1])
    rows = [(face(person, timezone.localdate()), person.deleted_at) for person in held[: people_list.PAGE]]
    more = len(held) > people_list.PAGE
    context = {
        "rows": rows,
        "next": start // people_list.PAGE + 2 if more else None,
        "asked_to_empty": "empty" in request.GET,
    }
    return render(request, "people/trash.html", context)


@require_POST
def from_trash(request: HttpRequest) -> HttpResponse:
    """Bring back, or delete for good."""
    space, ids = access.space(request), [id for text in request.POST.getlist("who") if (id := _uuid(text))]
    if not ids:
        messages.error(request, "Choose someone first.")
    elif request.POST.get("do") == "forget":
        count = trash.forget(space, ids)
        messages.success(request, f"{count:,} {'person is' if count == 1 else 'people are'} gone for good.")
    else:
        count = trash.bring_back(space, ids)
        messages.success(request, f"{count:,} {'person is' if count == 1 else 'people are'} back.")
    return redirect("people_trash")
