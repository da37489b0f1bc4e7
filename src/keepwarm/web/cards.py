"""What a card or a person's page shows: rows and judgement turned into words, links and letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from keepwarm.core.names import initials, tint
from keepwarm.core.reconnect import Candidate, Gift, Owner, linter, reasons
from keepwarm.core.reconnect.reasons import Reason
from keepwarm.models import Appointment, Person, Photo, Pick, Space, Touch, User
from keepwarm.store import letters, meetings, occasions, outcomes, people, shapes, touches
from keepwarm.store.letters import Letter, Links
from keepwarm.web import dates, pictures

SOURCES = {"linkedin": "LinkedIn", "vcard": "address book", "user": "you", "messages": "your messages"}
HOW = {
    "mail": ", by mail", "linkedin": ", on LinkedIn", "whatsapp": ", on WhatsApp", "sms": ", by text message",
    "call": ", on the phone", "meeting": ", in person",
}  # fmt: skip
TELL = 3  # reasons on a card
DOTS = 12  # days on the line of a rhythm
TOUCHES = 2 * DOTS  # a letter and its answer often share a day


class Face(NamedTuple):
    """A person as shown anywhere: name, ring, role."""

    id: UUID
    name: str
    given: str
    initials: str
    tint: int
    photo_url: str
    role: str
    place: str
    url: str
    never: bool
    known_since: str
    warmth: int | None


class Told(NamedTuple):
    """A reason in words, and where it can be looked up."""

    text: str
    source: str
    date: date | None
    url: str = ""


class Line(NamedTuple):
    label: str
    text: str


class Card(NamedTuple):
    """One of today's three."""

    id: UUID
    slot: str
    state: str
    person: Face
    because: str
    gap: str
    rhythm: pictures.Rhythm | None
    reasons: list[Told]
    facts: list[Line]
    drafts: list[Letter]
    links: Links
    primary: str
    checks: list[linter.Check]
    first: bool
    asks_line: bool
    answered: bool
    undo_url: str
    gift: Gift | None  # what of the shelf suits them


def face(person: Person, day: date, with_photo: bool) -> Face:
    return Face(
        id=person.id,
        name=person.name,
        given=person.given,
        initials=initials(person.name),
        tint=tint(person.id),
        photo_url=reverse("person_photo", args=[person.id]) if with_photo else "",
        role=person.role,
        place=person.place,
        url=reverse("person", args=[person.id]),
        never=person.never,
        known_since=f"known since {person.known_since:%B %Y}" if person.known_since else "",
        warmth=people.warmth(person, day),
    )


def cards(picks: list[Pick], owner: Owner, user: User | None, day: date, asking: UUID | None = None) -> list[Card]:
    """The day's cards; `asking` is the pick just sent, which asks for one line."""
    ids = [pick.person_id for pick in picks]
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    ways = letters.links(ids)
    known = occasions.recipients(ids, picks[0].space, user, day) if picks else {}
    written = write(picks, known, ways, owner, user, day)
    held = touches.latest(picks[0].space, ids, TOUCHES, user) if picks else {}
    ahead = meetings.next_of(picks[0].space_id, ids, timezone.now()) if picks else {}
    replied = outcomes.answered(picks, user)
    first = next((pick.id for pick in picks if pick.state == Pick.State.SHOWN), None)
    return [
        _card(
            pick, known[pick.person_id], owner, day, ways[pick.person_id], letters_, pick.person_id in photos,
            held.get(pick.person_id, []), ahead.get(pick.person_id),
        )._replace(first=pick.id == first, asks_line=pick.id == asking, answered=pick.id in replied)
        for pick, letters_ in zip(picks, written, strict=True)
    ]  # fmt: skip


def write(
    picks: Sequence[Pick],
    known: Mapping[UUID, Candidate],
    ways: Mapping[UUID, Links],
    owner: Owner,
    user: User | None,
    day: date,
) -> list[list[Letter]]:
    """The letters of a day's picks, as they stand on the cards."""
    if not picks:
        return []
    ids = [pick.person_id for pick in picks]
    whom, channels = [known[id] for id in ids], [letters.primary(ways[id]) for id in ids]
    own = shapes.in_use(picks[0].space, user)
    return letters.write_set(whom, owner, day, channels, letters.saved(ids, user), own)


