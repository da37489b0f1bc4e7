"""Whom a slot of the session brings up: one rule a function, one line a rule.

A rule is given the space, the user, what is known of them, the day, how many are wanted and whom to leave out; it
answers with people, each with why in words, what to do, and where, if not by a letter. It may answer with fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from keepwarm.core import promises as words
from keepwarm.core import rhythm as core
from keepwarm.core import session
from keepwarm.core.people import PartialDate
from keepwarm.core.reconnect import Owner, factors, reasons
from keepwarm.core.reconnect.choose import choose
from keepwarm.core.reconnect.rank import rank
from keepwarm.models import Person, Space, Summary, User
from keepwarm.store import introductions, just_met, moments, promises, today, visits
from keepwarm.store import rhythm as kept
from keepwarm.store.bulk import Among
from keepwarm.store.letters import links

HELLO, CONGRATULATE, REACT, TALK = "hello", "congratulate", "react", "talk"
WARM = (timedelta(days=14), timedelta(days=90))  # since the last word, of a tie that a small gesture keeps warm
TALKABLE = (timedelta(days=14), timedelta(days=270))  # of a tie with whom a call is worth it
WEEKS = 9  # of rhythm that a session looks at: this one, and as many as the store looks ahead
MORE = 4  # rows looked up for one that is wanted: some rest, meet anyway, or have no address


class Drawn(NamedTuple):
    """Someone for a slot. `kind`: hello, congratulate, react, talk; `url`: where to react."""

    person: Person
    reason: str
    kind: str
    url: str = ""


Rule = Callable[[Space, User, Owner, date, int, set[UUID]], list[Drawn]]


class Source(NamedTuple):
    label: str
    draw: Rule


# Rhythm


def rhythm(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """Those it is time for by the end of this week, the longest silent for their rhythm first."""
    return _rhythm(space, day, taken, lambda one: -core.urgency(one, day))[:count]


def rhythm_often(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """The same, those one keeps most often first: a few words are enough for them."""
    return _rhythm(space, day, taken, lambda one: (one.cadence, -core.urgency(one, day)))[:count]


def _rhythm(space: Space, day: date, taken: set[UUID], order: Callable[[core.Followed], object]) -> list[Drawn]:
    """Those of this week, and where it has room those whose rhythm is long over and who only wait for a place."""
    people, end = _near(space, day, taken)
    told = {id: core.Followed(id, one.own_rhythm or core.LONGEST, _last(one)) for id, one in people.items()}
    waiting = {id for id, one in told.items() if (people[id].due_on or end) > end}
    told = {id: one for id, one in told.items() if id not in waiting or core.urgency(one, day) > 1 + core.SLACK}
    return [
        Drawn(people[one.id], _time_again(one, day), HELLO)
        for one in sorted(told.values(), key=lambda one: (one.id in waiting, order(one), one.id))
    ]


def _near(space: Space, day: date, taken: set[UUID]) -> tuple[dict[UUID, Person], date]:
    """Those of this week and the next ones, and when it ends. No week holds more than the budget, so they are few."""
    held = kept.terms(space.id)
    end = core.week_of(day, held.first_weekday) + timedelta(days=6)
    near = Person.objects.of(space).followed().filter(_awake(day), due_on__lte=end + kept.HORIZON)
    rows = near.order_by("due_on", "id").select_related("summary", "circle")[: WEEKS * held.budget + len(taken)]
    return {one.id: one for one in rows if one.id not in taken}, end


def _awake(day: date) -> Q:
    return Q(rests_until=None) | Q(rests_until__lte=day)


def _last(person: Person) -> date | None:
    summary: Summary | None = getattr(person, "summary", None)
    return summary.last_on if summary else None


def _time_again(one: core.Followed, day: date) -> str:
    often = f"Every {reasons.every(one.cadence)}, as you wished."
    return f"{often} {_since(one.last, day)}" if one.last else f"{often} There is no word on record yet."


def _since(last: date, day: date) -> str:
    days = (day - last).days
    if days < 14:
        return f"You were last in touch {reasons.spell(days)} days ago." if days > 1 else "You were just in touch."
    if days < 60:
        return f"You were last in touch {reasons.spell(round(days / 7))} weeks ago."
    return f"You were last in touch {reasons.spell_months(round(days / 30.44))} ago."


# Warm ties


def warm(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """Those one has been in touch with lately: a small gesture to warm up with."""
    found, near = [], _ties(space, day, WARM, taken, count)
    ways = links([one.id for one in near])
    for person in near:
        page = ways[person.id].linkedin
        said = f"{_since(_last(person) or day, day)} A small sign keeps it warm."
        found.append(Drawn(person, said, REACT if page else HELLO, page))
    return found


def birthdays(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """Those of the next seven days, the nearest first."""
    soon = day + timedelta(days=6)
    held = _reachable(space, day, taken).filter(moments.round_between(day, soon)).select_related("summary", "circle")
    told = [(factors.days_until(PartialDate.of(one.birthday), day), one) for one in held[: today.BIRTHDAYS]]
    near = sorted(((ahead, one) for ahead, one in told if ahead is not None), key=lambda pair: pair[0])
    born = [Drawn(one, f"Birthday {reasons.soon(day + timedelta(days=n), day)}.", CONGRATULATE) for n, one in near]
    return born[:count]


def _reachable(space: Space, day: date, taken: Iterable[UUID]) -> QuerySet[Person]:
    here = Person.objects.of(space).here().filter(_awake(day), never=False, is_organisation=False, reach__gt=0)
    return here.exclude(Among(F("id"), list(taken)))


def _ties(space: Space, day: date, since: tuple[timedelta, timedelta], taken: set[UUID], count: int) -> list[Person]:
    """The strongest with a last word within these days, in that order."""
    if count <= 0:
        return []
    nearest, farthest = ((day - ago).toordinal() for ago in since)
    ties = Summary.objects.filter(space=space, depth__gt=0, last_day__range=(farthest, nearest)).by_strength(day)
    ids = list(ties.values_list("person_id", flat=True)[: MORE * count + len(taken)])
    here = _reachable(space, day, taken).filter(Among(F("id"), ids)).select_related("summary", "circle")
    found = here.in_bulk()
    return [found[id] for id in ids if id in found][:count]


# As Today


def picks(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """Whom Today would choose next, beside those it has brought up."""
    chosen = choose(rank(today.candidates(space, owner, day, user), owner, day), day, count, frozenset(taken))
    people = Person.objects.select_related("summary", "circle").in_bulk([one.candidate.id for one in chosen])
    known = today.candidates_of(people, space, user)
    return [
        Drawn(people[id], next((told["text"] for told in today.reasons_told(known[id], owner, day)), ""), HELLO)
        for id in (one.candidate.id for one in chosen) if id in people and id in known
    ]  # fmt: skip


# Look-back


def _met(weeks: int) -> Rule:
    def rule(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
        start = day - timedelta(weeks=weeks, days=3)
        since, until = start, start + timedelta(days=6)
        met = _reachable(space, day, taken).filter(_first_known(since, until)).select_related("summary", "circle")
        ago = "a week" if weeks == 1 else f"{reasons.spell(weeks)} weeks"
        return [Drawn(one, f"You met {ago} ago.", HELLO) for one in met.order_by("-standing", "id")[:count]]

    return rule


def _first_known(since: date, until: date) -> Q:
    """By the day they are known since; who has none, by the first touch."""
    return Q(known_since__range=(since, until)) | Q(known_since=None, summary__first_on__range=(since, until))


# Circles


def _kept(times: int) -> Rule:
    """Those of rhythm who are kept about so many times a year."""
    low, high = {12: (1, 59), 4: (60, 240), 1: (241, core.LONGEST)}[times]

    def rule(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
        told = _rhythm(space, day, taken, lambda one: -core.urgency(one, day))
        kind = TALK if times == 1 else HELLO
        return [one._replace(kind=kind) for one in told if low <= (one.person.own_rhythm or 0) <= high][:count]

    return rule


# One conversation


def talk(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """Warm enough that a call is no surprise, silent long enough that it is worth one, and not met soon anyway."""
    start = timezone.make_aware(datetime.combine(day, time()))
    meeting = Person.objects.filter(space=space, appointments__space=space, appointments__at__gte=start)
    anyway = set(meeting.values_list("id", flat=True))
    near = _ties(space, day, TALKABLE, taken | anyway, count)
    return [Drawn(one, f"{_since(_last(one) or day, day)} Half an hour says more than a letter.", TALK) for one in near]


# What was promised, who was just met, whose page is worth a look


def promised(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """What the user said they would do and has come due by the end of this week; and reminders of today."""
    found: dict[UUID, Drawn] = {}
    for one in promises.due(space, user, day + timedelta(days=6)):
        called = one.person.given or one.person.name
        is_now = one.whose == "mine" or (one.whose == "wish" and one.due_on is not None and one.due_on <= day)
        if is_now and one.person_id not in taken:
            said = f"{words.said(one.whose, one.text, called)}."
            found.setdefault(one.person_id, Drawn(one.person, said, HELLO))
    return list(found.values())[:count]


def first_weeks(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """People just met who are to hear a word: within two days, then after one, four and twelve weeks."""
    due = just_met.next_up(space, user, day, count + len(taken))
    return [Drawn(one.person, _when_met(one, day), HELLO) for one in due if one.person.id not in taken][:count]


def _when_met(one: just_met.Next, day: date) -> str:
    where = f": {one.meeting.event.name}" if one.meeting.event else ""
    days = (day - one.meeting.on).days
    near = {0: "today", 1: "yesterday"}.get(days, f"{reasons.spell(days)} days ago")
    return f"You met {near if days < 14 else f'{reasons.spell(round(days / 7))} weeks ago'}{where}."


def worth_a_visit(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """Pages to look at, and perhaps to leave a word on."""
    found = visits.worth_a_visit(space, day, count + len(taken), user)
    return [
        Drawn(one.person, one.why, REACT, one.published or one.links[0].url)
        for one in found if one.person.id not in taken
    ][:count]  # fmt: skip


def introducing(space: Space, user: User, owner: Owner, day: date, count: int, taken: set[UUID]) -> list[Drawn]:
    """Who has been asked about meeting someone and may have forgotten, or was introduced: a gentle word."""
    found = {
        one.people[one.turn if one.row.introduced_at is None else 0].id: one
        for one in introductions.wondering(space, user, day)
    }
    people = Person.objects.of(space).here().select_related("summary", "circle").in_bulk(list(found))
    return [
        Drawn(people[id], introductions.wonder(one, day), HELLO)
        for id, one in found.items() if id in people and id not in taken
    ][:count]  # fmt: skip


SOURCES: dict[str, Source] = {
    "rhythm": Source("It is time again", rhythm),
    "rhythm_often": Source("It is time again, the most often kept first", rhythm_often),
    "birthdays": Source("Birthdays of the week", birthdays),
    "warm": Source("Warm ties", warm),
    "picks": Source("As Today chooses", picks),
    "met_12": Source("Met twelve weeks ago", _met(12)),
    "met_4": Source("Met four weeks ago", _met(4)),
    "met_1": Source("Met a week ago", _met(1)),
    "yearly_12": Source("Kept every month or so", _kept(12)),
    "yearly_4": Source("Kept a few times a year", _kept(4)),
    "yearly_1": Source("Kept about once a year", _kept(1)),
    "talk": Source("Worth a conversation", talk),
    "promised": Source("What you promised", promised),
    "first_weeks": Source("Just met", first_weeks),
    "worth_a_visit": Source("Pages worth a visit", worth_a_visit),
    "introducing": Source("Introductions on their way", introducing),
}
# What "whoever it is time for" is, by action, and what fills a slot whose own rule finds too few: in this order.
MIX: dict[str, tuple[str, ...]] = {
    session.LIGHT: ("birthdays", "rhythm_often", "worth_a_visit", "warm"),
    session.MESSAGE: ("promised", "first_weeks", "rhythm", "picks", "warm"),
    session.TALK: ("talk", "rhythm"),
}


def draw(
    slots: Sequence[tuple[session.Slot, int]], space: Space, user: User, owner: Owner, day: date, taken: set[UUID]
) -> list[list[tuple[str, Drawn]]]:
    """So many people for each slot, each with the name of the rule that found them; nobody of `taken`, nobody twice.

    Every slot's own rule comes before any is filled up, or the first would take whom a later one is for.
    """
    found: list[list[tuple[str, Drawn]]] = [[] for _ in slots]
    gone = set(taken)
    for rules in (_own, _mixed):
        for (slot, count), mine in zip(slots, found, strict=True):
            for name in rules(slot):
                for one in _asked(name, space, user, owner, day, count - len(mine), gone):
                    gone.add(one.person.id)
                    mine.append((name, _fitting(one, slot)))
    return found


def _own(slot: session.Slot) -> Sequence[str]:
    return (slot.source,) if slot.source in SOURCES else ()


def _mixed(slot: session.Slot) -> Sequence[str]:
    return MIX[slot.action]


def _asked(
    name: str, space: Space, user: User, owner: Owner, day: date, count: int, gone: set[UUID]
) -> Iterable[Drawn]:
    if count <= 0:
        return []
    told = SOURCES[name].draw(space, user, owner, day, count, set(gone))
    once = {one.person.id: one for one in told if one.person.id not in gone}
    return list(once.values())[:count]


def _fitting(one: Drawn, slot: session.Slot) -> Drawn:
    """What is done with them is what the slot is for; in one of messages nobody is only looked at."""
    if slot.action == session.TALK:
        return one._replace(kind=TALK)
    if slot.action == session.MESSAGE and one.kind in (REACT, TALK):
        return one._replace(kind=HELLO, url="")
    return one._replace(kind=HELLO) if one.kind == TALK else one
