"""What can be wrong with a card or one of its fields, in words for the user."""

from __future__ import annotations

from keepwarm.formats.batch import Problem
from keepwarm.formats.vcard_lines import one_line


def too_large(row: int) -> Problem:
    return Problem(
        row, "", "This card is larger than 32 MB, so it was left out.", "Export it again without its picture."
    )


def no_end(row: int) -> Problem:
    return Problem(
        row,
        "END",
        "This card stops without an end.",
        "Please check this person: the last lines may be missing in the file.",
    )


def nobody(row: int) -> Problem:
    return Problem(
        row,
        "",
        "This card has no name, no e-mail address and no phone, so it is nobody yet.",
        "Add a name where the card comes from, then bring the file in again.",
    )


def not_a_person(row: int, kind: str, name: str) -> Problem:
    return Problem(
        row,
        "KIND",
        f"{quoted(name) if name else 'This card'} is a {shortened(kind)}, not a person.",
        "Nothing to do: people in it come in with their own cards.",
    )


def no_email(row: int, said: str) -> Problem:
    return Problem(
        row,
        "EMAIL",
        f"{quoted(said)} is not an e-mail address.",
        "Correct it in your address book and bring the file in again, or leave it.",
    )


def no_date(row: int, field: str, said: str) -> Problem:
    return Problem(
        row,
        field,
        f"{quoted(said)} is not a date we can read.",
        "Correct it in your address book (1980-06-02 and --06-02 are both fine) and bring the file in again.",
    )


def no_picture(row: int) -> Problem:
    return Problem(
        row,
        "PHOTO",
        "The picture in this card cannot be shown.",
        "Use a JPEG, PNG, GIF or WebP picture, and bring the file in again.",
    )


def quoted(said: str) -> str:
    return f"“{shortened(said)}”"


def shortened(said: str) -> str:
    said = one_line(said)
    return said if len(said) <= 60 else said[:59].rstrip() + "…"
