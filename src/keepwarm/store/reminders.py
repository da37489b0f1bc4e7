"""Nudges from one moment to the next: due, chosen, claimed, handed over once, put off, let go; and the ways they go."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings as options
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from keepwarm.core import nudges
from keepwarm.core.nudges import Plan
from keepwarm.models import Action, Channel, Membership, Nudge, Reminder, Space, User
from keepwarm.store import rhythm

# A worker that has not come to an end by then is gone: longer than any handing over may take.
STANDSTILL = timedelta(minutes=3)
AGAIN = timedelta(minutes=5)  # a job that was lost is told anew
PATIENCE = 3  # failures of one way before another is tried
REMINDERS = "reminders"  # models.Action.what
PLAN = ("days", "at", "quiet_from", "quiet_until")
AWAY = ("away_from", "away_until")
UNSURE = "It was handed over, and no answer came."
LET_GO = "The next one’s time had come."
NOT_RUNNING = "Keepwarm was not running at its hour."
NO_WAY = "There was no way to reach you that is on."
State = Nudge.State


class TakenOver(Exception):
    """Another worker has this nudge, or its time is over: stop, and send nothing."""


class Trouble(Exception):
    """A nudge did not go by this way. Two sentences for the user: the server's own words, and what to do."""

    def __init__(self, message: str, fix: str, *, lasting: bool = False, unsure: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.lasting = lasting  # to try again by itself would change nothing
        self.unsure = unsure  # it was handed over, and no answer came


# The plan


def of(member: Membership) -> Reminder | None:
    return Reminder.objects.filter(space=member.space, user=member.user).first()


@transaction.atomic
def made(member: Membership, now: datetime) -> Reminder:
    """The member's own, made at first use. It is due from now on, not from before."""
    found = Reminder.objects.get_or_create(space=member.space, user=member.user, defaults={"since": now})[0]
    if found.next_at is None:
        found.next_at = nudges.look(plan(found, member), now)
        found.save(update_fields=["next_at"])
    return found


def plan(reminder: Reminder, member: Membership) -> Plan:
    return Plan(
        reminder.days, reminder.at, zone(member), reminder.quiet_from, reminder.quiet_until, member.away_from,
        member.away_until,
    )  # fmt: skip


def zone(member: Membership) -> ZoneInfo:
    """Where the member is; this machine's zone where they have not said, or its name is unknown here."""
    try:
        return ZoneInfo(member.time_zone or options.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(options.TIME_ZONE)


@transaction.atomic
def change(member: Membership, values: Mapping[str, Any], now: datetime) -> Action | None:
    """Keep fields of PLAN and AWAY; None where all is as it was."""
    reminder = made(member, now)
    held = {name: getattr(reminder, name) for name in PLAN} | {name: getattr(member, name) for name in AWAY}
    before = {name: held[name] for name in held if name in values and values[name] != held[name]}
    if not before:
        return None
    _put(reminder, member, values, now)
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in before.items()}
    return _action(member, {"plan": told}, now)


def _put(reminder: Reminder, member: Membership, values: Mapping[str, Any], now: datetime) -> None:
    for row, names in ((reminder, PLAN), (member, AWAY)):
        for name in names:
            setattr(row, name, values.get(name, getattr(row, name)))
    member.save(update_fields=AWAY)
    if set(AWAY) & set(values):
        rhythm.level(member.space_id, now.astimezone(zone(member)).date())
    reminder.since = now
    reminder.next_at = nudges.look(plan(reminder, member), now)
    reminder.save(update_fields=[*PLAN, "since", "next_at"])


def moved(space: Space, user: User, now: datetime) -> None:
    """Look at once, as after a journey to another zone: there the hour may have passed already."""
    Reminder.objects.filter(space=space, user=user).update(next_at=now)


def look_anew(now: datetime) -> None:
    """When the next ones are due: the world changes its clocks, and ours may have been wrong."""
    for reminder, member in _with_members(Reminder.objects.filter(next_at__gt=now)):
        later = Reminder.objects.filter(id=reminder.id, next_at=reminder.next_at)
        later.update(next_at=nudges.look(plan(reminder, member), now))


def _with_members(reminders: Iterable[Reminder]) -> list[tuple[Reminder, Membership]]:
    held = list(reminders)
    known = Membership.objects.filter(user__in={each.user_id for each in held}).select_related("space", "user")
    members = {(member.space_id, member.user_id): member for member in known}
    pairs = [(each, members.get((each.space_id, each.user_id))) for each in held]
    return [(reminder, member) for reminder, member in pairs if member]


# Choosing


def choose_due(now: datetime) -> int:
    """Choose a nudge for everyone whose moment has come; returns for how many."""
    due = Reminder.objects.filter(next_at__lte=now).order_by("next_at")
    return sum(choose(reminder, member, now) is not None for reminder, member in _with_members(due))


@transaction.atomic
def choose(reminder: Reminder, member: Membership, now: datetime) -> Nudge | None:
    """The nudge that is wanted now, and when to look next: both or neither. None where there is none, or a twin was
    first."""
    its = plan(reminder, member)
    mine = Reminder.objects.filter(id=reminder.id, next_at=reminder.next_at)
    if not mine.update(next_at=nudges.look(its, now)):
        return None
    due = nudges.wanted(its, now, reminder.since)
    if due is None or not ways(member).exists():
        return None
    waiting = Nudge.objects.filter(space=member.space, user=member.user, state=State.CHOSEN, claim="")
    waiting.exclude(day=due.day).update(state=State.GIVEN_UP, remark=LET_GO, next_at=None)
    try:
        with transaction.atomic():
            return Nudge.objects.create(
                space=member.space, user=member.user, day=due.day, on_day=now.astimezone(its.zone).date(),
                due_at=due.at, ends_at=nudges.ends(its, due), next_at=now, made_at=now,
            )  # fmt: skip
    except IntegrityError:  # this day has had its nudge, though it be by another zone or hour
        return None


def ways(member: Membership) -> QuerySet[Channel]:
    """How the member is reached, the first one first."""
    return Channel.objects.filter(space=member.space, user=member.user, on=True).order_by("made_at", "id")


def waiting(now: datetime) -> list[UUID]:
    """Nudges whose turn has come, each told to one asker: their next time is set here."""
    held = Nudge.objects.filter(state=State.CHOSEN, claim="", next_at__lte=now)
    ids = held.order_by("next_at").values_list("id", flat=True)
    return [id for id in ids if held.filter(id=id).update(next_at=now + AGAIN)]


# Sending


def claim(id: UUID, now: datetime) -> Nudge:
    """Make this the one worker at the nudge. Raises TakenOver where it has one, is done, or its time is over."""
    free_ = Nudge.objects.filter(id=id, state=State.CHOSEN, claim="")
    if not free_.update(claim=secrets.token_hex(16), beat_at=now):
        raise TakenOver
    nudge = Nudge.objects.select_related("space", "user").get(id=id)
    if now >= nudge.ends_at:
        _mine(nudge, state=State.GIVEN_UP, claim="", next_at=None, remark=nudge.remark or NOT_RUNNING)
        raise TakenOver
    return nudge


def member_of(nudge: Nudge) -> tuple[Membership, Plan] | None:
    """Whose it is, and their plan; None where they have left."""
    found = _with_members(Reminder.objects.filter(space=nudge.space_id, user=nudge.user_id))
    return next(((member, plan(reminder, member)) for reminder, member in found), None)


def take_way(nudge: Nudge, member: Membership) -> Channel | None:
    """By which it goes: the first that is on, and has not failed so often that the next one's turn has come.

    One that may have delivered it already keeps it.
    """
    on = list(ways(member))
    held = next((each for each in on if each.id == nudge.channel_id), None)
    if not (held and nudge.remark == UNSURE):
        held = next((each for each in on if not _is_tired(each, nudge)), on[0] if on else None)
    if held:
        _mine(nudge, channel=held)
    return held


def hand_over(nudge: Nudge, on_day: date, now: datetime) -> None:
    """Keep that it is about to go. Raises TakenOver where it is no longer this worker's, or this day has had one."""
    try:
        with transaction.atomic():
            _mine(nudge, state=State.SENDING, on_day=on_day, tries=nudge.tries + 1, beat_at=now)
    except IntegrityError:
        _mine(nudge, state=State.GIVEN_UP, claim="", next_at=None, remark=LET_GO)
        raise TakenOver from None


def wait_until(nudge: Nudge, at: datetime) -> None:
    _mine(nudge, state=State.CHOSEN, claim="", next_at=at)


def sent(nudge: Nudge, now: datetime) -> None:
    """First of all, and in a statement of its own: until it is kept, a kill makes a second copy."""
    _mine(nudge, state=State.SENT, claim="", next_at=None, sent_at=now, remark="")
    if nudge.channel_id:
        Channel.objects.filter(id=nudge.channel_id).update(trouble="", fix="", failures=0, tried_at=now, sent_at=now)


def nothing_to_say(nudge: Nudge) -> None:
    _mine(nudge, state=State.EMPTY, claim="", next_at=None)


def no_way(nudge: Nudge) -> None:
    _mine(nudge, state=State.GIVEN_UP, claim="", next_at=None, remark=NO_WAY)


@transaction.atomic
def put_off(nudge: Nudge, member: Membership, trouble: Trouble, now: datetime) -> None:
    """It did not go: kept on the way where the user will look, and tried again later, or by the next way."""
    channel = Channel.objects.filter(id=nudge.channel_id).first() if nudge.channel_id else None
    if channel:
        channel.trouble, channel.fix, channel.tried_at = trouble.message, trouble.fix, now
        channel.failures = max(channel.failures + 1, PATIENCE if trouble.lasting else 0)
        channel.save(update_fields=["trouble", "fix", "tried_at", "failures"])
    next_at = _again(nudge, member, channel, trouble, now)
    if next_at is None:
        _mine(nudge, state=State.GIVEN_UP, claim="", next_at=None, remark=trouble.message)
    else:
        _mine(nudge, state=State.CHOSEN, claim="", next_at=next_at, remark=UNSURE if trouble.unsure else "")


def _again(
    nudge: Nudge, member: Membership, channel: Channel | None, trouble: Trouble, now: datetime
) -> datetime | None:
    """When it is tried again; None where it is given up."""
    fresh = [each for each in ways(member) if not _is_tired(each, nudge)]
    if channel and fresh and _is_tired(channel, nudge):
        next_at = now  # by another way
    elif trouble.lasting or channel is None:
        return None
    else:
        next_at = now + nudges.wait(channel.failures)
    reminder = of(member)
    next_at = nudges.awake(plan(reminder, member), next_at) if reminder else next_at
    return next_at if next_at < nudge.ends_at else None


def _is_tired(channel: Channel, nudge: Nudge) -> bool:
    """Whether this way has failed so often, lately for this very nudge, that another's turn has come."""
    return channel.failures >= PATIENCE and channel.tried_at is not None and channel.tried_at >= nudge.made_at


def free(now: datetime, *, alone: bool = False) -> int:
    """Let go of nudges whose worker is gone; returns how many.

    One that was only being prepared is as it was. One that was on its way by mail goes again: its Message-ID is the
    same, by which servers and mail programs know a second copy. By push nothing would, so it counts as sent.
    `alone` says that no worker can be alive, as when the embedded server starts.
    """
    held = Nudge.objects.exclude(claim="").filter(state__in=(State.CHOSEN, State.SENDING))
    gone = held if alone else held.filter(beat_at__lt=now - STANDSTILL)
    prepared, on_its_way = gone.filter(state=State.CHOSEN), gone.filter(state=State.SENDING)
    pushed = on_its_way.filter(channel__kind=Channel.Kind.PUSH)
    return (
        prepared.update(claim="", next_at=now)
        + pushed.update(state=State.SENT, claim="", next_at=None, sent_at=now, remark=UNSURE)
        + on_its_way.exclude(channel__kind=Channel.Kind.PUSH).update(
            state=State.CHOSEN, claim="", next_at=now, remark=UNSURE
        )
    )


def _mine(nudge: Nudge, **values: Any) -> None:
    mine = Nudge.objects.filter(id=nudge.id, claim=nudge.claim).exclude(claim="")
    if not mine.filter(state__in=(State.CHOSEN, State.SENDING)).update(**values):
        raise TakenOver
    for name, value in values.items():
        setattr(nudge, name, value)


def latest(member: Membership, count: int) -> list[Nudge]:
    """What went out last, or did not."""
    mine = Nudge.objects.filter(space=member.space, user=member.user).select_related("channel")
    return list(mine.order_by("-due_at")[:count])


# The ways


def channels(member: Membership) -> QuerySet[Channel]:
    return Channel.objects.filter(space=member.space, user=member.user).order_by("made_at", "id")


def mail(member: Membership) -> Channel | None:
    return channels(member).filter(kind=Channel.Kind.MAIL).first()


@transaction.atomic
def keep_mail(member: Membership, name: str, settings: Mapping[str, Any], secret: str, now: datetime) -> Channel:
    """The one way by mail, as it is now. `secret` is sealed."""
    made(member, now)
    values = {
        "name": name[:200], "settings": dict(settings), "secret": secret, "on": True, "trouble": "", "fix": "",
        "failures": 0,
    }  # fmt: skip
    return Channel.objects.update_or_create(
        space=member.space, user=member.user, kind=Channel.Kind.MAIL, defaults=values,
        create_defaults=values | {"made_at": now},
    )[0]  # fmt: skip


@transaction.atomic
def add_push(member: Membership, name: str, service: str, secret: str, now: datetime) -> Channel:
    made(member, now)
    return Channel.objects.create(
        space=member.space, user=member.user, kind=Channel.Kind.PUSH, name=name[:200], settings={"service": service},
        secret=secret, made_at=now,
    )  # fmt: skip


def tried(channel: Channel, trouble: Trouble | None, now: datetime) -> None:
    """What came of a test."""
    message, fix = (trouble.message, trouble.fix) if trouble else ("", "")
    Channel.objects.filter(id=channel.id).update(trouble=message, fix=fix, failures=0, tried_at=now)


def switch(channel: Channel, *, on: bool) -> None:
    """On again it starts afresh."""
    Channel.objects.filter(id=channel.id).update(on=on, failures=0, **({"trouble": "", "fix": ""} if on else {}))


@transaction.atomic
def remove(channel: Channel, member: Membership, now: datetime) -> Action:
    kept = {name: getattr(channel, name) for name in ("kind", "name", "settings", "secret", "on")}
    Channel.objects.filter(id=channel.id).delete()
    return _action(member, {"channel": kept | {"id": channel.id.hex, "made_at": channel.made_at.isoformat()}}, now)


# The calendar


@transaction.atomic
def new_feed(member: Membership, now: datetime) -> Action:
    """Another secret address; the one before leads nowhere from now on."""
    return _set_feed(member, uuid4(), now)


@transaction.atomic
def stop_feed(member: Membership, now: datetime) -> Action:
    return _set_feed(member, None, now)


def _set_feed(member: Membership, feed: UUID | None, now: datetime) -> Action:
    reminder = made(member, now)
    before = reminder.feed.hex if reminder.feed else None
    Reminder.objects.filter(id=reminder.id).update(feed=feed)
    return _action(member, {"feed": before}, now)


# Undo


def _action(member: Membership, before: dict[str, Any], now: datetime) -> Action:
    return Action.objects.create(space=member.space, user=member.user, what=REMINDERS, before=before, made_at=now)


@transaction.atomic
def undo(action: Action, member: Membership, now: datetime) -> None:
    """Put back what this action changed; a second time changes nothing."""
    if not Action.objects.filter(id=action.id, undone_at=None).update(undone_at=now):
        return
    before = action.before
    if "plan" in before:
        _put(made(member, now), member, _read(before["plan"]), now)
    if "feed" in before:
        feed = UUID(before["feed"]) if before["feed"] else None
        Reminder.objects.filter(space=member.space, user=member.user).update(feed=feed)
    if "channel" in before:
        kept = before["channel"]
        another = kept["kind"] == Channel.Kind.MAIL and mail(member)
        if not another:
            Channel.objects.create(
                space=member.space, user=member.user, **kept | {"made_at": datetime.fromisoformat(kept["made_at"])}
            )


def _read(told: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the plan, as JSON kept them."""
    reads: dict[str, Callable[[str], Any]] = {
        "days": str, "at": time.fromisoformat, "quiet_from": time.fromisoformat, "quiet_until": time.fromisoformat,
        "away_from": date.fromisoformat, "away_until": date.fromisoformat,
    }  # fmt: skip
    return {name: None if value is None else reads[name](value) for name, value in told.items()}


def any_on(space: Space) -> bool:
    return Reminder.objects.filter(space=space).filter(Q(feed__isnull=False) | Q(next_at__isnull=False)).exists()
