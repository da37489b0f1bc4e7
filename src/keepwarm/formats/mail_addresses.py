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
_MOST_WORDS = 9  # pieces of a name: "Byron, Ada, Countess, PhD"
# One of these at each place: "quoted", <in angles>, a sign that parts, or a run of anything else. What never ends is
# a sign as any other, and what may be looked through is short: a line made to be slow is read once, too.
_PIECES = re.compile(r'"(?:[^"\\]|\\.){0,128}"|<[^<>]*>|[,;:]|[^",;:<>]+|.', re.DOTALL)
_SIGN = r"[^\s\"(),:;<>@\\\[\]]"
_SIMPLE = re.compile(rf"{_SIGN}+@{_SIGN}+")
_LOCAL = re.compile(rf'(?:{_SIGN}{{1,100}}|"(?:[^"\\\s]|\\.){{1,100}}")\Z')
_DOMAIN = re.compile(rf"{_SIGN}+")
_COMMENT = re.compile(r"\(((?:[^()\\]|\\.){0,100})\)")
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
        said = max(said, found[1], key=len)
        part = f"{part[: found.start()]} {part[found.end() :]}"
    bare = _SIMPLE.fullmatch(part.strip())
    return f"{said} <{bare[0]}>" if bare and said and "@" not in said else part


def _parties(line: str) -> Iterator[Party]:
    """Words up to an address are its name, with the comma that someone forgot to quote: Byron, Ada <ada@…>."""
    words: list[str] = []
    for piece in _PIECES.findall(line):
        if piece in ",;":
            found = _bare(words)
            yield from found
            words = [] if found or piece == ";" else [*words[-_MOST_WORDS:], ", "]
        elif piece == ":":
            words = []  # it was the name of a group, or "mailto"
        elif piece[0] == "<" and len(piece) > 1:
            yield from _in_angles(piece[1:-1], "".join(words))
            words = []
        else:
            words.append(piece)
    yield from _bare(words)


def _in_angles(said: str, name: str) -> list[Party]:
    """An address with the name before it. Angles that hold none may stand behind one that does."""
    said = mail_words.decoded(said).rpartition(":")[2]  # behind the route by which it once was sent
    key = _key(said)
    return [Party(key, _name(name, key))] if key else _bare([name])


def _bare(words: list[str]) -> list[Party]:
    """Those without angles: one, or as many as some program has put into one encoded word."""
    said = "".join(words)
    if "@" not in said:
        inside = mail_words.decoded(said) if "=?" in said else ""
        return list(_parties(inside)) if "@" in inside and "=?" not in inside else []
    at = said.rindex("@")
    local, domain = _LOCAL.search(said, max(0, at - 100), at), _DOMAIN.match(said, at + 1)
    if not local or not domain:
        return []
    key = _key(f"{local[0]}@{domain[0]}")
    return [Party(key, _name(f"{said[: local.start()]} {said[domain.end() :]}", key))] if key else []


def _name(said: str, key: str) -> str:
    """As its owner spells it; "" where it only repeats the address."""
    said = said.strip(" ,")
    if len(said) > 1 and said[0] == said[-1] == '"':
        said = said[1:-1]
    if "\\" in said:
        said = _BACKSLASH.sub(r"\1", said)
    name = mail_words.decoded(said).strip(" \"'`,;<>")[:_LONGEST_NAME].strip()
    if name.casefold().removeprefix("mailto:") == key[2:] or not any(map(str.isalnum, name)):
        return ""
    return name


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


def before_via(name: str) -> str:
    """Who wrote, where a list put itself into their place: "'Ada Byron' via Painters"; "" where none did."""
    found = _VIA.match(name)
    return found[1] if found else ""
