"""Who is probably a person, and how their card begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from keepwarm.core.strangers import DOUBLED, MANY, Tally, best, better_name, both_ways, found_by, key, record, why
from keepwarm.core.touches import TouchRecord

DAY = date(2026, 3, 2)
ANN = "e:ann.lee@example.org"


def touch(person: str = ANN, name: str = "Ann Lee", direction: str = "in", *, ambient: bool = False) -> TouchRecord:
    return TouchRecord(1, "x", person, name, datetime(2026, 3, 2, tzinfo=UTC), "mail", direction, ambient=ambient)


def tally(*touches: TouchRecord, automatic: bool = False) -> Tally:
    counted = Tally()
    for one in touches:
        counted.see(one, DAY, automatic=automatic)
    return counted


@pytest.mark.parametrize(
    ("key", "counted", "reason"),
    [
        (ANN, tally(touch()), ""),
        (ANN, tally(*[touch()] * (MANY + 1)), "many"),
        (ANN, tally(*[touch()] * (MANY + 1), touch(direction="out")), ""),
        (ANN, tally(touch(), automatic=True), "automatic"),
        (ANN, tally(touch(ambient=True)), "wide"),
        ("e:noreply@example.org", tally(touch(), touch(direction="out")), "no_reply"),
        ("w:ann", tally(touch("", "Ann")), ""),
    ],
)
def test_why_someone_is_probably_nobody(key: str, counted: Tally, reason: str) -> None:
    assert why(key, counted) == reason


def test_a_meeting_goes_both_ways_and_wide_mail_none() -> None:
    assert both_ways(tally(touch(direction="both")))
    assert not both_ways(tally(touch(), touch(), touch(direction="out", ambient=True)))


def test_days_span_from_first_to_last() -> None:
    counted = tally(touch())
    counted.see(touch(), date(2025, 1, 1))
    assert (counted.first_on, counted.last_on) == (date(2025, 1, 1), DAY)


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("", "Ann", "Ann"), ("Ann Lee", "ann", "Ann Lee"), ("ANN LEE", "Ann Lee", "Ann Lee"),
        ("ann@example.org", "Ann", "Ann"), ("Ann Lee", "Ann Smith", "Ann Smith"), ("Ann", "", "Ann"),
    ],
)  # fmt: skip
def test_the_better_spelling(one: str, other: str, shown: str) -> None:
    assert better_name(one, other) == shown


@pytest.mark.parametrize(
    ("known", "name", "shown"),
    [
        (ANN, "", "Ann Lee"), (ANN, "annie", "annie"), ("p:+15550100", "", "+15550100"),
        ("l:annlee", "Ann Lee", "Ann Lee"), ("w:ann", "Ann", "Ann"),
    ],
)  # fmt: skip
def test_the_card(known: str, name: str, shown: str) -> None:
    card = record(known, name)
    assert (card.name, card.external_id) == (shown, f"met:{known}")


def test_a_card_has_the_key_it_was_made_of() -> None:
    assert record(ANN, "").emails[0].value == "ann.lee@example.org"
    assert record("p:+15550100", "").phones[0].value == "+15550100"
    assert record("l:annlee", "Ann").profiles[0].value == "https://www.linkedin.com/in/annlee"


def test_who_has_neither_key_nor_name() -> None:
    assert key(touch("", "")) == ""
    assert key(touch("", "Änn  Lee")) == "w:ann lee"


def test_twice_as_many_count_as_much_as_so_many_days() -> None:
    once, thrice = Tally(received=1, last_on=DAY), Tally(received=3, last_on=DAY - timedelta(days=DOUBLED))
    assert best(once) == best(thrice)
    assert best(Tally(sent=1, last_on=DAY)) > best(once) > best(Tally(wide=9, last_on=DAY))


def test_found_by_name_and_address() -> None:
    assert found_by("e:jn@example.org", "José Núñez") == "jose nunez jn@example.org"
