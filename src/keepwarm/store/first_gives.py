"""Three things to give someone before something is asked of them: what fits them first, a small word last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from keepwarm.core import promises as promise_words
from keepwarm.core.moments import CONGRATULATED, Moment
from keepwarm.models import Item, Person, Promise, User
from keepwarm.store import letters, matching, moments, promises

OFFERED = 3
ITEM, MOMENT, PROMISE, SHARE, ENDORSE, HELLO = "item", "moment", "promise", "share", "endorse", "hello"


class Give(NamedTuple):
    """One of them. `about`: the item, or the link, it is given by."""

    kind: str
    text: str
    about: str = ""
    moment: Moment | None = None


def for_person(person: Person, user: User | None, day: date) -> list[Give]:
    """Three that can be given today; fewer for someone who cannot be written to."""
    ways = letters.links([person.id])[person.id]
    called = person.given or person.name
    found = list(islice(_found(person, user, day, called, ways), OFFERED - bool(any(ways))))
    return [*found, Give(HELLO, f"A small word, to hear how {called} is")] if any(ways) else found


def _found(person: Person, user: User | None, day: date, called: str, ways: letters.Links) -> Iterator[Give]:
    """The best first; read only as far as it is asked for."""
    for moment in moments.of_people(person.space, [person.id], day, comes_round=True).get(person.id, [])[:1]:
        if any(ways):
            yield Give(MOMENT, "Congratulate" if moment.kind in CONGRATULATED else "Say a word on it", moment=moment)
    for item, why in _items(person, user, day):
        yield Give(ITEM, f"{item.title}: {why}" if why else item.title, about=str(item.id))
    for promise in promises.of_person(person, user):
        if promise.whose == Promise.Whose.MINE:
            said = promise_words.said(promise.whose, promise.text, called).rstrip(".")
            yield Give(PROMISE, f"{said}.", about=str(promise.id))
    if any(ways):
        yield Give(SHARE, f"Something you have read that {called} would like")
    if ways.linkedin:
        yield Give(ENDORSE, f"A few kind words on LinkedIn, on what {called} does well", about=ways.linkedin)


def _items(person: Person, user: User | None, day: date) -> Iterator[tuple[Item, str]]:
    """What the shelf holds for them."""
    suits: dict[UUID, str] = {one.item: one.why for one in matching.for_person(person, user, day, most=1)}
    for item in Item.objects.of(person.space).seen_by(user).filter(id__in=suits):
        yield item, suits[item.id]
