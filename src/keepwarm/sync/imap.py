"""One connection to a mailbox over IMAP: in, look for folders, read headers. Nothing there is ever changed."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings as options
from imapclient import IMAPClient, SocketTimeout, imap_utf7
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError
from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS

from keepwarm.core import networks
from keepwarm.core.networks import LOCAL
from keepwarm.formats import mail, mail_folders
from keepwarm.store.accounts import Trouble
from keepwarm.sync import fetch, metered, servers

PATIENCE = SocketTimeout(connect=20, read=120)
SHORT = SocketTimeout(connect=10, read=15)  # while someone waits for a page
# imaplib takes no line above a million bytes, and the answer to a search is one line: UIDs have up to ten digits.
WINDOW = 50_000
WORDS = 300  # of what a server says, in letters
MOST_FOLDERS = 500
# Bytes of one letter's headers: more than a thousand recipients, and five hundred such letters are 32 MB in memory.
MOST = 64 * 1024

HEADERS = f"BODY.PEEK[HEADER.FIELDS ({' '.join(mail.FIELDS)})]<0.{MOST}>"
LABELS = b"X-GM-LABELS"
SENT, ALL, ARCHIVE = b"\\Sent", b"\\All", b"\\Archive"
CLOSED = frozenset({b"\\Noselect", b"\\NonExistent"})
NEVER = frozenset({b"\\Junk", b"\\Trash", b"\\Drafts", b"\\Noselect", b"\\NonExistent"})
NOT_SENT = frozenset({b"\\Draft", b"\\Deleted"})  # flags of letters that are none

# Servers that mark no folder as the archive: what mail programs call it.
ARCHIVES = frozenset(("archive", "archives", "archiv", "archivo", "archivio", "archief", "arkiv", "arquivo", "архив"))


class Folder(NamedTuple):
    """A folder that is read."""

    name: str
    mine: bool | None = None  # whether the owner has sent what is in it, where the folder says so
    labels: bool = False  # Gmail: each letter says in which of its folders it is


class Letter(NamedTuple):
    """What is fetched of one letter."""

    uid: int
    header: bytes
    mine: bool | None
    received: datetime | None


# In


@contextmanager
def connected(
    settings: Mapping[str, Any], secret: Mapping[str, str], patience: SocketTimeout = PATIENCE
) -> Iterator[IMAPClient]:
    """A connection that is signed in, by a password or an access token. Raises Trouble, also while it is used."""
    said = _Said(settings["host"], tuple(secret.values()))
    try:
        client = _open(settings, patience)
    except (OSError, UnicodeError, IMAPClientError, OverflowError, MemoryError) as error:
        raise said.unreachable(error) from None
    with client:
        try:
            _sign_in(client, settings["user"], secret)
            yield client
        except LoginError as error:
            raise said.refused(error) from None
        # The last three are what a server brings about that announces more than there is room for, or nests it.
        except (OSError, IMAPClientError, EOFError, OverflowError, MemoryError, RecursionError) as error:
            raise said.broken(error) from None


def _open(settings: Mapping[str, Any], patience: SocketTimeout) -> IMAPClient:
    host, port, security = settings["host"], settings["port"], settings["security"]
    if security == servers.PLAIN and host not in LOCAL:
        raise OSError("Without encryption only this machine itself is spoken to")
    client = _connect(host, port, security, patience)
    client.normalise_times = False  # with their zone
    if security == servers.STARTTLS:
        client.starttls(_Named(_context(relaxed=host in LOCAL), host))
    return client


def _connect(host: str, port: int, security: str, patience: SocketTimeout) -> IMAPClient:
    """To the first of the host's addresses that answers."""
    found = _addresses(host, port)
    context = _Named(_context(), host)
    for left, address in enumerate(found, 1 - len(found)):
        try:
            return _Client(address, port, ssl=security == servers.TLS, ssl_context=context, timeout=patience)
        except OSError as error:
            if left == 0 or isinstance(error, ssl.SSLError):
                raise
    raise OSError("It has no address")


def _addresses(host: str, port: int) -> list[str]:
    """Those that were checked are connected to, so that a name cannot answer differently the second time. What lies in
    the network of a server for others is refused: its users are not to look around there."""
    found = fetch.resolve(host, port)
    if found and not networks.may(found, at_home=options.PRIVATE_NETWORKS or not options.PUBLIC_URL):
        raise OSError("It lies in the network of this server, where no mailbox may be read")
    return found[: fetch.MOST_ADDRESSES]


class _Client(IMAPClient):  # type: ignore[misc]
    """One whose server cannot talk for ever; where it is encrypted, `_context` sees to that."""

    def _create_IMAP4(self) -> IMAP4WithTimeout | IMAP4_TLS:  # noqa: N802 - as it is called there
        return super()._create_IMAP4() if self.ssl else _Bare(self.host, self.port, self._timeout.connect)


