"""Our own table of people: for a spreadsheet, and back again without a loss.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, and loses it when it is read.
Pictures are not in it; they are in our .json and .vcf.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, TypeVar

from keepwarm.core.people import Address, PersonRecord, Value
from keepwarm.formats import columns, headings, table
from keepwarm.formats.batch import Batch, Format, Sample
from keepwarm.formats.columns import Column, Habits

T = TypeVar("T")

_TEXTS = (
    *(("Name", "name"), ("First name", "given"), ("Middle name", "middle"), ("Last name", "family")),
    *(("Prefix", "prefix"), ("Suffix", "suffix"), ("Nickname", "nickname"), ("Organisation", "organisation")),
    *(("Department", "department"), ("Job title", "title")),
)
_SEVERAL = (  # heading, field of a person, field of a column, how many have columns of their own
    *(("E-mail", "emails", "email", 3), ("Phone", "phones", "phone", 3), ("Web page", "links", "link", 2)),
    *(("Profile", "profiles", "profile", 2), ("Messenger", "handles", "handle", 2)),
)
_PARTS = ("street", "city", "region", "postcode", "country")
_ADDRESSES = 2
_LAST = (
    *(("Birthday", "birthday"), ("Anniversary", "anniversary"), ("Known since", "known_since")),
    *(("Categories", "category"), ("Notes", "note"), ("Is an organisation", "is_organisation")),
    ("Keepwarm ID", "external_id"),
)
_AT_START = re.compile(r"\A(?='*[=+\-@\t\r])")
# A spreadsheet that expects semicolons cuts cells there, and at line ends, whatever the quotation marks say.
_INSIDE = re.compile(r"(?<=[;\t\r\n])( *'*)(?=[=+\-@])")


def _headings() -> Iterator[tuple[str, Column]]:
    """Each heading with what its column holds."""
    yield from ((heading, Column(field)) for heading, field in _TEXTS)
    for heading, _, field, count in _SEVERAL:
        for n in range(1, count + 1):
            yield f"{heading} {n}", Column(field, "", f"{field} {n}")
            yield f"{heading} {n} label", Column("label", "", f"{field} {n}")
    for n in range(1, _ADDRESSES + 1):
        yield f"Address {n}", Column("address", "", f"address {n}")
        yield f"Address {n} label", Column("label", "", f"address {n}")
        yield from ((f"Address {n} {part}", Column(part, "", f"address {n}")) for part in _PARTS)
    yield from ((heading, Column(field)) for heading, field in _LAST)


_COLUMNS = dict(_headings())
_BY_KEY = {table.key(heading): column for heading, column in _COLUMNS.items()}


# Writing


def write(records: Iterable[PersonRecord]) -> Iterator[str]:
    """The header, then one row at a time, its line end CRLF. The mark before it tells Excel that it is UTF-8.

    What is more than the columns of a kind stands in the last of them, one value a line.
    """
    yield "\ufeff" + _line(list(_COLUMNS))
    for record in records:
        yield _line([safe(cell) for cell in _cells(record)])


def safe(cell: str) -> str:
    """The cell as text for every spreadsheet; `plain` undoes it."""
    if cell.isalnum() or not cell:
        return cell  # nearly always
    return _INSIDE.sub(r"\1'", _AT_START.sub("'", cell))


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cells(record: PersonRecord) -> Iterator[str]:
    yield from (getattr(record, field) for _, field in _TEXTS)
    for _, several, _, count in _SEVERAL:
        yield from _values(getattr(record, several), count)
    yield from _addresses(record.addresses)
    for day in (record.birthday, record.anniversary, record.known_since):
        yield str(day or "")
    yield "\n".join(record.categories)
    yield record.note
    yield "yes" if record.is_organisation else ""
    yield record.external_id


def _values(values: Sequence[Value], count: int) -> Iterator[str]:
    for held in _dealt(values, count):
        yield "\n".join(value.value for value in held)
        yield "\n".join(value.label for value in held)


def _addresses(addresses: Sequence[Address]) -> Iterator[str]:
    for held in _dealt(addresses, _ADDRESSES):
        for field in ("text", "label", *_PARTS):
            yield "\n".join(getattr(address, field) for address in held)


def _dealt(values: Sequence[T], count: int) -> Iterator[Sequence[T]]:
    yield from (values[n : n + 1] for n in range(count - 1))
    yield values[count - 1 :]


# Reading


def is_header(names: Sequence[str]) -> bool:
    return {"name", "keepwarmid"} <= {table.key(name) for name in names}


def read(file: BinaryIO) -> Iterator[Batch]:
    return columns.read(file, is_header, _columns_of, _HABITS)


def plain(cell: str) -> str:
    """The cell as it was before `safe`."""
    return _INSIDE_MORE.sub(r"\1", _START_MORE.sub("", cell)) if "'" in cell else cell


def _plain_row(cells: list[str]) -> list[str]:
    return [plain(cell) for cell in cells]


def _columns_of(names: Sequence[str]) -> list[Column]:
    """A column that somebody added is taken for what its heading says."""
    return [_BY_KEY.get(table.key(name)) or headings.column(name) for name in names]


def _recognise(sample: Sample) -> bool:
    return table.recognises(sample.head, is_header)


_START_MORE = re.compile(r"\A'(?='*[=+\-@\t\r])")
_INSIDE_MORE = re.compile(r"(?<=[;\t\r\n])( *'*)'(?=[=+\-@])")
_HABITS = Habits("\n", "\n", plain=_plain_row, exact=True)
FORMAT = Format("keepwarm-csv", "Keepwarm table", "keepwarm", _recognise, read)
