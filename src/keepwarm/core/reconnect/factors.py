"""The signals that say whom to write to: each named, each 0..1, each with its formula.

Never an input: how long a note is, how many fields are filled. With messages on record
`strength` decides; where there are none, the signals below do, weighed in `rank`.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import log1p, sqrt
from typing import NamedTuple

from keepwarm.core import moments
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Candidate, History, Owner, Position

YEAR = 365.25
SOON = 10  # days ahead in which a birthday is a reason to write
ROUND = 5  # every fifth year counts as round
DORMANT = 365  # days of silence after which a tie is dormant, no longer lapsing


class Signals(NamedTuple):
    """Why someone ranks where they do. All 0..1."""

    worth: float
    opening: float
    ease: float
    age: float
    fatigue: float  # the only one that counts against
    lapse: float  # 0 where nothing is on record: unknown is not neglected
    chance: float  # of an answer


# --- the owner's own path ----------------------------------------------------------------------------


class Stay(NamedTuple):
    """A post as a span of days; an end that is not known is open."""

    position: Position
    first: date
    last: date
    ended: bool


class Career(NamedTuple):
    """The owner's posts, found by employer and by day. Build once a request with `career`."""

    by_key: dict[str, tuple[Stay, ...]]
    stays: tuple[Stay, ...]  # latest start first


@lru_cache(maxsize=64)
def career(positions: tuple[Position, ...]) -> Career:
    stays = tuple(sorted((_stay(p) for p in positions if p.organisation_key), key=lambda s: s.first, reverse=True))
    keys = dict.fromkeys(s.position.organisation_key for s in stays)
    return Career({k: tuple(s for s in stays if s.position.organisation_key == k) for k in keys}, stays)


def _stay(position: Position) -> Stay:
    """A month counts whole. A post without dates is open at both ends yet over: nobody said "still"."""
    started, finished = position.started, position.finished
    first = date(started.year, started.month or 1, 1) if started and started.year else date.min
    if not (finished and finished.year):
        return Stay(position, first, date.max, ended=first == date.min)
    month = finished.month or 12
    last = date(finished.year, month, 28) if finished.year < date.max.year else date.max
    return Stay(position, first, last, ended=True)


def year_left(stay: Stay) -> int:
    """The year the owner left; 0 if still there or not known."""
    return stay.last.year if stay.ended and stay.last != date.max else 0


class Shared(NamedTuple):
    """An employer that both know from within."""

    stay: Stay
    connected_there: bool  # they have known each other since the owner's time there


def shared_employer(candidate: Candidate, path: Career) -> Shared | None:
    """The owner's stay at the place the candidate is at; the one they met in, if there are several."""
    stays = path.by_key.get(candidate.organisation_key) if candidate.organisation_key else None
    if not stays:
        return None
    since = candidate.known_since
    there = next((s for s in stays if since and s.first != date.min and s.first <= since <= s.last), None)
    return Shared(there or stays[0], connected_there=there is not None)


def era(candidate: Candidate, path: Career) -> Stay | None:
    """Where the owner was when the tie began, if that post has both its dates and has ended."""
    return era_on(candidate.known_since, path) if candidate.known_since else None


def era_on(since: date, path: Career) -> Stay | None:
    """The post that the owner had on that day, if it has both its dates and has ended."""
    dated = (s for s in path.stays if s.first != date.min and s.ended and s.last != date.max)
    return next((s for s in dated if s.first <= since <= s.last), None)


# --- worth -------------------------------------------------------------------------------------------

_RELATIONS = {
    "client": 1.0, "customer": 1.0, "mentor": 1.0, "colleague": 0.9, "partner": 0.9, "friend": 0.9,
    "family": 0.6, "supplier": 0.6, "classmate": 0.7, "school": 0.7, "university": 0.7, "event": 0.5,
}  # fmt: skip
_SENIOR = (
    (re.compile(r"\b(student|intern|trainee|apprentice|seeking|looking for)\b"), 0.3),
    (re.compile(r"\b(assistant to|executive assistant|personal assistant)\b"), 0.5),
    (
        re.compile(r"\b(founder|co-?founder|owner|partner|chief|c[efotimp]o|cxo|president|managing director)\b"),
        1.0,
    ),
    (re.compile(r"\b(vp|vice|director|head|principal|dean|chair|chairman|chairwoman|editor)\b"), 0.9),
    (re.compile(r"\b(lead|manager|senior|professor|consultant|architect|producer)\b"), 0.7),
)


