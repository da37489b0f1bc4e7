"""Moments of people: which are a reason to write, and for how long.

opening(kind, days) = weight · (1 − days / 7·weeks), never below 0. `days` since the last day on which it may have
happened; where that is not known, since it was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from keepwarm.core import names

NEW_JOB, NEW_TITLE, LEFT_LINKEDIN, NEW_NAME = "new_job", "new_title", "left_linkedin", "new_name"
BIRTHDAY, ANNIVERSARY, WORK_ANNIVERSARY = "birthday", "anniversary", "work_anniversary"
PUBLISHED, OTHER = "published", "other"

COMES_ROUND = (BIRTHDAY, ANNIVERSARY, WORK_ANNIVERSARY)  # computed for the day at hand, not stored ahead
SOON = 10  # days before such a day from which it is a reason to write
# For a new name there may be a sad reason, and to leave LinkedIn is no success: no good wishes for these.
CONGRATULATED = frozenset({NEW_JOB, NEW_TITLE, *COMES_ROUND})


class Fading(NamedTuple):
    weight: float  # 0..1, on the day itself
    weeks: int  # until it is nothing any more


FADING = {
    NEW_JOB: Fading(1.0, 12), NEW_TITLE: Fading(0.8, 8), OTHER: Fading(0.7, 6), PUBLISHED: Fading(0.7, 3),
    NEW_NAME: Fading(0.3, 8), LEFT_LINKEDIN: Fading(0.3, 8),
}  # fmt: skip
LONGEST = max(fading.weeks for fading in FADING.values())
_NONE = Fading(0.0, 1)


class Moment(NamedTuple):
    """One thing that happened to a person, after `after_on` (if known) and on `on` at the latest (if known)."""

    kind: str
    text: str
    before: str = ""
    after_on: date | None = None
    on: date | None = None
    found_on: date | None = None
    source: str = ""
    key: str = ""
    url: str = ""
    years: int = 0  # of what comes round


def opening(moment: Moment, today: date) -> float:
    """How good a reason to write it is on this day: 0..1. What comes round has a rule of its own (`round_turn`)."""
    since = moment.on or moment.found_on
    if moment.kind in COMES_ROUND or since is None:
        return 0.0
    weight, weeks = FADING.get(moment.kind, _NONE)
    days = max(0, (today - since).days)
    return weight * max(0.0, 1 - days / (7 * weeks))


def freshness(moment: Moment, today: date) -> str:
    """In words: "this week" where it has just happened, "fading" in its last third; "" in between."""
    since = moment.on or moment.found_on
    if moment.kind in COMES_ROUND or since is None:
        return ""
    if (today - since).days < 7:
        return "this week"
    return "fading" if opening(moment, today) < FADING.get(moment.kind, _NONE).weight / 3 else ""


def best(moments: Iterable[Moment], today: date) -> Moment | None:
    """The one that is the best reason today; None where all have faded."""
    alive = [moment for moment in moments if opening(moment, today) > 0]
    return max(alive, key=lambda moment: opening(moment, today), default=None)


def employer(moment: Moment) -> str:
    """Of a new job, the employer as people say it: the text is "Producer at Harbour Films"."""
    key, parts = moment.key.rpartition("@")[0], moment.text.split(" at ")
    tails = [" at ".join(parts[at:]) for at in range(len(parts))]
    held = next((tail for tail in tails if names.organisation_key(tail) == key), tails[-1])
    return names.organisation_name(held) or held


def job_text(title: str, organisation: str) -> str:
    """A new job as `employer` takes it apart again."""
    return f"{title} at {organisation}" if title else organisation
