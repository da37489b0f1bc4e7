"""When a nudge is due: at the chosen hour of the chosen days where its reader is, never in quiet hours or days away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

# A machine may have slept through the hour: so long a nudge is still worth more than none, on another day or not.
WINDOW = timedelta(days=3)
ON_TIME = timedelta(minutes=5)  # what comes later says why
DAY = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)


class Plan(NamedTuple):
    """How someone wants to be nudged."""

    days: str  # weekdays, 0 is Monday
    at: time
    zone: ZoneInfo
    quiet_from: time | None = None
    quiet_until: time | None = None
    away_from: date | None = None
    away_until: date | None = None  # the last day; None with a first day: until they say that they are back


class Due(NamedTuple):
    """The nudge of one day of the plan, and its moment in UTC."""

    day: date
    at: datetime


# One day


def moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """When it is that hour of that day there, in UTC; None where the zone has no such day.

    An hour that clocks pass twice is the first of the two; one that they leap over is the end of the leap.
    """
    local = datetime.combine(day, at, zone)
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        found = _end_of_leap(local)
    return found if found.astimezone(zone).date() == day else None


def _end_of_leap(local: datetime) -> datetime:
    """Of an hour that no clock shows: before and after the leap the zone reads it in two ways, and halves between."""
    before, after = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
    zone, offset = local.tzinfo, after.astimezone(local.tzinfo).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return (after + timedelta(microseconds=500_000)).replace(microsecond=0)


def is_away(plan: Plan, day: date) -> bool:
    if plan.away_from is None and plan.away_until is None:
        return False
    return (plan.away_from or day) <= day <= (plan.away_until or day)


def is_quiet(plan: Plan, now: datetime) -> bool:
    start, end, at = plan.quiet_from, plan.quiet_until, now.astimezone(plan.zone).time()
    return start is not None and end is not None and within(at, start, end)


def within(at: time, start: time, end: time) -> bool:
    """Also over midnight; from an hour to itself is never."""
    return start <= at < end if start <= end else at >= start or at < end


def awake(plan: Plan, now: datetime) -> datetime:
    """This moment, or the end of the quiet hours that it lies in."""
    if not is_quiet(plan, now) or plan.quiet_until is None:
        return now
    local = now.astimezone(plan.zone)
    day = local.date() + (DAY if local.time() >= plan.quiet_until else timedelta())
    return moment(day, plan.quiet_until, plan.zone) or now


# Which day


def coming(plan: Plan, after: datetime) -> Due | None:
    """The next one after this moment; None where no day is chosen, or they are away until they say so."""
    start = after.astimezone(plan.zone).date() - DAY
    return next((due for due in _from(plan, start) if due.at > after), None)


def wanted(plan: Plan, now: datetime, since: datetime) -> Due | None:
    """The nudge that may go now: the newest whose moment has come since the plan was made, within the window.

    Earlier ones that did not go are let go with it: after a week of sleep there is one, not seven. So is one of an
    earlier day where today's is still to come.
    """
    today = now.astimezone(plan.zone).date()
    if is_quiet(plan, now) or is_away(plan, today):
        return None
    near = list(islice(_from(plan, today - WINDOW - DAY), 6))
    past = [due for due in near if due.at <= now]
    if not past or any(due.at > now and due.day == today for due in near):
        return None
    return past[-1] if past[-1].at > since and now - past[-1].at <= WINDOW else None


def look(plan: Plan, now: datetime) -> datetime | None:
    """When to look again whether one is due."""
    if is_quiet(plan, now):
        return awake(plan, now)
    due = coming(plan, now)
    return due.at if due else None


def _from(plan: Plan, start: date) -> Iterator[Due]:
    """The days of the plan from one on, without those away; at most five years of them."""
    day = start
    for _ in range(5 * 366):
        if str(day.weekday()) in plan.days and not is_away(plan, day) and (at := moment(day, plan.at, plan.zone)):
            yield Due(day, awake(plan, at))
        day += DAY


# When it does not go


def wait(failures: int) -> timedelta:
    """How long to leave a server alone after so many failures in a row: 1, 2, 4 … minutes, up to two hours."""
    return min(FIRST_WAIT * (1 << min(failures - 1, 12)), LONGEST_WAIT)


def ends(plan: Plan, due: Due) -> datetime:
    """Until when it is tried: not beyond the window, nor into the time of the next."""
    after = coming(plan, due.at)
    return min(due.at + WINDOW, after.at) if after else due.at + WINDOW
