"""What we write, we and others read: cards go out and come back the same."""

from __future__ import annotations

import io
import string
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm.core.people import Address, PartialDate, PersonRecord, Photo, Value
from keepwarm.formats.batch import Unreadable
from keepwarm.formats.vcard import read, write
from keepwarm.formats.vcard_lines import one_line, tidy
from keepwarm.formats.vcard_write import Version, folded, one_line_address

VERSIONS: tuple[Version, ...] = ("3.0", "4.0")
JPEG = Photo(b"\xff\xd8\xff\xe0" + bytes(range(256)), "image/jpeg")
ADA = PersonRecord(
    where=1,
    name="Ada, Countess of Lovelace",
    external_id="urn:uuid:1815",
    given="Ada",
    family="Byron; King",
    emails=(Value("ada@example.org", "home"), Value("ada@engine.example", "the mill")),
    phones=(Value("+44 20 7946 0000", "work fax"),),
    links=(Value("https://example.org/a,b;c", ""),),
    profiles=(Value("https://www.linkedin.com/in/ada", "linkedin"),),
    handles=(Value("ada 1815", "skype"),),
    organisation="Engines, Ltd",
    department="Notes",
    addresses=(Address("At the lake, St James's Square", "home", "12 St James's Square", "London"),),
    note="First line\nSecond, and \\ third",
    birthday=PartialDate(None, 12, 10),
    anniversary=PartialDate(1835, 7, 8),
    categories=("mathematics", "friends, old"),
    photo=JPEG,
    known_since=date(2020, 2, 29),
    revised=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
)


def read_back(text: str) -> list[PersonRecord]:
    return [person for batch in read(io.BytesIO(text.encode())) for person in batch.people]


@pytest.mark.parametrize("version", VERSIONS)
def test_it_works(version: Version) -> None:
    assert read_back("".join(write([ADA], version))) == [ADA]


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10"),
        ("4.0", "BDAY:--1210"),
        ("3.0", "X-ANNIVERSARY:1835-07-08"),
        ("4.0", "ANNIVERSARY:18350708"),
        ("3.0", "REV:2024-01-02T03:04:05Z"),
        ("4.0", "REV:20240102T030405Z"),
        ("3.0", "TEL;TYPE=WORK,FAX:+44 20 7946 0000"),
        ("4.0", "EMAIL;TYPE=HOME;PREF=1:ada@example.org"),
        ("3.0", "item1.X-ABLabel:the mill"),
        ("3.0", r"FN:Ada\, Countess of Lovelace"),
        ("4.0", 'IMPP;X-SERVICE-TYPE="skype":skype:ada%201815'),
    ],
)
def test_lines_as_each_version_has_them(version: Version, line: str) -> None:
    assert line in "".join(write([ADA], version)).split("\r\n")


def test_a_person_named_as_their_firm_stays_a_person() -> None:
    baker = PersonRecord(1, "Jo Baker", organisation="Jo Baker")

    for version in VERSIONS:
        assert read_back("".join(write([baker], version))) == [baker]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_folds_are_75_octets_and_cut_no_letter(line: str) -> None:
    pieces = folded(line).removesuffix("\r\n").split("\r\n")

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line


# Everything a record can hold

letters = st.characters(exclude_categories=["Cs", "Cc"])
words = st.text(letters, max_size=40).map(one_line)
some_words = words.filter(bool)
notes = st.text(st.one_of(letters, st.sampled_from("\n\t")), max_size=200).map(tidy)
labels = st.one_of(
    st.sampled_from(["", "home", "work", "cell", "fax", "work fax", "home fax", "pager", "other"]),
    some_words.map(str.lower).map(one_line).filter(lambda word: word == word.lower() and "!$" not in word),
)
local_parts = st.text(string.ascii_letters + string.digits + "._+-", min_size=1, max_size=20)
emails = st.builds("{}@{}.example".format, local_parts, st.text(string.ascii_lowercase, min_size=1, max_size=9))
numbers = st.text("0123456789+-() ", max_size=20).map(str.strip).filter(bool)
pages = st.builds("https://{}.example/{}".format, st.sampled_from(["a", "b"]), st.text("abc/?=&;,\\", max_size=20))
days = st.one_of(
    st.none(),
    st.dates(date(1800, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: PartialDate(None, day.month, day.day)),
    st.builds(PartialDate, st.integers(1800, 2100), st.none() | st.integers(1, 12), st.none()),
    st.builds(PartialDate, st.none(), st.integers(1, 12), st.none()),
)
photos = st.builds(Photo, st.binary(max_size=300).map(b"\x89PNG\r\n\x1a\n".__add__), st.just("image/png")) | st.builds(
    Photo, st.binary(max_size=300).map(b"GIF89a".__add__), st.just("image/gif")
)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


def values(kind: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Value, ...]]:
    made = st.builds(Value, kind, labels)
    return st.lists(made, max_size=4, unique_by=lambda value: value.value).map(tuple)


