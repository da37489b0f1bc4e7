"""What is followed for the shelf: magazines and blogs; what is new there is proposed, and kept or passed over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from keepwarm.core import shelf as core
from keepwarm.core.people import Value
from keepwarm.core.shelf import Saved
from keepwarm.formats.feed import Entry
from keepwarm.models import Arrival, Item, Magazine, Space, User
from keepwarm.store import feeds, shelf
from keepwarm.store.bulk import Among
from keepwarm.store.feeds import TooMany

FRESH = timedelta(days=30)  # after that it is no news, and falls out by itself
MOST = 50  # that one space follows
IN_VIEW = 10
SOURCE = "feed"


def of(space: Space) -> list[Magazine]:
    return list(Magazine.objects.filter(space=space).order_by("title", "made_at"))


@transaction.atomic
def follow(space: Space, url: str, title: str, now: datetime) -> Magazine:
    """From now on; the same twice is once. Raises TooMany."""
    there = Magazine.objects.filter(space=space)
    if held := there.filter(url=url).first():
        return held
    if there.count() >= MOST:
        raise TooMany
    return Magazine.objects.create(space=space, url=url, title=title[:300], next_at=now, made_at=now)


def restore(space: Space, kept: Iterable[Value], now: datetime) -> None:
    """From an export of ours."""
    rows = [Magazine(space=space, url=url, title=title, next_at=now, made_at=now) for url, title in kept]
    Magazine.objects.bulk_create(rows[:MOST], ignore_conflicts=True)


def leave(magazine: Magazine) -> None:
    """What was kept of it stays on the shelf."""
    magazine.delete()


def due(now: datetime, space: Space | None = None) -> list[UUID]:
    """As feeds.due."""
    return feeds.taken(Magazine.objects.all(), now, space)


# What is new


@transaction.atomic
def arrive(magazine: Magazine, entries: Iterable[Entry], now: datetime) -> int:
    """Propose what is new, once; returns how much. What has no day is news from the second reading on."""
    today, first = timezone.localtime(now).date(), magazine.checked_at is None
    told = {entry.key: entry for entry in entries if entry.url}
    mine = Arrival.objects.filter(space=magazine.space_id, magazine=magazine)
    held = set(mine.values_list("key", flat=True))
    shelved = _shelved(magazine.space_id, (entry.url for entry in told.values()))
    fresh = [
        Arrival(
            space_id=magazine.space_id, magazine=magazine, key=entry.key, title=entry.title, url=entry.url,
            on=min(entry.on or today, today), found_at=now,
            answered_at=now if (first and entry.on is None) or core.key(entry.url) in shelved else None,
        )
        for entry in told.values()
        if entry.key not in held and (entry.on is None or entry.on > today - FRESH)
    ]  # fmt: skip
    Arrival.objects.bulk_create(fresh, ignore_conflicts=True)  # another reader has just found the same
    mine.filter(on__lte=today - FRESH).exclude(Among(F("key"), list(told))).delete()
    return sum(one.answered_at is None for one in fresh)


def _shelved(space: UUID, urls: Iterable[str]) -> set[str]:
    keys = [core.key(url) for url in urls]
    return set(Item.objects.filter(Among(F("key"), keys), space=space).values_list("key", flat=True))


def arrived(space: Space, day: date, most: int = IN_VIEW) -> list[Arrival]:
    """The newest of what is neither kept nor passed over."""
    return list(_open(space, day).select_related("magazine").order_by("-on", "-found_at", "id")[:most])


def _open(space: Space, day: date) -> QuerySet[Arrival]:
    return Arrival.objects.filter(space=space, answered_at=None, on__gt=day - FRESH)


@transaction.atomic
def keep(arrival: Arrival, user: User | None, now: datetime) -> tuple[Item, bool]:
    """Put it on the shelf; as shelf.save."""
    _answer(arrival, now)
    site = arrival.magazine.title
    said = Saved(arrival.url, title=arrival.title, source=SOURCE, site=site, published_on=arrival.on)
    return shelf.save(arrival.space, user, said, now)


def pass_over(arrival: Arrival, now: datetime) -> None:
    _answer(arrival, now)


def put_back(arrival: Arrival) -> None:
    """Undo of the two above: proposed again."""
    _answer(arrival, None)


def _answer(arrival: Arrival, at: datetime | None) -> None:
    Arrival.objects.filter(id=arrival.id).update(answered_at=at)
    arrival.answered_at = at
