"""Who is in an event: those invited and who invited them, as their lines say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from icalendar.parser import Contentline

from keepwarm.core import identity
from keepwarm.core.touches import Party
from keepwarm.formats import text, vcard_lines
from keepwarm.formats.ics_lines import Event
from keepwarm.formats.ics_zones import NONSENSE

_THINGS = frozenset(("ROOM", "RESOURCE"))
_ANGLED = re.compile(r"^\s*\"?(.*?)\"?\s*<([^<>]+)>\s*$")
_CONTROLS = dict.fromkeys(range(32), " ")


class Guests(NamedTuple):
    """Those who take part, each once, and the keys of those who declined and of those who never answered."""

    there: list[Party]
    absent: tuple[str, ...]
    silent: tuple[str, ...]


class _Guest(NamedTuple):
    party: Party
    answer: str  # PARTSTAT


def guests(event: Event) -> Guests:
    """Rooms are nobody, and so are those who were only told of it."""
    there: dict[str, Party] = {}
    absent: dict[str, None] = {}
    for line in [*event.lines.get(b"ATTENDEE", ()), *event.lines.get(b"ORGANIZER", ())]:
        guest = _guest(line)
        if guest and guest.answer == "DECLINED":
            absent[guest.party.key] = None
        elif guest and guest.party.key not in absent:
            there.setdefault(guest.party.key or guest.party.name, guest.party)
    return Guests(list(there.values()), tuple(key for key in absent if key), _silent(event))


def _silent(event: Event) -> tuple[str, ...]:
    """Where someone has invited the others: that one has answered, whatever else is said of them."""
    hosts = {host.party.key for line in event.lines.get(b"ORGANIZER", ()) if (host := _guest(line))}
    invited = [guest for line in event.lines.get(b"ATTENDEE", ()) if (guest := _guest(line))] if hosts else []
    keys = {guest.party.key for guest in invited if guest.answer == "NEEDS-ACTION"}
    return tuple(sorted(keys - hosts - {""}))


@lru_cache(maxsize=10_000)  # a calendar has the same few people in it again and again, and a line takes 0.2 ms
def _guest(line: bytes) -> _Guest | None:
    """None for what is nobody, or makes no sense."""
    try:
        whole = vcard_lines.decoded(line, "", "").translate(_CONTROLS)
        _, params, address = Contentline(whole).parts()  # type: ignore[no-untyped-call]
    except NONSENSE:
        return None
    told = {name.upper(): str(value).strip().strip('"') for name, value in params.items()}
    party = _party(str(address), told.get("CN", ""))
    thing = told.get("CUTYPE", "").upper() in _THINGS or told.get("ROLE", "").upper() == "NON-PARTICIPANT"
    if thing or not (party.key or party.name):
        return None
    return _Guest(party, told.get("PARTSTAT", told.get("STATUS", "")).upper())


def _party(address: str, name: str) -> Party:
    """Of "mailto:ann@example.com", a bare address, or "Ann Lee <ann@example.com>"."""
    if angled := _ANGLED.match(address):
        name, address = name or angled[1], angled[2]
    key = identity.email_key(address)
    name = text.tidy(name)
    return Party(key, "" if key and identity.email_key(name) == key else name)
