"""The end of a letter, read as a card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core import signature

ENGLISH = """Best regards,
Amara Nwosu
Head of Growth, Acme Ltd
M: +44 7700 900142 | F: 020 7946 0000
amara@acme.example
www.acme.example.com
https://www.linkedin.com/in/amara-nwosu-4a1b
12 High Street, London EC1A 1BB"""


def read(text: str) -> signature.PersonRecord:
    found = signature.read(text)
    assert found
    return found


def test_it_works() -> None:
    who = read(ENGLISH)
    assert (who.name, who.title, who.organisation) == ("Amara Nwosu", "Head of Growth", "Acme Ltd")
    assert [tuple(phone) for phone in who.phones] == [("+44 7700 900142", "cell")]  # nobody is rung on a fax
    assert [email.value for email in who.emails] == ["amara@acme.example"]
    assert [link.value for link in who.links] == ["https://www.acme.example.com"]
    assert [tuple(one) for one in who.profiles] == [("https://www.linkedin.com/in/amara-nwosu-4a1b", "linkedin")]
    assert [one.text for one in who.addresses] == ["12 High Street, London EC1A 1BB"]


@pytest.mark.parametrize(
    ("text", "name", "title", "organisation"),
    [
        ("--\nJosé da Silva | Senior Engineer | Tidewater Maps", "José da Silva", "Senior Engineer", "Tidewater Maps"),
        ("> Tom Fox\n> CTO at Quayside Books\n> Mobile: 07700 900 123", "Tom Fox", "CTO", "Quayside Books"),
        (
            "Lena Köhler\nGeschäftsführerin\nKöhler & Partner GmbH\nlena@koehler.example",
            "Lena Köhler", "Geschäftsführerin", "Köhler & Partner GmbH",
        ),
        ("Yusuf Demir, +351 912 345 678", "Yusuf Demir", "", ""),
        ("Cheers\nThe Team\nAnn Lee\nann.lee@example.com", "Ann Lee", "", ""),
    ],
)  # fmt: skip
def test_who_and_what(text: str, name: str, title: str, organisation: str) -> None:
    who = read(text)
    assert (who.name, who.title, who.organisation) == (name, title, organisation)


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://www.linkedin.com/in/amara-nwosu-4a1b2c/", "Amara Nwosu"),
        ("linkedin.com/in/zo%C3%AB-fox?utm=1", "Zoë Fox"),
        ("https://www.linkedin.com/in/amara", ""),
        ("https://example.com/in/amara-nwosu", ""),
    ],
)
def test_a_link_alone(link: str, name: str) -> None:
    assert read(link).name == name


@pytest.mark.parametrize("text", ["", "hello there", "Sent from my telephone", "--\n***"])
def test_nobody(text: str) -> None:
    assert signature.read(text) is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    signature.read(text)
