"""The least that storing an address book can cost: a bare unfolder, and sqlite3 into the same tables.

`python -m benchmarks.floor CARDS DATABASE [narrow]` prints how long it took, as JSON. It matches nobody,
checks nothing, mends nothing and cannot go on where it was stopped: all in one transaction. `narrow` stores
only people, e-mails and phones.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

FIELDS = {
    "FN": "name", "EMAIL": "email", "TEL": "phone", "ORG": "organisation", "TITLE": "title", "ADR": "address",
    "NOTE": "note", "URL": "link",
}  # fmt: skip
NARROW = ("FN", "EMAIL", "TEL")
PRAGMAS = (
    "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-24000", "PRAGMA temp_store=MEMORY"
)  # fmt: skip
AT = "2026-01-01 00:00:00"
PERSON = (
    "INSERT INTO keepwarm_person (id, space_id, name, given, family, folded, title, organisation, organisation_key, "
    "place, reach, standing, is_organisation, relation, how_met, trust, important, birthday, suggestions, never, "
    "version, made_at, made_by_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 5, 0.5, 0, '', '', '', 0, '', 0, 0, 1, ?, ?)"
)
RECORD = (
    "INSERT INTO keepwarm_sourcerecord (id, space_id, person_id, source, external_id, digest, run_id, seen_at) "
    "VALUES (?, ?, ?, 'vcard', ?, ?, ?, ?)"
)
FACT = (
    "INSERT INTO keepwarm_fact (space_id, person_id, record_id, source, field, value, label, key, parts, position, "
    "seen_at) VALUES (?, ?, ?, 'vcard', ?, ?, ?, ?, '', ?, ?)"
)
Card = list[tuple[str, str, str]]  # property, its parameters, value
NOT_DIGITS = re.compile(r"\D")


def cards(path: Path) -> Iterator[Card]:
    """Every card's lines, unfolded and cut at the colon; nothing else of the format."""
    card: Card = []
    for line in path.read_text(encoding="utf-8").replace("\n ", "").split("\n"):
        head, _, value = line.partition(":")
        if head == "END":
            yield card
            card = []
        elif head != "BEGIN":
            field, _, parameters = head.partition(";")
            card.append((field, parameters, value))


def store(path: Path, database: sqlite3.Connection, wanted: tuple[str, ...]) -> None:
    space, run = uuid.uuid4().hex, uuid.uuid4().hex
    people, records, facts = [], [], []
    for number, card in enumerate(cards(path)):
        person, record = f"{number:032x}", f"{number:031x}f"
        said = {field: value for field, _, value in card}
        given, _, family = said["FN"].partition(" ")
        firm, name = said.get("ORG", ""), said["FN"]
        people.append(
            (person, space, name, given, family, name.lower(), said.get("TITLE", ""), firm, firm.lower(), "", AT, run)
        )  # fmt: skip
        records.append((record, space, person, f"{name.lower()}|{said['EMAIL']}", person, run, AT))
        for position, (field, parameters, value) in enumerate(card):
            if field in wanted:
                facts.append(
                    (space, person, record, FIELDS[field], value, parameters, _key(field, value), position, AT)
                )
    with database:
        database.executemany(PERSON, people)
        if wanted is not NARROW:
            database.executemany(RECORD, records)
        database.executemany(FACT, facts)


def _key(field: str, value: str) -> str:
    if field == "EMAIL":
        return "e:" + value.lower()
    return "p:+" + NOT_DIGITS.sub("", value) if field == "TEL" else ""


def main(path: str, where: str, kind: str = "") -> None:
    database = sqlite3.connect(where)
    for pragma in PRAGMAS:
        database.execute(pragma)
    began = time.perf_counter()
    store(Path(path), database, NARROW if kind == "narrow" else tuple(FIELDS))
    print(json.dumps({"seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main(*sys.argv[1:])
