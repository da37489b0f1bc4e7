"""What a person publishes: feeds followed, with their trouble in words, and what came of them."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from keepwarm import jobs
from keepwarm.models import Fact, Feed, Person
from keepwarm.store import feeds
from keepwarm.sync import feeds as reading
from keepwarm.web import access, dates

SHOWN = 3  # of what was published
OFFERED = 3  # of their pages, to look for a feed there
NO_FEED_THERE = ("linkedin.com", "x.com", "twitter.com", "facebook.com", "instagram.com", "tiktok.com")


class Shown(NamedTuple):
    """A feed as the page shows it."""

    id: UUID
    title: str
    host: str
    when: str
    trouble: str
    fix: str


class Published(NamedTuple):
    title: str
    url: str
    when: str


class Publishes(NamedTuple):
    feeds: list[Shown]
    items: list[Published]
    offered: list[tuple[str, str]]  # a page of theirs: its address, and how it reads


def of_person(person: Person, facts: list[Fact]) -> Publishes:
    held, today = feeds.of(person), timezone.localdate()
    items = [
        Published(one.text, one.url, dates.short(one.on, today) if one.on else "")
        for one in feeds.published(person, SHOWN)
    ]
    return Publishes([_shown(feed) for feed in held], items, _offered(facts, {_host(feed.url) for feed in held}))


def _shown(feed: Feed) -> Shown:
    today = timezone.localdate()
    when = f"looked {dates.near(timezone.localdate(feed.checked_at), today)}" if feed.checked_at else "not looked yet"
    return Shown(feed.id, feed.title or _host(feed.url), _host(feed.url), when, feed.trouble, feed.fix)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _offered(facts: list[Fact], followed: set[str]) -> list[tuple[str, str]]:
    """Their own pages on which a feed may be, without those of hosts that are followed already."""
    links = (fact.value for fact in facts if fact.field in ("link", "profile"))
    open_ones = {_host(link): link for link in links if link.startswith(("http://", "https://"))}
    return [
        (link, host)
        for host, link in open_ones.items()
        if host and host not in followed and not host.endswith(NO_FEED_THERE)
    ][:OFFERED]


@require_POST
def add(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look for a feed at the address, and follow it."""
    person, said = access.person(request, id), request.POST.get("url", "").strip()[:1000]
    if not said:
        messages.error(request, "Please give the address of their page or feed.")
        return _back(person.id)
    try:
        found = reading.find(said)
        feed = feeds.add(person, found.url, found.title, timezone.now())
    except reading.Trouble as trouble:
        messages.error(request, f"{trouble.message} {trouble.fix}")
    except feeds.TooMany:
        messages.error(request, f"There are {feeds.MOST} feeds here already. Take one away first.")
    else:
        jobs.read_feed.enqueue(str(feed.id))
        undo = f"undo:{reverse('feed_remove', args=[feed.id])}"
        said = f"Followed: {feed.title or _host(feed.url)}. What is new there comes up as a reason."
        messages.success(request, said, extra_tags=undo)
    return _back(person.id)


@require_POST
def remove(request: HttpRequest, id: UUID) -> HttpResponse:
    feed = access.feed(request, id)
    feeds.remove(feed)
    undo = f"{reverse('feed_back', args=[feed.person_id])}?{urlencode({'url': feed.url, 'title': feed.title})}"
    messages.success(request, "Not followed any more. What it told stays.", extra_tags=f"undo:{undo}")
    return _back(feed.person_id)


@require_POST
def back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Undo of that: it was found once, so it is not looked for again."""
    person, url = access.person(request, id), request.GET.get("url", "")[:1000]
    if url.startswith(("http://", "https://")):
        feeds.add(person, url, request.GET.get("title", ""), timezone.now())
    return _back(person.id)


@require_POST
def read(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look now, whatever was set."""
    feed = access.feed(request, id)
    jobs.read_feed.enqueue(str(feed.id))
    messages.success(request, "Looking now.")
    return _back(feed.person_id)


def _back(person: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('person', args=[person])}#publishes")
