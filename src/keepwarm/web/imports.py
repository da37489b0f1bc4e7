"""Bring people in: choose files, check what was found, bring them in, undo."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from keepwarm import formats, jobs
from keepwarm.core import as_of
from keepwarm.core.census import Proposal
from keepwarm.formats.batch import Format
from keepwarm.imports import mapping, upload, whose
from keepwarm.models import ImportFile, ImportRun
from keepwarm.store import imports as runs
from keepwarm.store import moments, news, owners, strangers
from keepwarm.web import access, columns, dates, import_news

State = ImportRun.State
STATUS = {
    "new": "new",
    "matched": "already here",
    "changed": "has news",
    "unchanged": "as before",
    "older": "newer is here",
    "left_out": "in your trash",
}
SHOWN = 20
UNANSWERED = "Please tick which one is you, or write your own address: without it we cannot tell who wrote to whom."
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones run in Japanese and Chinese Excel


@require_GET
def choose(request: HttpRequest, error: str = "") -> HttpResponse:
    space = access.space(request)
    held = ImportRun.objects.filter(space=space, account=None).exclude(state=State.CANCELLED).prefetch_related("files")
    recent = [_line(run) for run in held.order_by("-made_at")[:10]]
    context = {"recent": recent, "error": error, "limit": settings.UPLOAD_LIMIT}
    return render(request, "imports/choose.html", context, status=400 if error else 200)


def _line(run: ImportRun) -> dict[str, Any]:
    names = list(dict.fromkeys(file.name for file in run.files.all()))
    title = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more" if names else "An import"
    said = {
        State.DONE: f"{run.counts.get('new', 0):,} new, {_matched(run):,} already here{_exchanges(run)}",
        State.UNDONE: "taken back",
        State.READY: "waits for you",
        State.REFUSED: "nothing to bring in",
    }
    return {
        "id": run.id, "when": timezone.localtime(run.made_at).date(), "title": title, "state": run.state,
        "summary": said.get(State(run.state), "under way"), "url": reverse("import_run", args=[run.id]),
    }  # fmt: skip


@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take the files in and begin to check them."""
    files = request.FILES.getlist("files")
    if name := request.META.get("keepwarm.too_large"):
        return _refused(request, str(upload.TooLarge(name)))
    if not files:
        return _refused(request, "Please choose a file first.")
    run = runs.start(access.space(request), access.user(request), timezone.now())
    written = request.POST.getlist("written")
    for position, file in enumerate(files):
        upload.keep(run.id, position, file, _seconds(written[position]) if len(written) == len(files) else 0)
    runs.receive(run, [file.name or "a file" for file in files])
    jobs.go_on(run)
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(reverse("import_run", args=[run.id]), content_type="text/plain")
    return redirect("import_run", run.id)


def _seconds(written: str) -> int:
    """When the file was written, from the milliseconds that a browser says; 0 for nonsense."""
    return int(written) // 1000 if written.isascii() and written.isdecimal() and len(written) < 15 else 0


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    request.method = "GET"
    return choose(request, sentence)


@require_GET
def show(request: HttpRequest, id: UUID) -> HttpResponse:
    run = access.run(request, id)
    template = "imports/_run.html" if request.htmx else "imports/run.html"  # type: ignore[attr-defined]
    return render(request, template, {"run": _shown(run)})


def _matched(run: ImportRun) -> int:
    return sum(run.counts.get(kind, 0) for kind in ("matched", "changed", "unchanged", "older"))


def _exchanges(run: ImportRun) -> str:
    count = run.counts.get("touches", 0)
    return f", {count:,} exchange{pluralize(count)}" if count else ""


