"""The keys by which two cards are the same person's."""

from __future__ import annotations

import pytest

from keepwarm.core.identity import email_key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("ann@example.com", "e:ann@example.com"), (" Ann@Example.COM ", "e:ann@example.com"),
        ("mailto:ann@example.com", "e:ann@example.com"), ("ann+tea@example.com", "e:ann+tea@example.com"),
        ("zoë@bücher.example", "e:zoë@bücher.example"),
    ],
)  # fmt: skip
def test_it_works(address: str, key: str) -> None:
    assert email_key(address) == key


@pytest.mark.parametrize(
    "address",
    [
        "ann", "ann@example", "@example.com", "ann lee@example.com", "ann@example.com?bcc=eve@example.com",
        "ann@example.com&body=x", "ann%0a@example.com", "<ann@example.com>", "ann@example.com,eve@example.com",
        "ann@example.com;eve@example.com", "ann@example.com\nbcc:eve@example.com", "ann\x00@example.com",
    ],
)  # fmt: skip
def test_what_says_more_than_an_address_is_none(address: str) -> None:
    assert email_key(address) == ""
