"""`python -m benchmarks.matching`: who would like this, by chance, by words, by sense and by both, on judged sets.

Ranks by the product's own weights, formula and vectors. What is chosen in core/matching.py was chosen on the even
half of the set; the odd half is the one to read. Intervals are of 10,000 bootstraps over the items.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks import matching_set
from benchmarks.matching_set import Known, Read
from benchmarks.measure import HERE
from keepwarm.core import matching as core
from keepwarm.core import senses
from keepwarm.core.matching import Piece, Written

FIRST = 5
BOOTSTRAPS = 10_000
SEEDS = 20  # ties are broken by chance, so many times
Scores = NDArray[Any]  # a row an item, a column a person
Weights = list[dict[str, float]]


class Told(NamedTuple):
    """How well one ranker did with each item."""

    recall: Scores
    mrr: Scores


def known(one: Known) -> dict[str, float]:
    pieces = [Piece(core.TITLE, one.title), Piece(core.FIRM, one.organisation)]
    pieces += [Piece(core.TAG, tag) for tag in one.tags] + [Piece(core.NOTE, note) for note in one.notes]
    pieces += [Piece(core.TOPIC, topic) for topic in one.topics]
    return core.told(pieces, frozenset(one.name.lower().split()))


def rankers(items: Sequence[Read], people: Sequence[Known]) -> dict[str, Scores]:
    told = [known(one) for one in people]
    said = [core.said(Written(item.title, summary=item.summary)) for item in items]
    by_words, by_sense = _by_words(said, told), _by_sense(said, told)
    chance = np.random.default_rng(1).random(by_words.shape)
    return {
        "by chance": chance, "BM25": by_words, "sense": by_sense,
        "BM25 and sense": by_words + core.ALIKE * np.maximum(by_sense, 0),
    }  # fmt: skip


def _by_words(said: Weights, told: Weights) -> Scores:
    having = Counter(word for words in told for word in words)
    rarity = {word: core.rare(len(told), count) for word, count in having.items()}
    return np.array([[core.score(item, person, rarity) for person in told] for item in said])


def _by_sense(said: Weights, told: Weights) -> Scores:
    from keepwarm.store.senses import of_words  # noqa: PLC0415

    words = of_words(word for weights in (*said, *told) for word in weights)
    people = senses.unpack([senses.pack(senses.sense(weights, words)) for weights in told])
    return senses.alike(people, np.stack([senses.sense(weights, words) for weights in said])).T


def judge(scores: Scores, truth: Sequence[set[int]]) -> Told:
    """Of each item the share of its people among the first five, and 1 / the place of the first of them."""
    recall, mrr = np.zeros(len(truth)), np.zeros(len(truth))
    for seed in range(SEEDS):
        chance = np.random.default_rng(seed).random(scores.shape)
        for n, right in enumerate(truth):
            order = np.lexsort((chance[n], -scores[n]))
            places = [int(np.flatnonzero(order == one)[0]) for one in right]
            recall[n] += sum(place < FIRST for place in places) / len(right) / SEEDS
            mrr[n] += 1 / (1 + min(places)) / SEEDS
    return Told(recall, mrr)


def interval(values: Scores) -> tuple[float, float, float]:
    """The mean and where it lies in 95 of 100."""
    dice = np.random.default_rng(7)
    means = values[dice.integers(0, len(values), (BOOTSTRAPS, len(values)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(values.mean()), float(low), float(high)


def measured(half: Callable[[int], bool]) -> dict[str, dict[str, tuple[float, float, float]]]:
    people, items = matching_set.people(), matching_set.items()
    place = {one.name.split()[0]: n for n, one in enumerate(people)}
    chosen = [n for n in range(len(items)) if half(n)]
    truth = [{place[name] for name in items[n].people} for n in chosen]
    found = {name: judge(scores[chosen], truth) for name, scores in rankers(items, people).items()}
    told = {name: {"recall@5": interval(one.recall), "MRR": interval(one.mrr)} for name, one in found.items()}
    both, words = found["BM25 and sense"], found["BM25"]
    told["both − BM25"] = {
        "recall@5": interval(both.recall - words.recall), "MRR": interval(both.mrr - words.mrr)
    }  # fmt: skip
    sense = found["sense"]
    told["both − sense"] = {
        "recall@5": interval(both.recall - sense.recall), "MRR": interval(both.mrr - sense.mrr)
    }  # fmt: skip
    return told


def _table(title: str, told: dict[str, dict[str, tuple[float, float, float]]]) -> Table:
    table = Table("", "recall@5", "MRR", title=title)
    for name, figures in told.items():
        table.add_row(name, *[f"{mean:.3f} ({low:.3f} to {high:.3f})" for mean, low, high in figures.values()])
    return table


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwarm.settings")
    os.environ["KEEPWARM_DATA"] = tempfile.mkdtemp(prefix="keepwarm-bench-")
    import django  # noqa: PLC0415

    django.setup()
    halves = {
        "odd half, held out": measured(lambda n: n % 2 == 1),
        "even half, tuned on": measured(lambda n: n % 2 == 0),
    }
    console = Console()
    for name, told in halves.items():
        console.print(_table(f"100 items, 60 people, judged by hand: {name}", told))
    kept = {
        half: {name: {of: [round(f, 4) for f in figures] for of, figures in by.items()} for name, by in told.items()}
        for half, told in halves.items()
    }
    result = {"benchmark": "matching", "taken": date.today().isoformat(), "mean, low, high": kept}
    (HERE / "results" / "matching.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
