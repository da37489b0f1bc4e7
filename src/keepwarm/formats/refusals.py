"""One clear sentence, and a way on, for every kind of file that Keepwarm does not read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from keepwarm.formats import archive, linkedin_export, table, text
from keepwarm.formats.batch import Sample, Unreadable

_AS_CSV = "Open it, choose File > Save As > CSV UTF-8, and give Keepwarm that file."
_EXPORT = "Export your people as .vcf or .csv and choose that file."
_NAME_THEM = "Write Name and E-mail above the columns that hold them, or export the same people as vCard (.vcf)."
_INNER = "Unpack it, and choose the .csv or .vcf file from inside."
_AS_EXPORTED = "Choose the file as it was exported: .vcf, .csv or .zip."


class Kind(NamedTuple):
    """`what` completes "This file is …"; the first kind whose test holds is told."""

    what: str
    fix: str
    holds: Callable[[bytes], object]


def _starts(*heads: bytes) -> Callable[[bytes], object]:
    return lambda head: head.startswith(heads)


def _matches(pattern: bytes) -> Callable[[bytes], object]:
    return re.compile(pattern, re.IGNORECASE).search


_BEGIN = rb"\A(?:\xef\xbb\xbf|\s)*"
BY_BYTES = (
    Kind("an old Excel or Word file", _AS_CSV, _starts(b"\xd0\xcf\x11\xe0")),
    Kind("a PDF, made for reading and printing", _EXPORT, _starts(b"%PDF")),
    Kind("a picture", _EXPORT, _starts(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")),
    Kind("a picture", _EXPORT, _matches(rb"\A(?:RIFF(?s:.{4})WEBP|(?s:.{4})ftyp(?:heic|heix|mif1|avif))")),
    Kind("a recording or a film", _EXPORT, _matches(rb"\A(?:ID3|OggS|RIFF|(?s:.{4})ftyp)")),
    Kind("a compressed archive", _INNER, _starts(b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")),
    Kind("a database", _EXPORT, _starts(b"SQLite format 3")),
    Kind("an Outlook mailbox (.pst)", _EXPORT, _starts(b"!BDN")),
    Kind("a program", _EXPORT, _starts(b"MZ", b"\x7fELF")),
)
BY_TEXT = (
    Kind("a rich text document", _EXPORT, _matches(rb"\A\{\\rtf")),
    Kind(
        "a web page, not a table: often a sign-in page saved under the wrong name",
        "Sign in, download the export again, and choose the .csv or .zip.",
        _matches(_BEGIN + rb"(?:<!doctype html|<html|<head|<body|<table|<script|<!--)"),
    ),
    Kind("an XML file", _EXPORT, _matches(_BEGIN + rb"<(?:\?xml|[a-z])")),
    Kind("a JSON file, and neither Keepwarm's own nor Monica's", _EXPORT, _matches(_BEGIN + rb"[\[{]\s*[\"{\[\]}\d]")),
)
_NOTES_ONLY = re.compile(r"\s*(?:Notes?|Notizen|Notas|Note|Opmerkingen)\s*:", re.IGNORECASE)


def refusal(sample: Sample) -> Unreadable:
    """Why this file is not read, in one sentence, and what to do."""
    name = PurePosixPath(sample.name.replace("\\", "/")).name or "This file"
    if not sample.head.strip():
        return Unreadable(f"{name} is empty.", "Export it once more, and check that the file has a size.")
    return _zipped(name, sample) or _by_kind(name, sample) or _by_columns(name, sample)


def _zipped(name: str, sample: Sample) -> Unreadable | None:
    kind = archive.office_kind(sample)
    if kind == "spreadsheet":
        return Unreadable(f"{name} is a spreadsheet file.", _AS_CSV)
    if kind:
        return Unreadable(f"{name} is a {kind}, not a table of people.", _EXPORT)
    if archive.is_zip(sample):
        return Unreadable(f"{name} is an archive inside an archive.", _INNER)
    return None


def _by_kind(name: str, sample: Sample) -> Unreadable | None:
    start = text.start(sample.head)
    kinds = BY_TEXT if start else BY_BYTES
    head = start.encode("utf-8", "replace") if start else sample.head
    for kind in (*BY_BYTES[:2], *kinds):  # a PDF may be nothing but plain letters at its start
        if kind.holds(head):
            return Unreadable(f"{name} is {kind.what}.", kind.fix)
    if not start:
        return Unreadable(f"{name} holds no text, so no people that Keepwarm could read.", _AS_EXPORTED)
    return None


def _by_columns(name: str, sample: Sample) -> Unreadable:
    if sentence := linkedin_export.known_elsewhere(sample):
        return Unreadable(sentence, "People are in Connections.csv; the whole .zip will do, too.")
    start = text.start(sample.head)
    lines = [line for line in start.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    if _NOTES_ONLY.match(first):
        return Unreadable(
            f"{name} begins like LinkedIn's connections but has no people in it.",
            "Ask LinkedIn for your data once more, with Connections ticked.",
        )
    cells = max((table.split(first, d) for d in table.DELIMITERS), key=len)
    if len(cells) > 1:
        said = table.shown(", ".join(cells), 60)
        return Unreadable(f"{name} is a table whose columns Keepwarm does not know: {said}.", _NAME_THEM)
    return Unreadable(f"{name} is text, but no list of people that Keepwarm knows.", _AS_EXPORTED)
