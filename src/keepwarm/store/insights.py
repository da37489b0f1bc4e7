"""What insights count: a few questions to the database, each of whole days or weeks of the user's own zone.

What you do is counted as yours: touches that others of the space wrote or brought in are theirs. How the network
is (who of it was in touch, how warm it is, which doors opened) is told of the space, without what others keep private;
warmth goes by the summaries, as it does everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from keepwarm.core import insights, rhythm, warm_year, what_worked
from keepwarm.core.insights import Before, Day, First, Reach, Week
from keepwarm.core.warm_year import Tie, Year
from keepwarm.core.what_worked import Letter, Sentence
from keepwarm.models import Ask, Door, Membership, Person, Session, Space, Summary, Touch, User
from keepwarm.models.doors import ASKED
from keepwarm.models.people import LEFT_OUT
from keepwarm.store import bulk, doors, outcomes, week
from keepwarm.store.bulk import Among
from keepwarm.store.outcomes import Sent
from keepwarm.store.week import midnight

ONE_WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
REACH = timedelta(days=90)
YEAR = timedelta(days=365)
COLUMNS = 53  # weeks of the year of gestures
MOST = 5_000  # people with a history, whose year of warmth is gone through while a page waits
DOORS = 12
GIVEN = frozenset({"saw_this", "introduction", "congratulate"})
KEPT = 60 * 60 * 26  # seconds that a year of warmth is kept, at most
Span = tuple[date, date]  # the first day, and the day after the last


# Whose touches count


def _mine(user: User | None) -> tuple[str, list[Any]]:
    """Of this user, or of nobody: what a space had before it was claimed. Not as a bare column: SQLite would rather
    go through all of one author than through the days."""
    if user is None:
        return "CASE WHEN t.author_id IS NULL THEN 1 ELSE 0 END = 1", []
    return "COALESCE(t.author_id, %s) = %s", [bulk.parameter(user.id)] * 2


def _seen(user: User | None) -> tuple[str, list[Any]]:
    if user is None:
        return "NOT t.private", []
    return "(NOT t.private OR t.author_id = %s)", [bulk.parameter(user.id)]


def _away(space: Space) -> tuple[str, list[Any]]:
    """Not of someone in the trash, nor of an organisation."""
    out = Person.objects.of(space).filter(LEFT_OUT).filter(Q(deleted_at__isnull=False) | Q(is_organisation=True))
    sql, values = out.values("id").query.sql_with_params()
    return f"t.person_id NOT IN ({sql})", list(values)


def _spans(spans: Sequence[Span]) -> tuple[str, list[Any]]:
    """A table to join on: n, the first day, and the moments between which each lies in the user's zone."""
    since, until = ([bulk.moment(midnight(span[end])) for span in spans] for end in (0, 1))
    days = [span[0].isoformat() for span in spans]
    if connection.vendor == "postgresql":
        rows = "unnest(%s::timestamptz[], %s::timestamptz[], %s::date[]) WITH ORDINALITY"
        return f"{rows} AS span(since, until, day, n)", [since, until, days]
    cells = ("since", "until", "day")
    told = ", ".join(f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(cells))
    rows = json.dumps(list(zip(since, until, days, strict=True)))
    return f"(SELECT key + 1 AS n, {told} FROM json_each(%s)) AS span", [rows]


