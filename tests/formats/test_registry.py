"""Which format a file is in; and a clear sentence for what none of them reads."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.formats.batch import Sample

SAMPLES = Path(__file__).parent / "samples" / "linkedin"
MESSAGES = b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
CONNECTIONS = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def test_every_format_has_its_own_name() -> None:
    names = [kind.name for kind in formats.FORMATS]
    assert len(set(names)) == len(names)
    assert names[0] == "vcard"
    assert formats.named("linkedin-connections") in formats.FORMATS
    assert formats.named("clay-tablet") is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n", "vcard"),
        (CONNECTIONS, "linkedin-connections"),
        (MESSAGES, "linkedin-messages"),
        (b"[15/01/2024, 10:00:01] Ada: hi", "whatsapp"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "ics"),
        (b"From ada@x.example Mon Jan  1 10:00:00 2024\nSubject: hi\n", "mbox"),
        (b"Received: from x\r\n by y\r\nFrom: ada@x.example\r\nSubject: hi\r\n\r\nhi", "eml"),
        ((SAMPLES / "profile.csv").read_bytes(), "linkedin-profile"),
        ((SAMPLES / "positions.csv").read_bytes(), "linkedin-positions"),
        ((SAMPLES / "education.csv").read_bytes(), "linkedin-education"),
        ((SAMPLES / "own_addresses.csv").read_bytes(), "linkedin-emails"),
    ],
)
def test_the_bytes_decide_not_the_name(head: bytes, name: str) -> None:
    kind = formats.recognise(Sample("some-file.txt", head))
    assert kind
    assert kind.name == name


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (
            '"FROM","TO","DATE","CONTENT"',
            "my.csv holds messages, without LinkedIn's column CONVERSATION ID. "
            "Keepwarm does not read these yet; nothing was changed.",
        ),
        ("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility", "my.csv holds posts, not people."),
        ("\ufeffName", "my.csv holds your skills, not people."),
        ("Name,Town", ""),
        ("", ""),
    ],
)
def test_other_files_of_the_export_are_named(head: str, sentence: str) -> None:
    assert formats.known_elsewhere(Sample("Folder/my.csv", head.encode())) == sentence


def test_chats_that_only_look_like_messages() -> None:
    sample = Sample("Folder/guide_messages.csv", MESSAGES)
    assert formats.recognise(sample) is None
    assert formats.known_elsewhere(sample) == "guide_messages.csv holds chats with LinkedIn's assistant, not people."


# name, head, what the sentence says, what the way on says
REFUSED = [
    ("a.csv", b"", "a.csv is empty.", "once more"),
    ("a.csv", b" \r\n", "a.csv is empty.", "once more"),
    ("Connections.csv", b"<!DOCTYPE html><html><head>", "a web page", "Sign in"),
    ("Connections.csv", b"\n\n  <html lang=en>", "a web page", "Sign in"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "an old Excel", "CSV UTF-8"),
    ("a.pdf", b"%PDF-1.7\nplain letters only", "a PDF", ".vcf or .csv"),
    ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "a picture", ".vcf or .csv"),
    ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\0\0\1\0\1", "a picture", ".vcf or .csv"),
    ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a picture", ".vcf or .csv"),
    ("a.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\3" + b"\1\2\3\4" * 9, "a compressed archive", "Unpack"),
    ("a.db", b"SQLite format 3\0\x10\0\1\1\0\1\2\3\4\5", "a database", ".vcf or .csv"),
    ("a.bin", bytes(range(32)) * 9, "a.bin holds no text", ".vcf, .csv or .zip"),
    ("a.json", b'{"people": []}', "a JSON file", ".vcf or .csv"),
    ("a.xml", b"<?xml version='1.0'?><people/>", "an XML file", ".vcf or .csv"),
    ("a.rtf", b"{\\rtf1\\ansi}", "a rich text document", ".vcf or .csv"),
    ("a.csv", b"foo,bar,baz\n1,2,3\n", "does not know: “foo, bar, baz”", "vCard"),
    (
        "Connections.csv",
        (SAMPLES / "notes_and_nobody.csv").read_bytes(),
        "has no people in it",
        "Connections",
    ),
    ("a.txt", b"Dear diary", "no list of people", ".vcf, .csv or .zip"),
    ("", b"Dear diary", "This file is text", ".vcf, .csv or .zip"),
]


@pytest.mark.parametrize(("name", "head", "says", "way_on"), REFUSED)
def test_every_refusal_is_one_sentence_and_a_way_on(name: str, head: bytes, says: str, way_on: str) -> None:
    sample = Sample(name, head)
    assert formats.recognise(sample) is None
    refused = formats.refusal(sample)
    assert says in refused.message
    assert way_on in refused.fix
    assert refused.message.endswith(".")


def test_a_day_in_the_future_is_not_believed() -> None:
    kind = formats.named("linkedin-connections")
    assert kind
    rows = CONNECTIONS + b"Ada,Byron,,,,,02 Jan 2024\nBen,Hale,,,,,03 Jan 2024\n"
    (batch,) = formats.read(kind, io.BytesIO(rows), datetime(2024, 1, 2, 23, tzinfo=UTC))
    assert [person.known_since for person in batch.people] == [date(2024, 1, 2), None]
    assert [(problem.row, problem.field) for problem in batch.problems] == [(3, "Connected On")]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes_have_a_format_or_a_sentence(head: bytes) -> None:
    sample = Sample("x", head)
    if formats.recognise(sample) is None:
        assert formats.refusal(sample).message
        assert formats.known_elsewhere(sample) in ("", formats.refusal(sample).message)


@pytest.mark.parametrize(
    ("lines", "field", "called"),
    [
        ("EMAIL:a{}@example.com", "emails", "e-mail addresses"),
        ("TEL:+44 7700 900{:03}", "phones", "phone numbers"),
        ("ADR:;;{} High Street;Leeds;;;", "addresses", "addresses"),
        ("CATEGORIES:club {}", "categories", "categories"),
    ],
)
def test_nobody_has_a_thousand_of_one_thing(lines: str, field: str, called: str) -> None:
    many = "".join(f"{lines.format(n)}\r\n" for n in range(formats.MOST_VALUES + 1))
    card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEMAIL:z@example.com\r\n{many}END:VCARD\r\n"
    kind = formats.named("vcard")
    assert kind
    (batch,) = formats.read(kind, io.BytesIO(card.encode()), datetime(2026, 1, 1, tzinfo=UTC))
    assert len(getattr(batch.people[0], field)) == formats.MOST_VALUES
    count = 202 if field == "emails" else 201
    assert [problem.message for problem in batch.problems] == [
        f"“Ann Lee” has {count} {called}; the first 200 were kept."
    ]
