"""How often something may be asked for: counted in this process's memory, an hour at a time."""

from __future__ import annotations

from django.core.cache import cache

HOUR = 60 * 60


def allows(what: str, most: int) -> bool:
    """Whether `what` may be done once more within the hour that began with its first time."""
    cache.add(what, 0, HOUR)
    try:
        return int(cache.incr(what)) <= most
    except ValueError:  # the hour has just ended
        return True