@lru_cache(maxsize=32_768)
def role(title: str) -> float:
    """How far a title can open doors, by its words: 0 unknown, .5 any, 1 founder. A weak signal."""
    if not title:
        return 0.0
    words = title.lower()
    return next((weight for pattern, weight in _SENIOR if pattern.search(words)), 0.5)


def bond(relation: str) -> float:
    """By the relation the owner gave, whatever stands around it ("past client"); .5 any other, 0 none."""
    if not relation:
        return 0.0
    said = relation.lower()
    return next((weight for word, weight in _RELATIONS.items() if word in said), 0.5)


def shared(found: Shared | None) -> float:
    """1 if the tie began in the owner's time there; .75 if not; .4 while both are there and meet anyway."""
    if found is None:
        return 0.0
    if not found.stay.ended:
        return 0.4
    return 1.0 if found.connected_there else 0.75


def bridge(cluster: int) -> float:
    """The only person at a place is its one door: 1; two share it: .5; 1/n. 0 where no place is known."""
    return 1 / cluster if cluster > 0 else 0.0


def _either(chances: Iterable[float]) -> float:
    """1 − Π(1 − x): strong if any part is strong, more if several are, never above 1."""
    left = 1.0
    for chance in chances:
        left *= 1 - chance
    return 1 - left


_TRUST = {"knows": 1 / 3, "trusts": 2 / 3, "opens": 1.0}


def own_worth(
    *,
    title: str,
    organisation_key: str,
    important: int,
    trust: str,
    relation: str,
    how_met: str,
    note_topic: str,
    cluster: int,
) -> float:
    """Any of .75·mark/3, .6·bond, .5·trust by thirds, .35·how they met or a topic, .2·role, .1·bridge, .1·a job."""
    return _either(
        (
            0.75 * min(important, 3) / 3,
            0.5 * _TRUST.get(trust, 0.0),
            0.6 * bond(relation),
            0.35 if how_met or note_topic else 0.0,
            0.2 * role(title),
            0.1 * bridge(cluster),
            0.1 if title or organisation_key else 0.0,
        )
    )


def worth(candidate: Candidate, found: Shared | None) -> float:
    """Either of `own_worth` and .6·an employer shared with the owner."""
    c = candidate
    alone = own_worth(
        title=c.title, organisation_key=c.organisation_key, important=c.important, trust=c.trust,
        relation=c.relation, how_met=c.how_met, note_topic=c.note_topic, cluster=c.cluster,
    )  # fmt: skip
    return _either((alone, 0.6 * shared(found)))


# --- opening, ease, age, fatigue ---------------------------------------------------------------------


def days_until(day: PartialDate | None, today: date) -> int | None:
    """Days until this day comes round, 0 today; 29 February falls on the 28th. None if it is no day."""
    if day is None or not day.month or not day.day:
        return None
    for year in (today.year, today.year + 1):
        try:
            turn = date(year, day.month, 28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)
        except ValueError:  # 31 April: a typing error in the address book, already told at import
            return None
        if turn >= today:
            return (turn - today).days
    return None


def years_known(candidate: Candidate, today: date) -> int:
    """Whole years if the day they met comes round within a week either side, else 0."""
    since = candidate.known_since
    if since is None or since >= today:
        return 0
    years = round((today - since).days / YEAR)
    return years if years and abs((today - since).days - round(years * YEAR)) <= 7 else 0


def wished(candidate: Candidate, today: date) -> bool:
    """The owner has said that they want to write, and has neither been offered it nor spoken to them since."""
    return wished_on(candidate, today) is not None


