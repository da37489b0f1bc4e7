"""Feeds of people, from one reading to the next: due, read, rested, failed; what is new becomes a moment.

When a feed is read, and how long one that fails is left alone, is the same for magazines.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from keepwarm.formats.feed import Entry
from keepwarm.models import Feed, Magazine, Moment, Person, Space
from keepwarm.store import shelf

Followed = Feed | Magazine
EVERY = timedelta(hours=6)
FIRST_WAIT, LONGEST_WAIT = timedelta(hours=1), timedelta(days=7)
FRESH = timedelta(days=45)  # what was published before is no news
MOST = 10  # feeds of one person
SOURCE = "feed"


class TooMany(Exception):
    """This person has as many feeds as one can have."""


def of(person: Person) -> list[Feed]:
    return list(Feed.objects.filter(space=person.space_id, person=person).order_by("made_at"))


@transaction.atomic
def add(person: Person, url: str, title: str, now: datetime) -> Feed:
    """Follow it from now on; the same twice is once. Raises TooMany."""
    there = Feed.objects.filter(space=person.space_id, person=person)
    if held := there.filter(url=url).first():
        return held
    if there.count() >= MOST:
        raise TooMany
    return Feed.objects.create(
        space_id=person.space_id, person=person, url=url, title=title[:300], next_at=now, made_at=now
    )


def remove(feed: Feed) -> None:
    """What it has told stays."""
    feed.delete()


# When


def due(now: datetime, space: Space | None = None) -> list[UUID]:
    """Feeds whose time has come, each told to one asker: their next time is set here."""
    return taken(Feed.objects.filter(person__deleted_at=None), now, space)


def taken(rows: QuerySet[Feed] | QuerySet[Magazine], now: datetime, space: Space | None = None) -> list[UUID]:
    """Of these, whose time has come."""
    waiting = rows.filter(next_at__lte=now)
    if space:
        waiting = waiting.filter(space=space)
    ids = list(waiting.order_by("next_at").values_list("id", flat=True)[:200])
    return [id for id in ids if rows.model.objects.filter(id=id, next_at__lte=now).update(next_at=now + EVERY)]


def wait(failures: int) -> timedelta:
    """How long to leave a server alone after so many failures in a row: an hour, doubling up to a week."""
    return min(FIRST_WAIT * (1 << min(failures - 1, 20)), LONGEST_WAIT)


# What came of a reading


@transaction.atomic
def rest(feed: Followed, etag: str, modified: str, title: str, now: datetime) -> None:
    """Read, or found unchanged: leave the server alone until the next time."""
    _set(
        feed, etag=etag, modified=modified, title=title[:300] or feed.title, checked_at=now, next_at=now + EVERY,
        failures=0, trouble="", fix="",
    )  # fmt: skip


def give_way(feed: Followed, trouble: str, fix: str, now: datetime) -> None:
    """It could not be read; it is tried again later, each time after a longer wait."""
    failures = feed.failures + 1
    _set(feed, failures=failures, trouble=trouble, fix=fix, next_at=now + wait(failures))


def _set(feed: Followed, **values: Any) -> None:
    type(feed).objects.filter(id=feed.id).update(**values)
    for name, value in values.items():
        setattr(feed, name, value)


@transaction.atomic
def keep(feed: Feed, entries: Iterable[Entry], now: datetime) -> int:
    """What is new becomes a moment, once; returns how many.

    What has no day is news from the second reading on: of the first nobody knows how old it is.
    """
    today, first = timezone.localtime(now).date(), feed.checked_at is None
    mine = Moment.objects.filter(space=feed.space_id, person=feed.person_id, kind=Moment.Kind.PUBLISHED)
    held = set(mine.values_list("key", flat=True))
    fresh = [
        Moment(
            space_id=feed.space_id, person_id=feed.person_id, kind=Moment.Kind.PUBLISHED, text=entry.title,
            url=entry.url, on=_on(entry, today), found_at=now, source=SOURCE, key=entry.key,
            put_away_at=now if first and entry.on is None else None,
        )
        for entry in {entry.key: entry for entry in entries}.values()
        if entry.key not in held and (entry.on is None or entry.on > today - FRESH)
    ]  # fmt: skip
    Moment.objects.bulk_create(fresh, ignore_conflicts=True)  # another reader has just kept the same
    shelf.written_by(feed.person_id, feed.space_id, (moment.url for moment in fresh), now)
    return sum(moment.put_away_at is None for moment in fresh)


def _on(entry: Entry, today: date) -> date:
    """Some feeds are dated ahead; nobody has published anything tomorrow."""
    return min(entry.on or today, today)


def published(person: Person, count: int) -> list[Moment]:
    """The last things."""
    held = Moment.objects.filter(space=person.space_id, person=person, kind=Moment.Kind.PUBLISHED)
    return list(held.order_by("-on", "-found_at")[:count])
