"""Why these three, and why not someone else: what stands against it, or in what the three are ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from keepwarm.core.reconnect import Candidate, factors
from keepwarm.core.reconnect.choose import FAR_CORNER, GAP, TRIES, WARM_UP, eligible, gap
from keepwarm.core.reconnect.rank import Ranked
from keepwarm.core.reconnect.reasons import MONTHS, called, every, soon, spell, spell_months

MONTH = 30.44


class Marks(NamedTuple):
    """What the owner or the calendar says beside the candidate's own facts."""

    never: bool = False
    organisation: bool = False
    rests_until: date | None = None
    meets_on: date | None = None  # within the days in which one who is met anyway is not proposed


class Place(NamedTuple):
    """Someone of today's three: where they stand in the set, and by which signals."""

    slot: str
    ranked: Ranked


def why(place: Place) -> str:
    """What earned them their place."""
    name, mutual = called(place.ranked.candidate), factors.is_two_way(place.ranked.candidate.history)
    if place.slot == FAR_CORNER:
        return f"{name} is the far corner: {'a tie' if mutual else 'someone'} that would hardly come back by itself."
    if place.slot == WARM_UP:
        likely = "likely to answer" if mutual else "easy to reach"
        return f"{name} is the easy start: the strongest of those who are {likely}."
    return f"{name} comes next by strength and silence." if mutual else f"{name} comes next by what you have in common."


def why_not(asked: Candidate, marks: Marks, ranked: Sequence[Ranked], three: Sequence[Place], today: date) -> list[str]:
    """In sentences. `ranked` holds the one asked about among all others who were looked at."""
    mine = next((place for place in three if place.ranked.candidate.id == asked.id), None)
    if mine:
        return [f"{called(asked)} is one of today's three.", why(mine)]
    return list(_against(asked, marks, today)) or list(_behind(asked, ranked, three, today))


def _against(c: Candidate, marks: Marks, today: date) -> Iterator[str]:
    """All that keeps them out of the choice, the owner's own word first."""
    name = called(c)
    if marks.organisation:
        yield f"{c.name} stands here as an organisation; only people are proposed."
    if marks.never:
        yield f"You asked not to be reminded of {name}."
    if c.in_touch:
        often = f"every {every(c.cadence)}" if c.cadence else "anyway"
        yield f"You two talk {often}, as you said {_on(c.in_touch, today)}."
    if not factors.ease(c.channels):
        yield f"There is no way to reach {name} yet: no address, number or profile."
    if marks.rests_until and marks.rests_until > today:
        yield f"{name} rests until {_day(marks.rests_until, today)}, as you asked."
    if factors.wished(c, today):
        return
    if marks.meets_on:
        yield f"You meet {soon(marks.meets_on, today)} anyway."
    yield from _too_soon(c, today)


def _too_soon(c: Candidate, today: date) -> Iterator[str]:
    name = called(c)
    if c.unanswered >= TRIES:
        tries = spell(c.unanswered).capitalize()
        yield f"{tries} messages in a row had no answer, so {name} rests until there is a word from them."
    if c.history and (days := (today - c.history.last).days) < GAP:
        yield f"You were in touch {_ago(days)}. Keepwarm waits {GAP} days before the next hello."
    if c.suggested_on and (today - c.suggested_on).days < gap(c.unanswered):
        longer = ", twice as long as usual, as the last message had no answer" if c.unanswered == 1 else ""
        yield f"{name} was proposed {_on(c.suggested_on, today)}, and then rests {gap(c.unanswered)} days{longer}."


def _behind(asked: Candidate, ranked: Sequence[Ranked], three: Sequence[Place], today: date) -> Iterator[str]:
    """Their place in the order, and each signal that is weaker than with all of the three."""
    taken = {place.ranked.candidate.id for place in three}
    order = [one for one in ranked if one.candidate.id not in taken and eligible(one.candidate, today)]
    number = next(n for n, one in enumerate(order, 1) if one.candidate.id == asked.id)
    yield f"{called(asked)} would be number {number} today, after the three."
    weaker = list(_weaker(order[number - 1], [place.ranked for place in three], today))
    yield from weaker or ["There is little between them and the three; on another day it is their turn."]


