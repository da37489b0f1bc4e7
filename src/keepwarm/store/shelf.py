"""The shelf: saved to give, read, put away; and given, once to each person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from keepwarm.core import shelf
from keepwarm.core.shelf import Saved
from keepwarm.models import Item, Person, Share, Space, User
from keepwarm.models.ids import new_id
from keepwarm.store import interests, touches
from keepwarm.store.bulk import Among

SAW_THIS = "saw_this"  # Touch.kind, as the draft's shape
LONGEST_TITLE, LONGEST_NOTE = 500, 10_000
SAYING = {"title", "note", "summary", "words"}  # what an item is about


class Page(NamedTuple):
    """What was read on the page of an item."""

    title: str = ""
    written_by: str = ""
    site: str = ""
    summary: str = ""
    words: str = ""
    published_on: date | None = None


# Onto the shelf


@transaction.atomic
def save(space: Space, user: User | None, link_or_thought: Saved, now: datetime) -> tuple[Item, bool]:
    """Put it on the shelf; True where it is new. A page that is there already, or was put away, is the same one:
    it is on the shelf again, with what was noted this time. ValueError where there is nothing to save.

    What others keep to themselves is nobody else's: the same page saved by two of them is two items.
    """
    said = _tidied(link_or_thought)
    keys = _keys(user, said.url, private=said.private)
    held = Item.objects.of(space).seen_by(user).select_for_update().filter(key__in=keys).order_by("private").first()
    if held is not None:
        return _again(held, said), False
    id = new_id()
    item, new = Item.objects.get_or_create(
        space=space, key=keys[0] if keys else str(id), defaults={"id": id, **_facts(user, said, now)}
    )
    if new:
        interests.index_items([item.id])
    return item, new


def _tidied(said: Saved) -> Saved:
    url, note, title = shelf.address(said.url), said.note.strip()[:LONGEST_NOTE], " ".join(said.title.split())
    if not url:
        note = "\n".join(part for part in (said.url.strip(), note) if part)
    if not url and not note and not title:
        raise ValueError("neither a link nor a thought")
    named = title or (shelf.named(url) if url else shelf.first_sentence(note))
    return said._replace(url=url, note=note, title=named[:LONGEST_TITLE])


def _keys(user: User | None, url: str, *, private: bool) -> list[str]:
    """By which it would be known; first the one that it gets. A thought is always a new one."""
    if not url:
        return []
    everybodys, mine = shelf.key(url), shelf.key(f"{url}#!{user.pk if user else ''}")
    return [mine, everybodys] if private else [everybodys, mine]


def _facts(user: User | None, said: Saved, now: datetime) -> dict[str, Any]:
    return {
        "author": user, "private": said.private, "url": said.url, "title": said.title, "note": said.note,
        "site": said.site[:200], "published_on": said.published_on, "source": said.source, "made_at": now,
        "state": Item.State.WAITING if said.url else Item.State.READ,
    }  # fmt: skip


def _again(item: Item, said: Saved) -> Item:
    _set(item, put_away_at=None, note=shelf.both(item.note, said.note)[:LONGEST_NOTE])
    return item


# Its page


@transaction.atomic
def read_in(item: Item, page: Page) -> None:
    """Keep what its page says. A title that somebody gave it stays."""
    held = Item.objects.select_for_update().get(id=item.id)
    title = held.title if held.title != shelf.named(held.url) else page.title or held.title
    _set(
        item, title=title[:LONGEST_TITLE], written_by=page.written_by[:300], site=(page.site or held.site)[:200],
        summary=shelf.cut(page.summary), words=page.words[: shelf.LONGEST_WORDS], state=Item.State.READ,
        published_on=page.published_on or held.published_on, trouble="", fix="",
    )  # fmt: skip


def unreadable(item: Item, trouble: str, fix: str) -> None:
    """It stays on the shelf and can be given all the same; what was read before stays too."""
    _set(item, state=Item.State.UNREADABLE, trouble=trouble, fix=fix)


def wait(item: Item) -> None:
    """To be read anew."""
    _set(item, state=Item.State.WAITING, trouble="", fix="")


# Put right, put away


@transaction.atomic
def edit(item: Item, *, title: str, note: str, private: bool) -> dict[str, Any]:
    """Returns what it said before, for `edit` to put back."""
    before = {"title": item.title, "note": item.note, "private": item.private}
    named = " ".join(title.split()) or shelf.first_sentence(note) or item.title
    if private != item.private:
        _set(item, key=_free_key(item, private=private))
    _set(item, title=named[:LONGEST_TITLE], note=note.strip()[:LONGEST_NOTE], private=private)
    return before


def _free_key(item: Item, *, private: bool) -> str:
    """Whoever else saves this page must not come upon what is private now."""
    wanted = next(iter(_keys(item.author, item.url, private=private)), str(item.id))
    return str(item.id) if Item.objects.of(item.space).filter(key=wanted).exclude(id=item.id).exists() else wanted


def put_away(item: Item, now: datetime) -> None:
    _set(item, put_away_at=now)


def put_back(item: Item) -> None:
    _set(item, put_away_at=None)


def forget(item: Item) -> None:
    """For good. That it was given to people stays in their history."""
    item.delete()


def _set(item: Item, **values: Any) -> None:
    Item.objects.filter(id=item.id).update(**values)
    for name, value in values.items():
        setattr(item, name, value)
    if SAYING & values.keys():
        interests.index_items([item.id])


# Given


@transaction.atomic
def give(
    item: Item, person: Person, user: User | None, now: datetime, *, channel: str, subject: str = ""
) -> Share | None:
    """Write down that they were given it; None where they have had it before: nobody gets the same thing twice."""
    share = _share(item, person, user, now)
    if not Share.objects.filter(id=share.id, given_at=None).update(given_at=now, user=user):
        return None
    touch = touches.log(
        person, user, now, now, channel=channel, direction="out", balance="give", kind=SAW_THIS,
        context=(subject or item.title)[:500], private=item.private,
    )  # fmt: skip
    share.given_at, share.user, share.touch = now, user, touch
    share.save(update_fields=["touch"])
    return share


def not_for(item: Item, person: Person, user: User | None, now: datetime) -> Share | None:
    """It is not to be proposed for them again; None where they have had it."""
    share = _share(item, person, user, now)
    return share if share.given_at is None else None


def _share(item: Item, person: Person, user: User | None, now: datetime) -> Share:
    return Share.objects.get_or_create(
        space_id=item.space_id, item=item, person=person, defaults={"user": user, "made_at": now}
    )[0]


@transaction.atomic
def take_back(share: Share, now: datetime) -> None:
    """As if it had been neither given nor said not to be for them."""
    touch = share.touch
    share.delete()
    if touch is not None:
        touches.forget(touch, now)


def last_given(space: Space, people: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of them was last given something from the shelf."""
    given = Share.objects.filter(Among(F("person"), list(people)), space=space, given_at__isnull=False)
    found = given.values_list("person").annotate(Max("given_at")).order_by()
    return {person: at for person, at in found if at}
