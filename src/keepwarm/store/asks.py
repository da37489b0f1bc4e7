"""Asks: planned, asked, settled; and which of them Keepwarm asks about once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from keepwarm.core.balance_words import ASK
from keepwarm.models import Ask, Person, Space, Touch, User
from keepwarm.models.doors import AskQuerySet
from keepwarm.store import touches

LONGEST = 500
OLD = timedelta(weeks=3)  # open for so long, and Keepwarm asks what became of it
FRESH = timedelta(weeks=2)  # a yes that may still open a door
LATELY = 20  # settled ones that a list shows
Outcome = Ask.Outcome


def plan(
    person: Person, author: User | None, text: str, now: datetime, *, private: bool = False, touch: Touch | None = None
) -> Ask:
    """Keep in view what the owner would like of someone; `touch`: by which they have asked already."""
    return Ask.objects.create(
        space_id=person.space_id, person=person, author=author, private=private or bool(touch and touch.private),
        text=" ".join(text.split())[:LONGEST], touch=touch, made_at=now,
    )  # fmt: skip


def forget(ask: Ask) -> None:
    """As if it had never been planned."""
    ask.delete()


@transaction.atomic
def asked(ask: Ask, author: User | None, channel: str, now: datetime) -> Touch | None:
    """It was asked just now: a touch, whose undo makes it a plan again. None where a click before has said so."""
    if Ask.objects.select_for_update().filter(id=ask.id, touch=None).first() is None:
        return None
    touch = touches.log(
        ask.person, author, now, now, channel=channel, direction="out", balance=ASK, line=ask.text, private=ask.private
    )
    ask.touch = touch
    ask.save(update_fields=["touch"])
    return touch


def settle(ask: Ask, outcome: str, now: datetime) -> None:
    """What became of it."""
    put_back(ask, outcome, now)


def put_back(ask: Ask, outcome: str, settled_at: datetime | None) -> None:
    """As it was before: undo of `settle`."""
    ask.outcome, ask.settled_at = outcome, settled_at
    ask.save(update_fields=["outcome", "settled_at"])


# Which there are


def in_view(space: Space, user: User | None) -> AskQuerySet:
    """All that this user has open, the newest first."""
    return _mine(space, user).open().order_by("-made_at", "id")


def settled(space: Space, user: User | None) -> list[Ask]:
    """What became of the last ones."""
    held = _mine(space, user).exclude(outcome=Outcome.OPEN).prefetch_related("doors")
    return list(held.order_by("-settled_at", "id")[:LATELY])


def of_person(person: Person, viewer: User | None) -> list[Ask]:
    """All that is open with them, whoever of the space asks."""
    held = Ask.objects.of(person.space).seen_by(viewer).open().filter(person=person)
    return list(held.select_related("person", "touch", "author").order_by("-made_at", "id"))


def without_door(person: Person, viewer: User | None, now: datetime) -> list[Ask]:
    """To which they said yes of late, where nothing is written down yet that came of it."""
    held = Ask.objects.of(person.space).seen_by(viewer).filter(person=person, outcome=Outcome.YES)
    lately = held.filter(settled_at__gt=now - FRESH).exclude(doors__deleted_at=None, doors__isnull=False)
    return list(lately.select_related("person", "touch", "author").order_by("-settled_at", "id"))


def _mine(space: Space, user: User | None) -> AskQuerySet:
    mine = Q(author=None) | Q(author=user) if user else Q(author=None)
    return Ask.objects.of(space).seen_by(user).filter(mine).select_related("person", "touch", "author")


def to_ask_about(space: Space, user: User | None, monday: date) -> Ask | None:
    """The one whose outcome Keepwarm asks for in the week of `monday`: of those that were asked three weeks before or
    longer ago the oldest. Each is asked about in one week only, so `asked_about` writes down that it was."""
    old = timezone.make_aware(datetime.combine(monday + timedelta(days=7), time())) - OLD
    held = in_view(space, user).exclude(touch=None).filter(touch__at__lt=old)
    this_week = held.filter(asked_after_on__gte=monday).first()
    return this_week or held.filter(asked_after_on=None).order_by("touch__at", "id").first()


def asked_about(ask: Ask, day: date) -> None:
    ask.asked_after_on = day
    ask.save(update_fields=["asked_after_on"])


def ask_no_more(ask: Ask, monday: date) -> None:
    """The owner does not know yet: it leaves this week's page, and stays in the list."""
    asked_about(ask, monday - timedelta(days=1))