def wished_on(candidate: Candidate, today: date) -> date | None:
    """The day of that wish; of two the earlier."""
    days = (candidate.wanted, candidate.wish.on if candidate.wish else None)
    return min((day for day in days if day and _still_wanted(candidate, day, today)), default=None)


def reminded(candidate: Candidate, today: date) -> bool:
    """The day has come on which the owner wanted to be reminded of them."""
    return candidate.wish is not None and _still_wanted(candidate, candidate.wish.on, today)


def _still_wanted(c: Candidate, day: date, today: date) -> bool:
    if day > today or (c.suggested_on and c.suggested_on >= day):
        return False
    return c.history is None or c.history.last < day


def opening(candidate: Candidate, today: date) -> float:
    """1 if the owner wants to; a moment as in core.moments; birthday in d ≤ 10 days, 1 − d/20; wedding day, .5; years
    known, .7 round, else .2."""
    if wished(candidate, today):
        return 1.0
    best = max((moments.opening(moment, today) for moment in candidate.moments), default=0.0)
    if candidate.birthday and (days := days_until(candidate.birthday, today)) is not None and days <= SOON:
        best = max(best, 1 - days / (2 * SOON))
    if candidate.anniversary and (days := days_until(candidate.anniversary, today)) is not None and days <= SOON:
        best = max(best, 0.5)
    if years := years_known(candidate, today):
        best = max(best, 0.2 if years % ROUND else 0.7)
    return best


_EASE = {"mail": 1.0, "whatsapp": 0.9, "sms": 0.8, "linkedin": 0.5}


def ease(channels: Iterable[str]) -> float:
    """The best way to reach them: own address 1, WhatsApp .9, phone .8, only a profile .5, none 0."""
    return max((_EASE.get(channel, 0.0) for channel in channels), default=0.0)


def age(known_since: date | None, today: date) -> float:
    """Under 90 days .1, too fresh; rising to 1 at a year; from eight years −.05 a year to .6. Unknown .5."""
    if known_since is None or known_since > today:
        return 0.5
    days = (today - known_since).days
    if days < 90:
        return 0.1
    if days < YEAR:
        return 0.4 + 0.6 * (days - 90) / (YEAR - 90)
    return max(0.6, 1 - 0.05 * max(0.0, days / YEAR - 8))


def fatigue(suggestions: int, unanswered: int) -> float:
    """1 − .85^suggestions · .5^unanswered: nobody is asked after for ever."""
    return 1 - 0.85**suggestions * 0.5**unanswered if suggestions or unanswered else 0.0


def standing(
    *,
    title: str = "",
    organisation_key: str = "",
    channels: Iterable[str] = (),
    important: int = 0,
    trust: str = "",
    relation: str = "",
    how_met: str = "",
    note_topic: str = "",
    cluster: int = 0,
) -> float:
    """What no day, path of the owner or past pick changes: .8·own worth + .2·ease, 0 if out of reach.

    For an indexed column: fetch the best few hundred rested people by (suggestions, −standing) and add those
    at the owner's employers and those with a birthday soon, whose reasons this number cannot know.
    """
    reach = ease(channels)
    if not reach:
        return 0.0
    alone = own_worth(
        title=title, organisation_key=organisation_key, important=important, trust=trust, relation=relation,
        how_met=how_met, note_topic=note_topic, cluster=cluster,
    )  # fmt: skip
    return 0.8 * alone + 0.2 * reach


# --- with messages on record -------------------------------------------------------------------------

BREATH = 30  # days: the pace of those who are in touch all the time


def is_two_way(history: History | None) -> bool:
    return history is not None and history.sent > 0 and history.received > 0


def depth(history: History) -> float:
    """How strong the tie was, whenever: ln(1+weeks) · ln(1+min(in, out)) · (1+ln(1+ambient90))."""
    both = min(history.sent, history.received)
    return log1p(history.weeks) * log1p(both) * (1 + log1p(history.ambient90))


def silence(history: History, today: date) -> int:
    """Days since direct contact, at least 1."""
    return max(1, (today - history.last).days)


