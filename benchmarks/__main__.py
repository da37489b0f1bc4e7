"""`python -m benchmarks [NAME …]`: measure, print one table, and keep the figures in results/.

Most gates are ratios within one run; the figures beside them are of the machine they were taken on.
Ends with 1 where a gate is missed.
"""

from __future__ import annotations

import json
import platform
import sqlite3
import sys
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import duplicates, giving, history, mail, pages, speed, touches
from benchmarks.measure import HERE, Bench, Figure

BENCHMARKS = speed.BENCHMARKS | pages.BENCHMARKS | mail.BENCHMARKS | touches.BENCHMARKS | history.BENCHMARKS
BENCHMARKS |= duplicates.BENCHMARKS | giving.BENCHMARKS
ON_REQUEST = mail.ON_REQUEST  # only where they are named
console = Console()


def main(names: list[str]) -> int:
    every = BENCHMARKS | ON_REQUEST
    if unknown := set(names) - set(every):
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(every)}.")
    found = {name: _measured(name) for name in names or BENCHMARKS}
    console.print(_table(found))
    for name, figures in found.items():
        _keep(name, figures)
    missed = [figure for figures in found.values() for figure in figures if not figure.passed]
    return int(bool(missed))


def _measured(name: str) -> list[Figure]:
    with console.status(f"Measuring {name} …"), tempfile.TemporaryDirectory(prefix="keepwarm-bench-") as folder:
        return (BENCHMARKS | ON_REQUEST)[name](Bench(Path(folder)))


def _table(found: dict[str, list[Figure]]) -> Table:
    table = Table("", "measured", "gate", "", title="Keepwarm, best of three rounds")
    table.columns[1].justify = table.columns[2].justify = "right"
    for figures in found.values():
        for figure in figures:
            passed = "" if not figure.is_gate else "[green]kept" if figure.passed else "[bold red]missed"
            table.add_row(figure.name, _value(figure), _gate(figure), passed)
        table.add_section()
    return table


def _value(figure: Figure) -> str:
    half = f" (half in {figure.half:,.3g})" if figure.half is not None else ""
    return f"{figure.value:,.3g} {figure.unit}{half}"


def _gate(figure: Figure) -> str:
    if figure.at_most is not None:
        return f"≤ {figure.at_most:g} {figure.unit}"
    return f"≥ {figure.at_least:g} {figure.unit}" if figure.at_least is not None else ""


def _keep(name: str, figures: list[Figure]) -> None:
    """Small enough to commit: a change of speed shows in its history."""
    result = {
        "benchmark": name,
        "taken": date.today().isoformat(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "figures": [_figure(figure) for figure in figures],
    }
    path = HERE / "results" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _figure(figure: Figure) -> dict[str, object]:
    told: dict[str, object] = {"name": figure.name, "value": float(f"{figure.value:.4g}"), "unit": figure.unit}
    if figure.half is not None:
        told["half"] = float(f"{figure.half:.4g}")
    if figure.at_most is not None:
        told["at_most"] = figure.at_most
    if figure.at_least is not None:
        told["at_least"] = figure.at_least
    return told | ({"passed": figure.passed} if figure.is_gate else {})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
