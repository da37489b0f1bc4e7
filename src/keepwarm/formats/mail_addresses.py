"""The people of From, To and Cc: whatever a line holds, those who can be made out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from keepwarm.core import identity
from keepwarm.core.touches import Party
from keepwarm.formats import mail_words, text

_LONGEST_NAME = 200  # letters
_REMEMBERED = 400  # letters of a line that is worth keeping
# One of these at each place, so that a line of any size is read once: "quoted" (a quote that never ends is a sign as
# any other), <in angles>, a sign that parts, or a run of anything else.
_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>]*>|[,;:]|[^",;:<>]+|.', re.DOTALL)
_SIMPLE = re.compile(r"[^\s\"(),:;<>@\\\[\]]+@[^\s\"(),:;<>@\\\[\]]+")
_ADDRESS = re.compile(r"(?:mailto:)?([^\s\"'(),:;<>@\\\[\]]+@[^\s\"'(),:;<>@\\\[\]]+)", re.I)
_QUOTED_LOCAL = re.compile(r'"((?:[^"\\\s]|\\.)*)"@([^\s"(),:;<>@\\\[\]]+)')
_COMMENT = re.compile(r"\(((?:[^()\\]|\\.)*)\)")
_DEEP = 5  # comments within comments
_BACKSLASH = re.compile(r"\\(.)")
_VIA = re.compile(r"^['\"]?(.+?)['\"]? (?:via|através de|über|par l'intermédiaire de) ", re.I)


def read(line: str) -> tuple[Party, ...]:
    """Everyone on the line, in order; who has no address that could be one is left out."""
    return _kept(line) if len(line) <= _REMEMBERED else _read(line)


def _read(line: str) -> tuple[Party, ...]:
    if _SIMPLE.fullmatch(line):
        key = _key(line)
        return (Party(key),) if key else ()
    return tuple(_parties(_without_comments(line)))


_kept = lru_cache(maxsize=16_384)(_read)  # one writes to the same few


def _without_comments(line: str) -> str:
    """ "ada@example.com (Ada Byron)", as names were written once, becomes "Ada Byron <ada@example.com>"."""
    if "(" not in line:
        return line
    return ",".join(_comment_as_name(part) if "(" in part else part for part in line.split(","))


def _comment_as_name(part: str) -> str:
    said = ""
    for _ in range(_DEEP):
        found = _COMMENT.search(part)
        if not found:
            break
        said = said or found[1]
        part = f"{part[: found.start()]} {part[found.end() :]}"
    bare = _SIMPLE.fullmatch(part.strip())
    return f"{said} <{bare[0]}>" if bare and said and "@" not in said else part


def _parties(line: str) -> Iterator[Party]:
    """Words up to an address are its name, with the comma that someone forgot to quote: Byron, Ada <ada@…>."""
    words: list[str] = []
    for piece in _PIECES.findall(line):
        if piece == ":":
            words.clear()  # the name of a group, or "mailto"
        elif piece in (",", ";"):
            party = _bare(words)
            if party:
                yield party
            if party or piece == ";":
                words.clear()
            elif words:
                words.append(", ")
        elif piece[0] == "<" and len(piece) > 2:
            key = _key(_plain(piece[1:-1])) or _key(_last_address("".join(words)))
            if key:
                yield Party(key, _name(words, key))
            words.clear()
        else:
            words.append(piece)
    if party := _bare(words):
        yield party


def _bare(words: list[str]) -> Party | None:
    """An address without angles: alone, or at the end of what was said."""
    said = "".join(words)
    if "@" not in said and "=?" not in said:
        return None
    address = _last_address(_plain(said))
    key = _key(address)
    return Party(key, _name([said.replace(address, " ")], key)) if key else None


def _last_address(said: str) -> str:
    if quoted := _QUOTED_LOCAL.search(said):
        return f"{quoted[1]}@{quoted[2]}"
    found = _ADDRESS.findall(said)
    return found[-1] if found else ""


def _plain(said: str) -> str:
    """An address may have been encoded whole, by programs that should not have."""
    return mail_words.decoded(said) if "=?" in said else said


def _name(words: list[str], key: str) -> str:
    """As its owner spells it; "" where it only repeats the address."""
    said = "".join(words).strip(" ,")
    if len(said) > 1 and said[0] == said[-1] == '"':
        said = said[1:-1]
    if "\\" in said:
        said = _BACKSLASH.sub(r"\1", said)
    name = mail_words.decoded(said).strip(" \"'`,;<>")[:_LONGEST_NAME].strip()
    return "" if name.casefold().removeprefix("mailto:") == key[2:] else name


@lru_cache(maxsize=16_384)
def _key(address: str) -> str:
    """core.identity's, with the domain in the letters of its country."""
    address = text.tidy(address).strip("'\"<>.,").removeprefix("mailto:").replace('"', "")
    local, _, domain = address.rpartition("@")
    if "xn--" in domain.lower():
        domain = ".".join(_label(part) for part in domain.lower().split("."))
    return identity.email_key(f"{local}@{domain.rstrip('.')}")


def _label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def without_via(party: Party) -> str:
    """The name of who wrote, where a list put itself into their place: "'Ada Byron' via Painters"."""
    found = _VIA.match(party.name)
    return found[1] if found else ""
