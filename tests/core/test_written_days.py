"""Days written down: each style, and as much of a date as is known."""

from __future__ import annotations

from datetime import date

import pytest

from keepwarm.core.people import PartialDate
from keepwarm.core.written_days import AMERICAN, BRITISH, ISO, STYLES, chosen, partial, write

DAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            BRITISH,
            ["3 March 2026", "3 March", "3 Mar", "3 Mar 2026", "Tuesday 3 March", "Tuesday 3 March 2026"],
        ),
        (
            AMERICAN,
            ["March 3, 2026", "March 3", "Mar 3", "Mar 3, 2026", "Tuesday, March 3", "Tuesday, March 3, 2026"],
        ),
        (ISO, [*["2026-03-03"] * 4, *["Tuesday 2026-03-03"] * 2]),
    ],
)
def test_it_works(style: str, said: list[str]) -> None:
    assert [write(DAY, form) for form in STYLES[style]] == said


@pytest.mark.parametrize(
    ("wanted", "spoken", "style"),
    [
        ("", "", BRITISH),
        ("", "en-US,en;q=0.9", AMERICAN),
        ("", "en_US.UTF-8", AMERICAN),
        ("", "de-DE,en-US;q=0.5", BRITISH),
        ("en-gb", "en-US", BRITISH),
        ("iso", "en-US", ISO),
        ("gone", "", BRITISH),
    ],
)
def test_whose_word_counts(wanted: str, spoken: str, style: str) -> None:
    assert chosen(wanted, spoken) == style


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (PartialDate(1980, 6, 2), ("2 June 1980", "June 2, 1980", "1980-06-02")),
        (PartialDate(None, 2, 29), ("29 February", "February 29", "--02-29")),
        (PartialDate(1980, 6), ("June 1980", "June 1980", "1980-06")),
        (PartialDate(None, 6), ("June", "June", "--06")),
        (PartialDate(1980), ("1980", "1980", "1980")),
    ],
)
def test_as_much_as_is_known(known: PartialDate, said: tuple[str, ...]) -> None:
    assert tuple(partial(known, STYLES[style]) for style in (BRITISH, AMERICAN, ISO)) == said
