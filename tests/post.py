"""A mail server on this machine that does as a test says, and counts what it took."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from collections import Counter
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

TAKEN = "250 Taken, with thanks"


class Patient(Controller):
    """Lets those who are being served go before its loop is closed: they speak to it once more."""

    def cancel_tasks(self, stop_loop: bool = True) -> None:
        super().cancel_tasks(stop_loop=False)
        if stop_loop:
            self.loop.call_later(0.05, self.loop.stop)


class Post:
    """What the server has taken, and how it answers: `data` and `rcpt` are its words, or what it does."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.letters: list[EmailMessage] = []
        self.tries = 0
        self.rcpt, self.data = "250 OK", TAKEN
        self.greylist = 0  # so many tries are put off
        self.password = "swordfish"
        self.controller: Any = None

    @property
    def port(self) -> int:
        return int(self.controller.port)

    @property
    def counts(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        with self.lock:
            return Counter(str(letter["Message-ID"]) for letter in self.letters)

    # As aiosmtpd asks

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:
        self.tries += 1
        if self.tries <= self.greylist:
            return "451 4.7.1 Greylisted, please come back in five minutes"
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data == "hang up":  # with the letter, but without a word
            self._keep(envelope)
            server.transport.abort()
            return TAKEN
        if self.data.startswith("250"):
            self._keep(envelope)
        return self.data

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        with self.lock:
            self.letters.append(email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, way: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == self.password.encode(), handled=False)

    def start(self) -> Post:
        self.controller = Patient(
            self, hostname="127.0.0.1", port=_free_port(), authenticator=self.authenticate, auth_require_tls=False
        )
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None


def _free_port() -> int:
    """aiosmtpd asks its server at the port it was told, so 0 will not do."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
