"""The columns of an unknown table on the import's page: what is in each, and what it may become."""

from __future__ import annotations

from typing import Any, NamedTuple

from keepwarm.imports import mapping
from keepwarm.models import ImportFile, ImportRun

NAMES = {
    "name": "Name", "given": "First name", "middle": "Middle name", "family": "Last name", "prefix": "Before the name",
    "suffix": "After the name", "nickname": "Nickname", "email": "E-mail", "phone": "Phone", "organisation": "Company",
    "department": "Department", "title": "Role", "address": "Address", "street": "Street", "city": "Town",
    "region": "Region", "postcode": "Postcode", "country": "Country", "birthday": "Birthday",
    "birth_year": "Year of birth", "birth_month": "Month of birth", "birth_day": "Day of birth",
    "anniversary": "Anniversary", "known_since": "Known since", "link": "Web page", "profile": "Profile link",
    "handle": "Messenger", "category": "Tag", "note": "Note", "extra": "A line of the note",
    "external_id": "Number in the source", "is_organisation": "Is a company", "label": "Kind of the one beside it",
    "": "Leave out",
}  # fmt: skip
OWN_WORDS = {"linkedin": "LinkedIn", "github": "GitHub", "xing": "XING", "cell": "mobile"}
SAID = {"": "Our guess", "before": "As last time", "now": "As you said"}


class Choice(NamedTuple):
    value: str
    name: str
    chosen: bool


class Shown(NamedTuple):
    """One column of the file."""

    field: str  # the name of its select
    heading: str
    first: str
    choices: list[Choice]


def tables(run: ImportRun) -> list[dict[str, Any]]:
    """The tables that were read by a mapping; of several with the same headings the first."""
    return [_table(file) for file in asked(run)]


def asked(run: ImportRun) -> list[ImportFile]:
    by_headings = {file.mapping["key"]: file for file in reversed(run.files.all()) if file.mapping and file.format}
    return list(reversed(by_headings.values()))


def _table(file: ImportFile) -> dict[str, Any]:
    said = file.mapping["said"]
    columns = [_column(file, i) for i in range(len(file.mapping["fields"]))]
    read = sum(field != "" for field in file.mapping["fields"])
    return {"name": file.name, "said": said, "chip": SAID[said], "columns": columns, "read": read}


def _column(file: ImportFile, i: int) -> Shown:
    held = file.mapping["fields"][i]
    choices = [
        Choice(value, name(value), value == held) for value in sorted(mapping.choices(file.mapping, i), key=_turn)
    ]
    return Shown(field(file, i), file.mapping["header"][i], file.mapping["first"][i], choices)


def field(file: ImportFile, i: int) -> str:
    """The name of the select of a column."""
    return f"{file.id}-{i}"


def name(value: str) -> str:
    """ "phone work" is Phone (work)."""
    kind, _, label = value.partition(" ")
    return f"{NAMES[kind]} ({OWN_WORDS.get(label, label)})" if label else NAMES[kind]


def _turn(value: str) -> int:
    return [*NAMES].index(value.partition(" ")[0])
