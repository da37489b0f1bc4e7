"""The registry: every format, in the order in which a file is tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from keepwarm.formats import linkedin, vcard
from keepwarm.formats.batch import Batch, Format, Problem, Sample
from keepwarm.formats.linkedin_export import known_elsewhere
from keepwarm.formats.refusals import refusal

FORMATS: tuple[Format, ...] = (vcard.FORMAT, *linkedin.FORMATS)

__all__ = ["FORMATS", "known_elsewhere", "named", "read", "recognise", "refusal"]


def recognise(sample: Sample) -> Format | None:
    """The format that a file is in, told by its bytes; None: ask `known_elsewhere` or `refusal`."""
    return next((kind for kind in FORMATS if kind.recognise(sample)), None)


def named(name: str) -> Format | None:
    """The format of that name, as it is kept with every record."""
    return next((kind for kind in FORMATS if kind.name == name), None)


def read(kind: Format, file: BinaryIO, today: date) -> Iterator[Batch]:
    """As `kind.read`, without meetings in the future: readers know no clock."""
    for batch in kind.read(file):
        for i, person in enumerate(batch.people):
            if person.known_since and person.known_since > today:
                batch.people[i] = person._replace(known_since=None)
                batch.problems.append(_too_early(person.where, person.known_since))
        yield batch


def _too_early(row: int, day: date) -> Problem:
    message = f"The day since when you know each other, {day.isoformat()}, is in the future."
    return Problem(row, "Connected On", message, "The person was kept without it; correct it in the file.")
