"""What an export of ours tells of people beyond what an address book does: marks, notes and history, onto rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from keepwarm.core.facts import USER
from keepwarm.core.people import Kept, KeptAsk, KeptDoor, KeptNote, KeptPhrase, KeptPromise, KeptTouch
from keepwarm.models import (
    Ask,
    Circle,
    Door,
    Event,
    Feed,
    FirstMeeting,
    ImportRun,
    Item,
    Note,
    Person,
    Phrase,
    Promise,
    Share,
    Space,
    Touch,
)
from keepwarm.models.ids import new_hex
from keepwarm.store import bulk, circles, interests, introductions, people, rhythm, search, summaries
from keepwarm.store.bulk import Among

OWN_TOUCH = "keepwarm:"  # before the id of a touch that no file told of, in a file that we write
UNMARKED = Kept().marks


class Told(NamedTuple):
    """Of whom something is told. Only someone new is marked: of others the user here has the word."""

    person: str  # 32 hexadecimal digits
    kept: Kept
    new: bool


def write(space: Space, run: UUID, told: Iterable[Told], now: datetime) -> None:
    """Store what is not here yet; the same export twice changes nothing. To be called within a transaction."""
    whole = list(told)
    if not whole:
        return
    author = ImportRun.objects.values_list("user_id", flat=True).get(id=run)
    _mark(space, [one for one in whole if one.new and one.kept.marks != UNMARKED], timezone.localdate(now))
    noted = [
        Note(space=space, person_id=UUID(person), author_id=author, run_id=run, **note._asdict())
        for person, note in _fresh_notes(whole, space)
    ]
    Note.objects.bulk_create(noted, batch_size=500)
    promised = [
        Promise(space=space, person_id=UUID(person), author_id=author, run_id=run, **promise._asdict())
        for person, promise in _fresh_promises(whole, space)
    ]
    Promise.objects.bulk_create(promised, batch_size=500)
    said = [
        Phrase(space=space, person_id=UUID(person), author_id=author, run_id=run, **phrase._asdict())
        for person, phrase in _fresh_phrases(whole, space)
    ]
    Phrase.objects.bulk_create(said, batch_size=500)
    _write_met(whole, space, now)
    _write_feeds(whole, space, now)
    touched = list(_fresh_touches(whole, space))
    _insert(touched, space, run, author, now)
    _write_shares(whole, space, author)
    _write_asks(whole, space, run, author)
    _write_doors(whole, space, run, author)
    sides = [(UUID(one.person), side) for one in whole for side in one.kept.sides]
    introductions.restore(space, run, author, sides)
    summaries.of(space.id, {UUID(person) for person, _ in touched}, timezone.localtime(now).date())
    index = {note.person_id.hex for note in noted} | {one.person_id.hex for one in said}
    search.index(index | {person for person, touch in touched if touch.line})
    interests.changed(person for person, touch in touched if touch.context)


def _mark(space: Space, told: list[Told], today: date) -> None:
    """Their standing, words and the day on which it is time follow from it."""
    if not told:
        return
    named = _circles(space, {one.kept.circle: one.kept.cadence for one in told if one.kept.circle})
    bulk.execute_each(
        f"UPDATE {bulk.table(Person)} SET relation = %s, how_met = %s, trust = %s, trust_declined = %s, "
        "important = %s, never = %s, rests_until = %s, cadence = %s, in_touch_since = %s, circle_id = %s WHERE id = %s",
        [
            (kept.relation, kept.how_met, kept.trust, kept.trust_declined, kept.important, kept.never, kept.rests_until,
             kept.rhythm, kept.in_touch_since, named.get(kept.circle), person)
            for person, kept, _ in told
        ],
    )  # fmt: skip
    people.show_again(one.person for one in told)
    rhythm.place(space.id, [UUID(one.person) for one in told], today)


def _circles(space: Space, wanted: Mapping[str, int | None]) -> dict[str, object]:
    """The circles of these names, as SQL takes their ids; those that are missing come after the others."""
    held = circles.of(space) if wanted else []
    there = {circle.name for circle in held}
    missing = [(name, days) for name, days in wanted.items() if name not in there]
    held += [
        Circle.objects.create(space=space, name=name, cadence=days, position=place)
        for place, (name, days) in enumerate(missing, len(held))
    ]
    return {circle.name: bulk.parameter(circle.id) for circle in held}


def _fresh_notes(told: list[Told], space: Space) -> Iterator[tuple[str, KeptNote]]:
    before = [UUID(one.person) for one in told if one.kept.notes and not one.new]
    rows = Note.objects.filter(Among(F("person"), before), space=space).values_list("person_id", "at", "text")
    held = {(person.hex, at, text) for person, at, text in rows}
    for person, kept, _ in told:
        for note in kept.notes:
            if (mark := (person, note.at, note.text)) not in held:
                held.add(mark)
                yield person, note


def _fresh_promises(told: list[Told], space: Space) -> Iterator[tuple[str, KeptPromise]]:
    before = [UUID(one.person) for one in told if one.kept.promises and not one.new]
    rows = Promise.objects.filter(Among(F("person"), before), space=space)
    held = {(person.hex, *mark) for person, *mark in rows.values_list("person_id", "made_at", "whose", "text")}
    for person, kept, _ in told:
        for promise in kept.promises:
            if (mark := (person, promise.made_at, promise.whose, promise.text)) not in held:
                held.add(mark)
                yield person, promise


def _write_asks(told: list[Told], space: Space, run: UUID, author: UUID | None) -> None:
    """After the touches, by which some of them were asked."""
    having = [one for one in told if one.kept.asks]
    people = [UUID(one.person) for one in having]
    rows = Ask.objects.filter(Among(F("person"), people), space=space).values_list("person_id", "made_at", "text")
    held = set(rows)
    touches = _by_id(space, [UUID(one.person) for one in having if any(ask.touch for ask in one.kept.asks)])
    Ask.objects.bulk_create(
        [
            Ask(
                space=space, person_id=person, author_id=author, run_id=run, **_without(ask, "touch"),
                touch_id=touches.get((person, ask.touch)),
            )
            for person, ask in _each_once(having, held)
        ],
        batch_size=500,
    )  # fmt: skip


def _each_once(told: list[Told], held: set[tuple[UUID, datetime, str]]) -> Iterator[tuple[UUID, KeptAsk]]:
    for person, kept, _ in told:
        for ask in kept.asks:
            if (mark := (UUID(person), ask.made_at, ask.text)) not in held:
                held.add(mark)
                yield UUID(person), ask


def _by_id(space: Space, people: list[UUID]) -> dict[tuple[UUID, str], UUID]:
    """The touches of these people by the ids that they may have in an export."""
    found: dict[tuple[UUID, str], UUID] = {}
    mine = Touch.objects.filter(Among(F("person"), people), space=space)
    for id, person, external_id in mine.values_list("id", "person_id", "external_id"):
        found[person, external_id or f"{OWN_TOUCH}{id}"] = id
    return found


def _write_doors(told: list[Told], space: Space, run: UUID, author: UUID | None) -> None:
    """After the asks, of which some of them came. One that was taken away here stays away."""
    having = [one for one in told if one.kept.doors]
    people = [UUID(one.person) for one in having]
    held = set(Door.objects.filter(Among(F("person"), people), space=space).values_list("person_id", "made_at", "text"))
    asked = Ask.objects.filter(Among(F("person"), people), space=space).values_list("person_id", "made_at", "id")
    asks = {(person, made_at): id for person, made_at, id in asked}
    fresh = [
        Door(
            space=space, person_id=UUID(person), author_id=author, run_id=run, **_without(door, "ask"),
            ask_id=asks.get((UUID(person), door.ask)) if door.ask else None,
        )
        for person, kept, _ in having
        for door in dict.fromkeys(kept.doors)
        if (UUID(person), door.made_at, door.text) not in held
    ]  # fmt: skip
    Door.objects.bulk_create(fresh, batch_size=500)


def _without(told: KeptAsk | KeptDoor, name: str) -> dict[str, object]:
    return {field: value for field, value in told._asdict().items() if field != name}


def _fresh_phrases(told: list[Told], space: Space) -> Iterator[tuple[str, KeptPhrase]]:
    before = [UUID(one.person) for one in told if one.kept.phrases and not one.new]
    rows = Phrase.objects.filter(Among(F("person"), before), space=space).values_list("person_id", "kind", "text")
    held = {(person.hex, kind, text) for person, kind, text in rows}
    for person, kept, _ in told:
        for phrase in kept.phrases:
            if (mark := (person, phrase.kind, phrase.text)) not in held:
                held.add(mark)
                yield person, phrase


def _write_met(told: list[Told], space: Space, now: datetime) -> None:
    """How they met, of those of whom it is not told here yet; several share one event again."""
    met = {one.person: one.kept.met for one in told if one.kept.met}
    held = FirstMeeting.objects.filter(Among(F("person"), [UUID(person) for person in met]), space=space)
    here = {person.hex for person in held.values_list("person_id", flat=True)}
    events = {(event.name, event.day): event for event in Event.objects.filter(space=space)} if met else {}
    for person, meeting in met.items():
        if person in here:
            continue
        mark = (meeting.event, meeting.event_on or meeting.on)
        if meeting.event and mark not in events:
            events[mark] = Event.objects.create(
                space=space, name=meeting.event, day=mark[1], place=meeting.event_place, note=meeting.event_note,
                made_at=now,
            )  # fmt: skip
        FirstMeeting.objects.create(
            space=space, person_id=UUID(person), event=events.get(mark), on=meeting.on, let_go_at=meeting.let_go_at,
            made_at=now,
        )  # fmt: skip


def _write_feeds(told: list[Told], space: Space, now: datetime) -> None:
    rows = [
        Feed(space=space, person_id=UUID(one.person), url=url, title=title, next_at=now, made_at=now)
        for one in told for url, title in one.kept.feeds
    ]  # fmt: skip
    Feed.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _write_shares(told: list[Told], space: Space, author: UUID | None) -> None:
    """Of items that are here; the touches are written, and are known by the ids that the export gave them."""
    shares = [(UUID(one.person), share) for one in told for share in one.kept.shares]
    if not shares:
        return
    held = Item.objects.of(space).filter(Among(F("key"), [share.item for _, share in shares]))
    items = dict(held.values_list("key", "id"))
    touches = _touches_by_id(space, [(person, share.touch) for person, share in shares if share.touch])
    rows = [
        Share(
            space=space, item_id=items[share.item], person_id=person, user_id=author, given_at=share.given_at,
            touch_id=touches.get((person, share.touch)), made_at=share.made_at,
        )
        for person, share in shares if share.item in items
    ]  # fmt: skip
    Share.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _touches_by_id(space: Space, wanted: list[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    ids = [external_id for _, external_id in wanted]
    held = Touch.objects.filter(Among(F("person"), [person for person, _ in wanted]), space=space)
    found = held.filter(Among(F("external_id"), ids)).values_list("person_id", "external_id", "id")
    return {(person, external_id): id for person, external_id, id in found}


def _fresh_touches(told: list[Told], space: Space) -> Iterator[tuple[str, KeptTouch]]:
    before = [UUID(one.person) for one in told if one.kept.touches and not one.new]
    held = set(_held(space, before))
    for person, kept, _ in told:
        for touch in kept.touches:
            if (mark := (person, touch.external_id)) not in held:
                held.add(mark)
                yield person, touch


def _held(space: Space, ids: list[UUID]) -> Iterator[tuple[str, str]]:
    """The touches of these people, each by the ids that it may have in an export; also deleted ones."""
    mine = Touch.objects.filter(Among(F("person"), ids), space=space)
    for id, person, external_id in mine.values_list("id", "person_id", "external_id"):
        yield person.hex, external_id
        yield person.hex, f"{OWN_TOUCH}{id}"


def _insert(touched: list[tuple[str, KeptTouch]], space: Space, run: UUID, author: UUID | None, now: datetime) -> None:
    whole = {
        "space_id": bulk.parameter(space.id), "author_id": bulk.parameter(author) if author else None,
        "run_id": bulk.parameter(run), "made_at": bulk.moment(now),
    }  # fmt: skip
    rows = [
        (id, person, *whole.values(), *touch._replace(at=bulk.moment(touch.at), source=touch.source or USER))
        for id, (person, touch) in zip(new_hex(len(touched)), touched, strict=True)
    ]
    bulk.insert_new(Touch, ("id", "person_id", *whole, *KeptTouch._fields), rows)
