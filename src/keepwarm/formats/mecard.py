"""MECARD, the short card of QR codes: MECARD:N:Nwosu,Amara;TEL:+447700900142;EMAIL:amara@example.com;;"""

from __future__ import annotations

import re

from keepwarm.core.people import Address, PersonRecord, Value

_FIELD = re.compile(r"((?:[^;\\]|\\.)*);?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def person(text: str) -> PersonRecord | None:
    """None for what is no MECARD, or names nobody."""
    if text[:7].upper() != "MECARD:":
        return None
    said: dict[str, list[str]] = {}
    for field in _FIELD.findall(text[7:]):
        name, _, value = field.partition(":")
        if value := " ".join(_CONTROL.sub(" ", re.sub(r"\\(.)", r"\1", value)).split()):
            said.setdefault(name.strip().upper(), []).append(value[:500])
    family, _, given = said.get("N", [""])[0].partition(",")
    name = f"{given.strip()} {family.strip()}".strip()
    if not name:
        return None
    return PersonRecord(
        where=1, name=name, given=given.strip(), family=family.strip() if given else "",
        emails=tuple(map(Value, said.get("EMAIL", []))), phones=tuple(map(Value, said.get("TEL", []))),
        links=tuple(map(Value, said.get("URL", []))), organisation=said.get("ORG", [""])[0],
        title=said.get("TITLE", [""])[0], note=said.get("NOTE", [""])[0],
        addresses=tuple(Address(one) for one in said.get("ADR", [])),
    )  # fmt: skip
