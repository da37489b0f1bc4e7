"""`python -m benchmarks.identity_link [COUNT]`: `keepwarm.link` on a million invented cards, with the truth beside."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import identity_people, identity_sets
from benchmarks.measure import HERE
from keepwarm.core import identity
from keepwarm.link import engine
from keepwarm.link.rows import Row, row


def _rows(told: Sequence[identity_people.Told]) -> Iterator[Row]:
    for number, one in enumerate(told):
        yield row(str(number), identity.card(one.record, one.source, identity_sets.HOME))


def measured(count: int) -> dict[str, float]:
    told = identity_people.cards(count)
    person = [one.person for one in told]
    true = sum(cards * (cards - 1) // 2 for cards in Counter(person).values())
    before = _megabytes()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = [
            (person[int(pair.one)] == person[int(pair.other)], pair.probability)
            for pair in engine.pairs(_rows(told), Path(folder))
        ]
    right = sum(same for same, _ in found)
    sure = [same for same, probability in found if probability >= 0.99]
    precision, recall = right / max(1, len(found)), right / max(1, true)
    return {
        "cards": count,
        "seconds": round(time.monotonic() - started, 1),
        "megabytes": round(_megabytes()),
        "megabytes_of_the_cards": round(before),
        "true_pairs": true,
        "pairs": len(found),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "F1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "precision_at_0.99": round(sum(sure) / max(1, len(sure)), 4),
        "recall_at_0.99": round(sum(sure) / max(1, true), 4),
    }


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    said = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    print(json.dumps(said, indent=1))
    if len(sys.argv) == 1:
        (HERE / "results" / "identity-link.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
