"""Why two cards may be one person, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from keepwarm.core.identity import Sign

SAID = {
    ("given", "same"): "Same first name", ("given", "alike"): "One first name, written in two ways",
    ("given", "part"): "First names share a part", ("given", "slip"): "First names a letter apart",
    ("given", "near"): "First names nearly alike", ("given", "initial"): "An initial that fits",
    ("given", "other"): "Different first names",
    ("family", "same"): "Same last name", ("family", "alike"): "Last names sound alike",
    ("family", "part"): "Last names share a part", ("family", "slip"): "Last names a letter apart",
    ("family", "near"): "Last names nearly alike", ("family", "initial"): "An initial that fits the last name",
    ("family", "other"): "Different last names",
    ("middle", "same"): "Same middle name", ("middle", "other"): "Different middle names",
    ("generation", "same"): "Both Jr. or both Sr.", ("generation", "one"): "Only one of them is Jr. or Sr.",
    ("generation", "other"): "One is Jr., the other Sr.",
    ("birthday", "same"): "Same birthday", ("birthday", "day"): "Same day and month of birth",
    ("birthday", "slip"): "Birthdays a digit apart", ("birthday", "part"): "Birthdays differ in part",
    ("birthday", "close"): "Birthdays close together", ("birthday", "other"): "Different birthdays",
    ("mailbox", "same"): "Same e-mail", ("mailbox", "near"): "E-mails a letter apart",
    ("mailbox", "local"): "E-mails begin alike", ("mailbox", "domain"): "E-mails at one firm",
    ("mailbox", "other"): "Different e-mails",
    ("phone", "same"): "Same phone number", ("phone", "near"): "Phone numbers a digit apart",
    ("phone", "other"): "Different phone numbers",
    ("profile", "same"): "Same profile", ("profile", "other"): "Different profiles",
    ("organisation", "same"): "Same firm", ("organisation", "near"): "Firms nearly alike",
    ("organisation", "domain"): "An e-mail at the other’s firm", ("organisation", "other"): "Different firms",
    ("title", "same"): "Same role", ("title", "near"): "Roles nearly alike", ("title", "other"): "Different roles",
    ("street", "same"): "Same street", ("street", "near"): "Streets nearly alike",
    ("street", "other"): "Different streets",
    ("place", "same"): "Same place", ("place", "postcode"): "Same postcode", ("place", "city"): "Same city",
    ("place", "near"): "Places nearly alike", ("place", "other"): "Different places",
}  # fmt: skip
MOST = 6


class Chip(NamedTuple):
    text: str
    speaks_for: bool


def chips(found: Iterable[Sign]) -> list[Chip]:
    """What speaks for one person first; a whole name that is the same is one reason."""
    signs = list(found)
    whole = {("given", "same"), ("family", "same")} <= {(sign.kind, sign.level) for sign in signs}
    shown = [Chip("Same name", speaks_for=True)] if whole else []
    for sign in signs:
        if not (whole and sign.kind in ("given", "family")):
            shown.append(Chip(SAID[sign.kind, sign.level], sign.speaks_for))
    return shown[:MOST]


def speaking_for(signs: Iterable[Sign]) -> str:
    """In one line: "Same phone number, names sound alike"."""
    said = [chip.text for chip in chips(signs) if chip.speaks_for]
    return ", ".join(said[:1] + [text[0].lower() + text[1:] for text in said[1:]])
