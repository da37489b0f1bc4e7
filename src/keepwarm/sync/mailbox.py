"""A mailbox read: what is new since the last time, the newest letters first, a few hundred at a time.

How far it is stands in the account's cursor: by folder the UIDVALIDITY, and the stretches of UIDs that have been
read. What lies outside them is read next, so that new letters and a first reading that was stopped are one case.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from django.utils import timezone
from imapclient import IMAPClient

from keepwarm.core.touches import Exchange
from keepwarm.formats import mail
from keepwarm.formats.batch import Batch
from keepwarm.models import Account
from keepwarm.store import accounts, owners
from keepwarm.sync import imap
from keepwarm.sync.imap import Folder
from keepwarm.sync.writing import Writer

TOGETHER = 500  # letters that are fetched, and stored, at once
PAUSE = 0.2  # seconds that the server is left alone in between
LARGEST = 2**31 - 1  # that a place in a file may be

Clock = Callable[[], datetime]
Watch = Callable[[Account], None]
Stretch = tuple[int, int]  # of UIDs, both ends included


class Step(NamedTuple):
    """Letters to fetch at once. When they are stored, all UIDs of `covers` have been read."""

    folder: Folder
    uids: list[int]
    covers: Stretch


def check(settings: Mapping[str, Any], secret: Mapping[str, str]) -> None:
    """Sign in and look around: somebody waits before a page. Raises Trouble."""
    with imap.connected(settings, secret, imap.SHORT) as client:
        imap.folders(client)


def read(account: Account, secret: Mapping[str, str], clock: Clock, watch: Watch) -> None:
    """Read what is new. Killed at any moment, the next reading goes on where this one was. Raises Trouble."""
    writer = Writer(account, "mail", clock)
    with (
        timezone.override(owners.zone(account.space_id, account.user)),
        imap.connected(account.settings, secret) as client,
    ):
        steps = _steps(client, account.cursor)
        account.total = sum(len(step.uids) for step in steps)
        accounts.move(account, clock())
        for batch in _batches(client, account, steps, clock):
            writer.write(batch)
            watch(account)
            time.sleep(PAUSE)


def _batches(client: IMAPClient, account: Account, steps: Iterable[Step], clock: Clock) -> Iterator[Batch]:
    """Fetch step by step; the account says how far that is when a step's batch is stored."""
    opened: Folder | None = None
    for step in steps:
        if opened != step.folder:
            opened = step.folder
            imap.examine(client, opened)
        batch = _batch(imap.letters(client, opened, step.uids), clock())
        account.done += len(step.uids)
        _note(account.cursor, step)
        yield batch


def _batch(letters: Iterable[imap.Letter], now: datetime) -> Batch:
    """Exchanges, and what could not be placed; drafts and the like are neither."""
    batch = Batch()
    for letter in letters:
        where = min(letter.uid, LARGEST)
        told = mail.exchange(letter.header, where, mine=letter.mine, received=letter.received, now=now)
        if isinstance(told, Exchange):
            batch.exchanges.append(told)
        elif told:
            batch.problems.append(told)
    return batch


# What there is to read


def _steps(client: IMAPClient, cursor: dict[str, Any]) -> list[Step]:
    """Of all folders in turn, the newest letters first: who wrote yesterday is known before who wrote years ago."""
    known = cursor.setdefault("folders", {})
    in_turn = zip_longest(*[_of_folder(client, folder, known) for folder in imap.folders(client)])
    return [step for round_ in in_turn for step in round_ if step]


def _of_folder(client: IMAPClient, folder: Folder, known: dict[str, Any]) -> list[Step]:
    opened = imap.examine(client, folder)
    held = known.get(folder.name)
    if held is None or held["validity"] != opened.validity:
        held = known[folder.name] = {"validity": opened.validity, "read": []}
    steps: list[Step] = []
    for first, last in reversed(unread([tuple(stretch) for stretch in held["read"]], opened.last)):
        uids = imap.uids(client, first, last, opened.letters)
        if not uids:
            held["read"] = joined(held["read"], (first, last))
        steps += cut(folder, uids, first, last)
    return steps


def cut(folder: Folder, uids: list[int], first: int, last: int) -> list[Step]:
    """UIDs of a stretch, the newest first, into steps that cover all of it."""
    pieces = [uids[at : at + TOGETHER] for at in range(0, len(uids), TOGETHER)]
    tops = [last, *(piece[-1] - 1 for piece in pieces)]
    ends = [*(piece[-1] for piece in pieces[:-1]), first]
    return [Step(folder, *told) for told in zip(pieces, zip(ends, tops, strict=False), strict=False)]


def unread(read: list[Stretch], last: int) -> list[Stretch]:
    """The stretches from 1 to `last` that have not been read, in their order."""
    gaps, at = [], 1
    for low, high in sorted(read):
        if low > at:
            gaps.append((at, min(low - 1, last)))
        at = max(at, high + 1)
    return [gap for gap in [*gaps, (at, last)] if gap[0] <= gap[1]]


def joined(read: Iterable[Iterable[int]], more: Stretch) -> list[list[int]]:
    """The stretches with one more, those that touch made one: the cursor stays small."""
    out: list[list[int]] = []
    for low, high in sorted([*map(tuple, read), more]):
        if out and low <= out[-1][1] + 1:
            out[-1][1] = max(out[-1][1], high)
        else:
            out.append([low, high])
    return out


def _note(cursor: dict[str, Any], step: Step) -> None:
    held = cursor["folders"][step.folder.name]
    held["read"] = joined(held["read"], step.covers)
