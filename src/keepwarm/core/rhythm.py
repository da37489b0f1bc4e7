"""How often to be in touch with whom, and on which day it is time: spread, so that no week holds more than it can.

A rhythm is a number of days. A person's own word goes before that of their tags (the shortest of them), which goes
before their circle's; 0 says "no rhythm" and ends the search. It is time again a rhythm after the last contact; where
that week is full or the day is past, in another week. Nothing is ever late: who was not reached has a later day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple
from uuid import UUID

NONE = 0  # days: the owner's word that there is no rhythm, though the circle may have one
LONGEST = 730
SKIPS = 3  # in a row, and the rhythm loosens
LOOSER = 1.5  # times as long
SLACK = 0.15  # share of a rhythm by which a day may come sooner or later, to even out the weeks
BUDGET = 16  # people a week, where the session does not say otherwise
AT_EASE = 4  # of many who are long due, the share of a week's places to take at once is one in so many
ENOUGH = 4  # weeks in touch, before a rhythm is read from them
CLEAR = 1.5  # quartiles further apart than this are no rhythm to learn from


class Preset(NamedTuple):
    label: str
    days: int


MONTHLY, QUARTERLY, YEARLY = Preset("Monthly", 28), Preset("Quarterly", 91), Preset("Yearly", 364)
OFTEN = (MONTHLY, QUARTERLY, Preset("Every few months", 119), Preset("Twice a year", 182), YEARLY)
FAMILIES: dict[str, tuple[Preset, ...]] = {
    "Monthly, quarterly, yearly": (MONTHLY, QUARTERLY, YEARLY),
    "Every few months": (Preset("Every few months", 119),),
    "A to D": (Preset("A", 21), Preset("B", 63), Preset("C", 182), Preset("D", 364)),
}


class Followed(NamedTuple):
    """Someone with a rhythm, and when the two were last in touch, where that is known."""

    id: UUID
    cadence: int
    last: date | None = None

    @property
    def due(self) -> date | None:
        return self.last + timedelta(days=self.cadence) if self.last else None


class Terms(NamedTuple):
    """How the weeks of the owner are: where they begin, how many people one holds, until when there are none."""

    budget: int = BUDGET
    first_weekday: int = 0  # 0 is Monday
    away_until: date | None = None


def cadence(own: int | None, tag: int | None = None, circle: int | None = None) -> int | None:
    """Whose word goes first; None where nobody says anything, or "no rhythm"."""
    return next((days for days in (own, tag, circle) if days is not None), None) or None


def week_of(day: date, first_weekday: int) -> date:
    """The first day of the week that holds this day."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def urgency(one: Followed, today: date) -> float:
    """How long it has been, in rhythms of this pair's own. Who has no history has just become due."""
    return (today - one.last).days / one.cadence if one.last else 1.0


def suggestion(weeks: int, low: float | None, middle: float | None, high: float | None) -> int | None:
    """The rhythm nearest to what these two have kept, from the quartiles of their gaps; None where they kept none, or
    were in touch in too few weeks to tell."""
    if weeks < ENOUGH or not (low and middle and high) or high > low * (1 + CLEAR) + 7:
        return None
    known = (7, 14, 21, 28, 63, 91, 119, 182, 364)
    return min(known, key=lambda days: abs(days - middle) / days) if middle <= 1.2 * known[-1] else None


def loosened(cadence: int) -> int:
    return min(max(round(cadence * LOOSER), cadence + 1), LONGEST)


def opens(today: date, terms: Terms) -> date:
    """The first day on which it can be time for anyone: today, or the day after being away."""
    away = terms.away_until
    return away + timedelta(days=1) if away and away >= today else today


def spread(people: Iterable[Followed], load: Mapping[date, int], today: date, terms: Terms) -> dict[UUID, date]:
    """A day for each of them: in no week more than the budget, `load` (by the week's first day) counted in.

    Whoever is due later gets the week of that day, or the emptiest within the slack about it. Those due by now are
    placed by how long it has been in rhythms of their own: one alone at once, many over as many weeks as they need,
    never longer than their rhythm while there is room.
    """
    start = opens(today, terms)
    weeks = _Weeks(load, start, terms)
    now: list[Followed] = []
    later: list[Followed] = []
    for one in people:
        (later if one.due and one.due > start else now).append(one)
    found: dict[UUID, date] = {}
    for one in sorted(later, key=lambda one: (one.due or start, one.id)):
        found[one.id] = weeks.near(one)
    now.sort(key=lambda one: (-urgency(one, today), one.id))
    for place, one in enumerate(now):
        found[one.id] = weeks.from_(_base(place, len(now), one.cadence, terms.budget), one)
    return found


def _base(place: int, count: int, cadence: int, budget: int) -> int:
    """In how many weeks from now it would be the turn of the one at this place."""
    at_ease = ceil(count / max(budget // AT_EASE, 1))
    return place * min(max(cadence // 7, 1), at_ease) // count


class _Weeks:
    """The places taken in each week from the first that is open, and the next week with room for each."""

    def __init__(self, load: Mapping[date, int], start: date, terms: Terms) -> None:
        self.start, self.first = start, week_of(start, terms.first_weekday)
        self.budget = max(terms.budget, 1)
        self.taken: dict[int, int] = {}
        for week, count in load.items():
            self.taken[(week_of(week, terms.first_weekday) - self.first).days // 7] = count
        self._next: dict[int, int] = {}

    def near(self, one: Followed) -> date:
        """Within the slack of the day, the emptiest week, and of those the nearest."""
        due = one.due or self.start
        slack = timedelta(days=int(one.cadence * SLACK))
        middle = self._number(due)
        first, last = max(self._number(due - slack), 0), self._number(due + slack)
        free = [week for week in range(first, last + 1) if self.taken.get(week, 0) < self.budget]
        if not free:
            return self.from_(last + 1, one)
        return self._take(min(free, key=lambda week: (self.taken.get(week, 0), abs(week - middle), week)), due)

    def from_(self, week: int, one: Followed) -> date:
        """The first week from this on with room."""
        return self._take(self._free(week), one.due or self.first + timedelta(days=one.id.int % 7))

    def _number(self, day: date) -> int:
        return (day - self.first).days // 7

    def _free(self, week: int) -> int:
        """Weeks found full are stepped over at once the next time, or 50,000 people would take hours."""
        path = []
        while self.taken.get(week, 0) >= self.budget:
            path.append(week)
            week = self._next.get(week, week + 1)
        for full in path:
            self._next[full] = week
        return week

    def _take(self, week: int, wish: date) -> date:
        """A place in that week, on the weekday of the wish, yet not before anything is open."""
        self.taken[week] = self.taken.get(week, 0) + 1
        begin = self.first + timedelta(weeks=week)
        return max(begin + timedelta(days=(wish - begin).days % 7), self.start)


def weeks_needed(days: Sequence[date], today: date) -> int:
    """In how many weeks the last of them has had their turn."""
    return max(((day - today).days // 7 + 1 for day in days), default=0)
