"""What `giving` runs within a fresh process: `python -m benchmarks.giving_inside STEP` prints its figures as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import accumulate
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from benchmarks import matching_set, samples
from benchmarks.inside import visitor

if TYPE_CHECKING:
    from keepwarm.models import Space

ASKED = 40
LEXICON = 20_000
NOTED = 12  # words of a note
NOW_AND_THEN = 5  # every fifth has a letter on record


def lexicon() -> list[str]:
    """Real words of the judged set, then invented ones: the commonest first, as Zipf has it."""
    dice, found = Random(5), dict[str, None]()
    for item in matching_set.items():
        found.update(dict.fromkeys(f"{item.title} {item.summary}".lower().replace(".", "").replace(",", "").split()))
    while len(found) < LEXICON:
        found["".join(dice.choice("bdfgklmnprstv") + dice.choice("aeiou") for _ in range(dice.randrange(2, 5)))] = None
    return list(found)


class Speaker:
    """Texts of so many words, the commoner the likelier."""

    def __init__(self, seed: int) -> None:
        self.dice, self.words = Random(seed), lexicon()
        self.upto = list(accumulate(1 / (place + 10) for place in range(len(self.words))))

    def say(self, count: int) -> str:
        return " ".join(self.dice.choices(self.words, cum_weights=self.upto, k=count))


def furnish(people: str, items: str) -> dict[str, float]:
    """A note about everybody, letters with some, and a shelf of so many pages; then what a job makes of them."""
    from keepwarm.cli import start  # noqa: PLC0415

    home = start.space("home")
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Item, Note, Person, Touch  # noqa: PLC0415
    from keepwarm.store import interests  # noqa: PLC0415

    now, speaker = timezone.now(), Speaker(1)
    made = [
        Person(space=home, name=f"{one.given} {one.family}", folded=f"{one.given} {one.family}".lower(),
               title=one.title, organisation=one.firm, organisation_key=one.firm.lower(), place=one.town, reach=1,
               made_at=now)
        for one in samples.people(int(people))
    ]  # fmt: skip
    Person.objects.bulk_create(made, batch_size=500)
    ids = [person.id for person in made]
    Note.objects.bulk_create(
        [Note(space=home, person_id=id, at=now, text=speaker.say(NOTED)) for id in ids], batch_size=500
    )
    Touch.objects.bulk_create(
        [
            Touch(space=home, person_id=id, at=now - timedelta(days=200), made_at=now, channel="mail", direction="in",
                  context=speaker.say(4), external_id=str(id))
            for id in ids[::NOW_AND_THEN]
        ],
        batch_size=500,
    )  # fmt: skip
    Item.objects.bulk_create(list(_pages(home, speaker, int(items))), batch_size=200)
    began = time.perf_counter()
    interests.index_missing(home)
    return {"seconds": time.perf_counter() - began}


def _pages(home: Space, speaker: Speaker, count: int) -> Iterator[Any]:
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Item  # noqa: PLC0415

    for n in range(count):
        yield Item(
            space=home, key=f"bench {n}", title=speaker.say(7), summary=speaker.say(25), words=speaker.say(500),
            url=f"https://page{n}.example/", source="page", state="read", made_at=timezone.now(),
        )  # fmt: skip


def ask() -> dict[str, tuple[float, float]]:
    """Of each question the milliseconds that half and that nineteen of twenty take at most."""
    from keepwarm.cli import start  # noqa: PLC0415

    home = start.space("home")
    from django.utils import timezone  # noqa: PLC0415

    from keepwarm.models import Item, Membership, Person, Space  # noqa: PLC0415
    from keepwarm.store import interests, matching, senses  # noqa: PLC0415

    full, empty = visitor(home), visitor(Space.objects.create(name="empty"))
    user, day = Membership.objects.get(space=home).user, timezone.localdate()
    items = list(Item.objects.of(home).order_by("id")[: 50 * ASKED : 50])
    people = list(Person.objects.of(home).select_related("space").order_by("id")[: 1000 * ASKED : 1000])
    threes = [[person.id for person in people[n : n + 3]] for n in range(30)]

    def item(one: Item) -> object:
        return matching.for_item(one, user, day)

    def person(one: Person) -> object:
        return matching.for_person(one, user, day)

    first = _taken(item, items[:1])
    both = {
        "item": _taken(item, items),
        "person": _taken(person, people),
        "page": _taken(lambda n: matching.for_items(home, items[n : n + 20], user, day), range(20)),
        "gifts": _taken(lambda ids: matching.gifts(home, ids, user, day), threes),
    }
    fresh = list(_pages(home, Speaker(9), ASKED))
    for n, page in enumerate(fresh):
        page.key = f"fresh {n}"
        page.save()
    took = {"update": _taken(lambda page: interests.index_items([page.id]), fresh), "first": first}
    memory = {"memory": (_megabytes(), 0.0)}
    full.get("/"), empty.get("/")
    nothing = _taken(lambda _: empty.get("/"), range(ASKED))
    senses.installed = lambda: False
    words = {"item_by_words": _taken(item, items), "person_by_words": _taken(person, people)}
    return {"empty": nothing, **both, **words, **took, **memory}


def _megabytes() -> float:
    """Of the vectors of people, items and words that are held, and of those that came with the package."""
    from keepwarm.store import senses  # noqa: PLC0415

    held = sum(one._rows.nbytes for one in senses._spaces.values())
    words = sum(vector.nbytes for vector in senses._words.values())
    return float(held + words + senses._model().embedding.nbytes) / 1e6


def _taken(question: Callable[[Any], object], of: Sequence[Any]) -> tuple[float, float]:
    times = []
    for one in of:
        began = time.perf_counter()
        question(one)
        times.append((time.perf_counter() - began) * 1000)
    parts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return parts[9], parts[18]


STEPS: dict[str, Callable[..., dict[str, Any]]] = {step.__name__: step for step in (furnish, ask)}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
