"""The words of a header, encoded or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.formats import mail_words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Lunch?", "Lunch?"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe_aus_Graz?=", "Grüße aus Graz"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?utf-8?q?Gr=C3?= =?UTF-8?Q?=BC=C3=9Fe?= aus Graz", "Grüße aus Graz"),  # cut in the middle of a letter
        ("=?utf-8?q?Lunch?=\n =?utf-8?q?_on_Thursday?=", "Lunch on Thursday"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?iso-8859-1?Q?5_=80?=", "5 €"),  # said Latin-1, meant Windows
        ("=?gb2312?B?xOO6ww==?=", "你好"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?two words?=", "two words"),  # blanks that ought to be encoded
        ("=?utf-8?q?cut", "cut"),
        ("=?utf-8?B?R3LDvMOf", "Grüß"),
        ("=?utf-8?q?Stra=DFe?=", "Straße"),  # it is not UTF-8
        ("=?x-nothing?q?plain?=", "plain"),
        ("=?zip?q?plain?=", "plain"),  # codecs of Python's that are no alphabet
        ("=?idna?q?plain?=", "plain"),
        ("=?utf-8?q?=00nul=07?=", "nul"),
        ("=?utf-7?q?half_+2AA-?=", "half ?"),
        ("=?", "=?"),
    ],
)
def test_it_reads(line: str, words: str) -> None:
    assert mail_words.decoded(line) == words


def test_raw_bytes() -> None:
    assert mail_words.raw("Grüße".encode()) == "Grüße"
    assert mail_words.raw("Grüße – €".encode("cp1252")) == "Grüße – €"


@given(st.text(alphabet="=?utf-8qQbB_*AZ+/ é\n", max_size=80))
def test_any_line_is_words(line: str) -> None:
    words = mail_words.decoded(line).encode().decode()  # raises for half a letter
    assert not {"\0", "\n"} & set(words)
