"""What became of the letters that were sent: answered, met; by their kind, their way and how long it had been quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from keepwarm.core.facts import USER
from keepwarm.models import Pick, Space, Touch, User
from keepwarm.store.letters import LABELS

WITHIN = timedelta(days=90)  # a word later than this is no answer any more
FEWEST = 3  # of fewer nothing is said
LATELY = 12
NEW, MONTHS, HALF_YEAR, YEAR = "new", "months", "half_year", "year"  # how long it had been quiet
SILENCES = ((183, MONTHS), (365, HALF_YEAR))  # days, below which


SHAPES = tuple(LABELS)  # of the letters that Keepwarm drafts


class Sent(NamedTuple):
    """One letter, from Today, the session or a person's page, and what came of it."""

    person: UUID
    name: str
    shape: str
    channel: str
    silence: str
    at: datetime
    replied_at: datetime | None
    met_at: datetime | None


class Tally(NamedTuple):
    """How many letters of one kind; `of` is a shape, a channel, a silence, or "" for all."""

    of: str
    sent: int
    replied: int
    met: int


class Outcomes(NamedTuple):
    all: Tally | None
    by_shape: list[Tally]
    by_channel: list[Tally]
    by_silence: list[Tally]
    lately: list[Sent]


def of(space: Space, user: User | None) -> Outcomes:
    """Of this user's own letters; nothing is told of fewer than three."""
    sent = letters(space, user)
    return Outcomes(
        next(iter(tallies(sent, lambda _: "")), None),
        tallies(sent, lambda one: one.shape),
        tallies(sent, lambda one: one.channel),
        tallies(sent, lambda one: one.silence),
        sent[:LATELY],
    )


def answered(picks: Iterable[Pick], viewer: User | None) -> set[UUID]:
    """Of these picks, the ids of those that were sent and have had a word since."""
    sent = [pick.id for pick in picks if pick.state == Pick.State.SENT]
    if not sent:
        return set()
    cells = ("id", "replied_at")
    told = Pick.objects.filter(id__in=sent).with_outcomes(viewer).values_list(*cells)
    return {id for id, replied_at in told if replied_at}


def letters(space: Space, user: User | None) -> list[Sent]:
    """The newest first."""
    return sorted([*_from_today(space, user), *_from_elsewhere(space, user)], key=lambda one: one.at, reverse=True)


def _from_today(space: Space, user: User | None) -> list[Sent]:
    picks = Pick.objects.filter(space=space, user=user, state=Pick.State.SENT, touch__deleted_at=None)
    known = picks.exclude(touch=None).filter(person__deleted_at=None).with_outcomes(user).order_by("-day", "position")
    cells = ("person_id", "person__name", "touch__kind", "touch__channel", "silence", "touch__at")
    return [
        Sent(person, name, shape, channel, _silence(days), at, _within(at, replied), _within(at, met))
        for person, name, shape, channel, days, at, replied, met in known.values_list(*cells, "replied_at", "met_at")
    ]


def _from_elsewhere(space: Space, user: User | None) -> list[Sent]:
    """By what the touch of each was kept as; a word counts from that moment on."""
    mine = Q(author=user) | Q(author=None) if user else Q(author=None)
    kept = Touch.objects.filter(mine, space=space, source=USER, direction="out", kind__in=SHAPES, deleted_at=None)
    theirs = Touch.objects.filter(space=space, person=OuterRef("person"), deleted_at=None, ambient=False).seen_by(user)
    word = theirs.filter(at__gte=OuterRef("at")).exclude(direction="out").order_by("at").values("at")
    before = theirs.filter(at__lt=OuterRef("at")).order_by("-at").values("at")
    known = kept.filter(pick=None, person__deleted_at=None).annotate(
        replied_at=Subquery(word[:1]), met_at=Subquery(word.filter(channel="meeting")[:1]), last_at=Subquery(before[:1])
    )  # fmt: skip
    cells = ("person_id", "person__name", "kind", "channel", "at", "last_at", "replied_at", "met_at")
    return [
        Sent(
            person,
            name,
            shape,
            channel,
            _silence(last and (at - last).days),
            at,
            _within(at, replied),
            _within(at, met),
        )
        for person, name, shape, channel, at, last, replied, met in known.values_list(*cells)
    ]


def _silence(days: int | None) -> str:
    if days is None:
        return NEW
    return next((name for limit, name in SILENCES if days < limit), YEAR)


def _within(sent: datetime, happened: datetime | None) -> datetime | None:
    return happened if happened and happened - sent <= WITHIN else None


def tallies(sent: Iterable[Sent], kind: Callable[[Sent], str], fewest: int = FEWEST) -> list[Tally]:
    """The commonest first; nothing of fewer."""
    groups: dict[str, list[Sent]] = {}
    for one in sent:
        groups.setdefault(kind(one), []).append(one)
    told = [
        Tally(name, len(some), sum(bool(one.replied_at) for one in some), sum(bool(one.met_at) for one in some))
        for name, some in groups.items() if len(some) >= fewest
    ]  # fmt: skip
    return sorted(told, key=lambda tally: (-tally.sent, tally.of))
