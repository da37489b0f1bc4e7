"""messages.csv: who wrote to whom, in each form that it has had, and of the words only the last message's first."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import linkedin_messages
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "linkedin_messages"
QUOTED = "2026_every_field_quoted.csv"
ADA, NORA = Party("l:ada-byron", "Ada Byron"), Party("l:nora-quist", "Nora Quist")
KOFI, JORG = Party("l:kofi-mensah", "Kofi Mensah"), Party("l:jörg-ebert", "Jörg Ebert")
HEADER = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,DATE,CONTENT\n"


def read(content: bytes | str) -> Batch:
    raw = content if isinstance(content, bytes) else content.encode()
    assert formats.recognise(Sample("messages.csv", raw)) is linkedin_messages.FORMAT
    whole = Batch()
    for batch in formats.read(linkedin_messages.FORMAT, io.BytesIO(raw), datetime(2027, 1, 1, tzinfo=UTC)):
        whole.exchanges += batch.exchanges
        whole.problems += batch.problems
    whole.exchanges.sort(key=lambda one: one.where)
    return whole


def sample(name: str) -> Batch:
    return read((SAMPLES / name).read_bytes())


def test_it_works() -> None:
    assert sample(QUOTED).exchanges[0] == Exchange(
        2, "linkedin:2-aaa:2026-02-03T09:15:00:l:nora-quist", datetime(2026, 2, 3, 9, 15, tzinfo=UTC), "linkedin",
        NORA, (ADA,), 'Thank you & see you there. Bring the map, "old" or new, and boots',
    )  # fmt: skip


def test_drafts_and_spam_are_no_messages() -> None:
    found = sample(QUOTED)
    assert [one.where for one in found.exchanges] == [2, 4, 5, 6, 9]


def test_only_the_last_message_of_a_conversation_leaves_words() -> None:
    kept = [one.context for one in sample(QUOTED).exchanges]
    assert kept[1:] == ["", "Rain", "", ""]


def test_the_last_message_is_told_by_its_date_not_its_place() -> None:
    days = ("2024-01-02", "2024-01-03", "2024-01-01")
    rows = "".join(f"c,Nora Quist,{NORA.key},Ada Byron,{day} 10:00:00 UTC,of {day}\n" for day in days)
    assert [one.context for one in read(HEADER + rows).exchanges] == ["", "of 2024-01-03", ""]


def test_a_letter_is_cut_to_its_beginning() -> None:
    (one,) = read(HEADER + f"c,Nora Quist,,Ada Byron,2024-01-02 10:00:00 UTC,{'word ' * 99}\n").exchanges
    assert len(one.context) <= 140
    assert one.context.endswith("word…")


def test_many_conversations_are_not_all_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkedin_messages, "MOST_HELD", 2)
    rows = "".join(f"c{n},Nora Quist,,Ada Byron,2024-01-02 10:00:00 UTC,Hello {n}\n" for n in range(5))
    assert [one.context for one in read(HEADER + rows).exchanges] == [f"Hello {n}" for n in range(5)]


def test_names_of_a_group_hold_commas_too() -> None:
    group = sample(QUOTED).exchanges[2]
    assert (group.sender, group.others, group.unlisted) == (JORG, (ADA, KOFI, NORA), 0)


def test_a_recipient_whose_name_is_hidden_is_only_counted() -> None:
    group = sample(QUOTED).exchanges[4]
    assert (group.sender, group.others, group.unlisted) == (ADA, (JORG, KOFI), 1)


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("Ann Lee, JoAnn Hale", ["Ann Lee", "JoAnn Hale"]),
        ("Ann Lee, Ph.D., Ben Okoye, MBA, PMP", ["Ann Lee", "Ben Okoye"]),
        ("Ann Lee, MBA PMP, Ben Okoye Jr.", ["Ann Lee", "Ben Okoye Jr."]),
        ("Ann Lee, LinkedIn Member", ["Ann Lee"]),
    ],
)
def test_where_one_name_ends_and_the_next_begins(said: str, whom: list[str]) -> None:
    (one,) = read(f'{HEADER}c,Nora Quist,,"{said}",2024-01-02 10:00:00 UTC,Hello\n').exchanges
    assert [party.name for party in one.others] == whom


def test_names_and_profiles_that_do_not_pair_are_not_guessed() -> None:
    header = HEADER.replace("TO,", "TO,RECIPIENT PROFILE URLS,")
    row = 'c,Nora Quist,,"Ada Byron, Lee, Kofi Mensah","linkedin.com/in/ada-byron,linkedin.com/in/kofi-mensah",'
    (one,) = read(f"{header}{row}2024-01-02 10:00:00 UTC,Hello\n").exchanges
    assert (one.others, one.unlisted) == ((Party("l:ada-byron"), Party("l:kofi-mensah")), 1)


def test_a_sender_whose_name_is_hidden_is_told_once() -> None:
    assert [(problem.row, problem.message) for problem in sample(QUOTED).problems] == [
        (0, "One message is from members whose names LinkedIn hides, as they have left it.")
    ]


def test_an_advertisement_is_bulk() -> None:
    assert [one.automatic for one in sample(QUOTED).exchanges] == ["", "", "", "bulk", ""]


def test_before_2023_a_recipient_is_known_by_what_they_wrote() -> None:
    found = sample("2022_nine_columns.csv").exchanges
    jane = Party("l:jane-doe", "Jane Doe")
    assert [one.sender for one in found] == [NORA, jane, ADA]
    assert found[0].others == (Party("", "Ada Byron"), Party("", "Jane Doe"))
    assert found[2].others == (NORA, jane)


def test_columns_in_another_order_and_times_without_a_zone() -> None:
    found = sample("reordered_no_folder.csv")
    assert [(one.sender, one.at) for one in found.exchanges] == [
        (NORA, datetime(2024, 5, 15, 10, 30, tzinfo=UTC)),
        (Party("", "Ada Byron"), datetime(2024, 5, 15, 14, 0, 9, tzinfo=UTC)),
    ]
    assert [one.context for one in found.exchanges] == ["", "Hi"], "without an id, who is in it makes a conversation"


def test_rows_that_make_no_sense_are_told() -> None:
    found = sample("reordered_no_folder.csv")
    assert [(problem.row, problem.field, problem.message) for problem in found.problems] == [
        (4, "DATE", "The date of this message, “soon”, makes no sense."),
        (5, "FROM", "This message does not say who wrote it."),
    ]


@pytest.mark.parametrize("name", ["guide_messages.csv", "x/coach_messages.csv", "learning_role_play_messages_2.csv"])
def test_chats_with_the_assistant_are_left_alone(name: str) -> None:
    assert formats.recognise(Sample(name, (SAMPLES / QUOTED).read_bytes())) is None


@pytest.mark.parametrize("header", ["From,To,Date,Content\n", "From,To,Sent At,Message,Direction\n"])
def test_no_other_table_is_taken(header: str) -> None:
    assert not linkedin_messages.recognise(Sample("messages.csv", header.encode()))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=9), max_size=8), max_size=5))
def test_nothing_but_unreadable_is_ever_raised(rows: list[list[str]]) -> None:
    rest = "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
    with suppress(Unreadable):
        list(linkedin_messages.read(io.BytesIO(HEADER.encode() + rest)))
