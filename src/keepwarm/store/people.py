"""People's rows: made from records, shown again when their facts change, edited, kept out, brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from keepwarm.core import facts, names
from keepwarm.core.facts import Source, Stated
from keepwarm.core.people import PersonRecord
from keepwarm.core.reconnect import factors
from keepwarm.models import Fact, Note, Person, Space, User
from keepwarm.store import bulk

# What the facts decide, in the order of `_shown`.
SHOWN = (
    "name", "given", "family", "folded", "title", "organisation", "organisation_key", "place", "known_since",
    "birthday", "birthday_in_year", "reach", "standing",
)  # fmt: skip
# The rest of a new person's columns, in the order of `row`.
COLUMNS = (
    "id", "space_id", *SHOWN, "is_organisation", "relation", "how_met", "trust", "important", "suggestions",
    "never", "version", "made_at", "made_by_id",
)  # fmt: skip
EDITABLE = ("name", "title", "organisation", "place")


class EditedElsewhere(Exception):
    """Someone has changed this person since the page was opened; nothing was saved."""


def row(id: str, space: Any, record: PersonRecord, stated: list[Stated], run: Any, made_at: Any) -> bulk.Row:
    """The cells of a new person, in the order of COLUMNS."""
    place = next((address.city for address in record.addresses if address.city), "")
    ways = facts.reach([(value.key, value.field, value.label) for value in stated if value.key])
    shown = _shown(
        {
            "name": record.name,
            "given": record.given,
            "family": record.family,
            "title": record.title,
            "organisation": record.organisation,
            "place": place,
            "known_since": record.known_since.isoformat() if record.known_since else "",
            "birthday": str(record.birthday or ""),
        },
        ways,
    )
    return (id, space, *shown, record.is_organisation, "", "", "", 0, 0, False, 1, made_at, run)


def _shown(chosen: Mapping[str, str], ways: facts.Reach, important: int = 0) -> bulk.Row:
    """The cells of SHOWN."""
    name, title, organisation = chosen["name"][:500], chosen["title"][:500], chosen["organisation"][:500]
    key, known_since = employer_key(organisation), chosen["known_since"] or None
    return (
        name, chosen["given"][:300], chosen["family"][:300], names.fold(name)[:500], title, organisation, key,
        chosen["place"][:300], known_since, chosen["birthday"][:10], birthday_in_year(chosen["birthday"]),
        int(ways),
        factors.standing(title=title, organisation_key=key, channels=_channels(ways), important=important),
    )  # fmt: skip


@cache
def _update_shown() -> str:
    cells = ", ".join(f"{name} = %s" for name in SHOWN)
    return f"UPDATE {bulk.table(Person)} SET {cells} WHERE id = %s"


def show_again(people: Iterable[str]) -> None:
    """Choose anew, among all that sources and the user say, what is shown of these people."""
    ids = list(dict.fromkeys(people))
    if not ids:
        return
    stated: dict[UUID, list[Fact]] = {}
    for fact in Fact.objects.filter(person_id__in=ids, ended_at=None).order_by("position"):
        stated.setdefault(fact.person_id, []).append(fact)
    marks = Person.objects.filter(id__in=ids).values_list("id", "important")
    rows = [
        (*_shown(_chosen(stated[id]), _ways(stated[id]), important), bulk.parameter(id))
        for id, important in marks
        if id in stated
    ]
    bulk.execute_each(_update_shown(), rows)


def _chosen(held: list[Fact]) -> dict[str, str]:
    """The value to show by field; given and family name come with the name that is shown."""
    values: dict[str, list[tuple[str, Source]]] = {}
    parts: dict[str, str] = {}
    for fact in held:
        source = Source(fact.source, fact.seen_at.isoformat())
        values.setdefault(fact.field, []).append((fact.value, source))
        if fact.field == "name":
            parts[fact.value] = fact.parts
        elif fact.field == "address" and (city := facts.city(fact.parts)):
            values.setdefault("place", []).append((city, source))
    single = ("name", "title", "organisation", "place", "known_since", "birthday")
    chosen = {field: facts.choose(values.get(field, []), field) for field in single}
    given, _, family = chosen["name"].partition(" ")
    split = facts.name_parts(parts[chosen["name"]]) or {"given": given, "family": family}
    return chosen | {"given": split["given"], "family": split["family"]}


def _ways(held: list[Fact]) -> facts.Reach:
    return facts.reach((fact.key, fact.field, fact.label) for fact in held if fact.key)


@lru_cache(maxsize=8192)
def employer_key(organisation: str) -> str:
    """core.names.organisation_key, remembered: a network has far fewer employers than people."""
    return names.organisation_key(organisation)[:500]


@lru_cache(maxsize=16)
def _channels(ways: int) -> tuple[str, ...]:
    return facts.Reach(ways).channels


def birthday_in_year(text: str) -> int | None:
    """Month × 100 + day of a PartialDate as text; None where either is missing."""
    month, _, day = text[-5:].partition("-")
    return int(month) * 100 + int(day) if len(month) == 2 and len(day) == 2 and (month + day).isdigit() else None


@transaction.atomic
def edit(person: Person, values: Mapping[str, str], version: int, now: datetime) -> list[str]:
    """Keep the user's own words for these fields over every source's; returns the fields that changed.

    An emptied field goes back to what the sources say. Raises EditedElsewhere where `version` is not
    the person's any more.
    """
    changed = [name for name in EDITABLE if name in values and values[name].strip() != getattr(person, name)]
    if not changed:
        return []
    if not Person.objects.filter(id=person.id, version=version).update(version=F("version") + 1, edited_at=now):
        raise EditedElsewhere
    for name in changed:
        _say(person, name, values[name].strip(), now)
    show_again([person.id.hex])
    return changed


def _say(person: Person, field: str, value: str, now: datetime) -> None:
    """Write down the user's own value, ending the one before; an empty one only ends it."""
    Fact.objects.filter(person=person, field=field, source=facts.USER, ended_at=None).update(ended_at=now)
    if value:
        Fact.objects.create(
            space_id=person.space_id, person=person, source=facts.USER, field=field, value=value, seen_at=now
        )


def add_note(person: Person, author: User | None, text: str, now: datetime) -> Note:
    return Note.objects.create(space_id=person.space_id, person=person, author=author, text=text.strip(), at=now)


def keep_out(person: Person, *, never: bool) -> None:
    """Leave someone out of suggestions, or let them in again."""
    Person.objects.filter(id=person.id).update(never=never)


def rest(person: Person, day: date, weeks: int) -> date:
    """Suggest someone again only after so many weeks; returns the day."""
    until = day + timedelta(weeks=weeks)
    Person.objects.filter(id=person.id).update(rests_until=until)
    return until


def count(space: Space) -> int:
    return Person.objects.of(space).here().count()
