"""Finding people by their words: kept in step with what is known of them, asked at every keystroke.

A word of the question finds whoever has a word that begins so. People whom it finds by name come before those
whom it finds by employer, place, tag or note; in each group those whose name begins so come first, then the order
is that of names. Where hardly anyone is found, people whose words are a typo apart follow. Both databases give
the same people in the same order: the words are cut and folded here, an index only decides where to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max, Q

from keepwarm.core import search as core
from keepwarm.core.facts import Stated, city
from keepwarm.models import Fact, Note, Person, Phrase, SearchText, SearchWord, Space, Touch
from keepwarm.models.people import PersonQuerySet, by_bytes
from keepwarm.store import bulk, interests
from keepwarm.store.bulk import Among

NAMED = frozenset({"name", "nickname"})
TOLD = frozenset({"organisation", "title", "department", "email", "note", "category"})
SHOWN = ("name", "given", "family", "title", "organisation", "place", "relation", "how_met")
FULL_TEXT = "INSERT INTO keepwarm_search (rowid, names, rest) VALUES (%s, %s, %s)"
TOGETHER = 500
LONGEST = 20_000  # characters of a person's notes and the rest that are looked in
LONGEST_WORD = 40  # of SearchWord
MANY = 1_000  # more than this are not gathered and sorted, but walked in the order of names
LAST = "\U0010ffff"  # after every word
FEW = 8  # fewer than this, and people a typo apart follow
NEAR_AT_MOST = 20


class Found(NamedTuple):
    """People in the order to show them; the last `near` of them are a typo apart."""

    ids: list[UUID]
    total: int | None  # None: more than MANY
    near: int = 0


class New(Protocol):
    """What an import knows of someone whom it has just made."""

    person: str
    stated: list[Stated]


# Keep in step


class Recorder:
    """Writes the words of an import's new people; it remembers which words of the network it has written."""

    def __init__(self, space: Space) -> None:
        self.space, self._written, self._employers = space, set[str](), set[str]()

    def add(self, people: Iterable[New]) -> None:
        space, rows = bulk.parameter(self.space.id), []
        fresh: set[str] = set()
        for new in people:
            name, names, rest, employer = _of_stated(new.stated)
            rows.append((space, new.person, _named(name, names), core.spaced(rest)))
            fresh.update(names)
            if employer not in self._employers:
                self._employers.add(employer)
                fresh.update(core.words(employer))
        _insert(rows)
        _write_words(self.space, fresh - self._written)
        self._written |= fresh


