"""Are these people?: who stands in letters and is nobody yet, and what the user says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm.core import addresses, names
from keepwarm.core import strangers as rules
from keepwarm.models import Action, Space, Stranger, User
from keepwarm.store import verdicts
from keepwarm.store.verdicts import AGAIN, BECAME, HARDLY, ME, NO, NOBODY, PARTS, PERHAPS, YES
from keepwarm.web import access, dates

LABELS = {PERHAPS: "Perhaps people", HARDLY: "Probably not", BECAME: "Became people", NOBODY: "Not people"}
LEDES = {
    PERHAPS: "They wrote to you, or you to them, and so far it went one way. Who of them is a person to you?",
    HARDLY: "Newsletters, lists, machines, rooms and shared addresses. There is nothing to do here, "
    "unless someone real is among them.",
    BECAME: "They became people because words went both ways, or because you said so.",
    NOBODY: "You said that they are not people, or that they are you. Nobody asks about them again.",
}
WHY = {
    addresses.NO_REPLY: "Takes no answers", addresses.MACHINE: "A machine", addresses.ROLE: "A shared address",
    addresses.ROOM: "A room", addresses.LIST: "A mailing list", "automatic": "Newsletters or notices",
    "wide": "Only with many others", "many": "Wrote often, never had an answer", ME: "That is you",
}  # fmt: skip
DONE = {
    YES: "{name} is here now.", NO: "{name}: not a person.", ME: "{name}: that is you.",
    AGAIN: "{name} is asked about again.",
}  # fmt: skip
RECENT = 30  # days of which one knows the day itself


class Asked(NamedTuple):
    """What the address says."""

    part: str
    question: str
    number: int

    def url(self, **changed: object) -> str:
        said = self._asdict() | changed
        query = {
            "part": said["part"] if said["part"] != PERHAPS else "", "q": said["question"],
            "page": said["number"] if said["number"] != 1 else "",
        }  # fmt: skip
        return f"{reverse('strangers')}?{urlencode({name: value for name, value in query.items() if value})}"


class Tab(NamedTuple):
    label: str
    url: str
    strangers: int
    current: bool


class Row(NamedTuple):
    """A stranger as the page shows them, with the face of a person."""

    id: UUID
    name: str
    initials: str
    tint: int
    address: str
    why: str
    told: str
    subject: str
    url: str  # the page of the person they became
    made: bool
    current: bool
    photo_url: str = ""


# To look at


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _show(request, _asked(request.GET))


def _asked(params: QueryDict) -> Asked:
    part, number = params.get("part", ""), params.get("page", "")
    return Asked(
        part if part in PARTS else PERHAPS,
        params.get("q", "").replace("\0", "").strip()[:200],
        int(number) if number.isdecimal() and 0 < len(number) < 6 and int(number) else 1,
    )


def _show(request: HttpRequest, asked: Asked, place: int = 0) -> HttpResponse:
    """The page, or its piece for htmx; `place`: of the row whose turn it is."""
    template = "strangers/_list.html" if request.htmx else "strangers/page.html"  # type: ignore[attr-defined]
    return render(request, template, _context(request, asked, place))


def _context(request: HttpRequest, asked: Asked, place: int) -> dict[str, Any]:
    space = access.space(request)
    asked, found = _found(space, asked)
    rows, sizes, day = found.strangers, verdicts.sizes(space), timezone.localdate()
    turn = min(place, len(rows) - 1)
    return {
        "tabs": [
            Tab(LABELS[part], asked.url(part=part, number=1), sizes[part], part == asked.part)
            for part in PARTS
            if sizes[part] or part in (PERHAPS, asked.part)
        ],
        "asked": asked,
        "label": LABELS[asked.part],
        "lede": LEDES[asked.part],
        "rows": [_row(row, day, row.id in found.made, current=at == turn) for at, row in enumerate(rows)],
        "anyone": any(sizes.values()),
        "everyone_url": asked.url(question="", number=1),
        "query": asked.url().partition("?")[2],
        "last": _last(request, asked),
        "previous": asked.url(number=asked.number - 1) if asked.number > 1 else "",
        "next": asked.url(number=asked.number + 1) if found.more else "",
    }


def _found(space: Space, asked: Asked) -> tuple[Asked, verdicts.Page]:
    """The page that was asked for; the one before where all on it have been decided on meanwhile, else the first."""
    for number in (asked.number, asked.number - 1):
        found = verdicts.page(space, asked.part, asked.question, number)
        if found.strangers or number == 1:
            return asked._replace(number=number), found
    return asked._replace(number=1), verdicts.page(space, asked.part, asked.question, 1)


def _row(row: Stranger, day: date, made: bool, *, current: bool) -> Row:
    name, known = _name(row), row.person
    return Row(
        id=row.id, name=name, initials=names.initials(name), tint=names.tint(row.key), address=_address(row),
        why=WHY.get(row.why, ""), told=told(row, day), subject=row.held[-1][4] if row.held else "",
        url=reverse("person", args=[known.id]) if known and known.deleted_at is None else "",
        made=made, current=current,
    )  # fmt: skip


def _name(row: Stranger) -> str:
    """As they would be called."""
    return rules.record(row.key, row.name).name


def _address(row: Stranger) -> str:
    if row.key.startswith(rules.NAMED):
        return ""
    return f"linkedin.com/in/{row.key[2:]}" if row.key.startswith("l:") else row.key[2:]


def _last(request: HttpRequest, asked: Asked) -> dict[str, Any] | None:
    """What this user said last, to be taken back also when its message has gone."""
    action = verdicts.last(access.space(request), access.user(request))
    rows = verdicts.about(action) if action else []
    if action is None or not rows:
        return None
    return {"said": _said(action, rows), "undo_url": _undo_url(action, asked), "open_url": _open_url(rows)}


# In words


def told(row: Stranger, day: date) -> str:
    """What has passed with them: "Wrote to you 4 times, last in March; you never answered."."""
    wrote = "called or wrote" if row.key[:2] in ("p:", "n:") else "wrote"
    count = row.sent + row.received or row.automatic or row.wide
    last = _when(row.last_on, day, last=count > 1) if row.last_on else ""
    if row.sent and row.received:
        return f"{wrote.capitalize()} to you {_times(row.received)} and you {_times(row.sent)}{last}."
    if row.received:
        return f"{wrote.capitalize()} to you {_times(row.received)}{last}; you never answered."
    if row.sent:
        return f"You {wrote} {_times(row.sent)}{last}; no answer came."
    if row.automatic:
        return f"Sent {count:,} {'newsletter or notice' if count == 1 else 'newsletters or notices'}{last}."
    return f"On {count:,} {'letter or meeting' if count == 1 else 'letters or meetings'} with many others{last}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _when(at: date, day: date, *, last: bool) -> str:
    if abs((day - at).days) <= RECENT:
        said = f"on {dates.near(at, day)}"
    else:
        said = f"in {at:%B}" if at.year == day.year else f"in {at:%B %Y}"
    return f", last {said}" if last else f", {said}"


def _said(action: Action, rows: list[Stranger]) -> str:
    if len(rows) > 1:
        return f"{len(rows)} of them: not people."
    (row,), said = rows, action.before["said"]
    if said == YES and row.person and not action.before["new"]:
        return f"That is {row.person.name}, who was here already."
    return DONE[said].format(name=_name(row))


# To say


@require_POST
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    row, said = access.stranger(request, id), request.POST.get("said", "")
    if said in SAY:
        _tell(request, SAY[said](access.space(request), access.user(request), row.id, timezone.now()))
    return _after(request, request.POST.get("place", ""))


def _no(space: Space, user: User, id: UUID, now: datetime) -> Action | None:
    return verdicts.nobody(space, user, [id], now)


SAY: dict[str, Callable[[Space, User, UUID, datetime], Action | None]] = {
    YES: verdicts.person, NO: _no, ME: verdicts.owner, AGAIN: verdicts.again,
}  # fmt: skip


@require_POST
def none_of_these(request: HttpRequest) -> HttpResponse:
    """All that are on the page the user saw, also where others have come to it meanwhile."""
    ids = [id for text in request.POST.getlist("who")[: verdicts.PAGE] if (id := access.uuid(text))]
    _tell(request, verdicts.nobody(access.space(request), access.user(request), ids, timezone.now()))
    return _after(request, "0")


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    action = access.verdict(request, id)
    if verdicts.undo(action, timezone.now()):
        messages.success(request, "As before.")
    else:
        messages.error(request, "There is more to this person by now, so they stay. Their own page can delete them.")
    return _after(request, "0")


def _tell(request: HttpRequest, action: Action | None) -> None:
    if action is None:
        messages.info(request, "That has been said already.")
        return
    rows = verdicts.about(action)
    tags = f"undo:{_undo_url(action, _asked(request.GET))} open:{_open_url(rows)}"
    messages.success(request, _said(action, rows), extra_tags=tags)


def _undo_url(action: Action, asked: Asked) -> str:
    return f"{reverse('strangers_undo', args=[action.id])}?{asked.url().partition('?')[2]}"


def _open_url(rows: list[Stranger]) -> str:
    """Where there is one person to look at."""
    return reverse("person", args=[rows[0].person.id]) if len(rows) == 1 and rows[0].person else ""


def _after(request: HttpRequest, place: str) -> HttpResponse:
    asked = _asked(request.GET)
    if request.htmx:  # type: ignore[attr-defined]
        return _show(request, asked, int(place) if place.isdecimal() and len(place) < 3 else 0)
    return redirect(asked.url())
