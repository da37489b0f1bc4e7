"""Texts and calls of a phone: with whom, which way, and what a file may do that is no XML or too much of it."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import sms
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "phone"
TEXTS = (SAMPLES / "texts_and_pictures.xml").read_bytes()
NORA = Party("p:+15550100142", "Nora Quist")
BEN = Party("p:+15550100177")
START = datetime(2024, 1, 15, 10, tzinfo=UTC)


def read(content: bytes | str) -> Batch:
    raw = content if isinstance(content, bytes) else content.encode()
    assert formats.recognise(Sample("backup.xml", raw[:65_536])) is sms.FORMAT
    whole = Batch()
    for batch in formats.read(sms.FORMAT, io.BytesIO(raw), datetime(2026, 1, 1, tzinfo=UTC)):
        whole.exchanges += batch.exchanges
        whole.problems += batch.problems
        whole.at = batch.at
    assert whole.at == len(raw)
    return whole


def text(number: int, **more: str) -> str:
    said = {"address": "+15550100142", "date": f"{1705312800000 + number}", "type": "1", "contact_name": "Nora Quist"}
    return "<sms " + " ".join(f'{name}="{value}"' for name, value in (said | more).items()) + " />"


def smses(*inside: str) -> str:
    return f"<smses>{''.join(inside)}</smses>"


def test_it_works() -> None:
    assert read(TEXTS).exchanges[1] == Exchange(
        2, "sms:p:+15550100142:1705313100000:out", START + timedelta(minutes=5), "sms", None, (NORA,), mine=True
    )


def test_an_emoji_in_two_halves_is_put_together() -> None:
    assert read(TEXTS).exchanges[0].sender == NORA._replace(name="Nora Quist 🌊")


def test_who_wrote_to_whom() -> None:
    found = read(TEXTS).exchanges
    assert [(one.where, one.mine, one.sender and one.sender.name, len(one.others)) for one in found] == [
        (1, False, "Nora Quist 🌊", 0),
        (2, True, None, 1),
        (3, False, "", 0),
        (8, False, "Aunt next door", 0),
        (10, False, "", 2),
        (11, True, None, 1),
        (12, False, "Nora Quist", 0),
    ]
    assert (found[4].sender, found[4].others) == (BEN, (Party("p:+15550100142"), Party("p:+15550100101")))


def test_a_number_without_its_country_keeps_its_digits() -> None:
    assert read(TEXTS).exchanges[2].sender == Party("n:07700900123")


def test_nothing_that_was_written_is_kept() -> None:
    found = repr(read(TEXTS))
    assert not [word for word in ("water", "Thanks", "parcel", "boat", "AAAA") if word in found]


def test_a_date_that_makes_no_sense_costs_its_entry_only() -> None:
    assert [(problem.row, problem.message) for problem in read(TEXTS).problems] == [
        (9, "The date of this entry, “0”, makes no sense.")
    ]


def test_calls() -> None:
    found = read((SAMPLES / "calls.xml").read_bytes()).exchanges
    assert [(one.both, one.mine, one.sender, one.others) for one in found] == [
        (True, False, None, (NORA,)),
        (True, True, None, (NORA,)),
        (False, True, None, (NORA,)),
        (False, False, NORA, ()),
        (False, False, NORA, ()),
        (False, False, NORA, ()),
    ]
    assert {one.channel for one in found} == {"call"}
    assert found[0].external_id == "call:p:+15550100142:1705312800000:in"


# What a file may do


def test_a_file_that_breaks_off_keeps_what_was_read() -> None:
    found = read(TEXTS[: TEXTS.index(b"07700900123")])
    assert len(found.exchanges) == 2
    assert "breaks off or is damaged in line 7" in found.problems[0].message


def test_what_was_never_a_backup_is_refused() -> None:
    with pytest.raises(Unreadable, match="its XML is damaged"):
        read("<smses <<<")


@pytest.mark.parametrize(
    "declared", ['<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/hostname">']
)
def test_entities_are_refused(declared: str) -> None:
    with pytest.raises(Unreadable, match="entities of its own"):
        read(f"<!DOCTYPE smses [{declared}]>{smses(text(1, contact_name='&a;'))}")


@pytest.mark.parametrize("written", ["&#55357;", "&#xD83D;", "&#0;", "&#x1F;", "\x01", "&#9999999;"])
def test_what_is_no_letter_is_dropped(written: str) -> None:
    (one,) = read(smses(text(1, contact_name=f"Nora{written} Quist"))).exchanges
    assert one.sender == NORA


def test_no_reference_is_torn_where_two_pieces_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sms, "_PIECE", 48)
    entry = text(1, contact_name="&#55357;&#56832;&#10;&#55356;&#57098;")
    found = [read(f"<smses>{' ' * before}{entry}</smses>").exchanges[0] for before in range(48)]
    assert {one.sender and one.sender.name for one in found} == {"😀 🌊"}


def test_a_large_picture_costs_nothing() -> None:
    part = "".join((
        '<mms date="1705312800000" msg_box="1" address="+15550100142"><part data="',
        "QUJDREVGR0hJ&#10;" * 2_000_000,
        '" /></mms>',
    ))  # fmt: skip
    assert len(read(smses(part)).exchanges) == 1


def test_an_entry_without_an_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="larger than any"):
        read('<smses><sms body="' + "no end, " * 600_000)


@pytest.mark.parametrize("other", ["<html><body>", "<?xml version='1.0'?><people/>", "Name,Phone\n<calls>,1\n", ""])
def test_no_other_file_is_taken(other: str) -> None:
    assert not sms.recognise(Sample("backup.xml", other.encode()))


PIECES = ["<sms ", "<mms ", "<call ", "/>", ">", "</mms>", "<addr ", 'type="1" ', 'date="1705312800000" ', "&#55357;"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=9)), max_size=20))
def test_nothing_but_unreadable_is_ever_raised(pieces: list[str]) -> None:
    with suppress(Unreadable):
        list(sms.read(io.BytesIO(f"<smses>{''.join(pieces)}".encode("utf-8", "replace"))))
