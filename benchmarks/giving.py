"""Who would like an item, and what someone would like: 2,000 items and 50,000 people, beside an empty page."""

from __future__ import annotations

from benchmarks.measure import ROUNDS, Bench, Figure

PEOPLE, ITEMS = 50_000, 2_000
ONE_ITEM, ONE_PERSON = 12, 8  # empty pages
MOST = 150  # milliseconds of the people for one item
UPDATE = 50  # milliseconds until a new item is known
MEMORY = 60  # megabytes of what is kept of people's and items' sense, and of words
NAMES = {
    "empty": "an empty page", "item_by_words": "people for one item, by words",
    "person_by_words": "items for one person, by words", "item": "people for one item, by words and sense",
    "person": "items for one person, by words and sense", "page": "people for each of 20 items",
    "gifts": "gifts for three people", "update": "one new item, until it is known",
    "first": "first question of a server",
}  # fmt: skip


def giving(bench: Bench) -> list[Figure]:
    """Of 40 items and 40 people the time that nineteen of twenty take at most, in the best of three rounds."""
    data = bench.data()
    told = bench.run(data, "giving_inside", "furnish", str(PEOPLE), str(ITEMS)).said
    rounds = [bench.run(bench.data(like=data), "giving_inside", "ask").said for _ in range(ROUNDS)]
    took = {name: min((tuple(one[name]) for one in rounds), key=lambda pair: pair[1]) for name in rounds[0]}
    empty, memory = took["empty"][1], took.pop("memory")[0]
    gates = {name: _gate(name, empty) for name in took}
    return [
        *[Figure(NAMES[name], most, "ms", gates[name], half=half) for name, (half, most) in took.items()],
        Figure("memory of vectors", memory, "MB", MEMORY),
        Figure(f"words and sense of {PEOPLE:,} people and {ITEMS:,} items, by a job", told["seconds"], "s"),
    ]


def _gate(name: str, empty: float) -> float | None:
    if name == "update":
        return UPDATE
    if name.startswith("item"):
        return min(round(ONE_ITEM * empty, 1), MOST)
    return round(ONE_PERSON * empty, 1) if name.startswith("person") else None


BENCHMARKS = {"giving": giving}
