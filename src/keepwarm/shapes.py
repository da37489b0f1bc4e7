"""How each thing looks as JSON: the command line says it so now, an API would say the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from keepwarm.core.reconnect import Candidate
from keepwarm.models import Fact, ImportProblem, ImportRun, Item, Note, Person, Promise, Touch, User


def person_brief(who: Candidate | Person) -> dict[str, Any]:
    return {"id": str(who.id), "name": who.name, "title": who.title, "organisation": who.organisation}


def pick(
    who: Candidate, slot: str, warmth: float | None, reasons: list[dict[str, Any]], draft: dict[str, str] | None,
    links: dict[str, str | None],
) -> dict[str, Any]:  # fmt: skip
    """One of today's three."""
    told = [{"kind": r["kind"], "text": r["text"], "source": r["source"], "date": r["date"] or None} for r in reasons]
    return {
        "person": person_brief(who), "slot": slot, "warmth": warmth, "reasons": told, "draft": draft, "links": links,
    }  # fmt: skip


def import_result(run: ImportRun, seconds: float) -> dict[str, Any]:
    """What an import did, or with --dry-run would do."""
    counts = run.counts
    refused = [
        {"file": file.name, "row": 0, "field": "", "message": file.refusal, "fix": file.fix}
        for file in run.files.exclude(refusal="")
    ]
    return {
        "people_new": counts.get("new", 0),
        "people_matched": counts.get("matched", 0) + counts.get("changed", 0),
        "people_unchanged": counts.get("unchanged", 0) + counts.get("older", 0),
        "people_joined": counts.get("joined", 0),
        "touches_new": counts.get("touches", 0),
        "strangers": counts.get("waiting", 0),
        "problems": refused + [problem(row) for row in run.problems.all()],
        "problems_count": len(refused) + run.problems_count,
        "seconds": round(seconds, 3),
    }


def problem(row: ImportProblem) -> dict[str, Any]:
    return {"file": row.file, "row": row.row, "field": row.field, "message": row.message, "fix": row.fix}


def person(who: Person, viewer: User | None) -> dict[str, Any]:
    """One person with every value and where it comes from, as far as `viewer` may see it."""
    touched = Touch.objects.filter(space=who.space_id, person=who, deleted_at=None).seen_by(viewer)
    noted = Note.objects.filter(space=who.space_id, person=who, deleted_at=None).seen_by(viewer)
    promised = Promise.objects.filter(space=who.space_id, person=who).seen_by(viewer).open()
    return {
        "id": str(who.id), "name": who.name, "given": who.given, "family": who.family, "title": who.title,
        "organisation": who.organisation, "place": who.place, "known_since": _iso(who.known_since),
        "birthday": who.birthday or None, "facts": facts(who.facts.filter(ended_at=None).order_by("position", "id")),
        "touches": [touch(row) for row in touched.order_by("-at")],
        "notes": [note(row) for row in noted.order_by("-at")],
        "promises": [promise(row) for row in promised.nearest_first()],
    }  # fmt: skip


def facts(rows: Iterable[Fact]) -> list[dict[str, Any]]:
    return [
        {
            "field": row.field,
            "value": row.value,
            "label": row.label,
            "source": row.source,
            "seen": _iso(row.seen_at),
        }
        for row in rows
    ]


def touch(row: Touch) -> dict[str, Any]:
    return {
        "at": _iso(row.at), "channel": row.channel, "direction": row.direction, "balance": row.balance,
        "context": row.context, "line": row.line,
    }  # fmt: skip


def note(row: Note) -> dict[str, Any]:
    return {"at": _iso(row.at), "text": row.text}


def promise(row: Promise) -> dict[str, Any]:
    """`whose`: mine, theirs or wish."""
    return {"id": str(row.id), "whose": row.whose, "text": row.text, "due": _iso(row.due_on)}


def item(row: Item) -> dict[str, Any]:
    """Something on the shelf, without the words of its page. `state`: waiting, read or unreadable."""
    return {
        "id": str(row.id), "url": row.url, "title": row.title, "author": row.written_by, "site": row.site,
        "summary": row.summary, "note": row.note, "state": row.state, "trouble": row.trouble,
        "published": _iso(row.published_on), "saved": _iso(row.made_at),
    }  # fmt: skip


def _iso(at: Any) -> str | None:
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat() if at else None
