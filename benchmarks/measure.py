"""A measurement in a process of its own, the figures it gives, and the gates they must pass."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROUNDS = 3  # the best of them counts: other work on the machine can only add
HERE = Path(__file__).parent
MEGABYTE = 1_000_000


class Figure(NamedTuple):
    """One line of the table. With `at_most` or `at_least` it is a gate."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    half: float | None = None  # where the value is the most of nineteen visits in twenty, that of every other

    @property
    def passed(self) -> bool:
        over = self.at_most is not None and self.value > self.at_most
        under = self.at_least is not None and self.value < self.at_least
        return not (over or under)

    @property
    def is_gate(self) -> bool:
        return self.at_most is not None or self.at_least is not None


class Ran(NamedTuple):
    """What a process said, as JSON, the most memory it held and the work it did."""

    said: dict[str, Any]
    peak: float  # megabytes
    processor: float  # seconds, its start included; steadier than the clock where others work too

    @property
    def seconds(self) -> float:
        return float(self.said["seconds"])


class Bench:
    """A folder to work in: data folders to start from, and fresh processes that use them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def data(self, like: Path | None = None) -> Path:
        """A new data folder: with its tables and nobody in it, or a copy of another."""
        self._made += 1
        fresh = self.folder / f"data-{self._made}"
        if like is None:
            like = self.folder / "empty"
            if not like.exists():
                self.run(like, "inside", "set_up")
        shutil.copytree(like, fresh)
        return fresh

    def bring_in(self, data: Path, *files: Path) -> Ran:
        """The real command: `keepwarm import --json`."""
        return _ran(["-m", "keepwarm", "import", "--json", *map(str, files)], data)

    def run(self, data: Path, module: str, *arguments: str | Path) -> Ran:
        return _ran(["-m", f"benchmarks.{module}", *map(str, arguments)], data)


def best(runs: Iterable[Ran]) -> float:
    return min(run.seconds for run in runs)


def _ran(arguments: list[str], data: Path) -> Ran:
    paths = [str(HERE.parent / "src"), str(HERE.parent)]
    environment = {**os.environ, "KEEPWARM_DATA": str(data), "PYTHONPATH": os.pathsep.join(paths)}
    process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(arguments[:4])} ended with {process.returncode}; what it said stands above.")
    # Linux counts in kilobytes, macOS in bytes.
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MEGABYTE
    return Ran(json.loads(said), peak, used.ru_utime + used.ru_stime)