def _card(
    pick: Pick,
    who: Candidate,
    owner: Owner,
    day: date,
    ways: Links,
    written: list[Letter],
    with_photo: bool,
    past: list[Touch],
    meeting: Appointment | None,
) -> Card:
    channel = letters.primary(ways)
    shown = next((letter for letter in written if letter.current), None)
    told = [
        Told(r["text"], _source(r["source"]), _date(r["date"]), evidence_url(who.id, r["kind"]))
        for r in _telling(pick.reasons)
    ]
    return Card(
        id=pick.id,
        slot=pick.slot,
        state="open" if pick.state == Pick.State.SHOWN else pick.state,
        person=face(pick.person, day, with_photo),
        because=pick.reasons[0]["text"] if pick.reasons else "",
        gap=gap(who, day),
        rhythm=rhythm(past, who, day),
        reasons=[Told(meets(meeting, day), "your calendar", None), *told] if meeting else told,
        facts=_facts(who, owner, day, past, told),
        drafts=written,
        links=letters.filled(ways, shown),
        primary=channel,
        first=False,
        checks=letters.checks(shown, who, channel) if shown else [],
        asks_line=False,
        answered=False,
        undo_url=reverse("pick_undo", args=[pick.id]),
        gift=who.gift,
    )


def told(reason: Reason, who: Candidate) -> Told:
    text = reasons.words(reason, who)
    return Told(text, _source(reason.source), reason.date, evidence_url(who.id, reason.kind))


def evidence_url(person: UUID, kind: str) -> str:
    """The touches behind a reason, or what is known of the person."""
    page = reverse("person", args=[person])
    return f"{page}?show={reasons.EVIDENCE[kind]}#together" if kind in reasons.EVIDENCE else f"{page}#about"


def rhythm(past: Sequence[Touch], who: Candidate, day: date) -> pictures.Rhythm | None:
    """The line of the last touches, newest first in `past`."""
    days = list(dict.fromkeys(_day(touch) for touch in past))[:DOTS]
    return pictures.rhythm(days, day, who.history.typical_gap if who.history else None)


def weeks(space: Space, person: Person, user: User, day: date) -> pictures.Weeks | None:
    """The weeks in touch of the last three years; None without any."""
    return pictures.weeks(touches.days(space, person.id, pictures.first_of_weeks(day), user), day)


def last_time(touch: Touch, *, line: str) -> str:
    """When and how you were last in touch, and what it was about."""
    day = _day(touch)
    on = dates.near(day, timezone.localdate())
    about = f": “{touch.context}”" if touch.context else ""
    return f"{on}{HOW.get(touch.channel, '')}{about}. {line}".strip()


def meets(meeting: Appointment, today: date) -> str:
    """When the two meet anyway, and what for."""
    day = _day(meeting)
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    about = f": “{meeting.title}”" if meeting.title else ""
    return f"You meet {near or f'on {reasons.WEEKDAYS[day.weekday()]}, {dates.near(day, today)}'}{about}."


def _day(touch: Touch | Appointment) -> date:
    return timezone.localtime(touch.at).date()


def gap(who: Candidate, day: date) -> str:
    """The quiet since the last touch; where there is none, since when you know each other."""
    if who.history:
        return pictures.gap(who.history.last, day)
    return f"since {who.known_since.year}" if who.known_since else ""


def _facts(who: Candidate, owner: Owner, day: date, past: Sequence[Touch], told: Sequence[Told]) -> list[Line]:
    """What is known, beginning with the last time; what the card says above is not said again."""
    birthday = {"Birthday": dates.partial(who.birthday._replace(year=None))} if who.birthday else {}
    lines = [Line(label, birthday.get(label, text)) for label, text in reasons.facts(who, owner, day)]
    if not past:
        return lines
    above = " ".join(reason.text for reason in told)
    line = past[0].line
    said = {"Work", "Place", "Between you"} | ({"You noted"} if line == who.note_topic else set())
    last = Line("Last time", last_time(past[0], line="" if line.rstrip(".") in above else line))
    return [last, *(line for line in lines if line.label not in said and line.text not in above)]


def _telling(why: list[dict[str, str]]) -> list[dict[str, str]]:
    """The strongest; what the facts below say anyway stands here only where there is nothing else."""
    return [reason for reason in why if reason["kind"] not in (reasons.ROLE, reasons.NOTHING_YET)][:TELL] or why[:1]


def _source(name: str) -> str:
    """Whose word it is; the owner's own is told by the sentence itself."""
    return "" if name == "user" else SOURCES.get(name, "")


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
