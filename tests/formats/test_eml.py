"""Letters saved one by one."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keepwarm import formats
from keepwarm.formats import eml
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "mail"
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def read(raw: bytes) -> Batch:
    (batch,) = eml.read(io.BytesIO(raw), NOW)
    return batch


@pytest.mark.parametrize(("name", "context"), [("plain.eml", "Lunch"), ("apple.emlx", "From a Mac")])
def test_it_works(name: str, context: str) -> None:
    raw = (SAMPLES / name).read_bytes()
    assert formats.recognise(Sample(name, raw)) is eml.FORMAT
    (exchange,) = read(raw).exchanges
    assert (exchange.context, exchange.at) == (context, datetime(2024, 1, 4, 10, tzinfo=UTC))


def test_with_a_from_line_and_a_mark() -> None:
    raw = (SAMPLES / "plain.eml").read_bytes()
    assert read(b"From nobody\r\n" + raw).exchanges == read(b"\xef\xbb\xbf" + raw).exchanges == read(raw).exchanges


def test_without_a_body() -> None:
    raw = (SAMPLES / "plain.eml").read_bytes().partition(b"\r\n\r\n")[0]
    assert read(raw).exchanges == read(raw + b"\r\n").exchanges != []


def test_a_draft() -> None:
    found = read(b"X-Unsent: 1\n" + (SAMPLES / "plain.eml").read_bytes())
    assert (found.exchanges, len(found.problems)) == ([], 1)


def test_headers_without_end() -> None:
    found = read((SAMPLES / "plain.eml").read_bytes().replace(b"Subject: ", b"Subject: " + b"x" * 10_000_000))
    assert "larger than 256 KB" in found.problems[0].message


@pytest.mark.parametrize(
    "head", [b"Dear Ada: hello\n", b"title: x\ndate: 2024\n\nText", b"Name: Ada\nFrom: Leeds\n", b":"]
)
def test_what_only_looks_like_a_letter(head: bytes) -> None:
    assert not eml.recognise(Sample("notes.txt", head))


def test_no_headers() -> None:
    with pytest.raises(Unreadable, match="no headers"):
        read(b"Dear Ada,\n\nhello\n")
