"""Whose page or profile is worth a visit this week, by what they published, their rhythm and warmth; and visits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import F

from keepwarm.core import balance_words
from keepwarm.core.reconnect import factors
from keepwarm.core.reconnect.reasons import every, spell
from keepwarm.models import Fact, Moment, Person, Space, Summary, Touch, User, Visit
from keepwarm.store import people, touches
from keepwarm.store.bulk import Among

POOL = 300  # of the strongest ties, and of all others the best standing
FRESH = timedelta(days=14)  # so long what someone published is a reason by itself
AGAIN = timedelta(days=28)  # between two visits to one page, unless their rhythm is quicker
RECENT = timedelta(days=7)  # who was in touch in these days needs no visit
USUAL = 90  # days: the rhythm of a pair of whom none is known
SERVICES = (
    ("linkedin.com", "LinkedIn"), ("github.com", "GitHub"), ("bsky.app", "Bluesky"), ("mastodon", "Mastodon"),
    ("hachyderm.io", "Mastodon"), ("fosstodon.org", "Mastodon"), ("substack.com", "Substack"), ("medium.com", "Medium"),
)  # fmt: skip


class Link(NamedTuple):
    label: str  # LinkedIn, GitHub, … or the host of a blog
    url: str


class Worth(NamedTuple):
    """Someone to visit, where, and why."""

    person: Person
    links: list[Link]
    why: str
    published: str = ""  # the address of what is new


def worth_a_visit(space: Space, day: date, count: int, user: User | None = None) -> list[Worth]:
    """The few whose pages are worth opening this week: what is new first, then whoever is half way or more through
    their rhythm, the nearest to its end first. Nobody visited or spoken to lately."""
    news = _news(space, day)
    held = _pool(space, day, list(news))
    visited = _visited(space, user, day)
    links = _links([person.id for person in held])
    open_to = [
        person for person in held
        if links.get(person.id) and not _lately(person, visited.get(person.id), day)
    ]  # fmt: skip
    ranked = sorted(open_to, key=lambda person: (person.id not in news, _turn(person, day), -person.standing))
    return [_worth(person, links[person.id], news.get(person.id), day) for person in ranked[:count]]


def _news(space: Space, day: date) -> dict[UUID, Moment]:
    """The last thing that each has published of late."""
    fresh = Moment.objects.of(space).open().filter(kind=Moment.Kind.PUBLISHED, on__gt=day - FRESH, on__lte=day)
    return {moment.person_id: moment for moment in fresh.order_by("on", "found_at")[:POOL]}


def _pool(space: Space, day: date, first: list[UUID]) -> list[Person]:
    """Those worth ranking, of whom more than enough have a page."""
    here = Person.objects.of(space).here().filter(never=False, is_organisation=False)
    awake = here.exclude(rests_until__gt=day)
    strong = list(Summary.objects.filter(space=space).strongest(day, RECENT).values_list("person_id", flat=True)[:POOL])
    known = list(awake.filter(Among(F("id"), [*first, *strong])).select_related("summary", "circle"))
    if len(known) >= POOL:
        return known
    have = {person.id for person in known}
    others = awake.exclude(summary__depth__gt=0).order_by("suggestions", "-standing").select_related("summary")
    return known + [person for person in others.select_related("summary", "circle")[:POOL] if person.id not in have]


def _visited(space: Space, user: User | None, day: date) -> dict[UUID, date]:
    held = Visit.objects.filter(space=space, user=user, on__gt=day - timedelta(days=366)).order_by("on")
    return dict(held.values_list("person_id", "on"))


def _links(ids: list[UUID]) -> dict[UUID, list[Link]]:
    """Their pages, each service or host once."""
    facts = Fact.objects.filter(Among(F("person"), ids), field__in=("profile", "link"), ended_at=None)
    found: dict[UUID, dict[str, Link]] = {}
    for person, url in facts.order_by("position", "id").values_list("person_id", "value"):
        if link := _link(url):
            found.setdefault(person, {}).setdefault(link.label, link)
    return {person: list(links.values()) for person, links in found.items()}


def _link(url: str) -> Link | None:
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host or not url.startswith(("http://", "https://")):
        return None
    return Link(next((name for known, name in SERVICES if known in host), host), url)


def _lately(person: Person, visited: date | None, day: date) -> bool:
    history = people.history(person)
    if history and day - history.last < RECENT:
        return True
    pause = min(AGAIN, timedelta(days=max(7, _rhythm(person) // 2)))
    return visited is not None and day - visited < pause


def _rhythm(person: Person) -> int:
    history = people.history(person)
    return round(factors.rhythm(history, person.own_rhythm)) if history else person.own_rhythm or USUAL


def _turn(person: Person, day: date) -> float:
    """How far from the end of their rhythm, in rhythms: 0 is just there. One of whom nothing is on record, or who
    has just been in touch, comes after those."""
    history = people.history(person)
    if history is None:
        return 9.0
    through = (day - history.last).days / _rhythm(person)
    return abs(through - 1) if through >= 0.5 else 8.0 - through


def _worth(person: Person, links: list[Link], news: Moment | None, day: date) -> Worth:
    if news:
        return Worth(person, links, f"Published: {news.text}", news.url)
    return Worth(person, links, _why(person, day))


def _why(person: Person, day: date) -> str:
    history = people.history(person)
    if history is None:
        return "Nothing is on record between you yet; a look tells what they are up to."
    often, quiet = every(_rhythm(person)), spell((day - history.last).days // 7)
    return f"You are in touch about every {often}; it has been {quiet} week{'s' * (quiet != 'one')}."


# Visits


@transaction.atomic
def seen(person: Person, user: User | None, day: date, now: datetime, *, word: str = "") -> Visit:
    """They have looked. `word`, a channel: and left a word there, which is a touch."""
    touch: Touch | None = None
    if word:
        touch = touches.log(
            person, user, now, now, channel=word, direction="out", kind="comment",
            balance=balance_words.of_kind("comment", "out"), line="A word on what they published",
        )  # fmt: skip
    return Visit.objects.create(space_id=person.space_id, person=person, user=user, on=day, touch=touch, made_at=now)


@transaction.atomic
def take_back(visit: Visit, now: datetime) -> None:
    """Undo, the word too."""
    touch = visit.touch
    visit.delete()
    if touch:
        touches.forget(touch, now)


def this_week(space: Space, user: User | None, monday: date) -> list[Visit]:
    """Those already made."""
    held = Visit.objects.filter(space=space, user=user, on__gte=monday, person__deleted_at=None)
    return list(held.select_related("person").order_by("-made_at"))
