"""A nudge from claim to sent: composed for the day on which it goes, handed over, and kept at each step."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from uuid import UUID

from django.utils import timezone

from keepwarm.core import nudges
from keepwarm.core.nudges import Due, Plan
from keepwarm.models import Channel, Membership, Nudge
from keepwarm.models.ids import new_id
from keepwarm.reminders import digest, mail, push
from keepwarm.reminders.digest import Asked, Digest
from keepwarm.store import reminders
from keepwarm.store.reminders import TakenOver, Trouble

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
UNEXPECTED = Trouble(
    "Something went wrong that should not have.", "It is tried again by itself. The server’s log says more."
)


def send(id: UUID, clock: Clock) -> Nudge:
    """Send a nudge, or say on its channel why not. Raises TakenOver where someone else is at it, or it is done."""
    nudge = reminders.claim(id, clock())
    found = reminders.member_of(nudge)
    if found is None:
        reminders.no_way(nudge)
        return nudge
    member, plan = found
    with timezone.override(plan.zone):
        try:
            _send(nudge, member, plan, clock)
        except TakenOver:
            raise
        except Trouble as trouble:
            reminders.put_off(nudge, member, trouble, clock())
        except Exception:  # a fault of ours: the user must see it, and the nudge must not stand still
            log.exception("nudge %s", nudge.id)
            reminders.put_off(nudge, member, UNEXPECTED, clock())
    return nudge


def _send(nudge: Nudge, member: Membership, plan: Plan, clock: Clock) -> None:
    now = clock()
    day = now.astimezone(plan.zone).date()
    if nudges.is_quiet(plan, now):
        reminders.wait_until(nudge, nudges.awake(plan, now))
    elif (channel := reminders.take_way(nudge, member)) is None:
        reminders.no_way(nudge)
    elif composed := _composed(nudge, member, plan, day, now):
        WAYS[Channel.Kind(channel.kind)](
            channel, composed, plan, nudge.id, now, lambda: reminders.hand_over(nudge, day, clock())
        )
        reminders.sent(nudge, clock())
    else:
        reminders.nothing_to_say(nudge)


def _composed(nudge: Nudge, member: Membership, plan: Plan, day: date, now: datetime) -> Digest | None:
    if nudges.is_away(plan, day):
        return None
    return digest.compose(Asked(member, day, now), plan, Due(nudge.day, nudge.due_at))


def _by_mail(
    channel: Channel, composed: Digest, plan: Plan, id: UUID, now: datetime, before: Callable[[], None]
) -> None:
    by = mail.server(channel)
    mail.send(by, digest.letter(composed, plan, channel, by.sender, id, now), before)


def _by_push(
    channel: Channel, composed: Digest, plan: Plan, id: UUID, now: datetime, before: Callable[[], None]
) -> None:
    before()
    push.send(channel, composed.subject, f"{composed.brief}\n{digest.base()}/")


WAYS = {Channel.Kind.MAIL: _by_mail, Channel.Kind.PUSH: _by_push}


# A test, from the page


def test(channel: Channel, now: datetime) -> str:
    """Send a word by this way and return what the server said to it. Raises Trouble."""
    said = ""
    if channel.kind == Channel.Kind.MAIL:
        by = mail.server(channel)
        said = mail.words(mail.send(by, _word(channel, by.sender, now)))
    else:
        push.send(channel, "Keepwarm can reach you here", "This is the test that you asked for.")
    return said


def _word(channel: Channel, sender: str, now: datetime) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Keepwarm can reach you here"
    made["From"] = formataddr(("Keepwarm", sender))
    made["To"] = channel.settings["to"]
    made["Date"] = format_datetime(now)
    made["Message-ID"] = digest.message_id(new_id(), sender)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content("This is the test that you asked for. Your digest will come to this address.\n")
    return made
