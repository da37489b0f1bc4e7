"""Browsers of the cast, and a clock that stands still on a Thursday."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.conftest import NOW, PULSE, Cast


@pytest.fixture(autouse=True)
def thursday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def forgetful(beating: None) -> None:
    """What rate limits remember of the test before."""
    pulse = cache.get(PULSE)
    cache.clear()
    cache.set(PULSE, pulse, None)


@pytest.fixture
def ben(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.ben)
    return browser


@pytest.fixture
def cleo(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.cleo)
    return browser
