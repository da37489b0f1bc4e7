"""The day's three: a set that is easy to begin and wide enough to matter, not the top of one list.

| slot | with messages on record | without any |
|---|---|---|
| warm_up | the best with a chance of an answer at or above the median | the best of the easiest to reach |
| lapsed | the next best | the next best |
| far_corner | the strongest of those silent over a year | known three years, the only one at their place |

At most one person per organisation. Where it costs nothing the three leave for different reasons. Those whom
the owner has said they want to write to take the first two places; the far corner stays free for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple
from uuid import UUID

from keepwarm.core.moments import FADING
from keepwarm.core.reconnect import Candidate, factors
from keepwarm.core.reconnect.factors import Signals
from keepwarm.core.reconnect.rank import NEAR, Ranked

GAP = 60  # days between two hellos to one person; doubles with each that stays unanswered
LONGEST_GAP = 365
TRIES = 2  # unanswered in a row: then rest, until a word from them
LONG_KNOWN = 3 * factors.YEAR
VARIETY = 1.5 * NEAR  # how much score another reason may cost; with messages, as a share of the first score
NEWS = 2  # of a day's three: fifty new jobs in one file are not to be all there is
LIKELY = 0.3  # the least chance of an answer for a far corner

WARM_UP, LAPSED, FAR_CORNER = "warm_up", "lapsed", "far_corner"
SLOTS = (WARM_UP, LAPSED, FAR_CORNER)


class Choice(NamedTuple):
    """One of the day's people and the place they were chosen for."""

    slot: str
    candidate: Candidate
    score: float
    signals: Signals
    lead: str


Wish = Callable[[Ranked], bool]


def gap(unanswered: int) -> int:
    """Days of rest after a suggestion: 60, doubled per unanswered try, at most a year."""
    return min(GAP << min(unanswered, 10), LONGEST_GAP)


def eligible(candidate: Candidate, today: date) -> bool:
    """Can be reached, and the owner wants to; or was neither proposed nor spoken with within the gap, and has not
    left two tries unanswered."""
    c = candidate
    if c.in_touch or not factors.ease(c.channels):
        return False
    if factors.wished(c, today):
        return True
    if c.unanswered >= TRIES:
        return False
    if c.suggested_on and (today - c.suggested_on).days < gap(c.unanswered):
        return False
    return c.history is None or (today - c.history.last).days >= GAP


def choose(
    ranked: Sequence[Ranked], today: date, size: int = 3, taken: frozenset[UUID | str] = frozenset()
) -> list[Choice]:
    """As many as there can be up to `size`; `taken` are ids and organisation keys to leave out."""
    pool = _pool(ranked, today, taken)
    chosen: list[Choice] = []
    for slot in (*SLOTS, *[LAPSED] * size)[:size]:
        if choice := _fill(slot, pool, chosen, today):
            chosen.append(choice)
    return chosen


def swap(
    ranked: Sequence[Ranked],
    chosen: Sequence[Choice],
    slot: str,
    today: date,
    taken: frozenset[UUID | str] = frozenset(),
) -> Choice | None:
    """Someone else for a slot, given the others. Put those swapped out before into `taken`."""
    leaving = next((c for c in chosen if c.slot == slot), None)
    gone = taken | {leaving.candidate.id} if leaving else taken
    return _fill(slot, _pool(ranked, today, gone), [c for c in chosen if c is not leaving], today)


def _pool(ranked: Sequence[Ranked], today: date, taken: frozenset[UUID | str]) -> list[Ranked]:
    return [
        r
        for r in ranked
        if r.candidate.id not in taken
        and not (r.candidate.organisation_key and r.candidate.organisation_key in taken)
        and eligible(r.candidate, today)
    ]


def _fill(slot: str, pool: Sequence[Ranked], chosen: Sequence[Choice], today: date) -> Choice | None:
    """The first who meets all wishes of the slot, else all but the last, … else the first there is."""
    ids = {c.candidate.id for c in chosen}
    places = {c.candidate.organisation_key for c in chosen} - {""}
    free = [r for r in pool if r.candidate.id not in ids and r.candidate.organisation_key not in places]
    if not free:
        return None
    told = [c.lead for c in chosen]
    free = [r for r in free if r.lead not in FADING or told.count(r.lead) < NEWS] or free
    if slot == FAR_CORNER:
        free = [r for r in free if not factors.wished(r.candidate, today)] or free
    wishes = _wishes(slot, free, {c.lead for c in chosen}, today)
    candidates = _long_silent_first(free, today) if slot == FAR_CORNER else free
    for count in range(len(wishes), -1, -1):
        for r in candidates:
            if all(wish(r) for wish in wishes[:count]):
                return Choice(slot, r.candidate, r.score, r.signals, r.lead)
    return None


def _wishes(slot: str, free: Sequence[Ranked], leads: set[str], today: date) -> list[Wish]:
    """In order of weight. The round comes first, else some would come twice before others once."""
    first = free[0]

    def in_turn(r: Ranked) -> bool:
        if slot == FAR_CORNER and _has_messages(first):
            return True  # gaps alone rest those with messages: there is no round to keep
        return _has_messages(r) == _has_messages(first) and _round(r) == _round(first)

    def fresh(r: Ranked) -> bool:
        return r.lead not in leads

    if slot != FAR_CORNER and factors.wished(first.candidate, today):
        return [lambda r: factors.wished(r.candidate, today)]
    if slot == WARM_UP:
        return [in_turn, _easy(free, first), fresh]
    if slot == FAR_CORNER:
        return [in_turn, lambda r: _is_far(r, today), fresh]
    cost = VARIETY * first.score if _has_messages(first) else VARIETY
    return [in_turn, lambda r: r.score >= first.score - cost, fresh]


def _has_messages(r: Ranked) -> bool:
    return factors.is_two_way(r.candidate.history)


def _round(r: Ranked) -> int:
    """Those with messages take turns by their gaps alone; all others in rounds."""
    return 0 if _has_messages(r) else r.candidate.suggestions


def _easy(free: Sequence[Ranked], first: Ranked) -> Wish:
    """At or above the median of those like the first: by chance of an answer, or by ease without history."""
    if _has_messages(first):
        level = median(r.signals.chance for r in free if _has_messages(r))
        return lambda r: r.signals.chance >= level
    level = median(r.signals.ease for r in free if not _has_messages(r))
    return lambda r: r.signals.ease >= level


def _is_far(r: Ranked, today: date) -> bool:
    c = r.candidate
    if c.history is not None and _has_messages(r):
        return factors.silence(c.history, today) >= factors.DORMANT and r.signals.chance >= LIKELY
    return c.cluster == 1 and c.known_since is not None and (today - c.known_since).days >= LONG_KNOWN


def _long_silent_first(free: Sequence[Ranked], today: date) -> list[Ranked]:
    """Dormant ties by `depth`, their score without its recency; then all others in their order."""
    dormant = [r for r in free if _has_messages(r) and _is_far(r, today)]
    dormant.sort(key=lambda r: -factors.depth(r.candidate.history) if r.candidate.history else 0.0)
    far = {r.candidate.id for r in dormant}
    return dormant + [r for r in free if r.candidate.id not in far]