class _Bare(IMAP4WithTimeout):  # type: ignore[misc]
    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        return metered.plain(super()._create_socket(timeout))


class _Named(NamedTuple):
    """TLS with a host by its name, where the connection was made to its address."""

    context: ssl.SSLContext
    host: str

    def wrap_socket(self, connection: socket.socket, *, server_hostname: str) -> ssl.SSLSocket:
        return self.context.wrap_socket(connection, server_hostname=self.host)


def _context(*, relaxed: bool = False) -> ssl.SSLContext:
    """`relaxed`: for this machine itself, as Proton Mail Bridge has a certificate of its own and nobody is between."""
    context = ssl.create_default_context()
    context.sslsocket_class = metered.Encrypted
    if relaxed:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _sign_in(client: IMAPClient, user: str, secret: Mapping[str, str]) -> None:
    password = secret.get("password", "")
    if token := secret.get("access_token"):
        client.oauth2_login(user, token)
    elif password.isascii() and user.isascii():
        client.login(user, password)
    else:  # LOGIN knows no other letters
        client.plain_login(user, password)


# Folders


def folders(client: IMAPClient, but: str = "") -> list[Folder]:
    """The folders to read: the one of all letters where there is one, else sent, inbox and archive; `but` one."""
    open_ones = [
        one
        for one in _listed(client)
        if not one.flags & NEVER and _kind(one) not in mail_folders.NO_CONTACT and one.name != but
    ]
    everything = _marked(open_ones, ALL)[:1]
    if everything and client.has_capability("X-GM-EXT-1"):
        return [Folder(everything[0].name, labels=True)]
    sent = _marked(open_ones, SENT) or [one for one in open_ones if _kind(one) == mail_folders.SENT]
    archives = _marked(open_ones, ARCHIVE) or [one for one in open_ones if one.parts[-1].casefold() in ARCHIVES]
    others = everything or [one for one in open_ones if one.name.upper() == "INBOX" or _is_in(one, archives)]
    found = [*(Folder(one.name, True) for one in sent), *(Folder(one.name) for one in others if one not in sent)]
    return found[:MOST_FOLDERS]


def named(client: IMAPClient, name: str) -> str:
    """The folder that a user calls so, as the server does; many servers put it below the inbox. Empty: none."""
    wanted, listed = name.casefold(), [one for one in _listed(client) if not one.flags & CLOSED]
    whole = (one.name for one in listed if one.name.casefold() == wanted)
    last = (one.name for one in listed if one.parts[-1].casefold() == wanted)
    return next(whole, "") or next(last, "")


def _listed(client: IMAPClient) -> list[_Listed]:
    return [_Listed(frozenset(flags), _parts(name, divider), name) for flags, divider, name in client.list_folders()]


class _Listed(NamedTuple):
    """A folder as the server lists it."""

    flags: frozenset[bytes]
    parts: list[str]
    name: str


def _parts(name: str, divider: bytes | None) -> list[str]:
    return name.split(divider.decode()) if divider else [name]


def _kind(one: _Listed) -> str:
    """By the last part of the name: servers put folders below INBOX, or below the name of a mail program."""
    return mail_folders.kind(one.parts[-1])


def _marked(listed: Iterable[_Listed], flag: bytes) -> list[_Listed]:
    return [one for one in listed if flag in one.flags]


def _is_in(one: _Listed, archives: Iterable[_Listed]) -> bool:
    """An archive, or a folder below it, as mail programs make one for each year."""
    return any(one.parts[: len(archive.parts)] == archive.parts for archive in archives)


# Letters


class Opened(NamedTuple):
    """A folder as it is now."""

    validity: int  # the server's word for: these UIDs mean what they meant before
    last: int  # no UID is above
    letters: int


def examine(client: IMAPClient, folder: Folder) -> Opened:
    """Open a folder for reading only: nothing is marked as seen."""
    told = client.select_folder(folder.name, readonly=True)
    validity, after = int(told.get(b"UIDVALIDITY", 0)), told.get(b"UIDNEXT")
    if after is None:  # an old server: ask for the last letter
        after = max(client.search("UID *"), default=0) + 1
    return Opened(validity, int(after) - 1, int(told.get(b"EXISTS", 0)))


def uids(client: IMAPClient, first: int, last: int, letters: int) -> list[int]:
    """The UIDs there are between two, the newest first; of the folder that is open, which has so many letters."""
    found: list[int] = []
    window = WINDOW if letters > WINDOW else last  # UIDs may be far apart, as where they are times
    for top in range(last, first - 1, -window):
        low = max(top - window + 1, first)
        # A range beyond the end means the last letter: RFC 3501 counts "n:*" in both directions.
        found += sorted((uid for uid in client.search(f"UID {low}:{top}") if low <= uid <= top), reverse=True)
    return found


