"""A door that a line tells of, and what is none."""

from __future__ import annotations

import pytest

from keepwarm.core import doors


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        (
            "Coffee with Maria, she introduced me to Kofi at the fund",
            "introduction",
            "introduced me to Kofi at the fund",
        ),
        ("Maria referred me to Baobab Ventures; lovely day", "referral", "referred me to Baobab Ventures"),
        ("Tom sent us a new client and I thanked him", "work", "sent us a new client"),
        ("Call with Ann, who gave me good advice on pricing.", "advice", "gave me good advice on pricing"),
        ("Otto invited me to speak at the founders' day", "work", "invited me to speak at the founders' day"),
        ("Lea put me in touch with the museum, and we talked", "introduction", "put me in touch with the museum"),
    ],
)
def test_it_works(line: str, kind: str, text: str) -> None:
    assert doors.read(line) == doors.Found(kind, text)


@pytest.mark.parametrize(
    "line",
    [
        "I introduced Maria to Kofi",
        "Maria will introduce me to Kofi",
        "Maria never introduced me to Kofi",
        "She hasn't referred me to anyone",
        "Coffee with Maria, about the new job",
        "",
    ],
)
def test_no_door(line: str) -> None:
    assert doors.read(line) is None
