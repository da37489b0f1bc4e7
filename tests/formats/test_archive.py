"""Zip archives, honest and otherwise."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.formats import archive
from keepwarm.formats.archive import Limits
from keepwarm.formats.batch import Sample, Unreadable

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "linkedin"


def zipped(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            made.writestr(name, data)
    return target.getvalue()


def names(raw: bytes, limits: Limits = archive.USUAL) -> list[str]:
    return [member.name for member in archive.members(io.BytesIO(raw), limits)]


def test_it_works() -> None:
    raw = zipped(("Connections.csv", b"First Name"), ("Jobs/Saved Jobs.csv", b"x"))
    assert archive.is_zip(Sample("x.zip", raw))
    first, second = archive.members(io.BytesIO(raw))
    assert (first.name, first.size, first.open().read()) == ("Connections.csv", 10, b"First Name")
    assert second.name == "Jobs/Saved Jobs.csv"
    assert first.open().read(5) == b"First"  # from the start again


@pytest.mark.parametrize(
    "name", ["__MACOSX/._Connections.csv", ".DS_Store", "a/.DS_Store", "a/Thumbs.db", "folder/", "._x.csv"]
)
def test_clutter_is_passed_over(name: str) -> None:
    assert names(zipped((name, b""), ("a.csv", b"x"))) == ["a.csv"]


def test_a_name_that_points_elsewhere_is_only_a_name() -> None:
    raw = zipped(("../../etc/x.csv", b"safe"), ("/abs.csv", b"safe"))
    assert [member.open().read() for member in archive.members(io.BytesIO(raw))] == [b"safe", b"safe"]


def test_names_in_utf8_that_do_not_say_so() -> None:
    raw = zipped(("Été.csv", b"x"))
    undeclared = raw.replace(struct.pack("<HH", 20, 0x800), struct.pack("<HH", 20, 0))
    assert undeclared != raw
    assert names(undeclared) == ["Été.csv"]


def test_names_in_the_old_dos_alphabet() -> None:
    raw = zipped(("Xt_.csv", b"x")).replace(b"Xt_", b"\x90t\x82")
    assert names(raw) == ["Été.csv"]


def test_a_file_with_a_password_is_refused_alone() -> None:
    raw = bytearray(zipped(("locked.csv", b"secret"), ("open.csv", b"fine")))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    locked, fine = archive.members(io.BytesIO(bytes(raw)))
    with pytest.raises(Unreadable, match="locked.csv is locked with a password"):
        locked.open()
    assert fine.open().read() == b"fine"


def test_a_damaged_file_is_refused_alone() -> None:
    raw = zipped(("bad.csv", b"0123456789" * 99), ("good.csv", b"fine"))
    start = raw.index(b"bad.csv") + 7
    bad, good = archive.members(io.BytesIO(raw[:start] + b"\xff" * 4 + raw[start + 4 :]))
    with pytest.raises(Unreadable, match="bad.csv is damaged"):
        bad.open().read()
    assert good.open().read() == b"fine"


def test_a_bomb_stops_while_it_is_read_whatever_its_header_says() -> None:
    raw = zipped(("bomb.csv", b"\0" * 3_000_000))
    limits = Limits(free=1_000_000, ratio=100)
    (member,) = archive.members(io.BytesIO(raw), limits)
    stream = member.open()
    assert len(stream.read(500_000)) == 500_000
    with pytest.raises(Unreadable, match="far more than its size"):
        stream.read()


def test_many_small_bombs_count_together_and_reading_twice_counts_once() -> None:
    raw = zipped(*((f"{i}.csv", b"\0" * 400_000) for i in range(3)))
    limits = Limits(free=1_000_000, ratio=10)
    one, two, three = archive.members(io.BytesIO(raw), limits)
    for member in (one, one, one, two):
        assert len(member.open().read()) == 400_000
    with pytest.raises(Unreadable):
        three.open().read()


def test_files_that_share_their_bytes_are_refused() -> None:
    raw = zipped(("a.csv", b"x" * 500), ("b.csv", b"y" * 500))
    entry = raw.rindex(b"PK\x01\x02")
    sharing = raw[: entry + 42] + struct.pack("<I", 0) + raw[entry + 46 :]
    with pytest.raises(Unreadable, match="overlap"):
        names(sharing)


def test_too_many_files_are_refused_before_they_are_listed() -> None:
    raw = zipped(*((f"{i}", b"") for i in range(30)))
    with pytest.raises(Unreadable, match="more than 20 files"):
        names(raw, Limits(members=20))


def counted(raw: bytes, count: int) -> bytes:
    """The archive, its end saying that there are so many files."""
    end = raw.rindex(b"PK\x05\x06")
    return raw[: end + 8] + struct.pack("<HH", count, count) + raw[end + 12 :]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_end_that_disagrees_with_the_list(count: int) -> None:
    raw = zipped(("a.csv", b"x"), ("b.csv", b"y"))
    with pytest.raises(Unreadable, match="two things about how many files"):
        names(counted(raw, count))


def large(raw: bytes, count: int) -> bytes:
    """The archive with a zip64 end record in front of its end."""
    end = raw.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<II", raw[end + 12 : end + 20])
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    return raw[:end] + record + struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1) + raw[end:]


def test_a_large_archive_is_counted_by_its_own_end_record() -> None:
    raw = zipped(*((f"{i}", b"") for i in range(30)))
    assert len(names(large(counted(raw, 0xFFFF), 30))) == 30
    with pytest.raises(Unreadable, match="more than 20 files"):
        names(large(counted(raw, 0xFFFF), 30), Limits(members=20))
    with pytest.raises(Unreadable, match="damaged"):
        names(large(counted(raw, 5), 30))


def test_a_list_that_is_longer_than_its_end_says_makes_no_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = counted(zipped(*((f"{i}", b"") for i in range(30))), 2)
    monkeypatch.setattr(archive.zipfile, "ZipInfo", lambda *_: pytest.fail("an object was made"))
    with pytest.raises(Unreadable, match="more than 20 files"):
        names(raw, Limits(members=20))


def test_two_files_of_one_name_are_two() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = zipped(("a.csv", b"one"), ("a.csv", b"two"))
    assert [member.open().read() for member in archive.members(io.BytesIO(raw))] == [b"one", b"two"]


@pytest.mark.parametrize("cut", [10, 60, 100])
def test_half_a_download(cut: int) -> None:
    raw = zipped(("a.csv", b"x" * 500), ("b.csv", b"y" * 500))
    with pytest.raises(Unreadable):
        names(raw[:-cut])


def test_documents_that_are_zips_inside_are_no_archives() -> None:
    book = zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>"))
    assert not archive.is_zip(Sample("people.xlsx", book))
    assert archive.office_kind(Sample("people.xlsx", book)) == "spreadsheet"
    assert "File > Save As > CSV UTF-8" in formats.refusal(Sample("people.xlsx", book)).fix


def test_an_archive_inside_an_archive_has_a_sentence() -> None:
    (inner,) = archive.members(io.BytesIO(zipped(("inner.zip", zipped(("a.csv", b"x"))))))
    sample = Sample(inner.name, inner.open().read(1000))
    assert formats.recognise(sample) is None
    assert formats.refusal(sample).message == "inner.zip is an archive inside an archive."


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 400), junk=st.binary(max_size=30))
def test_any_damage_is_read_or_refused(at: int, junk: bytes) -> None:
    raw = zipped(("a.csv", b"x" * 50), ("b/c.csv", b"y" * 50))
    damaged = raw[:at] + junk + raw[at + len(junk) :]
    with suppress(Unreadable):
        for member in archive.members(io.BytesIO(damaged)):
            member.open().read()


def test_a_whole_linkedin_export() -> None:
    path = SHARED / "silkyrich+linkedin-export-viewer/fixtures/sample_export.zip"
    if not path.exists():
        pytest.skip("needs ../shared/data, which a plain clone does not have")
    people, facts, read, told = 0, 0, {}, {}
    with path.open("rb") as file:
        for member in archive.members(file):
            sample = Sample(member.name, member.open().read(65_536))
            if kind := formats.recognise(sample):
                read[member.name] = kind.name
                batches = list(kind.read(member.open()))
                people += sum(len(batch.people) for batch in batches)
                facts += sum(len(batch.own) for batch in batches)
            else:
                told[member.name] = formats.refusal(sample).message
    assert read == {
        "Connections.csv": "linkedin-connections",
        "Education.csv": "linkedin-education",
        "Email Addresses.csv": "linkedin-emails",
        "Endorsement_Given_Info.csv": "linkedin-endorsements-given",
        "Endorsement_Received_Info.csv": "linkedin-endorsements-received",
        "Invitations.csv": "linkedin-invitations",
        "Positions.csv": "linkedin-positions",
        "Profile.csv": "linkedin-profile",
        "Recommendations_Given.csv": "linkedin-recommendations-given",
        "Recommendations_Received.csv": "linkedin-recommendations-received",
        "messages.csv": "linkedin-messages",
    }
    assert (people, facts, len(told)) == (2000, 2 + 2 + 11 + 4, 34)
    csv_files = {name: sentence for name, sentence in told.items() if name.endswith(".csv")}
    assert all(", not people." in s or "not read these yet" in s for s in csv_files.values())
    assert all("a web page" in s for name, s in told.items() if name.endswith(".html"))
