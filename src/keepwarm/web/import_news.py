"""What an import found different from the file before: a few of each kind, and all of one."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from keepwarm.core import changes
from keepwarm.models import ImportRun
from keepwarm.store import imports as runs
from keepwarm.store import news
from keepwarm.web import access

NEW = "new"
TITLES = {
    NEW: "New people", changes.COMPANY: "New company", changes.TITLE: "New title", changes.NAME: "New name",
    changes.EMAIL: "New e-mail", changes.PLACE: "New place", changes.GONE: "Gone from LinkedIn",
}  # fmt: skip
FEW, PAGE = 5, 100


class Line(NamedTuple):
    name: str
    url: str
    before: str
    after: str


class Part(NamedTuple):
    kind: str
    title: str
    size: int
    lines: list[Line]
    url: str  # of all of them, where there are more


def parts(run: ImportRun) -> list[Part]:
    """A few of each kind: as stored once the run is done, as found before."""
    if run.state == ImportRun.State.DONE:
        counted = news.counts(run)
        return [_part(run, kind, size, _lines(news.lines(run, kind, most=FEW)[0])) for kind, size in counted.items()]
    found: dict[str, list[Line]] = {}
    for row in run.preview if run.state == ImportRun.State.READY else ():
        if row.get("news"):
            url = reverse("person", args=[UUID(row["person"])])
            found.setdefault(row["news"], []).append(Line(row["who"], url, row["before"], row["after"]))
    sizes = {kind: run.counts.get(f"{runs.NEWS}{kind}", 0) for kind in changes.KINDS}
    return [Part(kind, TITLES[kind], sizes[kind], found[kind][:FEW], "") for kind in changes.KINDS if kind in found]


def _part(run: ImportRun, kind: str, size: int, lines: list[Line]) -> Part:
    url = reverse("import_news", args=[run.id, kind]) if size > len(lines) else ""
    return Part(kind, TITLES[kind], size, lines, url)


def _lines(held: list[news.Line]) -> list[Line]:
    return [Line(one.name, reverse("person", args=[one.person]), one.before, one.after) for one in held]


@require_GET
def page(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """All of one kind, a hundred a page."""
    run = access.run(request, id)
    if kind not in TITLES:
        raise Http404
    after = request.GET.get("after", "")
    if kind == NEW:
        held, size, beyond = _new(run, after)
    else:
        start = int(after) if after.isdecimal() and len(after) < 19 else 0
        held, place = news.lines(run, kind, start, PAGE)
        size, beyond = news.counts(run).get(kind, 0), str(place or "")
    context: dict[str, Any] = {
        "run": run, "title": TITLES[kind], "lines": _lines(held), "size": size, "gone": kind == changes.GONE,
        "next": urlencode({"after": beyond}) if beyond else "", "first": not after,
        "when": timezone.localtime(run.made_at).date(),
    }  # fmt: skip
    return render(request, "imports/news.html", context)


def _new(run: ImportRun, after: str) -> tuple[list[news.Line], int, str]:
    try:
        start = UUID(after) if after else None
    except ValueError:
        start = None
    held = news.new_people(run, start, PAGE + 1)
    beyond = str(held[PAGE - 1].person) if len(held) > PAGE else ""
    return held[:PAGE], run.counts.get(NEW, 0), beyond
