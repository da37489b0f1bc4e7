"""What passed between people, as a source tells it: who was in it, and what it is to each of them."""

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


class Party(NamedTuple):
    """Someone in an exchange. `key` is core.identity's of an e-mail, profile or phone; "": only the name is known."""

    key: str
    name: str = ""


class Exchange(NamedTuple):
    """One letter, message, call or meeting as its source has it, before it is known which party is the owner."""

    where: int
    external_id: str  # the same exchange from two sources has one id
    at: datetime  # aware
    channel: str  # as in a touch
    sender: Party | None  # None: nobody alone, as in a meeting
    others: tuple[Party, ...]  # to and cc, attendees, the members of a chat; each once, without the sender
    context: str = ""
    mine: bool | None = None  # the source itself says that the owner sent it, or that it was sent to them
    both: bool = False  # a meeting, or a call that was answered: it goes both ways
    automatic: str = ""  # why no human being wrote it to the owner alone: list, bulk, auto, bounce; "" is a letter
    unlisted: int = 0  # how many more were in it than `others` names
    # Keys of those who were asked and declined, who stand nowhere else: was it the owner, nothing passed between them.
    absent: tuple[str, ...] = ()
    # Keys of those who were invited and have not answered: was it the owner, it only came in. Anyone can invite them.
    silent: tuple[str, ...] = ()