def _touched(
    space: Space, spans: Sequence[Span], cells: str, whose: tuple[str, list[Any]], more: str = "", joined: str = ""
) -> list[Any]:
    """Cells of the direct touches in each span. The spans come first: so each looks up its own part of an index."""
    span, values = _spans(spans)
    away, gone = _away(space)
    sql = f"""
        SELECT span.n, {cells} FROM {span} CROSS JOIN {bulk.table(Touch)} t {joined}
        WHERE t.space_id = %s AND t.at >= span.since AND t.at < span.until AND t.deleted_at IS NULL
            AND NOT t.ambient AND {whose[0]} AND {away} {more}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, bulk.parameter(space.id), *whose[1], *gone])
        found: list[Any] = cursor.fetchall()
        return found


# The treadmill


def weeks(space: Space, user: User | None, first: date) -> list[Week]:
    """The twelve weeks that begin on that day."""
    starts = [first + ONE_WEEK * n for n in range(insights.WEEKS)]
    spans = [(start, start + ONE_WEEK) for start in starts]
    nurtured, new = _known(space, user, spans), [0] * len(spans)
    for n, one in _firsts(space, user, spans):
        new[n] += insights.is_new(one)
        nurtured[n] += one.reached and not insights.is_new(one)
    for n in _by_hand(space, spans):
        new[n] += 1
    return [Week(*told) for told in zip(starts, nurtured, new, strict=True)]


def _known(space: Space, user: User | None, spans: Sequence[Span]) -> list[int]:
    """How many were reached in each week of those with whom there was a touch before it."""
    found = [0] * len(spans)
    join = f"JOIN {bulk.table(Summary)} s ON s.person_id = t.person_id"
    more = "AND t.direction <> 'in' AND s.first_on < span.day GROUP BY span.n"
    for n, people in _touched(space, spans, "COUNT(DISTINCT t.person_id)", _mine(user), more, join):
        found[n - 1] = people
    return found


def _firsts(space: Space, user: User | None, spans: Sequence[Span]) -> list[tuple[int, First]]:
    """Those with whom the first touch of all lies in one of the weeks, and in which."""
    join = (
        f"JOIN {bulk.table(Summary)} s ON s.person_id = t.person_id JOIN {bulk.table(Person)} p ON p.id = t.person_id"
    )
    cells = """t.person_id, p.known_since, p.made_at, p.made_by_id,
        MAX(CASE WHEN t.source <> 'user' THEN 1 ELSE 0 END), MAX(CASE WHEN t.direction <> 'in' THEN 1 ELSE 0 END)"""
    more = """AND s.first_on >= span.day
        GROUP BY span.n, t.person_id, p.known_since, p.made_at, p.made_by_id"""
    return [
        (n - 1, First(spans[n - 1][0], known, _local(made), by is None, bool(told), bool(reached)))
        for n, _, known, made, by, told, reached in _touched(space, spans, cells, _mine(user), more, join)
    ]


def _by_hand(space: Space, spans: Sequence[Span]) -> list[int]:
    """In which week each was added by hand, of those with whom there has been no touch until its end."""
    since = spans[0][0]
    added = Person.objects.of(space).here().filter(made_by=None, made_at__gte=midnight(since), is_organisation=False)
    found = []
    for made, known, first in added.values_list("made_at", "known_since", "summary__first_on"):
        n = (_local(made) - since).days // 7
        if n < len(spans) and (first is None or first >= spans[n][1]):
            one = First(spans[n][0], known, _local(made), by_hand=True, told=False, reached=False)
            found += [n] if insights.is_new(one) else []
    return found


def _local(at: datetime) -> date:
    """SQLite keeps times in UTC, and does not say so."""
    return timezone.localtime(at if at.tzinfo else at.replace(tzinfo=UTC)).date()


def begins_before(space: Space, day: date) -> bool:
    """Whether there is a touch on record from before that day."""
    return Summary.objects.filter(space=space, first_on__lt=day).exists()


# A year of gestures


def first_of_year(start: date) -> date:
    """With which the year of gestures begins, where the present week begins on `start`."""
    return start - ONE_WEEK * (COLUMNS - 1)


def days(space: Space, user: User | None, first: date, today: date) -> dict[date, Day]:
    """Each day on which anyone was written to or talked with. Ten messages to one person in a day reach one person."""
    spans = [(first + ONE_DAY * n, first + ONE_DAY * (n + 1)) for n in range((today - first).days + 1)]
    cells = """COUNT(DISTINCT t.person_id), SUM(CASE WHEN t.balance = 'give' THEN 1 ELSE 0 END),
        SUM(CASE WHEN t.balance = 'ask' THEN 1 ELSE 0 END)"""
    rows = _touched(space, spans, cells, _mine(user), "AND t.direction <> 'in' GROUP BY span.n")
    return {spans[n - 1][0]: Day(int(reached), int(gave), int(asked)) for n, reached, gave, asked in rows}


def asked_besides(space: Space, user: User | None, first: date) -> int:
    """What was asked since that day without a touch that says so."""
    asked = Ask.objects.of(space).filter(touch=None, outcome__in=ASKED, settled_at__gte=midnight(first))
    return asked.filter(Q(author=user) | Q(author=None)).count()


def reach(space: Space, user: User | None, today: date) -> Reach:
    """A word from either side counts."""
    ends = [today + ONE_DAY, today + ONE_DAY - YEAR]
    spans = [(end - REACH, end) for end in ends]
    people = dict(_touched(space, spans, "COUNT(DISTINCT t.person_id)", _seen(user), "GROUP BY span.n"))
    everyone = Person.objects.of(space).here().filter(is_organisation=False).count()
    return Reach(people.get(1, 0), everyone, people.get(2, 0))


# A year of warmth


def warmth(space: Space, today: date) -> Year | None:
    """Of all who are here and have a history; gone through once a day, or when it has changed. None of too many."""
    told = Summary.objects.filter(space=space).aggregate(Count("person"), Sum("weeks"), Sum("last_day"))
    if told["person__count"] > MOST:
        return None
    key = "-".join(map(str, ("warmth", space.id, today, *told.values())))
    found: Year | None = cache.get(key)
    if found is None:
        found = warm_year.over(_ties(space, today), warm_year.month_days(today))
        cache.set(key, found, KEPT)
    return found


def _ties(space: Space, today: date) -> Iterable[Tie]:
    first = warm_year.month_days(today)[0]
    here = Person.objects.of(space).here().filter(is_organisation=False)
    cells = (
        "id", "summary__weeks", "summary__last_on", "summary__gap_middle", "cadence", "tag_cadence", "circle__cadence",
        "in_touch_since",
    )  # fmt: skip
    known = Q(summary__last_on__isnull=False) | Q(in_touch_since__isnull=False)
    rows = bulk.fetch(here.filter(known).values_list(*cells))
    days = _days_of(space, [row[0] for row in rows if row[2] and row[2] > first])
    for id, weeks, last, gap, own, tag, circle, in_touch in rows:
        yield Tie(weeks or 0, last, gap, rhythm.cadence(own, tag, circle), in_touch, days.get(id))


def _days_of(space: Space, ids: list[Any]) -> dict[Any, list[int]]:
    """All days in touch with these people, rising."""
    found: dict[Any, set[int]] = {}
    held = Touch.objects.filter(Among(F("person"), [UUID(str(id)) for id in ids]), space=space, deleted_at=None)
    for person, at in bulk.fetch(held.filter(ambient=False).values_list("person_id", "at")):
        found.setdefault(person, set()).add(_local(at).toordinal())
    return {person: sorted(days) for person, days in found.items()}


# Time spent


def time_spent(space: Space, user: User | None, since: date) -> tuple[int, int]:
    """In how many sessions, and for how many minutes in all: pauses do not count."""
    ended = Session.objects.filter(space=space, user=user, week__gte=since, ended_at__isnull=False)
    minutes = [held.wick.burnt(held.ended_at).total_seconds() / 60 for held in ended if held.ended_at]
    return len(minutes), round(sum(minutes))


# What worked


def worked(member: Membership, today: date) -> Sentence | None:
    """The sentence of the week that holds this day; the same all week."""
    return of_letters(outcomes.letters(member.space, member.user), week.of_day(member, today))


def of_letters(sent: Iterable[Sent], start: date) -> Sentence | None:
    """Of what was sent in the year before the week that begins on that day."""
    told = [
        Letter(one.shape, on, one.replied_at and _local(one.replied_at))
        for one in sent if (on := _local(one.at)) >= start - YEAR
    ]  # fmt: skip
    return what_worked.sentence(told, start)


# Doors


class Opened(NamedTuple):
    door: Door
    before: Before  # in the year before its day


def opened(space: Space, user: User | None, since: date) -> list[Opened]:
    """The newest first, with all that there was before each: store.doors tells the last few touches of it."""
    held = doors.of(space, user).filter(on__gte=since).select_related("person__summary", "person__circle")
    found = list(held[:DOORS])
    if not found:
        return []
    seen = Touch.objects.filter(space=space, person__in={door.person_id for door in found}).seen_by(user)
    direct = seen.filter(deleted_at=None, ambient=False, at__gte=midnight(found[-1].on - YEAR))
    told: dict[UUID, list[tuple[date, str, str, str]]] = {}
    for person, at, kind, channel, direction in direct.values_list("person_id", "at", "kind", "channel", "direction"):
        told.setdefault(person, []).append((_local(at), kind, channel, direction))
    return [Opened(door, _before(told.get(door.person_id, []), door.on)) for door in found]


def _before(told: Iterable[tuple[date, str, str, str]], on: date) -> Before:
    passed = [rest for at, *rest in told if on - YEAR <= at <= on]
    outward = [(kind, channel) for kind, channel, direction in passed if direction == "out"]
    return Before(
        shared=sum(kind == "saw_this" for kind, _ in outward),
        introduced=sum(kind == "introduction" for kind, _ in outward),
        congratulated=sum(kind == "congratulate" for kind, _ in outward),
        talked=sum(channel in week.OUTLOUD and direction == "both" for _, channel, direction in passed),
        wrote=sum(kind not in GIVEN for kind, _ in outward),
    )
