"""The user's own calendar of it all: the session, birthdays and what else has a day, behind a secret address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.core import signing
from django.db.models import F
from django.urls import reverse
from icalendar import Calendar, Event
from icalendar.prop import vRecur

from keepwarm.core import nudges
from keepwarm.core.people import PartialDate
from keepwarm.models import Membership, Person, Promise, Reminder
from keepwarm.reminders import digest
from keepwarm.store import promises, reminders

SALT = "reminders.feed"
NOBODY_KNOWS = 2000  # the year of a birthday whose year is not known: it has every day
OLDEST = 1900  # before it, calendars show what they like
MOST = 2000  # birthdays, those of people you keep first; and promises
SESSION = timedelta(minutes=20)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY = "PT1H"  # how often it is worth asking


class Asked(NamedTuple):
    """Whose calendar, on which day of theirs."""

    member: Membership
    reminder: Reminder
    day: date


# The address


def address(reminder: Reminder) -> str:
    """Its secret address, or "". It is made from the row's id and this machine's key, so that the database alone, as
    in a stolen copy of it, opens no calendar, and still it can be shown again."""
    return digest.base() + reverse("feed", args=[token(reminder.feed)]) if reminder.feed else ""


def token(feed: UUID) -> str:
    return _signer().sign(feed.hex)


def found(said: str) -> Reminder | None:
    """Whose calendar is at this address; None where it has been renewed or stopped, or was never one."""
    try:
        feed = UUID(_signer().unsign(said))
    except (signing.BadSignature, ValueError):
        return None
    return Reminder.objects.filter(feed=feed).first()


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


# Entries


def session(asked: Asked) -> Iterator[Event]:
    """The twenty minutes, every week at the user's hour, in their zone; not while they are away."""
    plan = reminders.plan(asked.reminder, asked.member)
    first = nudges.coming(plan._replace(away_from=None, away_until=None), asked.reminder.since)
    if first is None:
        return
    start = first.at.astimezone(plan.zone)
    event = _event(f"session-{asked.reminder.id}", "Your twenty minutes", asked.reminder.since)
    event.add("dtstart", start)
    event.add("duration", SESSION)
    event.add("rrule", vRecur({"freq": "weekly", "byday": [WEEKDAYS[int(day)] for day in plan.days]}))
    for day in _days_away(asked.member, asked.day):
        if str(day.weekday()) in plan.days and (at := nudges.moment(day, plan.at, plan.zone)):
            event.add("exdate", at.astimezone(plan.zone))
    event.add("url", digest.base() + reverse("today"))
    yield event


def _days_away(member: Membership, today: date) -> Iterator[date]:
    """At most a year of them."""
    start = member.away_from or today
    if member.away_from or member.away_until:
        end = min(member.away_until or today, start + timedelta(days=366))
        yield from (start + timedelta(days=step) for step in range((end - start).days + 1))


def birthdays(asked: Asked) -> Iterator[Event]:
    """Of everyone who is here and may be suggested; those with a circle or a rhythm first."""
    here = Person.objects.of(asked.member.space).here().filter(never=False, is_organisation=False)
    kept = here.exclude(birthday_in_year=None).order_by(F("circle").asc(nulls_last=True), "name", "id")
    for id, name, birthday in kept.values_list("id", "name", "birthday")[:MOST]:
        day = PartialDate.of(birthday)
        if day and day.month and day.day:
            yield birthday_of(id, name, day, asked.reminder.since)


def birthday_of(id: UUID, name: str, day: PartialDate, stamp: datetime) -> Event:
    """Every year, all day. Who was born on 29 February has it on the last day of that month."""
    year = day.year if day.year and day.year >= OLDEST else NOBODY_KNOWS
    assert day.month is not None
    assert day.day is not None
    event = _event(f"birthday-{id}", f"{name}’s birthday", stamp)
    event.add("dtstart", date(year, day.month, day.day))
    leap = {"bymonth": [2], "bymonthday": [-1]} if (day.month, day.day) == (2, 29) else {}
    event.add("rrule", vRecur({"freq": "yearly", **leap}))
    event.add("transp", "TRANSPARENT")
    event.add("url", digest.base() + reverse("person", args=[id]))
    return event


def promised(asked: Asked) -> Iterator[Event]:
    """All day, on the day that was named."""
    held = promises.in_view(asked.member.space, asked.member.user).exclude(due_on=None).nearest_first()
    for one in held.select_related("person")[:MOST]:
        name, text = one.person.name, one.text
        title = f"Think of {name}" if one.whose == Promise.Whose.WISH else f"{name}: {text}"
        event = _event(f"promise-{one.id}", title, one.made_at)
        event.add("dtstart", one.due_on)
        event.add("transp", "TRANSPARENT")
        event.add("url", digest.base() + reverse("person", args=[one.person_id]))
        yield event


ENTRIES: tuple[Callable[[Asked], Iterable[Event]], ...] = (session, birthdays, promised)


# The calendar


def calendar(asked: Asked) -> bytes:
    return _written(chain.from_iterable(entries(asked) for entries in ENTRIES))


def one(asked: Asked, uid: str) -> bytes | None:
    """The one event of this id, for a calendar that is not subscribed."""
    for event in chain.from_iterable(entries(asked) for entries in ENTRIES):
        if str(event["uid"]).partition("@")[0] == uid:
            return _written([event])
    return None


def tag(content: bytes) -> str:
    """By which a calendar program knows that nothing has changed."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _event(uid: str, title: str, stamp: datetime) -> Event:
    """`stamp` does not move: what has not changed must look the same."""
    event = Event()
    event.add("uid", f"{uid}@keepwarm")
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("summary", title)
    return event


def _written(events: Iterable[Event]) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Keepwarm//Keepwarm//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Keepwarm")
    made.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    made.add("x-published-ttl", EVERY)
    for event in events:
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())