def _shown(run: ImportRun) -> dict[str, Any]:
    """The run as the page wants it."""
    counts = run.counts
    tables = columns.tables(run) if run.state == State.READY else []
    percent = min(100, run.bytes_done * 100 // run.bytes_total) if run.bytes_total else 0
    text = {
        State.READING: "Reading, and looking for people you already have.",
        State.UNDOING: "Taking it back.",
    }
    return {
        "id": run.id, "state": "writing" if run.state == State.UNDOING else run.state, "busy": run.busy,
        "trouble": run.trouble, "undoing": run.state == State.UNDOING,
        "files": [_file(run, file) for file in run.files.all()],
        "progress": {
            "percent": percent, "done": run.done, "total": 0,
            "text": text.get(State(run.state), f"{run.done:,} people so far."),
        },
        "new": counts.get("new", 0), "matched": counts.get("matched", 0) + counts.get("changed", 0),
        "changed": counts.get("changed", 0), "unchanged": counts.get("unchanged", 0) + counts.get("older", 0),
        "news": import_news.parts(run),
        "moments": _moments(run),
        "left_out": counts.get("left_out", 0), "hidden": counts.get("hidden", 0),
        "looking": counts.get("looking", 0), "joined": counts.get("joined", 0), "maybe": counts.get("maybe", 0),
        "touches": counts.get("touches", 0), "known_since": counts.get("known_since", 0),
        "strangers": counts.get("strangers", 0), "waiting": _waiting(run), "tables": tables,
        **_whose(run),
        "asks": any(table["said"] != "before" for table in tables),
        "own": _own(run), "sample": _sample(run), "problems": list(run.problems.all()[:SHOWN]),
        "problems_count": run.problems_count, "problems_url": reverse("import_problems", args=[run.id]),
        "undo_until": run.undo_until and timezone.localtime(run.undo_until).date(),
        "may_undo": runs.may_undo(run, timezone.now()), "left_behind": _left_behind(run),
        "when": timezone.localtime(run.finished_at or run.made_at).date(),
    }  # fmt: skip


def _whose(run: ImportRun) -> dict[str, Any]:
    """The question which of these the user is, asked where one is likely or the exchanges cannot be read without."""
    found, is_open = whose.proposals(run), whose.is_open(run)
    rows = [
        {"key": one.key, "value": owners.value(one.key, one.name), "called": one.name, "letters": one.letters,
         "ticked": one.sure}
        for one in found
    ]  # fmt: skip
    return {
        "me": rows if is_open or any(one.sure for one in found) else [], "asks_me": is_open,
        "titled": whose.is_titled(run), "keeps_context": owners.keeps_context(run.space_id, run.user),
        "form": "columns" if any(file.mapping for file in run.files.all()) else "go",
    }  # fmt: skip


def _waiting(run: ImportRun) -> int:
    """Of how many the user may say whether they are people, once the run is done of how many still."""
    if run.state == State.DONE:
        return strangers.waiting(run.space_id).filter(run=run, why="").count()
    return run.counts.get("waiting", 0)


def _moments(run: ImportRun) -> int:
    """Of how much there is something to say, by this import."""
    if run.state != State.DONE:
        return 0
    return moments.alive(run.space, timezone.localdate()).filter(run_id=run.id).count()


def _file(run: ImportRun, file: ImportFile) -> dict[str, Any]:
    found = formats.named(file.format)
    return {
        "name": file.name, "recognised": found.title if found else file.remark, "people": file.people,
        "read": found is not None, "as_of": _as_of(run, file, found),
        "refusal": file.refusal, "fix": file.fix,
    }  # fmt: skip


BY = {
    as_of.NAME: "by its name",
    as_of.MEMBER: "by its zip",
    as_of.FILE: "by the file",
    as_of.CONNECTED: "by its newest",
}


def _as_of(run: ImportRun, file: ImportFile, kind: Format | None) -> str:
    """How old the file is, and whether a newer one has spoken; nothing of one that came as it was made."""
    if kind is None or not file.people or file.as_of is None:
        return ""
    alike = [other.name for other in formats.FORMATS if other.source == kind.source]
    day, today = file.as_of, timezone.localdate()
    if newer := news.newest_file(run, alike, day):
        brought = dates.near(timezone.localtime(newer.run.made_at).date(), today)
        return (
            f"This file is from {dates.near(day, today)}; what you brought in on {brought} is newer, "
            "so it only adds people."
        )
    return f"It tells of {dates.near(day, today)}, {BY[file.as_of_by]}." if file.as_of_by in BY else ""


def _own(run: ImportRun) -> list[str]:
    """What the files say of the owner, in sentences without a full stop."""
    said = {"name": "Your name is {value}", "place": "You live in {value}"}
    lines = []
    for row in run.preview:
        if row.get("own") == "position":
            lines.append(
                ("You are at " if row["now"] else "You were at ")
                + ", ".join(filter(None, (row["value"], row["detail"])))
            )
        elif row.get("own") in said:
            lines.append(said[row["own"]].format(value=row["value"]))
    return lines[:8]


def _sample(run: ImportRun) -> list[dict[str, Any]]:
    rows = [row for row in run.preview if "name" in row]
    return [
        {"name": row["name"], "role": row["role"], "status": STATUS[row["kind"]], "changes": row["changes"]}
        for row in rows[:12]
    ]


def _left_behind(run: ImportRun) -> list[dict[str, Any]]:
    if run.state != State.UNDONE:
        return []
    return [
        {"name": person.name, "url": reverse("person", args=[person.id]), "why": why}
        for person, why in runs.left_behind(run)
    ]


@require_POST
def go(request: HttpRequest, id: UUID) -> HttpResponse:
    """Bring in. Where it was not known whose exchanges these are, look again first, with the answer."""
    run = access.run(request, id)
    asked = whose.is_open(run)
    if run.state == State.READY and not _answered(request, run):
        messages.error(request, UNANSWERED)
        return redirect("import_run", id)
    return _turn(request, id, (State.READY,), State.READING if asked else State.WRITING)


def _answered(request: HttpRequest, run: ImportRun) -> bool:
    """Keep who the user says they are, and whether subjects are kept; False where an answer is needed and not there."""
    space, user = run.space_id, run.user
    ticked = set(request.POST.getlist("me"))
    chosen = [one for one in whose.proposals(run) if one.key in ticked]
    for said in filter(None, map(str.strip, request.POST.get("me_too", "").split(","))):
        if key := owners.key_of(said[:200], owners.country(space, user)):
            chosen.append(Proposal(key, said[:200], 0, sure=True))
    if whose.is_open(run) and not chosen:
        return False
    if "about_context" in request.POST:
        owners.keep_context(space, user, keeps="keep_context" in request.POST)
    whose.answer(run, chosen, timezone.now())
    return True


@require_POST
def choose_columns(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep what the columns become. Where that changes something, look again, else bring in if that was asked."""
    run, changed = access.run(request, id), False
    if run.state != State.READY:
        return redirect("import_run", id)
    if not _answered(request, run):
        messages.error(request, UNANSWERED)
        return redirect("import_run", id)
    for file in columns.asked(run):
        changed |= mapping.remember(run, file, _chosen(request, file), timezone.now())
    after = State.WRITING if request.POST.get("then") == "go" and not changed else State.READING
    return _turn(request, id, (State.READY,), after)


def _chosen(request: HttpRequest, file: ImportFile) -> list[str | None]:
    return [request.POST.get(columns.field(file, i)) for i in range(len(file.mapping["fields"]))]


@require_POST
def undo(request: HttpRequest, id: UUID) -> HttpResponse:
    run = access.run(request, id)
    if not runs.may_undo(run, timezone.now()):
        return redirect("import_run", id)
    return _turn(request, id, (State.DONE,), State.UNDOING)


@require_POST
def cancel(request: HttpRequest, id: UUID) -> HttpResponse:
    run = access.run(request, id)
    if runs.turn(run, (State.READING, State.READY), State.CANCELLED, timezone.now()):
        upload.forget(run.id)
        return redirect("import")
    return redirect("import_run", id)


def _turn(request: HttpRequest, id: UUID, before: tuple[str, ...], after: str) -> HttpResponse:
    run = access.run(request, id)
    if runs.turn(run, before, after, timezone.now()):
        run.state = after
        jobs.go_on(run)
    return redirect("import_run", id)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, row: str) -> str:
        return row


@require_GET
def problems(request: HttpRequest, id: UUID) -> StreamingHttpResponse:
    """All problems as CSV. A cell that a spreadsheet would run is kept text by an apostrophe."""
    run = access.run(request, id)
    writer = csv.writer(_Echo())
    rows = run.problems.values_list("file", "row", "field", "message", "fix").iterator()
    lines = (writer.writerow([_safe(cell) for cell in row]) for row in rows)
    response = StreamingHttpResponse(
        (
            line
            for part in (["\ufeff" + writer.writerow(["file", "row", "field", "what", "what to do"])], lines)
            for line in part
        ),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="keepwarm-problems.csv"'
    return response


def _safe(cell: object) -> object:
    runs = isinstance(cell, str) and (cell.startswith(("\t", "\r", "\n")) or cell.lstrip().startswith(FORMULA))
    return f"'{cell}" if runs else cell
