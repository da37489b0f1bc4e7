"""Who would like an item of the shelf, and what on the shelf someone would like; each with the fact that says why.

An index finds people by the words that tell what an item is about, core.matching says how well it suits each, and the
few that are shown are read again as the reader may see them. Both databases give the same people in the same order.
Nobody comes up who is not to be suggested, was given this item or was said not to be one for it, wrote it, or was
given something within a month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from keepwarm.core import matching as core
from keepwarm.core.reconnect import Gift
from keepwarm.models import Fact, Feed, Interest, Item, Person, Share, Space, Telling, Touch, User
from keepwarm.models.touches import open_to
from keepwarm.store import bulk, interests, senses
from keepwarm.store.bulk import Among

MANY = 500  # a word that more people have tells nothing
COUNTED = 20_000  # people, to say how rare a word is
CLOSER = 100  # people to an item that are looked at closely
CLOSE = 15  # to each of several items
CLOSEST = 40  # items to each person
ON_A_PAGE = 6  # words of an item that look for people, where there are several items
OF_A_PERSON = 24  # words that look for items
SPARE = 5  # more than are shown, as some may not be given theirs
AT_ONCE = 100  # words to a statement
EVERYBODY = frozenset({"medium.com", "substack.com", "linkedin.com", "github.com", "youtube.com", "wordpress.com"})


class Match(NamedTuple):
    """Someone who would like an item."""

    person: UUID
    words: tuple[str, ...]  # of `why`, those that the item has too, or has words near to
    why: str
    score: float
    near: tuple[str, ...] = ()  # these words of the item, where it has none of `words` itself


class Suits(NamedTuple):
    """An item that someone would like."""

    item: UUID
    words: tuple[str, ...]
    why: str
    score: float
    place: str = ""  # where the fact stands: core.matching
    near: tuple[str, ...] = ()


class Pair(NamedTuple):
    """One item for one person, as far as it is judged."""

    item: UUID
    person: UUID
    score: float


Weights = dict[str, float]  # by word
By = dict[UUID, Weights]  # of each item or person


# Ask


def for_item(item: Item, user: User | None, day: date, most: int = 5) -> list[Match]:
    """Who would like it, the best first."""
    return for_items(item.space, [item], user, day, most).get(item.id, [])


def for_items(
    space: Space, items: Iterable[Item], user: User | None, day: date, most: int = 2
) -> dict[UUID, list[Match]]:
    """The same for many at once; an item that suits nobody is not among them."""
    asked = {item.id: item for item in items}
    said, having = _looking(space, user, _said(asked))
    rarity = _rarity(space, {word: len(rows) for word, rows in having.items()})
    closer = CLOSE if len(said) > 1 else CLOSER
    by_words = _by_words(said, having, rarity, closer)
    alike = senses.people_alike(space, said, by_words, closer)
    near = {id: some | alike.get(id, {}).keys() for id, some in by_words.items()}
    told = _told(space, user, {person for some in near.values() for person in some})
    for id, person in _kept_private(user, by_words):  # no vector that others ask for has these words
        alike[id][person] = senses.likeness(said[id], told[person]) or 0.0
    pairs = [
        Pair(id, person, score) for id, some in near.items() for person in some
        if person in told and (score := _score(said[id], told[person], rarity, alike.get(id, {}).get(person)))
    ]  # fmt: skip
    shown = _best(_allowed(space, asked, pairs, day), "item", most + SPARE)
    facts = _facts(shown, asked, said, told, rarity, user, day)
    found: dict[UUID, list[Match]] = {}
    for pair in shown:
        if (fact := facts.get(pair)) and len(found.setdefault(pair.item, [])) < most:
            found[pair.item].append(Match(pair.person, fact.why.words, fact.why.line, pair.score, fact.near))
    return {id: matches for id, matches in found.items() if matches}


def for_person(person: Person, user: User | None, day: date, most: int = 3) -> list[Suits]:
    """What on the shelf they would like, the best first."""
    return for_people(person.space, [person.id], user, day, most).get(person.id, [])


def for_people(
    space: Space, people: Iterable[UUID], user: User | None, day: date, most: int = 1
) -> dict[UUID, list[Suits]]:
    """The same for several at once."""
    shelf = Item.objects.of(space).seen_by(user).on_the_shelf()
    if not shelf.exists():
        return {}
    whole = _told(space, user, set(people))
    told, rarity = _telling_of(space, user, whole)
    by_words = _suiting(told, _saying(space, shelf, {word for weights in told.values() for word in weights}))
    alike = senses.items_alike(space, told, by_words)
    near = {id: some | alike.get(id, {}).keys() for id, some in by_words.items()}
    items = {
        item.id: item
        for item in shelf.defer("words").filter(Among(F("id"), {one for some in near.values() for one in some}))
    }
    said = _said(items)
    pairs = [
        Pair(one, id, score) for id, some in near.items() for one in some
        if one in said and (score := _score(said[one], whole[id], rarity, alike.get(id, {}).get(one)))
    ]  # fmt: skip
    shown = _best(_allowed(space, items, pairs, day), "person", most + SPARE)
    facts = _facts(shown, items, said, told, rarity, user, day)
    found: dict[UUID, list[Suits]] = {}
    for pair in shown:
        if (fact := facts.get(pair)) and len(found.setdefault(pair.person, [])) < most:
            why = fact.why
            found[pair.person].append(Suits(pair.item, why.words, why.line, pair.score, why.place, fact.near))
    return {id: suits for id, suits in found.items() if suits}


def gifts(space: Space, people: Iterable[UUID], user: User | None, day: date) -> dict[UUID, Gift]:
    """What suits each of these people best, as a letter needs it; of whom nothing suits is not among them."""
    best = {id: suits[0] for id, suits in for_people(space, people, user, day).items()}
    items = Item.objects.in_bulk([suits.item for suits in best.values()])
    return {
        id: gift(item, suits) for id, suits in best.items() if (item := items.get(suits.item))
    }  # fmt: skip


def gift(item: Item, suits: Suits | None) -> Gift:
    """As a letter tells of it; without `suits` it says nothing of why."""
    text = f"{item.summary} {item.note} {item.words}"
    words = core.in_a_sentence(suits.words, text) if suits else ()
    return Gift(item.id, item.title, item.site, item.url, words, item.note, suits.place if suits else "")


# What items and people say


def _said(items: Mapping[UUID, Item]) -> By:
    """The words of these items, the most telling first; of one that nobody has read for its words yet, now."""
    if missing := items.keys() - set(
        Telling.objects.filter(Among(F("item"), list(items))).values_list("item", flat=True)
    ):
        interests.index_items(missing)
    held = Telling.objects.filter(~Q(word=""), Among(F("item"), list(items))).order_by("-weight", "word")
    found: By = {}
    for item, word, weight in held.values_list("item", "word", "weight"):
        found.setdefault(item, {})[word] = weight
    return found


def _saying(space: Space, shelf: Any, words: set[str]) -> By:
    """Of the shelf's items those with any of these words, as far as they have them."""
    held = Telling.objects.filter(Among(F("word"), sorted(words)), space=space, item__in=shelf)
    found: By = {}
    for item, word, weight in held.values_list("item", "word", "weight"):
        found.setdefault(item, {})[word] = weight
    return found


