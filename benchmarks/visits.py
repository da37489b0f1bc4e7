"""Visits to every page of a full network, in a fresh process: `python -m benchmarks.visits STEP` prints JSON.

`furnish` gives the people of a data folder what an import does not: circles, relations, touches, decisions and a
full trash. `visit` opens each page many times; `count` says how many questions each asks the database.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from benchmarks.inside import visitor

if TYPE_CHECKING:
    from django.test import Client

    from keepwarm.models import Person, Space

TIMES = 12
EMPTY = "an empty page"
INSIGHTS = "insights"
TOUCHES = 500  # of the one with the longest story
FAIR = "at the fair of 2002"
Pages = dict[str, str]  # the address of each by name


def furnish() -> dict[str, float]:
    from keepwarm.cli import start  # noqa: PLC0415

    began, home = time.perf_counter(), start.space("")
    from keepwarm.models import Person  # noqa: PLC0415

    people = list(Person.objects.of(home).order_by("id"))
    _mark(home, people)
    _talk(home, people)
    return {"seconds": time.perf_counter() - began}


def _mark(home: Space, people: list[Person]) -> None:
    """Each third in a circle, each fifth with a relation, each fourth with an occasion; each fiftieth in the trash."""
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import circles, many  # noqa: PLC0415

    now, ids = timezone.now(), [person.id for person in people]
    for place, circle in enumerate(circles.of(home)):
        many.to_circle(home, None, ids[place::9], circle, now)
    for place, relation in enumerate(("client", "colleague", "friend")):
        many.relate(home, None, ids[place::15], relation, now)
    for n in range(5):
        Person.objects.filter(id__in=ids[n::20]).update(how_met=f"At the fair of {2000 + n}")
    Person.objects.filter(id__in=ids[3::11]).update(dug_at=now)
    many.trash(home, None, ids[1::50], now)


def _talk(home: Space, people: list[Person]) -> None:
    """Up to nine touches with two of five, within twelve years; many with the very first."""
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Touch  # noqa: PLC0415
    from keepwarm.store import summaries  # noqa: PLC0415

    dice, now = Random(3), timezone.now()
    said = [
        Touch(
            space=home, person=person, at=now - timedelta(days=dice.randrange(1, 4400), minutes=n), made_at=now,
            channel=dice.choice(("mail", "call", "meeting")), direction=dice.choice(("in", "out")),
            context="The plans for spring",
        )
        for place, person in enumerate(people) if place % 5 < 2
        for n in range(dice.randrange(1, 10) if place else TOUCHES)
    ]  # fmt: skip
    Touch.objects.bulk_create(said, batch_size=500)
    summaries.of(home.id, {touch.person_id for touch in said}, timezone.localdate())


def visit() -> dict[str, Any]:
    """Of each page, the milliseconds that half and that nineteen of twenty visits take at most."""
    home, browsers, pages = _ready()
    searches = {f"{SEARCH} “{question}”": question for question in QUESTIONS}
    took: dict[str, list[float]] = {name: [] for name in [*pages, *searches]}
    for _ in range(TIMES + 1):  # the first one reads templates and fills caches
        for name, url in pages.items():
            began = time.perf_counter()
            _open(browsers[name == EMPTY], url)
            took[name].append(time.perf_counter() - began)
        for name, question in searches.items():
            took[name].append(_searched(home, question))
    return {name: _quantiles(times[1:]) for name, times in took.items()}


def count() -> dict[str, int]:
    """How many questions each page asks, once all is known that a server remembers."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    _, browsers, pages = _ready()
    asked = {}
    for name, url in pages.items():
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                _open(browsers[name == EMPTY], url)
        asked[name] = len(queries)
    return asked


SEARCH = "the search alone"
QUESTIONS = ("a", "an", "ann", "mar", "leila kov", "glass", "lisbon dir", "kovca", "ada kovac", "spring fair", "zo")


