"""Every page among 50,000 people, beside an empty one; and Google's table beside as many vCards."""

from __future__ import annotations

from pathlib import Path

from benchmarks import samples
from benchmarks.measure import ROUNDS, Bench, Figure, best
from benchmarks.visits import EMPTY, INSIGHTS, SEARCH

FEW, FULL = 1_000, 50_000
MOST = 6  # empty pages that any other may take
COUNTING = 12  # that insights may take: nobody waits for it at every click, and it goes through a year
SEARCH_MOST = 10  # milliseconds
WALKING = 2


def pages(bench: Bench) -> list[Figure]:
    """Of twelve visits to each page, in the best of three rounds; the pages take turns, so all have the same day."""
    full = _furnished(bench, FULL)
    rounds = [bench.run(bench.data(like=full), "visits", "visit").said for _ in range(ROUNDS)]
    took = {name: min((tuple(one[name]) for one in rounds), key=lambda pair: pair[1]) for name in rounds[0]}
    return [
        *[_figure(name, half, most, took[EMPTY][1]) for name, (half, most) in took.items()],
        _questions(bench, full),
    ]


def _figure(name: str, half: float, most: float, empty: float) -> Figure:
    if name == EMPTY:
        return Figure(name, most, "ms", half=half)
    if name.startswith(SEARCH):
        return Figure(name, most, "ms", at_most=SEARCH_MOST, half=half)
    times = COUNTING if name == INSIGHTS else MOST
    return Figure(name, most, "ms", at_most=round(times * empty, 1), half=half)


def _questions(bench: Bench, full: Path) -> Figure:
    """The largest difference of any page. A search that finds over a thousand walks where it else gathers: two more."""
    few = bench.run(_furnished(bench, FEW), "visits", "count").said
    many = bench.run(bench.data(like=full), "visits", "count").said
    more = max(many[name] - asked for name, asked in few.items())
    return Figure(f"queries of a page at {FULL:,}, more than at {FEW:,}", more, at_most=WALKING)


def _furnished(bench: Bench, size: int) -> Path:
    data, table, rows = bench.data(), bench.folder / f"{size}.csv", bench.folder / f"{size}-Connections.csv"
    samples.google(table, size, labels=True)
    samples.connections(rows, size, email_every=1)
    bench.bring_in(data, table)
    bench.bring_in(data, rows)
    bench.run(data, "visits", "furnish")
    return data


def google(bench: Bench) -> list[Figure]:
    """The same people, once as vCards and once as Google's table."""
    cards, table = bench.folder / "people.vcf", bench.folder / "people.csv"
    samples.vcards(cards, FULL)
    samples.google(table, FULL)
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(bench.bring_in(bench.data(), cards))
        ours.append(bench.bring_in(bench.data(), table))
    return [
        Figure(f"{FULL:,} vCards stored and matched", best(theirs), "s"),
        Figure(f"{FULL:,} rows of Google's stored and matched", best(ours), "s"),
        Figure("the rows to the vCards", best(ours) / best(theirs), "×", at_most=1),
    ]


BENCHMARKS = {function.__name__: function for function in (pages, google)}
