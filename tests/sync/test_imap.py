"""What Dovecot cannot show: Gmail's one folder with labels, other servers' habits, and hosts that are off limits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from imapclient.exceptions import IMAPClientError
from imapclient.response_parser import parse_fetch_response

from keepwarm.store.accounts import Trouble
from keepwarm.sync import imap, stretches
from keepwarm.sync.imap import Folder

GMAIL = [
    ((b"\\HasNoChildren",), b"/", "INBOX"),
    ((b"\\HasChildren", b"\\Noselect"), b"/", "[Gmail]"),
    ((b"\\All", b"\\HasNoChildren"), b"/", "[Gmail]/Alle Nachrichten"),
    ((b"\\HasNoChildren", b"\\Sent"), b"/", "[Gmail]/Gesendet"),
    ((b"\\HasNoChildren", b"\\Junk"), b"/", "[Gmail]/Spam"),
]
HEADER = b"From: Bob <bob@example.net>\r\n\r\n"
ASKED = b"BODY[HEADER.FIELDS (FROM)]<0> {%d}" % len(HEADER)


class Server:
    """Answers as a server would, in the bytes of the wire where it matters."""

    def __init__(self, listed: Any = (), *capabilities: str, told: tuple[bytes, ...] = ()) -> None:
        self.listed, self.capabilities, self.told = list(listed), capabilities, told
        self.asked: Any = None

    def list_folders(self) -> Any:
        return self.listed

    def has_capability(self, name: str) -> bool:
        return name in self.capabilities

    def fetch(self, uids: list[int], asked: list[Any]) -> Any:
        self.asked = asked
        lines: list[Any] = [part for one in self.told for part in ((one + ASKED, HEADER), b")")]
        return parse_fetch_response(lines, normalise_times=False)


def folders(*listed: Any, capabilities: tuple[str, ...] = ()) -> list[Folder]:
    return imap.folders(Server(listed, *capabilities))  # type: ignore[arg-type]


def test_of_gmail_all_mail_alone_is_read() -> None:
    assert folders(*GMAIL, capabilities=("X-GM-EXT-1",)) == [Folder("[Gmail]/Alle Nachrichten", labels=True)]


def test_gmails_labels_say_what_was_sent_and_what_is_a_draft() -> None:
    server = Server(
        told=(
            b'1 (UID 11 X-GM-LABELS ("\\\\Sent" "Reisen") FLAGS (\\Seen) INTERNALDATE "02-Mar-2026 10:00:00 +0100" ',
            b'2 (UID 12 X-GM-LABELS ("\\\\Inbox" 2019) FLAGS () INTERNALDATE "02-Mar-2026 11:00:00 +0100" ',
            b'3 (UID 13 X-GM-LABELS ("\\\\Draft") FLAGS () INTERNALDATE "02-Mar-2026 12:00:00 +0100" ',
        )
    )
    found = imap.letters(server, Folder("All", labels=True), [13, 12, 11])  # type: ignore[arg-type]
    assert [(one.uid, one.mine, one.header) for one in found] == [(11, True, HEADER), (12, None, HEADER)]
    assert found[0].received == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert imap.LABELS in server.asked


def test_no_body_is_ever_asked_for() -> None:
    server = Server()
    imap.letters(server, Folder("INBOX"), [1])  # type: ignore[arg-type]
    assert server.asked[0].startswith("BODY.PEEK[HEADER.FIELDS (")
    assert server.asked[1:] == ["FLAGS", "INTERNALDATE"]


class Stumbling(Server):
    """A server that cannot get over some letters."""

    def __init__(self, bad: set[int]) -> None:
        super().__init__()
        self.bad = bad

    def fetch(self, uids: list[int], asked: list[Any]) -> Any:
        if self.bad & set(uids):
            raise IMAPClientError("fetch failed: this letter is broken")
        return {uid: {b"BODY[HEADER.FIELDS]": HEADER} for uid in uids}


def test_one_letter_that_a_server_stumbles_over_keeps_no_other_back() -> None:
    server = Stumbling({3, 4})
    found = imap.letters(server, Folder("INBOX"), [1, 2, 3, 4, 5])  # type: ignore[arg-type]
    assert {one.uid: one.header for one in found} == {1: HEADER, 2: HEADER, 3: b"", 4: b"", 5: HEADER}


def test_a_server_that_stumbles_over_all_is_asked_again_later() -> None:
    with pytest.raises(IMAPClientError):
        imap.letters(Stumbling({1, 2, 3}), Folder("INBOX"), [1, 2, 3])  # type: ignore[arg-type]


def test_a_folder_of_all_without_labels_is_read_beside_the_sent_ones() -> None:
    listed = [((b"\\All",), b".", "Everything"), ((b"\\Sent",), b".", "Out"), ((), b".", "INBOX")]
    assert folders(*listed) == [Folder("Out", True), Folder("Everything")]


@pytest.mark.parametrize("name", ["INBOX.Sent", "Gesendete Objekte", "[Mail]/Éléments envoyés", "送信済み"])
def test_sent_letters_are_found_by_the_folders_name(name: str) -> None:
    divider = b"." if "." in name else b"/"
    assert folders(((), divider, name), ((), divider, "INBOX")) == [Folder(name, True), Folder("INBOX")]


def test_junk_is_left_alone_also_where_nothing_marks_it() -> None:
    listed = [
        ((), b"/", name) for name in ("INBOX", "Archive", "Archive/2024", "Archive/Papierkorb", "Spam", "Recipes")
    ]
    assert folders(*listed) == [Folder("INBOX"), Folder("Archive"), Folder("Archive/2024")]


@pytest.mark.parametrize(("letters", "questions"), [(2, 1), (imap.WINDOW + 1, 80_000)])
def test_few_letters_far_apart_are_asked_for_at_once(letters: int, questions: int) -> None:
    asked: list[str] = []
    server = Server()
    server.search = lambda what: asked.append(what) or [7, 4_000_000_000]  # type: ignore[attr-defined]
    assert imap.uids(server, 1, 4_000_000_000, letters) == [4_000_000_000, 7]  # type: ignore[arg-type]
    assert len(asked) == questions


@pytest.mark.parametrize(
    ("read", "last", "left"),
    [
        ([], 0, []),
        ([], 5, [(1, 5)]),
        ([(1, 5)], 5, []),
        ([(1, 5)], 9, [(6, 9)]),
        ([(4, 6), (9, 9)], 12, [(1, 3), (7, 8), (10, 12)]),
        ([(1, 9)], 5, []),
    ],
)
def test_what_is_left_to_read(read: list[tuple[int, int]], last: int, left: list[tuple[int, int]]) -> None:
    assert stretches.unread(read, last) == left
    told: list[list[int]] = [list(stretch) for stretch in read]
    for gap in left:
        told = stretches.joined(told, gap)
    assert stretches.unread([(low, high) for low, high in told], last) == []


def test_steps_cover_all_between_them() -> None:
    uids = [*range(3000, 1000, -2)]
    steps = stretches.cut(Folder("INBOX"), uids, 7, 4000)
    assert [step.covers for step in steps] == [(2002, 4000), (7, 2001)]
    assert [len(step.uids) for step in steps] == [500, 500]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.7", "169.254.169.254", "::1"])
def test_on_a_server_for_others_its_own_network_is_off_limits(settings: Any, host: str) -> None:
    settings.PUBLIC_URL = "https://keepwarm.example.org"
    asked = {"host": host, "port": 993, "security": "tls", "user": "ada"}
    with pytest.raises(Trouble, match="in the network of this server"), imap.connected(asked, {"password": "x"}):
        pass
