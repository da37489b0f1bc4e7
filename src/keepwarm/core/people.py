"""What one source says about one person: plain values, no rows.

NamedTuples, not dataclasses: a large address book makes a few hundred thousand of these, and a
NamedTuple is built about three times as fast as a frozen dataclass.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class Value(NamedTuple):
    """One of several values of a kind: an e-mail address, a phone, a link."""

    value: str
    label: str = ""  # in lower case: "work", "home", "cell", or the source's own word


class PartialDate(NamedTuple):
    """A birthday as people know it: the year, or even the day, may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ISO 8601, shortened as vCard 4 does: 1980-06-02, --06-02, 1980-06, 1980."""
        if self.month is None:
            return f"{self.year:04d}" if self.year else ""
        head = f"{self.year:04d}-" if self.year else "--"
        return f"{head}{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")

    @classmethod
    def of(cls, text: str) -> PartialDate | None:
        """The date that `str` wrote; None for nothing."""
        if not text:
            return None
        year, _, rest = ("", "", text[2:]) if text.startswith("--") else text.partition("-")
        month, _, day = rest.partition("-")
        return cls(*(int(part) if part else None for part in (year, month, day)))


class Address(NamedTuple):
    """A postal address; `text` is the whole as one line, the parts may be empty."""

    text: str
    label: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


class Photo(NamedTuple):
    """A picture of the person, or of their firm's logo: bytes as the source had them."""

    data: bytes
    media_type: str  # image/jpeg, image/png, image/gif or image/webp; told from the bytes


class KeptNote(NamedTuple):
    at: datetime
    text: str
    private: bool = False


class KeptTouch(NamedTuple):
    """One exchange, with all that the network it left knew of it; see models.Touch."""

    external_id: str
    at: datetime
    channel: str
    direction: str
    kind: str = ""
    balance: str = "neutral"
    context: str = ""
    line: str = ""
    ambient: bool = False
    source: str = ""
    private: bool = False


class KeptPromise(NamedTuple):
    """See models.Promise."""

    whose: str
    text: str
    due_on: date | None
    made_at: datetime
    done_at: datetime | None = None
    let_go_at: datetime | None = None
    private: bool = False


class KeptSide(NamedTuple):
    """This person's side of an introduction, with what holds for both; see models.Introduction and models.Side.

    The two sides of one say the same of `made_at`, `why` and `reason`.
    """

    position: int
    made_at: datetime
    why: str
    reason: str = ""
    said: str = ""
    private: bool = False
    introduced_at: datetime | None = None
    met_at: datetime | None = None
    thanked_at: datetime | None = None
    dropped_at: datetime | None = None
    asked_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None


class KeptPhrase(NamedTuple):
    """What somebody needs, offers or cares about; see models.Phrase."""

    kind: str
    text: str
    said_on: date
    made_at: datetime
    ended_at: datetime | None = None
    thrown_away_at: datetime | None = None
    private: bool = False


class KeptItem(NamedTuple):
    """Something on the shelf; see models.Item."""

    key: str
    title: str
    made_at: datetime
    url: str = ""
    written_by: str = ""
    site: str = ""
    summary: str = ""
    words: str = ""
    note: str = ""
    published_on: date | None = None
    source: str = ""
    state: str = "read"
    trouble: str = ""
    fix: str = ""
    external_id: str = ""
    private: bool = False
    put_away_at: datetime | None = None


class KeptShare(NamedTuple):
    """That a person was given an item, by its key, or that it is not for them; see models.Share."""

    item: str
    made_at: datetime
    given_at: datetime | None = None
    touch: str = ""  # the id of the touch, as of KeptTouch


class KeptAsk(NamedTuple):
    """See models.Ask. `touch`: the external id, within this person, of the touch by which it was asked."""

    text: str
    made_at: datetime
    touch: str = ""
    outcome: str = ""
    settled_at: datetime | None = None
    asked_after_on: date | None = None
    private: bool = False


class KeptDoor(NamedTuple):
    """See models.Door. `ask`: when the ask that it came of was made."""

    kind: str
    text: str
    on: date
    made_at: datetime
    ask: datetime | None = None
    private: bool = False


class KeptMeeting(NamedTuple):
    """How two people met, and at which event; see models.FirstMeeting."""

    on: date
    event: str = ""
    event_on: date | None = None
    event_place: str = ""
    event_note: str = ""
    let_go_at: datetime | None = None


class Kept(NamedTuple):
    """What a user has said of a person and lived through with them: only an export of our own tells it."""

    relation: str = ""
    how_met: str = ""
    trust: str = ""
    important: int = 0
    place: str = ""  # where it is not that of the first address
    circle: str = ""
    cadence: int | None = None  # of the circle, in days
    never: bool = False
    rests_until: date | None = None
    rhythm: int | None = None  # their own, in days
    in_touch_since: date | None = None
    trust_declined: str = ""
    notes: tuple[KeptNote, ...] = ()
    touches: tuple[KeptTouch, ...] = ()
    promises: tuple[KeptPromise, ...] = ()
    met: KeptMeeting | None = None
    feeds: tuple[Value, ...] = ()  # addresses, each labelled with its title
    phrases: tuple[KeptPhrase, ...] = ()
    sides: tuple[KeptSide, ...] = ()
    shares: tuple[KeptShare, ...] = ()
    asks: tuple[KeptAsk, ...] = ()
    doors: tuple[KeptDoor, ...] = ()

    @property
    def marks(self) -> tuple[object, ...]:
        """All but the history."""
        return self[: self._fields.index("notes")]


class PersonRecord(NamedTuple):
    """One person as one source tells it. Text is stripped and NFC; what is unknown is empty."""

    where: int  # card or row in the file, from 1; the header row counts
    name: str  # as it should be shown; never empty: falls back to nickname, organisation, e-mail
    external_id: str = ""  # the source's own lasting id: a card's UID, a profile link
    given: str = ""
    middle: str = ""
    family: str = ""
    prefix: str = ""
    suffix: str = ""  # Jr., PhD
    nickname: str = ""
    emails: tuple[Value, ...] = ()
    phones: tuple[Value, ...] = ()
    links: tuple[Value, ...] = ()  # web pages
    profiles: tuple[Value, ...] = ()  # social profiles as links; label "linkedin", "github", …
    handles: tuple[Value, ...] = ()  # instant messengers; label is the service
    organisation: str = ""
    department: str = ""
    title: str = ""
    addresses: tuple[Address, ...] = ()
    note: str = ""
    birthday: PartialDate | None = None
    anniversary: PartialDate | None = None
    categories: tuple[str, ...] = ()
    photo: Photo | None = None
    known_since: date | None = None  # "connected on": never a conversation
    revised: datetime | None = None  # when the source last changed it, aware
    is_organisation: bool = False  # a card for a company, not for a human being
    kept: Kept | None = None


class OwnFact(NamedTuple):
    """Something a source says about the owner of the network."""

    kind: str  # name, headline, place, link, email, position, school
    value: str  # the name, the address, the employer
    detail: str = ""  # a position's title, a school's degree
    place: str = ""
    started: PartialDate | None = None
    finished: PartialDate | None = None  # None with started set: still there
