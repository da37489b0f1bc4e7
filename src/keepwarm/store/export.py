"""People as records again, for a file to take along, and everything between them and the user."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from keepwarm.core import facts, people
from keepwarm.core.people import (
    Kept,
    KeptAsk,
    KeptDoor,
    KeptItem,
    KeptMeeting,
    KeptNote,
    KeptPhrase,
    KeptPromise,
    KeptShare,
    KeptSide,
    KeptTouch,
    PartialDate,
    PersonRecord,
)
from keepwarm.models import (
    Ask,
    Door,
    Fact,
    Feed,
    FirstMeeting,
    Introduction,
    Item,
    Magazine,
    Note,
    Person,
    Photo,
    Phrase,
    Promise,
    Share,
    Side,
    Space,
    Touch,
    User,
)
from keepwarm.store.kept import OWN_TOUCH
from keepwarm.store.records import OWN_ID

AT_ONCE = 500
NOTHING = Kept()
WHOLE_AT_ONCE = 100  # people, each with all their touches


def records(space: Space) -> Iterator[PersonRecord]:
    """Everyone who is not in the trash, by name; a few hundred in memory at a time."""
    for start, ids in _people(space, AT_ONCE):
        yield from _records(ids, start)


def everything(space: Space, viewer: User | None) -> Iterator[PersonRecord]:
    """As `records`, with the marks, notes and touches of each that `viewer` may see."""
    for start, ids in _people(space, WHOLE_AT_ONCE):
        kept = _kept(space, ids, viewer)
        for id, record in zip(ids, _records(ids, start), strict=True):
            yield record._replace(kept=kept[id] if kept[id] != NOTHING else None)


def shelf(space: Space, viewer: User | None) -> Iterator[KeptItem]:
    """All that `viewer` may see of it, also what was put away; the oldest first."""
    held = Item.objects.of(space).seen_by(viewer).order_by("made_at", "key")
    for cells in held.values_list(*KeptItem._fields).iterator(AT_ONCE):
        yield KeptItem(*cells)


def magazines(space: Space) -> Iterator[people.Value]:
    for url, title in Magazine.objects.filter(space=space).order_by("made_at", "url").values_list("url", "title"):
        yield people.Value(url, title)


def _people(space: Space, together: int) -> Iterator[tuple[int, list[UUID]]]:
    ids = list(Person.objects.of(space).here().by_name().values_list("id", flat=True))
    return ((start, ids[start : start + together]) for start in range(0, len(ids), together))


def _records(ids: list[UUID], start: int) -> Iterator[PersonRecord]:
    here = Person.objects.in_bulk(ids)
    values: dict[UUID, list[tuple[str, str, str, str]]] = {id: [] for id in ids}
    held = Fact.objects.filter(person__in=ids, ended_at=None).order_by("position", "id")
    for person_id, field, value, label, parts in held.values_list("person_id", "field", "value", "label", "parts"):
        if (said := (field, value, label, parts)) not in values[person_id]:
            values[person_id].append(said)
    photos = {photo.person_id: photo for photo in Photo.objects.filter(person__in=ids)}
    for where, id in enumerate(ids, start + 1):
        person, photo = here[id], photos.get(id)
        told = facts.record(values[id], where)
        yield told._replace(
            # What is shown is what the user's edits and the best source say.
            name=person.name, given=person.given, family=person.family, title=person.title,
            organisation=person.organisation, birthday=PartialDate.of(person.birthday),
            known_since=person.known_since, external_id=f"{OWN_ID}{id}", is_organisation=person.is_organisation,
            photo=people.Photo(bytes(photo.data), photo.media_type) if photo else None,
        )  # fmt: skip


def _kept(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, Kept]:
    notes, touches = _notes(space, ids, viewer), _touches(space, ids, viewer)
    promises, met, feeds = _promises(space, ids, viewer), _met(space, ids), _feeds(space, ids)
    shares = _shares(space, ids, viewer)
    asks, doors = _asks(space, ids, viewer), _doors(space, ids, viewer)
    here = Person.objects.select_related("circle").in_bulk(ids)
    phrases, sides = _phrases(space, ids, viewer), _sides(space, ids, viewer)
    cities = _first_cities(ids)
    return {
        id: Kept(
            relation=who.relation, how_met=who.how_met, trust=who.trust, important=who.important,
            place=who.place if who.place != cities.get(id, "") else "",
            circle=who.circle.name if who.circle else "", cadence=who.circle.cadence if who.circle else None,
            never=who.never, rests_until=who.rests_until, rhythm=who.cadence, in_touch_since=who.in_touch_since,
            trust_declined=who.trust_declined,
            notes=tuple(notes.get(id, ())), touches=tuple(touches.get(id, ())),
            promises=tuple(promises.get(id, ())), met=met.get(id), feeds=tuple(feeds.get(id, ())),
            phrases=tuple(phrases.get(id, ())), sides=tuple(sides.get(id, ())),
            shares=tuple(shares.get(id, ())),
            asks=tuple(asks.get(id, ())), doors=tuple(doors.get(id, ())),
        )
        for id, who in here.items()
    }  # fmt: skip


def _first_cities(ids: list[UUID]) -> dict[UUID, str]:
    """The town that an address book would show of each."""
    found: dict[UUID, str] = {}
    held = Fact.objects.filter(person__in=ids, field="address", ended_at=None).order_by("position", "id")
    for person, parts in held.values_list("person_id", "parts"):
        if city := facts.city(parts):
            found.setdefault(person, city)
    return found


def _notes(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptNote]]:
    found: dict[UUID, list[KeptNote]] = {}
    held = Note.objects.filter(space=space, person__in=ids, deleted_at=None).seen_by(viewer).order_by("at", "text")
    for person, *cells in held.values_list("person_id", *KeptNote._fields):
        found.setdefault(person, []).append(KeptNote(*cells))
    return found


def _promises(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptPromise]]:
    """Also those that are done: what was kept is history."""
    found: dict[UUID, list[KeptPromise]] = {}
    held = Promise.objects.of(space).filter(person__in=ids).seen_by(viewer).order_by("made_at", "text")
    for person, *cells in held.values_list("person_id", *KeptPromise._fields):
        found.setdefault(person, []).append(KeptPromise(*cells))
    return found


def _asks(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptAsk]]:
    """Each with the touch by which it was asked, as the touches of the same person name it."""
    found: dict[UUID, list[KeptAsk]] = {}
    held = Ask.objects.of(space).filter(person__in=ids).seen_by(viewer).order_by("made_at", "text")
    for ask in held.select_related("touch"):
        touch = (ask.touch.external_id or f"{OWN_TOUCH}{ask.touch.id}") if ask.touch else ""
        found.setdefault(ask.person_id, []).append(
            KeptAsk(ask.text, ask.made_at, touch, ask.outcome, ask.settled_at, ask.asked_after_on, ask.private)
        )
    return found


def _doors(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptDoor]]:
    found: dict[UUID, list[KeptDoor]] = {}
    held = Door.objects.of(space).filter(person__in=ids).seen_by(viewer).order_by("made_at", "text")
    cells = ("kind", "text", "on", "made_at", "ask__made_at", "private")
    for person, *told in held.values_list("person_id", *cells):
        found.setdefault(person, []).append(KeptDoor(*told))
    return found


def _sides(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptSide]]:
    """Of the introductions that `viewer` may see."""
    found: dict[UUID, list[KeptSide]] = {}
    seen = Introduction.objects.filter(space=space).seen_by(viewer)
    held = Side.objects.filter(introduction__in=seen, person__in=ids).order_by("introduction__made_at", "id")
    own = {"position", "asked_at", "answer", "answered_at"}
    cells = [name if name in own else f"introduction__{name}" for name in KeptSide._fields]
    for person, *told in held.values_list("person_id", *cells):
        found.setdefault(person, []).append(KeptSide(*told))
    return found


def _phrases(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptPhrase]]:
    """Also those that are over or thrown away, or they would be asked about again."""
    found: dict[UUID, list[KeptPhrase]] = {}
    held = Phrase.objects.of(space).filter(person__in=ids).seen_by(viewer).order_by("made_at", "text")
    for person, *cells in held.values_list("person_id", *KeptPhrase._fields):
        found.setdefault(person, []).append(KeptPhrase(*cells))
    return found


def _met(space: Space, ids: list[UUID]) -> dict[UUID, KeptMeeting]:
    """The day of the first meeting, and its event with what all who were there share."""
    event = ("event__name", "event__day", "event__place", "event__note")
    held = FirstMeeting.objects.filter(space=space, person__in=ids)
    rows = held.values_list("person_id", "on", *event, "let_go_at")
    return {
        person: KeptMeeting(on, name or "", day, place or "", note or "", let_go)
        for person, on, name, day, place, note, let_go in rows
    }


def _feeds(space: Space, ids: list[UUID]) -> dict[UUID, list[people.Value]]:
    found: dict[UUID, list[people.Value]] = {}
    held = Feed.objects.filter(space=space, person__in=ids).order_by("made_at", "url")
    for person, url, title in held.values_list("person_id", "url", "title"):
        found.setdefault(person, []).append(people.Value(url, title))
    return found


def _shares(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptShare]]:
    """Of items that `viewer` may see."""
    found: dict[UUID, list[KeptShare]] = {}
    seen = Item.objects.of(space).seen_by(viewer)
    held = Share.objects.filter(space=space, person__in=ids, item__in=seen).order_by("made_at", "item__key")
    cells = ("person_id", "item__key", "made_at", "given_at", "touch_id", "touch__external_id")
    for person, item, made_at, given_at, touch, external_id in held.values_list(*cells):
        named = external_id or (f"{OWN_TOUCH}{touch}" if touch else "")
        found.setdefault(person, []).append(KeptShare(item, made_at, given_at, named))
    return found


def _touches(space: Space, ids: list[UUID], viewer: User | None) -> dict[UUID, list[KeptTouch]]:
    found: dict[UUID, list[KeptTouch]] = {}
    held = Touch.objects.filter(space=space, person__in=ids, deleted_at=None).seen_by(viewer)
    ordered = held.order_by("at", "external_id", "id")
    for person, id, *cells in ordered.values_list("person_id", "id", *KeptTouch._fields):
        touch = KeptTouch(*cells)
        named = touch if touch.external_id else touch._replace(external_id=f"{OWN_TOUCH}{id}")
        found.setdefault(person, []).append(named)
    return found
