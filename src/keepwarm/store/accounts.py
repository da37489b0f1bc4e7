"""Accounts outside, from one reading to the next: due, claimed by one reader, moved on, rested, failed, paused."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from keepwarm.models import Account, ImportFile, ImportRun, Space, User
from keepwarm.store import owners

EVERY = timedelta(minutes=15)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(days=1)
STANDSTILL = timedelta(minutes=5)  # longer than any answer of a server is waited for
STOPPED = "Reading stopped in the middle."
STOPPED_FIX = "It goes on by itself where it was."
State = Account.State


class TakenOver(Exception):
    """Another reader has this account now, or the user has paused or removed it: stop, writing nothing more."""


class Trouble(Exception):
    """An account cannot be read now. Its two sentences are for the user: what is wrong, and what to do."""

    def __init__(self, message: str, fix: str, *, pause: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.pause = pause  # to try again by itself would change nothing, or lock the user out


def of(space: Space, user: User) -> QuerySet[Account]:
    """The accounts of this user here: those of others in the space are theirs alone."""
    return Account.objects.filter(space=space, user=user).order_by("made_at", "id")


@transaction.atomic
def add(
    space: Space, user: User | None, kind: str, name: str, settings: Mapping[str, Any], secret: str, now: datetime
) -> Account:
    """A new account, due at once, with the run that will own what comes from it. `secret` is sealed."""
    run = ImportRun.objects.create(space=space, user=user, state=ImportRun.State.DONE, made_at=now, beat_at=now)
    if kind == Account.Kind.MAILBOX:
        owners.tell(run, "email", name, now)  # letters from there are theirs, whatever they sign in with
    return Account.objects.create(
        space=space, user=user, kind=kind, name=name[:200], settings=dict(settings), secret=secret, run=run,
        next_at=now, made_at=now,
    )  # fmt: skip


def change(account: Account, settings: Mapping[str, Any], secret: str, now: datetime) -> None:
    """Another way in, as after a new password: what has been read stays read. Due at once."""
    _set(account, settings=dict(settings), secret=secret, **_waiting(now))


def watch_folder(account: Account, name: str, now: datetime) -> None:
    """What lies in that folder of a mailbox goes onto the shelf from now on; "" is none. Due at once."""
    _set(account, shelf_folder=name.strip()[:200], **(_waiting(now) if account.state == State.RESTING else {}))


# When


def due(now: datetime) -> list[UUID]:
    """Accounts whose time has come, each told to one asker: their next time is set here."""
    waiting = Account.objects.filter(state__in=(State.RESTING, State.FAILED), next_at__lte=now)
    ids = waiting.order_by("next_at").values_list("id", flat=True)
    return [id for id in ids if waiting.filter(id=id).update(next_at=now + EVERY, beat_at=now)]


def at_hand(space: Space, now: datetime) -> list[UUID]:
    """Accounts whose time has come, and those that wait for a worker: there may be none."""
    idle = Account.objects.filter(space=space, state__in=(State.RESTING, State.FAILED)).order_by("next_at")
    return [account.id for account in idle if account.waits or (account.next_at and account.next_at <= now)]


def free(now: datetime, *, alone: bool = False) -> int:
    """Let go of accounts whose reader is gone, so that they are due again; returns how many.

    `alone` says that no reader can be alive, as when the embedded server starts.
    """
    held = Account.objects.filter(state=State.READING)
    gone = held if alone else held.filter(beat_at__lt=now - STANDSTILL)
    return sum(_free(account, now) for account in gone)


def _free(account: Account, now: datetime) -> int:
    """A reader that got nowhere and died counts as a failure: the next one waits, each time longer."""
    mine = Account.objects.filter(id=account.id, claim=account.claim, state=State.READING)
    failures = account.failures + 1
    return mine.update(
        state=State.FAILED, claim="", trouble=STOPPED, fix=STOPPED_FIX, failures=failures,
        next_at=now if failures == 1 else now + wait(failures),
    )  # fmt: skip


def wait(failures: int) -> timedelta:
    """How long to leave a server alone after so many failures in a row: a minute, doubling up to a day."""
    return min(FIRST_WAIT * (1 << min(failures - 1, 20)), LONGEST_WAIT)


def read_now(account: Account, now: datetime) -> bool:
    """Make an account due, also one that was paused; False where it is being read already."""
    idle = Account.objects.filter(id=account.id).exclude(state=State.READING)
    return bool(idle.update(**_waiting(now)))


def _waiting(now: datetime) -> dict[str, Any]:
    return {"state": State.RESTING, "claim": "", "trouble": "", "fix": "", "failures": 0, "next_at": now}


# Reading


def claim(id: UUID, now: datetime) -> Account:
    """Make this the one reader of the account. Raises TakenOver where it has one, or is paused.

    Its trouble begins empty: what a reader finds on its way, and reads on, it says there.
    """
    mark = secrets.token_hex(16)
    idle = Account.objects.filter(id=id, state__in=(State.RESTING, State.FAILED))
    if not idle.update(state=State.READING, claim=mark, beat_at=now, done=0, total=0):
        raise TakenOver
    account = Account.objects.select_related("space", "user", "run").get(id=id)
    account.trouble = account.fix = ""
    return account


def move(account: Account, now: datetime) -> None:
    """Keep how far the reading is. Raises TakenOver where the account is no longer this reader's.

    In one transaction with what was read: neither is there without the other.
    """
    _mine(account, cursor=account.cursor, done=account.done, total=account.total, failures=0, beat_at=now)


def keep_secret(account: Account, secret: str) -> None:
    """As when a server has given a new token for the old."""
    _mine(account, secret=secret)


def rest(account: Account, now: datetime) -> None:
    """Read to the end: leave the server alone until the next time. Its trouble, if any, is a smaller one."""
    _mine(
        account, state=State.RESTING, claim="", trouble=account.trouble, fix=account.fix, failures=0,
        cursor=account.cursor, read_at=now, next_at=now + EVERY,
    )  # fmt: skip


def give_way(account: Account, trouble: Trouble, now: datetime) -> None:
    """End a reading that could not go on: it is tried again later, or paused until the user has done something."""
    failures = account.failures + 1
    state, next_at = (State.PAUSED, None) if trouble.pause else (State.FAILED, now + wait(failures))
    _mine(
        account, state=state, claim="", trouble=trouble.message, fix=trouble.fix, failures=failures, next_at=next_at
    )  # fmt: skip


def _mine(account: Account, **values: Any) -> None:
    mine = Account.objects.filter(id=account.id, claim=account.claim, state=State.READING)
    if not mine.update(**values):
        raise TakenOver
    for name, value in values.items():
        setattr(account, name, value)


# The user's word


def pause(account: Account) -> None:
    """No more reading until the user says so; a reader at it stops at its next step."""
    _set(account, state=State.PAUSED, claim="", trouble="", fix="", next_at=None)


@transaction.atomic
def remove(account: Account, now: datetime, *, history: bool) -> ImportRun | None:
    """Forget the account and what opens it. With its history, the run that owns that is returned, to be undone.

    Otherwise it stays among the imports, to be undone for as long as those can be.
    """
    run = ImportRun.objects.select_for_update().filter(account=account).first()
    Account.objects.filter(id=account.id).delete()
    if run is None:
        return None
    run.finished_at = now
    if history:
        run.state, run.claim, run.beat_at = ImportRun.State.UNDOING, "", now
    run.save()
    ImportFile.objects.create(space_id=run.space_id, run=run, name=account.name, remark=_was(account))
    return run if history else None


def _was(account: Account) -> str:
    return "A mailbox" if account.kind == Account.Kind.MAILBOX else "A calendar"


def _set(account: Account, **values: Any) -> None:
    Account.objects.filter(id=account.id).update(**values)
    for name, value in values.items():
        setattr(account, name, value)
