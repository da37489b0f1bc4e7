"""What the columns of an unknown table become: as the user said of these headings, else as guessed.

A file keeps it in `ImportFile.mapping`: key, fields, guess, header, first (row) and said ("" guessed, "before" in
an earlier import, "now" in this one).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from keepwarm.formats import any_csv, text, whatsapp
from keepwarm.formats.batch import Format
from keepwarm.models import ImportFile, ImportRun
from keepwarm.store import imports as runs

SHOWN = 60  # letters of a cell


def of(run: ImportRun, kind: Format, head: bytes) -> dict[str, Any]:
    """The mapping of a file that begins so; nothing for a format that knows its own columns."""
    top = any_csv.top(head) if kind is any_csv.FORMAT else None
    if top is None:
        return {}
    guess = any_csv.guess(top.header, top.rows)
    fields, said = _remembered(run, guess)
    return {
        "key": guess.key, "fields": fields, "guess": list(guess.fields), "said": said,
        "header": [_shown(name) for name in top.header],
        "first": [_shown(next(iter(top.rows[0][i : i + 1]), "")) if top.rows else "" for i in range(len(fields))],
    }  # fmt: skip


def _remembered(run: ImportRun, guess: any_csv.Mapping) -> tuple[list[str], str]:
    held = runs.mapping(run.space_id, guess.key)
    if held is None or len(held.mapping["fields"]) != len(guess.fields):
        return list(guess.fields), ""
    return held.mapping["fields"], "now" if held.mapping["run"] == str(run.id) else "before"


def _shown(cell: str) -> str:
    tidy = text.tidy(cell)
    return tidy if len(tidy) <= SHOWN else f"{tidy[: SHOWN - 1]}…"


def choices(mapping: dict[str, Any], column: int) -> list[str]:
    """What this column may become: with what is guessed and what was said, which may have a label behind them."""
    own = (mapping["fields"][column], mapping["guess"][column])
    return list(dict.fromkeys((*own, *any_csv.CHOICES)))


def remember(run: ImportRun, file: ImportFile, chosen: Sequence[str | None], now: datetime) -> bool:
    """Keep what the user chose for each column; True where that is other than what the file was read with.

    What is no choice, or nothing, leaves its column as it was.
    """
    before: list[str] = file.mapping["fields"]
    after = list(before)
    for i, said in enumerate(chosen):
        if said is not None and said in choices(file.mapping, i):
            after[i] = said
    runs.remember_mapping(run, file.mapping["key"], after, now)
    return after != before


def reading(kind: Format, file: ImportFile) -> Format:
    """The format, reading its tables by the file's mapping, and a chat by its file's name, which says with whom."""
    if kind is whatsapp.FORMAT:
        return kind._replace(read=whatsapp.reading(file.name))
    if not file.mapping:
        return kind
    said = any_csv.Mapping(file.mapping["key"], file.mapping["fields"])
    return kind._replace(read=any_csv.read_with(said))
