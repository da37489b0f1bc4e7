"""A letter to oneself: its subject and its text, with the links of a page."""

from __future__ import annotations

import pytest

from keepwarm.formats import clipping

HEAD = b"From: ada@example.com\r\nSubject: =?utf-8?q?F=C3=BCr_Amara?=\r\nMessage-ID: <1@x.example>\r\n"


def test_it_works() -> None:
    told = clipping.read(HEAD + b"\r\nLook at this.\r\n-- \r\nAda")
    assert told == ("mail:1@x.example", "F\u00fcr Amara", "Look at this.")


def test_of_a_page_the_words_and_the_addresses() -> None:
    page = b"<style>p{}</style><p>Look at <a href='https://a.example/x'>this</a></p><p>For Amara.</p>"
    told = clipping.read(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page)
    assert told.text == "Look at https://a.example/x this\nFor Amara."


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"\xff\x00", HEAD, HEAD + b"Content-Type: text/plain; charset=nonsense\r\n\r\nx",
        HEAD + b"Content-Type: text/html\r\n\r\n<p>x</p><![nonsense<a href='https://a.example'>",
        HEAD + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n====", HEAD + b"Content-Type: image/png\r\n\r\nx",
    ],
)  # fmt: skip
def test_what_is_broken_has_an_id_all_the_same(broken: bytes) -> None:
    assert clipping.read(broken).id.startswith("mail:")
