"""`python -m benchmarks.judgement [LOG …] [--scale N]`: does the product choose well, on real logs of mail?

At each cut date a user's people are those with a message each way and 90 days of silence. What comes true:

- M1, natural revival: messages in both directions within the 90 days that follow.
- M3, you wrote and they replied: the user wrote within 90 days and had an answer within 14.

Every ranker orders the same people from what the user had seen before the cut: the product by
`core.history.replay` and `core.reconnect.rank.rank`, as for today's three. Precision at 3, NDCG at 10 and AUC are
averaged over (user, cut) groups with six people or more and one that came true; intervals bootstrap users.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks import judgement_log
from benchmarks.judgement_log import Log, Mailbox
from benchmarks.measure import HERE
from keepwarm.core.history import Event, ambient_near, replay
from keepwarm.core.reconnect import Candidate, History, Owner
from keepwarm.core.reconnect.choose import choose
from keepwarm.core.reconnect.rank import rank

SILENCE = AHEAD = timedelta(days=90)
ANSWER = timedelta(days=14)
EVERY = timedelta(days=30)  # between two cuts
FEWEST = 6  # people in a group
SEEDS = 5  # ties are broken anew in each
SHARED = HERE.parent.parent / "shared" / "data" / "email_log"
LOGS = {"email_eu_core.csv.gz": 1.0, "kernel_a.csv.gz": 1.0, "college_msg.csv.gz": 3.0}
MEASURES = ("P@3", "NDCG@10", "AUC")
PEER, OURS, FORMULA = "recency + frequency", "Keepwarm", "four-term formula"
Scores = NDArray[np.float64]


class Person(NamedTuple):
    """One candidate of a group, and what came true of them."""

    number: int
    history: History
    revived: bool  # M1
    replied: bool  # M3


class Group(NamedTuple):
    """A user's people at a cut."""

    user: int
    today: date
    people: list[Person]


# --- who could be chosen, and what came true ----------------------------------------------------------


def groups(log: Log) -> Iterator[Group]:
    """Every user at every cut; only what came before the cut is in their histories."""
    cut = judgement_log.BEGINNING + SILENCE
    while cut + AHEAD <= log.end:
        for user, mailbox in log.mailboxes.items():
            people = _people(mailbox, cut)
            if len(people) >= FEWEST:
                yield Group(user, cut.date(), people)
        cut += EVERY


def _people(mailbox: Mailbox, cut: datetime) -> list[Person]:
    silent = {number: events for number, events in mailbox.direct.items() if _is_silent(events, cut)}
    wide = _ambient(mailbox, cut, silent) if silent else {}
    return [_person(number, events, wide.get(number, []), cut) for number, events in silent.items()]


def _is_silent(events: Sequence[Event], cut: datetime) -> bool:
    before = bisect_left(events, cut, key=lambda event: event.at)
    if not before or events[before - 1].at > cut - SILENCE:
        return False
    return len({event.direction for event in events[:before]}) == 2


def _ambient(mailbox: Mailbox, cut: datetime, who: dict[int, list[Event]]) -> dict[int, list[Event]]:
    """Wide messages before the cut that each was on too; older ones than the product looks at are not needed."""
    on_it: dict[int, list[Event]] = defaultdict(list)
    start = bisect_left(mailbox.wide, cut - 2 * SILENCE, key=lambda wide: wide[0])
    for at, members in mailbox.wide[start:]:
        if at >= cut:
            break
        for number in members & who.keys():
            on_it[number].append(Event(at, "in", ambient=True))
    return on_it


def _person(number: int, events: list[Event], wide: list[Event], cut: datetime) -> Person:
    at = bisect_left(events, cut, key=lambda event: event.at)
    after = bisect_left(events, cut + AHEAD, key=lambda event: event.at)
    ahead = events[at:after]
    revived = len({event.direction for event in ahead}) == 2
    return Person(number, _history(events[:at], wide, cut.date()), revived, _replied(ahead, events[at:]))


def _history(events: list[Event], wide: list[Event], today: date) -> History:
    totals = replay(events)
    assert totals.first_on is not None
    assert totals.last_on is not None
    return History(
        totals.weeks, totals.sent, totals.received, totals.answers, ambient_near(wide, today), totals.first_on,
        totals.last_on, totals.gap_middle,
    )  # fmt: skip


def _replied(ahead: list[Event], later: list[Event]) -> bool:
    """An answer within 14 days to something the user wrote within the 90; it may come after them."""
    answers = [event.at for event in later if event.direction == "in"]
    wrote = (event.at for event in ahead if event.direction == "out")
    return any(tried < answer <= tried + ANSWER for tried in wrote for answer in answers)


