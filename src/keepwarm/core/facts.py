"""The values that a record states of a person, and which of several to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntFlag
from typing import Any, NamedTuple

from keepwarm.core import identity
from keepwarm.core.names import fold
from keepwarm.core.people import Address, PartialDate, PersonRecord, Value


class Stated(NamedTuple):
    """One value of one field. `key` is set where it may tell that two cards are one person."""

    field: str
    value: str
    label: str = ""
    key: str = ""
    # Of a name: given, middle, family, prefix, suffix. Of an address: street, city, region, postcode,
    # country. A tab between.
    parts: str = ""


class Reach(IntFlag):
    """The ways in which someone can be written to."""

    MAIL = 1
    LINKEDIN = 2
    WHATSAPP = 4
    SMS = 8

    @property
    def channels(self) -> tuple[str, ...]:
        """ "mail", "linkedin", "whatsapp", "sms": those that are open."""
        return tuple((way.name or "").lower() for way in Reach if way in self)


# Where people keep their job up to date themselves; other sources speak of it second.
JOB_SOURCES = ("linkedin",)
JOB_FIELDS = frozenset({"organisation", "title", "department"})
USER = "user"


def stated(record: PersonRecord, country: str = "") -> list[Stated]:
    """All values of a record, in the order to show them."""
    names = (record.given, record.middle, record.family, record.prefix, record.suffix)
    found = [Stated("name", record.name, "", "", "\t".join(names) if any(names) else "")]
    for value, label in record.emails:
        found.append(Stated("email", value, label, identity.email_key(value)))
    for value, label in record.phones:
        found.append(Stated("phone", value, label, identity.phone_key(value, country)))
    for value, label in record.profiles:
        found.append(Stated("profile", value, label, identity.profile_key(value)))
    for field in ("organisation", "title"):
        if text := getattr(record, field):
            found.append(Stated(field, text))
    if record.kept and record.kept.place:
        found.append(Stated("place", record.kept.place))
    for address in record.addresses:
        found.append(Stated("address", address.text, address.label, "", "\t".join(address[2:])))
    if record.note:
        found.append(Stated("note", record.note))
    for value, label in record.links:
        found.append(Stated("link", value, label))
    return found + _seldom(record)


def tag_key(tag: str) -> str:
    """`t:` and the tag, folded: "Client" and "client" are one tag. It finds people, and joins none."""
    return f"t:{fold(tag)}"[:200]


SELDOM = ("nickname", "department")


def _seldom(record: PersonRecord) -> list[Stated]:
    """What few records have; kept apart because an import calls `stated` for every person."""
    found = [Stated(field, text) for field in SELDOM if (text := getattr(record, field))]
    found += [Stated("handle", value, label) for value, label in record.handles]
    found += [Stated("category", category, "", tag_key(category)) for category in record.categories]
    for field in ("birthday", "anniversary", "known_since"):
        if (day := getattr(record, field)) is not None:
            found.append(Stated(field, str(day)))
    return found


def reach(values: Iterable[tuple[str, str, str]]) -> Reach:
    """How someone can be written to, from (key, field, label) of their values.

    WhatsApp needs a number with its country; a fax or pager takes no message.
    """
    found = 0
    for key, field, label in values:
        if field == "email":
            found |= 1
        elif field == "phone" and "fax" not in label and label != "pager":
            found |= 12 if key.startswith("p:") else 8
        elif key.startswith("l:"):
            found |= 2
    return Reach(found)


def choose(values: Sequence[tuple[str, str]], field: str) -> str:
    """The value to show of one field: the user's own, else the best source's newest, else none.

    `values` are each with its source, the last seen first. The job goes by LinkedIn before address books.
    """
    if len(values) < 2:  # nearly always, and an import asks for each person
        return values[0][0] if values else ""
    return max(values, key=lambda item: _weight(field, item[1]))[0]


def _weight(field: str, source: str) -> tuple[bool, bool]:
    return source == USER, field in JOB_FIELDS and source.startswith(JOB_SOURCES)


def shared_keys(values: Iterable[Stated]) -> list[str]:
    """What another card of the same person would share, without repeats: e-mails, profiles, then phones."""
    return sorted({value.key for value in values if value.key and value.key[0] != "t"}, key=_key_order)


def _key_order(key: str) -> tuple[int, str]:
    return "elupn".index(key[0]), key


def record(values: Iterable[tuple[str, str, str, str]], where: int = 0) -> PersonRecord:
    """The way back, for export: a record of (field, value, label, parts), the best of each field first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for field, value, label, parts in values:
        found.setdefault(field, []).append((value, label, parts))
    single: dict[str, Any] = {name: found[name][0][0] for name in (*SELDOM, *SINGLE) if name in found}
    several: dict[str, Any] = {
        name: tuple(Value(value, label) for value, label, _ in found.get(field, [])) for field, name in SEVERAL.items()
    }
    single |= name_parts(found["name"][0][2] if "name" in found else "")
    return PersonRecord(
        where=where,
        **single,
        **several,
        addresses=tuple(Address(text, label, *parts.split("\t")) for text, label, parts in found.get("address", [])),
        categories=tuple(value for value, _, _ in found.get("category", [])),
        birthday=_partial(found, "birthday"),
        anniversary=_partial(found, "anniversary"),
        known_since=date.fromisoformat(found["known_since"][0][0]) if "known_since" in found else None,
    )


SINGLE = ("name", "organisation", "title", "note")
NAME_PARTS = ("given", "middle", "family", "prefix", "suffix")
SEVERAL = {"email": "emails", "phone": "phones", "profile": "profiles", "link": "links", "handle": "handles"}


def name_parts(parts: str) -> dict[str, str]:
    """A name's parts by what they are."""
    return dict(zip(NAME_PARTS, parts.split("\t"), strict=True)) if parts else {}


def city(parts: str) -> str:
    """The town of an address's parts."""
    return parts.split("\t")[1] if parts else ""


def _partial(found: dict[str, list[tuple[str, str, str]]], field: str) -> PartialDate | None:
    return PartialDate.of(found[field][0][0]) if field in found else None
