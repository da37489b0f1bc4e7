"""The touches that stand behind a reason, so that it can be looked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from keepwarm.core import history
from keepwarm.core.history import AMBIENT_FOR, Event
from keepwarm.core.reconnect import reasons
from keepwarm.models import Touch

Touches = QuerySet[Touch]


def behind(touched: Touches, shown: str, day: date) -> Touches:
    """Of one person's touches those that `core.reconnect.reasons` names so; all where it names none so."""
    return BEHIND[shown](touched, day) if shown in BEHIND else touched


def _direct(touched: Touches, _: date) -> Touches:
    return touched.filter(ambient=False)


def _answered(touched: Touches, _: date) -> Touches:
    held = list(touched.filter(ambient=False).values_list("id", "at", "direction"))
    places = history.answered([Event(at, direction) for _, at, direction in held])
    return touched.filter(id__in=[held[place][0] for place in places])


def _to_many(touched: Touches, day: date) -> Touches:
    since = timezone.make_aware(datetime.combine(day - timedelta(days=AMBIENT_FOR), time()))
    return touched.filter(ambient=True, at__gte=since)


def _last(touched: Touches, _: date) -> Touches:
    said = touched.filter(ambient=False, kind="").exclude(context="").order_by("-at")
    return touched.filter(id__in=said.values("id")[:1])


def _lines(touched: Touches, _: date) -> Touches:
    return touched.exclude(line="")


BEHIND: dict[str, Callable[[Touches, date], Touches]] = {
    reasons.DIRECT: _direct, reasons.ANSWERED: _answered, reasons.TO_MANY: _to_many, reasons.LAST: _last,
    reasons.LINES: _lines,
}  # fmt: skip
