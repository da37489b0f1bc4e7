"""Any other table of people, read through a mapping that is guessed and that the user may correct.

`guess` looks at the headings first, then at the cells. A mapping is kept under its `key`, so that the next
file with the same headings needs no question.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import BinaryIO, NamedTuple

from keepwarm.formats import columns, dates, headings, linkedin_export, table, text
from keepwarm.formats.batch import Batch, Format, Sample
from keepwarm.formats.columns import Column

CHOICES = (
    *("name", "given", "middle", "family", "prefix", "suffix", "nickname", "email", "phone", "organisation"),
    *("department", "title", "address", "street", "city", "region", "postcode", "country", "birthday"),
    *("anniversary", "known_since", "link", "profile", "handle", "category", "note", "extra", ""),
)
"""What a page may offer for a column; "" leaves it out, `extra` is a line of the note under its heading."""

_ROWS = 200  # looked at for a guess
_NAMES = frozenset(("name", "given", "family"))
_EMAIL = re.compile(r"(?:mailto:)?[^@\s,;<>]+@[^@\s,;<>]+\.\w{2,}", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?=(?:\D*\d){7})(?:\+|00|\()?[\d\s()./\-]{7,24}(?:\s?(?:x|ext\.?)\s?\d+)?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){1,3}")


class Mapping(NamedTuple):
    """What each column holds: one of CHOICES, where it helps with a label behind it ("phone work").

    Plain text throughout, so that json.dumps takes it and `Mapping(*json.loads(…))` gives it back.
    """

    key: str  # the headings' own mark: the same for every file with these headings
    fields: Sequence[str]

    def columns(self) -> list[Column]:
        split = (field.partition(" ") for field in self.fields)
        return [Column(field, label) if field in columns.FIELDS else Column() for field, _, label in split]


def key(header: Sequence[str]) -> str:
    """The mark under which the mapping of these headings is kept."""
    keys = "\n".join(table.key(name) for name in header)
    return hashlib.blake2b(keys.encode("utf-8", "replace"), digest_size=12).hexdigest()


def guess(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    """From the headings; where they say nothing, or the cells something else, from the cells."""
    found = headings.columns(header)
    for i, column in enumerate(found):
        cells = [cell for row in rows[:_ROWS] if i < len(row) and (cell := text.tidy(row[i]))]
        found[i] = _by_look(column, cells)
    if not any(column.field in _NAMES for column in found):
        _find_names(found, rows[:_ROWS])
    return Mapping(key(header), tuple(f"{column.field} {column.label}".strip() for column in found))


def _by_look(column: Column, cells: list[str]) -> Column:
    """Addresses, links and phones are known by sight, and only where no heading says what they are."""
    if _share(_EMAIL, cells) > 0.6:
        return column if column.field == "email" else Column("email")
    if column.field not in ("", *_NAMES):
        return column
    if _share(_LINK, cells) > 0.6:
        linked = sum("linkedin.com/" in cell for cell in cells) * 2 > len(cells)
        return Column("profile", "linkedin") if linked else Column("link")
    is_phone = _share(_PHONE, cells) > 0.8 and not all(cell.isdigit() and cell[0] != "0" for cell in cells)
    return Column("phone") if is_phone and not any(map(dates.read, cells)) else column


def _find_names(found: list[Column], rows: Sequence[Sequence[str]]) -> None:
    """Without a heading for it, the first column of two to four words, hardly any of them twice."""
    for i, column in enumerate(found):
        cells = [cell for row in rows if i < len(row) and (cell := text.tidy(row[i]))]
        if not column.field and _share(_NAME, cells) > 0.8 and len(set(cells)) > 0.9 * len(cells):
            found[i] = Column("name")
            return


def _share(pattern: re.Pattern[str], cells: list[str]) -> float:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells) if cells else 0.0


def is_header(names: Sequence[str]) -> bool:
    """An e-mail column beside another, or a name beside something else that is known."""
    if len(names) < 2 or any("@" in name or len(name) > 80 for name in names):
        return False
    fields = {column.field for column in headings.columns(names)}
    if "email" in fields:
        return True
    return not fields.isdisjoint(_NAMES) and len(fields - {"", "note"}) > 1


def _is_alone(names: Sequence[str]) -> bool:
    """A list of nothing but addresses has one column."""
    return len(names) == 1 and headings.column(names[0]).field == "email"


class Look(NamedTuple):
    """The top of a table of people: its headings, and the first rows under them."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def top(head: bytes) -> Look | None:
    """The top of a file that begins so; None for what is no table of people, or one too wide to read."""
    for names in table.tops(head):
        if is_header(names) or _is_alone(names):
            if len(names) > table.MOST_COLUMNS:
                return None
            sheet = table.Table(io.StringIO(text.start(head), newline=""), partial(_same, tuple(names)))
            return Look(names, [row.cells for _, row in zip(range(_ROWS), sheet.rows(), strict=False)])
    return None


def look(head: bytes) -> Mapping | None:
    """The mapping that is guessed for a file that begins so; None for what is no table of people."""
    found = top(head)
    return guess(found.header, found.rows) if found else None


def _same(wanted: tuple[str, ...], names: Sequence[str]) -> bool:
    return tuple(names) == wanted


def read_with(mapping: Mapping) -> Callable[[BinaryIO], Iterator[Batch]]:
    """A reader of files with the mapping's headings."""
    return partial(_read, mapping)


def _read(mapping: Mapping, file: BinaryIO) -> Iterator[Batch]:
    yield from columns.read(file, lambda names: key(names) == mapping.key, lambda _: mapping.columns())


def read(file: BinaryIO) -> Iterator[Batch]:
    """As `read_with(guess)`, the guess being made from the file's first rows."""
    return columns.read(file, lambda names: is_header(names) or _is_alone(names), headings.columns)


def recognise(sample: Sample) -> bool:
    """Last of all formats: any table with a column of names or e-mails, but LinkedIn's other files."""
    if not table.recognises(sample.head, lambda names: is_header(names) or _is_alone(names)):
        return False
    return not linkedin_export.known_elsewhere(sample)


FORMAT = Format("csv", "Table of people", "csv", recognise, read)