def _insert(rows: Sequence[bulk.Row]) -> None:
    """New rows of SearchText, and what SQLite's full-text table has of them.

    That table takes each row in a statement of its own: a trigger, or one statement for many rows, would have it
    written to disk at every turn, which takes three times as long.
    """
    columns = ("space_id", "person_id", "names", "rest")
    if connection.vendor == "postgresql":
        bulk.insert(SearchText, columns, rows)
        return
    first = (SearchText.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    numbered = [(first + place, *row) for place, row in enumerate(rows)]
    bulk.insert(SearchText, ("id", *columns), numbered)
    bulk.execute_each(FULL_TEXT, [(id, names, rest) for id, _, _, names, rest in numbered])


def _named(name: str, words: list[str]) -> str:
    """What is searched by name. A name as one word is none to put typos right with: everybody has another."""
    return f" {' '.join(words)} {core.together(core.words(name))}"


def _of_stated(stated: Iterable[Stated]) -> tuple[str, list[str], str, str]:
    """The name, the words of all its spellings, the rest as text, and the employer once more."""
    name, names, rest, employer = "", [], [], ""
    for field, value, _, _, parts in stated:
        if field in TOLD:
            rest.append(value)
            if field == "organisation":
                employer = value
        elif field == "address":
            rest.append(city(parts) or value)
        elif field in NAMED:
            names += [value, parts]
            name = value if field == "name" else name
    return name, core.of_names(names), " ".join(rest)[:LONGEST], employer


def index(people: Iterable[str | UUID]) -> None:
    """Write the words of these people anew. To be called wherever something told of them has changed."""
    ids = list(dict.fromkeys(people))
    for at in range(0, len(ids), TOGETHER):
        _index(ids[at : at + TOGETHER])
    interests.changed(ids)


def index_missing(space: Space | None = None) -> int:
    """Write the words of people who have none, as in a data folder older than the search."""
    missing = Person.objects.filter(search=None)
    ids = list((missing.of(space) if space else missing).values_list("id", flat=True))
    index(ids)
    return len(ids)


@transaction.atomic
def _index(ids: list[str | UUID]) -> None:
    told = _told(ids)
    held = Person.objects.filter(id__in=ids)
    rows, words = [], dict[UUID, set[str]]()
    for id, space, name, given, family, title, organisation, *shown in held.values_list("id", "space_id", *SHOWN):
        named, others = told.get(id, ([], []))
        names = core.of_names([name, given, family, *named])
        rest = core.spaced(" ".join([title, organisation, *shown, *others])[:LONGEST])
        rows.append((bulk.parameter(space), bulk.parameter(id), _named(name, names), rest))
        words.setdefault(space, set()).update(names, core.words(organisation))
    SearchText.objects.filter(person__in=ids)._raw_delete(connection.alias)
    _insert(rows)
    for space, fresh in words.items():
        _write_words(space, fresh)


def _told(ids: list[str | UUID]) -> dict[UUID, tuple[list[str], list[str]]]:
    """Other names and the rest by person. What a user keeps private stays out: all of the space search here."""
    found: dict[UUID, tuple[list[str], list[str]]] = {}
    stated = Fact.objects.filter(person__in=ids, ended_at=None, field__in=NAMED | TOLD).order_by("position", "id")
    notes = Note.objects.filter(person__in=ids, deleted_at=None, private=False).order_by("-at")
    lines = Touch.objects.filter(person__in=ids, deleted_at=None, private=False).exclude(line="").order_by("-at")
    phrases = Phrase.objects.filter(person__in=ids, private=False).standing().values_list("person_id", "text")
    for person, field, value in stated.values_list("person_id", "field", "value"):
        found.setdefault(person, ([], []))[field not in NAMED].append(value)
    said = chain(phrases, notes.values_list("person_id", "text"), lines.values_list("person_id", "line"))
    for person, text in said:
        found.setdefault(person, ([], []))[1].append(text)
    return found


def _write_words(space: Space | UUID, words: Iterable[str]) -> None:
    id = bulk.parameter(space.id if isinstance(space, Space) else space)
    rows = [(id, word, word[::-1]) for word in sorted(words) if len(word) <= LONGEST_WORD and core.slips(word)]
    bulk.execute_each(
        f"INSERT INTO {bulk.table(SearchWord)} (space_id, word, backwards) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        rows,
    )


# Ask


Words = Sequence[Sequence[str]]  # of each word of the question, the beginnings that will do


def find(people: PersonQuerySet, space: Space, question: str, start: int = 0, stop: int = FEW) -> Found:
    """Those of `people` who are found, from place `start` to `stop`."""
    asked = _asked(question)
    if not asked:
        return Found([], 0)
    by_name = _ids(space, asked, names_only=True)
    if by_name is None:
        return Found(_walked(people, asked, start, stop, names_only=True), None)
    anywhere = _ids(space, asked)
    if anywhere is None:
        return _first_by_name(people, asked, by_name, start, stop)
    ids = _gathered(people, asked, anywhere, set(by_name))
    near = _near(people, space, asked, ids) if len(ids) < FEW else []
    shown = (ids + near)[start:stop]
    return Found(shown, len(ids + near), len(set(near) & set(shown)))


def _asked(question: str) -> Words:
    """Each word, or all of them written as one: "ann lee" finds Annlee too."""
    words = core.asked(question)
    whole = core.together(words)  # begins with the first word, which finds it already
    return [[word, whole] if whole and place else [word] for place, word in enumerate(words)]


def _first_by_name(people: PersonQuerySet, asked: Words, by_name: list[Any], start: int, stop: int) -> Found:
    """A few by name, and many by the rest: the few, then the many as one comes to them."""
    first = _gathered(people, asked, by_name, set(by_name))
    ids = first[start:stop]
    if stop > len(first):
        others = people.exclude(Among(F("id"), by_name))
        ids += _walked(others, asked, max(0, start - len(first)), stop - len(first))
    return Found(ids, None)


def _gathered(people: PersonQuerySet, asked: Words, ids: list[Any], by_name: set[Any]) -> list[UUID]:
    """These people in their order. Ids come and are compared as the database has them."""
    found, first = people.filter(Among(F("id"), ids)).values_list("folded", "id"), tuple(asked[0])
    ordered = sorted((id not in by_name, not folded.startswith(first), folded, id) for folded, id in bulk.fetch(found))
    return [id if isinstance(id, UUID) else UUID(id) for *_, id in ordered]


def _walked(people: PersonQuerySet, asked: Words, start: int, stop: int, *, names_only: bool = False) -> list[UUID]:
    """The same without gathering all: names that begin as the question does, then the others as one comes to them."""
    like, begins = _like(asked, names_only), _begins(asked[0])
    of_these = people.alias(by_name=by_bytes("folded")).filter(like).by_name().values_list("id", flat=True)
    first = of_these.filter(begins)
    ids = list(first[start:stop])
    if len(ids) == stop - start:
        return ids
    before = first.count() if start else len(ids)
    return ids + list(of_these.exclude(begins)[max(0, start - before) : stop - before])


def _begins(spellings: Sequence[str]) -> Q:
    return reduce(or_, (Q(by_name__gte=word, by_name__lt=word + LAST) for word in spellings))


def _near(people: PersonQuerySet, space: Space, asked: Words, but: list[UUID]) -> list[UUID]:
    """People each of whose words is a typo apart, or none."""
    last = len(asked) - 1
    closer = [[word, *_spelled_nearly(space, word, place == last)] for place, (word, *_) in enumerate(asked)]
    if all(len(spellings) == 1 for spellings in closer):
        return []
    ids = _ids(space, closer)
    if ids is None:
        found = _walked(people, closer, 0, NEAR_AT_MOST + len(but))
    else:
        found = _gathered(people, closer, ids, set(_ids(space, closer, names_only=True) or []))
    return [id for id in found if id not in but][:NEAR_AT_MOST]


def _spelled_nearly(space: Space, word: str, unfinished: bool) -> list[str]:
    """Words of the network that the user may have meant."""
    if not core.slips(word):
        return []
    starts, end = core.whole(word)
    there = SearchWord.objects.filter(space=space)
    kept = reduce(or_, (_starts(there, "word", start) for start in starts))
    kept |= _starts(there, "backwards", end[::-1])
    return core.near(word, kept.values_list("word", flat=True), unfinished=unfinished)


def _starts(words: Any, column: str, start: str) -> Any:
    """An index serves a range of bytes; what it would need for LIKE differs between the databases."""
    return words.alias(**{f"by_{column}": by_bytes(column)}).filter(
        **{f"by_{column}__gte": start, f"by_{column}__lt": start + LAST}
    )


def _like(asked: Words, names_only: bool = False) -> Q:
    """The same question for a walk over people."""
    return reduce(and_, (reduce(or_, _each(spellings, names_only)) for spellings in asked))


def _each(spellings: Sequence[str], names_only: bool) -> Iterator[Q]:
    for word in spellings:
        yield Q(search__names__contains=f" {word}")
        if not names_only:
            yield Q(search__rest__contains=f" {word}")


def _ids(space: Space, asked: Words, names_only: bool = False) -> list[Any] | None:
    """Who answers, as the database has their ids; None where they are more than MANY."""
    with connection.cursor() as cursor:
        cursor.execute(*(_words if connection.vendor == "postgresql" else _full_text)(space, asked, names_only))
        ids = [id for (id,) in cursor.fetchall()]
    return ids if len(ids) <= MANY else None


def having(space: Space, beginning: str) -> list[UUID]:
    """Everyone of whom any word begins so; nobody where that is more than MANY, who would be no answer."""
    found = _ids(space, [[word] for word in core.asked(beginning)]) if core.asked(beginning) else []
    return [id if isinstance(id, UUID) else UUID(id) for id in found or ()]


def _full_text(space: Space, asked: Words, names_only: bool) -> tuple[str, list[Any]]:
    said = " AND ".join("(" + " OR ".join(f'"{word}" *' for word in spellings) + ")" for spellings in asked)
    match = f"names : ({said})" if names_only else said
    return (
        f"SELECT text.person_id FROM keepwarm_search JOIN {bulk.table(SearchText)} text "
        "ON text.id = keepwarm_search.rowid "
        f"WHERE keepwarm_search MATCH %s AND text.space_id = %s LIMIT {MANY + 1}",
        [match, bulk.parameter(space.id)],
    )


def _words(space: Space, asked: Words, names_only: bool) -> tuple[str, list[Any]]:
    """By the column `words` of migration 0002. Words have letters, digits and marks only: quotes are enough."""
    mark = "=" if names_only else ""
    said = " & ".join("(" + " | ".join(f"'{mark}{word}':*" for word in spellings) + ")" for spellings in asked)
    return (
        f"SELECT person_id FROM {bulk.table(SearchText)} WHERE words @@ %s::tsquery AND space_id = %s LIMIT {MANY + 1}",
        [said, bulk.parameter(space.id)],
    )
