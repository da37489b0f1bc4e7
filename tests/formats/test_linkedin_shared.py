"""Every LinkedIn table that others published, beside what is in it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keepwarm import formats
from keepwarm.formats import text
from keepwarm.formats.batch import Batch, Sample, Unreadable

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "linkedin"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data, which a plain clone does not have")
HERMIONE = "Hermione-Granger-1176+linkedin-analyzer/"
SILKY = "silkyrich+linkedin-export-viewer/fixtures/sample_export/"
ERIC = "ericcgladstone-maker+org-signal/real-structure/"

# Counted by eye in the files: people, hidden members, facts of the owner.
PEOPLE = {
    HERMIONE + "tests/fixtures/connections-corpus.csv": (192, 0, 0),
    HERMIONE + "tests/fixtures/connections-parity.csv": (4, 1, 0),
    HERMIONE + "web/e2e/fixtures/Connections.csv": (2, 0, 0),
    HERMIONE + "web/e2e/fixtures/ConnectionsWide.csv": (53, 0, 0),
    "agamm+rolomind/tests/fixtures/linkedin.csv": (5, 0, 0),
    ERIC + "Basic_LinkedInDataExport_08-15-2025/Connections.csv": (2, 0, 0),
    ERIC + "Complete_LinkedInDataExport_09-18-2022/Connections.csv": (3, 2, 0),
    "labeldekho+linkedin-network-intelligence/tests/fixtures/Connections.csv": (10, 0, 0),
    SILKY + "Connections.csv": (2000, 0, 0),
    SILKY + "Profile.csv": (0, 0, 4),
    SILKY + "Positions.csv": (0, 0, 11),
    SILKY + "Education.csv": (0, 0, 2),
    SILKY + "Email Addresses.csv": (0, 0, 2),
}

# Counted by eye, and the days with a spreadsheet's pivot: touches, and those known of only since then.
EXCHANGES = {
    SILKY + "Invitations.csv": (83, 79),
    SILKY + "Endorsement_Given_Info.csv": (1489, 0),  # 1500 endorsements, on as many days and people
    SILKY + "Endorsement_Received_Info.csv": (688, 0),
    SILKY + "Recommendations_Given.csv": (21, 0),
    SILKY + "Recommendations_Received.csv": (27, 0),
    ERIC + "Basic_LinkedInDataExport_08-15-2025/Invitations.csv": (0, 1),
    ERIC + "Complete_LinkedInDataExport_09-18-2022/Invitations.csv": (0, 1),
}

# Counted by eye in the files, the corpus with `grep -c ,1999-01-01,`: messages, and rows whose day does not exist.
MESSAGES = {
    HERMIONE + "tests/fixtures/messages-corpus.csv": (41, 179),
    HERMIONE + "tests/fixtures/messages-parity.csv": (2, 1),
    HERMIONE + "web/e2e/fixtures/Messages.csv": (1, 0),
    HERMIONE + "web/e2e/fixtures/MessagesThreads.csv": (4, 0),
    ERIC + "Basic_LinkedInDataExport_08-15-2025/messages.csv": (3, 0),  # and a draft
    ERIC + "Complete_LinkedInDataExport_09-18-2022/messages.csv": (4, 0),
    "labeldekho+linkedin-network-intelligence/tests/fixtures/Messages.csv": (11, 0),
}


def read(name: str) -> Batch:
    path = SHARED / name
    with path.open("rb") as file:
        kind = formats.recognise(Sample(path.name, file.read(65_536)))
        assert kind
        file.seek(0)
        whole = Batch()
        for batch in formats.read(kind, file, datetime(2027, 1, 1, tzinfo=UTC)):
            whole.people += batch.people
            whole.own += batch.own
            whole.touches += batch.touches
            whole.exchanges += batch.exchanges
            whole.known += batch.known
            whole.problems += batch.problems
            whole.hidden += batch.hidden
            whole.at = batch.at
    assert whole.at == path.stat().st_size
    return whole


@needs_shared
@pytest.mark.parametrize("name", PEOPLE)
def test_who_is_in_it(name: str) -> None:
    found = read(name)
    assert (len(found.people), found.hidden, len(found.own)) == PEOPLE[name]


@needs_shared
@pytest.mark.parametrize("name", EXCHANGES)
def test_what_was_exchanged(name: str) -> None:
    found = read(name)
    assert (len(found.touches), len(found.known)) == EXCHANGES[name]
    assert (found.people, found.problems) == ([], [])


@needs_shared
@pytest.mark.parametrize("name", MESSAGES)
def test_who_wrote_to_whom(name: str) -> None:
    found = read(name)
    assert (len(found.exchanges), len(found.problems)) == MESSAGES[name]
    assert len({one.external_id for one in found.exchanges}) == len(found.exchanges)


@needs_shared
def test_who_is_in_a_group() -> None:
    """The only group thread, and its second author, whose name has a comma."""
    found = read(ERIC + "Complete_LinkedInDataExport_09-18-2022/messages.csv").exchanges
    third = next(one for one in found if one.where == 4)
    assert [party.name for party in third.others] == ["Ravi Menon", "Jane Doe"]
    assert [one.context for one in found if one.context] == ["Booked", "Congrats on the new role"]


@needs_shared
def test_every_other_table_has_a_sentence() -> None:
    tables = {str(path.relative_to(SHARED)): path for path in SHARED.rglob("*.csv")}
    assert len(tables) == 63
    for name in tables.keys() - PEOPLE.keys() - EXCHANGES.keys() - MESSAGES.keys():
        path = tables[name]
        sample = Sample(path.name, path.read_bytes()[:65_536])
        assert formats.recognise(sample) is None, name
        told = formats.known_elsewhere(sample)
        if path.name == "Invalid.csv":
            assert told == ""
            assert "foo, bar, baz" in formats.refusal(sample).message
        else:
            assert told.endswith(", not people."), name


@needs_shared
def test_the_corpus_is_read_as_its_source_says() -> None:
    """The source puts an apostrophe before what a spreadsheet would calculate; we are no spreadsheet."""
    stated = json.loads((SHARED / HERMIONE / "tests/fixtures/parity-corpus-expected.json").read_text())
    people = read(HERMIONE + "tests/fixtures/connections-corpus.csv").people
    for person, row in zip(people, stated["connections"], strict=True):
        assert person.organisation == _plain(row["Company"])
        assert person.title == _plain(row["Position"])
        assert (person.known_since.isoformat() if person.known_since else "30 Feb 2026") == row["Connected On"]
        addresses = [email.value for email in person.emails]
        assert addresses == ([row["Email Address"]] if "@" in row["Email Address"] else [])
        links = [value.value for value in person.links + person.profiles]
        assert [link.replace("//www.", "//") for link in links] == (
            [row["URL"]] if row["URL"].startswith("http") else []
        )


def _plain(cell: str) -> str:
    return text.tidy(cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell)


@needs_shared
def test_malformed_tables_come_out_as_their_source_says() -> None:
    """Only the outcome for connections is ours to meet: notes with no table are refused, in words."""
    stated = json.loads((SHARED / HERMIONE / "tests/fixtures/malformed-csv-outcomes.json").read_text())
    kind = formats.named("linkedin-connections")
    assert kind
    for case in stated["cases"]:
        sample = Sample(f"{case['fileType']}.csv", case["csv"].encode())
        assert formats.recognise(sample) is None, case["id"]
        refused = formats.refusal(sample)
        assert isinstance(refused, Unreadable), case["id"]
        if case["id"] == "connections-preamble-only":
            assert "has no people in it" in refused.message
        if case["expected"]["python"] == "accepted":
            assert formats.known_elsewhere(sample), case["id"]
