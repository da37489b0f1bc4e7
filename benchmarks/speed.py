"""How long an address book takes to be read, stored, brought in again and taken back, and today's page."""

from __future__ import annotations

from pathlib import Path

from benchmarks import samples
from benchmarks.measure import ROUNDS, Bench, Figure, Ran, best

SIZES = (1_000, 10_000, 50_000)
FULL = SIZES[-1]


def importing(bench: Bench) -> list[Figure]:
    """From bytes to people stored and matched, beside the least that storing them can cost."""
    files = {size: _vcards(bench, size) for size in SIZES}
    ours: dict[int, list[Ran]] = {size: [] for size in SIZES}
    floor, narrow = [], []
    for _ in range(ROUNDS):
        for size, file in files.items():
            ours[size].append(bench.bring_in(bench.data(), file))
        floor.append(_floor(bench, files[FULL]))
        narrow.append(_floor(bench, files[FULL], "narrow"))
    seconds = {size: best(runs) for size, runs in ours.items()}
    twice = bench.bring_in(bench.data(), _vcards(bench, 2 * FULL))
    peak = min(run.peak for run in ours[FULL])
    return [
        *[Figure(f"{size:,} vCards stored and matched", seconds[size], "s") for size in SIZES],
        Figure("processor time of the whole command at 50,000", min(run.processor for run in ours[FULL]), "s"),
        Figure("growth from 10,000 to 50,000", seconds[FULL] / seconds[10_000], "×", at_most=5.5),
        Figure("floor: 50,000 into the same tables", best(floor), "s"),
        Figure("floor of people, e-mails and phones alone", best(narrow), "s"),
        Figure("50,000 to the floor", seconds[FULL] / best(floor), "×", at_most=2.5),
        Figure("50,000 to that narrow floor", seconds[FULL] / best(narrow), "×"),
        Figure("peak memory at 50,000", peak, "MB", at_most=200),
        Figure("peak memory at 100,000", twice.peak, "MB", at_most=200),
        Figure("memory at 100,000 to that at 50,000", twice.peak / peak, "×", at_most=1.2),
    ]


def reading(bench: Bench) -> list[Figure]:
    """The reader alone, beside py-vobject; with a photo in every tenth card."""
    file = bench.folder / "photos.vcf"
    samples.vcards(file, 10_000, photos=True)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(bench.run(bench.folder, "inside", "read_ours", file))
        theirs.append(bench.run(bench.folder, "inside", "read_vobject", file))
    return [
        Figure("10,000 vCards with photos read", best(ours), "s"),
        Figure("the same by py-vobject", best(theirs), "s"),
        Figure("faster than py-vobject", best(theirs) / best(ours), "×", at_least=8),
    ]


def linkedin(bench: Bench) -> list[Figure]:
    file = bench.folder / "Connections.csv"
    samples.connections(file, 30_000)
    runs = [bench.bring_in(bench.data(), file) for _ in range(ROUNDS)]
    return [Figure("30,000 LinkedIn rows stored and matched", best(runs), "s", at_most=3)]


def again(bench: Bench) -> list[Figure]:
    """What comes after a first import of 50,000: the same file, another source of the same people, undo."""
    cards, rows = _vcards(bench, FULL), bench.folder / "Everyone.csv"
    samples.connections(rows, FULL, email_every=1)
    full = _full(bench)
    same = bench.bring_in(bench.data(like=full), cards)
    assert same.said["people_unchanged"] == FULL
    over = bench.data(like=full)
    matched = bench.bring_in(over, rows)
    assert matched.said["people_matched"] == FULL
    return [
        Figure("50,000 vCards once more, nothing changed", same.seconds, "s"),
        Figure("50,000 LinkedIn rows of the same people", matched.seconds, "s"),
        Figure("undo of those rows", bench.run(over, "inside", "undo").seconds, "s"),
        Figure("undo of 50,000 vCards", bench.run(bench.data(like=full), "inside", "undo").seconds, "s"),
        Figure("peak memory over 50,000 people", max(same.peak, matched.peak), "MB", at_most=200),
    ]


def today(bench: Bench) -> list[Figure]:
    """Today's page with 50,000 people."""
    full = _full(bench)
    runs = [bench.run(bench.data(like=full), "inside", "pages").said for _ in range(ROUNDS)]
    empty, first, stored = (min(float(run[name]) for run in runs) for name in ("empty", "first", "stored"))
    return [
        Figure("an empty page", empty, "ms"),
        Figure("today among 50,000, first of the day", first, "ms"),
        Figure("choosing: that less an empty page", first - empty, "ms", at_most=60),
        Figure("today as stored", stored, "ms"),
        Figure("as stored to an empty page", stored / empty, "×", at_most=6),
    ]


BENCHMARKS = {function.__name__: function for function in (importing, reading, linkedin, again, today)}


def _vcards(bench: Bench, size: int) -> Path:
    file = bench.folder / f"{size}.vcf"
    if not file.exists():
        samples.vcards(file, size)
    return file


def _floor(bench: Bench, file: Path, kind: str = "") -> Ran:
    data = bench.data()
    return bench.run(data, "floor", file, data / "keepwarm.sqlite3", *filter(None, [kind]))


def _full(bench: Bench) -> Path:
    """A data folder with 50,000 people, made once a run."""
    full = bench.folder / "full"
    if not full.exists():
        bench.data().rename(full)
        bench.bring_in(full, _vcards(bench, FULL))
    return full
