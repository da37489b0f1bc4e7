"""Whom to introduce to whom: the few whom a need, an offer, a rare interest or news leads to, never all pairs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils import timezone

from keepwarm.core import moments as core_moments
from keepwarm.core import stems
from keepwarm.core.introductions import pairs, steps
from keepwarm.core.introductions.alike import Likeness
from keepwarm.core.introductions.pairs import JOB, PLACE, Moved, Pair, Who
from keepwarm.core.names import fold
from keepwarm.core.reconnect.reasons import town_of
from keepwarm.models import Fact, Introduction, Person, Side, Space, Summary, Touch, User
from keepwarm.store import moments, needs, people
from keepwarm.store.bulk import Among

MOVED_FOR = timedelta(days=90)  # a new town is news for so long
NEWS, TIES, RARE = 300, 200, 200  # moments, strongest ties, and rare tags that are looked at
TOGETHER = 24  # pairs whose threads are looked at in one go
LOOKED_AT = 10 * TOGETHER
THREADS = timedelta(days=3 * 365)
SHOWN = (
    "id", "name", "given", "family", "folded", "title", "organisation", "organisation_key", "place", "how_met",
    "standing",
)  # fmt: skip

# What compares a need with an offer; None: by their words. The extra `match` brings one that compares meanings.
likeness: Likeness | None = None


def proposed(
    space: Space, user: User | None, day: date, most: int, *, taken: Iterable[UUID] = ()
) -> tuple[list[Pair], dict[UUID, Person]]:
    """The best few for this day, with their people. Nobody twice, nobody of `taken`, nobody asked within a month."""
    known = _known(space, user, day)
    ranked = pairs.propose(known, _settled(space), likeness)[:LOOKED_AT]
    found: list[Pair] = []
    gone = set(taken) | in_one(space)
    for at in range(0, len(ranked), TOGETHER):
        some = [pair for pair in ranked[at : at + TOGETHER] if not pair.both & gone]
        together = met_before(space, some)
        apart = [pair for pair in some if pair.both not in together]
        fresh = pairs.taking_turns(apart, most - len(found), gone)
        found += fresh
        gone |= {id for pair in fresh for id in pair.both}
        if len(found) == most:
            break
    ids = {id for pair in found for id in pair.both}
    return found, Person.objects.select_related("summary", "circle").in_bulk(list(ids))


def _settled(space: Space) -> frozenset[frozenset[UUID]]:
    """Who has been introduced, was to be, said no, or is never to meet: by anyone of the space."""
    found: dict[UUID, set[UUID]] = {}
    for one, person in Side.objects.filter(space=space).values_list("introduction_id", "person_id"):
        found.setdefault(one, set()).add(person)
    return frozenset(frozenset(both) for both in found.values())


def in_one(space: Space) -> set[UUID]:
    """Whose introduction is on its way, whoever of the space has it in hand."""
    going = Introduction.objects.of(space).going_on().filter(introduced_at=None)
    return set(Side.objects.filter(introduction__in=going.values("id")).values_list("person_id", flat=True))


def asked_on(space: Space, whose: Iterable[UUID] | None, day: date, but: UUID | None = None) -> dict[UUID, date]:
    """By person the last day on which they were asked or introduced, of those of the last month, over all
    introductions but one."""
    since = timezone.make_aware(datetime.combine(day - timedelta(days=steps.A_MONTH), time()))
    lately = Q(asked_at__gte=since) | Q(introduction__introduced_at__gte=since)
    held = Side.objects.filter(lately, space=space).exclude(introduction=but)
    held = held if whose is None else held.filter(person__in=list(whose))
    found: dict[UUID, date] = {}
    for person, *moments_ in held.values_list("person_id", "asked_at", "introduction__introduced_at"):
        last = timezone.localtime(max(at for at in moments_ if at)).date()
        found[person] = max(last, found.get(person, last))
    return found


# Who may be introduced


def _known(space: Space, user: User | None, day: date) -> list[Who]:
    phrases = _phrases(space, user)
    tags = _rare_tags(space)
    news = _news(space, day)
    ties = Summary.objects.filter(space=space, depth__gt=0).by_strength(day + timedelta(days=1))[:TIES]
    ids = {*phrases, *tags, *news, *ties.values_list("person_id", flat=True)} - set(asked_on(space, None, day))
    rows = _rows(space, ids)
    employers, moved = _employers(space, rows), _moved(space, rows, day)
    return [
        _who(
            row,
            phrases.get(id, {}),
            tags.get(id, ()),
            employers.get(id, set()),
            (*news.get(id, ()), *moved.get(id, ())),
        )
        for id, row in rows.items()
    ]


def _rows(space: Space, ids: set[UUID]) -> dict[UUID, dict[str, Any]]:
    here = Person.objects.of(space).here().filter(Among(F("id"), ids), never=False, is_organisation=False, reach__gt=0)
    return {row["id"]: row for row in here.values(*SHOWN)}


def _who(
    row: dict[str, Any], said: dict[str, list[str]], tags: Iterable[tuple[str, str]], employers: set[str],
    moved: tuple[Moved, ...],
) -> Who:  # fmt: skip
    town = town_of(row["place"])
    interests = [(fold(text), text) for text in said.get("interest", ())]
    tags = [(key, text) for key, text in tags if fold(text) != fold(town)]  # where someone lives is no taste
    return Who(
        id=row["id"], name=row["name"], given=row["given"], title=row["title"],
        organisation=row["organisation"], employers=frozenset(employers | {row["organisation_key"]} - {""}),
        family=fold(row["family"]), town=town, place=fold(town), work=fold(row["title"]), how_met=fold(row["how_met"]),
        folded=row["folded"], standing=row["standing"], needs=tuple(said.get("need", ())),
        offers=tuple(said.get("offer", ())), interests=(*tags, *interests), moved=moved,
    )  # fmt: skip


def _phrases(space: Space, user: User | None) -> dict[UUID, dict[str, list[str]]]:
    found: dict[UUID, dict[str, list[str]]] = {}
    for person, kind, text in needs.standing(space, user).order_by("id").values_list("person_id", "kind", "text"):
        found.setdefault(person, {}).setdefault(kind, []).append(text)
    return found


def _rare_tags(space: Space) -> dict[UUID, list[tuple[str, str]]]:
    """What only a few are tagged with; a tag of one alone joins nobody."""
    held = Fact.objects.tags(space)
    counted = held.values("key").annotate(n=Count("person", distinct=True)).filter(n__gt=1, n__lte=pairs.FEW)
    keys = list(counted.order_by("n", "key").values_list("key", flat=True)[:RARE])
    found: dict[UUID, list[tuple[str, str]]] = {}
    for at in range(0, len(keys), 500):
        some = held.filter(key__in=keys[at : at + 500]).values_list("person_id", "key", "value")
        for person, key, value in some:
            if not pairs.SORTING & set(stems.stems(fold(value).split())):
                found.setdefault(person, []).append((key, value))
    return found


def _news(space: Space, day: date) -> dict[UUID, tuple[Moved, ...]]:
    """Who has a new post, of those one has been in touch with."""
    kinds = (core_moments.NEW_JOB, core_moments.NEW_TITLE)
    held = moments.alive(space, day).filter(kind__in=kinds, person__summary__isnull=False)
    rows = held.order_by("-found_at", "id").values_list("person_id", "on")[:NEWS]
    return {person: (Moved(JOB, on),) for person, on in rows}


def _employers(space: Space, whose: Iterable[UUID]) -> dict[UUID, set[str]]:
    """All that were ever told, also those that are over."""
    found: dict[UUID, set[str]] = {}
    told = Fact.objects.filter(Among(F("person"), list(whose)), space=space, field="organisation")
    for person, value in told.values_list("person_id", "value"):
        found.setdefault(person, set()).add(people.employer_key(value))
    return found


def _moved(space: Space, rows: dict[UUID, dict[str, Any]], day: date) -> dict[UUID, tuple[Moved, ...]]:
    """Whose place was another one until lately."""
    since = timezone.make_aware(datetime.combine(day - MOVED_FOR, time()))
    ended = Fact.objects.filter(Among(F("person"), list(rows)), space=space, field="place", ended_at__gte=since)
    found: dict[UUID, tuple[Moved, ...]] = {}
    for person, value, at in ended.values_list("person_id", "value", "ended_at"):
        now = fold(town_of(rows[person]["place"]))
        if now and fold(town_of(value)) != now:
            found[person] = (Moved(PLACE, timezone.localtime(at).date()),)
    return found


# Who has met


def met_before(space: Space, some: Iterable[Pair]) -> set[frozenset[UUID]]:
    """Those of the pairs who were on one thread, or at one meeting, in the last years."""
    wanted = {pair.both for pair in some}
    ids = {id for both in wanted for id in both}
    if not ids:
        return set()
    held = Touch.objects.filter(space=space, person__in=ids, deleted_at=None).exclude(external_id="")
    shared = held.order_by().values("external_id").annotate(n=Count("person", distinct=True)).filter(n__gt=1)
    threads: dict[str, set[UUID]] = {}
    for person, thread in held.filter(external_id__in=shared.values("external_id")).values_list(
        "person_id", "external_id"
    ):
        threads.setdefault(thread, set()).add(person)
    return {both for both in wanted if any(both <= there for there in threads.values())}
