"""The digest goes once, at its hour, with what Today shows; a server that does not take it is asked again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.models import Channel, Nudge
from tests.build import network
from tests.conftest import NOW, Cast
from tests.reminders.conftest import tick
from tests.reminders.post import Post

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_it_works(cast: Cast, channel: Channel, post: Post) -> None:
    network(cast.home)
    assert tick(NOW - MINUTE) == []
    [nudge] = tick(NOW)
    assert nudge.state == Nudge.State.SENT
    assert tick(NOW + MINUTE) == []
    [letter] = post.letters
    print(letter.as_string())