# --- in which order -----------------------------------------------------------------------------------


def _longest(group: Group) -> Scores:
    return np.array([(group.today - person.history.last).days for person in group.people], float)


def _fifths(values: Scores) -> Scores:
    """1 to 5 by rank, equal values alike."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count - 1) / 2
    return np.ceil(middle[place] / len(values) * 5)


def _recency_and_frequency(group: Group) -> Scores:
    often = np.array([person.history.sent + person.history.received for person in group.people], float)
    return _fifths(-_longest(group)) + _fifths(often)


def _four_terms(group: Group) -> Scores:
    """The formula as it was published to us, written out again so that the product is held against it."""
    rows = np.array([(h.weeks, min(h.sent, h.received), h.ambient90) for h in (p.history for p in group.people)], float)
    weeks, both, ambient = np.log1p(rows).T
    return np.asarray(weeks * both * (1 + ambient) / np.maximum(_longest(group), 1))


PEERS: dict[str, Callable[[Group], Scores]] = {
    "random": lambda group: np.zeros(len(group.people)),
    "longest since contact": _longest,
    PEER: _recency_and_frequency,
    FORMULA: _four_terms,
}


def _orders(group: Group, seed: int) -> dict[str, list[int]]:
    """By ranker: the places of the group's people, best first, ties by lot."""
    lot = np.random.default_rng((seed, group.user, group.today.toordinal())).random(len(group.people))
    orders = {name: np.lexsort((lot, -scores(group))).tolist() for name, scores in PEERS.items()}
    return orders | {
        OURS: [_place(ranked.candidate.id) for ranked in rank(_candidates(group, seed), Owner(), group.today)]
    }


def _candidates(group: Group, seed: int) -> list[Candidate]:
    return [
        Candidate(UUID(int=seed << 64 | place), f"Person {person.number}", channels=("mail",), history=person.history)
        for place, person in enumerate(group.people)
    ]


def _place(id: UUID) -> int:
    return id.int & 0xFFFF_FFFF


def _set_of_three(group: Group, seed: int) -> list[int]:
    ranked = rank(_candidates(group, seed), Owner(), group.today)
    return [_place(choice.candidate.id) for choice in choose(ranked, group.today)]


# --- how well -----------------------------------------------------------------------------------------

_DISCOUNT = 1 / np.log2(np.arange(2, 12))


def measured(true: Scores) -> tuple[float, float, float]:
    """P@3, NDCG@10 and AUC of an order, given which of its places came true."""
    top = true[:10]
    ndcg = (top * _DISCOUNT[: len(top)]).sum() / _DISCOUNT[: min(int(true.sum()), 10)].sum()
    return float(true[:3].mean()), float(ndcg), _auc(true)


def _auc(true: Scores) -> float:
    """How often one that came true stands before one that did not; ½ where all did."""
    others = np.cumsum(1 - true)
    if not others[-1]:
        return 0.5
    return float(1 - (others * true).sum() / (true.sum() * others[-1]))


class Result(NamedTuple):
    """One log, one measure: a row a group, and whose group it is."""

    users: NDArray[np.int64]
    by_ranker: dict[str, Scores]  # groups × (P@3, NDCG@10, AUC), the mean of the seeds
    chosen: Scores  # share of choose()'s set that came true


def results(log: Log) -> dict[str, Result]:
    """By M1 and M3."""
    rows: dict[str, list[tuple[int, dict[str, Scores], float]]] = {"M1": [], "M3": []}
    for group in groups(log):
        truths = {
            "M1": np.array([person.revived for person in group.people], float),
            "M3": np.array([person.replied for person in group.people], float),
        }
        truths = {name: true for name, true in truths.items() if true.any()}
        if not truths:
            continue
        orders = [_orders(group, seed) for seed in range(SEEDS)]
        sets = [_set_of_three(group, seed) for seed in range(SEEDS)]
        for name, true in truths.items():
            means = {r: np.mean([measured(true[order[r]]) for order in orders], axis=0) for r in orders[0]}
            rows[name].append((group.user, means, float(np.mean([true[chosen].mean() for chosen in sets if chosen]))))
    return {name: _result(found) for name, found in rows.items()}


def _result(rows: list[tuple[int, dict[str, Scores], float]]) -> Result:
    users = np.array([user for user, _, _ in rows])
    by_ranker = {ranker: np.array([means[ranker] for _, means, _ in rows]) for ranker in rows[0][1]}
    return Result(users, by_ranker, np.array([chosen for _, _, chosen in rows]))


