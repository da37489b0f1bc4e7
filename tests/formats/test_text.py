"""Which encoding a file is in."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.formats import text
from keepwarm.formats.batch import Unreadable

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "linkedin"
DANISH = "Søren Åkjær, Rødovre\r\n"
RUSSIAN = "Имя,Фамилия\r\nАда,Байрон\r\n"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (DANISH.encode(), DANISH),
        (DANISH.encode("utf-8-sig"), DANISH),
        (DANISH.encode("utf-16"), DANISH),
        (DANISH.encode("utf-16-le"), DANISH),
        (DANISH.encode("utf-16-be"), DANISH),
        (DANISH.encode("utf-32"), DANISH),
        (DANISH.encode("cp1252"), DANISH),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
        (RUSSIAN.encode(), RUSSIAN),
        ("“Zoë” – 5 €".encode("cp1252"), "“Zoë” – 5 €"),
        (b"Jos\xe9", "José"),
        ("Zoë, Chloë, Noé and Jos".encode() + b"\xe9", "Zoë, Chloë, Noé and José"),
        (b"", ""),
    ],
)
def test_every_encoding(raw: bytes, expected: str) -> None:
    assert text.Decoded(io.BytesIO(raw)).read() == expected
    assert text.start(raw) == expected


def test_a_windows_letter_far_down_in_a_plain_file() -> None:
    raw = b"a" * 200_000 + b"Jos\xe9"
    assert text.Decoded(io.BytesIO(raw)).read().endswith("aJosé")


def test_a_letter_cut_in_two_at_the_end_of_the_head() -> None:
    raw = b"a" * (text.HEAD - 1) + "éé".encode()
    assert text.encoding(raw[: text.HEAD]) == "utf-8"
    assert text.Decoded(io.BytesIO(raw)).read().endswith("aéé")


@pytest.mark.parametrize("raw", [bytes(range(256)) * 4, b"\x00" * 50, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"])
def test_binary_junk_is_refused(raw: bytes) -> None:
    assert text.start(raw) == ""
    with pytest.raises(Unreadable):
        text.Decoded(io.BytesIO(raw))


def test_it_reads_a_piece_at_a_time_and_counts() -> None:
    file = io.BytesIO(b"one line\n" * 100_000)
    lines = text.Decoded(file)
    assert lines.readline() == "one line\n"
    assert lines.at < 300_000
    lines.read()
    assert lines.at == 900_000


def test_closing_the_text_leaves_the_file_open() -> None:
    file = io.BytesIO(b"x")
    text.Decoded(file).close()
    assert not file.closed


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  two\n lines\t here ", "two lines here"),
        ("form\x0cfeed \x07bell", "formfeed bell"),
        ("Ze\u200bro", "Zero"),
        ("no\u00a0break", "no break"),
        ("e\u0301", "é"),
        ("\u202aAda\u202c", "Ada"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_tidy(raw: str, expected: str) -> None:
    assert text.tidy(raw) == expected


def test_byte_decoding_parity() -> None:
    """What others decided for the same bytes: browsers' windows-1252, with its five undefined bytes."""
    path = SHARED / "Hermione-Granger-1176+linkedin-analyzer/tests/fixtures/byte-decoding-parity.json"
    if not path.exists():
        pytest.skip("needs ../shared/data, which a plain clone does not have")
    stated = json.loads(path.read_text())
    for case in stated["cases"]:
        raw = stated["csvPrefix"].encode() + bytes(case["bytes"]) + stated["csvSuffix"].encode()
        expected = "".join(map(chr, case["expectedCodePoints"]))
        assert text.Decoded(io.BytesIO(raw)).read() == stated["csvPrefix"] + expected + stated["csvSuffix"]


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    text.start(raw)
    try:
        text.Decoded(io.BytesIO(raw)).read().encode()
    except Unreadable:
        assert text.is_binary(raw)
