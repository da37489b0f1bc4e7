"""The list of people: narrowed down, found, sorted, in pages, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce, Left

from keepwarm.core.facts import Reach, tag_key
from keepwarm.core.names import organisation_key
from keepwarm.models import Fact, Person, Photo, Space, Summary, Touch, User
from keepwarm.models.people import PersonQuerySet, by_bytes
from keepwarm.store import bulk, search, touches
from keepwarm.store.bulk import Among

PAGE = 50
TOP = 12  # values of a kind that are counted and offered
LETTERS = 60
SPELLINGS = 500
ALL = 1_000_000
EAST = "\u2e80"  # from here on signs are too many for an index of letters
NONE = "none"

YEAR = 365
TOUCHED = {"quarter": (0, 91), "lapsing": (92, YEAR), "dormant": (YEAR + 1, 100 * YEAR)}  # days ago
KNOWN = {"1": (0, 1), "5": (1, 5), "10": (5, 10), "more": (10, 200)}  # years ago
MISSING: dict[str, Q] = {
    "email": ~Q(reach__in=[way for way in range(16) if way & Reach.MAIL]),
    "phone": ~Q(reach__in=[way for way in range(16) if way & Reach.SMS]),
    "company": Q(organisation=""),
    "place": Q(place=""),
    "circle": Q(circle=None),
    "touch": Q(summary=None),
}
SORTS = ("name", "quiet", "recent", "known", "new", "company")
BY = {
    "quiet": ("summary__last_on", False),
    "recent": ("summary__last_on", True),
    "known": ("known_since", False),
    "company": ("organisation_key", False),
}  # by which column, and whether downwards


class Narrow(NamedTuple):
    """What the list is narrowed down to; empty narrows nothing."""

    circle: str = ""  # an id, or "none"
    relation: str = ""
    tag: str = ""
    company: str = ""
    place: str = ""
    touched: str = ""  # a key of TOUCHED, or "never"
    known: str = ""  # a key of KNOWN
    missing: str = ""  # a key of MISSING


class Page(NamedTuple):
    """One page of the list: ids in their order."""

    ids: list[UUID]
    number: int
    total: int | None  # None: too many found to be counted
    more: bool
    near: int = 0  # so many at the end are found by a typo only

    @property
    def pages(self) -> int | None:
        return None if self.total is None else max(1, -(-self.total // PAGE))


class Line(NamedTuple):
    """A row of the list."""

    person: Person
    summary: Summary | None
    last: Touch | None
    tags: list[str]
    photo: bool


class Common(NamedTuple):
    """A value to narrow down by, and how many have it."""

    key: str
    name: str
    people: int


# Which


def narrowed(space: Space, narrow: Narrow, day: date) -> PersonQuerySet:
    """Everyone whom the list is narrowed down to."""
    people = Person.objects.of(space).here()
    for name, value in narrow._asdict().items():
        if value:
            people = people.filter(CONDITIONS[name](space, value, day))
    return people


def _circle(space: Space, value: str, day: date) -> Q:
    return Q(circle=None) if value == NONE else Q(circle__in=[value] if _is_id(value) else [])


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _relation(space: Space, value: str, day: date) -> Q:
    return Q(relation="") if value == NONE else Q(relation__iexact=value)


def _tag(space: Space, value: str, day: date) -> Q:
    return Q(id__in=Fact.objects.tags(space).filter(key=tag_key(value)).values("person_id"))


def _company(space: Space, value: str, day: date) -> Q:
    key = organisation_key(value)
    return Q(organisation_key=key) if key else Q(organisation__iexact=value)


def _place(space: Space, value: str, day: date) -> Q:
    """By its spellings, of which there are few: an index has these, and none has what begins so in any case."""
    placed = Person.objects.of(space).here().exclude(place="")
    spelled = placed.filter(place__istartswith=value).values_list("place", flat=True).distinct().order_by()
    return ~Q(place="") & Q(place__in=list(spelled[:SPELLINGS]))


def _touched(space: Space, value: str, day: date) -> Q:
    if value not in TOUCHED:
        return Q(summary=None)
    latest, earliest = (day - timedelta(days=days) for days in TOUCHED[value])
    return Q(summary__space=space, summary__last_on__range=(earliest, latest))


def _known(space: Space, value: str, day: date) -> Q:
    latest, earliest = (day - timedelta(days=round(years * 365.25)) for years in KNOWN.get(value, (0, 0)))
    return Q(known_since__gt=earliest, known_since__lte=latest)


def _missing(space: Space, value: str, day: date) -> Q:
    return MISSING.get(value, Q())


CONDITIONS: dict[str, Callable[[Space, str, date], Q]] = {
    "circle": _circle, "relation": _relation, "tag": _tag, "company": _company, "place": _place,
    "touched": _touched, "known": _known, "missing": _missing,
}  # fmt: skip


# In which order, which page


def page(space: Space, narrow: Narrow, question: str, sort: str, number: int, day: date) -> Page:
    """The page of that number. What is found stands in the order of the search, unless another one is asked for."""
    people = narrowed(space, narrow, day)
    start = (max(number, 1) - 1) * PAGE
    if question.strip():
        found = search.find(people, space, question, start, start + PAGE + 1)
        if found.total is None or sort == "name":
            return _found(found, start) if found.ids or not start else page(space, narrow, question, sort, 1, day)
        ids = search.find(people, space, question, 0, found.total).ids
        people = people.filter(Among(F("id"), _parameters(ids)))
    total = people.count()
    number = min(max(number, 1), max(1, -(-total // PAGE)))
    start = (number - 1) * PAGE
    return Page(_stretch(_sorted(space, people, sort), start, total), number, total, start + PAGE < total)


def _found(found: search.Found, start: int) -> Page:
    """A page in the order of the search, which has looked one further."""
    ids = found.ids[:PAGE]
    return Page(ids, start // PAGE + 1, found.total, len(found.ids) > PAGE, min(found.near, len(ids)))


def everyone(space: Space, narrow: Narrow, question: str, day: date) -> list[UUID]:
    """All whom the list holds, on every page."""
    people = narrowed(space, narrow, day)
    if not question.strip():
        return list(people.values_list("id", flat=True))
    return search.find(people, space, question, 0, ALL).ids


def _sorted(space: Space, people: PersonQuerySet, sort: str) -> list[PersonQuerySet]:
    """Those who have what the list is sorted by, then the others by name; an index has the order of either."""
    by_name = (by_bytes("folded"), "id")
    if sort == "new":
        return [people.order_by("-id")]  # ids tell when they were made
    if sort not in BY:
        return [people.by_name()]
    column, descending = BY[sort]
    having, without = _having(space, column)
    order = by_bytes(column) if column == "organisation_key" else F(column)
    first = people.filter(having).order_by(order.desc() if descending else order.asc(), *by_name)
    return [first, people.filter(without).by_name()]


def _having(space: Space, column: str) -> tuple[Q, Q]:
    if column == "organisation_key":
        return ~Q(organisation_key=""), Q(organisation_key="")
    having = Q(**{f"{column}__isnull": False})
    return having & Q(summary__space=space) if column.startswith("summary") else having, Q(
        **{f"{column}__isnull": True}
    )


def _stretch(parts: list[PersonQuerySet], start: int, total: int) -> list[UUID]:
    """A page of these parts one after the other, walked to from the nearer end."""
    stop = min(start + PAGE, total)
    if start <= total - stop:
        return _walked(parts, start, stop)
    return _walked([part.reverse() for part in reversed(parts)], total - stop, total - start)[::-1]


def _walked(parts: list[PersonQuerySet], start: int, stop: int) -> list[UUID]:
    """From one place to another of the parts; to count the first is quicker than to walk past it."""
    if not parts or start >= stop:
        return []
    size = parts[0].count() if start and parts[1:] else stop
    ids = list(parts[0].values_list("id", flat=True)[start:stop]) if start < size else []
    passed = size if start else len(ids)
    return ids + _walked(parts[1:], max(0, start - passed), stop - passed)


def letters(space: Space) -> list[str]:
    """The first letters of names in their order; the many signs of the east are one."""
    # Asking for names from "" on has SQLite read them from their index.
    everyone = Person.objects.of(space).here().alias(by=by_bytes("folded")).filter(by__gte="").order_by()
    first = sorted(everyone.values_list(Left("folded", 1), flat=True).distinct())
    found = [letter for letter in first if letter.isalpha()]
    western = [letter for letter in found if letter < EAST][:LETTERS]
    return western + ["…"] * (len(western) < len(found))


def page_of(space: Space, narrow: Narrow, letter: str, day: date) -> int:
    """On which page, by name, the first one of this letter stands."""
    start = EAST if letter == "…" else letter[:1].lower()
    before = narrowed(space, narrow, day).alias(by=by_bytes("folded")).filter(by__lt=start).count()
    return before // PAGE + 1


# What stands in a row


def lines(space: Space, ids: list[UUID], viewer: User | None) -> list[Line]:
    """The last touch of each is the last that `viewer` may see."""
    held = Person.objects.of(space).select_related("summary", "circle").filter(Among(F("id"), _parameters(ids)))
    people = {person.id: person for person in held}
    last = touches.latest(space, ids, 1, viewer)
    tags = _tags(ids)
    photos = set(Photo.objects.filter(person__in=ids).values_list("person_id", flat=True))
    return [
        Line(
            people[id], getattr(people[id], "summary", None), next(iter(last.get(id, [])), None), tags.get(id, []),
            id in photos,
        )
        for id in ids if id in people
    ]  # fmt: skip


def _parameters(ids: Iterable[UUID]) -> list[Any]:
    return [bulk.parameter(id) for id in ids]


def _tags(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    held = Fact.objects.filter(person__in=list(ids), field="category", ended_at=None).order_by("position", "id")
    for person, tag in held.values_list("person_id", "value"):
        if tag not in found.setdefault(person, []):
            found[person].append(tag)
    return found


# How many of each


def circle_sizes(space: Space) -> dict[UUID, int]:
    held = Person.objects.of(space).here().filter(circle__isnull=False)
    return dict(held.values_list("circle_id").annotate(size=Count("*")).order_by())


def counts(space: Space, narrow: Narrow, day: date) -> dict[str, list[Common]]:
    """The commonest relations, tags, companies and places among those whom the list is narrowed down to."""
    people = narrowed(space, narrow, day)
    return {
        "relation": _commonest(people, "relation"),
        "tag": _commonest_tags(space, people if any(narrow) else None),
        "company": _commonest(people, "organisation_key", "organisation"),
        "place": _commonest(people, "place"),
    }


def _commonest(people: PersonQuerySet, column: str, named: str = "") -> list[Common]:
    kept = people.exclude(**{column: ""}).order_by()
    top = list(kept.values_list(column).annotate(size=Count("*")).order_by("-size", column)[:TOP])
    names: dict[str, str] = {}
    if named:
        names = dict(kept.filter(**{f"{column}__in": [key for key, _ in top]}).values_list(column, named))
    return [Common(key, names.get(key, key), size) for key, size in top]


def _commonest_tags(space: Space, people: PersonQuerySet | None) -> list[Common]:
    """Under the spelling that came last. The trash is small: it is quicker to leave it out than to look up the rest."""
    tags = Fact.objects.tags(space)
    if people is None:
        gone = Person.objects.of(space).thrown_away()
        tags = tags.exclude(person__in=gone.values("id"))
    else:
        # As a bare column, SQLite would look through all that is known of each of them.
        tags = tags.alias(whose=Coalesce("person_id", "person_id")).filter(whose__in=people.values("id"))
    counted = tags.values_list("key").annotate(size=Count("person", distinct=True), newest=Max("id"))
    top = list(counted.order_by("-size", "key")[:TOP])
    names = dict(Fact.objects.filter(id__in=[newest for *_, newest in top]).values_list("key", "value"))
    return [Common(key, names[key], size) for key, size, _ in top]