def _ready() -> tuple[Space, tuple[Client, Client], Pages]:
    from keepwarm.cli import start  # noqa: PLC0415

    home = start.space("")
    from django.urls import reverse  # noqa: PLC0415

    from keepwarm.models import Space  # noqa: PLC0415

    browsers = visitor(home), visitor(Space.objects.create(name="empty"))
    browsers[0].post(reverse("session_start"))
    return home, browsers, _pages(home)


def _pages(home: Space) -> Pages:
    from django.urls import reverse  # noqa: PLC0415

    from keepwarm.models import Person  # noqa: PLC0415

    few = Person.objects.of(home).here().filter(summary__isnull=False).order_by("id")[1]
    return {
        EMPTY: "/",
        **_in_order(home),
        **_narrowed_down(home, few),
        **{f"keystroke “{asked}”": _listed(q=asked) for asked in ("m", "mar", "leila kov", "kovca", "spring")},
        "keystroke “mar” by last touch": _listed(q="mar", sort="recent"),
        "quick search “mar”": f"{reverse('people_find')}?q=mar",
        "person": reverse("person", args=[few.id]),
        f"person with {TOUCHES} touches": reverse("person", args=[_with_most(home)]),
        "week": reverse("week"),
        "session": reverse("session"),
        "dig": reverse("dig"),
        **_walks(few),
        "trash": reverse("people_trash"),
        INSIGHTS: reverse("insights"),
    }


def _listed(**asked: object) -> str:
    from django.urls import reverse  # noqa: PLC0415

    return f"{reverse('people')}?{urlencode(asked)}"


def _in_order(home: Space) -> Pages:
    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import people_list  # noqa: PLC0415

    last = -(-Person.objects.of(home).here().count() // people_list.PAGE)
    places = {"first": 1, "middle": last // 2, "last": last}
    return {
        f"list by {sort}, {place} page": _listed(sort=sort, page=number)
        for sort in people_list.SORTS for place, number in places.items()
    } | {"list by name, from M": _listed(letter="m")}  # fmt: skip


def _narrowed_down(home: Space, few: Person) -> Pages:
    from keepwarm.models import Circle  # noqa: PLC0415

    circle = Circle.objects.filter(space=home)[0].id
    to = {
        "circle": circle, "relation": "client", "tag": "Choir", "company": few.organisation, "place": "Lisbon",
        "touched": "lapsing", "known": "10", "missing": "touch",
    }  # fmt: skip
    return {
        **{f"list of one {name}": _listed(**{name: value}) for name, value in to.items()},
        "list, narrow down": _listed(narrow=1),
        **{f"list of one {name}, narrow down": _listed(narrow=1, **{name: to[name]}) for name in ("place", "circle")},
    }


def _with_most(home: Space) -> UUID:
    from keepwarm.models import Summary  # noqa: PLC0415

    return Summary.objects.filter(space=home).order_by("-weeks").values_list("person_id", flat=True)[0]


def _walks(few: Person) -> Pages:
    from django.urls import reverse  # noqa: PLC0415

    grounds = {"organisation": few.organisation_key, "town": "lisbon", "year": "2015", "tag": "t:choir", "met": FAIR}
    walk = reverse("dig_walk")
    return {f"dig, one {kind}": f"{walk}?{urlencode({'kind': kind, 'key': key})}" for kind, key in grounds.items()}


def _open(browser: Client, url: str) -> None:
    """As htmx does where someone types."""
    answer = browser.get(url, headers={"HX-Request": "true"} if "q=" in url else {})
    assert answer.status_code == 200, (url, answer.status_code)


def _searched(home: Space, question: str) -> float:
    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import search  # noqa: PLC0415

    began = time.perf_counter()
    search.find(Person.objects.of(home).here(), home, question)
    return time.perf_counter() - began


def _quantiles(times: list[float]) -> tuple[float, float]:
    parts = quantiles(times, n=20, method="inclusive")
    return parts[9] * 1000, parts[18] * 1000


STEPS: dict[str, Callable[[], dict[str, Any]]] = {step.__name__: step for step in (furnish, visit, count)}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]]()))
