"""What was read outside, onto people: stored in one transaction with how far the reading is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType

from django.db import transaction

from keepwarm.core.touches import Exchange
from keepwarm.formats.batch import Batch
from keepwarm.models import Account, Space
from keepwarm.store import accounts, history


class Writer:
    """Writes the exchanges of one account, as of the run that owns them."""

    def __init__(self, account: Account, source: str, clock: Callable[[], datetime]) -> None:
        assert account.run is not None  # every account is made with one
        self.account, self.source, self.clock = account, source, clock
        self.recorder = history.Recorder(account.run)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        pass

    def write(self, exchanges: Sequence[Exchange]) -> None:
        """Store these and the account's cursor, both or neither. Raises TakenOver."""
        with transaction.atomic():
            # One writer at a time per space, as of imports: two must not make one person twice.
            Space.objects.select_for_update().get(id=self.account.space_id)
            self.recorder.take(Batch(exchanges=[*exchanges]), self.source, self.clock())
            accounts.move(self.account, self.clock())
