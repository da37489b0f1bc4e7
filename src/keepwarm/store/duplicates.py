"""People who are here twice: looked for after an import, joined where it is sure, else asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from keepwarm.core import identity
from keepwarm.core import merge as rules
from keepwarm.core.facts import JOB_SOURCES, USER
from keepwarm.core.identity import Card, Match, Model, Network
from keepwarm.models import (
    Fact,
    ImportRun,
    Likeness,
    Merge,
    Note,
    Person,
    Promise,
    SourceRecord,
    Space,
    Suggestion,
    Touch,
    User,
)
from keepwarm.models.ids import first_at
from keepwarm.store import cards, merge, owners, spaces
from keepwarm.store.bulk import Among
from keepwarm.store.merge import Pair

SURE = 0.9  # from here on many are put to the user at once
WHOLE_FROM = 3  # where new people are a third of all, everyone is compared with everyone
TOGETHER = 200  # pairs that are joined in one transaction
MOST = 6  # people in one question
State = Suggestion.State
WAITING = (State.OPEN, State.LATER)


class Likely(NamedTuple):
    """Two people who may be one."""

    one: UUID
    other: UUID
    probability: float
    levels: Sequence[int] = ()


class Looked(NamedTuple):
    joined: int
    asked: int


Rest = Callable[[], object]


def _at_once() -> None:
    """Nobody waits."""


# To look


def look(space: Space, now: datetime, run: ImportRun | None = None, rest: Rest = _at_once) -> Looked:
    """Compare whoever has come since the last look, and of whom the run tells, with everyone: join and ask.

    To be called outside a transaction: it may take twenty seconds for 50,000 people, and writes a little at a time,
    with a `rest` in between for others who wait to write. Killed at any point, it ends the same when called again.
    """
    known = Likeness.objects.get_or_create(space=space)[0]
    fresh = _fresh(space, known, run)
    if not fresh:
        return _finish(space, known, Looked(0, 0), now, run)
    country = owners.country(space.id, run.user if run else spaces.owner(space))
    model = Model.from_json(known.learnt) if known.learnt else None
    whole = cards.lights(space.id)
    if model is None or len(fresh) * WHOLE_FROM >= len(whole) or len(whole) > 2 * known.people:
        ids = [UUID(str(light.id)) for light in whole]
        told = cards.of(space.id, ids, country)
        found, model = identity.judged(told)
        known.learnt, known.people = model.to_json(), len(ids)
    else:
        ids, told, found = _among(space, fresh, Network(whole), model, country)
    likely = {(ids[match.one], ids[match.other]): match for match in found}
    sure = _sure(ids, told, found, likely, kept_apart(space))
    joined = 0
    for at in range(0, len(sure), TOGETHER):
        joined += _joined(space, sure[at : at + TOGETHER], now, run)
        rest()
    asked = suggest(space, [Likely(*pair, match.probability, match.levels) for pair, match in likely.items()], now)
    return _finish(space, known, Looked(joined, asked), now, run)


def _fresh(space: Space, known: Likeness, run: ImportRun | None) -> list[UUID]:
    here = Person.objects.of(space).here().filter(is_organisation=False)
    if known.looked_at is None:
        return list(here.values_list("id", flat=True))
    found = set(here.filter(id__gte=first_at(known.looked_at)).values_list("id", flat=True))
    if run:
        told = SourceRecord.objects.filter(Q(run_id=run.id) | Q(importchange__run=run), space=space)
        found |= set(told.filter(person__in=here).values_list("person_id", flat=True))
    return sorted(found)


def _among(
    space: Space, fresh: list[UUID], network: Network, model: Model, country: str
) -> tuple[list[UUID], list[Card], list[Match]]:
    """Only the new against all, of whom only those are fetched who may be one of them."""
    new = cards.of(space.id, fresh, country)
    near = {UUID(str(id)) for id in network.worth_loading(new)} | _sharing(space, new)
    rest = sorted(near - set(fresh))
    beside = cards.of(space.id, rest, country)
    found = identity.matches_among(new, beside, network.often(new, beside), model)
    return [*fresh, *rest], [*new, *beside], found


def _sharing(space: Space, new: Sequence[Card]) -> set[UUID]:
    """Who has an address, number or profile of theirs, or an address that begins like one."""
    asked = identity.lookups(new)
    held = Fact.objects.filter(~Q(key=""), space=space, ended_at=None, person__deleted_at=None)
    found = set(held.filter(Among(F("key"), list(asked.keys))).values_list("person_id", flat=True))
    for prefix in asked.prefixes:
        after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        found |= set(held.filter(key__gte=prefix, key__lt=after).values_list("person_id", flat=True)[:40])
    return found


@transaction.atomic
def announce(run: ImportRun) -> bool:
    """Have the import's page say that it is being looked; False where it did not end well."""
    if done := _done(run):
        done.counts["looking"] = 1
        done.save(update_fields=["counts"])
    return done is not None


