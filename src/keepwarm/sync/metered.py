"""Sockets on which the other end cannot talk for ever: each answer has a length and a time."""

from __future__ import annotations

import socket
import ssl
from time import monotonic
from typing import Any

LARGEST = 96 * 2**20  # bytes of one answer: three times what the headers of all letters asked for at once may take
LONGEST = 3600  # seconds of a connection: others wait for their turn, and a mailbox goes on where it was


class _Metered:
    """What comes after a question is its answer. All of it takes no longer than its first byte may."""

    _came = 0
    _until: float | None = None
    _ends: float | None = None  # as SSLSocket calls no __init__, both begin with the first settimeout

    def settimeout(self, seconds: float | None, /) -> None:
        super().settimeout(seconds)  # type: ignore[misc]
        self._ask()

    def sendall(self, *given: Any) -> None:
        self._ask()
        super().sendall(*given)  # type: ignore[misc]

    def recv_into(self, *given: Any) -> int:
        if self._until is not None and monotonic() > self._until:
            raise TimeoutError("it takes too long to answer")
        if self._ends is not None and monotonic() > self._ends:
            raise TimeoutError("it has lasted for an hour")
        came: int = super().recv_into(*given)  # type: ignore[misc]
        self._came += came
        if self._came > LARGEST:
            raise OSError(f"it sends more than {LARGEST // 2**20} MB at once")
        return came

    def _ask(self) -> None:
        self._ends = self._ends or monotonic() + LONGEST
        patience: float | None = self.gettimeout()  # type: ignore[attr-defined]
        self._came, self._until = 0, None if patience is None else monotonic() + patience


class Plain(_Metered, socket.socket):
    """A connection that is not encrypted."""


class Encrypted(_Metered, ssl.SSLSocket):
    """One that is."""


def plain(connection: socket.socket) -> Plain:
    """The same connection, metered."""
    patience = connection.gettimeout()
    metered = Plain(connection.family, connection.type, connection.proto, connection.detach())
    metered.settimeout(patience)
    return metered