def _told(space: Space, user: User | None, people: set[UUID]) -> By:
    """What is known of these people, as far as this user may read it."""
    rows = Interest.objects.filter(_read_by(user), Among(F("person"), people), space=space)
    found: By = {}
    for person, words, weights in rows.values_list("person_id", "words", "weights"):
        known = found.setdefault(person, {})
        for word, tenths in zip(words.split(), weights.split(), strict=True):
            known[word] = known.get(word, 0.0) + int(tenths) / 10
    return found


def _kept_private(user: User | None, found: Mapping[UUID, set[UUID]]) -> list[tuple[UUID, UUID]]:
    """Of whom the user keeps words to themselves: each item with each of them whom it has found."""
    people = {person for some in found.values() for person in some}
    if not user or not senses.installed():
        return []
    own = set(Interest.objects.filter(Among(F("person"), people), user=user).values_list("person", flat=True))
    return [(id, person) for id, some in found.items() for person in some & own]


def _whose(rows: set[int]) -> dict[int, UUID]:
    return dict(Interest.objects.filter(Among(F("id"), sorted(rows))).values_list("id", "person_id"))


def _read_by(user: User | None) -> Q:
    """Rows for all of the space, and this user's own."""
    return Q(user=None) | Q(user=user) if user else Q(user=None)


# Where to look


def _having(space: Space, user: User | None, words: Iterable[str]) -> dict[str, list[int]]:
    """Of each word the rows of Interest that have it; of one that stands in more than MANY, one more."""
    found: dict[str, list[int]] = {}
    for word, row in _asked(space, user, words, "id"):
        found.setdefault(word, []).append(row)
    return found


