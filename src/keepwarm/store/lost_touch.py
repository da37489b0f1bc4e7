"""Whom the owner has lost touch with, by their summaries alone: lapsing, dormant, and apart from them those of whom
nothing is on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from keepwarm.core.reconnect.factors import DORMANT
from keepwarm.models import Person, Space, Summary
from keepwarm.models.people import LEFT_OUT, PersonQuerySet, SummaryQuerySet
from keepwarm.store import people_list
from keepwarm.store.people_list import Narrow

PAGE = 20
QUIET = 91  # days after which a tie lapses
LAPSING, DORMANT_ONES, UNKNOWN = "lapsing", "dormant", "unknown"
KINDS = (LAPSING, DORMANT_ONES, UNKNOWN)


class Page(NamedTuple):
    people: list[Person]
    number: int
    more: bool


def sizes(space: Space, day: date) -> dict[str, int]:
    """How many there are of each kind."""
    counted = _ties(space, Narrow(), day).aggregate(
        lapsing=Count("person", filter=_since(LAPSING, day)), dormant=Count("person", filter=_since(DORMANT_ONES, day))
    )
    return {LAPSING: counted["lapsing"], DORMANT_ONES: counted["dormant"], UNKNOWN: _count_unknown(space)}


def _count_unknown(space: Space) -> int:
    """All but those left out and those with a history, which indexes count; to look at each one takes far longer."""
    everyone, told = Person.objects.of(space), Summary.objects.filter(space=space, last_on__isnull=False)
    out = everyone.filter(LEFT_OUT)
    known = told.count() - out.filter(summary__last_on__isnull=False).count()
    return everyone.count() - out.count() - known


def page(space: Space, kind: str, narrow: Narrow, number: int, day: date) -> Page:
    """The strongest first; of those silent over a year the deepest, as no silence tells them apart any more."""
    start = (number - 1) * PAGE
    ids = list(_in_order(space, kind, narrow, day)[start : start + PAGE + 1])
    return Page(_people(space, ids[:PAGE]), number, len(ids) > PAGE)


def _in_order(space: Space, kind: str, narrow: Narrow, day: date) -> QuerySet[Any, UUID]:
    """Their ids."""
    if kind == UNKNOWN:
        return _unknown(space, narrow, day).values_list("id", flat=True)
    ties = _ties(space, narrow, day).filter(_since(kind, day))
    ranked = ties.by_strength(day) if kind == LAPSING else ties.order_by("-depth")
    return ranked.values_list("person_id", flat=True)


def _ties(space: Space, narrow: Narrow, day: date) -> SummaryQuerySet:
    """Those with whom messages went both ways."""
    out = Person.objects.of(space).filter(LEFT_OUT)
    ties = Summary.objects.filter(space=space, depth__gt=0).exclude(person__in=out.values("id"))
    return ties.filter(person__in=people_list.narrowed(space, narrow, day).values("id")) if any(narrow) else ties


def _since(kind: str, day: date) -> Q:
    lapsed, dormant = (day - timedelta(days=QUIET)).toordinal(), (day - timedelta(days=DORMANT)).toordinal()
    return Q(last_day__gt=dormant, last_day__lte=lapsed) if kind == LAPSING else Q(last_day__lte=dormant)


def _unknown(space: Space, narrow: Narrow, day: date) -> PersonQuerySet:
    """The best standing first, as an index has them."""
    people = people_list.narrowed(space, narrow, day).filter(never=False, is_organisation=False, in_touch_since=None)
    return people.filter(Q(summary=None) | Q(summary__last_on=None)).order_by("suggestions", "-standing")


def _people(space: Space, ids: list[UUID]) -> list[Person]:
    held = Person.objects.of(space).select_related("summary", "circle").in_bulk(ids)
    return [held[id] for id in ids]