@transaction.atomic
def _joined(space: Space, sure: list[Pair], now: datetime, run: ImportRun | None) -> int:
    Space.objects.select_for_update().get(id=space.id)
    return len(merge.join_all(space, sure, now, run=_done(run)))


@transaction.atomic
def _finish(space: Space, known: Likeness, looked: Looked, now: datetime, run: ImportRun | None) -> Looked:
    known.looked_at = now
    known.save()
    mine = Q(counts__looking=1) | Q(id=run.id if run else None)
    for told in ImportRun.objects.select_for_update().filter(mine, space=space, state=ImportRun.State.DONE):
        told.counts.pop("looking", None)
        told.counts["joined"] = Merge.objects.standing().filter(run=told).count()
        if run and told.id == run.id:
            told.counts["maybe"] = looked.asked
        told.save(update_fields=["counts"])
    return looked


def _done(run: ImportRun | None) -> ImportRun | None:
    """The run as it stands; none where it was undone meanwhile, or is an account's, which is never done."""
    return run and ImportRun.objects.select_for_update().filter(id=run.id, state=ImportRun.State.DONE).first()


def _sure(
    ids: list[UUID],
    told: list[Card],
    found: list[Match],
    likely: dict[tuple[UUID, UUID], Match],
    two: set[frozenset[UUID]],
) -> list[Pair]:
    """Whom to join without asking: of a group everyone into whoever is known best."""
    groups = [[ids[place] for place in group] for group in identity.groups(found, told)]
    groups = [group for group in groups if not any(frozenset(pair) in two for pair in combinations(group, 2))]
    pairs: list[Pair] = []
    for best, others in into_the_best(groups):
        for id in others:
            match = likely.get((best, id)) or likely.get((id, best))
            pairs.append(Pair(best, id, *((match.probability, match.levels) if match else ())))
    return pairs


def into_the_best(groups: Sequence[Sequence[UUID]]) -> Iterator[tuple[UUID, list[UUID]]]:
    """Of each group whoever is known best, and the others."""
    known = merge.standings(id for group in groups for id in group)
    for group in groups:
        best = group[0]
        for id in group[1:]:
            best = best if rules.keeps(known[best], known[id]) else id
        yield best, [id for id in group if id != best]


def kept_apart(space: Space) -> set[frozenset[UUID]]:
    """Pairs of whom the user has said that they are two, by who each is now."""
    now = merge.into_now(space.id)
    said = Suggestion.objects.filter(space=space, state=State.TWO).values_list("one", "other")
    return {frozenset((now.get(one, one), now.get(other, other))) for one, other in said}


@transaction.atomic
def suggest(space: Space, likely: Iterable[Likely], now: datetime) -> int:
    """Put pairs to the user, as far as they have not said; returns how many are new.

    Who has been joined with someone stands for both.
    """
    by_now, two = merge.into_now(space.id), kept_apart(space)
    best: dict[tuple[UUID, UUID], Likely] = {}
    for pair in likely:
        one, other = sorted((by_now.get(pair.one, pair.one), by_now.get(pair.other, pair.other)))
        if one != other and frozenset((one, other)) not in two:
            held = best.get((one, other))
            best[one, other] = pair if held is None or pair.probability > held.probability else held
    before = Suggestion.objects.filter(space=space, state__in=WAITING).count()
    rows = [
        Suggestion(
            space=space, one_id=one, other_id=other, probability=pair.probability, levels=list(pair.levels), made_at=now
        )
        for (one, other), pair in best.items()
    ]  # fmt: skip
    Suggestion.objects.bulk_create(
        rows, batch_size=100, update_conflicts=True, unique_fields=["space", "one", "other"],
        update_fields=["probability", "levels"],
    )  # fmt: skip
    return Suggestion.objects.filter(space=space, state__in=WAITING).count() - before