def whole(text: str, label: str, parts: tuple[str, ...]) -> Address:
    return Address(text or one_line_address(*parts), label, *parts)


addresses = st.builds(whole, words, labels, st.tuples(words, words, words, words, words)).filter(
    lambda address: bool(address.text)
)
records = st.builds(
    PersonRecord,
    kept=st.none(),
    where=st.just(1),
    name=some_words,
    external_id=words,
    given=words,
    middle=words,
    family=words,
    prefix=words,
    suffix=words,
    nickname=words,
    emails=values(emails),
    phones=values(numbers),
    links=values(pages),
    profiles=values(pages),
    handles=values(some_words),
    organisation=words,
    department=words,
    title=words,
    addresses=st.lists(addresses, max_size=3, unique=True).map(tuple),
    note=notes,
    birthday=days,
    anniversary=days,
    categories=st.lists(some_words, max_size=4, unique=True).map(tuple),
    photo=st.none() | photos,
    known_since=st.none() | st.dates(date(1900, 1, 1)),
    revised=st.none() | moments,
    is_organisation=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(records, st.sampled_from(VERSIONS))
def test_every_field_comes_back(record: PersonRecord, version: Version) -> None:
    (back,) = read_back("".join(write([record], version)))

    assert back._asdict() == record._asdict()


# Whatever the bytes


def read_all(raw: bytes) -> None:
    with suppress(Unreadable):
        for batch in read(io.BytesIO(raw)):
            assert all(person.name for person in batch.people)
            assert all(problem.message and problem.fix for problem in batch.problems)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=500))
def test_any_bytes_after_a_begin_are_read_or_told(raw: bytes) -> None:
    read_all(raw)
    read_all(b"BEGIN:VCARD\r\n" + raw)


FIELDS = (
    *("FN", "N", "NICKNAME", "ORG", "TITLE", "NOTE", "ADR", "LABEL", "BDAY", "X-ANNIVERSARY", "EMAIL", "TEL"),
    *("URL", "IMPP", "CATEGORIES", "REV", "UID", "KIND", "PHOTO", "X-SOCIALPROFILE", "X-ABLabel", "X-ABDATE"),
    *("AGENT", "BEGIN", "END", "VERSION", "item1.TEL", "item1.X-ABLabel", "X-KEEPWARM-KNOWN-SINCE"),
)
PARAMETERS = (
    *(";TYPE=home", ";PREF=1", ";PREF=²", ";ENCODING=b", ";ENCODING=QUOTED-PRINTABLE", ";CHARSET=rot13"),
    *(";CHARSET=utf-7", ";CHARSET=iso-2022-jp", ";VALUE=uri", ';LABEL="a:b', ";X-SERVICE-TYPE=Skype", ';="'),
)
lines = st.builds(
    "{}{}:{}".format,
    st.sampled_from(FIELDS),
    st.lists(st.sampled_from(PARAMETERS), max_size=3).map("".join),
    st.one_of(st.text(max_size=30), st.sampled_from(["data:;base64,AAA", "=3D=", "99991231T235959Z", "VCARD"])),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(lines, max_size=12), st.sampled_from(["\n", "\r\n", "\r", "\n ", "=\n"]), st.data())
def test_nearly_cards_are_read_or_told(found: list[str], end: str, data: st.DataObject) -> None:
    raw = end.join(["BEGIN:VCARD", *found, "END:VCARD", ""]).encode("utf-8", "replace")
    at = data.draw(st.integers(0, len(raw)))

    read_all(raw)
    read_all(raw[:at] + data.draw(st.binary(max_size=3)) + raw[at + 1 :])