def pace(history: History) -> float:
    """Days from one week in touch to the next, over the whole time; 0 where there was only one."""
    return (history.last - history.first).days / max(history.weeks - 1, 1)


def strength(history: History, today: date) -> float:
    """depth / (d · √(1 + d / (pace + 30))), d = days of silence: the measured score.

    The four-term formula has d alone. Silence that is long for this very pair weighs more: at the same d, who used
    to be in touch every week is further away than who was every half a year.
    """
    days = silence(history, today)
    return depth(history) / (days * sqrt(1 + days / (pace(history) + BREATH)))


def chance(history: History | None) -> float:
    """Of an answer; ½ before any message."""
    return _odds(history.answers, history.sent) if history else 0.5


def _odds(answers: int, sent: int) -> float:
    """Smoothed: (answers + ½) / (sent + 1)."""
    return (answers + 0.5) / (sent + 1)


# Below which chance, the word for how often they answer.
ANSWERING = ((0.2, "rarely"), (0.45, "sometimes"), (0.7, "often"), (1.0, "usually"))
TELLING = 3  # fewer times tell nothing


def answering(history: History | None) -> str:
    """How often they answer, as a band: rarely, sometimes, often, usually; "" while too little has been sent."""
    return band(history.answers, history.sent) if history and history.sent >= TELLING else ""


def band(answers: int, sent: int) -> str:
    """The word for so many answers to so many messages."""
    return next(word for limit, word in ANSWERING if _odds(answers, sent) < limit)


def rhythm(history: History, own: float | None = None) -> float:
    """Days: the owner's (or the circle's), else the pair's typical gap within 14–365, else 90."""
    if own:
        return own
    return min(max(history.typical_gap, 14.0), 365.0) if history.typical_gap else 90.0


def lapse(history: History | None, today: date, own_rhythm: float | None = None) -> float:
    """Silence against the pair's own rhythm: 0 within it, ½ at three times it. Explains, never sorts."""
    if history is None:
        return 0.0
    usual = rhythm(history, own_rhythm)
    return 1 - 2 ** (-max(0.0, silence(history, today) - usual) / (2 * usual))


_HALF_YEAR = log1p(26)


def warmth(
    history: History | None, today: date, own_rhythm: float | None = None, *, in_touch: bool = False
) -> int | None:
    """0–100: 100 · 2^(−max(0, d − r) / 2r) · g; None without history.

    g is .8 to 1 with ln(1+weeks), full at half a year of weeks; .6 to .8 for someone with fewer than three
    contact weeks and no rhythm set. So a tie kept on its rhythm stays Warm, and silence never warms.
    `in_touch`: the owner says that the rhythm is kept, though nothing of it is on record.
    """
    if history is None:
        return 80 if in_touch else None
    usual = rhythm(history, own_rhythm)
    past = 0.0 if in_touch else max(0.0, (today - history.last).days - usual)
    if history.weeks < 3 and not own_rhythm:
        grip = 0.6 + 0.2 * history.weeks / 3
    else:
        grip = 0.8 + 0.2 * min(1.0, log1p(history.weeks) / _HALF_YEAR)
    return round(100 * 2 ** (-past / (2 * usual)) * grip)


def warmth_word(degrees: int) -> str:
    """The word beside the ring."""
    for limit, word in ((20, "Quiet"), (40, "Cooling"), (60, "Mild"), (85, "Warm")):
        if degrees < limit:
            return word
    return "Glowing"


def signals(candidate: Candidate, owner: Owner, today: date) -> Signals:
    return signals_of(candidate, career(owner.positions), today)


def signals_of(candidate: Candidate, path: Career, today: date) -> Signals:
    """The same with the path already built: for hundreds of people at once."""
    return Signals(
        worth=worth(candidate, shared_employer(candidate, path)),
        opening=opening(candidate, today),
        ease=ease(candidate.channels),
        age=age(candidate.known_since, today),
        fatigue=fatigue(candidate.suggestions, candidate.unanswered),
        lapse=lapse(candidate.history, today, candidate.cadence),
        chance=chance(candidate.history),
    )
