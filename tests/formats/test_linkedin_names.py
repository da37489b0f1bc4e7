"""Names as people type them into LinkedIn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.formats import linkedin_names
from keepwarm.formats.linkedin_names import Name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Jane", "Hale", Name("Jane Hale", "Jane", "Hale")),
        ("Jane", "Hale, PhD", Name("Jane Hale", "Jane", "Hale", "", "PhD")),
        ("Jane", "Hale, PhD, MBA", Name("Jane Hale", "Jane", "Hale", "", "PhD, MBA")),
        ("Jane", "Hale MBA", Name("Jane Hale", "Jane", "Hale", "", "MBA")),
        ("Jane", "Hale, P.Eng.", Name("Jane Hale", "Jane", "Hale", "", "P.Eng.")),
        ("Jane", "Hale, CFA®", Name("Jane Hale", "Jane", "Hale", "", "CFA")),
        ("Jane", "Hale, John", Name("Jane Hale, John", "Jane", "Hale, John")),
        ("Jane Hale, PhD", "", Name("Jane Hale", "Jane Hale", "", "", "PhD")),
        ("Dr. Jane", "Hale Jr.", Name("Jane Hale Jr.", "Jane", "Hale", "Dr.", "Jr.")),
        ("Prof. Dr. Ann", "Öz", Name("Ann Öz", "Ann", "Öz", "Prof. Dr.")),
        ("Jane ✨", "Hale 🚀", Name("Jane Hale", "Jane", "Hale")),
        ("Jane 👩🏽\u200d💻", "Hale", Name("Jane Hale", "Jane", "Hale")),
        ("🚀", "✨", Name("🚀 ✨", "🚀", "✨")),
        ("Jane", "Hale (She/Her)", Name("Jane Hale", "Jane", "Hale")),
        ("Jane", "Hale (née Smith)", Name("Jane Hale (née Smith)", "Jane", "Hale (née Smith)")),
        ("Jane", "Hale - Open to work", Name("Jane Hale", "Jane", "Hale")),
        ("Jane", "Hale #OpenToWork", Name("Jane Hale", "Jane", "Hale")),
        ("Jane", "Hale | I help firms grow", Name("Jane Hale", "Jane", "Hale")),
        ("Jane", "Hale-Marsh", Name("Jane Hale-Marsh", "Jane", "Hale-Marsh")),
        ("JANE", "O'BRIEN", Name("Jane O'Brien", "Jane", "O'Brien")),
        ("JR", "SMITH", Name("JR Smith", "JR", "Smith")),
        ("Jean", "DUPONTEL", Name("Jean DUPONTEL", "Jean", "DUPONTEL")),
        ("Yo-Yo", "MA", Name("Yo-Yo MA", "Yo-Yo", "MA")),
        ("HALE", "MD", Name("Hale Md", "Hale", "Md")),
        ("", "Builder", Name("Builder", "", "Builder")),
        ("刘", "伟", Name("刘 伟", "刘", "伟")),
    ],
)
def test_parts(first: str, last: str, name: Name) -> None:
    assert linkedin_names.parts(first, last) == name


@given(st.text(max_size=20), st.text(min_size=1, max_size=20))
def test_a_name_never_becomes_nothing(first: str, last: str) -> None:
    given_, family = " ".join(first.split()), " ".join(last.split())
    assert linkedin_names.parts(given_, family).shown or not (given_ or family)


def test_a_whole_book_in_the_name_cell_is_left_alone() -> None:
    """The patterns would take minutes over it."""
    assert linkedin_names.parts("#open" * 10_000, "").given == "#open" * 10_000