class Difference(NamedTuple):
    """Ours less another's NDCG@10, with its 95% interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.4f}  [{self.low:+.4f}, {self.high:+.4f}]"


def difference(found: Sequence[Result], other: str, draws: int = 2000) -> Difference:
    """Of one log, or of the mean of several: users are drawn anew within each log."""
    one_by_one = np.mean([_drawn(result, other, draws) for result in found], axis=0)
    mean = np.mean([_better(result, other).mean() for result in found])
    low, high = np.quantile(one_by_one, (0.025, 0.975))
    return Difference(float(mean), float(low), float(high))


def _better(result: Result, other: str) -> Scores:
    return np.asarray(result.by_ranker[OURS][:, 1] - result.by_ranker[other][:, 1])


def _drawn(result: Result, other: str, draws: int) -> Scores:
    _, user = np.unique(result.users, return_inverse=True)
    count = np.bincount(user)
    total = np.bincount(user, weights=_better(result, other))
    weights = np.random.default_rng(7).multinomial(len(count), np.full(len(count), 1 / len(count)), size=draws)
    return np.asarray((weights @ total) / (weights @ count))


# --- said ---------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judgement")
    parser.add_argument("logs", nargs="*", type=Path, help="src,dst,ts as CSV, or CSV in gzip; none: the shared three")
    parser.add_argument("--scale", type=float, default=1.0, help="stretches time: 3 for a log of a hasty place")
    asked = parser.parse_args(arguments)
    logs = dict.fromkeys(asked.logs, asked.scale) or {SHARED / name: scale for name, scale in LOGS.items()}
    if missing := [str(path) for path in logs if not path.exists()]:
        sys.exit(f"There is no {', '.join(missing)}. Name a log: make bench-judgement LOG=file.csv.gz")
    console = Console()
    found = {}
    for path, scale in logs.items():
        with console.status(f"Reading {path.name} …"):
            found[path.name.partition(".")[0]] = results(judgement_log.read(path, scale))
    console.print(_scores(found))
    console.print(_differences(found))
    _keep(found)
    return 0 if all(_passes(result["M1"]) for result in found.values()) else 1


def _passes(result: Result) -> bool:
    """NDCG@10 of M1 no more than .005 below the formula's, and above the strongest peer's."""
    return difference([result], FORMULA).mean >= -0.005 and difference([result], PEER).mean > 0


def _scores(found: dict[str, dict[str, Result]]) -> Table:
    table = Table("", *(f"{name} {measure}" for name in ("M1", "M3") for measure in MEASURES), title="Judgement")
    for log, both in found.items():
        table.add_row(f"[bold]{log}[/] ({' and '.join(f'{len(result.users):,}' for result in both.values())} groups)")
        for ranker in both["M1"].by_ranker:
            means = (value for result in both.values() for value in result.by_ranker[ranker].mean(axis=0))
            table.add_row(ranker, *(f"{value:.3f}" for value in means))
        table.add_row("the set of three", *_chosen(both))
        table.add_section()
    return table


def _chosen(both: dict[str, Result]) -> list[str]:
    return [cell for result in both.values() for cell in (f"{result.chosen.mean():.3f}", "", "")]


def _differences(found: dict[str, dict[str, Result]]) -> Table:
    table = Table("", "M1", "M3", title="NDCG@10 of Keepwarm, above that of …  with its 95% interval")
    logs = {name: [both] for name, both in found.items()}
    if len(logs) > 1:
        logs["their mean"] = list(found.values())
    for other in (PEER, FORMULA):
        for name, several in logs.items():
            ms = (str(difference([one[m] for one in several], other)) for m in ("M1", "M3"))
            table.add_row(f"{other}, {name}", *ms)
        table.add_section()
    return table


def _keep(found: dict[str, dict[str, Result]]) -> None:
    """One small file a log in results/."""
    for log, both in found.items():
        told = {"benchmark": f"judgement, {log}", "taken": date.today().isoformat()}
        path = HERE / "results" / f"judgement-{log}.json"
        measures = {name: _told(result) for name, result in both.items()}
        path.write_text(json.dumps(told | measures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _told(result: Result) -> dict[str, object]:
    means = {ranker: np.round(rows.mean(axis=0), 4).tolist() for ranker, rows in result.by_ranker.items()}
    return {
        "groups": len(result.users),
        **{ranker: dict(zip(MEASURES, values, strict=True)) for ranker, values in means.items()},
        "the set of three": {"P@3": round(float(result.chosen.mean()), 4)},
        "NDCG@10 above the peer": [round(value, 4) for value in difference([result], PEER)],
        "NDCG@10 above the formula": [round(value, 4) for value in difference([result], FORMULA)],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
