"""The treadmill and traction: who counts as newly met and who as looked after, and what the weeks say, in words.

Both are counted in whole weeks, each person once a week, and only by what the user did or noted, or a mailbox of
theirs told. *Looked after* is someone known before that week whom the user wrote to or talked with in it. *New* is
someone with whom the first touch on record lies in that week, in whatever direction; just met is such a touch; or who
was added by hand in it. Nobody is new for having come with a file: see `is_new`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from keepwarm.core.reconnect.reasons import MONTHS, WEEKDAYS, spell

WEEKS = 12  # that are shown, the present one among them
COMPARED = 4  # whole weeks at either end of them
LEAST = 12  # people in all of the whole weeks, below which nothing is said of a direction
FRESH = timedelta(days=28)  # who was connected with so shortly before the first word is newly met all the same
CLEARLY = 2  # times as many looked after as met: off the treadmill
EARLY, QUIET, OFF, ON, BETWEEN = "early", "quiet", "off", "on", "between"
TITLES = {
    EARLY: "Too early to tell", QUIET: "A quiet month", OFF: "Off the treadmill", ON: "On the treadmill",
    BETWEEN: "Stepping off the treadmill",
}  # fmt: skip


class First(NamedTuple):
    """Someone with whom the first touch on record lies in the week that begins on `week`."""

    week: date
    known_since: date | None
    came_on: date
    by_hand: bool  # added by the user; else they came with a file or an account
    told: bool  # a touch of this week was read from a file or an account, not written down
    reached: bool  # the user wrote or talked to them


class Week(NamedTuple):
    """How many people were looked after and newly met from that day on."""

    start: date
    nurtured: int
    new: int


class Day(NamedTuple):
    """What was done on one day: people reached, and what was given and asked with it."""

    reached: int
    gave: int
    asked: int


class Reach(NamedTuple):
    """How many people were in touch in the last ninety days, and in the same days a year ago."""

    now: int
    everyone: int
    a_year_ago: int


class Headline(NamedTuple):
    verdict: str
    title: str
    lede: str


def is_new(one: First) -> bool:
    """Whether they were met in that week; else they were known, and it was only the first word on record.

    Who has been in the address book or on LinkedIn for longer than four weeks was known. So was who came with a
    file and of whom no day is known, where the user wrote the touch down: the file tells of old acquaintances. A
    letter in a mailbox that is read for the first time is a first letter.
    """
    if one.by_hand and one.came_on < one.week:
        return False
    if (one.known_since or one.came_on) < one.week - FRESH:
        return False
    return one.by_hand or one.told or one.known_since is not None


def headline(weeks: Sequence[Week], *, before: bool, warmed: int | None = None, cooled: int = 0) -> Headline:
    """What the whole weeks say: the last of `weeks` is the present one and is not over.

    `before`: there is something on record from before them, so that who comes up first in them is truly new.
    Off the treadmill is who looks after at least twice as many as they meet; on it, who meets more than they look
    after. `warmed` and `cooled`: over the year, None where it is not known.
    """
    whole = weeks[:-1]
    early, late = whole[:COMPARED], whole[-COMPARED:]
    nurtured, new = sum(week.nurtured for week in late), sum(week.new for week in late)
    verdict = _verdict(whole, nurtured, new, before=before)
    told = {
        EARLY: "With twelve weeks on record, this page tells whether you meet new people or look after those you know.",
        QUIET: "Nobody met and nobody greeted in four weeks. Three hellos are a beginning.",
        ON: f"In four weeks you met {_people(new, 'new person', 'new people')} and looked after "
        f"{spell(nurtured) if nurtured else 'none'} of those you know. They are one hello away.",
    }  # fmt: skip
    lede = told.get(verdict) or _trends(early, late)
    return Headline(verdict, TITLES[verdict], lede if verdict == EARLY else f"{lede}{_warmed(warmed, cooled)}")


def _verdict(whole: Sequence[Week], nurtured: int, new: int, *, before: bool) -> str:
    if not before or sum(week.nurtured + week.new for week in whole) < LEAST:
        return EARLY
    if not nurtured + new:
        return QUIET
    if nurtured >= CLEARLY * new:
        return OFF
    return ON if new > nurtured else BETWEEN


def _trends(early: Sequence[Week], late: Sequence[Week]) -> str:
    """The last four whole weeks beside the first four."""
    met = trend(sum(week.new for week in early), sum(week.new for week in late))
    kept = trend(sum(week.nurtured for week in early), sum(week.nurtured for week in late))
    first = {"as many": "You meet about as many new people as before"}.get(met, f"You meet {met} new people now")
    turn = "but" if "fewer" in kept else "and"
    second = {"as many": "about as many"}.get(kept, kept)
    return f"{first}, {turn} look after {second} of the ones you know."


def trend(before: int, now: int) -> str:
    """far fewer, fewer, as many, more, far more: by a half, a fifth; and never for a difference of one or two."""
    if abs(now - before) <= 2:
        return "as many"
    if now > before:
        return "far more" if now >= 2 * before else "more" if now >= 1.2 * before else "as many"
    return "far fewer" if 2 * now <= before else "fewer" if now <= 0.8 * before else "as many"


def _warmed(warmed: int | None, cooled: int) -> str:
    """Both ways, or neither: " Twelve people became warm this year, five cooled." """
    if warmed is None or not warmed + cooled:
        return ""
    said = f"{_people(warmed, 'person', 'people')} became warm this year"
    return f" {said[:1].upper()}{said[1:]}{f', {spell(cooled)} cooled' if cooled else ''}."


def _people(count: int, one: str, many: str) -> str:
    return f"{spell(count)} {one if count == 1 else many}"


def treadmill_sentence(weeks: Sequence[Week]) -> str:
    """What the bars say to those who do not see them."""
    first, last = weeks[0], weeks[-1]
    return (
        f"New people met: {first.new} in the first of {spell(len(weeks))} weeks, {last.new} so far in this one. "
        f"People you already know, looked after: {first.nurtured} in the first, {last.nurtured} so far in this one."
    )


# Share of the network in touch


def reach_sentence(now: int, a_year_ago: int) -> str:
    """Beside the same ninety days of a year ago, of which only the people are counted: the network was another."""
    if not a_year_ago:
        return "Nobody in the same days a year ago, as far as it is on record." if now else ""
    way = trend(a_year_ago, now)
    if way == "as many":
        return f"About as many as in the same days a year ago: {a_year_ago:,}."
    return f"{way[:1].upper()}{way[1:]} than the {a_year_ago:,} in the same days a year ago."


# A year of small gestures


SHARES = (
    (0.92, "nearly all"), (0.6, "most"), (0.52, "over half"), (0.48, "half"), (0.42, "nearly half"),
    (0.31, "a third"), (0.24, "a quarter"),
)  # fmt: skip


def gestures_sentence(days: Mapping[date, int]) -> str:
    """ "199 of them, nearly half on Thursdays"; where no weekday stands out, only how many."""
    total = sum(days.values())
    if not total:
        return ""
    if total < LEAST:
        return f"{spell(total)} so far".capitalize()
    by_weekday = [0] * 7
    for day, count in days.items():
        by_weekday[day.weekday()] += count
    best = max(range(7), key=by_weekday.__getitem__)
    said = next((word for share, word in SHARES if by_weekday[best] >= share * total), "")
    return f"{total:,} of them, {said} on {WEEKDAYS[best]}s" if said else f"{total:,} of them, spread over the week"


class Month(NamedTuple):
    """For the numbers below the picture."""

    name: str
    gestures: int
    days: int  # on how many


def months(days: Mapping[date, int], since: date, until: date) -> list[Month]:
    """Each month from `since` to `until`, the oldest first."""
    found: dict[tuple[int, int], list[int]] = {}
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        found[year, month] = []
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    for day, count in days.items():
        if count and since <= day <= until:
            found[day.year, day.month].append(count)
    return [Month(f"{MONTHS[m - 1]} {y}", sum(counts), len(counts)) for (y, m), counts in found.items()]


# Give and ask


def balance_sentence(gave: int, asked: int) -> str:
    if not gave and not asked:
        return ""
    if not asked:
        return "You asked for nothing"
    times = gave / asked
    if times >= 1.5:
        return f"{spell(round(times)).capitalize()} gives to an ask"
    return "About as much of either" if times > 0.7 else "More asked than given"


# Time spent


def time_sentence(sessions: int, minutes: int) -> str:
    """ "Fifteen sessions this year: five hours in all." """
    if not sessions:
        return ""
    hours, rest = divmod(round(minutes / 5) * 5 if minutes >= 60 else minutes, 60)
    parts = [f"{spell(hours)} hour{'s' * (hours != 1)}"] if hours else []
    parts += [f"{spell(rest)} minute{'s' * (rest != 1)}"] if rest or not hours else []
    said = f"{spell(sessions)} session{'s' * (sessions != 1)} this year"
    return f"{said[:1].upper()}{said[1:]}: {' and '.join(parts)} in all."


# Doors


class Before(NamedTuple):
    """How often the user did what in the year before a door opened, with whoever opened it."""

    shared: int = 0
    introduced: int = 0
    congratulated: int = 0
    talked: int = 0
    wrote: int = 0


def before_sentence(before: Before) -> str:
    """ "after you shared two things and talked four times": gives first, letters only where there is else nothing."""
    parts = [f"shared {_people(before.shared, 'thing', 'things')}"] if before.shared else []
    parts += [f"introduced them {_times(before.introduced)}"] if before.introduced else []
    parts += [f"congratulated them {_times(before.congratulated)}"] if before.congratulated else []
    parts += [f"talked {_times(before.talked)}"] if before.talked else []
    parts = parts or ([f"wrote {_times(before.wrote)}"] if before.wrote else [])
    return f"after you {' and '.join(part for part in (', '.join(parts[:-1]), parts[-1]) if part)}" if parts else ""


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{spell(count)} times")


def doors_sentence(doors: int, asked_for: int) -> str:
    if not doors:
        return ""
    if not asked_for:
        return "You never asked for it" if doors == 1 else "You never asked for these"
    return f"{spell(asked_for).capitalize()} of {spell(doors)} you asked for"
