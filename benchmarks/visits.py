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

from benchmarks.inside import visitor

if TYPE_CHECKING:
    from django.test import Client

    from keepwarm.models import Person, Space

TIMES = 40
EMPTY = "an empty page"
TOUCHES = 500  # of the one with the longest story
Pages = dict[str, tuple[str, dict[str, str]]]  # by name: the address, and the headers of htmx


def furnish() -> dict[str, float]:
    from keepwarm.cli import start  # noqa: PLC0415

    began, home = time.perf_counter(), start.space("")
    from keepwarm.models import Person  # noqa: PLC0415

    people = list(Person.objects.of(home).order_by("id"))
    _mark(home, people)
    _talk(home, people)
    return {"seconds": time.perf_counter() - began}


def _mark(home: Space, people: list[Person]) -> None:
    """Each third in a circle, each fifth with a relation, each seventh with an occasion; each fiftieth in the trash."""
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import circles, many  # noqa: PLC0415

    now, ids = timezone.now(), [person.id for person in people]
    for place, circle in enumerate(circles.of(home)):
        many.to_circle(home, None, ids[place::9], circle, now)
    for place, relation in enumerate(("client", "colleague", "friend")):
        many.relate(home, None, ids[place::15], relation, now)
    for n in range(30):
        Person.objects.filter(id__in=ids[7 * n :: 210]).update(how_met=f"At the fair of {1995 + n}")
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
    summaries.of(home.id, {touch.person_id for touch in said}, now.date())


def visit() -> dict[str, Any]:
    """Of each page, the milliseconds that half and that nineteen of twenty visits take at most."""
    home, browsers, pages = _ready()
    took: dict[str, list[float]] = {name: [] for name in pages} | {SEARCH: []}
    for turn in range(TIMES + 1):  # the first one reads templates and fills caches
        for name, (url, headers) in pages.items():
            began = time.perf_counter()
            _open(browsers[name == EMPTY], url, headers)
            took[name].append(time.perf_counter() - began)
        took[SEARCH].append(_searched(home, QUESTIONS[turn % len(QUESTIONS)]))
    return {name: _quantiles(times[1:]) for name, times in took.items()}


def count() -> dict[str, int]:
    """How many questions each page asks, once all is known that a server remembers."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    _, browsers, pages = _ready()
    asked = {}
    for name, (url, headers) in pages.items():
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                _open(browsers[name == EMPTY], url, headers)
        asked[name] = len(queries)
    return asked


SEARCH = "the search itself"
QUESTIONS = ("a", "an", "ann", "mar", "leila kov", "glass", "lisbon dir", "kovca", "ada kovac", "spring fair", "zo")


def _ready() -> tuple[Space, tuple[Client, Client], Pages]:
    from keepwarm.cli import start  # noqa: PLC0415

    home = start.space("")
    from keepwarm.models import Space  # noqa: PLC0415

    browsers = visitor(home), visitor(Space.objects.create(name="empty"))
    return home, browsers, _pages(home)


def _pages(home: Space) -> Pages:
    from django.urls import reverse  # noqa: PLC0415

    from keepwarm.models import Circle, Person  # noqa: PLC0415
    from keepwarm.store import people_list  # noqa: PLC0415

    here = Person.objects.of(home).here()
    last = -(-here.count() // people_list.PAGE)
    long = here.order_by("id")[0]
    few = here.filter(summary__isnull=False).order_by("id")[1]
    circle = Circle.objects.filter(space=home)[0]
    book, dig = reverse("people"), reverse("dig_walk")
    htmx = {"HX-Request": "true"}

    def listed(**asked: object) -> tuple[str, dict[str, str]]:
        return f"{book}?{urlencode(asked)}", {}

    narrowed = {
        "circle": circle.id, "relation": "client", "tag": "Choir", "company": few.organisation, "place": "Lisbon",
        "touched": "lapsing", "known": "10", "missing": "touch",
    }  # fmt: skip
    walks = {"organisation": few.organisation_key, "town": "lisbon", "year": "2015", "tag": "t:choir", "met": MET}
    return {
        EMPTY: ("/", {}),
        "list, first page": listed(),
        "list, a page in the middle": listed(page=last // 2),
        "list, last page": listed(page=last),
        "list, by a letter": listed(letter="m"),
        **{f"list by {sort}": listed(sort=sort) for sort in people_list.SORTS[1:]},
        **{f"list by {sort}, last page": listed(sort=sort, page=last) for sort in people_list.SORTS[1:]},
        **{f"list of one {name}": listed(**{name: value}) for name, value in narrowed.items()},
        "list, narrow down": listed(narrow=1),
        "list of one place, narrow down": listed(narrow=1, place="Lisbon"),
        **{
            f"keystroke “{asked}”": (listed(q=asked)[0], htmx) for asked in ("m", "mar", "leila kov", "kovca", "spring")
        },
        "keystroke “mar” by last touch": (listed(q="mar", sort="recent")[0], htmx),
        "quick search “mar”": (f"{reverse('people_find')}?q=mar", htmx),
        "person": (reverse("person", args=[few.id]), {}),
        f"person with {TOUCHES} touches": (reverse("person", args=[long.id]), {}),
        "dig": (reverse("dig"), {}),
        **{f"dig, one {kind}": (f"{dig}?{urlencode({'kind': kind, 'key': key})}", {}) for kind, key in walks.items()},
        "trash": (reverse("people_trash"), {}),
    }


MET = "at the fair of 2002"


def _open(browser: Client, url: str, headers: dict[str, str]) -> None:
    answer = browser.get(url, headers=headers)
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
