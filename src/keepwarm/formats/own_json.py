"""Our own JSON: everything that is known of everyone, one person a line, and back again without a loss."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO, TypeVar

from keepwarm.core import rhythm, shelf
from keepwarm.core.people import (
    Address,
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
    Photo,
    Value,
)
from keepwarm.formats import json_walk, table, text
from keepwarm.formats.batch import Batch, Format, Problem, Sample, Unreadable

BATCH = 500  # people
ITEMS = 200  # of the shelf, each with the words of its page
PEOPLE, SHELF, MAGAZINES = LISTS = (("people",), ("shelf",), ("magazines",))
MOST_TOUCHES = 20_000  # of a batch, from which on it has no further person
VERSION = 1
_TEXTS = (
    *("name", "external_id", "given", "middle", "family", "prefix", "suffix", "nickname", "organisation"),
    *("department", "title", "note"),
)
_SEVERAL = ("emails", "phones", "links", "profiles", "handles")
_TRUST = frozenset(("", "knows", "trusts", "opens"))
_CHANNELS = frozenset(("mail", "linkedin", "whatsapp", "sms", "call", "meeting", "other"))
_DIRECTIONS, _BALANCES = frozenset(("out", "in", "both")), frozenset(("give", "ask", "neutral"))
_ITEM_STATES = frozenset(("waiting", "read", "unreadable"))
_WHOSE = frozenset(("mine", "theirs", "wish"))
_OUTCOMES = frozenset(("", "yes", "no", "silence", "dropped"))
_DOORS = frozenset(("referral", "introduction", "work", "advice", "other"))
_ANSWERS = frozenset(("", "yes", "no"))
_WHYS = frozenset(("need", "interest", "moved", "role", "hand"))
_PHRASES = frozenset({"need", "offer", "interest"})
_LONGEST_CADENCE = 3650  # days
_LONGEST_RHYTHM = rhythm.LONGEST
T = TypeVar("T")
_PICTURES = frozenset(("image/jpeg", "image/png", "image/gif", "image/webp"))
_START = re.compile(r'[\s\ufeff]*\{\s*"keepwarm"\s*:\s*\d')


# Writing


def write(
    records: Iterable[PersonRecord], items: Iterable[KeptItem] = (), magazines: Iterable[Value] = ()
) -> Iterator[str]:
    """A JSON object with the list `people`, and before it the shelf; what is not known of a person is left out."""
    yield f'{{"keepwarm": {VERSION}'
    yield from _list_of("shelf", (_told(item._asdict()) for item in items))
    yield from _list_of("magazines", (_known(magazine._asdict()) for magazine in magazines))
    yield ', "people": ['
    yield from _lines(_object(record) for record in records)
    yield "\n]}\n"


def _list_of(name: str, objects: Iterable[dict[str, object]]) -> Iterator[str]:
    """One that is empty is left out."""
    lines = _lines(objects)
    first = next(lines, None)
    if first is not None:
        yield f', "{name}": [{first}'
        yield from lines
        yield "\n]"


def _lines(objects: Iterable[dict[str, object]]) -> Iterator[str]:
    comma = "\n"
    for told in objects:
        yield comma + json.dumps(told, ensure_ascii=False)
        comma = ",\n"


def _object(record: PersonRecord) -> dict[str, object]:
    values: dict[str, object] = {field: getattr(record, field) for field in _TEXTS}
    for field in _SEVERAL:
        values[field] = [_known(value._asdict()) for value in getattr(record, field)]
    values["addresses"] = [_known(address._asdict()) for address in record.addresses]
    values["categories"] = list(record.categories)
    values["birthday"], values["anniversary"] = str(record.birthday or ""), str(record.anniversary or "")
    values["known_since"] = record.known_since and record.known_since.isoformat()
    values["revised"] = record.revised and record.revised.isoformat()
    values["is_organisation"] = record.is_organisation
    if record.kept:
        values |= _kept(record.kept)
    if record.photo:
        data = base64.b64encode(record.photo.data).decode()
        values["photo"] = {"media_type": record.photo.media_type, "data": data}
    return _known(values)


def _kept(kept: Kept) -> dict[str, object]:
    """The user's own marks beside the other values, and the history."""
    values = dict(zip(Kept._fields, kept.marks, strict=False))
    for name in ("rests_until", "in_touch_since"):
        day = values[name]
        values[name] = day.isoformat() if isinstance(day, date) else None
    values["notes"] = [_dated(note._asdict()) for note in kept.notes]
    values["touches"] = [_dated(touch._asdict()) for touch in kept.touches]
    values["sides"] = [_told(side._asdict()) for side in kept.sides]
    values["phrases"] = [_told(phrase._asdict()) for phrase in kept.phrases]
    values["promises"] = [_told(promise._asdict()) for promise in kept.promises]
    values["met"] = _told(kept.met._asdict()) if kept.met else None
    values["asks"] = [_told(ask._asdict()) for ask in kept.asks]
    values["doors"] = [_told(door._asdict()) for door in kept.doors]
    values["feeds"] = [_known(feed._asdict()) for feed in kept.feeds]
    values["shares"] = [_told(share._asdict()) for share in kept.shares]
    return values