def _counted(space: Space, user: User | None, words: Iterable[str]) -> dict[str, int]:
    """Likewise how many they are."""
    return dict(_asked(space, user, words, "count(*)"))


def _asked(space: Space, user: User | None, words: Iterable[str], what: str) -> list[tuple[str, int]]:
    wanted, found = sorted(words), list[tuple[str, int]]()
    table, space_id = bulk.table(Interest), bulk.parameter(space.id)
    if connection.vendor == "postgresql":
        rows, match = f"{table} text", "text.stems @@ %s::tsquery"
    else:
        # CROSS: by the word first. Else SQLite goes through the space, and asks of each person whether they have it.
        rows = f"keepwarm_interests CROSS JOIN {table} text ON text.id = keepwarm_interests.rowid"
        match = "keepwarm_interests MATCH %s"
    mine = "text.user_id IS NULL" + (" OR text.user_id = %s" if user else "")
    one = (
        f"SELECT %s AS word, {what} FROM (SELECT text.id FROM {rows} "
        f"WHERE {match} AND text.space_id = %s AND ({mine}) LIMIT {MANY + 1}) found"
    )
    own = [bulk.parameter(user.id)] if user else []
    with connection.cursor() as cursor:
        for at in range(0, len(wanted), AT_ONCE):
            some = wanted[at : at + AT_ONCE]
            said = [value for word in some for value in (word, _quoted(word), space_id, *own)]
            cursor.execute(" UNION ALL ".join([one] * len(some)), said)
            found += cursor.fetchall()
    return found


def _quoted(word: str) -> str:
    """Words have letters, digits, marks and + or # only: quotes are enough."""
    return f"'{word}'" if connection.vendor == "postgresql" else f'"{word}"'


def _rarity(space: Space, having: Mapping[str, int]) -> Weights:
    """Of the words that are rare enough to tell something."""
    if not having:
        return {}
    people = Interest.objects.filter(space=space)[:COUNTED].count()
    return {word: core.rare(people, count) for word, count in having.items() if 0 < count <= MANY}


def _looking(space: Space, user: User | None, said: By) -> tuple[By, dict[str, list[int]]]:
    """The words of items that look for people, and the rows that have each."""
    few = ON_A_PAGE if len(said) > 1 else core.ASKED
    first = {id: dict(list(weights.items())[:few]) for id, weights in said.items()}
    having = _having(space, user, {word for weights in first.values() for word in weights})
    return {
        id: _without_common(weights, {w: len(having.get(w, ())) for w in weights}) for id, weights in first.items()
    }, having


def _telling_of(space: Space, user: User | None, whole: By) -> tuple[By, Weights]:
    """The words that tell most of people, and how rare they are."""
    first = {id: _first(weights) for id, weights in whole.items()}
    having = _counted(space, user, {word for weights in first.values() for word in weights})
    return {id: _without_common(weights, having) for id, weights in first.items()}, _rarity(space, having)


def _without_common(weights: Weights, having: Mapping[str, int]) -> Weights:
    return {word: weight for word, weight in weights.items() if having.get(word, 0) <= MANY}


def _first(told: Weights) -> Weights:
    return dict(sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))[:OF_A_PERSON])


def _by_words(said: By, having: Mapping[str, list[int]], rarity: Weights, most: int) -> dict[UUID, set[UUID]]:
    """The people who have most of what each item says."""
    rows = {id: _likely(weights, having, rarity)[:most] for id, weights in said.items()}
    whose = _whose({row for some in rows.values() for row in some})
    return {id: {whose[row] for row in some if row in whose} for id, some in rows.items()}


def _likely(said: Weights, having: Mapping[str, list[int]], rarity: Weights) -> list[int]:
    found: dict[int, float] = {}
    for word in sorted(said.keys() & rarity.keys()):
        weight = said[word] / (said[word] + 1) * rarity[word]
        for row in having[word]:
            found[row] = found.get(row, 0.0) + weight
    return sorted(found, key=lambda row: (-round(found[row], 9), row))


def _suiting(told: By, said: By) -> dict[UUID, set[UUID]]:
    """The items that say most of what is known of each person."""
    return {id: set(_closest(weights, said)) for id, weights in told.items()}


def _closest(told: Weights, said: By) -> list[UUID]:
    found = {
        item: round(sum(weight / (weight + 1) * told[word] for word, weight in weights.items() if word in told), 9)
        for item, weights in said.items()
    }
    return sorted((item for item, score in found.items() if score), key=lambda item: (-found[item], item))[:CLOSEST]


# Judge


