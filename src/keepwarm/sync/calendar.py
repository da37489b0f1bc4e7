"""A calendar read from its secret address: whole each time it has changed, as none of them sends only what is new."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO, NamedTuple, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from keepwarm import formats
from keepwarm.core.networks import is_open, is_open_or_at_home
from keepwarm.formats import ics, ics_lines, ics_zones, table, text
from keepwarm.formats.batch import Sample
from keepwarm.models import Account
from keepwarm.store import accounts, meetings, owners
from keepwarm.store.accounts import Trouble
from keepwarm.sync import fetch
from keepwarm.sync.fetch import Answer, Fetcher, Limits, Mark, Unfetched
from keepwarm.sync.writing import Writer

USUAL = Limits(size=256 * 2**20)
SHORT = USUAL._replace(seconds=20, silence=10)  # somebody waits before a page
IN_MEMORY = 8 * 2**20  # bytes; a larger calendar is kept in a file that has no name
HEAD = 64 * 1024
_NAME = re.compile(rb"^X-WR-CALNAME[^:\r\n]*:([^\r\n]+)", re.IGNORECASE | re.MULTILINE)

Clock = Callable[[], datetime]
Watch = Callable[[Account], None]


class Found(NamedTuple):
    """What is at an address."""

    name: str  # as the calendar calls itself
    events: int
    with_others: int

    @property
    def words(self) -> str:
        """In a sentence for the user."""
        if not self.events:
            return "This calendar has nothing in it yet."
        if not self.with_others:
            return f"None of its {self.events:,} events names anyone else, so there is nothing to learn from it."
        are = "is" if self.with_others == 1 else "are"
        return f"{self.with_others:,} of its {self.events:,} events {are} with others."


def address(said: str) -> str:
    """What the user has pasted, as it is fetched: calendars like to call https webcal."""
    return re.sub(r"^webcals?://", "https://", said.strip(), flags=re.IGNORECASE)


def fetcher(limits: Limits = USUAL) -> Fetcher:
    """The guard, as this server is set up."""
    return Fetcher(is_open_or_at_home if settings.PRIVATE_NETWORKS else is_open, limits)


def check(url: str, by: Fetcher | None = None) -> Found:
    """Look at what is there, before it is kept. Raises Trouble."""
    with _fetched(url, fetch.NONE, by or fetcher(SHORT)) as (_, file):
        named = _NAME.search(_head(file))
        events = [b"ATTENDEE" in event.lines for event in ics_lines.events(ics_lines.Counted(file))]
    return Found(_text(named[1]) if named else "", len(events), sum(events))


def read(account: Account, secret: Mapping[str, str], clock: Clock, watch: Watch, by: Fetcher | None = None) -> None:
    """Read it again if it has changed. Killed at any moment, the next reading does the same again, which is nothing
    twice. Raises Trouble."""
    member = owners.member_of(account.space_id, account.user)
    with timezone.override(ics_zones.known(member.time_zone) or None if member else None):
        now = timezone.localtime(clock())
        # What lay ahead yesterday may have been: once a day it is read also where nothing has changed.
        held = account.cursor if account.cursor.get("day") == str(now.date()) else {}
        mark = Mark(held.get("etag", ""), held.get("modified", ""))
        with _fetched(secret["url"], mark, by or fetcher()) as (answer, file):
            if answer.fresh and (digest := _digest(file)) != held.get("digest"):
                ahead = _take(account, file, now, clock, watch)
                account.cursor = {"day": str(now.date()), "digest": digest} | answer.mark._asdict()
                with transaction.atomic():
                    ahead.write(now)
                    accounts.move(account, clock())


def _take(account: Account, file: BinaryIO, now: datetime, clock: Clock, watch: Watch) -> meetings.Expected:
    """Store what has been; what lies ahead is returned, to be stored when all has been read."""
    assert account.run is not None  # every account is made with one
    expected = meetings.Expected(account.run)
    account.total = file.seek(0, 2)
    file.seek(0)
    writer = Writer(account, ics.FORMAT.source, clock)
    for batch in formats.read(ics.FORMAT, file, now):
        account.done = batch.at
        writer.write(batch)
        expected.hear(str(account.id), batch.ahead)
        watch(account)
    return expected


@contextmanager
def _fetched(url: str, mark: Mark, by: Fetcher) -> Iterator[tuple[Answer, BinaryIO]]:
    """The calendar in a file that is gone afterwards; the file is empty where nothing has changed."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as spool:
        file = cast(BinaryIO, spool)
        try:
            answer = by.fetch(address(url), file, mark)
        except Unfetched as error:
            raise Trouble(error.message, error.fix, pause=error.lasting) from None
        if answer.fresh and not ics.recognise(Sample("", _head(file))):
            raise _no_calendar(answer)
        yield answer, file


def _head(file: BinaryIO) -> bytes:
    head = file.read(HEAD)
    file.seek(0)
    return head


def _no_calendar(answer: Answer) -> Trouble:
    what = "a web page" if answer.kind == "text/html" else table.shown(answer.kind) if answer.kind else "something else"
    return Trouble(
        f"What is at this address is not a calendar but {what}.",
        "Copy the address that ends in .ics, or that your calendar calls secret or published, not the one of the page.",
    )


def _digest(file: BinaryIO) -> str:
    """Of all but the stamps: some servers write the time of the asking into each event."""
    found = hashlib.sha256()
    while line := file.readline(HEAD):
        if not line.startswith(b"DTSTAMP"):
            found.update(line)
    file.seek(0)
    return found.hexdigest()


def _text(raw: bytes) -> str:
    return text.tidy(raw.decode(errors="replace"))[:200]
