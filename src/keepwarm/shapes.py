"""How each thing looks as JSON: the command line says it so now, an API would say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from keepwarm.core.balance import Balance
from keepwarm.core.insights import Day, Headline, Reach, Week
from keepwarm.core.reconnect import Candidate
from keepwarm.core.what_worked import Sentence
from keepwarm.models import Ask, Door, Fact, ImportProblem, ImportRun, Item, Note, Person, Phrase, Promise, Touch, User


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


def person(who: Person, viewer: User | None, held: Balance) -> dict[str, Any]:
    """One person with every value and where it comes from, as far as `viewer` may see it. `held`: give and ask."""
    touched = Touch.objects.filter(space=who.space_id, person=who, deleted_at=None).seen_by(viewer)
    noted = Note.objects.filter(space=who.space_id, person=who, deleted_at=None).seen_by(viewer)
    asked = Ask.objects.of(who.space).filter(person=who).seen_by(viewer)
    opened = Door.objects.of(who.space).filter(person=who).seen_by(viewer)
    promised = Promise.objects.filter(space=who.space_id, person=who).seen_by(viewer).open()
    said = Phrase.objects.filter(space=who.space_id, person=who).seen_by(viewer).standing()
    return {
        "id": str(who.id), "name": who.name, "given": who.given, "family": who.family, "title": who.title,
        "organisation": who.organisation, "place": who.place, "known_since": _iso(who.known_since),
        "birthday": who.birthday or None, "facts": facts(who.facts.filter(ended_at=None).order_by("position", "id")),
        "touches": [touch(row) for row in touched.order_by("-at")],
        "notes": [note(row) for row in noted.order_by("-at")],
        "promises": [promise(row) for row in promised.nearest_first()], "trust": who.trust or None,
        "balance": balance(held), "asks": [ask(row) for row in asked.order_by("-made_at", "id")],
        "doors": [door(row) for row in opened.order_by("-on", "-made_at")],
        "needs": [phrase(row) for row in said.order_by("kind", "-said_on", "id")],
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


def phrase(row: Phrase) -> dict[str, Any]:
    """`kind`: need, offer or interest."""
    return {"id": str(row.id), "kind": row.kind, "text": row.text, "since": _iso(row.said_on)}


def item(row: Item) -> dict[str, Any]:
    """Something on the shelf, without the words of its page. `state`: waiting, read or unreadable."""
    return {
        "id": str(row.id), "url": row.url, "title": row.title, "author": row.written_by, "site": row.site,
        "summary": row.summary, "note": row.note, "state": row.state, "trouble": row.trouble,
        "published": _iso(row.published_on), "saved": _iso(row.made_at),
    }  # fmt: skip


def balance(held: Balance) -> dict[str, Any]:
    """Of the last twelve months."""
    return {"gave": held.gave, "asked": held.asked, "received": held.received, "gave_on": _iso(held.gave_on)}


def ask(row: Ask) -> dict[str, Any]:
    """`outcome`: yes, no, silence, dropped; null while it is open. `asked`: not only planned."""
    return {
        "id": str(row.id), "text": row.text, "asked": row.touch_id is not None, "outcome": row.outcome or None,
        "made": _iso(row.made_at), "settled": _iso(row.settled_at),
    }  # fmt: skip


def door(row: Door) -> dict[str, Any]:
    """`kind`: referral, introduction, work, advice or other."""
    return {"id": str(row.id), "kind": row.kind, "text": row.text, "on": _iso(row.on)}


def insights(
    headline: Headline, weeks: Iterable[Week], reach: Reach, days: Mapping[date, Day], besides: int,
    replies: Iterable[tuple[str, int, int, int]], worked: Sentence | None,
) -> dict[str, Any]:  # fmt: skip
    """Whether it works. `besides`: asked without a touch that says so. `replies`: of all letters on record, the kind,
    how many were sent, answered, and led to a meeting. `worked`: the sentence of the week."""
    return {
        "headline": headline._asdict(),
        "weeks": [{"start": _iso(week.start), "nurtured": week.nurtured, "new": week.new} for week in weeks],
        "in_touch": reach._asdict(),
        "gestures": sum(day.reached for day in days.values()),
        "gave": sum(day.gave for day in days.values()),
        "asked": besides + sum(day.asked for day in days.values()),
        "replies": [dict(zip(("kind", "sent", "replied", "met"), one, strict=True)) for one in replies],
        "worked": worked.text if worked else None,
    }


def _iso(at: Any) -> str | None:
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat() if at else None
