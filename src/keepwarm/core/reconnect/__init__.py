"""Whom to say hello to, why, and with which words: the people as the judgement sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from keepwarm.core.moments import Moment
from keepwarm.core.people import PartialDate


class History(NamedTuple):
    """What has passed between the owner and one person, summed up. Wide mail (over ten people) is ambient."""

    weeks: int  # distinct weeks with direct contact
    sent: int  # messages from the owner
    received: int
    answers: int  # of those sent, answered within 14 days
    ambient90: int  # wide mails and meetings shared in the last 90 days
    first: date
    last: date
    typical_gap: float | None = None  # median days of the gaps that have ended


class Wish(NamedTuple):
    """ "Remind me about Yusuf in March", and what of him."""

    on: date
    text: str
    said_on: date


class Gift(NamedTuple):
    """An item of the shelf that suits someone."""

    id: UUID
    title: str
    site: str = ""
    url: str = ""
    words: tuple[str, ...] = ()  # why: the words that it and what is known of them share, as a reader would write them
    note: str = ""  # the owner's own, of the item
    said_by: str = ""  # where the words stand in their record: title, organisation, note, tag, topic


class Candidate(NamedTuple):
    """One person who may be proposed. What is not known is empty, None or 0."""

    id: UUID
    name: str
    given: str = ""
    title: str = ""
    organisation: str = ""
    organisation_key: str = ""  # names.organisation_key: "" also where the words name no employer
    place: str = ""
    known_since: date | None = None  # never a conversation
    source: str = ""  # linkedin, vcard, user: who says the facts above
    source_date: date | None = None  # when that file was brought in
    channels: tuple[str, ...] = ()  # of mail, linkedin, whatsapp, sms
    important: int = 0  # 0..3, the owner's own mark
    trust: str = ""  # knows, trusts, opens: the owner's own mark too
    relation: str = ""  # client, colleague, friend, …
    how_met: str = ""
    birthday: PartialDate | None = None
    anniversary: PartialDate | None = None
    note_topic: str = ""
    cluster: int = 0  # how many people the owner knows at that organisation, this one included
    suggestions: int = 0  # times proposed so far
    suggested_on: date | None = None
    unanswered: int = 0  # messages sent since the last word from them
    wanted: date | None = None  # the day the owner said: I would like to write to them
    wish: Wish | None = None  # the next one that is still open
    history: History | None = None
    cadence: int = 0  # days: the owner's word on this pair's rhythm, or their circle's; 0 none
    in_touch: date | None = None  # the day the owner said: we talk that often, only it stands nowhere
    last_context: str = ""  # the subject or title of what last passed between them, where one is kept
    last_context_on: date | None = None
    moments: tuple[Moment, ...] = ()  # what has happened to them, not yet spoken of; not what comes round
    gift: Gift | None = None  # what on the shelf suits them best
    met_on: date | None = None  # the day they first met, while its first weeks last
    first_weeks: str = ""  # which word of these is next: just_met.STEPS
    promise: str = ""  # what the owner said they would do for them, and is to do or has just done
    door: str = ""  # what they did for the owner, as one says thank you for it, not yet thanked for
    said: frozenset[str] = frozenset()  # the shapes of the letters they have had before
    stated: Mapping[str, tuple[str, date]] = MappingProxyType({})  # by field: who says so, and when they last did

    def told(self, field: str) -> tuple[str, date | None]:
        """Who says this of them, and when: of the field if that is known, else of the person."""
        return self.stated.get(field, (self.source, self.source_date))


class Position(NamedTuple):
    """A post the owner held."""

    organisation: str
    organisation_key: str
    title: str = ""
    started: PartialDate | None = None
    finished: PartialDate | None = None  # None with started set: still there


class Owner(NamedTuple):
    """Whose network it is; the name signs the letters."""

    name: str = ""
    sign_off: str = ""
    place: str = ""
    positions: tuple[Position, ...] = ()
    schools: tuple[str, ...] = ()
