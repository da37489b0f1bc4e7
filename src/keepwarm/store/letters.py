"""Letters to one person: every shape in our words or the user's own, and the ways to send them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from keepwarm import shapes
from keepwarm.core.reconnect import Candidate, Owner, drafts, linter
from keepwarm.core.reconnect.choose import Choice
from keepwarm.core.reconnect.shapes import Shape
from keepwarm.models import Draft, Fact, Person, Pick, Space, User
from keepwarm.store import occasions, people, today
from keepwarm.store import shapes as own_shapes

CHANNELS = ("mail", "whatsapp", "sms", "linkedin")  # which button comes first
LABELS = {
    "hello": "Just hello",
    "thread": "Pick up the thread",
    "saw_this": "Share something",
    "congratulate": "Congratulate",
    "promise": "A word kept",
    "thanks": "Say thank you",
    "just_met": "Good to meet you",
    "talk": "A conversation",
}


class Links(NamedTuple):
    """Where a letter can be opened; empty where there is no such way."""

    mail: str = ""
    linkedin: str = ""
    whatsapp: str = ""
    sms: str = ""


class Letter(NamedTuple):
    """One letter on offer, with the user's own words where they have begun to change it."""

    shape: str  # which of those on offer it is: its kind, or the key of an own shape
    label: str
    subject: str
    body: str
    current: bool
    kind: str = ""  # of LABELS
    name: str = ""  # of the shape it was made by


def write(
    who: Candidate,
    owner: Owner,
    day: date,
    channel: str,
    saved: dict[tuple[UUID, str], Draft],
    turn: int,
    *,
    own: Sequence[Shape] = (),
    taken: Collection[str] = (),
) -> list[Letter]:
    """Every kind that can be said truly, the user's own shapes first; on top is the one they have last worked on, else
    the first that none of today's others (`taken`) has on top."""
    made = {_key(draft): draft for draft in drafts.drafts(who, owner, day, channel, turn, own=own, taken=taken)}
    mine = [shape for person, shape in saved if person == who.id and shape in made]  # the last saved is last
    fresh = [key for key, draft in made.items() if not (draft.label and draft.name in taken)]
    current = next(iter([*reversed(mine), *fresh, *made]), "")
    found = []
    for key, draft in made.items():
        kept = saved.get((who.id, key))
        subject, body = (kept.subject, kept.body) if kept else (draft.subject, draft.body)
        label = draft.label or LABELS[draft.shape]
        found.append(Letter(key, label, subject, body, key == current, draft.shape, draft.name))
    return found


def _key(draft: drafts.Draft) -> str:
    return draft.name if draft.label else draft.shape


def write_set(
    whom: Sequence[Candidate],
    owner: Owner,
    day: date,
    channels: Sequence[str],
    saved: dict[tuple[UUID, str], Draft],
    own: Sequence[Shape],
) -> list[list[Letter]]:
    """The letters to the people of one day, in their places: no two of them open alike."""
    taken: set[str] = set()
    found = []
    for turn, (who, channel) in enumerate(zip(whom, channels, strict=True)):
        written = write(who, owner, day, channel, saved, turn, own=own, taken=taken)
        taken |= {letter.name for letter in written if letter.current or letter.shape == letter.kind}
        found.append(written)
    return found


def invite(
    who: Candidate, owner: Owner, times: Sequence[str], channel: str, saved: dict[tuple[UUID, str], Draft]
) -> Letter:
    """The one that proposes a conversation, at these times in words; the user's own, where they have changed it."""
    draft = drafts.talk(who, owner, times, channel)
    own = saved.get((who.id, "talk"))
    subject, body = (own.subject, own.body) if own else (draft.subject, draft.body)
    return Letter("talk", LABELS["talk"], subject, body, True, "talk")


def checks(letter: Letter, who: Candidate, channel: str) -> list[linter.Check]:
    """A letter that proposes a conversation is meant to ask."""
    kind = letter.kind or letter.shape
    made = linter.checks(drafts.Draft(kind, letter.subject, letter.body), who, channel)
    return [check for check in made if kind != "talk" or check.kind not in ("ask", "questions", "fact")]


