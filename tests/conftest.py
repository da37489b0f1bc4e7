"""The cast: Ada owns a space, Ben shares it, Cleo has her own and must see nothing of theirs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as examples

from keepwarm.models import Membership, Space, User
from tests import dovecot, system
from tests.dovecot import Dovecot
from tests.post import Post

examples.register_profile("ci", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.register_profile("thorough", max_examples=2000, deadline=None)
examples.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)  # a Thursday
SHARED = Path(__file__).parents[2] / "shared" / "data"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database: its turn comes in the other run."""
    marks = {item: item.get_closest_marker("only_on") for item in items}
    other = [item for item, mark in marks.items() if mark and mark.args[0] != connection.vendor]
    config.hook.pytest_deselected(items=other)
    items[:] = [item for item in items if item not in other]


class Cast(NamedTuple):
    home: Space
    ada: User
    ben: User
    away: Space
    cleo: User


PULSE = "beat"  # in the cache


@pytest.fixture(autouse=True)
def beating() -> None:
    """As if a worker had just been heard of: or pages ask for it, and say so when the tests have run ten minutes."""
    cache.set(PULSE, datetime(2100, 1, 1, tzinfo=UTC), None)


@pytest.fixture
def cast(db: None) -> Cast:
    home, away = Space.objects.create(name="home"), Space.objects.create(name="away")
    ada, ben, cleo = (
        User.objects.create_user(f"{name.lower()}@example.com", "correct horse", name=f"{name} Example")
        for name in ("Ada", "Ben", "Cleo")
    )
    Membership.objects.create(space=home, user=ada, is_owner=True, sign_off="Ada", time_zone="Europe/Lisbon")
    Membership.objects.create(space=home, user=ben, sign_off="Ben", time_zone="Europe/Lisbon")
    Membership.objects.create(space=away, user=cleo, is_owner=True, sign_off="Cleo", time_zone="Europe/Lisbon")
    return Cast(home, ada, ben, away, cleo)


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    """A browser in which Ada is signed in."""
    client.force_login(cast.ada)
    return client


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Dovecot]:
    """A real Dovecot; each test has mailboxes of its own in it."""
    if system.dovecot() is None:
        say = pytest.fail if system.must_not_skip() else pytest.skip
        say("There is no Dovecot here. Install it to test reading mailboxes: apt install dovecot-imapd")
    with dovecot.running() as running:
        yield running


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server to send to."""
    server = Post().start()
    yield server
    server.stop()


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """A data folder whose key is made anew."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def shared() -> Path:
    """The folder of files that others wrote; a plain clone has none."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared test data beside the checkout ({SHARED.name})")
    return SHARED
