"""Every WhatsApp chat that others published, beside what is in it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keepwarm import formats
from keepwarm.formats.batch import Batch, Sample

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "whatsapp"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data, which a plain clone does not have")
CHATS = SHARED / "lucasrodes+whatstk" / "chats" / "whatsapp"

# Lines, as each holds one message but two of pokemon.txt; members by `cut` and `sort -u`; the first and the last day.
FOUND = {
    "lorem.txt": (500, 4, "2020-01-15", "2020-05-11"),  # begins with 15-01-20
    "lorem-2000.txt": (2000, 4, "2019-04-16", "2020-06-13"),
    "lorem-merge-part1.txt": (300, 4, "2019-10-20", "2020-01-10"),
    "lorem-merge-part2.txt": (300, 5, "2020-06-20", "2020-09-10"),
    "pokemon.txt": (18, 8, "2016-08-06", "2016-10-31"),
}


def read(name: str) -> Batch:
    whole = Batch()
    with (CHATS / name).open("rb") as file:
        kind = formats.recognise(Sample(name, file.read(65_536)))
        assert kind
        assert kind.name == "whatsapp"
        file.seek(0)
        for batch in formats.read(kind, file, datetime(2027, 1, 1, tzinfo=UTC)):
            whole.exchanges += batch.exchanges
            whole.problems += batch.problems
    return whole


@needs_shared
@pytest.mark.parametrize("name", FOUND)
def test_who_wrote_and_when(name: str) -> None:
    found = read(name)
    members = {one.sender for one in found.exchanges}
    days = [one.at.date().isoformat() for one in found.exchanges]
    assert (len(found.exchanges), len(members), days[0], days[-1]) == FOUND[name]
    assert days == sorted(days)
    assert found.problems == []
    assert {len(one.others) for one in found.exchanges} == {len(members) - 1}


@needs_shared
def test_each_author_has_all_their_messages() -> None:
    """Counted anew by the plain text between the clock and the colon."""
    raw = (CHATS / "lorem.txt").read_text(encoding="utf-8")
    found = Counter(one.sender.name or "+1 123 456 789" for one in read("lorem.txt").exchanges if one.sender)
    assert found == {name: raw.count(f"] {name}: ") for name in found}


@needs_shared
def test_no_chat_is_left_out() -> None:
    assert {path.name for path in SHARED.rglob("*.*") if path.is_file()} == set(FOUND)
