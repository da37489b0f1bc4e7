"""Outlook's table of contacts: desktop, web and Live, in nine languages; and what Google writes for Outlook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from keepwarm.formats import columns, headings, table
from keepwarm.formats.batch import Batch, Format, Sample
from keepwarm.formats.columns import Habits

_HABITS = Habits(left_out=frozenset(("mycontacts", "my contacts")))  # Google's group of everyone
_LABELLED = ("phone", "street", "city", "address", "postcode")


def is_header(names: Sequence[str]) -> bool:
    """Outlook has a place for everything at home and at work, and up to three e-mails.

    Nothing else has so many: four such columns under a name, or two e-mails and nothing that is not Outlook's.
    """
    if len(names) < 2 or not any(names):
        return False
    found = headings.columns(names)
    fields = {column.field for column in found}
    emails = sum(column.field == "email" for column in found)
    placed = {column for column in found if column.field in _LABELLED and column.label[:4] in ("work", "home")}
    if len(placed) >= 4 and fields & {"given", "family", "name"}:
        return True
    return emails == len(names) and emails > 1


def read(file: BinaryIO) -> Iterator[Batch]:
    return columns.read(file, is_header, headings.columns, _HABITS)


def _recognise(sample: Sample) -> bool:
    return table.recognises(sample.head, is_header)


FORMAT = Format("outlook-csv", "Outlook contacts", "outlook", _recognise, read)
