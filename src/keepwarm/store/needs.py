"""Needs, offers and interests: kept by hand or out of what was written, changed, ended, and thrown away for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from keepwarm.core import needs
from keepwarm.core.names import fold
from keepwarm.models import Note, Person, Phrase, Space, Touch, User
from keepwarm.models.needs import PhraseQuerySet
from keepwarm.store import search

READ = 200  # the last notes, and lines, of one person that are read
LATEST = 300  # of the whole network
MOST = 5  # proposals at once
KINDS = tuple(Phrase.Kind.values)


class Said(NamedTuple):
    """What somebody needs, offers or cares about."""

    kind: str
    text: str


class Proposal(NamedTuple):
    """A phrase that stands in what the owner has written, waiting for yes or no."""

    kind: str
    text: str
    written: Note | Touch
    on: date

    @property
    def person(self) -> Person:
        return self.written.person


# What is kept


def of_person(person: Person, viewer: User | None) -> list[Phrase]:
    """Needs first, then offers and interests, each the latest first."""
    held = Phrase.objects.of(person.space).seen_by(viewer).standing().filter(person=person)
    return sorted(held, key=lambda one: (KINDS.index(one.kind), -one.said_on.toordinal(), one.text))


def standing(space: Space, viewer: User | None) -> PhraseQuerySet:
    """All that stands in the network."""
    return Phrase.objects.of(space).seen_by(viewer).standing()


def keep(
    person: Person, author: User | None, said: Said, now: datetime, *, private: bool = False,
    written: Note | Touch | None = None,
) -> Phrase:  # fmt: skip
    """From now on it is known of them; what was thrown away or is over comes back so. `written`: where it stands."""
    text = needs.tidied(said.text)
    private = private or bool(written and written.private)
    if there := _there(person, author, said.kind, text):
        _set(there, ended_at=None, thrown_away_at=None)
        return there
    made = Phrase.objects.create(
        space_id=person.space_id, person=person, author=author, private=private, kind=said.kind, text=text,
        source=Phrase.Source.PROPOSED if written else Phrase.Source.TYPED, made_at=now, **_where(written, now),
    )  # fmt: skip
    search.index([person.id])
    return made


def _there(person: Person, author: User | None, kind: str, text: str) -> Phrase | None:
    """The same, as far as case and accents go; not one that somebody else keeps to themselves."""
    held = Phrase.objects.filter(space=person.space_id, person=person, kind=kind).seen_by(author)
    return next((one for one in held if fold(one.text) == fold(text)), None)


def _where(written: Note | Touch | None, now: datetime) -> dict[str, Any]:
    if written is None:
        return {"said_on": timezone.localtime(now).date()}
    where = "note" if isinstance(written, Note) else "touch"
    return {where: written, "said_on": timezone.localtime(written.at).date()}


def throw_away(person: Person, author: User | None, said: Said, now: datetime, written: Note | Touch) -> Phrase:
    """It was read wrongly, or is nothing: nobody asks about it again."""
    made = keep(person, author, said, now, written=written)
    _set(made, thrown_away_at=now)
    return made


def end(phrase: Phrase, now: datetime) -> None:
    """They have found it, or offer it no more."""
    _set(phrase, ended_at=now)


def change(phrase: Phrase, said: Said, *, private: bool) -> None:
    _set(phrase, kind=said.kind, text=needs.tidied(said.text), private=private)


def put_back(phrase: Phrase) -> None:
    """Undo of the two above."""
    _set(phrase, ended_at=None, thrown_away_at=None)


def forget(phrase: Phrase) -> None:
    """As if it had never been kept."""
    phrase.delete()
    search.index([phrase.person_id])


def _set(phrase: Phrase, **values: object) -> None:
    for name, value in values.items():
        setattr(phrase, name, value)
    phrase.save(update_fields=list(values))
    search.index([phrase.person_id])


# What is proposed


def proposed(person: Person, viewer: User | None, most: int = MOST) -> list[Proposal]:
    """What one person's notes and lines tell of, the latest first, but for what is kept, over or thrown away."""
    return _proposed(_written(person.space, viewer, READ, person), viewer, most)


def lately(space: Space, viewer: User | None, most: int = MOST) -> list[Proposal]:
    """The same of everybody, out of what was written last."""
    return _proposed(_written(space, viewer, LATEST), viewer, most)


def _written(space: Space, viewer: User | None, most: int, person: Person | None = None) -> list[Note | Touch]:
    whose: dict[str, Any] = {"person": person} if person else {"person__deleted_at": None}
    notes = Note.objects.filter(space=space, deleted_at=None, **whose).seen_by(viewer)
    lines = Touch.objects.filter(space=space, deleted_at=None, **whose).seen_by(viewer).exclude(line="")
    found = [
        *notes.select_related("person", "person__space").order_by("-id" if person is None else "-at")[:most],
        *lines.select_related("person", "person__space").order_by("-id" if person is None else "-at")[:most],
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _proposed(written: list[Note | Touch], viewer: User | None, most: int) -> list[Proposal]:
    read = [(one, found) for one in written for found in needs.read(one.text if isinstance(one, Note) else one.line)]
    known = _known({one.person_id for one, _ in read}, viewer)
    found: dict[tuple[UUID, str, str], Proposal] = {}
    for one, said in read:
        mark = (one.person_id, said.kind, fold(said.text))
        if mark not in known:
            found.setdefault(mark, Proposal(said.kind, said.text, one, timezone.localtime(one.at).date()))
    return list(found.values())[:most]


def _known(people: Iterable[UUID], viewer: User | None) -> set[tuple[UUID, str, str]]:
    held = Phrase.objects.filter(person__in=list(people)).seen_by(viewer)
    return {(person, kind, fold(text)) for person, kind, text in held.values_list("person_id", "kind", "text")}
