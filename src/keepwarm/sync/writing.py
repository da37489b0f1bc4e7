"""What was read outside, onto people: stored in one transaction with how far the reading is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from keepwarm.formats.batch import Batch
from keepwarm.models import Account, Space
from keepwarm.store import accounts, history


class Writer:
    """Writes what one account tells, as of the run that owns it."""

    def __init__(self, account: Account, source: str, clock: Callable[[], datetime]) -> None:
        assert account.run is not None  # every account is made with one
        self._account, self._run, self._source, self._clock = account, account.run, source, clock
        self._recorder = history.Recorder(account.run)
        self._before = Counter(account.run.counts)

    def write(self, batch: Batch) -> None:
        """Store these and the account's cursor, both or neither. Raises TakenOver."""
        now = self._clock()
        self._run.problems_count += len(batch.problems)
        with transaction.atomic():
            # One writer at a time per space, as of imports: two must not make one person twice.
            Space.objects.select_for_update().get(id=self._account.space_id)
            self._recorder.take(batch, self._source, now)
            self._run.counts = dict(self._before + Counter(self._recorder.counts))
            self._run.save(update_fields=["counts", "problems_count"])
            accounts.move(self._account, now)
