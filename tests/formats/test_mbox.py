"""Mailboxes in one file: each letter once, whatever tells it from the next."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.touches import Party
from keepwarm.formats import mbox
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "mail"
NOW = datetime(2024, 6, 1, tzinfo=UTC)
LETTER = (
    "From p{n}@example.com Thu Jan  4 10:00:00 2024\nFrom: p{n}@example.com\nTo: ada@example.com\n"
    "Date: Thu, 4 Jan 2024 10:00:00 +0000\nMessage-ID: <{n}@example.com>\n\nHello.\n\n"
)


def read(raw: bytes) -> Batch:
    """All batches as one."""
    whole = Batch()
    for batch in mbox.read(io.BytesIO(raw), NOW):
        whole.exchanges += batch.exchanges
        whole.problems += batch.problems
        whole.at = batch.at
    assert whole.at == len(raw)
    return whole


def sample(name: str) -> Batch:
    return read((SAMPLES / name).read_bytes())


def contexts(batch: Batch) -> list[str]:
    return [exchange.context for exchange in batch.exchanges]


def letters(count: int) -> bytes:
    return "".join(LETTER.format(n=n) for n in range(count)).encode()


def test_takeout() -> None:
    found = sample("takeout.mbox")
    assert contexts(found) == ["Grüße aus Graz", "Grüße aus Graz", "Ten brushes"]
    assert [exchange.mine for exchange in found.exchanges] == [None, True, None]
    assert [exchange.automatic for exchange in found.exchanges] == ["", "", "bulk"]
    assert [exchange.where for exchange in found.exchanges] == [1, 2, 4]
    assert [problem.message for problem in found.problems] == [
        "One letter was left out: drafts, chats, spam, and what was thrown away."
    ]


def test_a_line_of_the_text_that_begins_with_from() -> None:
    assert contexts(sample("unquoted_from.mbox")) == ["We leave", "Have fun"]


def test_a_letter_within_a_letter_that_says_its_length() -> None:
    assert contexts(sample("letter_within_by_content_length.mbox")) == ["A letter", "Have fun"]


def test_a_length_that_is_wrong_hides_nothing() -> None:
    raw = (SAMPLES / "letter_within_by_content_length.mbox").read_bytes()
    for wrong in (b"Content-Length: 5", b"Content-Length: 100000", b"Content-Length: 99999999999"):
        assert len(read(raw.replace(b"Content-Length: 2", wrong + b"\nX: ")).exchanges) == 3


def test_thunderbird() -> None:
    found = sample("thunderbird_crlf.mbox")
    assert contexts(found) == ["Kept", "No date on its line"]
    assert found.exchanges[0].at == datetime(2024, 1, 4, 10, tzinfo=UTC)


def test_a_quoted_line_above_the_headers() -> None:
    raw = letters(2).replace(b"\nFrom: p1", b"\n>From - Fri Jan  5 2024 10:00:00\nFrom: p1")
    assert len(read(raw).exchanges) == 2


def test_cut_at_both_ends() -> None:
    raw = letters(4)
    found = read(raw[60 : raw.rindex(b"Date: ")])
    assert [exchange.sender for exchange in found.exchanges] == [Party(f"e:p{n}@example.com") for n in (1, 2, 3)]
    assert found.exchanges[-1].at == datetime(2024, 1, 4, 10, tzinfo=UTC)  # of its From_ line


def test_a_letter_without_end_does_not_swallow_the_next() -> None:
    first, second = LETTER.format(n=1).replace("\n\nHello.\n\n", "\n"), LETTER.format(n=2)
    assert len(read((first + second).encode()).exchanges) == 2


def test_headers_without_end() -> None:
    noise = b"X-Noise: " + b"x" * 10_000_000 + b"\n"
    found = read(letters(2).replace(b"To: ada", noise + b"To: ada", 1) + letters(1))
    assert [exchange.where for exchange in found.exchanges] == [2, 3]
    assert [problem.row for problem in found.problems] == [1]


@pytest.mark.parametrize("size", [100, 1000, 4096])
def test_wherever_the_window_ends(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "_BLOCK", size)
    assert len(read(letters(100)).exchanges) == 100


def test_batches() -> None:
    assert [len(batch.exchanges) for batch in mbox.read(io.BytesIO(letters(1200)), NOW)] == [500, 500, 200]


def test_no_letter_at_all() -> None:
    with pytest.raises(Unreadable, match="no letter"):
        read(b"Dear diary\n\nFrom now on I write.\n")


def test_it_is_recognised() -> None:
    for path in SAMPLES.glob("*.mbox"):
        kind = formats.recognise(Sample("mail", path.read_bytes()))
        assert kind is mbox.FORMAT
    cut = letters(4)[60:]
    assert formats.recognise(Sample("All mail.mbox", cut)) is mbox.FORMAT
    assert formats.recognise(Sample("diary.txt", b"From now on I write at 10:30 in 2024.\nHello: you\n")) is None


PIECES = (
    *(b"From a@b.example Thu Jan  4 10:00:00 2024\n", b"From \n", b"From: a@b.example\n", b"\n", b"\r\n", b"\nFrom "),
    *(b"Content-Length: 7\n", b">From x\n", b"x"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=5), max_size=30).map(b"".join))
def test_any_bytes_are_letters_or_unreadable(raw: bytes) -> None:
    try:
        found = read(raw)
    except Unreadable:
        return
    assert len(found.exchanges) + len(found.problems) <= raw.count(b"From ") + 1