def _weaker(one: Ranked, three: Sequence[Ranked], today: date) -> Iterator[str]:
    c, name = one.candidate, called(one.candidate)
    if colleague := _same_place(c, three):
        yield f"{called(colleague)} is from {c.organisation} too, and the three come from three places."
    if three and all(factors.is_two_way(other.candidate.history) for other in three):
        yield from _weaker_tie(one, three, today)
    elif not factors.is_two_way(c.history):
        yield from _weaker_card(one, three)
    if three and all(other.signals.opening > one.signals.opening for other in three):
        yield f"There is no fresh reason just now to write to {name}, such as a birthday; with the three there is."


def _same_place(c: Candidate, three: Sequence[Ranked]) -> Candidate | None:
    others = (other.candidate for other in three)
    return next((o for o in others if c.organisation_key and o.organisation_key == c.organisation_key), None)


def _weaker_tie(one: Ranked, three: Sequence[Ranked], today: date) -> Iterator[str]:
    """Against three with whom messages went both ways."""
    history, name = one.candidate.history, called(one.candidate)
    if history is None or not factors.is_two_way(history):
        yield f"Nothing on record has gone both ways between you and {name}; with the three it has."
        return
    theirs = [other.candidate.history for other in three if other.candidate.history]
    weeks = sorted(other.weeks for other in theirs)
    if history.weeks < weeks[0]:
        range_ = spell(weeks[0]) if weeks[0] == weeks[-1] else f"{spell(weeks[0])} to {spell(weeks[-1])}"
        yield f"You have been in touch in {_weeks(history.weeks)}; with the three it was {range_}."
    quiet = factors.silence(history, today)
    if quiet > max(factors.silence(other, today) for other in theirs):
        yield f"It has been quiet for {spell_months(round(quiet / MONTH))}, longer than with the three."
    if one.signals.chance < min(other.signals.chance for other in three):
        yield f"{name} answers less often: {spell(history.answers)} of {spell(history.sent)} times."


def _weaker_card(one: Ranked, three: Sequence[Ranked]) -> Iterator[str]:
    """Without messages both ways: by what the cards and the owner's marks say."""
    c, name = one.candidate, called(one.candidate)
    if any(factors.is_two_way(other.candidate.history) for other in three):
        yield f"Nothing on record has gone both ways between you and {name}."
    if c.suggestions and all(other.candidate.suggestions <= c.suggestions for other in three):
        yield f"{name} has had a turn; others come first who have not."
    low = [other.signals for other in three]
    if low and one.signals.worth < min(signals.worth for signals in low):
        yield f"Less is known of what binds you and {name}: a place in common, how you met, your own mark."
    if low and one.signals.ease < min(signals.ease for signals in low):
        yield f"{name} is harder to reach: there is no address of their own."
    if low and one.signals.age < min(signals.age for signals in low):
        yield f"You have not known {name} for long."


def _weeks(number: int) -> str:
    return f"{spell(number)} week{'s' * (number != 1)}"


def _ago(days: int) -> str:
    return ("today", "yesterday")[max(days, 0)] if days < 2 else f"{spell(days)} days ago"


def _on(day: date, today: date) -> str:
    return "today" if day == today else f"on {_day(day, today)}"


def _day(day: date, today: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")


def places(slots: Sequence[tuple[str, UUID]], ranked: Sequence[Ranked]) -> list[Place]:
    """Today's three as (slot, person), found among all who were looked at."""
    by_id = {one.candidate.id: one for one in ranked}
    return [Place(slot, by_id[person]) for slot, person in slots if person in by_id]
