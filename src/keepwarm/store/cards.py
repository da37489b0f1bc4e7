"""People as cards that can be compared: what all their sources and the user say of each, brought together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from keepwarm.core import facts, identity
from keepwarm.core.identity import Card, Light
from keepwarm.core.people import Address, PartialDate, PersonRecord, Value
from keepwarm.models import Fact, Person
from keepwarm.store import bulk
from keepwarm.store.bulk import Among

TOGETHER = 2_000  # people in memory with all that is said of them
COMPARED = ("name", "email", "phone", "profile", "address", "nickname")
SHOWN = ("id", "name", "given", "family", "organisation", "title", "birthday")


def of(space: UUID, ids: Sequence[UUID], country: str = "") -> list[Card]:
    """In the order of the ids. `country` tells which a phone number without one is of."""
    found: list[Card] = []
    for at in range(0, len(ids), TOGETHER):
        found += _some(space, ids[at : at + TOGETHER], country)
    return found


def lights(space: UUID) -> list[Light]:
    """Of everyone, what one row of theirs says: 50,000 at once."""
    held = Person.objects.filter(space=space, deleted_at=None, is_organisation=False).order_by()
    columns = ("id", "name", "given", "family", "organisation_key", "place", "birthday")
    return [Light(_id(row[0]), *row[1:]) for row in bulk.fetch(held.values_list(*columns))]


def _id(stored: Any) -> UUID:
    """As this database keeps it."""
    return stored if isinstance(stored, UUID) else UUID(hex=stored)


def _some(space: UUID, ids: Sequence[UUID], country: str) -> list[Card]:
    said: dict[UUID, dict[str, list[tuple[str, str, str]]]] = {id: {} for id in ids}
    sources: dict[UUID, set[str]] = {id: set() for id in ids}
    held = Fact.objects.filter(Among(F("person"), list(ids)), space=space, ended_at=None, field__in=COMPARED)
    columns = ("person_id", "field", "value", "label", "parts", "source")
    for person, field, value, label, parts, source in bulk.fetch(held.order_by("position", "id").values_list(*columns)):
        id = _id(person)
        said[id].setdefault(field, []).append((value, label, parts))
        sources[id].add(source)
    shown = {row[0]: row[1:] for row in Person.objects.filter(Among(F("id"), list(ids))).values_list(*SHOWN)}
    return [identity.card(_record(shown[id], said[id]), _source(sources[id]), country) for id in ids]


def _source(told: Iterable[str]) -> str:
    """The one that tells of them: nobody lists a person twice. Of several none."""
    several = set(told) - {facts.USER}
    return several.pop() if len(several) == 1 else ""


def _record(shown: Sequence[Any], said: dict[str, list[tuple[str, str, str]]]) -> PersonRecord:
    name, given, family, organisation, title, birthday = shown
    parts = next((parts for value, _, parts in said.get("name", ()) if value == name), "")
    named = facts.name_parts(parts) or {"given": given, "family": family}
    nick = said["nickname"][0][0] if "nickname" in said else ""
    more: dict[str, Any] = {
        many: tuple(Value(value, label) for value, label, _ in said.get(field, ()))
        for field, many in (("email", "emails"), ("phone", "phones"), ("profile", "profiles"))
    }
    held = (one for one in said.get("address", ()) if one[2])
    more |= {"addresses": tuple(Address(text, label, *parts.split("\t")) for text, label, parts in held), **named}
    return PersonRecord(
        0, name, nickname=nick, organisation=organisation, title=title, birthday=PartialDate.of(birthday), **more
    )
