"""Invitations, endorsements and recommendations: what counts as an exchange, and what does not."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.touches import KnownSince, TouchRecord
from keepwarm.formats import linkedin_touches
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "linkedin"


def read(name: str) -> Batch:
    content = (SAMPLES / name).read_bytes()
    kind = formats.recognise(Sample(name, content))
    assert kind
    (batch,) = formats.read(kind, io.BytesIO(content), datetime(2026, 1, 1, tzinfo=UTC))
    assert batch.people == []
    return batch


def test_it_works() -> None:
    found = read("invitations_with_links.csv")
    assert found.touches == [
        TouchRecord(
            3, "linkedin:invitation:in:2025-07-30T09:00:00:l:nils-berg", "l:nils-berg", "Nils Berg",
            datetime(2025, 7, 30, 9, tzinfo=UTC), "linkedin", "in", kind="invitation",
        )
    ]  # fmt: skip


def test_an_invitation_without_a_word_is_no_exchange() -> None:
    found = read("invitations_with_links.csv")
    assert found.known == [KnownSince(2, "l:kofi-mensah", "Kofi Mensah", date(2025, 7, 29))]


def test_rows_that_make_no_sense_are_told() -> None:
    found = read("invitations_with_links.csv")
    assert [(problem.row, problem.field) for problem in found.problems] == [(4, "Sent At"), (5, "Direction")]


def test_before_2023_there_is_only_the_name() -> None:
    found = read("invitations_without_links.csv")
    assert [(touch.person, touch.name, touch.direction) for touch in found.touches] == [("", "Ravi Menon", "out")]
    assert found.touches[0].at == datetime(2022, 6, 30, 20, 12, tzinfo=UTC)
    assert found.known == [KnownSince(3, "", "Sofia Brandt", date(2022, 7, 1))]


def test_endorsements_of_one_day_are_one_give() -> None:
    found = read("endorsements_given.csv")
    assert [(touch.person, touch.context, touch.balance) for touch in found.touches] == [
        ("l:ines-vidal", "Rope work, Sailing", "give"),
        ("", "Maps", "give"),
    ]
    assert found.touches[1].at == datetime(2023, 6, 5, 12, tzinfo=UTC)


def test_what_was_received_is_neutral() -> None:
    (touch,) = read("endorsements_received.csv").touches
    assert (touch.name, touch.direction, touch.balance, touch.context) == ("Nora Quist", "in", "neutral", "=SUM(1)")


def test_a_recommendation_keeps_its_words_to_itself() -> None:
    (touch,) = read("Recommendations_Given.csv").touches
    assert (touch.direction, touch.balance, touch.kind, touch.context) == ("out", "give", "recommendation", "")


def test_only_the_file_s_name_tells_recommendations_apart() -> None:
    content = (SAMPLES / "Recommendations_Given.csv").read_bytes()
    kind = formats.recognise(Sample("Recommendations_Received.csv", content))
    assert kind
    assert kind.name == "linkedin-recommendations-received"
    assert formats.recognise(Sample("words.csv", content)) is None
    assert "only the file's own name tells" in formats.known_elsewhere(Sample("words.csv", content))


def test_what_is_in_the_future_is_left_out() -> None:
    content = (SAMPLES / "invitations_with_links.csv").read_bytes()
    kind = formats.named("linkedin-invitations")
    assert kind
    (batch,) = formats.read(kind, io.BytesIO(content), datetime(2025, 7, 1, tzinfo=UTC))
    assert (batch.touches, batch.known) == ([], [])
    assert "in the future" in batch.problems[-1].message


@pytest.mark.parametrize(
    ("said", "day_first", "moment"),
    [
        ("7/29/25, 6:15 PM", False, datetime(2025, 7, 29, 18, 15, tzinfo=UTC)),
        ("29/07/2025, 18:15", True, datetime(2025, 7, 29, 18, 15, tzinfo=UTC)),
        ("7/1/22, 12:05 AM", False, datetime(2022, 7, 1, 0, 5, tzinfo=UTC)),
        ("2024-03-31 10:00:09 UTC", False, datetime(2024, 3, 31, 10, 0, 9, tzinfo=UTC)),
        ("2023/05/04 10:11:12 UTC", False, datetime(2023, 5, 4, 10, 11, 12, tzinfo=UTC)),
        ("05 Jun 2023", False, datetime(2023, 6, 5, 12, tzinfo=UTC)),
        ("2024-03-31 99:00", False, datetime(2024, 3, 31, 12, tzinfo=UTC)),
        ("some day", False, None),
    ],
)
def test_moments(said: str, day_first: bool, moment: datetime | None) -> None:
    assert linkedin_touches.when(said, day_first) == moment


HEADERS = [b"", *(path.read_bytes().splitlines(keepends=True)[0] for path in SAMPLES.glob("*nvit*.csv"))]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(linkedin_touches.FORMATS),
    st.sampled_from(HEADERS),
    st.lists(st.lists(st.text(max_size=9), max_size=8), max_size=5),
)
def test_nothing_but_unreadable_is_ever_raised(kind, header, rows) -> None:  # type: ignore[no-untyped-def]
    rest = "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
    with suppress(Unreadable):
        list(kind.read(io.BytesIO(header + rest)))