def _score(said: Weights, told: Weights, rarity: Weights, alike: float | None) -> float:
    """0 where it is not enough."""
    return round(core.together(core.score(said, told, rarity), alike), 5)


def _allowed(space: Space, items: Mapping[UUID, Item], pairs: list[Pair], day: date) -> list[Pair]:
    """Without what the rules forbid, the best first; of equals whom one knows better, then by name."""
    people = {pair.person for pair in pairs}
    held = Person.objects.of(space).here().filter(Among(F("id"), sorted(people)), never=False, is_organisation=False)
    known = {one.id: one for one in held.only("standing", "folded", "name")}
    lately, settled = _given_lately(space, known, day), _settled(space, pairs)
    hosts = _own_hosts(space, known)
    open_ = [
        pair for pair in pairs
        if pair.person in known and pair.person not in lately and (pair.item, pair.person) not in settled
        and not core.wrote(known[pair.person].name, items[pair.item].written_by)
        and _host(items[pair.item].url) not in hosts.get(pair.person, ())
    ]  # fmt: skip
    return sorted(open_, key=lambda pair: _place(pair, known[pair.person], items[pair.item]))


def _place(pair: Pair, person: Person, item: Item) -> tuple[Any, ...]:
    """The better first; of equals the person one knows better, then by name; the newer item."""
    return -pair.score, -person.standing, person.folded, person.id, -item.made_at.timestamp(), item.id


def _given_lately(space: Space, people: Collection[UUID], day: date) -> set[UUID]:
    """Whoever was given something within a month, from the shelf or in a letter."""
    since = timezone.make_aware(datetime.combine(day - core.AGAIN_AFTER, time()))
    these: Any = Among(F("person"), sorted(people))
    shares = Share.objects.filter(these, space=space, given_at__gt=since)
    letters = Touch.objects.filter(these, space=space, kind="saw_this", deleted_at=None, at__gt=since)
    return {*shares.values_list("person", flat=True), *letters.values_list("person", flat=True)}


def _settled(space: Space, pairs: list[Pair]) -> set[tuple[UUID, UUID]]:
    """What someone has been given already, or is not for them."""
    held = Share.objects.filter(
        Among(F("item"), {pair.item for pair in pairs}),
        Among(F("person"), {pair.person for pair in pairs}),
        space=space,
    )
    return set(held.values_list("item", "person"))


def _own_hosts(space: Space, people: Collection[UUID]) -> dict[UUID, set[str]]:
    """Where these people publish: what stands there they know."""
    these: Any = Among(F("person"), sorted(people))
    found: dict[UUID, set[str]] = {}
    feeds = Feed.objects.filter(these, space=space).values_list("person", "url")
    links = Fact.objects.filter(these, space=space, field="link", ended_at=None).values_list("person", "value")
    for person, url in [*feeds, *links]:
        if host := _host(url):
            found.setdefault(person, set()).add(host)
    return found


def _host(url: str) -> str:
    """ "" where it is no one's own."""
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "") if url.isprintable() else ""
    except ValueError:  # http://[ begins an address that never ends
        return ""
    host = host.removeprefix("www.")
    return "" if host in EVERYBODY else host


def _best(pairs: list[Pair], to: str, most: int) -> list[Pair]:
    """Of the ordered the first `most` to each item, or to each person."""
    counts: dict[UUID, int] = {}
    found = []
    for pair in pairs:
        key = getattr(pair, to)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= most:
            found.append(pair)
    return found


class Said(NamedTuple):
    why: core.Why
    near: tuple[str, ...]


def _facts(
    pairs: list[Pair], items: Mapping[UUID, Item], said: By, told: By, rarity: Weights, user: User | None, day: date
) -> dict[Pair, Said]:
    """The fact behind each, as this reader may see it; none where it has gone in the meantime."""
    people = sorted({pair.person for pair in pairs})
    pieces, names = interests.pieces_of(people, open_to(user)), interests.names_of(people)
    reader, found = user.id if user else None, {}
    for pair in pairs:
        on_record = [piece for _, piece in pieces.get(pair.person, [])]
        shared = {word: rarity[word] for word in said[pair.item].keys() & told[pair.person].keys() & rarity.keys()}
        close = [] if shared else senses.nearest(said[pair.item], told[pair.person])
        stems = shared or {word: weight for word, _, weight in close}
        if why := core.why(on_record, stems, day, names[pair.person][1], reader):
            item = items[pair.item]
            near = core.written(f"{item.title} {item.summary} {item.note}", {word for _, word, _ in close})
            found[pair] = Said(why, near)
    return found
