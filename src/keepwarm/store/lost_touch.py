"""Whom the owner has lost touch with, by their summaries alone: lapsing, dormant, and apart from them those of whom
nothing is on record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

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
    """How many have lapsed and how many are dormant: all that an index counts, but for those left out."""
    out = Summary.objects.filter(person__in=Person.objects.of(space).filter(LEFT_OUT).values("id"))
    both = {kind: _since(kind, day) & Q(space=space, depth__gt=0) for kind in (LAPSING, DORMANT_ONES)}
    return {kind: Summary.objects.filter(such).count() - out.filter(such).count() for kind, such in both.items()}


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
    """The least proposed and best standing first. An index has that order, and is walked where the page fills soon."""
    people = people_list.narrowed(space, narrow, day).filter(never=False, is_organisation=False, in_touch_since=None)
    walked = not any(narrow) and _are_many_unknown(space)
    found = people.filter(Q(summary=None) | Q(summary__last_on=None))
    return found.order_by(F("suggestions") if walked else F("suggestions") + 0, "-standing")


def _are_many_unknown(space: Space) -> bool:
    everyone = Person.objects.of(space).count()
    return Summary.objects.filter(space=space, last_on__isnull=False).count() < 0.9 * everyone


def _people(space: Space, ids: list[UUID]) -> list[Person]:
    held = Person.objects.of(space).select_related("summary", "circle").in_bulk(ids)
    return [held[id] for id in ids]
