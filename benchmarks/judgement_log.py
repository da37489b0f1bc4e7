"""A log of who wrote to whom, as each of its users would have it in their own mailbox."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from keepwarm.core.history import Event

WIDE = 10  # recipients: a message to more is no contact, both were only on it
BEGINNING = datetime(2000, 1, 3, tzinfo=UTC)  # a Monday: only distances count in a log


class Log(NamedTuple):
    """Users are numbers. Times are from `BEGINNING` on; `end` is the last message's."""

    mailboxes: dict[int, Mailbox]
    end: datetime


class Mailbox(NamedTuple):
    """What one user has seen, oldest first."""

    direct: dict[int, list[Event]]  # by the other person
    wide: list[tuple[datetime, frozenset[int]]]  # who was on it


def read(path: Path, scale: float = 1) -> Log:
    """`src,dst,ts` (seconds), one row a recipient; rows that share src and ts are one message.

    `scale` stretches time: with 3, ten days of a hasty log count as thirty.
    """
    mailboxes: dict[int, Mailbox] = defaultdict(lambda: Mailbox(defaultdict(list), []))
    end = BEGINNING
    for at, sender, recipients in _messages(path, scale):
        end = at
        if len(recipients) > WIDE:
            on_it = frozenset((sender, *recipients))
            for user in on_it:
                mailboxes[user].wide.append((at, on_it))
            continue
        for recipient in recipients:
            mailboxes[sender].direct[recipient].append(Event(at, "out"))
            mailboxes[recipient].direct[sender].append(Event(at, "in"))
    return Log(dict(sorted(mailboxes.items())), end)


def _messages(path: Path, scale: float) -> Iterator[tuple[datetime, int, list[int]]]:
    """In the order of time; a message to oneself is none."""
    rows = sorted({(int(ts), int(src), int(dst)) for src, dst, ts in _rows(path) if src != dst})
    first = rows[0][0]
    for (ts, src), same in groupby(rows, key=lambda row: row[:2]):
        yield BEGINNING + timedelta(seconds=(ts - first) * scale), src, [dst for _, _, dst in same]


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as file, TextIOWrapper(gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file) as text:
        rows = csv.reader(text)
        if next(rows) != ["src", "dst", "ts"]:
            raise SystemExit(f"{path.name} is no log: its first line must be src,dst,ts.")
        yield from rows
