"""Thunderbird's address book as a table: the birthday stands in three columns, the e-mail is the primary one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from keepwarm.formats import columns, headings, table
from keepwarm.formats.batch import Batch, Format, Sample

_PRIMARY = {
    *("primaryemail", "primareemailadresse", "adresseelectroniqueprincipale", "correoelectronicoprincipal"),
    *("emailprincipale", "primairemailadres", "primairemailadres", "podstawowyadresemail", "emailprincipal"),
}


def is_header(names: Sequence[str]) -> bool:
    keys = [table.key(name) for name in names]
    if "primaryemail" in keys:
        return True
    fields = {column.field for column in headings.columns(names)}
    return {"birth_year", "birth_month", "email"} <= fields or (len(fields) > 3 and not _PRIMARY.isdisjoint(keys))


def read(file: BinaryIO) -> Iterator[Batch]:
    return columns.read(file, is_header, headings.columns)


def _recognise(sample: Sample) -> bool:
    return table.recognises(sample.head, is_header)


FORMAT = Format("thunderbird-csv", "Thunderbird address book", "thunderbird", _recognise, read)
