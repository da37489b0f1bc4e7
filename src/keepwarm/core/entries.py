"""What the user types of a person by hand: a value ready to keep, or a sentence that says what to put right."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from keepwarm.core import identity
from keepwarm.core.facts import Stated, tag_key

LONGEST = 500
LONGEST_TAG = 60
SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):(?!\d+(?:/|$))", re.I)  # but not a host with a port
DOMAIN = re.compile(r"^[^\s/@:\[\]]+\.[^\s/@:.\[\]]{2,}(?:[:/?#]\S*)?$")


class Wrong(NamedTuple):
    """Why this cannot be kept as it stands."""

    sentence: str


def read(field: str, text: str, label: str = "", country: str = "") -> Stated | Wrong:
    """One value of email, phone, link, profile or category. Others are kept as they are typed."""
    value, label = " ".join(text.split())[:LONGEST], " ".join(label.split()).lower()[:100]
    if not value:
        return Wrong("There is nothing written there yet.")
    if field == "email":
        return _email(value, label)
    if field == "phone":
        return _phone(value, label, country)
    if field in ("link", "profile"):
        return _link(value, label)
    if field == "category":
        return Stated(field, value[:LONGEST_TAG], "", tag_key(value[:LONGEST_TAG]))
    return Stated(field, value, label)


def way(text: str, country: str = "") -> Stated | Wrong:
    """How to reach someone, typed into one box: an e-mail address, a number or a link."""
    value = text.strip()
    if identity.email_key(value):
        return read("email", value)
    if re.fullmatch(r"[+(\d][\d\s()./-]*", value):
        return read("phone", value, "", country)
    if SCHEME.match(value) or DOMAIN.match(value):
        return read("link", value)
    return Wrong("That is no e-mail address, number or link that we can read. Please look at it once more.")


def _email(value: str, label: str) -> Stated | Wrong:
    value = re.sub(r"^mailto:", "", value, flags=re.I)
    if key := identity.email_key(value):
        return Stated("email", value, label, key)
    return Wrong("That does not look like an e-mail address. One reads name@example.com.")


def _phone(value: str, label: str, country: str) -> Stated | Wrong:
    if key := identity.phone_key(value, country):
        return Stated("phone", value, label, key)
    return Wrong("That does not look like a phone number. Best with its country: +44 7700 900142.")


def _link(value: str, label: str) -> Stated | Wrong:
    scheme = SCHEME.match(value)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return Wrong("A link begins with https://, or simply with the name of the site.")
    link = value if scheme else f"https://{value}"
    if not DOMAIN.match(re.sub(r"^https?://", "", link, flags=re.I)) or not _is_address(link):
        return Wrong("That does not look like a link. One reads example.com/someone.")
    key = identity.profile_key(link)
    if key.startswith("l:"):
        return Stated("profile", link, "linkedin", key)
    return Stated("link", link, label)


def _is_address(link: str) -> bool:
    """Whether a browser could read it: the port is a number, and the host hides no slash."""
    try:
        urlsplit(link).port  # noqa: B018 - read for what it raises
    except ValueError:
        return False
    return True
