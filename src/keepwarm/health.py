"""What `keepwarm doctor` looks at: each check says what it found, and what to do where that is not well."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from django.conf import settings as options
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult
from filelock import FileLock, Timeout
from icalendar import Calendar

from keepwarm import __version__, jobs
from keepwarm.models import Channel, Membership, Nudge, Reminder
from keepwarm.reminders import feed, mail
from keepwarm.reminders.feed import Asked
from keepwarm.store import reminders, secrets
from keepwarm.store.reminders import Trouble

SILENT = timedelta(minutes=10)
LEAST_FREE = 500 * 10**6  # bytes
BUILT = 2025  # no clock is right that is before it
AHEAD = timedelta(minutes=2)  # what a clock may be away from another


class Found(NamedTuple):
    """A line of the answer; without a fix all is well, or nothing can be done."""

    check: str
    ok: bool
    what: str
    fix: str = ""


def all_of_them(now: datetime) -> list[Found]:
    return list(chain.from_iterable(check(now) for check in CHECKS))


def version(_: datetime) -> Iterable[Found]:
    """A database of a newer version never comes this far."""
    yield Found("version", True, f"Keepwarm {__version__}, and the database is of the same version.")


def database(_: datetime) -> Iterable[Found]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)" if connection.vendor == "sqlite" else "SELECT 'ok'")
            told = str(cursor.fetchone()[0])
    except DatabaseError as error:
        told = str(error).splitlines()[0]
    if told == "ok":
        yield Found("database", True, f"{connection.display_name} answers and is whole.")
    else:
        fix = "Stop Keepwarm, and put the newest copy of the data folder in its place."
        yield Found("database", False, f"It is damaged: {told}.", fix)


def disk(_: datetime) -> Iterable[Found]:
    free = shutil.disk_usage(options.DATA).free
    what = f"{free / 10**9:.1f} GB free where the data folder is."
    yield Found("disk", free >= LEAST_FREE, what, "" if free >= LEAST_FREE else "Make room: writing will soon stop.")


def clock(now: datetime) -> Iterable[Found]:
    """Against the database's own on PostgreSQL, and against what has been written already."""
    fix = "Set this machine’s clock, or let it be set over the network."
    newest, theirs = jobs.last_beat(now + timedelta(days=36500)), _theirs()
    if now.year < BUILT:
        yield Found("clock", False, f"It says {now:%d %B %Y}, which is past.", fix)
    elif newest and newest - now > AHEAD:
        yield Found("clock", False, f"Something was done at {_when(newest)}, which is still to come.", fix)
    elif theirs and abs(theirs - now) > AHEAD:
        yield Found("clock", False, f"It is {abs(theirs - now)} away from the database’s.", fix)
    else:
        yield Found("clock", True, f"{now.astimezone():%H:%M} in {options.TIME_ZONE}.")


def _theirs() -> datetime | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told.astimezone(UTC)


def worker(now: datetime) -> Iterable[Found]:
    newest = jobs.last_beat(now)
    fix = "Start `keepwarm serve`." if connection.vendor == "sqlite" else "Start `keepwarm worker`."
    if newest is None:
        yield Found("worker", False, "No worker has ever run here.", fix)
    elif now - newest > SILENT:
        yield Found("worker", False, f"None has been heard of since {_when(newest)}.", _why_silent(fix))
    else:
        yield Found("worker", True, f"Alive {int((now - newest).total_seconds())} seconds ago.")
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - SILENT).count()
    if waiting:
        yield Found("jobs", False, f"{waiting} wait for over ten minutes.", "Restart the worker, and read its log.")


def _why_silent(fix: str) -> str:
    """A server that runs all the same has no worker in it, or one that hangs."""
    if connection.vendor != "sqlite":
        return fix
    try:
        with FileLock(f"{options.DATA}/server.lock").acquire(timeout=0):
            return fix
    except Timeout:
        return "A server runs but its worker does not: restart it, and see that KEEPWARM_WORKER is not no."


def nudges(now: datetime) -> Iterable[Found]:
    """Those that should have gone."""
    behind = Nudge.objects.filter(state__in=("chosen", "sending"), due_at__lt=now - SILENT).count()
    unseen = Reminder.objects.filter(next_at__lt=now - SILENT).count()
    if behind or unseen:
        what = f"{behind + unseen} should have gone out by now."
        yield Found("nudges", False, what, "They go when worker and mail are well; the page Reminders says more.")
    else:
        yield Found("nudges", True, "None waits beyond its hour.")


def ways(_: datetime) -> Iterable[Found]:
    """Every mail server is signed in to; nothing is sent."""
    held = list(Channel.objects.filter(on=True).order_by("made_at"))
    if not held:
        yield Found("mail", True, "Nobody has chosen a way to be reminded yet.", "See the page Reminders.")
    for channel in held:
        yield _mail(channel) if channel.kind == Channel.Kind.MAIL else _push(channel)


def _mail(channel: Channel) -> Found:
    try:
        by = mail.server(channel)
        mail.try_out(by)
    except Trouble as trouble:
        return Found("mail", False, f"To {channel.name}: {trouble.message}", trouble.fix)
    return Found("mail", True, f"{by.host} lets us in, for {channel.name}.")


def _push(channel: Channel) -> Found:
    if channel.trouble:
        return Found("push", False, f"{channel.name}: {channel.trouble}", channel.fix)
    return Found("push", True, f"{channel.name} gave no trouble the last time.")


def key(_: datetime) -> Iterable[Found]:
    """Whether what is encrypted can still be opened."""
    try:
        for sealed in Channel.objects.exclude(secret="").values_list("secret", flat=True):
            secrets.unseal(sealed)
    except secrets.Lost:
        fix = "Put accounts.key back into the data folder, or type the passwords in again."
        yield Found("key", False, "Passwords cannot be opened: their key is gone or another.", fix)


def calendars(now: datetime) -> Iterable[Found]:
    """Each is made and read again."""
    held = list(Reminder.objects.exclude(feed=None))
    for reminder in held:
        of = Membership.objects.filter(space=reminder.space_id, user=reminder.user_id)
        for member in of.select_related("space", "user"):
            day = now.astimezone(reminders.zone(member)).date()
            try:
                Calendar.from_ical(feed.calendar(Asked(member, reminder, day)))
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs in the answer
                what = f"That of {member.user.email} cannot be made: {error}."
                yield Found("calendar", False, what, "Please report it.")
    yield Found("calendar", True, f"{len(held)} can be subscribed to.")


def _when(at: datetime) -> str:
    return f"{at.astimezone():%H:%M on %d %B}"


CHECKS: tuple[Callable[[datetime], Iterable[Found]], ...] = (
    version, database, disk, clock, worker, nudges, key, ways, calendars,
)  # fmt: skip
