"""Letters to one person: every shape in our words or the user's own, and the ways to send them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from keepwarm import shapes
from keepwarm.core.reconnect import Candidate, Owner, drafts, linter
from keepwarm.core.reconnect.choose import Choice
from keepwarm.models import Draft, Fact, Person, Pick, Space, User
from keepwarm.store import people, today

CHANNELS = ("mail", "whatsapp", "sms", "linkedin")  # which button comes first
LABELS = {
    "hello": "Just hello",
    "thread": "Pick up the thread",
    "saw_this": "Share something",
    "congratulate": "Congratulate",
    "talk": "A conversation",
}


class Links(NamedTuple):
    """Where a letter can be opened; empty where there is no such way."""

    mail: str = ""
    linkedin: str = ""
    whatsapp: str = ""
    sms: str = ""


class Letter(NamedTuple):
    """One shape of the draft, with the user's own words where they have begun to change it."""

    shape: str
    label: str
    subject: str
    body: str
    current: bool


def write(
    who: Candidate, owner: Owner, day: date, channel: str, saved: dict[tuple[UUID, str], Draft], turn: int
) -> list[Letter]:
    """Every shape that can be said truly; the one the user has last worked on, else the first, is on top."""
    made = drafts.drafts(who, owner, day, channel, turn)
    shapes_made = {draft.shape for draft in made}
    mine = [shape for person, shape in saved if person == who.id and shape in shapes_made]  # the last saved is last
    current = mine[-1] if mine else made[0].shape if made else ""
    found = []
    for draft in made:
        own = saved.get((who.id, draft.shape))
        subject, body = (own.subject, own.body) if own else (draft.subject, draft.body)
        found.append(Letter(draft.shape, LABELS[draft.shape], subject, body, draft.shape == current))
    return found


def invite(
    who: Candidate, owner: Owner, times: Sequence[str], channel: str, saved: dict[tuple[UUID, str], Draft]
) -> Letter:
    """The one that proposes a conversation, at these times in words; the user's own, where they have changed it."""
    draft = drafts.talk(who, owner, times, channel)
    own = saved.get((who.id, "talk"))
    subject, body = (own.subject, own.body) if own else (draft.subject, draft.body)
    return Letter("talk", LABELS["talk"], subject, body, True)


def checks(letter: Letter, who: Candidate, channel: str) -> list[linter.Check]:
    """A letter that proposes a conversation is meant to ask."""
    made = linter.checks(drafts.Draft(letter.shape, letter.subject, letter.body), who, channel)
    return [check for check in made if letter.shape != "talk" or check.kind not in ("ask", "questions")]


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
    known, ways, own = today.candidates_of(ids, space, user, day), links(ids), saved(ids, user)
    here = Person.objects.of(space).select_related("summary", "circle").in_bulk(ids)
    return [
        _told(
            pick, known[id], owner, day, people.warmth(here[id], day), ways[id],
            write(known[id], owner, day, primary(ways[id]), own, turn),
        )
        for turn, (pick, id) in enumerate(zip(picks, ids, strict=True))
    ]  # fmt: skip


def _told(
    pick: Pick | Choice, who: Candidate, owner: Owner, day: date, warmth: int | None, ways: Links, written: list[Letter]
) -> dict[str, Any]:
    why = pick.reasons if isinstance(pick, Pick) else today.reasons_told(who, owner, day)
    top = next((letter for letter in written if letter.current), None)
    draft = {"shape": top.shape, "subject": top.subject, "body": top.body} if top else None
    links_ = {channel: href or None for channel, href in filled(ways, top)._asdict().items()}
    return shapes.pick(who, pick.slot, warmth, why, draft, links_)
