"""A meeting as a file that any calendar opens; nothing is sent to anyone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

LENGTH = timedelta(minutes=30)


def write(uid: str, at: datetime, summary: str, now: datetime, length: timedelta = LENGTH) -> bytes:
    """One event, in UTC, so that every calendar shows it at the right hour of its own place."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", at.astimezone(UTC))
    event.add("dtend", at.astimezone(UTC) + length)
    event.add("summary", summary)
    calendar = Calendar()
    calendar.add("prodid", "-//Keepwarm//Session//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
