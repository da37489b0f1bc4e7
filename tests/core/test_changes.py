"""What is news between two words of a source, and how old a file is."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from keepwarm.core import as_of, changes
from keepwarm.core.facts import Stated

TODAY = date(2026, 11, 12)


def work(organisation: str, title: str = "Director") -> list[Stated]:
    return [Stated("name", "Ann Lee"), Stated("organisation", organisation), Stated("title", title)]


def kinds(before: list[Stated], after: list[Stated], employers: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(found.kind, found.moment) for found in changes.between(before, after, employers)]


def test_it_works() -> None:
    assert kinds(work("Acme"), work("Harbour Films")) == [("company", "new_job")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Acme", "CEO & Founder"), ("ACME Ltd.", "Founder and CEO 🚀")),
        (("Müller GmbH", "Geschäftsführer"), ("Muller", "geschaftsfuhrer")),
        (("", "Director"), ("Acme", "Director")),
        (("Acme", "Director"), ("", "")),
    ],
)
def test_no_news(before: tuple[str, str], after: tuple[str, str]) -> None:
    assert kinds(work(*before), work(*after)) == []


def test_a_second_employer_named_beside_the_first_is_no_new_job() -> None:
    assert kinds(work("Acme"), work("Acme / Harbour Films")) == [("company", "")]
    assert kinds(work("Acme"), work("Harbour Films"), ("harbour films",)) == [("company", "")]


def test_to_work_for_oneself_is_no_new_employer() -> None:
    assert kinds(work("Acme"), work("Freelance")) == [("company", "")]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Ann Lee", "Ann Moss"), [("name", "new_name")]),
        (("Ann Lee", "ANN LEE"), []),
        (("Ann Lee", "Ann M. Lee"), []),
        (("Ann Lee", "Anne-Marie Lee"), [("name", "")]),
    ],
)
def test_names(names: tuple[str, str], said: list[tuple[str, str]]) -> None:
    before, after = (
        [Stated("name", name, "", "", "\t".join((name.rpartition(" ")[0], "", name.rpartition(" ")[2], "", "")))]
        for name in names
    )
    assert kinds(before, after) == said


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Complete_LinkedInDataExport_11-24-2025.zip", date(2025, 11, 24)),
        ("Basic_LinkedInDataExport_03-09-2026 (1).zip", date(2026, 3, 9)),
        ("contacts-2026-03-03.csv", date(2026, 3, 3)),
        ("Basic_LinkedInDataExport_02-31-2026.zip", None),
        ("phone.vcf", None),
        ("IMG_20201399.csv", None),
    ],
)
def test_the_day_in_a_name(name: str, day: date | None) -> None:
    assert as_of.in_name(name) == day


def test_how_old_a_file_is() -> None:
    member, written = datetime(2026, 5, 1, 8, 0), date(2026, 6, 1)  # noqa: DTZ001 - a zip knows no zone
    assert as_of.of_file(("a-2026-03-03.zip",), member, written, TODAY) == (date(2026, 3, 3), as_of.NAME)
    assert as_of.of_file(("a.zip",), member, written, TODAY) == (date(2026, 5, 1), as_of.MEMBER)
    assert as_of.of_file(("a.csv",), None, written, TODAY) == (written, as_of.FILE)
    assert as_of.of_file(("a.csv",), None, None, TODAY) == (TODAY, as_of.IMPORT)
    assert as_of.of_file(("a-2031-01-01.csv",), None, date(1980, 1, 1), TODAY) == (TODAY, as_of.IMPORT)


def test_no_file_is_older_than_the_newest_day_in_it() -> None:
    held = as_of.AsOf(date(2026, 3, 3), as_of.FILE)
    assert as_of.at_least(held, date(2026, 4, 1), TODAY) == (date(2026, 4, 1), as_of.CONNECTED)
    assert as_of.at_least(held, date(2026, 1, 1), TODAY) == as_of.at_least(held, date(2031, 1, 1), TODAY) == held
