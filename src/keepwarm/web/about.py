"""What is known of a person as rows to read and put right: each value with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from django.utils import timezone

from keepwarm.core.facts import USER, city
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import reasons
from keepwarm.models import Fact, Person
from keepwarm.store.edits import MARKS, SEVERAL, SPOKEN, spoken
from keepwarm.web import cards, dates

# In the order of the page. What the user alone can say comes first.
LABELS = {
    "relation": "Relation", "how_met": "How you met", "trust": "Trust", "important": "To you", "circle_id": "Circle",
    "known_since": "Known since", "name": "Name", "nickname": "Called", "title": "Role", "organisation": "Works at",
    "department": "Department", "place": "Place", "birthday": "Birthday", "anniversary": "Anniversary",
    "email": "E-mail", "phone": "Phone", "profile": "Profile", "link": "Web", "handle": "Messenger",
    "address": "Address", "category": "Tags",
}  # fmt: skip
IMPORTANT = [("", "not marked"), ("1", "someone to keep"), ("2", "important"), ("3", "very important")]
BETWEEN = (*MARKS, "known_since")
# What can be added with one press, and how the press reads.
ADDING = {
    "email": "E-mail", "phone": "Phone", "link": "Link", "category": "Tag", "birthday": "Birthday", "title": "Role",
    "organisation": "Employer", "place": "Place", "how_met": "How you met", "relation": "Relation", "trust": "Trust",
    "important": "How important", "circle_id": "Circle",
}  # fmt: skip


class Value(NamedTuple):
    """One value; `what` is how the page asks to edit it, empty where it cannot be."""

    text: str
    what: str
    href: str = ""
    source: str = ""
    news: int = 0  # the fact that is newer than the user's word: to be taken over or left
    since: str = ""


class Row(NamedTuple):
    field: str
    label: str
    values: list[Value]
    news: list[Value]  # what a source says otherwise: kept beside the user's own


class About(NamedTuple):
    between: list[Row]
    known: list[Row]
    adding: list[tuple[str, str]]
    tags: list[str]
    notes: list[str]


def about(person: Person, facts: list[Fact], has_circles: bool) -> About:
    """`facts`: all that is said of the person now, in its order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.field, []).append(fact)
    rows = [row for field in LABELS if (row := _row(person, field, found))]
    there = {row.field for row in rows}
    return About(
        between=[row for row in rows if row.field in BETWEEN],
        known=[row for row in rows if row.field not in BETWEEN],
        adding=[
            (what, label)
            for what, label in ADDING.items()
            if (what in SEVERAL or what not in there) and (what != "circle_id" or has_circles)
        ],
        tags=list(dict.fromkeys(fact.value for fact in found.get("category", []))),
        notes=list(dict.fromkeys(fact.value for fact in found.get("note", []))),
    )


def _row(person: Person, field: str, found: dict[str, list[Fact]]) -> Row | None:
    held = found.get(field, [])
    if field in MARKS:
        text = marked(person, field)
        return Row(field, LABELS[field], [Value(text, field)], []) if text else None
    if field in SPOKEN:
        return _spoken_row(person, field, held, found.get("address", []))
    return Row(field, LABELS[field], _together(held, editable=field in SEVERAL), []) if held else None


def marked(person: Person, field: str) -> str:
    """One of the user's own marks in words; empty where there is none."""
    if field == "trust":
        return person.get_trust_display() if person.trust else ""
    if field == "important":
        return dict(IMPORTANT)[str(min(person.important, 3))] if person.important else ""
    if field == "circle_id":
        return person.circle.name if person.circle else ""
    return spoken(person, field)


def _spoken_row(person: Person, field: str, held: list[Fact], addresses: list[Fact]) -> Row | None:
    shown = spoken(person, field)
    if not shown:
        return None
    sources = [fact.source for fact in held if fact.value == shown]
    if field == "place":
        sources += [fact.source for fact in addresses if city(fact.parts) == shown]
    text = said(Fact(field=field, value=shown))
    mine = max((fact.seen_at for fact in held if fact.source == USER), default=None)
    news = {(fact.value, fact.source): _news(fact, mine) for fact in held if fact.value != shown}
    return Row(field, LABELS[field], [Value(text, field, "", _listed(sources))], list(news.values()))


def _news(fact: Fact, mine: datetime | None) -> Value:
    """What a source says otherwise; where the user has not seen that when they wrote their own, with the choice."""
    value = Value(said(fact), "", "", source_name(fact.source))
    if mine is None or fact.seen_at <= mine or fact.source == USER:
        return value
    told = timezone.localtime(fact.seen_at).date()
    told = min(told, fact.record.as_of or told) if fact.record else told
    return value._replace(news=fact.pk, since=dates.near(told, timezone.localdate()))


def _together(held: Iterable[Fact], *, editable: bool) -> list[Value]:
    """Every value once, with all who say it."""
    same: dict[str, list[Fact]] = {}
    for fact in held:
        same.setdefault(fact.key or fact.value, []).append(fact)
    return [
        Value(
            said(facts[0]),
            f"{facts[0].field}.{facts[0].id}" if editable else "",
            href(facts[0]),
            _listed(fact.source for fact in facts),
        )
        for facts in same.values()
    ]


def _listed(sources: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(source_name(source) for source in sources))


def source_name(source: str) -> str:
    """ "linkedin-connections" reads LinkedIn."""
    return next((name for key, name in cards.SOURCES.items() if source.startswith(key)), source)


def said(fact: Fact) -> str:
    """The value as one reads it."""
    if fact.field in ("birthday", "anniversary"):
        day = PartialDate.of(fact.value)
        return dates.partial(day) if day else fact.value
    if fact.field == "known_since":
        return reasons.month_year(datetime.fromisoformat(fact.value).date())
    if fact.field in ("link", "profile"):
        return fact.value.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return f"{fact.value} ({fact.label})" if fact.label and fact.field in ("email", "phone", "handle") else fact.value


def href(fact: Fact) -> str:
    """Where a value leads, where it leads anywhere."""
    if fact.field == "email":
        return f"mailto:{quote(fact.key[2:], safe='@')}" if fact.key else ""
    if fact.field == "phone":
        return f"tel:{fact.key[2:]}" if fact.key else ""
    if fact.field in ("link", "profile"):
        return fact.value if fact.value.startswith(("http://", "https://")) else ""
    return ""