def _dated(values: dict[str, Any]) -> dict[str, object]:
    return _known(values | {"at": values["at"].isoformat()})


def _told(values: dict[str, Any]) -> dict[str, object]:
    """With every day and moment as text."""
    return _known({name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()})


def _known(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


# Reading


def recognise(sample: Sample) -> bool:
    return sample.head[:1] in b"{\xef \n\r\t" and _START.match(text.start(sample.head[:4096])) is not None


def read(file: BinaryIO) -> Iterator[Batch]:
    """The people of an export. What is not as it was written costs that one thing."""
    lines = text.Decoded(file)
    batch, row, touches = Batch(), 0, 0
    for path, value in json_walk.values(lines, lambda path: path in LISTS):
        if path == ("keepwarm",) and isinstance(value, int) and value > VERSION:
            raise Unreadable(
                "This export was made by a newer Keepwarm.",
                "Bring this Keepwarm up to date, then choose the file again.",
            )
        if path in (SHELF, MAGAZINES):
            _Reading(0, value, batch.problems).beside(path, batch)
            if len(batch.items) < ITEMS:
                continue
            batch.at = lines.at
            yield batch
            batch, touches = Batch(), 0
        if path != PEOPLE:
            continue
        row += 1
        if person := _Reading(row, value, batch.problems).person():
            batch.people.append(person)
            touches += len(person.kept.touches) if person.kept else 0
        if row % BATCH == 0 or touches >= MOST_TOUCHES:
            batch.at = lines.at
            yield batch
            batch, touches = Batch(), 0
    batch.at = lines.at
    yield batch


class _Reading:
    """One object of the list, into a person."""

    def __init__(self, row: int, said: object, problems: list[Problem]) -> None:
        self._row, self._problems = row, problems
        self._said: dict[str, Any] = said if isinstance(said, dict) else {}

    def beside(self, path: json_walk.Path, batch: Batch) -> None:
        """One thing of the shelf, or what is followed for it."""
        try:
            if path == SHELF:
                batch.items.append(_item(self._said))
            else:
                batch.magazines.append(_feed(self._said))
        except (KeyError, ValueError, TypeError, AttributeError):
            said = table.shown(str(self._said))
            message = f"Something on the shelf is not as Keepwarm writes it: {said}."
            self._problems.append(Problem(0, path[0], message, "It was left out; the others came in."))

    def person(self) -> PersonRecord | None:
        name = self._text("name")
        if not name:
            message = f"Person {self._row} of this file has no name, so nobody was added."
            self._problems.append(Problem(self._row, "name", message, "Export the people once more."))
            return None
        return PersonRecord(
            where=self._row,
            name=name,
            external_id=self._text("external_id"),
            given=self._text("given"),
            middle=self._text("middle"),
            family=self._text("family"),
            prefix=self._text("prefix"),
            suffix=self._text("suffix"),
            nickname=self._text("nickname"),
            emails=self._values("emails"),
            phones=self._values("phones"),
            links=self._values("links"),
            profiles=self._values("profiles"),
            handles=self._values("handles"),
            organisation=self._text("organisation"),
            department=self._text("department"),
            title=self._text("title"),
            note=self._text("note"),
            addresses=self._addresses(),
            categories=tuple(item for item in self._list("categories", str) if item),
            birthday=self._when("birthday", _partial),
            anniversary=self._when("anniversary", _partial),
            known_since=self._when("known_since", date.fromisoformat),
            revised=self._when("revised", _aware),
            photo=self._photo(),
            is_organisation=self._said.get("is_organisation") is True,
            kept=self._kept(),
        )

    def _kept(self) -> Kept | None:
        kept = Kept(
            relation=self._text("relation")[:50],
            how_met=self._text("how_met")[:500],
            trust=self._one_of("trust", _TRUST),
            trust_declined=self._one_of("trust_declined", _TRUST),
            important=self._number("important", 3) or 0,
            place=self._text("place")[:300],
            circle=self._text("circle")[:100],
            cadence=self._number("cadence", _LONGEST_CADENCE),
            never=self._said.get("never") is True,
            rests_until=self._when("rests_until", date.fromisoformat),
            rhythm=self._number("rhythm", _LONGEST_RHYTHM),
            in_touch_since=self._when("in_touch_since", date.fromisoformat),
            notes=tuple(self._each("notes", _note)),
            touches=tuple(self._each("touches", _touch)),
            promises=tuple(self._each("promises", _promise)),
            met=self._met(),
            feeds=tuple(self._each("feeds", _feed)),
            phrases=tuple(self._each("phrases", _phrase)),
            sides=tuple(self._each("sides", _side)),
            shares=tuple(self._each("shares", _share)),
            asks=tuple(self._each("asks", _ask)),
            doors=tuple(self._each("doors", _door)),
        )
        return kept if kept != Kept() else None

    def _met(self) -> KeptMeeting | None:
        said = self._said.get("met")
        try:
            return _meeting(said) if said is not None else None
        except (KeyError, ValueError, TypeError, AttributeError):
            self._wrong("met", said)
            return None

    def _one_of(self, field: str, known: frozenset[str]) -> str:
        said = self._text(field)
        if said in known:
            return said
        self._wrong(field, said)
        return ""

    def _number(self, field: str, largest: int) -> int | None:
        said = self._said.get(field)
        if said is None or (isinstance(said, int) and 0 <= said <= largest):
            return said
        self._wrong(field, said)
        return None

    def _each(self, field: str, reads: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        """One that is not as it was written costs only itself."""
        for item in self._list(field, dict):
            try:
                yield reads(item)
            except (KeyError, ValueError, TypeError, AttributeError):
                self._wrong(field, item)

    def _text(self, field: str) -> str:
        said = self._said.get(field, "")
        if isinstance(said, str):
            return said.strip()
        self._wrong(field, said)
        return ""

    def _list(self, field: str, kind: type) -> list[Any]:
        said = self._said.get(field, [])
        if isinstance(said, list) and all(isinstance(item, kind) for item in said):
            return said
        self._wrong(field, said)
        return []

    def _values(self, field: str) -> tuple[Value, ...]:
        found = (Value(_str(item, "value"), _str(item, "label")) for item in self._list(field, dict))
        return tuple(value for value in found if value.value)

    def _addresses(self) -> tuple[Address, ...]:
        found = (Address(*(_str(item, part) for part in Address._fields)) for item in self._list("addresses", dict))
        return tuple(address for address in found if address.text)

    def _when(self, field: str, reads: Callable[[str], Any]) -> Any:
        said = self._text(field)
        try:
            return reads(said) if said else None
        except ValueError:
            self._wrong(field, said)
            return None

    def _photo(self) -> Photo | None:
        said = self._said.get("photo")
        if said is None:
            return None
        if isinstance(said, dict) and said.get("media_type") in _PICTURES:
            try:
                return Photo(binascii.a2b_base64(_str(said, "data"), strict_mode=True), said["media_type"])
            except ValueError:
                pass  # told below, as any other thing that is no picture
        self._wrong("photo", "")
        return None

    def _wrong(self, field: str, said: object) -> None:
        message = f"{field} of person {self._row} is not as Keepwarm writes it: {table.shown(str(said))}."
        self._problems.append(Problem(self._row, field, message, "The person was kept without it."))


def _note(item: dict[str, Any]) -> KeptNote:
    return KeptNote(_aware(item["at"]), _filled(item["text"]), item.get("private") is True)


def _touch(item: dict[str, Any]) -> KeptTouch:
    """Raises ValueError for what no touch can be."""
    return KeptTouch(
        external_id=_filled(item["external_id"])[:200],
        at=_aware(item["at"]),
        channel=_among(item["channel"], _CHANNELS),
        direction=_among(item["direction"], _DIRECTIONS),
        kind=_str(item, "kind")[:16],
        balance=_among(item.get("balance", "neutral"), _BALANCES),
        context=_str(item, "context")[:500],
        line=_str(item, "line"),
        ambient=item.get("ambient") is True,
        source=_str(item, "source")[:32],
        private=item.get("private") is True,
    )


def _promise(item: dict[str, Any]) -> KeptPromise:
    whose, text = _among(item["whose"], _WHOSE), _str(item, "text")[:500]
    return KeptPromise(
        whose=whose,
        text=text if whose == "wish" else _filled(text),
        due_on=date.fromisoformat(item["due_on"]) if item.get("due_on") else None,
        made_at=_aware(item["made_at"]),
        done_at=_aware(item["done_at"]) if item.get("done_at") else None,
        let_go_at=_aware(item["let_go_at"]) if item.get("let_go_at") else None,
        private=item.get("private") is True,
    )


def _ask(item: dict[str, Any]) -> KeptAsk:
    return KeptAsk(
        text=_filled(item["text"])[:500],
        made_at=_aware(item["made_at"]),
        touch=_str(item, "touch")[:200],
        outcome=_among(_str(item, "outcome"), _OUTCOMES),
        settled_at=_aware(item["settled_at"]) if item.get("settled_at") else None,
        asked_after_on=date.fromisoformat(item["asked_after_on"]) if item.get("asked_after_on") else None,
        private=item.get("private") is True,
    )


def _door(item: dict[str, Any]) -> KeptDoor:
    return KeptDoor(
        kind=_among(item["kind"], _DOORS),
        text=_filled(item["text"])[:500],
        on=date.fromisoformat(item["on"]),
        made_at=_aware(item["made_at"]),
        ask=_aware(item["ask"]) if item.get("ask") else None,
        private=item.get("private") is True,
    )


def _side(item: dict[str, Any]) -> KeptSide:
    days = ("introduced_at", "met_at", "thanked_at", "dropped_at", "asked_at", "answered_at")
    return KeptSide(
        position=1 if item.get("position") else 0,
        made_at=_aware(item["made_at"]),
        why=_among(item["why"], _WHYS),
        reason=_str(item, "reason")[:500],
        said=_str(item, "said")[:300],
        private=item.get("private") is True,
        answer=_among(_str(item, "answer"), _ANSWERS),
        **{day: _aware(item[day]) if item.get(day) else None for day in days},
    )


def _phrase(item: dict[str, Any]) -> KeptPhrase:
    return KeptPhrase(
        kind=_among(item["kind"], _PHRASES),
        text=_filled(item["text"])[:200],
        said_on=date.fromisoformat(item["said_on"]),
        made_at=_aware(item["made_at"]),
        ended_at=_aware(item["ended_at"]) if item.get("ended_at") else None,
        thrown_away_at=_aware(item["thrown_away_at"]) if item.get("thrown_away_at") else None,
        private=item.get("private") is True,
    )


def _meeting(item: dict[str, Any]) -> KeptMeeting:
    return KeptMeeting(
        on=date.fromisoformat(item["on"]),
        event=_str(item, "event")[:200],
        event_on=date.fromisoformat(item["event_on"]) if item.get("event_on") else None,
        event_place=_str(item, "event_place")[:200],
        event_note=_str(item, "event_note"),
        let_go_at=_aware(item["let_go_at"]) if item.get("let_go_at") else None,
    )


def _feed(item: dict[str, Any]) -> Value:
    """Only an address of the web is ever fetched."""
    url = _filled(item["value"])
    if not url.startswith(("http://", "https://")) or len(url) > 1000:
        raise ValueError(url)
    return Value(url, _str(item, "label")[:300])


def _item(item: dict[str, Any]) -> KeptItem:
    """Raises ValueError for what no item can be. Only an address of the web is ever fetched."""
    url = _str(item, "url")
    if url and not (shelf.address(url) and len(url) <= shelf.LONGEST_ADDRESS):
        raise ValueError(url)
    return KeptItem(
        key=_filled(item["key"])[:64],
        title=_filled(item["title"])[:500],
        made_at=_aware(item["made_at"]),
        url=url,
        written_by=_str(item, "written_by")[:300],
        site=_str(item, "site")[:200],
        summary=_str(item, "summary"),
        words=_str(item, "words")[: shelf.LONGEST_WORDS],
        note=_str(item, "note"),
        published_on=date.fromisoformat(item["published_on"]) if item.get("published_on") else None,
        source=_str(item, "source")[:32],
        state=_among(item.get("state", "read"), _ITEM_STATES),
        trouble=_str(item, "trouble"),
        fix=_str(item, "fix"),
        external_id=_str(item, "external_id")[:200],
        private=item.get("private") is True,
        put_away_at=_aware(item["put_away_at"]) if item.get("put_away_at") else None,
    )


def _share(item: dict[str, Any]) -> KeptShare:
    given = _aware(item["given_at"]) if item.get("given_at") else None
    return KeptShare(_filled(item["item"])[:64], _aware(item["made_at"]), given, _str(item, "touch")[:200])


def _filled(said: str) -> str:
    if not said.strip():
        raise ValueError(said)
    return said.strip()


def _among(said: str, known: frozenset[str]) -> str:
    if said not in known:
        raise ValueError(said)
    return said


def _str(item: dict[str, object], name: str) -> str:
    said = item.get(name, "")
    return said.strip() if isinstance(said, str) else ""


def _partial(said: str) -> PartialDate | None:
    """The date, if there is such a day: a leap year stands in for a year that is not known."""
    day = PartialDate.of(said)
    if day:
        date(day.year or 2000, day.month or 1, day.day or 1)
    return day


def _aware(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError(said)
    return moment


FORMAT = Format("keepwarm-json", "Keepwarm export", "keepwarm", recognise, read)
