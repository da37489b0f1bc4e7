"""What opens an account, encrypted with a key that is never in the database."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from filelock import FileLock

FILE = "accounts.key"


class Lost(Exception):
    """The key that this was encrypted with is gone, or another one is in its place."""


def seal(secret: Mapping[str, str]) -> str:
    """Encrypt what opens an account; the key is made at first use."""
    return _box(_key(make=True)).encrypt(json.dumps(secret).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """What `seal` was given. Raises Lost."""
    try:
        secret: dict[str, str] = json.loads(_box(_key(make=False)).decrypt(sealed.encode()))
    except (InvalidToken, FileNotFoundError):
        raise Lost from None
    return secret


def _box(key: str) -> Fernet:
    """Of a key of any form: both the option and the file are long and random, so one hash is enough."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))


def _key(*, make: bool) -> str:
    """The option's, for hosts with several servers; else that of a file in the data folder, for its owner alone."""
    if settings.ACCOUNTS_KEY:
        return str(settings.ACCOUNTS_KEY)
    path = Path(settings.DATA) / FILE
    if make and not path.exists():
        _make(path)
    return path.read_text()


def _make(path: Path) -> None:
    """Whole or not at all, and once, whoever else is at it."""
    with FileLock(f"{path}.lock"):
        if path.exists():
            return
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
