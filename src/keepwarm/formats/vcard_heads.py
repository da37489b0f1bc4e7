"""What stands before the colon of a vCard line: name, group, label, preference and encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

UNRANKED = 101  # after every PREF=1…100


class Head(NamedTuple):
    """Read from, say, `item1.TEL;TYPE=WORK;PREF=1`."""

    name: str  # in capitals, without its group
    field: str = ""  # what it is about; empty where nobody needs it
    group: str = ""
    label: str = ""  # "work", "cell", "home fax", or the program's own word in lower case
    rank: int = UNRANKED  # 1 is the most preferred
    encoding: str = ""  # "b" base64, "q" quoted-printable
    charset: str = ""  # Python's name of it
    others: Mapping[str, str] = {}  # every other parameter, its name in capitals


PLAIN = Head("")
CUT_SHORT = Head("", "QUOTE")  # the colon was one inside quotes
EDGES = frozenset(("BEGIN", "END", "AGENT", "QUOTE"))

_SAME = (
    "BEGIN END AGENT FN CN NAME N NICKNAME ORG TITLE ROLE NOTE ADR LABEL BDAY ANNIVERSARY "
    "EMAIL TEL URL CATEGORIES REV UID KIND PHOTO LOGO IMPP"
)
_FIELDS = {name: name for name in _SAME.split()} | {
    "PHONE": "TEL",
    "SOCIALPROFILE": "PROFILE",
    "X-SOCIALPROFILE": "PROFILE",
    "X-ABDATE": "DATE",
    "X-ABLABEL": "WORD",
    "X-ABSHOWAS": "SHOW",
    "X-ADDRESSBOOKSERVER-KIND": "KIND",
    "X-ANNIVERSARY": "ANNIVERSARY",
    "X-EVOLUTION-ANNIVERSARY": "ANNIVERSARY",
    "X-KADDRESSBOOK-X-ANNIVERSARY": "ANNIVERSARY",
    "X-KEEPWARM-KNOWN-SINCE": "KNOWN",
    "X-MS-ANNIVERSARY": "ANNIVERSARY",
}
_MESSENGERS = (
    "aim facebook gadugadu groupwise gtalk icq jabber matrix msn qq sametime signal skype "
    "telegram threema twitter whatsapp yahoo"
)
SERVICES = {f"X-{name.upper()}": name for name in _MESSENGERS.split()} | {
    "X-GOOGLE TALK": "gtalk",
    "X-GOOGLE-TALK": "gtalk",
    "X-MESSAGING/XMPP-ALL": "xmpp",
    "X-MS-IMADDRESS": "im",
    "X-SKYPE-USERNAME": "skype",
}
_FIELDS |= dict.fromkeys(SERVICES, "IMPP")

_ENCODINGS = {"B": "b", "BASE64": "b", "Q": "q", "QUOTED-PRINTABLE": "q"}
_IGNORED_ENCODINGS = frozenset(("7BIT", "8BIT", "BINARY"))
_NOISE = frozenset(("", "internet", "voice", "msg", "postal", "parcel", "dom", "intl", "text", "video"))
_ONE_BYTE = ("iso8859", "cp", "koi8", "mac", "kz1048", "ptcp154", "tis-620")
MULTIBYTE = ("gb", "big5", "shift", "euc", "cp93", "cp94", "cp95", "hz", "iso2022", "johab")

_quoted_piece = re.compile(r'(?:[^;"]++|"[^"]*+"?)++')
_quoted_head = re.compile(r'((?:[^":]++|"[^"]*+")*+):(.*)', re.DOTALL)
_caret = re.compile(r"\^([n'^])")

# The same few dozen heads open nearly every line of an address book. Public, as the innermost loop of
# reading asks it before it calls head().
known: dict[str, Head] = {}
_REMEMBERED = 4096
_LONG = 300  # a longer head is one card's own (a LABEL=)


def head(before: str) -> Head:
    """The head for what stands before the first colon of a line."""
    found = known.get(before)
    if found is not None:
        return found
    found = _read(before) if before.count('"') % 2 == 0 else CUT_SHORT
    if len(before) < _LONG:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[before] = found
    return found


def quoted(line: str) -> tuple[Head, str]:
    """Head and value of a line with a colon inside quotes."""
    match = _quoted_head.match(line)
    before, value = match.groups() if match else line.split(":", 1)
    return _read(before), value


def _read(before: str) -> Head:
    pieces = before.split(";") if '"' not in before else _quoted_piece.findall(before)
    group, _, name = (pieces[0] if pieces else "").strip("\ufeff \t").upper().rpartition(".")
    types: list[str] = []
    others: dict[str, str] = {}
    encoding = charset = ""
    rank = UNRANKED
    for piece in pieces[1:]:
        key, value = _parameter(piece)
        if key == "TYPE":
            types += _types(value)
        elif key == "ENCODING":
            encoding = _ENCODINGS.get(value.upper(), "")
        elif key == "CHARSET":
            charset = _charset(value)
        elif key == "PREF":
            rank = _rank(value)
        else:
            others[key] = value
    if "pref" in types:
        types.remove("pref")
        rank = min(rank, 1)
    return Head(name, _FIELDS.get(name, ""), group, label_of(types), rank, encoding, charset, others)


def _parameter(piece: str) -> tuple[str, str]:
    """Key and value; a bare word, as vCard 2.1 has them, is a type, an encoding or a preference."""
    key, equals, value = piece.partition("=")
    key = key.strip().upper()
    if equals:
        return key, _parameter_value(value.strip())
    if key in _ENCODINGS or key in _IGNORED_ENCODINGS:
        return "ENCODING", key
    return ("PREF", "1") if key == "PREF" else ("TYPE", key)


def label_of(types: list[str]) -> str:
    """Of TYPE=WORK,VOICE,FAX the words that tell one number from the next: "work fax"."""
    words = [kind.removeprefix("x-") for kind in types if kind not in _NOISE]
    place = next((word for word in words if word in ("home", "work")), "")
    if "cell" in words or "mobile" in words:
        return "cell"
    if "fax" in words:
        return f"{place} fax".strip()
    if "pager" in words:
        return "pager"
    return place or (words[0] if words else "")


def _parameter_value(value: str) -> str:
    if value.startswith('\\"'):  # some programs escape the quotes themselves
        value = value.strip('\\"')
    value = value.strip('"')
    return _caret.sub(_uncaret, value) if "^" in value else value


def _uncaret(found: re.Match[str]) -> str:
    """RFC 6868: a line break, a quote or a caret inside a parameter."""
    return {"n": "\n", "'": '"', "^": "^"}[found[1]]


def _types(value: str) -> list[str]:
    return [kind.removeprefix("type=") for kind in map(str.strip, value.lower().split(",")) if kind]


def _rank(value: str) -> int:
    if value.isascii() and value.isdigit():
        return min(int(value[:4]), UNRANKED)
    return UNRANKED


@lru_cache(256)
def _charset(declared: str) -> str:
    """Python's name of a character set, empty for UTF-8, the default, and for an unknown one."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return ""  # the bytes themselves tell
    if not name.startswith(_ONE_BYTE + MULTIBYTE):
        return ""  # UTF-8, ASCII; and what is no character set at all: rot13, zip
    return "cp1252" if name == "iso8859-1" else name
