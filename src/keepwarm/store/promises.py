"""Promises and wishes kept in view: written down, done, put off, let go; and which of them are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from keepwarm.core import promises
from keepwarm.core.promises import Found
from keepwarm.core.reconnect import Wish
from keepwarm.models import Note, Person, Promise, Space, Touch, User
from keepwarm.models.promises import PromiseQuerySet

LONGEST = 500
Whose = Promise.Whose


class Offer(NamedTuple):
    """A promise that stands in words the user has just written, and may want to keep in view."""

    whose: str
    text: str
    due: date | None


# What was written, and what is offered


def offers(found: Iterable[Found], today: date) -> list[Offer]:
    """What to offer of all that a line promises. A wish that names no day is for a month from now."""
    return [
        Offer(one.whose, one.text[:LONGEST], one.due or (today + promises.LATER if one.whose == Whose.WISH else None))
        for one in found
    ]


def offered(written: Note | Touch, found: Iterable[Found], today: date) -> list[Offer]:
    """As `offers`, of a note or a touch, without what is kept from it already."""
    held = {(one.whose, one.text) for one in Promise.objects.filter(space=written.space_id, **_from(written))}
    return [offer for offer in offers(found, today) if (offer.whose, offer.text) not in held]


def _from(written: Note | Touch | None) -> dict[str, Note | Touch]:
    if written is None:
        return {}
    return {"note" if isinstance(written, Note) else "touch": written}


def keep(
    person: Person,
    author: User | None,
    offer: Offer,
    now: datetime,
    *,
    private: bool = False,
    written: Note | Touch | None = None,
) -> Promise:
    """Keep it in view from now on; the same from one note or touch once. `written` says where, and who may see it."""
    text, private = " ".join(offer.text.split())[:LONGEST], private or bool(written and written.private)
    if written and (there := Promise.objects.filter(whose=offer.whose, text=text, **_from(written)).first()):
        return there
    return Promise.objects.create(
        space_id=person.space_id, person=person, author=author, private=private, whose=offer.whose, text=text,
        due_on=offer.due, made_at=now, **_from(written),
    )  # fmt: skip


# What becomes of it


def done(promise: Promise, now: datetime) -> None:
    _set(promise, done_at=now, let_go_at=None)


def let_go(promise: Promise, now: datetime) -> None:
    """It is not going to happen, and that is fine."""
    _set(promise, done_at=None, let_go_at=now)


def later(promise: Promise, day: date | None) -> None:
    """Due on that day; None: at any time."""
    _set(promise, due_on=day)


def put_back(promise: Promise, day: date | None) -> None:
    """Undo of the three above: open, and due as it was."""
    _set(promise, done_at=None, let_go_at=None, due_on=day)


def change(promise: Promise, text: str, day: date | None) -> None:
    _set(promise, text=" ".join(text.split())[:LONGEST], due_on=day)


def forget(promise: Promise) -> None:
    """As if it had never been kept."""
    promise.delete()


def _set(promise: Promise, **values: object) -> None:
    for name, value in values.items():
        setattr(promise, name, value)
    promise.save(update_fields=list(values))


# What is in view


def due(space: Space, user: User | None, day: date) -> list[Promise]:
    """What this user has open by that day, the nearest first, then what has no day. Wishes only from their day on."""
    return list(in_view(space, user).by(day).nearest_first())


def in_view(space: Space, user: User | None) -> PromiseQuerySet:
    """All that this user has open, with whom it is for."""
    held = Promise.objects.of(space).seen_by(user).open()
    mine = Q(author=None) | Q(author=user) if user else Q(author=None)
    return held.filter(mine).select_related("person", "person__summary", "person__circle")


def of_person(person: Person, viewer: User | None) -> list[Promise]:
    """All that is open with them, whoever of the space has it."""
    held = Promise.objects.of(person.space).seen_by(viewer).open().filter(person=person)
    return list(held.select_related("author", "person").nearest_first())


def wishes(space: Space, people: Iterable[UUID], viewer: User | None) -> dict[UUID, Wish]:
    """By person the first day on which this user wants to be reminded of them, and of what."""
    held = in_view(space, viewer).filter(whose=Whose.WISH).exclude(due_on=None)
    asked, found = set(people), dict[UUID, Wish]()
    for one in held.nearest_first():
        if one.due_on and one.person_id in asked:
            found.setdefault(one.person_id, Wish(one.due_on, one.text, one.made_at.date()))
    return found
