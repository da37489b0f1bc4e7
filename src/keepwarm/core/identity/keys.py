"""The keys that two cards of one person share: an e-mail address, a phone number, a profile link."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

import phonenumbers

from keepwarm.core.names import fold
from keepwarm.core.people import PersonRecord

LINKEDIN = re.compile(r"(?:^|[/.])linkedin\.com/(?:in|pub)/([^/?#\s]+)", re.I)
NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f?&%<>,;]")  # would say more than an address in a mailto: link
NOT_DIGITS = re.compile(r"\D+")
MOST_WORDS = 20  # of a name: what follows is no name any more, and each is compared with each
TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")  # +44 (0)20 …


def email_key(address: str) -> str:
    """`e:` and the address in lower case; empty where it is none."""
    address = address.strip().lower().removeprefix("mailto:")
    name, _, domain = address.rpartition("@")
    return f"e:{address}"[:200] if name and "." in domain and not NO_ADDRESS.search(address) else ""


def phone_key(number: str, country: str = "") -> str:
    """`p:` and the number as E.164; `n:` and its digits where the country is not known.

    Numbers that name their country take a fast path: parsing each costs 60 µs, which is half of an import.
    """
    number = TRUNK_ZERO.sub("", number).strip()
    digits = NOT_DIGITS.sub("", number)
    if not 5 <= len(digits) <= 17:
        return ""
    if number.startswith("+"):
        return f"p:+{digits}"
    if number.startswith("00"):
        return f"p:+{digits[2:]}"
    return (_national(number, country) if country else "") or f"n:{digits}"


@lru_cache(maxsize=4096)
def _national(number: str, country: str) -> str:
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return "p:" + phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def profile_key(link: str) -> str:
    """`l:` and the LinkedIn name, whatever the subdomain and escapes; else `u:` and the bare link."""
    if found := LINKEDIN.search(link):
        return ("l:" + unquote(found[1]).casefold())[:200]
    bare = re.sub(r"^https?://(www\.)?", "", link.strip(), flags=re.I).rstrip("/")
    return f"u:{bare.casefold()}"[:200] if "/" in bare else ""


def names_agree(one: str, other: str) -> bool:
    """Whether two folded names may belong to one person who shares an e-mail, phone or link.

    A family shares a landline and a team a mailbox, so a shared key is not enough: every word of the
    shorter name must stand in the longer, be an initial of a word there, or begin alike ("ben",
    "benjamin"). A name with no words of its own (an e-mail address, a company) agrees with all.
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return True
    free = list(long)
    for word in short:
        match = next((w for w in free if w == word), None) or next((w for w in free if _alike(word, w)), None)
        if match is None:
            return False
        free.remove(match)
    return True


@lru_cache(maxsize=4096)  # an import compares one name with many
def _words(folded: str) -> tuple[str, ...]:
    if "@" in folded:
        return ()
    return tuple(word for word in re.split(r"[^\w]+", folded) if word)[:MOST_WORDS]


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)


def external_id(record: PersonRecord, record_keys: list[str]) -> str:
    """The record's lasting id in its source: the source's own, else its name with what makes it one person's."""
    if record.external_id:
        return record.external_id[:180]
    mark = record_keys[0] if record_keys else str(record.known_since or "") or fold(record.organisation)
    return f"{fold(record.name)[:100]}|{mark[:75]}"
