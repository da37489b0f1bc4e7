"""Which two people should meet, and why: never all pairs, only those that something leads to.

score = fit · (0.8 + 0.2 · the mean of both standings); fit is 0.5 to 1 for a need that meets an offer, by their
likeness, and for the others a little less each: a rare interest, a move, the same work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from keepwarm.core import stems
from keepwarm.core.introductions import steps
from keepwarm.core.introductions.alike import ENOUGH, Likeness, Words
from keepwarm.core.names import greeting_name
from keepwarm.core.reconnect.prose import employer_in_prose, title_in_prose

NEED, INTEREST, MOVED, ROLE = "need", "interest", "moved", "role"
INTEREST_FIT, MOVED_FIT, NEW_FIT, ROLE_FIT = 0.55, 0.6, 0.5, 0.4
FEW = 6  # people who share it, and it is still rare
JOB, PLACE = "job", "place"
# Stems of tags that sort people, and say nothing of what they care about.
SORTING = frozenset(
    stems.stem(word)
    for word in (
        "client", "customer", "friend", "family", "colleague", "supplier", "mentor", "neighbour", "neighbor", "vip",
        "contact", "network", "linkedin", "work", "business", "personal", "private", "school", "university", "street",
        "old", "new", "alumni", "team", "partner", "vendor", "press", "media", "investor", "important", "xmas",
        "christmas", "cards", "newsletter", "mailing", "list", "group", "starred", "favourite", "favorite",
    )
)  # fmt: skip


class Moved(NamedTuple):
    """What has changed for someone of late: `job` (a new post), or `place` (a new town)."""

    kind: str
    on: date | None = None


class Who(NamedTuple):
    """One person who may be introduced. What is not known is empty."""

    id: UUID
    name: str
    given: str = ""
    title: str = ""
    organisation: str = ""
    employers: frozenset[str] = frozenset()  # keys, of now and earlier
    family: str = ""  # folded
    town: str = ""
    place: str = ""  # the town, folded
    work: str = ""  # the title, folded
    how_met: str = ""  # folded
    folded: str = ""
    standing: float = 0
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    interests: tuple[tuple[str, str], ...] = ()  # (key, as the owner writes it)
    moved: tuple[Moved, ...] = ()


class Pair(NamedTuple):
    """Two who should meet; `first` is to be asked first."""

    first: UUID
    second: UUID
    why: str
    reason: str  # for the owner's eyes
    score: float
    words: tuple[str, ...] = ()

    @property
    def both(self) -> frozenset[UUID]:
        return frozenset((self.first, self.second))


class _Found(NamedTuple):
    one: Who
    other: Who
    why: str
    fit: float
    reason: str
    words: tuple[str, ...] = ()
    gives: int | None = None  # which of them what is needed comes from


def acquainted(one: Who, other: Who) -> bool:
    """Whether what is recorded says that the two know each other: an employer they share or shared, one family in one
    town (or in nobody knows which), or that one brought the owner to the other."""
    if one.id == other.id or one.employers & other.employers:
        return True
    if one.family and one.family == other.family and (one.place == other.place or not (one.place and other.place)):
        return True
    return any(a.folded and a.folded in b.how_met for a, b in ((one, other), (other, one)))


def propose(
    people: Sequence[Who], settled: frozenset[frozenset[UUID]] = frozenset(), likeness: Likeness | None = None
) -> list[Pair]:
    """All pairs that something speaks for, the best first, each once with its best reason. `settled`: never again."""
    words = Words(text for one in people for text in (*one.needs, *one.offers))
    best: dict[frozenset[UUID], Pair] = {}
    for rule in (_needs(people, words, likeness or words), _interests(people), _moves(people), _work(people)):
        for found in rule:
            both = frozenset((found.one.id, found.other.id))
            if both in settled or acquainted(found.one, found.other):
                continue
            pair = _pair(found)
            if both not in best or pair.score > best[both].score:
                best[both] = pair
    return sorted(best.values(), key=lambda pair: (-pair.score, pair.first, pair.second))


def _pair(found: _Found) -> Pair:
    one, other = found.one, found.other
    weights = [steps.Weight(found.gives == place, who.standing, who.name) for place, who in enumerate((one, other))]
    if steps.second_is_first(*weights):
        one, other = other, one
    kin = 0.7 if one.family and one.family == other.family else 1  # perhaps they are family after all
    score = kin * found.fit * (0.8 + 0.1 * (min(1, one.standing) + min(1, other.standing)))
    return Pair(one.id, other.id, found.why, found.reason, score, found.words)


def taking_turns(pairs: Iterable[Pair], most: int, taken: Iterable[UUID] = ()) -> list[Pair]:
    """The first few in which nobody is twice, nor anyone of `taken`."""
    gone, found = set(taken), list[Pair]()
    for pair in pairs:
        if len(found) < most and not pair.both & gone:
            gone |= pair.both
            found.append(pair)
    return found


# A need that meets an offer


def _needs(people: Sequence[Who], words: Words, likeness: Likeness) -> Iterator[_Found]:
    needing, offering = _by_text(people, lambda who: who.needs), _by_text(people, lambda who: who.offers)
    for need, offer in words.near(needing, offering):
        alike = likeness(need, offer)
        if alike.score < ENOUGH:
            continue
        for one in needing[need][:FEW]:
            for other in offering[offer][:FEW]:
                reason = f"{_called(one)} needs {need}. {_called(other)} offers {offer}."
                yield _Found(one, other, NEED, min(1, 0.5 + alike.score / 2), reason, alike.words, gives=1)


def _by_text(people: Sequence[Who], texts: Callable[[Who], tuple[str, ...]]) -> dict[str, list[Who]]:
    found: dict[str, list[Who]] = {}
    for who in people:
        for text in texts(who):
            found.setdefault(text, []).append(who)
    return found


def _called(who: Who) -> str:
    return greeting_name(who.given, who.name) or who.name


# What only few care about


def _interests(people: Sequence[Who]) -> Iterator[_Found]:
    having: dict[str, list[tuple[Who, str]]] = {}
    for who in people:
        for key, text in dict(who.interests).items():
            having.setdefault(key, []).append((who, text))
    for held in having.values():
        if 1 < len(held) <= FEW:
            rare = INTEREST_FIT + 0.1 * (FEW - len(held)) / FEW
            for (one, text), (other, _) in combinations(held, 2):
                yield _Found(
                    one, other, INTEREST, rare, f"Both care about {text}, and few others you know do.", (text,)
                )


# Who has just moved


def _moves(people: Sequence[Who]) -> Iterator[_Found]:
    by_place, by_work = _groups(people, lambda who: who.place), _groups(people, lambda who: who.work)
    for one in people:
        for moved in one.moved:
            if moved.kind == PLACE:
                for other in _strongest(by_place.get(one.place, ()), one):
                    said = f"{_called(one)} has just moved to {one.town}, where {_called(other)} is at home."
                    yield _Found(one, other, MOVED, MOVED_FIT, said, (one.town,))
            elif post := title_in_prose(one.title):
                for other in _strongest(by_work.get(one.work, ()), one):
                    yield _Found(one, other, MOVED, NEW_FIT, _new(one, other, post), (post,))


def _new(one: Who, other: Who, post: str) -> str:
    at, there = employer_in_prose(one.organisation), employer_in_prose(other.organisation)
    new = f"{_called(one)} is new as {post}{f' at {at}' if at else ''}."
    return f"{new} {_called(other)} does the same{f' at {there}' if there else ''}."


def _groups(people: Sequence[Who], key: Callable[[Who], str]) -> dict[str, list[Who]]:
    found: dict[str, list[Who]] = {}
    for who in people:
        if key(who):
            found.setdefault(key(who), []).append(who)
    return found


def _strongest(some: Sequence[Who], but: Who) -> list[Who]:
    others = [who for who in some if who.id != but.id]
    return sorted(others, key=lambda who: -who.standing)[:FEW]


# The same work in different firms


def _work(people: Sequence[Who]) -> Iterator[_Found]:
    for held in _groups(people, lambda who: who.work).values():
        if 1 < len(held) <= FEW and (post := title_in_prose(held[0].title)):
            for one, other in combinations(held, 2):
                at, there = employer_in_prose(one.organisation), employer_in_prose(other.organisation)
                if at and there:
                    said = f"The same work in two firms: {post} at {at}, and at {there}."
                    yield _Found(one, other, ROLE, ROLE_FIT, said, (post,))
