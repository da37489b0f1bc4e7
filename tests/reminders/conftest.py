"""A real mail server, and Ada with a plan and a way by mail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from keepwarm.models import Channel, Membership, Nudge
from keepwarm.reminders import sending
from keepwarm.store import reminders
from tests.build import Clock
from tests.conftest import NOW, Cast
from tests.post import Post


@pytest.fixture
def member(cast: Cast) -> Membership:
    return Membership.objects.select_related("space", "user").get(user=cast.ada)


@pytest.fixture
def channel(member: Membership, post: Post) -> Channel:
    """Since a week ago, on Thursdays at nine in Lisbon: the moment is NOW."""
    return reminded(member, post)


def reminded(member: Membership, post: Post, days: str = "3", at: str = "09:00") -> Channel:
    since = NOW - timedelta(days=7, hours=1)
    channel = reminders.keep_mail(member, member.user.email, by(post, member.user.email), "", since)
    reminders.change(member, reminders._read({"days": days, "at": at}), since)
    return channel


def by(post: Post, to: str) -> dict[str, object]:
    """Settings of a way by this server."""
    return {
        "to": to, "host": "127.0.0.1", "port": post.port, "security": "plain", "user": "",
        "sender": "keepwarm@example.org",
    }  # fmt: skip


def tick(at: datetime) -> list[Nudge]:
    """What the clock and the worker do at this moment."""
    reminders.free(at)
    reminders.choose_due(at)
    return [sending.send(id, Clock(at)) for id in reminders.waiting(at)]
