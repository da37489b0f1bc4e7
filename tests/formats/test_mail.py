"""One letter's headers: who, when, about what, and whether a human being wrote it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import mail, mail_kinds
from keepwarm.formats.batch import Problem

NOW = datetime(2024, 6, 1, tzinfo=UTC)
ADA = Party("e:ada@example.com", "Ada Byron")
BEN = Party("e:ben@example.org", "Ben Hale")
CLEO = Party("e:cleo@example.net")
LETTER = (
    "From: Ada Byron <ada@example.com>",
    "To: Ben Hale <ben@example.org>",
    "Cc: cleo@example.net",
    "Subject: Re: Lunch on Thursday",
    "Date: Thu, 4 Jan 2024 11:00:00 +0100",
    "Message-ID: <one@mail.example.com>",
)


def header(*lines: str, without: str = "") -> bytes:
    """A letter with these headers instead of, or besides, its own."""
    said = {line.partition(":")[0].lower() for line in lines} | {without.lower()}
    kept = [line for line in LETTER if line.partition(":")[0].lower() not in said]
    return "\r\n".join([*lines, *kept]).encode()


def exchange(raw: bytes) -> Exchange:
    found = mail.exchange(raw, 1, now=NOW)
    assert isinstance(found, Exchange)
    return found


def problem(raw: bytes) -> Problem:
    found = mail.exchange(raw, 7, now=NOW)
    assert isinstance(found, Problem)
    assert found.row == 7
    return found


def test_it_works() -> None:
    assert exchange(header()) == Exchange(
        1, "mail:one@mail.example.com", datetime(2024, 1, 4, 10, tzinfo=UTC), "mail", ADA, (BEN, CLEO),
        "Lunch on Thursday",
    )  # fmt: skip


# Who


def test_each_once_without_the_sender() -> None:
    found = exchange(header("To: ada@example.com, ben@example.org", "Cc: Ben Hale <BEN@example.org>"))
    assert found.others == (BEN,)


def test_several_wrote_and_one_sent_it() -> None:
    found = exchange(header("From: cleo@example.net, Ada Byron <ada@example.com>", "Sender: ada@example.com"))
    assert (found.sender, found.others) == (ADA, (CLEO, BEN))


@pytest.mark.parametrize("field", ["Sender", "Return-Path"])
def test_no_from(field: str) -> None:
    found = exchange(header(f"{field}: <ada@example.com>", without="From"))
    assert found.sender == Party(ADA.key)


def test_nobody_wrote_it() -> None:
    found = problem(header("From: Ada Byron", without="From"))
    assert found.message == "The letter “Re: Lunch on Thursday” from “Ada Byron” does not say who wrote it."
    assert isinstance(mail.exchange(header(without="From"), 1, mine=True), Exchange)


def test_a_list_in_the_place_of_the_writer() -> None:
    over = "From: 'Ada Byron' via Painters <painters@list.example>"
    assert exchange(header(over, "X-Original-From: Ada Byron <ada@example.com>")).sender == ADA
    assert exchange(header(over, "Reply-To: Ada Byron <ada@example.com>")).sender == ADA
    assert exchange(header(over)).sender == Party("e:painters@list.example", "'Ada Byron' via Painters".strip("'"))


def test_many_recipients_are_counted() -> None:
    found = exchange(header("To: " + ", ".join(f"p{n}@example.com" for n in range(60)), without="Cc"))
    assert (len(found.others), found.unlisted) == (mail.LISTED, 10)


# When


def test_servers_on_the_way_know_when() -> None:
    wrong = header("Date: Thu, 1 Feb 2079 10:00:00 +0000", "Received: from a by b; Thu, 4 Jan 2024 10:00:01 +0000")
    assert exchange(wrong).at == datetime(2024, 1, 4, 10, 0, 1, tzinfo=UTC)


def test_who_keeps_it_knows_when() -> None:
    kept = datetime(2024, 1, 4, 10, tzinfo=UTC)
    for none in (header(without="Date"), header("Date: Thu, 1 Feb 1979 10:00:00 +0000")):
        found = mail.exchange(none, 1, received=kept, now=NOW)
        assert isinstance(found, Exchange)
        assert found.at == kept


@pytest.mark.parametrize(
    ("date", "says"),
    [
        ("", "has no date"),
        ("Date: Thu, 1 Feb 1979 10:00:00 +0000", "says that it was written on “Thu, 1 Feb 1979 10:00:00 +0000”"),
        ("Date: Mon, 3 Jun 2024 10:00:00 +0000", "says that it was written on “Mon, 3 Jun 2024 10:00:00 +0000”"),
        ("Date: soon", "says that it was written on “soon”"),
    ],
)
def test_no_date_that_makes_sense(date: str, says: str) -> None:
    found = problem(header(date, without="Date"))
    assert says in found.message
    assert found.message.startswith("The letter “Re: Lunch on Thursday” from ")


# What


@pytest.mark.parametrize(
    ("subject", "context"),
    [
        ("Re: AW: Fwd[2]: RE : Lunch", "Lunch"),
        ("回复：Lunch", "Lunch"),
        ("Reading list", "Reading list"),
        ("Re:", ""),
        ("=?utf-8?q?Re=3A_Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("Lunch\r\n on Thursday", "Lunch on Thursday"),
        ("x" * 300, "x" * 200),
        ("", ""),
    ],
)
def test_context(subject: str, context: str) -> None:
    assert exchange(header(f"Subject: {subject}")).context == context


def test_raw_letters_of_eight_bits() -> None:
    for encoding in ("utf-8", "cp1252"):
        raw = header("From: Jörn Øst <jorn@example.no>", "Subject: Grüße").decode().encode(encoding)
        assert (exchange(raw).context, exchange(raw).sender) == ("Grüße", Party("e:jorn@example.no", "Jörn Øst"))


def test_one_letter_has_one_id_wherever_it_lies() -> None:
    assert exchange(header("Message-Id: one@mail.example.com (a comment)", without="Message-ID")).external_id
    assert exchange(header("X-Gmail-Labels: Inbox")).external_id == exchange(header()).external_id
    assert len(exchange(header(f"Message-ID: <{'x' * 400}@example.com>")).external_id) < 180


def test_all_that_is_needed_is_asked_of_a_server() -> None:
    wanted = {field.lower() for field in mail.FIELDS}
    assert {line.partition(":")[0].lower() for line in LETTER} <= wanted
    assert {rule.field for rule in mail_kinds.RULES} <= wanted
    assert not {"received", "x-gmail-labels", "x-mozilla-status"} & wanted


def test_an_id_is_plain_text() -> None:
    assert exchange(header("Message-ID: <o\0ne@mail.example.com>")).external_id == "mail:one@mail.example.com"


def test_a_letter_without_id() -> None:
    none = header(without="Message-ID")
    assert exchange(none).external_id == exchange(none.replace(b"\r\n", b"\n")).external_id
    other = header("Date: Thu, 4 Jan 2024 11:00:01 +0100", without="Message-ID")
    assert exchange(none).external_id != exchange(other).external_id


# Labels and flags


@pytest.mark.parametrize(
    "labels", ["Sent", "Inbox,Sent,Opened", "Gesendet,Wichtig", "=?utf-8?Q?Messages_envoy=C3=A9s?=", '"Sent Mail"']
)
def test_labels_of_what_the_owner_sent(labels: str) -> None:
    assert exchange(header("X-GM-THRID: 1", f"X-Gmail-Labels: {labels}")).mine is True


def test_labels_that_do_not_say_who_sent_it() -> None:
    assert exchange(header("X-Gmail-Labels: Inbox,Sent by Ada,Presents")).mine is None


@pytest.mark.parametrize(
    ("lines", "mine"),
    [
        (["Authentication-Results: mx.example.com;\r\n spf=pass; dmarc = fail (p=none)"], False),
        (["Authentication-Results: mx.example.com; dmarc=pass", "Authentication-Results: y; dmarc=fail"], None),
        (["X-Status: fail"], None),
    ],
)
def test_a_letter_that_is_not_from_whom_it_says(lines: list[str], mine: bool | None) -> None:
    assert exchange(header(*lines)).mine is mine


def test_a_sender_cannot_set_labels() -> None:
    assert exchange(header("Received: by a", "X-Gmail-Labels: Sent")).mine is None


@pytest.mark.parametrize(
    "line",
    [
        "X-Gmail-Labels: Spam", "X-Gmail-Labels: Inbox,Trash", "X-Gmail-Labels: Chat", "X-Gmail-Labels: Papierkorb",
        "X-Gmail-Labels: =?utf-8?Q?Entw=C3=BCrfe?=", "X-Gmail-Labels: Drafts", "X-Mozilla-Status: 0009",
        "X-Status: D", "X-Unsent: 1",
    ],
)  # fmt: skip
def test_drafts_spam_and_what_was_thrown_away_are_no_contact(line: str) -> None:
    assert mail.exchange(header(line), 1) is None


def test_read_and_answered_is_not_thrown_away() -> None:
    assert exchange(header("X-Mozilla-Status: 0003", "X-Status: A", "X-Unsent: 0"))


# Machines


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("list", "List-Post: <mailto:painters@list.example>"),
        ("list", "Precedence: list"),
        ("list", "X-BeenThere: painters@list.example"),
        ("bulk", "List-Post: NO\nList-Id: News <news.example>"),
        ("bulk", "List-Id: News <news.example>"),
        ("bulk", "List-Unsubscribe: <https://news.example/off>"),
        ("bulk", "Precedence: bulk"),
        ("bulk", "Feedback-ID: 1:campaign"),
        ("auto", "Auto-Submitted: auto-replied"),
        ("auto", "X-Auto-Response-Suppress: All"),
        ("auto", "Return-Path: <>"),
        ("auto", "Content-Type: text/calendar; charset=utf-8; method=REPLY"),
        ("auto", "Content-Type: multipart/report; report-type=disposition-notification"),
        ("auto", "Sender: Google Calendar <calendar-notification@google.com>"),
        ("bounce", "Content-Type: multipart/report; report-type=delivery-status"),
        ("bounce", "From: Mail Delivery System <MAILER-DAEMON@mx.example>"),
        ("bounce", "X-Failed-Recipients: ben@example.org"),
        ("", "Auto-Submitted: no"),
        ("", "X-Auto-Response-Suppress: DR, NDR"),
        ("", "Return-Path: <ada@example.com>"),
        ("", "X-Mailer: Apple Mail (2.3654)"),
        ("", "Content-Type: text/calendar; method=REQUEST"),
        ("", "Precedence: first-class"),
    ],
)
def test_whether_a_human_being_wrote_it(kind: str, line: str) -> None:
    assert exchange(header(*line.split("\n"))).automatic == kind


# Whatever comes


def test_headers_larger_than_those_of_any_letter() -> None:
    raw = header(f"X-Noise: {'x' * 10_000_000}")
    assert "larger than 256 KB" in problem(raw).message


@pytest.mark.parametrize("piece", [" ", "multipart/report ", "=?u?q?a?= ", "re ", "<a", "a, ", "\n "])
def test_headers_made_to_be_slow_are_not(piece: str) -> None:
    began = time.process_time()
    for field in ("Subject", "To", "Date", "Content-Type", "Message-ID", "X-Gmail-Labels"):
        mail.exchange(header(f"{field}: x\r\n {piece * (200_000 // len(piece))}y"), 1)
    assert time.process_time() - began < 10


def test_zeros_and_old_line_ends() -> None:
    assert exchange(header().replace(b"Ada", b"A\0da").replace(b"\r\n", b"\r")) == exchange(header())


@given(
    st.binary(max_size=400)
    | st.lists(st.sampled_from([line.encode() for line in LETTER] + [b"\n", b":", b" "])).map(b"\n".join)
)
def test_any_bytes_are_an_exchange_a_problem_or_nothing(raw: bytes) -> None:
    assert isinstance(mail.exchange(raw, 1), Exchange | Problem | None)
