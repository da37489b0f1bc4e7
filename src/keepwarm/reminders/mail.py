"""A letter handed over to a mail server, once: which server, in its own words what it said, and what may be tried."""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any, NamedTuple

from django.conf import settings as options

from keepwarm.core import networks
from keepwarm.core.networks import LOCAL
from keepwarm.models import Channel
from keepwarm.store import secrets
from keepwarm.store.reminders import Trouble

TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"
PORTS = {TLS: 465, STARTTLS: 587, PLAIN: 25}
PATIENCE, FULL_PATIENCE = 20.0, 60.0  # seconds for each answer, and for the one that follows the letter
LONGEST = 150.0  # seconds for all of it: less than store.reminders.STANDSTILL
MOST_ADDRESSES = 4
LONGEST_SAID = 300
CHECK = "Look at the mail server’s settings, then send a test."
LATER = "It is tried again by itself."


# The first kind that fits; what is within another stands before it.
UNREACHABLE: dict[type[Exception], tuple[str, str]] = {
    ssl.SSLCertVerificationError: ("{host} has a certificate that is not valid for it.", CHECK),
    ssl.SSLError: ("{host} does not speak TLS at port {port}.", "Try STARTTLS, or another port."),
    socket.gaierror: ("There is no server called {host}.", CHECK),
    TimeoutError: ("{host} takes too long to answer.", LATER),
    ConnectionRefusedError: ("No mail server answers at {host}, port {port}.", CHECK),
    smtplib.SMTPServerDisconnected: ("{host} hung up before it took the letter.", LATER),
    ConnectionError: ("{host} hung up before it took the letter.", LATER),
}


class Server(NamedTuple):
    """Where letters are handed over, and as whom."""

    host: str
    port: int
    security: str = TLS
    user: str = ""
    password: str = ""
    sender: str = ""

    @property
    def of_host(self) -> bool:
        return self is HOSTS


def server(channel: Channel) -> Server:
    """The channel's own server, else the one that this machine's owner has set for all. Raises Trouble."""
    if not channel.settings.get("host"):
        if HOSTS:
            return HOSTS
        raise Trouble("There is no mail server to send by.", "Name one on this page.", lasting=True)
    try:
        password = secrets.unseal(channel.secret).get("password", "") if channel.secret else ""
    except secrets.Lost:
        raise Trouble(
            "The key to this password is gone, as after a move to another machine without accounts.key.",
            "Type the password in again.",
            lasting=True,
        ) from None
    held = channel.settings
    return Server(held["host"], held["port"], held["security"], held["user"], password, held["sender"])


def _hosts() -> Server | None:
    told: Mapping[str, Any] | None = options.MAIL_SERVER
    return Server(**told, sender=options.MAIL_FROM) if told else None


HOSTS = _hosts()


def send(by: Server, letter: EmailMessage, before: Callable[[], None] = lambda: None) -> bytes:
    """Hand a letter over and return the server's word for it. Raises Trouble, with the server's words where it has any.

    `before` is called when all is ready but the letter itself: what is kept then is true even after a kill.
    """
    sender, to, body = parseaddr(letter["From"])[1], parseaddr(letter["To"])[1], _body(letter)
    with _conversation(by) as (smtp, said):
        said.stage = "take the letter"
        said.check(smtp.mail(sender))
        said.check(smtp.rcpt(to))
        before()
        said.check(smtp.docmd("DATA"), 354)
        assert smtp.sock is not None
        smtp.sock.settimeout(FULL_PATIENCE)
        said.handed = True
        smtp.send(body)
        answer = smtp.getreply()
        said.handed = False
        said.check(answer)
        return answer[1]


def try_out(by: Server) -> None:
    """Sign in and go, as a check without a letter. Raises Trouble."""
    with _conversation(by):
        pass


def _body(letter: EmailMessage) -> bytes:
    """As it travels: a line that begins with a dot has two, and a dot alone ends it."""
    return re.sub(rb"(?m)^\.", b"..", letter.as_bytes(policy=SMTP)).rstrip(b"\r\n") + b"\r\n.\r\n"


@contextmanager
def _conversation(by: Server) -> Iterator[tuple[smtplib.SMTP, _Said]]:
    """Signed in, and never longer than LONGEST: so that a worker who is at it for longer is known to be gone."""
    said = _Said(by)
    smtp = _SmtpTls(by) if by.security == TLS else _Smtp(by)
    timer = threading.Timer(LONGEST, _cut, [smtp])
    timer.daemon = True
    timer.start()
    try:
        _enter(smtp, by, said)
        yield smtp, said
        with suppress(OSError, smtplib.SMTPException):
            smtp.putcmd("QUIT")  # politely; its answer changes nothing
    except (OSError, smtplib.SMTPException, UnicodeError, ValueError) as error:
        raise said.trouble(error) from None
    finally:
        timer.cancel()
        smtp.close()