def primary(ways: Links) -> str:
    return next((channel for channel in CHANNELS if getattr(ways, channel)), "mail")


def links(whose: Iterable[UUID]) -> dict[UUID, Links]:
    """The ways to each person, from the first address, number and profile that their facts name."""
    ids = list(whose)
    found: dict[UUID, dict[str, str]] = {id: {} for id in ids}
    facts = Fact.objects.filter(person__in=ids, ended_at=None, field__in=["email", "phone", "profile"])
    for fact in facts.exclude(key="").order_by("position", "id"):
        for channel, href in _hrefs(fact):
            found[fact.person_id].setdefault(channel, href)
    return {id: Links(**ways) for id, ways in found.items()}


def _hrefs(fact: Fact) -> Iterable[tuple[str, str]]:
    kind, _, key = fact.key.partition(":")
    if kind == "e":
        yield "mail", f"mailto:{quote(key, safe='@')}"
    elif kind == "l":
        yield "linkedin", f"https://www.linkedin.com/in/{quote(key)}"
    elif kind in ("p", "n") and "fax" not in fact.label and fact.label != "pager":
        yield "sms", f"sms:{key}"
        if kind == "p":
            yield "whatsapp", f"https://wa.me/{key.removeprefix('+')}"


def filled(ways: Links, letter: Letter | None) -> Links:
    """The ways with the letter in them; LinkedIn takes none, so the page copies it."""
    if letter is None:
        return ways
    subject, body = (quote(text.replace("\n", "\r\n"), safe="") for text in (letter.subject, letter.body))
    return Links(
        mail=ways.mail and f"{ways.mail}?subject={subject}&body={body}",
        linkedin=ways.linkedin,
        whatsapp=ways.whatsapp and f"{ways.whatsapp}?text={body}",
        sms=ways.sms and f"{ways.sms}?body={body}",
    )


def save(person: Person, user: User | None, shape: str, subject: str, body: str, now: datetime) -> None:
    """Keep the user's words for this person; an emptied draft goes back to ours."""
    mine = Draft.objects.filter(space_id=person.space_id, user=user, person=person, shape=shape)
    if not body.strip():
        mine.delete()
        return
    Draft.objects.update_or_create(
        space_id=person.space_id, user=user, person=person, shape=shape,
        defaults={"subject": subject[:500], "body": body[:20_000], "saved_at": now},
    )  # fmt: skip


def saved(whose: Iterable[UUID], user: User | None) -> dict[tuple[UUID, str], Draft]:
    """The user's own words by person and shape, the last saved at the end."""
    held = Draft.objects.filter(person__in=list(whose), user=user).order_by("saved_at")
    return {(draft.person_id, draft.shape): draft for draft in held}


def told(
    picks: Sequence[Pick | Choice], space: Space, owner: Owner, user: User | None, day: date
) -> list[dict[str, Any]]:
    """Picks as JSON says them, with the letter that is on top."""
    ids = [pick.person_id if isinstance(pick, Pick) else pick.candidate.id for pick in picks]
    known, ways = occasions.recipients(ids, space, user, day), links(ids)
    here = Person.objects.of(space).select_related("summary", "circle").in_bulk(ids)
    written = write_set(
        [known[id] for id in ids], owner, day, [primary(ways[id]) for id in ids], saved(ids, user),
        own_shapes.in_use(space, user),
    )  # fmt: skip
    return [
        _told(pick, known[id], owner, day, people.warmth(here[id], day), ways[id], letters)
        for pick, id, letters in zip(picks, ids, written, strict=True)
    ]


def _told(
    pick: Pick | Choice, who: Candidate, owner: Owner, day: date, warmth: int | None, ways: Links, written: list[Letter]
) -> dict[str, Any]:
    why = pick.reasons if isinstance(pick, Pick) else today.reasons_told(who, owner, day)
    top = next((letter for letter in written if letter.current), None)
    draft = {"shape": top.kind, "subject": top.subject, "body": top.body} if top else None
    links_ = {channel: href or None for channel, href in filled(ways, top)._asdict().items()}
    return shapes.pick(who, pick.slot, warmth, why, draft, links_)
