"""The one way in which Keepwarm fetches what a user names: from the open internet only, so much, and so long.

A name is resolved here, each of its addresses is checked, and the connection goes to the very address that was: a
name that answers differently the second time leads nowhere else. Redirects are followed by hand, each as a new fetch.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import BinaryIO, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from keepwarm.core.networks import Address, is_open

Resolve = Callable[[str, int], list[str]]


PORTS = {"http": 80, "https": 443}
PIECE = 64 * 1024
MOST_ADDRESSES = 4  # of one name that are tried
MOVED = frozenset((301, 302, 303, 307, 308))
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?|[0-9a-f:.]+", re.IGNORECASE)
_CHECK = "Check the address: copy it again from where you found it."
_LATER = "It is tried again by itself."
_STAYS = "It is tried again by itself. If that does not help, copy the address again from where you found it."


class Unfetched(Exception):
    """Nothing was fetched. Two sentences for the user, which never repeat the address: it may be a secret."""

    def __init__(self, message: str, fix: str, *, lasting: bool = True, status: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.status = status  # what the server answered, where it did
        self.lasting = lasting  # to try again by itself would change nothing


class Limits(NamedTuple):
    """How much and how long."""

    size: int = 512 * 2**20  # bytes, unpacked
    seconds: float = 300  # for all of it, redirects too
    silence: float = 30  # seconds without a byte
    redirects: int = 5


class Mark(NamedTuple):
    """By which a server knows what we have already."""

    etag: str = ""
    modified: str = ""


USUAL, NONE = Limits(), Mark()


class Errand(NamedTuple):
    """What is asked for, beside the address: as it is sent."""

    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


PLAIN = Errand()


class Answer(NamedTuple):
    """What came: `fresh` is False where the server says that nothing has changed since the mark, and sent nothing."""

    fresh: bool
    mark: Mark
    kind: str  # "text/calendar", as the server says


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as this machine asks for them."""
    return list(dict.fromkeys(str(told[4][0]) for told in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True)
class Fetcher:
    """Fetches within limits. `allowed` says which addresses may be connected to."""

    allowed: Callable[[Address], bool] = is_open
    limits: Limits = USUAL
    resolve: Resolve = resolve
    trust: ssl.SSLContext | None = None  # of certificates; None is what this machine trusts

    def fetch(self, url: str, into: BinaryIO, mark: Mark = NONE) -> Answer:
        """Write what is there to a file, from its beginning; raises Unfetched."""
        with _Watch(self.limits.seconds) as watch:
            for _ in range(self.limits.redirects + 1):
                answer = self._ask(_checked(url), into, mark, watch, PLAIN)
                if isinstance(answer, Answer):
                    return answer
                if url.lower().startswith("https:") and not answer.lower().startswith("https:"):
                    raise Unfetched("The server sends on to an address that is not encrypted.", _CHECK)
                url = answer
        raise Unfetched("The server sends in circles from one address to the next.", _CHECK)

    def ask(self, url: str, into: BinaryIO, errand: Errand) -> Answer:
        """Run an errand that goes to this one address and no further: a letter or a key is not handed on."""
        with _Watch(self.limits.seconds) as watch:
            answer = self._ask(_checked(url), into, NONE, watch, errand)
        if isinstance(answer, str):
            raise Unfetched("The server sends on to another address, and Keepwarm does not follow.", _CHECK)
        return answer

    def _ask(self, url: SplitResult, into: BinaryIO, mark: Mark, watch: _Watch, errand: Errand) -> Answer | str:
        """The answer of one server, or the address that it leads on to."""
        host = url.hostname or ""
        connection = self._connected(url, watch)
        try:
            path = f"{url.path or '/'}{f'?{url.query}' if url.query else ''}"
            headers = _headers(url, mark) | dict(errand.headers)
            connection.request(
                errand.method, path, errand.body, headers, preload_content=False, decode_content=False
            )  # fmt: skip
            response = connection.getresponse()
            if response.status in MOVED and (there := response.headers.get("Location")):
                return urljoin(url.geturl(), there)
            return self._taken(response, into, mark, host, watch)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise watch.verdict(host, error) from None
        finally:
            connection.close()

    def _taken(self, response: BaseHTTPResponse, into: BinaryIO, mark: Mark, host: str, watch: _Watch) -> Answer:
        if response.status == 304:
            return Answer(False, mark, "")
        if response.status != 200:
            raise _status(response.status, host)
        into.seek(0)
        into.truncate()
        size = 0
        for piece in _pieces(response):
            size += len(piece)
            if size > self.limits.size:
                raise Unfetched(f"{host} sends more than {self.limits.size // 2**20:,} MB.", _CHECK)
            into.write(piece)
        watch.check()  # a body that was cut off looks like one that has ended
        into.seek(0)
        told = response.headers
        kind = told.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(True, Mark(told.get("ETag", "")[:500], told.get("Last-Modified", "")[:100]), kind)

    # The way there

    def _connected(self, url: SplitResult, watch: _Watch) -> HTTPConnection:
        """A connection to an address that was checked; the next one of the name where the first is not there."""
        host = url.hostname or ""
        addresses = self._addresses(host, url.port or PORTS[url.scheme])
        trouble: Exception = OSError()
        for address in addresses:
            connection = self._connection(url, address)
            watch.over(connection)
            try:
                connection.connect()
                watch.check()
            except (HTTPError, OSError, ValueError) as error:
                trouble = error
                connection.close()
            else:
                return connection
        raise watch.verdict(host, trouble)

    def _addresses(self, host: str, port: int) -> list[str]:
        """All addresses of the name; none of them where one may not be asked: that is a trap, or a mistake."""
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise Unfetched(f"There is no server called {host}.", _CHECK, lasting=False) from None
        if not addresses or not all(self._may_ask(address) for address in addresses):
            raise Unfetched(
                f"{host} is not on the open internet but within a network of its own, which Keepwarm leaves alone.",
                "For a server in your own house, set KEEPWARM_PRIVATE_NETWORKS to yes.",
            )
        return addresses[:MOST_ADDRESSES]

    def _may_ask(self, address: str) -> bool:
        try:
            return self.allowed(ipaddress.ip_address(address))
        except ValueError:
            return False

    def _connection(self, url: SplitResult, address: str) -> HTTPConnection:
        port = url.port or PORTS[url.scheme]
        if url.scheme == "http":
            return HTTPConnection(address, port, timeout=self.limits.silence)
        context = self.trust or ssl.create_default_context()
        return HTTPSConnection(
            address, port, timeout=self.limits.silence, ssl_context=context, server_hostname=url.hostname
        )  # fmt: skip


class _Watch:
    """Cuts off what takes too long: time-outs of a socket begin anew with each byte."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = None
        self._late = False

    def __enter__(self) -> _Watch:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def over(self, connection: HTTPConnection) -> None:
        self._connection, self._socket = connection, None

    def check(self) -> None:
        """Raise TimeoutError if it is too late; to be asked once connected too, as before there was nothing to cut."""
        if self._connection and self._connection.sock:
            self._socket = self._connection.sock  # which a connection forgets when its last answer begins
        if self._late:
            raise TimeoutError

    def _cut(self) -> None:
        self._late = True
        sock = self._socket or (self._connection and self._connection.sock)
        if sock:
            with suppress(OSError):  # it has just ended by itself
                # Of the plain socket: one that is encrypted would first say goodbye.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def verdict(self, host: str, error: Exception) -> Unfetched:
        """What to tell the user of it."""
        if self._late or isinstance(error, TimeoutError) or "timed out" in str(error):
            return Unfetched(f"{host} takes too long to answer.", _LATER, lasting=False)
        if isinstance(error, ssl.SSLCertVerificationError) or isinstance(
            error.__context__, ssl.SSLCertVerificationError
        ):
            return Unfetched(f"{host} has a certificate that is not valid for it.", _CHECK)
        if isinstance(error, ConnectionRefusedError) or "refused" in str(error):
            return Unfetched(f"No server answers at {host}.", _LATER, lasting=False)
        return Unfetched(f"{host} did not answer as a web server does.", _LATER, lasting=False)


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be asked at all, as they are sent."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, _ascii(parts.hostname or "")
    except ValueError:
        raise Unfetched("This is not an address of the web.", _CHECK) from None
    if parts.scheme not in PORTS or port == 0 or not _HOST.fullmatch(host):
        raise Unfetched("This is not an address of the web, beginning with https://.", _CHECK)
    if parts.username is not None:
        raise Unfetched("There is a user name before the @ of this address; Keepwarm does not send those.", _CHECK)
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return parts._replace(netloc=netloc, path=_quoted(parts.path), query=_quoted(parts.query))


def _ascii(host: str) -> str:
    """Letters of other scripts as names of the internet have them; ValueError for what is none."""
    return host if host.isascii() else host.encode("idna").decode()


def _quoted(part: str) -> str:
    """Without what would end the line of the request."""
    return "".join(letter if "!" <= letter <= "~" else "".join(f"%{b:02X}" for b in letter.encode()) for letter in part)


def _headers(url: SplitResult, mark: Mark) -> dict[str, str]:
    told = {
        "Host": url.netloc, "User-Agent": "Keepwarm", "Accept": "*/*", "Accept-Encoding": "gzip",
        "If-None-Match": mark.etag, "If-Modified-Since": mark.modified,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _status(status: int, host: str) -> Unfetched:
    """Most of these pass, also some that should not: a server in repair says that there is nothing."""
    if status == 410:
        return Unfetched(f"{host} has nothing at this address any more ({status}).", _CHECK, status=status)
    if status in (401, 403):
        return Unfetched(f"{host} does not let Keepwarm read this ({status}).", _STAYS, lasting=False, status=status)
    if status == 404:
        return Unfetched(f"{host} has nothing at this address ({status}).", _STAYS, lasting=False, status=status)
    return Unfetched(f"{host} cannot answer at the moment ({status}).", _LATER, lasting=False, status=status)


# What comes


def _pieces(response: BaseHTTPResponse) -> Iterator[bytes]:
    """The body, unpacked, a little at a time: a bomb is counted before it has gone off."""
    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packed in ("", "identity"):
        yield from _raw(response)
    elif packed in ("gzip", "x-gzip", "deflate"):
        yield from _unpacked(response)
    else:
        raise ValueError(packed)


def _raw(response: BaseHTTPResponse) -> Iterator[bytes]:
    told, got = response.headers.get("Content-Length", ""), 0
    while piece := response.read1(PIECE):
        got += len(piece)
        yield piece
    if told.isdecimal() and got < int(told):
        raise OSError("cut short")


def _unpacked(response: BaseHTTPResponse) -> Iterator[bytes]:
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for raw in _raw(response):
        packed = raw
        while packed and not unpack.eof:
            try:
                yield unpack.decompress(packed, PIECE)
            except zlib.error:
                raise OSError("damaged") from None
            packed = unpack.unconsumed_tail
    if not unpack.eof:
        raise OSError("cut short")
