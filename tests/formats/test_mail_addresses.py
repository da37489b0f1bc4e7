"""Everyone on a line of From, To or Cc, however it is written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.touches import Party
from keepwarm.formats import mail_addresses

ADA = Party("e:ada@example.com", "Ada Byron")
BARE = Party("e:ada@example.com")
BEN = Party("e:ben@example.org", "Ben Hale")


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("ada@example.com", [BARE]),
        ("<ADA@Example.com>", [BARE]),
        ("Ada Byron <ada@example.com>, Ben Hale <ben@example.org>", [ADA, BEN]),
        ("Ada Byron <ada@example.com>; Ben Hale <ben@example.org>", [ADA, BEN]),
        ("Ada Byron <ada@example.com>Ben Hale <ben@example.org>", [ADA, BEN]),
        ('"Byron, Ada" <ada@example.com>', [Party(ADA.key, "Byron, Ada")]),
        ("Byron, Ada <ada@example.com>, Ben Hale <ben@example.org>", [Party(ADA.key, "Byron, Ada"), BEN]),
        (r'"Ada \"Countess\" Byron" <ada@example.com>', [Party(ADA.key, 'Ada "Countess" Byron')]),
        ('"Ada Byron <ada@example.com>, Ben Hale <ben@example.org>', [ADA, BEN]),
        ("ada@example.com (Ada Byron)", [ADA]),
        ("ada@example.com (Ada (the first) Byron)", [ADA]),
        ("Ada (at work) Byron <ada@example.com>", [ADA]),
        ("'Ada Byron' <ada@example.com>", [ADA]),
        ('"ada@example.com" <ada@example.com>', [BARE]),
        ("Ada Byron ada@example.com", [ADA]),
        ("mailto:ada@example.com", [BARE]),
        ("[mailto:ada@example.com]", [BARE]),
        ("Friends: ada@example.com, Ben Hale <ben@example.org>;", [BARE, BEN]),
        ("<@relay.example,@other.example:ada@example.com>", [BARE]),
        ("o'brien@example.com", [Party("e:o'brien@example.com")]),
        ("=?utf-8?q?J=C3=B8rn?= <jorn@example.no>", [Party("e:jorn@example.no", "Jørn")]),
        ('"=?utf-8?b?SsO4cm4=?=" <jorn@example.no>', [Party("e:jorn@example.no", "Jørn")]),
        ("=?utf-8?q?Byron=2C_Ada?= <ada@example.com>", [Party(ADA.key, "Byron, Ada")]),
        ("=?utf-8?q?Ada_Byron_=3Cada=40example.com=3E?=", [ADA]),
        ("Ada Byron <ada@xn--bcher-kva.example>", [Party("e:ada@bücher.example", "Ada Byron")]),
        (", ada@example.com,,\t\n ,", [BARE]),
    ],
)
def test_who_is_on_the_line(line: str, people: list[Party]) -> None:
    assert list(mail_addresses.read(line)) == people


@pytest.mark.parametrize(
    "line",
    ["", "undisclosed-recipients:;", "Ada Byron", "Ada <>", "Ada <ada at example.com>", "<", "@", "ada@localhost"],
)
def test_nobody_is_on_the_line(line: str) -> None:
    assert mail_addresses.read(line) == ()


@pytest.mark.parametrize("piece", ['"', "(", "<", "a,", "(a),", "<a", "a@", '"@', "=?", "a@b.c ", '"\\', "(\\", ":;"])
def test_a_line_made_to_be_slow_is_not(piece: str) -> None:
    began = time.process_time()
    mail_addresses.read(piece * (256 * 1024 // len(piece)))
    assert time.process_time() - began < 10


def test_a_hundred_thousand_recipients() -> None:
    line = ", ".join(f"Given Family {n} <p{n}@example.com>" for n in range(100_000))
    assert len(mail_addresses.read(line)) == 100_000


@given(st.text(alphabet="ab@.<>()\",;:=?_qQbB \\\n'é", max_size=60))
def test_any_line_gives_people_with_addresses(line: str) -> None:
    assert all(party.key.startswith("e:") and "@" in party.key for party in mail_addresses.read(line))
