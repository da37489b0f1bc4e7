"""The words of a header: encoded (RFC 2047), raw, or broken; always into text, never an error."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from functools import lru_cache

from keepwarm.formats import text

# Its last two signs may have been cut off; blanks inside, which some programs write, are forgiven.
_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([BbQq])\?([^?]*)(?:\?=|\?\Z|\Z)")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[BbQq]\?)")  # blanks between two words are no part of the text
_ESCAPED = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
# What is said and what is meant, as browsers take it: the larger set that holds the smaller.
_MEANT = {
    "us-ascii": "utf-8", "ascii": "utf-8", "iso-8859-1": "cp1252", "latin1": "cp1252", "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932", "cp-850": "cp850",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8",
}  # fmt: skip
# Codecs of Python's own that no letter means: they are slow, or read escapes.
_NOT_MEANT = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))


def raw(line: bytes) -> str:
    """The bytes of a header as text: UTF-8, as RFC 6532 allows; else as Windows wrote it before."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return text.windows_1252(line)


def decoded(line: str) -> str:
    """A line in which encoded words may stand, tidied."""
    if "=?" in line:
        line = _WORD.sub(_one, _joined(_BETWEEN.sub(r"\1", line)))
    return text.tidy(line)


def _joined(line: str) -> str:
    """Neighbours in one alphabet as one word: some programs cut in the middle of a letter."""
    pieces = list(_WORD.finditer(line))
    if len(pieces) < 2:
        return line
    out: list[str] = []
    at = 0
    for before, piece in zip([None, *pieces], pieces, strict=False):
        touching = before is not None and before.end() == piece.start() and _alike(before, piece)
        if touching and out:
            out[-1] += _apart(piece)
        else:
            out += (line[at : piece.start()], f"=?{piece[1]}?Q?{_apart(piece)}")
        at = piece.end()
    return "".join(f"{bit}?=" if i % 2 else bit for i, bit in enumerate(out)) + line[at:]


def _alike(one: re.Match[str], other: re.Match[str]) -> bool:
    return one[1].lower() == other[1].lower()


def _apart(piece: re.Match[str]) -> str:
    """The bytes of a word, each written out."""
    return "".join(f"={byte:02X}" for byte in _bytes(piece))


def _one(piece: re.Match[str]) -> str:
    return _read(_bytes(piece), piece[1])


def _bytes(piece: re.Match[str]) -> bytes:
    said = piece[3].encode("utf-8", "replace")
    if piece[2] in "Bb":
        return _base64(said)
    return _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), said.replace(b"_", b" "))


def _base64(said: bytes) -> bytes:
    """As much as there is of it: what is cut off or has signs of another kind costs only itself."""
    clean = _NOT_BASE64.sub(b"", said)
    try:
        return base64.b64decode(clean[: len(clean) // 4 * 4] + _rest(clean))
    except binascii.Error:
        return b""


def _rest(clean: bytes) -> bytes:
    left = clean[len(clean) // 4 * 4 :]
    return left + b"=" * (4 - len(left)) if len(left) > 1 else b""


def _read(said: bytes, charset: str) -> str:
    codec = _codec(charset.lower())
    if not codec:
        return raw(said)
    try:
        found = said.decode(codec, "strict" if codec == "utf-8" else "replace")
    except (UnicodeError, LookupError):
        return raw(said)
    return found.encode("utf-8", "replace").decode()  # UTF-7 can say half of a letter


@lru_cache(maxsize=256)
def _codec(charset: str) -> str:
    """The codec that is meant; "" for none that is known."""
    charset = _MEANT.get(charset, charset)
    try:
        found = codecs.lookup(charset).name
        b"".decode(found)  # raises for what is no alphabet, such as zip
    except (LookupError, ValueError):
        return ""
    return "" if found.replace("-", "_") in _NOT_MEANT else found
