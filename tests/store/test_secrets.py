"""What opens an account: unreadable in the database, and without the key gone for good."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from keepwarm.store import secrets

SECRET = {"password": "swordfish", "client_id": "ädä"}


def test_it_works(data: Path) -> None:
    sealed = secrets.seal(SECRET)
    assert "swordfish" not in sealed
    assert secrets.unseal(sealed) == SECRET


def test_the_key_is_a_file_for_its_owner_alone(data: Path) -> None:
    secrets.seal(SECRET)
    assert (data / secrets.FILE).stat().st_mode & 0o777 == 0o600


def test_ten_that_come_first_at_once_make_one_key(data: Path) -> None:
    with ThreadPoolExecutor(10) as together:
        sealed = list(together.map(secrets.seal, [SECRET] * 10))
    assert [secrets.unseal(one) for one in sealed] == [SECRET] * 10


def test_without_its_key_a_secret_is_lost(data: Path) -> None:
    sealed = secrets.seal(SECRET)
    (data / secrets.FILE).unlink()
    with pytest.raises(secrets.Lost):
        secrets.unseal(sealed)
    assert not (data / secrets.FILE).exists()


@pytest.mark.parametrize("sealed", ["", "nonsense", "Ä"])
def test_what_was_never_sealed_is_lost(data: Path, sealed: str) -> None:
    secrets.seal(SECRET)
    with pytest.raises(secrets.Lost):
        secrets.unseal(sealed)


def test_a_host_may_bring_its_own_key(data: Path, settings: Any) -> None:
    settings.ACCOUNTS_KEY = "k" * 40
    sealed = secrets.seal(SECRET)
    assert secrets.unseal(sealed) == SECRET
    assert not (data / secrets.FILE).exists()
    settings.ACCOUNTS_KEY = "l" * 40
    with pytest.raises(secrets.Lost):
        secrets.unseal(sealed)
