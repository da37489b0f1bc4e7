"""Who do I know who …? Finds whom a question may mean in the search's own words, then reads what is known of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from keepwarm import shapes
from keepwarm.core import who as core
from keepwarm.core.who import Answer, Question, Told
from keepwarm.models import Fact, Note, Person, Phrase, Space, Touch, User
from keepwarm.store import people, search
from keepwarm.store.bulk import Among

CLOSEST = 150  # people whose whole record is read, those with the most of the words first
OWN = 500  # of the user's private notes and phrases, which the search of the space leaves out
NOTES = 2000  # of them all


class Found(NamedTuple):
    """The answers, with their people and how warm each is."""

    asked: Question
    answers: list[Answer]
    people: dict[UUID, Person]
    warmth: dict[UUID, int | None]


def asked(space: Space, user: User | None, text: str, day: date) -> Found:
    """At most twelve, the best first."""
    question = core.question(text)
    closest = _closest(space, user, question)
    here = Person.objects.of(space).here().filter(is_organisation=False).select_related("summary", "circle", "photo")
    whom = here.in_bulk(closest)
    warmth = {id: people.warmth(person, day) for id, person in whom.items()}
    among = max(len(whom), _known(space))
    answers = core.answers(question, _told(space, user, whom), warmth, among)
    return Found(question, answers, {one.id: whom[one.id] for one in answers}, warmth)


def _known(space: Space) -> int:
    """About how many people there are: a word is rare against them all. Counting goes by an index alone."""
    return Person.objects.of(space).here().count()


def _closest(space: Space, user: User | None, question: Question) -> list[UUID]:
    """Who has the most of the words, a word of many people counting less; a word of everybody finds nobody."""
    scores: dict[UUID, float] = {}
    for stem in question.stems:
        ids = search.having(space, stem)
        for id in ids:
            scores[id] = scores.get(id, 0) + 1 / (1 + len(ids)) ** 0.5
    for id in _privately(user, space, question):
        scores[id] = scores.get(id, 0) + 1
    if not scores and question.stems:  # each of the words is of very many, but all of them perhaps of few
        return search.find(Person.objects.of(space).here(), space, " ".join(question.stems), 0, CLOSEST).ids
    return sorted(scores, key=lambda person: (-scores[person], person))[:CLOSEST]


def _privately(user: User | None, space: Space, question: Question) -> Iterable[UUID]:
    """Of whom the user has noted it for themselves alone."""
    if user is None or not question.stems:
        return
    mine = {"space": space, "author": user, "private": True}
    lines = Touch.objects.filter(**mine, deleted_at=None).exclude(line="").order_by("-at")
    held = [
        *Note.objects.filter(**mine, deleted_at=None).order_by("-at").values_list("person_id", "text")[:OWN],
        *lines.values_list("person_id", "line")[:OWN],
        *Phrase.objects.filter(**mine).standing().order_by("-id").values_list("person_id", "text")[:OWN],
    ]  # fmt: skip
    for person, text in held:
        if core.has(question, text):
            yield person


# What is known


def _told(space: Space, user: User | None, whom: dict[UUID, Person]) -> dict[UUID, list[Told]]:
    known = {id: _marks(person) for id, person in whom.items()}
    ids = Among(F("person"), list(whom))
    phrases = Phrase.objects.filter(ids, space=space).seen_by(user).standing()
    for id, kind, text, on, source in phrases.values_list("person_id", "kind", "text", "said_on", "source"):
        known[id].append(Told(kind, text, on, "read in a note" if source == Phrase.Source.PROPOSED else "you"))
    tags = Fact.objects.filter(ids, space=space, field="category", ended_at=None)
    for id, value, at, source in tags.values_list("person_id", "value", "seen_at", "source"):
        known[id].append(Told(core.TAG, value, _day(at), source))
    notes = Note.objects.filter(ids, space=space, deleted_at=None).seen_by(user).order_by("-at")
    for id, text, at in notes.values_list("person_id", "text", "at")[:NOTES]:
        known[id].append(Told(core.NOTE, text, _day(at), "note"))
    cards = Fact.objects.filter(ids, space=space, field="note", ended_at=None)
    for id, text, at, source in cards.values_list("person_id", "value", "seen_at", "source"):
        known[id].append(Told(core.NOTE, text, _day(at), source))
    lines = Touch.objects.filter(ids, space=space, deleted_at=None).seen_by(user).exclude(line="").order_by("-at")
    for id, text, at in lines.values_list("person_id", "line", "at")[:NOTES]:
        known[id].append(Told(core.LINE, text, _day(at), "touch"))
    return known


def _marks(person: Person) -> list[Told]:
    said = ((core.WORK, person.role), (core.PLACE, person.place), (core.MET, person.how_met))
    return [Told(kind, text) for kind, text in said if text]


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def told(found: Found) -> list[dict[str, Any]]:
    """As JSON says it."""
    return [
        {
            "person": shapes.person_brief(found.people[one.id]), "warmth": found.warmth[one.id],
            "score": round(one.score, 3),
            "reasons": [
                {
                    "kind": reason.kind, "text": core.said(reason), "words": list(reason.words),
                    "date": reason.on.isoformat() if reason.on else None, "source": reason.source or None,
                }
                for reason in one.reasons
            ],
        }
        for one in found.answers
    ]  # fmt: skip
