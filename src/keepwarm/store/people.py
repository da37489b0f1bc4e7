"""People's rows: made from records, shown again when their facts change, edited, kept out, brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet

from keepwarm.core import facts, names
from keepwarm.core.facts import Stated
from keepwarm.core.people import PersonRecord
from keepwarm.core.reconnect import History, factors
from keepwarm.models import (
    Fact,
    ImportChange,
    ImportNews,
    Introduction,
    Note,
    Person,
    Phrase,
    Promise,
    Side,
    Space,
    Summary,
    User,
)
from keepwarm.store import bulk, search
from keepwarm.store.bulk import Among

# What the facts decide, in the order of `_shown`.
SHOWN = (
    "name", "given", "family", "folded", "title", "organisation", "organisation_key", "place", "known_since",
    "birthday", "birthday_in_year", "reach", "standing",
)  # fmt: skip
# The rest of a new person's columns, in the order of `row`.
COLUMNS = (
    "id", "space_id", *SHOWN, "is_organisation", "relation", "how_met", "trust", "important", "suggestions",
    "skips", "never", "version", "made_at", "made_by_id",
)  # fmt: skip
SINGLE = ("name", "title", "organisation", "place", "known_since", "birthday")
DECIDING = (*SINGLE, "address", "email", "phone", "profile")  # fields of which something is shown
TOGETHER = 500
REMOVED = "removed"  # the label of an ended fact: the user has removed this value, and it stays so, whoever says it


class Held(NamedTuple):
    """A fact, as far as showing a person needs it; a row of the model costs five times as much."""

    field: str
    value: str
    label: str
    key: str
    parts: str
    source: str
    origin: Any  # of who was taken into them


def row(id: str, space: Any, record: PersonRecord, stated: list[Stated], run: Any, made_at: Any) -> bulk.Row:
    """The cells of a new person, in the order of COLUMNS."""
    place = (record.kept and record.kept.place) or next((one.city for one in record.addresses if one.city), "")
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
    return (id, space, *shown, record.is_organisation, "", "", "", 0, 0, 0, False, 1, made_at, run)


def _shown(
    chosen: Mapping[str, str],
    ways: facts.Reach,
    important: int = 0,
    trust: str = "",
    relation: str = "",
    how_met: str = "",
) -> bulk.Row:
    """The cells of SHOWN."""
    name, title, organisation = chosen["name"][:500], chosen["title"][:500], chosen["organisation"][:500]
    key, known_since = employer_key(organisation), chosen["known_since"] or None
    return (
        name, chosen["given"][:300], chosen["family"][:300], names.fold(name)[:500], title, organisation, key,
        chosen["place"][:300], known_since, chosen["birthday"][:10], birthday_in_year(chosen["birthday"]),
        int(ways), _standing(title, key, int(ways), important, trust, relation, how_met),
    )  # fmt: skip


@cache
def _update_shown() -> str:
    cells = ", ".join(f"{name} = %s" for name in SHOWN)
    return f"UPDATE {bulk.table(Person)} SET {cells} WHERE id = %s"


def show_again(people: Iterable[str]) -> None:
    """Choose anew, among all that sources and the user say, what is shown of these people."""
    ids = list(dict.fromkeys(people))
    for at in range(0, len(ids), TOGETHER):
        _show_again(ids[at : at + TOGETHER])
    search.index(ids)


def _show_again(ids: list[str]) -> None:
    _keep_removed(ids)
    stated: dict[Any, list[Held]] = {}
    held = Fact.objects.filter(person_id__in=ids, ended_at=None, field__in=DECIDING)
    # Told at once by two who were joined, the kept one's own goes before.
    newest_first = held.order_by("-seen_at", "position", F("origin").asc(nulls_first=True), "id")
    for person, *columns in bulk.fetch(newest_first.values_list("person_id", *Held._fields)):
        stated.setdefault(person, []).append(Held(*columns))
    marks = bulk.fetch(Person.objects.filter(id__in=ids).values_list("id", *OWN))
    rows = [(*_shown(_chosen(stated[id]), _ways(stated[id]), *own), id) for id, *own in marks if id in stated]
    bulk.execute_each(_update_shown(), rows)


def weigh_again(ids: Iterable[UUID]) -> None:
    """Only their standing anew, for many whose relation has changed; many have the same, so it is written by value."""
    same: dict[float, list[UUID]] = {}
    held = Person.objects.filter(Among(F("id"), list(ids)))
    for id, was, title, key, reach, *own in held.values_list("id", "standing", *WEIGHED):
        now = _standing(title, key, reach, *own)
        if now != was:
            same.setdefault(now, []).append(id)
    for standing, some in same.items():
        Person.objects.filter(Among(F("id"), some)).update(standing=standing)


OWN = ("important", "trust", "relation", "how_met")  # marks that weigh
WEIGHED = ("title", "organisation_key", "reach", *OWN)


@lru_cache(maxsize=8192)
def _standing(title: str, key: str, reach: int, important: int, trust: str, relation: str, how_met: str) -> float:
    return factors.standing(
        title=title, organisation_key=key, channels=_channels(reach), important=important, trust=trust,
        relation=relation, how_met=how_met,
    )  # fmt: skip


def _keep_removed(ids: list[str]) -> None:
    """What the user has removed does not come back with a later file. It ends as it began, so that undo finds it."""
    removed = Fact.objects.filter(person_id__in=ids, source=facts.USER, label=REMOVED, ended_at__isnull=False)
    for fact in removed:
        same_value(fact).exclude(source=facts.USER).update(ended_at=F("seen_at"))


def same_value(fact: Fact) -> QuerySet[Fact]:
    """All that sources and user now say of the person that is this very value."""
    held = Fact.objects.filter(person_id=fact.person_id, field=fact.field, ended_at=None)
    return held.filter(key=fact.key) if fact.key else held.filter(value=fact.value)


def _chosen(held: list[Held]) -> dict[str, str]:
    """The value to show by field; given and family name come with the name that is shown."""
    values: dict[str, list[tuple[str, str]]] = {}
    parts: dict[str, str] = {}
    own = any(fact.field == "name" and not fact.origin for fact in held)
    for fact in held:
        if own and fact.origin and fact.field == "name":  # by their own name files know them again
            continue
        values.setdefault(fact.field, []).append((fact.value, fact.source))
        if fact.field == "name":
            parts[fact.value] = fact.parts
        elif fact.field == "address" and (city := facts.city(fact.parts)):
            values.setdefault("place", []).append((city, fact.source))
    chosen = {field: facts.choose(values.get(field, []), field) for field in SINGLE}
    given, _, family = chosen["name"].partition(" ")
    split = facts.name_parts(parts[chosen["name"]]) or {"given": given, "family": family}
    return chosen | {"given": split["given"], "family": split["family"]}


def _ways(held: list[Held]) -> facts.Reach:
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


def add_note(person: Person, author: User | None, text: str, now: datetime, *, private: bool = False) -> Note:
    note = Note.objects.create(
        space_id=person.space_id, person=person, author=author, text=text.strip(), at=now, private=private
    )
    search.index([person.id])
    return note


def forget_note(note: Note) -> None:
    """Take a note back at once, as if it had never been written."""
    Promise.objects.filter(note=note).delete()
    Phrase.objects.filter(note=note).delete()
    note.delete()
    search.index([note.person_id])


def keep_out(person: Person, *, never: bool) -> None:
    """Leave someone out of suggestions, or let them in again."""
    Person.objects.filter(id=person.id).update(never=never)


def rest(person: Person, day: date, weeks: int) -> date:
    """Suggest someone again only after so many weeks; returns the day."""
    until = day + timedelta(weeks=weeks)
    Person.objects.filter(id=person.id).update(rests_until=until)
    return until


def want_hello(person: Person, day: date | None) -> None:
    """They come up in Today, until offered or spoken to; None takes the wish back."""
    Person.objects.filter(id=person.id).update(hello_wanted_on=day)


def warmth(person: Person, day: date) -> int | None:
    """0–100 on that day, wherever it is shown; None without history. Fetch `person` with `summary` and `circle`."""
    return factors.warmth(history(person), day, person.own_rhythm, in_touch=person.in_touch_since is not None)


def history(person: Person) -> History | None:
    """The summary row as judgement reads it; None where nothing but wide mail is on record."""
    held: Summary | None = getattr(person, "summary", None)
    if held is None or held.last_on is None or held.first_on is None:
        return None
    return History(
        held.weeks, held.sent, held.received, held.answers, held.ambient90, held.first_on, held.last_on,
        held.gap_middle,
    )  # fmt: skip


def anybody(space: Space) -> bool:
    """Whether there is anyone at all. To count 50,000 people takes longer than the rest of a page."""
    return Person.objects.of(space).here().exists()


def erase(gone: QuerySet[Person]) -> None:
    """Delete people with all their rows. Their tables have no cascade in the database, so each is named."""
    for table in (ImportChange, ImportNews):  # which hang on the records that go
        table.objects.filter(record__person__in=gone)._raw_delete(gone.db)
    _erase_introductions(gone)
    for relation in Person._meta.related_objects:
        rows: Any = relation.related_model
        rows.objects.filter(**{f"{relation.field.name}__in": gone})._raw_delete(gone.db)
    gone._raw_delete(gone.db)


def _erase_introductions(gone: QuerySet[Person]) -> None:
    """With both sides: one alone is none, and its reason may name them."""
    ids = list(Side.objects.filter(person__in=gone).values_list("introduction_id", flat=True))
    for table, whose in ((Side, "introduction__in"), (Introduction, "id__in")):
        for at in range(0, len(ids), TOGETHER):
            table.objects.filter(**{whose: ids[at : at + TOGETHER]})._raw_delete(gone.db)


def to_trash(people: Iterable[UUID], now: datetime) -> int:
    """Put them in the trash; returns how many were not there yet. Nothing of theirs is lost for 90 days."""
    return Person.objects.here().filter(id__in=list(people)).update(deleted_at=now)


def bring_back(people: Iterable[UUID]) -> int:
    """Take them out of the trash, as they were; returns how many were in it."""
    return Person.objects.thrown_away().filter(id__in=list(people)).update(deleted_at=None)
