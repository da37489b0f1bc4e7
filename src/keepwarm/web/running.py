"""Whether the worker and its clock are alive: where they are not, every page says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from keepwarm import jobs

SILENT = timedelta(minutes=10)
KEPT = 15  # seconds for which one answer is good for every page
STARTED = timezone.now()  # of this process: a worker beside it has ten minutes to begin


def not_running(request: HttpRequest) -> dict[str, Any]:
    """For every template: `not_running`, with since when; empty where all is well or nobody is signed in."""
    return {"not_running": SimpleLazyObject(lambda: _told(request))}


def _told(request: HttpRequest) -> dict[str, Any]:
    asker = getattr(request, "user", None)  # a request may be refused before it has a user
    if asker is None or not asker.is_authenticated or not is_silent(timezone.now()):
        return {}
    return {"since": _newest(), "embedded": connection.vendor == "sqlite"}


def is_silent(now: datetime) -> bool:
    """Whether nothing has been heard of worker and clock for ten minutes; of none ever, since this process began."""
    return now - (_newest() or STARTED) > SILENT


def _newest() -> datetime | None:
    """The last heartbeat, asked for at most every few seconds; False is kept for none."""
    held: datetime | bool | None = cache.get("beat")
    if held is None:
        held = jobs.last_beat(timezone.now()) or False
        cache.set("beat", held, KEPT)
    return held if isinstance(held, datetime) else None
