"""One letter's headers into an exchange: the same for a mailbox file, a folder of letters and IMAP. Never a body."""

from __future__ import annotations

from datetime import datetime

from keepwarm.core.touches import Exchange
from keepwarm.formats.batch import Problem

# What is looked at: all that need be asked of a server. Names as IMAP's HEADER.FIELDS takes them.
FIELDS: tuple[str, ...] = ("From", "Sender", "To", "Cc", "Subject", "Date", "Message-ID")


def exchange(
    header: bytes, where: int, *, mine: bool | None = None, received: datetime | None = None
) -> Exchange | Problem | None:
    """The letter with these headers; a problem where it cannot be placed; None for a draft, spam or what was deleted.

    `header` may have its blank line or not. `mine`: the folder says that the owner sent it (Sent) or that it was sent
    to them; None where the folder does not say. `received`: when it arrived (INTERNALDATE, the From_ line), taken
    where neither Date nor Received make sense; aware, or as UTC.
    """
    raise NotImplementedError
