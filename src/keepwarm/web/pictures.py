"""Where the lines, dots and words of a small drawing stand; numbers and words in, numbers and words out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from keepwarm.core.reconnect.reasons import MONTHS, every, spell, spell_months

# In units of the drawing, which is 300 wide.
LEFT, TODAY, WIDTH = 6.0, 294.0, 300.0
NEAREST = 280.0  # the last dot never hides the ring of today
APART = 10.0  # nearer dots would run together: the later one stands for both
SHORTEST = 60  # days that the drawing spans at least, so that yesterday does not stretch over all of it
LETTER = 6.0  # about as wide as one of the words below the line
MONTH = 30.44


class Word(NamedTuple):
    """A word below the line."""

    x: float
    anchor: str  # start, middle, end
    text: str


class Rhythm(NamedTuple):
    """Touches on a line up to today, and the quiet since the last."""

    dots: tuple[float, ...]  # without the last
    last: float
    quiet: tuple[float, float] | None  # from and to; None where there is none to see
    words: tuple[Word, ...]
    sentence: str


def rhythm(touched: Iterable[date], today: date, typical: float | None) -> Rhythm | None:
    """The line of these days, the newest at the right; None without any. `typical`: days between two, if known."""
    days = sorted({day for day in touched if day <= today})
    if not days:
        return None
    span = max((today - days[0]).days, SHORTEST)
    at = [min(NEAREST, TODAY - (today - day).days / span * (TODAY - LEFT)) for day in days]
    last = at[-1]
    quiet = (round(last + 8, 1), TODAY - 8) if TODAY - 8 - (last + 8) > 6 else None
    return Rhythm(_apart(at), round(last, 1), quiet, _words(days, at, today), _sentence(days, today, typical))


def _apart(at: list[float]) -> tuple[float, ...]:
    """The dots before the last, without those that the next one covers."""
    kept, right = [], at[-1]
    for x in reversed(at[:-1]):
        if right - x >= APART:
            kept.append(round(x, 1))
            right = x
    return tuple(reversed(kept))


def _words(days: list[date], at: list[float], today: date) -> tuple[Word, ...]:
    """Today, the last day where there is room beside that, and the first where there is room beside both."""
    last, free = days[-1], WIDTH - 7 * LETTER
    words = [Word(WIDTH, "end", "today")]
    said = f"{last.day} {_month(last)}" if last.year == today.year else f"{_month(last)} {last.year}"
    half = len(said) * LETTER / 2
    if at[-1] < LEFT + half:
        words.append(Word(2.0, "start", said))
    elif at[-1] <= free - half + 2 * LETTER:
        words.append(Word(round(min(at[-1], free - half), 1), "middle", said))
        free = words[-1].x - half - LETTER
    first = f"{_month(days[0])} {days[0].year}"
    if len(days) > 1 and at[0] - 4 + len(first) * LETTER <= free and words[-1].anchor != "start":
        words.append(Word(max(2.0, round(at[0] - 4, 1)), "start", first))
    return tuple(reversed(words))


def _month(day: date) -> str:
    return MONTHS[day.month - 1][:3]


def _sentence(days: list[date], today: date, typical: float | None) -> str:
    """What the drawing says to those who do not see it."""
    last = days[-1]
    on = f"{last.day} {MONTHS[last.month - 1]}" + (f" {last.year}" if last.year != today.year else "")
    quiet = spell_months(round((today - last).days / MONTH))
    if len(days) == 1 or not typical:
        return f"In touch on {on}" + (f", {quiet} ago." if quiet else ".")
    if quiet and (today - last).days > 1.5 * typical:
        return f"In touch about every {every(round(typical))} until {on}, then {quiet} of quiet."
    return f"In touch about every {every(round(typical))}, last on {on}."


WEEKS = 156  # three years


class Weeks(NamedTuple):
    """Each week in touch of the last three years as a tick on a line up to today."""

    ticks: tuple[float, ...]
    quiet: tuple[float, float] | None  # from and to
    words: tuple[Word, ...]
    sentence: str


def first_of_weeks(today: date) -> date:
    """The Monday with which the line begins."""
    return today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))


def weeks(touched: Iterable[date], today: date) -> Weeks | None:
    """The line of these days; None without any in the three years."""
    start, width = first_of_weeks(today), (TODAY - LEFT) / WEEKS
    places = sorted({(day - start).days // 7 for day in touched if start <= day <= today})
    if not places:
        return None
    at = [round(LEFT + (place + 0.5) * width, 1) for place in places]
    quiet = (at[-1] + 4, TODAY - 8) if TODAY - 12 - at[-1] > 6 else None
    return Weeks(tuple(at), quiet, _years(start, today), _said(places, start))


def _years(start: date, today: date) -> tuple[Word, ...]:
    """Each year where it begins, but for one that would stand in the way of today."""
    turns = (date(year, 1, 1) for year in range(start.year + 1, today.year + 1))
    at = ((LEFT + (turn - start).days / (7 * WEEKS) * (TODAY - LEFT), str(turn.year)) for turn in turns)
    words = (Word(round(x, 1), "middle", year) for x, year in at if LEFT + 2 * LETTER < x < WIDTH - 8 * LETTER)
    return (*words, Word(WIDTH, "end", "today"))


def _said(places: list[int], start: date) -> str:
    """What the drawing says to those who do not see it."""
    last = start + timedelta(weeks=places[-1])
    many = f"{spell(len(places))} week{'s' * (len(places) != 1)}"
    on = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    return f"In touch in {many} of the last three years, last in the week of {on}."


# Give and ask, as weights either side of a line in the middle.
MIDDLE, ROW = 150.0, 28.0
FEW = 6  # on one side, up to which each weight is large
COLUMNS, ROWS = 13, 3  # of small ones
MOST = COLUMNS * ROWS


class Weight(NamedTuple):
    x: float
    y: float
    radius: float


class Balance(NamedTuple):
    """The weights of each side, the nearest to the middle first."""

    gave: tuple[Weight, ...]
    asked: tuple[Weight, ...]
    each: int  # for how many times a weight stands


def balance(gave: int, asked: int) -> Balance | None:
    """The same size on both sides, so that they can be compared; None where there is nothing to weigh."""
    most = max(gave, asked)
    if not most:
        return None
    each = -(-most // MOST)
    large = most <= FEW
    left, right = (_weights(-(-times // each), large=large) for times in (gave, asked))
    return Balance(
        tuple(Weight(round(MIDDLE - one.x, 1), one.y, one.radius) for one in left),
        tuple(Weight(round(MIDDLE + one.x, 1), one.y, one.radius - 0.75) for one in right),
        each,
    )


def _weights(count: int, *, large: bool) -> list[Weight]:
    """So many, at their distance from the middle; small ones stand three to a column."""
    if large:
        return [Weight(18.0 + 22.0 * place, ROW / 2, 7.0) for place in range(count)]
    return [
        Weight(12.0 + 9.5 * (place // ROWS), (ROW / 2, 4.7, ROW - 4.7)[place % ROWS], 3.75) for place in range(count)
    ]


def gap(last: date, today: date) -> str:
    """How long ago, as the margin of a card says it: 6 days, 5 weeks, 13 months, 3 years."""
    days = (today - last).days
    if days <= 0:
        return "today"
    for length, unit, limit in ((1.0, "day", 14), (7.0, "week", 60), (MONTH, "month", 730)):
        if days < limit:
            return _many(round(days / length), unit)
    return _many(int(days / 365.25), "year")


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' * (number != 1)}"