# To show


def open_ones(space: Space) -> QuerySet[Suggestion]:
    """The likeliest first; what was put off comes last."""
    held = Suggestion.objects.filter(space=space, state__in=WAITING, one__deleted_at=None, other__deleted_at=None)
    return held.order_by("-state", "-probability", "id")


def count(space: Space) -> int:
    return open_ones(space).count()


def sure(space: Space) -> QuerySet[Suggestion]:
    """Those that are likely enough to be answered together, see `each_once`."""
    return open_ones(space).filter(probability__gte=SURE, state=State.OPEN)


def each_once(pairs: Sequence[Suggestion]) -> list[Suggestion]:
    """Without those of whom someone is in two: three cards are a question of their own."""
    seen = Counter(id for pair in pairs for id in (pair.one_id, pair.other_id))
    return [pair for pair in pairs if seen[pair.one_id] == seen[pair.other_id] == 1]


def together(space: Space, first: Suggestion) -> list[Suggestion]:
    """All open pairs that hang together with this one, which comes first: cards of one person are one question."""
    found, people = {first.id: first}, {first.one_id, first.other_id}
    while len(people) < MOST and (more := _touching(space, people, found)):
        for pair in more:
            if len(both := people | {pair.one_id, pair.other_id}) <= MOST:
                people, found[pair.id] = both, pair
    return list(found.values())


def _touching(space: Space, people: set[UUID], found: Collection[UUID]) -> list[Suggestion]:
    about = open_ones(space).filter(Q(one__in=people) | Q(other__in=people)).exclude(id__in=list(found))
    return list(about.select_related("one", "other")[: MOST * MOST])


def joined(space: Space) -> QuerySet[Merge]:
    """Whom has been joined, the last first."""
    return (
        Merge.objects.standing().filter(space=space).select_related("kept", "gone", "user").order_by("-made_at", "-id")
    )


class Lived(NamedTuple):
    """How much there is between the user and someone, which joining keeps."""

    touches: int
    notes: int
    promises: int


def lived(space: Space, viewer: User, ids: Iterable[UUID]) -> dict[UUID, Lived]:
    known = list(ids)
    counted = [
        dict(rows.filter(person__in=known).values_list("person").annotate(Count("pk")).order_by())
        for rows in (
            Touch.objects.filter(space=space, deleted_at=None).seen_by(viewer),
            Note.objects.filter(space=space, deleted_at=None).seen_by(viewer),
            Promise.objects.of(space).seen_by(viewer),
        )
    ]
    return {id: Lived(*(count.get(id, 0) for count in counted)) for id in known}


def best_first(people: Sequence[Person]) -> list[Person]:
    """Who would be kept comes first."""
    by_id = {person.id: person for person in people}
    [(best, others)] = into_the_best([list(by_id)])
    return [by_id[id] for id in (best, *others)]


def would_show(people: Sequence[Person]) -> dict[str, UUID]:
    """Whose name and whose role joining would show: the first one's, who is kept, and the one that was told last."""
    jobs = Fact.objects.filter(person__in=people, field__in=("organisation", "title"), ended_at=None)
    told = max(jobs, key=weight, default=None)
    return {"name": people[0].id, "role": told.person_id if told else people[0].id}


def weight(job: Fact) -> tuple[bool, bool, datetime]:
    """As core.facts.choose has it."""
    return job.source == USER, job.source.startswith(JOB_SOURCES), job.seen_at


def why(pairs: Iterable[Suggestion | Merge]) -> list[identity.Sign]:
    """What speaks for it, then what against it, each once."""
    found = (sign for pair in pairs if pair.levels for sign in identity.signs(tuple(pair.levels)))
    return sorted(dict.fromkeys(found), key=lambda sign: not sign.speaks_for)


def alike(space: Space, people: Sequence[Person], country: str) -> list[identity.Sign]:
    """As `why`, of two whom nobody has asked about."""
    one, other = cards.of(space.id, [person.id for person in people], country)
    return identity.signs(identity.levels(one, other))
