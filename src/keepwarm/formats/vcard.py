"""vCard address books: 2.1, 3.0 and 4.0, from any phone or program, into people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from keepwarm.formats import vcard_heads, vcard_lines, vcard_problems
from keepwarm.formats.batch import Batch, Format, Sample, Unreadable
from keepwarm.formats.vcard_cards import cut, has_card, starts_with_card, wide_encoding
from keepwarm.formats.vcard_heads import CUT_SHORT, EDGES, PLAIN
from keepwarm.formats.vcard_lines import text
from keepwarm.formats.vcard_person import Bag, first, person
from keepwarm.formats.vcard_write import write

__all__ = ["FORMAT", "read", "recognise", "write"]

PEOPLE_IN_A_BATCH = 500
BYTES_IN_A_BATCH = 4 * 1024 * 1024  # five hundred large photos at once would be felt


def recognise(sample: Sample) -> bool:
    """A card at the start; or, in a file named so, a card anywhere. Mail too may have a card inside."""
    head = sample.head
    wide = wide_encoding(head)
    if wide:
        head = head.decode(wide, "replace").encode()
    if starts_with_card(head):
        return True
    return sample.name.lower().endswith((".vcf", ".vcard")) and has_card(head)


def read(file: BinaryIO) -> Iterator[Batch]:
    batch = Batch()
    row = size = 0
    for row, (raw, at) in enumerate(cut(file), 1):
        batch.at = at
        if raw is None:
            batch.problems.append(vcard_problems.too_large(row))
            continue
        _read_card(row, raw, batch)
        size += len(raw)
        if len(batch.people) + len(batch.problems) >= PEOPLE_IN_A_BATCH or size > BYTES_IN_A_BATCH:
            yield batch
            batch, size = Batch(at=at), 0
    if not row:
        raise Unreadable(
            "There is no address card in this file.",
            "Export your contacts as vCard (.vcf) again and choose that file.",
        )
    yield batch


FORMAT = Format("vcard", "vCard address book", "vcard", recognise, read)


# One card


def _read_card(row: int, raw: bytes, batch: Batch) -> None:
    bag, ended = _bag(vcard_lines.lines(raw))
    if not ended:
        batch.problems.append(vcard_problems.no_end(row))
    if "KIND" in bag and (kind := text(*bag["KIND"][0]).lower()) not in ("", "individual", "org"):
        batch.problems.append(vcard_problems.not_a_person(row, kind, first(bag, "FN")))
        return
    found = person(row, bag, raw, batch.problems)
    if found:
        batch.people.append(found)
    else:
        batch.problems.append(vcard_problems.nobody(row))


def _bag(lines: list[str]) -> tuple[Bag, bool]:
    """The card's own properties, and whether it has an end; a card inside it (AGENT) is left out."""
    bag: Bag = {}
    depth = 0
    known = vcard_heads.known
    for line in lines:
        before, colon, value = line.partition(":")
        head = known.get(before) or vcard_heads.head(before)
        if head is CUT_SHORT:
            head, value = vcard_heads.quoted(line) if colon else (PLAIN, "")
        field = head.field
        if field in EDGES:
            depth += _step(field, value.upper())
            if depth == 0 and field == "END":
                return bag, True
        elif value and field and depth == 1:
            if field in bag:
                bag[field].append((head, value))
            else:
                bag[field] = [(head, value)]
        elif not colon and line.strip():
            return _bag(vcard_lines.mended(lines))
    return bag, False


def _step(field: str, value: str) -> int:
    """How much deeper a line leads. A folded AGENT holds its whole card in one line."""
    if field == "AGENT":
        return 1 if "BEGIN:VCARD" in value and "END:VCARD" not in value else 0
    if value.strip() != "VCARD":
        return 0
    return 1 if field == "BEGIN" else -1
