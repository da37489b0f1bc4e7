"""A mailbox read: what is new since the last time, the newest letters first, a few hundred at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.utils import timezone
from imapclient import IMAPClient

from keepwarm.core.touches import Exchange
from keepwarm.formats import mail
from keepwarm.formats.batch import Batch
from keepwarm.models import Account
from keepwarm.store import accounts, owners, shelf
from keepwarm.sync import imap, shelf_mail
from keepwarm.sync.imap import Folder
from keepwarm.sync.stretches import Step, note, steps_of
from keepwarm.sync.writing import Writer

PAUSE = 0.2  # seconds that the server is left alone in between
LARGEST = 2**31 - 1  # that a place in a file may be

Clock = Callable[[], datetime]
Watch = Callable[[Account], None]


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
        watched = shelf_mail.read(client, account, clock) if account.shelf_folder else ""
        steps = _steps(client, account.cursor, watched)
        account.total = sum(len(step.uids) for step in steps)
        accounts.move(account, clock())
        for batch in _batches(client, account, steps, clock, watched):
            writer.write(batch)
            watch(account)
            time.sleep(PAUSE)


def _batches(
    client: IMAPClient, account: Account, steps: Iterable[Step], clock: Clock, watched: str
) -> Iterator[Batch]:
    """Fetch step by step; the account says how far that is when a step's batch is stored."""
    opened: Folder | None = None
    for step in steps:
        if opened != step.folder:
            opened = step.folder
            imap.examine(client, opened)
        batch = _batch(imap.letters(client, opened, step.uids, watched), clock())
        if watched:  # a folder of all letters has them too
            shelved = shelf.letters(account.space, (told.external_id for told in batch.exchanges))
            batch.exchanges = [told for told in batch.exchanges if told.external_id not in shelved]
        account.done += len(step.uids)
        note(account.cursor["folders"], step)
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


def _steps(client: IMAPClient, cursor: dict[str, Any], but: str) -> list[Step]:
    """Of all folders in turn, the newest letters first: who wrote yesterday is known before who wrote years ago."""
    known = cursor.setdefault("folders", {})
    in_turn = zip_longest(*[steps_of(client, folder, known) for folder in imap.folders(client, but)])
    return [step for round_ in in_turn for step in round_ if step]
