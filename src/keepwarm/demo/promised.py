"""What the demo's owner has promised, was promised, and wants to be reminded of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from keepwarm.models import Person, Promise, Space, User


class Word(NamedTuple):
    """One promise; days are counted from today."""

    whose: Promise.Whose
    text: str
    said: int  # days ago
    due: int | None
    kept: bool = False


WORDS = (
    Word(Promise.Whose.MINE, "send the dates of the letterpress Fridays", 4, 1),
    Word(Promise.Whose.MINE, "ask at the bindery about the grey cloth", 9, 6),
    Word(Promise.Whose.MINE, "lend the book on lighthouses", 30, None),
    Word(Promise.Whose.THEIRS, "send the drawings of the courtyard", 12, 3),
    Word(Promise.Whose.WISH, "how the move went", 50, 20),
    Word(Promise.Whose.MINE, "send the address of the paper mill", 20, -14, kept=True),
    Word(Promise.Whose.THEIRS, "pass on the name of the roofer", 40, -30, kept=True),
)


def fill(space: Space, owner: User, people: Sequence[Person], today: date, zone: ZoneInfo, seed: int) -> None:
    """One to each of some people; the same every time."""
    random = Random(f"{seed} promised")  # noqa: S311 - a story, not a secret
    known = [person for person in people if person.trust and not person.never]
    Promise.objects.bulk_create(
        Promise(
            space=space, person=person, author=owner, whose=word.whose, text=word.text,
            due_on=None if word.due is None else today + timedelta(days=word.due),
            made_at=_at(today - timedelta(days=word.said), zone),
            done_at=_at(today + timedelta(days=(word.due or 0) - 1), zone) if word.kept else None,
        )
        for word, person in zip(WORDS, random.sample(known, len(WORDS)), strict=True)
    )  # fmt: skip


def _at(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(11), zone)
