"""`python -m benchmarks.year`: a year of weekly sessions in one run, with several habits, by the product's own code.

Each habit has a space of its own: 300 people, of whom 20 are kept monthly, 80 quarterly and 100 yearly. Some were
silent for long when it begins. What is asked at the end:

- load: on the first day of each week, for how many it is time by its end. Never more than the budget and two.
- kept: the share of people in a circle whom no silence of the year kept waiting for longer than 1.3 rhythms and a week.
- in rhythm: of all their days since they were first reached, the share within 1.3 rhythms of the last contact.
"""

from __future__ import annotations

import json
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import time_machine
from rich.console import Console
from rich.table import Table

from benchmarks.measure import HERE

if TYPE_CHECKING:
    from keepwarm.models import Membership, Person

START = date(2026, 1, 5)  # a Monday
WEEKS = 52
CIRCLES = (("Monthly", 28, 20), ("Quarterly", 91, 80), ("Yearly", 364, 100))
OTHERS = 100
SLACK, GRACE = 1.3, 7  # rhythms, and days
OVER = 2  # people a week may hold beyond the budget
ANSWERS = 0.5  # of those written to
AWAY = range(26, 30)  # weeks of the month away


class Habit(NamedTuple):
    """On which weeks there is a session, and whether being away was said."""

    name: str
    sits: Callable[[int], bool]
    says_away: bool = False


HABITS = (
    Habit("every week", lambda week: True),
    Habit("every other week", lambda week: week % 2 == 0),
    Habit("a month away, said", lambda week: week not in AWAY, says_away=True),
    Habit("a month away, unsaid", lambda week: week not in AWAY),
    Habit("one week in four", lambda week: week % 4 == 0),
)


class Circle(NamedTuple):
    kept: float
    in_rhythm: float


class Year(NamedTuple):
    """What came of one habit."""

    habit: str
    budget: int
    loads: list[int]
    gestures: int
    circles: dict[str, Circle]
    loosened: int

    @property
    def over(self) -> int:
        return sum(load > self.budget + OVER for load in self.loads)


# The year


def lived(habit: Habit, seed: int) -> Year:
    from keepwarm.core import session as core  # noqa: PLC0415
    from keepwarm.models import Person  # noqa: PLC0415
    from keepwarm.store import rhythm, session, settings, spaces, summaries, week  # noqa: PLC0415

    chance = random.Random(seed)
    member = _settled(habit, chance)
    loads, gestures = [], 0
    for number in range(WEEKS):
        monday = START + timedelta(weeks=number)
        for ahead in range(7):
            with _at(monday + timedelta(days=ahead), 4) as now:  # what the clock does every night
                rhythm.tidy_all(now.date())
                summaries.fade(now.date())
        with _at(monday, 8) as now:
            if habit.says_away and number == AWAY.start:
                until = monday + timedelta(weeks=len(AWAY), days=-1)
                settings.save(member, {"away_until": until}, now)
            loads.append(week.due(member.space, week.of(member, monday)))
        if habit.sits(number):
            with _at(monday + timedelta(days=chance.randrange(5)), 9) as now:
                held = session.begin(member, spaces.owner_facts(member.space, member), now.date(), now)
                gestures += _gone_through(held, now, chance)
    budget = core.budget(core.read(member.slots))
    loosened = Person.objects.of(member.space).filter(loosened_from__isnull=False).count()
    return Year(habit.name, budget, loads, gestures, _circles(member), loosened)


@contextmanager
def _at(day: date, hour: int) -> Iterator[datetime]:
    """The clock stands at this hour, for all that looks at it."""
    now = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)
    with time_machine.travel(now, tick=False):
        yield now


def _settled(habit: Habit, chance: random.Random) -> Membership:
    """The people, and when they were last in touch: up to two rhythms ago."""
    from keepwarm.core.facts import Stated  # noqa: PLC0415
    from keepwarm.core.identity import email_key  # noqa: PLC0415
    from keepwarm.models import Circle as Tier  # noqa: PLC0415
    from keepwarm.models import Membership, Space, User  # noqa: PLC0415
    from keepwarm.store import edits, many, touches  # noqa: PLC0415

    now = datetime.combine(START - timedelta(days=3), datetime.min.time(), UTC)
    space = Space.objects.create(name=habit.name)
    address = "-".join(habit.name.replace(",", "").split())
    user = User.objects.create_user(f"{address}@example.com", None, name="Ines Example")
    member = Membership.objects.create(space=space, user=user, is_owner=True, time_zone="UTC")
    number = 0
    for name, cadence, count in (*CIRCLES, ("", 180, OTHERS)):
        people: list[Person] = []
        for _ in range(count):
            number += 1
            address = f"friend{number}@example.com"
            way = Stated("email", address, key=email_key(address))
            one = edits.add(space, user, f"Friend{number} Number{number}", now, ways=[way])
            ago = timedelta(days=chance.randrange(1, 2 * cadence))
            for hours, direction in ((2, "out"), (0, "in")):
                touches.log(one, user, now - ago - timedelta(hours=hours), now, channel="mail", direction=direction)
            people.append(one)
        if name:
            tier = Tier.objects.create(space=space, name=name, cadence=cadence)
            many.to_circle(space, user, [one.id for one in people], tier, now)
    return member


