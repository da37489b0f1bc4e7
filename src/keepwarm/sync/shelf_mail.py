"""The folder of a mailbox that goes onto the shelf: each letter in it is saved once, and is no touch with anyone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from imapclient import IMAPClient

from keepwarm.core import shelf as core
from keepwarm.core.shelf import Saved
from keepwarm.formats import clipping
from keepwarm.formats.clipping import LARGEST, Clipping
from keepwarm.models import Account
from keepwarm.store import accounts, shelf
from keepwarm.sync import imap
from keepwarm.sync.imap import Folder
from keepwarm.sync.stretches import Step, note, steps_of

AT_ONCE = 20  # whole letters in memory
MOST = 500  # of a folder, at the first reading: the newest


def read(client: IMAPClient, account: Account, clock: Callable[[], datetime]) -> str:
    """Save what is new there; returns what the server calls the folder. Where it has none, the account says so."""
    name = imap.named(client, account.shelf_folder)
    if not name:
        account.trouble = f"There is no folder called {account.shelf_folder} in this mailbox for your shelf."
        account.fix = "Make it there, or name another here. All else is read."
        return ""
    known = account.cursor.setdefault("shelf", {})
    for place, step in enumerate(steps_of(client, Folder(name), known)):
        _save(client, account, step, clock() if place * len(step.uids) < MOST else None)
        with transaction.atomic():
            note(known, step)
            accounts.move(account, clock())
    return name


def _save(client: IMAPClient, account: Account, step: Step, now: datetime | None) -> None:
    if now is None:
        return
    for at in range(0, len(step.uids), AT_ONCE):
        for letter in imap.whole(client, step.uids[at : at + AT_ONCE], LARGEST):
            told = clipping.read(letter)
            shelf.save_letter(account.space, account.user, _said(told), told.id, now)


def _said(letter: Clipping) -> Saved:
    """The first link in it, with the rest of the text as the note; without one it is a thought."""
    told = core.told(letter.text)
    subject = core.told(letter.title)
    if not told.url and subject.url:  # sent with the address for a subject
        return Saved(subject.url, letter.text, subject.rest, source="mail")
    if not told.url:
        return Saved(note=told.rest or letter.title, title=letter.title, source="mail")
    return Saved(told.url, told.rest, letter.title, source="mail")
