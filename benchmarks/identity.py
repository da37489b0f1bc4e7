"""`python -m benchmarks.identity [FILE …]`: are two cards one person? On sets with the truth, and beside Splink.

What is merged by itself are the pairs within the groups that `core.identity` makes. A question is one pair of groups
that the user is asked about, however many cards they have. Splink (DuckDB) judges the same rows in the same run, with
the settings of its tutorial, once with the tutorial's blocks and once with one block for every column.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks import identity_anew, identity_new, identity_people, identity_sets, measure
from benchmarks.measure import HERE
from keepwarm.core import identity

Pairs = set[tuple[int, int]]
MERGED, ANSWERED, EVEN = "merged", "asked, answered", "0.5 or more"
MANY, FEWER, NEW = 50_000, 10_000, 500
WIDE = 120  # characters of the table
ENOUGH = 100  # cards that Splink can be trained on
Told = Mapping[str, Mapping[str, float]]


class Measured(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if sum(self) else 0.0


class Result(NamedTuple):
    cards: int
    pairs: int  # that are one person
    ours: dict[str, Measured]
    asked: float  # questions for every true pair
    asked_pairs: float
    calibration: list[tuple[float, float, int]]  # believed, found, pairs
    seconds: float
    theirs: dict[str, Measured]


def measured(found: Pairs, true: Pairs) -> Measured:
    right = len(found & true)
    return Measured(right / len(found) if found else 1.0, right / len(true) if true else 1.0)


def result(rows: Sequence[identity_sets.Row], *, splink: bool) -> Result:
    true = _within(_by_entity(rows))
    started = time.process_time()
    cards = identity_sets.cards(rows)
    found = identity.matches(cards, at_least=0.01)
    groups = identity.groups(found, cards)
    seconds = time.process_time() - started
    merged, asked = _within(groups), _asked(found, groups)
    even = {(match.one, match.other) for match in found if match.probability >= 0.5} | merged
    ours = {MERGED: merged, ANSWERED: merged | (asked & true), EVEN: even}
    return Result(
        cards=len(rows),
        pairs=len(true),
        ours={band: measured(pairs, true) for band, pairs in ours.items()},
        asked=len(_questions(asked, groups)) / max(1, len(true)),
        asked_pairs=len(asked) / max(1, len(true)),
        calibration=_calibration(found, true),
        seconds=round(seconds, 2),
        theirs=_theirs(rows, true) if splink and len(rows) >= ENOUGH else {},
    )


def _by_entity(rows: Sequence[identity_sets.Row]) -> list[list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row["entity"]].append(place)
    return list(places.values())


def _within(groups: Iterable[Sequence[int]]) -> Pairs:
    return {pair for group in groups for pair in combinations(group, 2)}


def _asked(found: Sequence[identity.Match], groups: Sequence[Sequence[int]]) -> Pairs:
    asked = {(match.one, match.other) for match in found if match.band is not identity.Band.SEPARATE}
    return asked - _within(groups)


def _questions(asked: Pairs, groups: Sequence[Sequence[int]]) -> set[frozenset[int]]:
    first = {place: group[0] for group in groups for place in group}
    return {frozenset((first.get(one, one), first.get(other, other))) for one, other in asked}


def _calibration(found: Sequence[identity.Match], true: Pairs) -> list[tuple[float, float, int]]:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for match in found:
        bins[min(9, int(match.probability * 10))].append((match.probability, (match.one, match.other) in true))
    return [
        (sum(believed for believed, _ in pairs) / len(pairs), sum(right for _, right in pairs) / len(pairs), len(pairs))
        for _, pairs in sorted(bins.items())
    ]


def _theirs(rows: Sequence[identity_sets.Row], true: Pairs) -> dict[str, Measured]:
    from benchmarks import identity_splink  # noqa: PLC0415 (only `make bench-identity` installs Splink)

    told = identity_splink.scores([{key: row[key] for key in row if key != "entity"} for row in rows])
    return {
        name: measured({pair for pair, probability in scores.items() if probability >= 0.5}, true)
        for name, scores in told.items()
    }


# --- many people --------------------------------------------------------------------------------------


def many(count: int) -> dict[str, float]:
    """Invented people of three sources; in a process of its own, for its memory."""
    told = identity_people.cards(count)
    started = time.process_time()
    cards = [identity.card(one.record, one.source, identity_sets.HOME) for one in told]
    found = identity.matches(cards)
    groups = identity.groups(found, cards)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    true = _within(_by_entity([{"entity": str(one.person)} for one in told]))
    merged = _within(groups)
    even = measured({(match.one, match.other) for match in found if match.probability >= 0.5} | merged, true)
    return {
        "cards": count,
        "seconds": seconds,
        "megabytes": peak,
        "precision": measured(merged, true).precision,
        "F1": even.f1,
    }


def _speed() -> list[measure.Figure]:
    few, all_of_them = (_in_a_process("--many", count) for count in (FEWER, MANY))
    new = _in_a_process("--new", NEW)
    return [
        measure.Figure("50,000 cards of three sources", all_of_them["seconds"], "s", at_most=15),
        measure.Figure("memory at most", all_of_them["megabytes"], "MB", at_most=500),
        measure.Figure("50,000 after 10,000", all_of_them["seconds"] / few["seconds"], "times", at_most=6),
        measure.Figure("precision of what is merged", all_of_them["precision"], at_least=0.99),
        measure.Figure("F1 at 0.5", all_of_them["F1"], at_least=0.934),
        measure.Figure("500 new cards among 50,000", new["seconds"], "s", at_most=2),
        measure.Figure("of their pairs judged as among everybody", new["same"], at_least=0.98),
    ]


def _in_a_process(what: str, count: int) -> dict[str, float]:
    said = measure.Bench(HERE).run(HERE, "identity", what, str(count)).said
    return {name: float(value) for name, value in said.items()}


# --- what is printed and kept -------------------------------------------------------------------------


def gates(name: str, found: Result) -> list[measure.Figure]:
    """What a set must keep; recall is asked of the sets with enough to tell people apart by."""
    merged, answered, even = (found.ours[band] for band in (MERGED, ANSWERED, EVEN))
    least, least_answered = LEAST.get(name, (0.0, 0.0))
    return [
        measure.Figure("precision of what is merged", merged.precision, at_least=0.99),
        measure.Figure("recall of what is merged", merged.recall, at_least=least),
        measure.Figure("recall with the asked answered", answered.recall, at_least=least_answered),
        measure.Figure("questions for a true pair", found.asked, at_most=0.5),
        measure.Figure("F1 at 0.5", even.f1, at_least=max((their.f1 for their in found.theirs.values()), default=0.0)),
    ]


LEAST = dict.fromkeys(("FEBRL 1", "FEBRL 2", "RLdata500", "RLdata10000"), (0.80, 0.95)) | {
    "our hard pairs": (0.60, 0.92)
}


def table(results: Mapping[str, Result]) -> Table:
    made = Table(title="One person?")
    for column in ("", "cards", "pairs", "", "precision", "recall", "F1", "asked"):
        made.add_column(column, no_wrap=True, justify="right" if column else "left")
    for name, found in results.items():
        for number, (band, figures) in enumerate((found.ours | found.theirs).items()):
            head = (name, f"{found.cards:,}", f"{found.pairs:,}") if not number else ("", "", "")
            asked = f"{found.asked:.3f}" if band == ANSWERED else ""
            made.add_row(*head, band, *(f"{value:.4f}" for value in (*figures, figures.f1)), asked)
        made.add_section()
    return made


def kept(found: Result) -> dict[str, object]:
    return {
        "cards": found.cards,
        "pairs": found.pairs,
        "bands": {band: _figures(figures) for band, figures in found.ours.items()},
        "questions_for_a_pair": round(found.asked, 4),
        "asked_pairs_for_a_pair": round(found.asked_pairs, 4),
        "calibration": [{"believed": round(b, 3), "found": round(f, 3), "pairs": n} for b, f, n in found.calibration],
        "beside": {name: _figures(figures) for name, figures in found.theirs.items()},
    }


def _figures(figures: Measured) -> dict[str, float]:
    return {"precision": round(figures.precision, 4), "recall": round(figures.recall, 4), "f1": round(figures.f1, 4)}


def main(arguments: Sequence[str]) -> int:
    asked = _arguments(arguments)
    if asked.many:
        print(json.dumps(many(asked.many)))
        return 0
    if asked.new:
        print(json.dumps(identity_new.measured(MANY, asked.new)))
        return 0
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)  # into a file or a pipe no figure is cut short
    results, sets = {}, _sets(asked)
    # First: a process inherits the memory of the one that starts it.
    speed = [] if asked.files or asked.anew else _speed()
    for name, rows in sets.items():
        with console.status(f"Judging {name} …"):
            results[name] = result(rows(), splink=not asked.alone)
    console.print(table(results))
    for figure in speed:
        console.print(f"{figure.name}: {figure.value:,.4g} {figure.unit}")
    if asked.anew and not asked.alone:
        _write("anew", {name: kept(found) for name, found in results.items()})
    elif not asked.alone:
        _keep(results, speed)
    if asked.anew:
        return 0  # some of them cannot be told apart by anyone: namesakes at one firm, and nothing else is said
    figures = {name: gates(name, found) for name, found in results.items()} | {"speed": speed}
    missed = [f"{name}: {f.name} {f.value:.4f}" for name, each in figures.items() for f in each if not f.passed]
    for line in missed:
        console.print(f"[bold red]missed[/] {line}")
    return int(bool(missed))


def _sets(asked: argparse.Namespace) -> Mapping[str, Callable[[], list[identity_sets.Row]]]:
    if asked.anew:
        return identity_anew.SETS
    return {path.stem: partial(identity_sets.own, path) for path in asked.files} or identity_sets.SETS


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.identity")
    parser.add_argument("files", nargs="*", type=Path, help="CSV with entity and any of the known columns")
    parser.add_argument("--alone", action="store_true", help="without Splink")
    parser.add_argument("--anew", action="store_true", help="sets that nothing was chosen by: cut, noisy, drawn anew")
    parser.add_argument("--new", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--many", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _keep(results: Mapping[str, Result], speed: Sequence[measure.Figure]) -> None:
    for name, found in results.items():
        _write(name.lower().replace(" ", "_"), kept(found))
    if speed:
        _write("speed", {figure.name: float(f"{figure.value:.4g}") for figure in speed})


def _write(name: str, said: Mapping[str, object]) -> None:
    path = HERE / "results" / f"identity-{name}.json"
    path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
