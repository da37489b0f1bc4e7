"""Feeds read from the open internet: found from a page's address, asked for what is new, left alone when they fail."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.conf import settings

from keepwarm.core.networks import is_open, is_open_or_at_home
from keepwarm.formats import feed as formats
from keepwarm.formats.feed import Entry, Found, NoFeed
from keepwarm.models import Feed, Magazine
from keepwarm.store import feeds, magazines
from keepwarm.sync import fetch
from keepwarm.sync.fetch import Answer, Fetcher, Limits, Mark, Unfetched

log = logging.getLogger(__name__)
USUAL = Limits(size=5 * 2**20, seconds=60, silence=20)
SHORT = USUAL._replace(seconds=15, silence=8)  # somebody waits before a page
TRIED = 3  # feeds that a page names: one is for its comments, mostly the second
Clock = Callable[[], datetime]
T = TypeVar("T", Feed, Magazine)


class Trouble(Exception):
    """Its two sentences are for the user: what is wrong, and what to do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class Followed(NamedTuple):
    """A feed that is there, and what it is called."""

    url: str
    title: str


def fetcher(limits: Limits = USUAL) -> Fetcher:
    """The guard, as this server is set up."""
    return Fetcher(is_open_or_at_home if settings.PRIVATE_NETWORKS else is_open, limits)


def find(said: str, by: Fetcher | None = None) -> Followed:
    """The feed at an address, or that the page there names as its own. Raises Trouble."""
    by, url = by or fetcher(SHORT), _address(said)
    page = _got(url, by)[1]
    try:
        return Followed(url, formats.read(page).title)
    except NoFeed:
        pass  # a page, mostly
    for named in formats.feeds_of(page, url)[:TRIED]:
        try:
            return Followed(named, formats.read(_got(named, by)[1]).title)
        except (NoFeed, Trouble):
            continue
    raise Trouble("No feed was found at this address.", "Look for a link called RSS, Atom or feed on their page.")


def _address(said: str) -> str:
    """As people paste it."""
    said = said.strip()
    if said.lower().startswith("feed:"):
        said = said[5:].removeprefix("//")
    return said if "://" in said else f"https://{said}"


def read(id: UUID, clock: Clock, by: Fetcher | None = None) -> Feed | None:
    """Read what a person publishes; None where it is gone. What goes wrong is kept with it."""
    feed = Feed.objects.filter(id=id).first()
    return feed and _followed(feed, feeds.keep, clock, by)


def read_magazine(id: UUID, clock: Clock, by: Fetcher | None = None) -> Magazine | None:
    """As `read`, of what is followed for the shelf."""
    magazine = Magazine.objects.filter(id=id).first()
    return magazine and _followed(magazine, magazines.arrive, clock, by)


def _followed(feed: T, keep: Callable[[T, Iterable[Entry], datetime], int], clock: Clock, by: Fetcher | None) -> T:
    """Read it if it has changed."""
    try:
        answer, data = _got(feed.url, by or fetcher(), Mark(feed.etag, feed.modified))
        if answer.fresh:
            found = _read(data)
            keep(feed, found.entries, clock())
            feeds.rest(feed, *answer.mark, found.title, clock())
        else:
            feeds.rest(feed, feed.etag, feed.modified, feed.title, clock())
    except Trouble as trouble:
        feeds.give_way(feed, trouble.message, trouble.fix, clock())
    except Exception:  # a fault of ours: the user must see it, and the feed must not stand still
        log.exception("reading feed %s", feed.id)
        feeds.give_way(feed, "Something went wrong that should not have.", "It is tried again by itself.", clock())
    return feed


def _read(data: bytes) -> Found:
    try:
        return formats.read(data)
    except NoFeed:
        raise Trouble(
            "What is at this address is not a feed any more.", "Look for the feed on their page, and follow that one."
        ) from None


def _got(url: str, by: Fetcher, mark: Mark = fetch.NONE) -> tuple[Answer, bytes]:
    file = io.BytesIO()
    try:
        answer = by.fetch(url, file, mark)
    except Unfetched as error:
        raise Trouble(error.message, error.fix) from None
    return answer, file.getvalue()
