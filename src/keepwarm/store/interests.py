"""What is known to interest people, and what items are about: their words, kept in step for matching.

Someone of whom something has changed has no row until it is written anew: at once where it is one person or a few,
by the next job after an import, which must not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max, Q

from keepwarm.core import matching as core
from keepwarm.core import search as core_search
from keepwarm.core.matching import Piece, Written
from keepwarm.models import Fact, Interest, Item, Note, Person, Space, Telling, Touch
from keepwarm.store import bulk, senses
from keepwarm.store.bulk import Among

TOGETHER = 500
FEW = 10  # so many are written anew at once
TOUCHES = 100  # of one person, the last
LONGEST = 20_000  # characters of an item's text that are read
FULL_TEXT = "INSERT INTO keepwarm_interests (rowid, words) VALUES (%s, %s)"
STATED = {"category": core.TAG, "note": core.NOTE, "department": core.TITLE}
Pieces = dict[UUID, list[tuple[UUID | None, Piece]]]  # by person, each with its author where that one keeps it private


# People


def changed(people: Iterable[str | UUID]) -> None:
    """Something told of these has changed."""
    ids = list(dict.fromkeys(UUID(str(id)) for id in people))
    if len(ids) <= FEW:
        index(ids)
        return
    for at in range(0, len(ids), TOGETHER):
        Interest.objects.filter(Among(F("person"), ids[at : at + TOGETHER]))._raw_delete(connection.alias)


def index(people: Iterable[UUID], rest: Callable[[], object] = lambda: None) -> None:
    """Write the words of these people anew."""
    ids, towns = list(people), dict[UUID, frozenset[str]]()
    for at in range(0, len(ids), TOGETHER):
        _index(ids[at : at + TOGETHER], towns)
        rest()


def index_missing(space: Space | None = None, rest: Callable[[], object] = lambda: None) -> int:
    """Write the words of the people and items that have none; returns of how many. `rest` lets others write."""
    here, shelf = Person.objects.here(), Item.objects.all()
    if space:
        here, shelf = here.of(space), shelf.of(space)
    people, items = here.filter(interests=None), shelf.filter(tellings=None)
    ids = {*people.values_list("id", flat=True), *senses.missing(here).values_list("id", flat=True)}
    index(sorted(ids), rest)
    unread = {*items.values_list("id", flat=True), *senses.missing(shelf).values_list("id", flat=True)}
    return len(ids) + index_items(sorted(unread))


@transaction.atomic
def _index(ids: list[UUID], towns: dict[UUID, frozenset[str]]) -> None:
    known = names_of(ids, towns)
    pieces, rows = pieces_of(ids), []
    for id, (space, names) in known.items():
        by_owner: dict[UUID | None, list[Piece]] = {None: []}
        for owner, piece in pieces.get(id, []):
            by_owner.setdefault(owner, []).append(piece)
        for owner, told in by_owner.items():
            rows.append((space, id, owner, core.told(told, names)))
    Interest.objects.filter(Among(F("person"), ids))._raw_delete(connection.alias)
    _insert(rows)
    senses.write_people([(space, id, told) for space, id, owner, told in rows if owner is None])


def _insert(rows: Sequence[tuple[UUID, UUID, UUID | None, Mapping[str, float]]]) -> None:
    """As of search: SQLite's full-text table takes each row in a statement of its own."""
    columns = ("space_id", "person_id", "user_id", "words", "weights")
    cells = [
        (
            bulk.parameter(space), bulk.parameter(person), bulk.parameter(user) if user else None,
            " ".join(told), " ".join(str(round(10 * weight)) for weight in told.values()),
        )
        for space, person, user, told in rows
    ]  # fmt: skip
    if connection.vendor == "postgresql":
        bulk.insert(Interest, columns, cells)
        return
    first = (Interest.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    bulk.insert(Interest, ("id", *columns), [(first + place, *row) for place, row in enumerate(cells)])
    bulk.execute_each(FULL_TEXT, [(first + place, row[3]) for place, row in enumerate(cells)])


def names_of(
    ids: Iterable[UUID], towns: dict[UUID, frozenset[str]] | None = None
) -> dict[UUID, tuple[UUID, frozenset[str]]]:
    """Of each person the space, and the words that are names: their own, their town's and all towns' of the space."""
    held = {} if towns is None else towns
    found = {}
    for id, space, *own in Person.objects.filter(Among(F("id"), list(ids))).values_list("id", "space_id", *NAMES):
        if space not in held:
            held[space] = _towns(space)
        found[id] = space, held[space].union(core_search.words(" ".join(own)))
    return found


NAMES = ("name", "given", "family", "place")


def _towns(space: UUID) -> frozenset[str]:
    there = Person.objects.filter(space=space).exclude(place="").order_by().values_list("place", flat=True).distinct()
    return frozenset(word for place in there for word in core_search.words(place) if len(word) > 2)


def pieces_of(ids: Iterable[UUID], seen: Q | None = None) -> Pieces:
    """What is on record about these people, in the order in which it is looked through; `seen` says which notes and
    touches the reader may see."""
    people, may = list(ids), seen if seen is not None else Q()
    found: Pieces = {id: [] for id in people}
    for id, piece in chain(_work(people), _stated(people)):
        found[id].append((None, piece))
    for id, owner, piece in chain(_notes(people, may), _touches(people, may)):
        found[id].append((owner, piece))
    return found


def _work(ids: list[UUID]) -> Iterable[tuple[UUID, Piece]]:
    held = Person.objects.filter(Among(F("id"), ids)).values_list("id", "title", "organisation", "how_met")
    for id, *texts in held:
        for place, text in zip((core.TITLE, core.FIRM, core.MET), texts, strict=True):
            if text:
                yield id, Piece(place, text)


def _stated(ids: list[UUID]) -> Iterable[tuple[UUID, Piece]]:
    held = Fact.objects.filter(Among(F("person"), ids), ended_at=None, field__in=STATED).order_by("position", "id")
    for id, field, value, source in held.values_list("person_id", "field", "value", "source"):
        yield id, Piece(STATED[field], value, own=source == "user")


def _notes(ids: list[UUID], may: Q) -> Iterable[tuple[UUID, UUID | None, Piece]]:
    held = Note.objects.filter(may, Among(F("person"), ids), deleted_at=None).order_by("-at", "id")
    for id, private, author, text, at in held.values_list("person_id", "private", "author", "text", "at"):
        yield id, author if private else None, Piece(core.NOTE, text, at.date(), author=author)


def _touches(ids: list[UUID], may: Q) -> Iterable[tuple[UUID, UUID | None, Piece]]:
    """Lines, and what mail and meetings were about; not the subject of a letter that Keepwarm has drafted."""
    held = Touch.objects.filter(may, Among(F("person"), ids), deleted_at=None, ambient=False)
    told = held.exclude(line="", context="").order_by("-at", "id")
    seen: dict[UUID, int] = {}
    columns = ("person_id", "private", "author", "line", "context", "kind", "direction", "at")
    for id, private, author, line, context, kind, direction, at in told.values_list(*columns).iterator():
        seen[id] = seen.get(id, 0) + 1
        if seen[id] > TOUCHES:
            continue
        owner = author if private else None
        if line:
            yield id, owner, Piece(core.LINE, line, at.date(), direction, author=author)
        if context and not kind:
            yield id, owner, Piece(core.TOPIC, context, at.date(), direction)


# Items


def index_items(items: Iterable[UUID]) -> int:
    """Write the words of these items anew: to be called wherever one is kept, read or noted about."""
    ids = list(items)
    for at in range(0, len(ids), TOGETHER):
        _index_items(ids[at : at + TOGETHER])
    return len(ids)


@transaction.atomic
def _index_items(ids: list[UUID]) -> None:
    rows, read = list[bulk.Row](), []
    held = Item.objects.filter(Among(F("id"), ids))
    for id, space, title, note, summary, words in held.values_list("id", "space_id", *Written._fields):
        said = core.said(Written(title, note, summary, words[:LONGEST]))
        told = said or {"": 0.0}  # looked at, and nothing in it
        rows += [(bulk.parameter(space), bulk.parameter(id), word, weight) for word, weight in told.items()]
        read.append((space, id, said))
    Telling.objects.filter(Among(F("item"), ids))._raw_delete(connection.alias)
    bulk.insert(Telling, ("space_id", "item_id", "word", "weight"), rows)
    senses.write_items(read)
