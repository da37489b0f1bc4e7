"""Where the bars, areas and squares of the pictures of insights stand: counts in, coordinates and words out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from keepwarm.core.insights import Week
from keepwarm.core.reconnect.reasons import MONTHS, WEEKDAYS

# The treadmill: who is looked after stands above the line, who is newly met hangs below it, both by one scale.


class Frame(NamedTuple):
    """The size of a picture of bars, in its own units."""

    width: int
    left: float  # of the first bar
    step: float
    bar: float
    height: int  # of bars above and below together
    top: int


WIDE, NARROW = Frame(1040, 196, 71, 40, 190, 24), Frame(360, 6, 60, 42, 168, 44)
ABOVE, BELOW = 44.0, 48.0  # room for the words beside the line, and for numbers
MONTH_APART = 3  # columns


class Bar(NamedTuple):
    """One week: both bars, their numbers, and where these stand."""

    x: float
    middle: float
    nurtured: int
    up: float  # where the upper bar begins
    up_height: float
    up_text: float
    new: int
    down_height: float
    down_text: float
    label: str
    is_marked: bool  # the first, the last and the best: those have their numbers


class Bars(NamedTuple):
    width: int
    height: float
    bar: float
    line: float
    down: float  # where the lower bars begin
    labels: float  # where the words below stand
    bars: tuple[Bar, ...]


def bars(weeks: Sequence[Week], labels: Sequence[str], frame: Frame) -> Bars:
    most, met = max(week.nurtured for week in weeks), max(week.new for week in weeks)
    unit = min(
        frame.height / max(most + met, 1), (frame.height - BELOW) / max(most, 1), (frame.height - ABOVE) / max(met, 1)
    )  # fmt: skip
    up, down = max(most * unit, ABOVE), max(met * unit, BELOW)
    line = frame.top + up
    marked = {0, len(weeks) - 1, max(range(len(weeks)), key=lambda place: weeks[place].nurtured)}
    found = []
    for place, (week, label) in enumerate(zip(weeks, labels, strict=True)):
        x, height, depth = frame.left + place * frame.step, week.nurtured * unit, week.new * unit
        found.append(
            Bar(
                x, x + frame.bar / 2, week.nurtured, round(line - 1.5 - height, 1), round(height, 1),
                round(line - height - 9, 1), week.new, round(depth, 1), round(line + depth + 17, 1), label,
                place in marked,
            )
        )  # fmt: skip
    labels_at = round(line + down + 36, 1)
    return Bars(frame.width, labels_at + 6, frame.bar, round(line, 1), round(line + 1.5, 1), labels_at, tuple(found))


# How warm it is: five areas, the coldest at the bottom


AREA_WIDTH, AREA_HEIGHT, AREA_TOP = 376.0, 306.0, 4.0
LABEL_APART = 22.0


class Area(NamedTuple):
    level: int  # 1 quiet to 5 glowing, as the colours count
    points: str
    edge: str  # its upper line


class Label(NamedTuple):
    y: float
    people: int
    word: str


class Tick(NamedTuple):
    x: float
    anchor: str
    text: str


class Areas(NamedTuple):
    areas: tuple[Area, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Tick, ...]


def areas(counts: Sequence[Sequence[int]], days: Sequence[date], words: Sequence[str]) -> Areas:
    most = max(*(sum(held) for held in counts), 1)
    across = [place * AREA_WIDTH / (len(counts) - 1) for place in range(len(counts))]
    lower = [AREA_TOP + AREA_HEIGHT] * len(counts)
    found, middles = [], []
    for level, word in enumerate(words, 1):
        upper = [y - held[level - 1] / most * AREA_HEIGHT for y, held in zip(lower, counts, strict=True)]
        edge = _points(across, upper)
        found.append(Area(level, f"{edge} {_points(across[::-1], lower[::-1])}", edge))
        if counts[-1][level - 1]:
            middles.append(((upper[-1] + lower[-1]) / 2 + 4, counts[-1][level - 1], word.lower()))
        lower = upper
    return Areas(tuple(found), _apart(middles), _ticks(across, days))


def _points(across: Sequence[float], down: Sequence[float]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))


def _apart(told: list[tuple[float, int, str]]) -> tuple[Label, ...]:
    """From the lowest up, none nearer to the one below than a line of text; then down again from the top."""
    placed: list[Label] = []
    floor = AREA_TOP + AREA_HEIGHT + LABEL_APART
    for y, count, word in told:
        floor = min(y, floor - LABEL_APART)
        placed.append(Label(floor, count, word))
    ceiling = AREA_TOP + 8 - LABEL_APART
    for place in range(len(placed) - 1, -1, -1):
        ceiling = max(placed[place].y, ceiling + LABEL_APART)
        placed[place] = placed[place]._replace(y=round(ceiling, 1))
    return tuple(placed)


def _ticks(across: Sequence[float], days: Sequence[date]) -> tuple[Tick, ...]:
    """Each third month, and now."""
    last = len(days) - 1
    ticks = [
        Tick(round(across[place], 1), "middle" if place else "start", MONTHS[days[place].month - 1][:3])
        for place in range(0, last - 1, 3)
    ]
    return (*ticks, Tick(AREA_WIDTH, "end", "now"))


# A year of small gestures: 53 columns of seven squares


SQUARE, LEFT, TOP = 14, 32, 18


class Cell(NamedTuple):
    x: int
    y: int
    level: int  # 0 to 4
    day: date
    people: int


class Heat(NamedTuple):
    cells: tuple[Cell, ...]
    months: tuple[Tick, ...]
    weekdays: tuple[Tick, ...]  # x is where its row stands


def heat(days: Mapping[date, int], first: date, today: date) -> Heat:
    """From `first`, the first day of a week, to today."""
    counts = sorted(count for count in days.values() if count)
    most = max(counts[min(len(counts) - 1, len(counts) * 19 // 20)], 4) if counts else 4
    cells = tuple(
        Cell(LEFT + SQUARE * (n // 7), TOP + SQUARE * (n % 7), _level(days.get(day, 0), most), day, days.get(day, 0))
        for n in range((today - first).days + 1)
        for day in (first + timedelta(days=n),)
    )
    rows = (0, 3, 6)
    named = tuple(Tick(TOP + 9 + SQUARE * row, "start", WEEKDAYS[(first.weekday() + row) % 7][:3]) for row in rows)
    return Heat(cells, _month_names(first, today), named)


def _level(count: int, most: int) -> int:
    return min(4, ceil(4 * count / most))


def _month_names(first: date, today: date) -> tuple[Tick, ...]:
    """Over the column in which each begins; the first column has its own, where there is room."""
    columns: list[tuple[int, str]] = []
    for column in range((today - first).days // 7 + 1):
        week = first + timedelta(weeks=column)
        begins = next((day for n in range(7) if (day := week + timedelta(days=n)).day == 1), None)
        if column == 0 or (begins and begins <= today):
            columns.append((column, MONTHS[(begins or week).month - 1][:3]))
    if len(columns) > 1 and columns[1][0] < MONTH_APART:
        del columns[0]
    return tuple(Tick(LEFT + SQUARE * column, "start", name) for column, name in columns)


def share(part: int, whole: int, width: int) -> float:
    """So much of the width."""
    return round(width * part / whole, 1) if whole else 0.0
