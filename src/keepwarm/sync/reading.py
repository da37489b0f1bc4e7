"""An account read from claim to rest, whatever kind it is; what goes wrong is kept where the user will look."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from uuid import UUID

from keepwarm.models import Account
from keepwarm.store import accounts, secrets
from keepwarm.store.accounts import TakenOver, Trouble
from keepwarm.sync import calendar, mailbox, oauth
from keepwarm.sync.mailbox import Clock, Watch
from keepwarm.sync.servers import PASSWORD

log = logging.getLogger(__name__)
Reader = Callable[[Account, Mapping[str, str], Clock, Watch], None]
READERS: dict[str, Reader] = {Account.Kind.MAILBOX: mailbox.read, Account.Kind.CALENDAR: calendar.read}
LOST = Trouble(
    "The key to this account’s password is gone, as after a move to another machine without accounts.key.",
    "Sign in again. Nothing that was read is lost.",
    pause=True,
)
UNEXPECTED = Trouble(
    "Something went wrong that should not have.", "It is tried again by itself. The server’s log says more."
)


def _nobody(account: Account) -> None:
    """Nobody watches this reading."""


def read(id: UUID, clock: Clock, watch: Watch = _nobody) -> Account:
    """Read an account to the end. Raises TakenOver where someone else is at it, or it has been paused or removed."""
    account = accounts.claim(id, clock())
    try:
        READERS[account.kind](account, _opened(account), clock, watch)
        accounts.rest(account, clock())
    except TakenOver:
        raise
    except Trouble as trouble:
        accounts.give_way(account, trouble, clock())
    except Exception:  # a fault of ours: the user must see it, and the account must not stand still
        log.exception("reading account %s", account.id)
        accounts.give_way(account, UNEXPECTED, clock())
    return account


def _opened(account: Account) -> dict[str, str]:
    try:
        secret = secrets.unseal(account.secret)
    except secrets.Lost:
        raise LOST from None
    if account.settings.get("way", PASSWORD) != PASSWORD:
        secret = oauth.renewed(account.settings["way"], secret)
        accounts.keep_secret(account, secrets.seal(secret))
    return secret
