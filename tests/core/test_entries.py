"""What one types by hand: read kindly, refused in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.core.entries import Wrong, read, way
from keepwarm.core.facts import Stated

READ = [
    ("email", " Ann@Example.com ", Stated("email", "Ann@Example.com", "", "e:ann@example.com")),
    ("email", "mailto:ann@example.com", Stated("email", "ann@example.com", "", "e:ann@example.com")),
    ("phone", "+44 7700 900142", Stated("phone", "+44 7700 900142", "", "p:+447700900142")),
    ("link", "example.com/ann", Stated("link", "https://example.com/ann")),
    ("link", "http://example.com:8080/ann", Stated("link", "http://example.com:8080/ann")),
    ("link", "uk.linkedin.com/in/Ann/", Stated("profile", "https://uk.linkedin.com/in/Ann/", "linkedin", "l:ann")),
    ("category", "  Old  Friends ", Stated("category", "Old Friends", "", "t:old friends")),
    ("address", "1 High Street, Leeds", Stated("address", "1 High Street, Leeds")),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "expected"), READ)
def test_it_works(field: str, text: str, expected: Stated) -> None:
    assert read(field, text) == expected


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "ann"), ("email", "ann@example"), ("email", "  "), ("phone", "1234"), ("phone", "call me"),
        ("link", "javascript:alert(1)"), ("link", "data:text/html,x"), ("link", "ann"), ("category", ""),
        ("link", "http://[foo.example"), ("link", "foo.example:[x"), ("link", "foo.example:99999/x"),
        ("email", "ann@example.com?bcc=eve@example.com"),
    ],
)  # fmt: skip
def test_what_it_cannot_be_is_said_in_a_sentence(field: str, text: str) -> None:
    wrong = read(field, text)
    assert isinstance(wrong, Wrong)
    assert wrong.sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("ann@example.com", "email"), ("+44 (0)7700 900142", "phone"), ("07700 900142", "phone"),
        ("www.example.com", "link"), ("https://www.linkedin.com/in/ann", "profile"),
    ],
)  # fmt: skip
def test_one_box_takes_any_way(text: str, field: str) -> None:
    stated = way(text, "GB")
    assert isinstance(stated, Stated)
    assert stated.field == field


def test_a_national_number_has_its_country() -> None:
    assert read("phone", "07700 900142", "cell", "GB") == Stated("phone", "07700 900142", "cell", "p:+447700900142")


@given(st.sampled_from(["email", "phone", "link", "profile", "category", "handle"]), st.text(), st.text())
def test_any_text_is_read_or_refused(field: str, text: str, label: str) -> None:
    found = read(field, text, label)
    assert isinstance(found, Stated | Wrong)
    if isinstance(found, Stated):
        assert found.value.strip()
        assert len(found.key) <= 200
        assert len(found.label) <= 100


@given(st.text())
def test_any_way_is_read_or_refused(text: str) -> None:
    found = way(text)
    assert isinstance(found, Wrong) or found.field in ("email", "phone", "link", "profile")
