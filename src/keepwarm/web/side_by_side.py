"""Two or more people beside each other: what is the same, what differs, what of it can be shown only once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from keepwarm.core.people import PartialDate
from keepwarm.models import Fact, Person, Photo, Space, User
from keepwarm.store import duplicates
from keepwarm.web import cards, dates

KEPT = {"email": "E-mail", "phone": "Phone", "profile": "Profile", "place": "Place", "birthday": "Birthday"}
TAG = "category"
SOURCES = cards.SOURCES | {"google": "Google", "outlook": "Outlook", "mail": "your mail", "csv": "a table"}
SAID = {"birthday": "Born {}", "anniversary": "Anniversary {}", "known_since": "Known since {}"}
ROLE = ("title", "organisation")


class Side(NamedTuple):
    """One of those who may be the same."""

    id: UUID
    face: cards.Face
    told_by: str
    values: list[str]
    history: str


class Option(NamedTuple):
    id: UUID  # of whom it is told
    text: str
    told: str
    shown: bool  # by joining, if nobody chooses


class Choice(NamedTuple):
    """Something of which only one can be shown."""

    field: str
    label: str
    options: list[Option]


class Row(NamedTuple):
    """What both say, or what each says of it; None for one who says nothing."""

    cells: list[cards.Line | None]


class SideBySide(NamedTuple):
    sides: list[Side]
    choices: list[Choice]
    rows: list[Row]
    history: str


Told = dict[UUID, list[Fact]]


def of(space: Space, viewer: User, people: Sequence[Person], day: date) -> SideBySide:
    """`people`: the one who would be kept first."""
    ids = [person.id for person in people]
    told: Told = {id: [] for id in ids}
    for fact in Fact.objects.filter(person__in=ids, ended_at=None).order_by("position", "id"):
        told[fact.person_id].append(fact)
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    lived = duplicates.lived(space, viewer, ids)
    sides = [
        Side(
            id=person.id,
            face=cards.face(person, day, person.id in photos),
            told_by=_told_by(told[person.id]),
            values=list(dict.fromkeys(told_as(fact) for fact in told[person.id] if fact.field in KEPT)),
            history=_history([lived[person.id]], _tags(told[person.id])),
        )
        for person in people
    ]
    tags = {tag for facts in told.values() for tag in _tags(facts)}
    return SideBySide(sides, _choices(people, told), _rows(people, told), _history(list(lived.values()), tags))


def source(name: str) -> str:
    return SOURCES.get(name, name.capitalize())


def _told_by(facts: list[Fact]) -> str:
    sources = dict.fromkeys(source(fact.source) for fact in facts)
    return f"From {', '.join(list(sources)[:3])}" if sources else ""


def _tags(facts: list[Fact]) -> set[str]:
    return {fact.key for fact in facts if fact.field == TAG}


def _history(lived: list[duplicates.Lived], tags: set[str]) -> str:
    counts = [*map(sum, zip(*lived, strict=True)), len(tags)]
    named = ("touch", "touches"), ("note", "notes"), ("promise", "promises"), ("tag", "tags")
    return ", ".join(
        f"{count:,} {words[count != 1]}" for count, words in zip(counts, named, strict=True) if count
    )  # fmt: skip


def _choices(people: Sequence[Person], told: Told) -> list[Choice]:
    """The name and the role, where they differ."""
    if len(people) != 2:
        return []
    shown = duplicates.would_show(people)
    found = []
    for field, label in (("name", "Name"), ("role", "Role")):
        said = [(person, str(getattr(person, field))) for person in people]
        options = [
            Option(person.id, value, _when(person, field, told[person.id]), person.id == shown[field])
            for person, value in said
            if value
        ]
        if len({option.text for option in options}) > 1:
            found.append(Choice(field, label, options))
    return found


def _when(person: Person, field: str, facts: list[Fact]) -> str:
    """From which source, and as of when."""
    fields = ROLE if field == "role" else (field,)
    telling = [fact for fact in facts if fact.field in fields and fact.value == getattr(person, fact.field)]
    if not telling:
        return ""
    last = max(telling, key=duplicates.weight)
    return f"from {source(last.source)}, {timezone.localtime(last.seen_at):%B %Y}"


# What is kept of both


def _values(facts: list[Fact]) -> dict[str, dict[str, str]]:
    """What is told of each field, by what makes two of its values the same."""
    found: dict[str, dict[str, str]] = {field: {} for field in KEPT}
    for fact in facts:
        if fact.field in KEPT:
            found[fact.field].setdefault(fact.key or fact.value, written(fact))
    return found


def _rows(people: Sequence[Person], told: Told) -> list[Row]:
    if len(people) != 2:
        return []
    one, other = (_values(told[person.id]) for person in people)
    return _role(people) + [row for field, label in KEPT.items() for row in _rows_of(label, one[field], other[field])]


def _role(people: Sequence[Person]) -> list[Row]:
    """Where there is nothing to choose."""
    one, other = (person.role for person in people)
    if one and other:
        return [Row([cards.Line("Role, the same on both", one)])] if one == other else []
    return [Row([cards.Line("Role", role) if role else None for role in (one, other)])] if one or other else []


def _rows_of(label: str, one: dict[str, str], other: dict[str, str]) -> list[Row]:
    both = [Row([cards.Line(f"{label}, the same on both", one[key])]) for key in one if key in other]
    left, right = ([said[key] for key in said if not (key in one and key in other)] for said in (one, other))
    more = f"{label}, both are kept" if left and right else label
    each = [
        Row([cards.Line(more, text) if text else None for text in pair]) for pair in zip_longest(left, right)
    ]  # fmt: skip
    return both + each


def told_as(fact: Fact) -> str:
    """Where no label stands beside it."""
    return SAID.get(fact.field, "{}").format(written(fact))


def written(fact: Fact) -> str:
    """A day as the user writes it; an address of the web without what all of them begin with."""
    if fact.field in SAID and (day := PartialDate.of(fact.value)):
        return dates.partial(day)
    return fact.value.removeprefix("https://").removeprefix("http://").removeprefix("www.")
