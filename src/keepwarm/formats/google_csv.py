"""Google Contacts' own table, as it was until 2023 and as it is since: numbered columns of label and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO

from keepwarm.formats import columns, table
from keepwarm.formats.batch import Batch, Format, Sample
from keepwarm.formats.columns import Column, Habits

_FIELDS = {
    "name": "name",
    "givenname": "given",
    "firstname": "given",
    "additionalname": "middle",
    "middlename": "middle",
    "familyname": "family",
    "lastname": "family",
    "nameprefix": "prefix",
    "namesuffix": "suffix",
    "nickname": "nickname",
    "birthday": "birthday",
    "notes": "note",
    "groupmembership": "category",
    "labels": "category",
    "organizationname": "organisation",
    "organizationtitle": "title",
    "organizationdepartment": "department",
    "occupation": "title",
    "hobby": "extra",
    "maidenname": "extra",
}
_NUMBERED = re.compile(r"(email|phone|im|website|relation|event|customfield|jot|address|organization)(\d+)(\w+)")
_VALUES = {"email": "email", "phone": "phone", "im": "handle", "website": "link", "address": "address"}
_IN_NOTE = ("relation", "event", "customfield", "jot")
_PARTS = {
    **dict.fromkeys(("street", "pobox", "extendedaddress"), "street"),
    "formatted": "address",
    "city": "city",
    "region": "region",
    "postalcode": "postcode",
    "country": "country",
}
_JOB = {"name": "organisation", "title": "title", "department": "department"}
# "* myContacts" is everyone; "* starred" and the user's own labels say something.
HABITS = Habits(" ::: ", r" ::: ", frozenset(("mycontacts", "my contacts")))


def is_header(names: Sequence[str]) -> bool:
    """Google's columns have numbers: "E-mail 1 - Value". A table of people without any of them still has
    its groups or its labels."""
    keys = {table.key(name) for name in names}
    if not keys & {"name", "givenname", "firstname", "lastname", "email1value", "organizationname"}:
        return False
    numbered = [match for key in keys if (match := _NUMBERED.fullmatch(key))]
    return any(match[3] in ("value", "formatted") for match in numbered) or (
        ("givenname" in keys and "groupmembership" in keys) or {"fileas", "organizationname", "labels"} <= keys
    )


def columns_of(names: Sequence[str]) -> list[Column]:
    return [_column(name) for name in names]


@lru_cache(maxsize=1024)
def _column(name: str) -> Column:
    key = table.key(name)
    if key in _FIELDS:
        return Column(_FIELDS[key], name if _FIELDS[key] == "extra" else "")
    match = _NUMBERED.fullmatch(key)
    return _numbered(*match.groups()) if match else Column()


def _numbered(kind: str, number: str, part: str) -> Column:
    """What "Phone 2 - Value" holds, of phone, 2 and value."""
    group = kind + number
    if kind == "organization":
        return Column(_JOB.get(part, ""))
    if kind == "address" and part in _PARTS:
        return Column(_PARTS[part], "", group)
    if part == "value":
        return Column("extra" if kind in _IN_NOTE else _VALUES[kind], "", group)
    # Of a messenger the service tells more than home or work.
    is_label = part == "service" if kind == "im" else part in ("type", "label")
    return Column("label", "", group) if is_label else Column()


def _recognise(sample: Sample) -> bool:
    return table.recognises(sample.head, is_header)


def read(file: BinaryIO) -> Iterator[Batch]:
    return columns.read(file, is_header, columns_of, HABITS)


FORMAT = Format("google-csv", "Google Contacts", "google", _recognise, read)