def _gone_through(held: object, now: datetime, chance: random.Random) -> int:
    """Everyone the session brings up, until it ends."""
    from keepwarm.models import Session, Step  # noqa: PLC0415
    from keepwarm.store import session, touches  # noqa: PLC0415

    assert isinstance(held, Session)
    count = 0
    for step in session.steps(held):
        now += timedelta(seconds=60)
        fresh = Step.objects.select_related("session__space", "session__user", "person").get(id=step.id)
        count += session.done(fresh, now, "mail", "hello")
        if fresh.touch and chance.random() < ANSWERS:
            touches.log(fresh.person, held.user, now, now, channel="mail", direction="in")
    return count


# What came of it


def _circles(member: Membership) -> dict[str, Circle]:
    from keepwarm.models import Person, Touch  # noqa: PLC0415

    said: dict[str, Circle] = {}
    for name, cadence, _ in CIRCLES:
        ids = list(Person.objects.of(member.space).filter(circle__name=name).values_list("id", flat=True))
        lives = []
        for id in ids:
            held = Touch.objects.filter(space=member.space, person=id, at__gte=_moment(START))
            lives.append(sorted({at.date() for at in held.values_list("at", flat=True)}))
        said[name] = Circle(
            sum(_longest(days) <= cadence * SLACK + GRACE for days in lives) / len(lives), _in_rhythm(lives, cadence)
        )
    return said


def _moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC)


def _longest(days: Sequence[date]) -> int:
    """The longest silence of the year; before the first contact it counts from when the year began."""
    ends = [START, *days, START + timedelta(weeks=WEEKS)]
    return max((after - before).days for before, after in pairwise(ends))


def _in_rhythm(lives: Sequence[Sequence[date]], cadence: int) -> float:
    end, good, all_days = START + timedelta(weeks=WEEKS), 0, 0
    for days in lives:
        for before, after in pairwise([*days, end]):
            all_days += (after - before).days
            good += min((after - before).days, round(cadence * SLACK) + GRACE)
    return good / all_days if all_days else 0.0


# The table


def table(years: Sequence[Year]) -> Table:
    shown = Table(title="A year of weekly sessions, 300 people, 200 of them with a rhythm")
    for heading in ("habit", "budget", "due a week: mean", "most", "weeks over", "gestures a session"):
        shown.add_column(heading, justify="left" if heading == "habit" else "right")
    for name, *_ in CIRCLES:
        shown.add_column(f"{name.lower()}: kept", justify="right")
        shown.add_column("in rhythm", justify="right")
    for year, habit in zip(years, HABITS, strict=True):
        sat = sum(habit.sits(week) for week in range(WEEKS))
        circles = [cell for one in year.circles.values() for cell in (f"{one.kept:.0%}", f"{one.in_rhythm:.0%}")]
        shown.add_row(
            year.habit, str(year.budget), f"{sum(year.loads) / WEEKS:.1f}", str(max(year.loads)), str(year.over),
            f"{year.gestures / sat:.1f}", *circles,
        )  # fmt: skip
    return shown


def _written(years: Sequence[Year], seconds: float) -> None:
    said = {
        "benchmark": "year", "taken": date.today().isoformat(), "python": platform.python_version(),
        "seconds": round(seconds), "years": [_told(year) for year in years],
    }  # fmt: skip
    path = HERE / "results" / "year.json"
    path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _told(year: Year) -> dict[str, object]:
    circles = {
        name: {key: round(share, 3) for key, share in one._asdict().items()} for name, one in year.circles.items()
    }
    return {
        "habit": year.habit, "budget": year.budget, "due_most": max(year.loads),
        "due_mean": round(sum(year.loads) / WEEKS, 1), "weeks_over": year.over, "gestures": year.gestures,
        "circles": circles,
    }  # fmt: skip


def failed(years: Sequence[Year]) -> list[str]:
    """The gates: no week over its budget, and nobody in a circle let down by someone who comes every week."""
    over = [f"{year.habit}: {year.over} weeks over the budget" for year in years if year.over]
    first = years[0]
    return over + [f"{first.habit}: {name} kept {one.kept:.0%}" for name, one in first.circles.items() if one.kept < 1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KEEPWARM_DATA"] = folder
        from keepwarm.cli import start  # noqa: PLC0415

        start.space("")
        began = time.perf_counter()
        years = [lived(habit, seed) for seed, habit in enumerate(HABITS)]
        seconds = time.perf_counter() - began
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table(years))
    _written(years, seconds)
    if wrong := failed(years):
        sys.exit("Not as it should be. " + ". ".join(wrong))


if __name__ == "__main__":
    main()
