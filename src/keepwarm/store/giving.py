"""A letter that gives something: an item of the shelf, or a kind word about what has happened to someone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from keepwarm.models import Draft, Person, Touch, User
from keepwarm.store import letters, moments, touches
from keepwarm.store.touches import CONGRATULATE


@transaction.atomic
def congratulate(
    person: Person, user: User | None, now: datetime, *, channel: str, kind: str, subject: str = "", name: str = ""
) -> Touch:
    """They have heard a word about it, whatever its kind: all that is open of them is said. `name` is the shape by
    which the letter was made."""
    touch = touches.log(
        person, user, now, now, channel=channel, direction="out", kind=kind, shape=name,
        balance="give" if kind == CONGRATULATE else "neutral", context=subject[:500],
    )  # fmt: skip
    moments.said(person, now)
    return touch


# The user's own words of such a letter are kept apart from those of other letters to the same person: they tell of
# this item, or of this moment.


def words_kept(person: UUID, user: User | None, about: str, shapes: Iterable[str]) -> dict[tuple[UUID, str], Draft]:
    """As letters.saved gives them, of the letter about this."""
    held = letters.saved([person], user)
    return {(person, shape): held[key] for shape in shapes if (key := (person, _key(shape, about))) in held}


def keep_words(
    person: Person, user: User | None, about: str, shape: str, subject: str, body: str, now: datetime
) -> None:
    letters.save(person, user, _key(shape, about), subject, body, now)


def _key(shape: str, about: str) -> str:
    """As long as Draft.shape may be, and no shape of its own."""
    return f"~{sha256(f'{shape} {about}'.encode()).hexdigest()[:15]}"
