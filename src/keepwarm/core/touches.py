"""One exchange with one person, as a source tells it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class TouchRecord(NamedTuple):
    """When, by which channel, in which direction; `context` is a subject, never a body."""

    where: int
    external_id: str  # the same exchange from two sources has one id
    person: str  # core.identity's key of an e-mail, profile or phone; "": only the name is known
    name: str
    at: datetime
    channel: str  # mail, linkedin, whatsapp, sms, call, meeting
    direction: str  # out, in, both
    context: str = ""
    ambient: bool = False
    balance: str = "neutral"  # give, ask
    kind: str = ""  # invitation, endorsement, recommendation; "" is what the channel says


class KnownSince(NamedTuple):
    """Only that two people have known of each other since a day, at the latest. It is no exchange, and it
    makes nobody: it tells something of a person who is already here."""

    where: int
    person: str  # as in a touch
    name: str
    day: date