def _enter(smtp: smtplib.SMTP, by: Server, said: _Said) -> None:
    if by.security == PLAIN and by.host not in LOCAL:
        raise OSError("Without encryption only this machine itself is spoken to")
    said.check(smtp.connect(by.host, by.port), 220)
    smtp.ehlo_or_helo_if_needed()
    if by.security == STARTTLS:
        smtp.starttls(context=_trust(by.host))
        smtp.ehlo()
    if by.user:
        said.stage = "sign in"
        said.check(_signed_in(smtp, by), 235)


def _signed_in(smtp: smtplib.SMTP, by: Server) -> tuple[int, bytes]:
    """By the first way it offers, and by no other after that: some hang up on who tries again. smtplib's own tries
    all, and knows no password with an ä in it."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    user, password = by.user.encode(), by.password.encode()
    if "PLAIN" in offered or "LOGIN" not in offered:
        both = b"\0".join((b"", user, password))
        return smtp.docmd("AUTH", f"PLAIN {_base64(both)}")
    code, words = smtp.docmd("AUTH", f"LOGIN {_base64(user)}")
    return smtp.docmd(_base64(password)) if code == 334 else (code, words)


def _base64(said: bytes) -> str:
    return base64.b64encode(said).decode()


def _cut(smtp: smtplib.SMTP) -> None:
    if smtp.sock is not None:
        with suppress(OSError):  # it has just ended by itself
            socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)


# The way there


class _Smtp(smtplib.SMTP):
    """To the address that was checked, whatever the name says the second time."""

    def __init__(self, by: Server) -> None:
        super().__init__(timeout=PATIENCE)
        self._host = by.host  # whose name the certificate must bear

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return _connected(host, port, timeout)


class _SmtpTls(smtplib.SMTP_SSL):
    def __init__(self, by: Server) -> None:
        super().__init__(timeout=PATIENCE, context=_trust(by.host))
        self._host = by.host

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(_connected(host, port, timeout), server_hostname=host)


def _trust(host: str) -> ssl.SSLContext:
    """This machine itself, as a bridge on it, may have a certificate of its own: nobody is between."""
    context = ssl.create_default_context()
    if host in LOCAL:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _connected(host: str, port: int, timeout: float) -> socket.socket:
    """To the first of the addresses that answers. What lies in the network of a server for others is refused: its
    users are not to look around there."""
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in told))
    at_home = options.PRIVATE_NETWORKS or not options.PUBLIC_URL or _is_hosts(host, port)
    if not networks.may(addresses, at_home=at_home):
        raise OSError("It lies in the network of this server, where no mail may be sent to")
    trouble: OSError = OSError("It has no address")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            trouble = error
    raise trouble


def _is_hosts(host: str, port: int) -> bool:
    """Whether it is the server that the machine's owner has set."""
    return HOSTS is not None and (host, port) == (HOSTS.host, HOSTS.port)


# What it said


def words(told: bytes | str) -> str:
    """A server's words on one line."""
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:LONGEST_SAID].rstrip(".")


class _Said:
    """What went wrong, in two sentences; the server's own words within, without what opens it."""

    def __init__(self, by: Server) -> None:
        self.by = by
        self.stage = "answer"
        self.handed = False  # the letter is on its way, and there is no answer yet

    def check(self, answer: tuple[int, bytes], wanted: int = 250) -> None:
        if answer[0] not in (wanted, 251):
            raise smtplib.SMTPResponseException(*answer)

    def words(self, told: bytes | str) -> str:
        """Without what opens the server."""
        text = words(told)
        return text.replace(self.by.password, "…") if self.by.password else text

    def trouble(self, error: Exception) -> Trouble:
        host = self.by.host
        if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
            return self._refused(error.smtp_code, self.words(error.smtp_error))
        if self.handed:
            return Trouble(
                f"{host} took the letter and hung up before it said so.",
                "It is sent once more by itself, under the same number, so that a second copy is known as one.",
                unsure=True,
            )
        return self._unreachable(host, error)

    def _refused(self, code: int, words: str) -> Trouble:
        said = f"{self.by.host} did not {self.stage}: “{code} {words}”."
        if code < 500:
            return Trouble(said, LATER)
        fix = "Look at the user name and the password." if self.stage == "sign in" else CHECK
        return Trouble(said, fix, lasting=True)

    def _unreachable(self, host: str, error: Exception) -> Trouble:
        for kind, (message, fix) in UNREACHABLE.items():
            if isinstance(error, kind):
                return Trouble(message.format(host=host, port=self.by.port), fix)
        return Trouble(f"{host} did not {self.stage}: “{self.words(str(error))}”.", CHECK)