def letters(client: IMAPClient, folder: Folder, wanted: Sequence[int], but: str = "") -> list[Letter]:
    """The headers of these letters, without drafts and what has been thrown away, or lies in the folder `but`, which
    is a label at Gmail. Some may be gone by now."""
    told = _fetched(client, wanted, [HEADERS, "FLAGS", "INTERNALDATE", *([LABELS] if folder.labels else [])])
    if len(told) > 1 and not any(told.values()):
        raise IMAPClientError("it tells nothing of any letter")  # so it is not the letters
    return [
        Letter(uid, _header(one), _mine(one, folder), one.get(b"INTERNALDATE"))
        for uid, one in told.items()
        if _is_sent(one) and not (but and imap_utf7.encode(but) in one.get(LABELS, ()))
    ]


def whole(client: IMAPClient, wanted: Sequence[int], most: int) -> list[bytes]:
    """These letters with their texts, so many bytes of each."""
    told = _fetched(client, wanted, [f"BODY.PEEK[]<0.{most}>", "FLAGS"])
    return [_header(one) for one in told.values() if _is_sent(one) and _header(one)]


def _fetched(client: IMAPClient, wanted: Sequence[int], asked: list[Any]) -> dict[int, dict[bytes, Any]]:
    """What the server tells of these. One letter that it stumbles over, or that makes no sense, is told as empty:
    it shall not keep the others back for ever."""
    try:
        return dict(client.fetch(wanted, asked))
    except (IMAPClientAbortError, OSError):
        raise
    except (IMAPClientError, ValueError) as error:
        if TEMPORARY.search(str(error)):
            raise
        if len(wanted) == 1:
            return {wanted[0]: {}}
    half = len(wanted) // 2
    return _fetched(client, wanted[:half], asked) | _fetched(client, wanted[half:], asked)


def _header(told: Mapping[bytes, Any]) -> bytes:
    """Servers write the name of what was asked for in their own way."""
    return next((value or b"" for name, value in told.items() if name.startswith(b"BODY[")), b"")


def _is_sent(told: Mapping[bytes, Any]) -> bool:
    return not NOT_SENT & {*told.get(b"FLAGS", ()), *told.get(LABELS, ())}


def _mine(told: Mapping[bytes, Any], folder: Folder) -> bool | None:
    if folder.labels and SENT in told.get(LABELS, ()):
        return True
    return folder.mine


# In words


class _Said(NamedTuple):
    """What went wrong, as the user is told: the server's own words, and never what opens the account."""

    host: str
    secrets: tuple[str, ...]

    def unreachable(self, error: Exception) -> Trouble:
        if isinstance(error, ssl.SSLCertVerificationError):
            return Trouble(
                f"{self.host} shows a certificate that this machine does not trust: {error.verify_message}.",
                "Check the name of the server. If it is your own, give it a certificate that this machine knows.",
            )
        if isinstance(error, ssl.SSLError):
            return Trouble(
                f"{self.host} does not speak TLS here: {self.words(error)}.",
                "Check the port and the kind of encryption: TLS mostly has port 993, STARTTLS 143.",
            )
        return Trouble(
            f"{self.host} cannot be reached: {self.words(error)}.",
            "Check the name of the server and its port, and whether this machine is online.",
        )

    def refused(self, error: Exception) -> Trouble:
        words = self.words(error)
        if TEMPORARY.search(words):
            return Trouble(f"{self.host} lets nobody in just now: {words}.", "It is tried again by itself.")
        return Trouble(
            f"{self.host} did not accept this sign-in: {words}.",
            "Check the user name and the password. Many providers want an app password in place of your usual one.",
            pause=True,
        )

    def broken(self, error: Exception) -> Trouble:
        return Trouble(
            f"The connection to {self.host} broke off: {self.words(error)}.",
            "It goes on by itself where it was.",
        )

    def words(self, error: Exception) -> str:
        """The server's own, without the wrapping of the libraries."""
        words = str(getattr(error, "strerror", None) or error or type(error).__name__)
        for secret in filter(None, self.secrets):
            words = words.replace(secret, "…")
        words = re.sub(r"^(?:login|authenticate|select|fetch|search|list) failed: ", "", words, flags=re.I)
        words = re.sub(r"^b(['\"])(.*)\1$", r"\2", words)
        words = re.sub(r"\[SSL: \w+\] | \(_ssl\.c:\d+\)", "", words)
        words = " ".join("".join(c if c.isprintable() else " " for c in words).split())
        return words[:WORDS].rstrip(" .") or type(error).__name__


TEMPORARY = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\]|too many|try again|temporar", re.I)
