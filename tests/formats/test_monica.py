"""Monica's export: who comes in, what was exchanged, and who is left in peace."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.people import Address, PartialDate, PersonRecord, Value
from keepwarm.core.touches import TouchRecord
from keepwarm.formats import monica
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLE = (Path(__file__).parent / "samples" / "monica" / "people_calls_and_a_lunch.json").read_bytes()


@pytest.fixture
def found() -> Batch:
    assert formats.recognise(Sample("monica.json", SAMPLE)) is monica.FORMAT
    (batch,) = monica.read(io.BytesIO(SAMPLE))
    return batch


def test_it_works(found: Batch) -> None:
    assert found.people[0] == PersonRecord(
        where=1,
        name="Lena Roth",
        external_id="c-1",
        given="Lena",
        family="Roth",
        nickname="Len",
        emails=(Value("lena@roth.example"),),
        phones=(Value("+49 30 5550101"),),
        profiles=(Value("https://www.linkedin.com/in/lena-roth", "linkedin"),),
        handles=(Value("@lenaroth"),),
        organisation="Paws",
        title="Vet",
        addresses=(Address("Weg 1, Berlin, 10115, DE", "home", "Weg 1", "Berlin", "", "10115", "DE"),),
        note="Met at the shelter.\nLikes\nterriers.",
        birthday=PartialDate(None, 6, 2),
        categories=("Dogs", "Choir"),
    )


def test_an_age_says_only_the_year(found: Batch) -> None:
    assert found.people[1].birthday == PartialDate(1990)


def test_calls_and_activities_are_touches_without_their_words(found: Batch) -> None:
    assert found.touches == [
        TouchRecord(
            1, "monica:c-1:call:2024-02-03T00:00:00+00:00", "e:lena@roth.example", "Lena Roth",
            datetime(2024, 2, 3, tzinfo=UTC), "call", "in",
        ),
        *(
            TouchRecord(
                5, "monica:a-1", key, name, datetime(2024, 5, 6, 12, tzinfo=UTC), "meeting", "both", "Lunch by the lake"
            )
            for key, name in (("e:lena@roth.example", "Lena Roth"), ("", "Tim"))
        ),
    ]  # fmt: skip


def test_who_is_not_added(found: Batch) -> None:
    assert [person.name for person in found.people] == ["Lena Roth", "Tim"]
    assert [(problem.row, problem.field) for problem in found.problems] == [(4, "is_dead"), (5, "first_name")]


things = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=6), st.just("2024-02-30T99:00:00Z")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["uuid", "properties", "data", "type", "values", "first_name", "birthdate", "date", "tags", "called_at"]
            ),
            inner,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"type": st.sampled_from(["contact", "activity", 3]), "values": things}), max_size=3)
)
def test_nothing_but_unreadable_is_ever_raised(parts: list[object]) -> None:
    content = json.dumps({"account": {"data": parts}}).encode()
    for cut in (len(content), len(content) // 2):
        with suppress(Unreadable):
            for batch in monica.read(io.BytesIO(content[:cut])):
                assert all(person.name for person in batch.people)
