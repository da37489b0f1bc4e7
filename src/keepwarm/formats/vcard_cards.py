"""A file cut into vCards, one at a time, whatever stands between them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

BLOCK = 256 * 1024
LARGEST = 32 * 1024 * 1024  # bytes of one card; above that it is a broken file, not a person
_BEGIN = b"BEGIN:VCARD"
_LOOK_BACK = 128  # bytes kept before a BEGIN: enough to see that it belongs to an AGENT
_BLANK = b" \t\r\n\xef\xbb\xbf"

_end = re.compile(rb"[\r\n]END[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_open_agent = re.compile(rb"(?:^|[\r\n])(?:[\w-]+\.)?AGENT[^\r\n:]*:[ \t\r\n]*$", re.IGNORECASE)
_wide_begin = re.compile(rb"(\x00)?B\x00E\x00G\x00I\x00N(\x00)?", re.IGNORECASE)


class Cut(NamedTuple):
    """One card from its BEGIN to the next one's, with what follows its END; None is a card too large."""

    raw: bytes | None
    at: int  # bytes of the file read so far


def wide_encoding(head: bytes) -> str:
    """The UTF-16 a file is written in, told from its mark or its zero bytes; empty for all else."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    found = _wide_begin.search(head, 0, 4096)
    if not found:
        return ""
    return "utf-16-be" if found[1] else "utf-16-le"


def starts_with_card(head: bytes) -> bool:
    return head.lstrip(_BLANK)[: len(_BEGIN)].upper() == _BEGIN


def has_card(head: bytes) -> bool:
    return any(True for _ in _begins(bytearray(head), 0))


def cut(file: BinaryIO) -> Iterator[Cut]:
    """Cards in the order of the file. An END is not looked for: it may be folded, or missing."""
    held = bytearray()
    opened = False  # a card begins at held[0]
    searched = 0
    at = 0
    for block, at in _blocks(file):
        held += block
        start = 0
        for begin in _begins(held, searched):
            if opened:
                yield Cut(bytes(held[start:begin]), at)
            start, opened = begin, True
        del held[: start if opened else max(0, len(held) - _LOOK_BACK)]
        if len(held) > LARGEST:
            yield Cut(_whole_card(held), at)
            del held[:-_LOOK_BACK]
            opened = False
        # One byte less than a BEGIN: none is missed, none is found twice.
        searched = max(0, len(held) - len(_BEGIN) + 1)
    if opened:
        yield Cut(bytes(held), at)


def _blocks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """The file as ASCII-compatible bytes, with the position in the file itself."""
    block = file.read(BLOCK)
    wide = wide_encoding(block)
    decoder = codecs.getincrementaldecoder(wide)("replace") if wide else None
    at = 0
    while block:
        at += len(block)
        yield (decoder.decode(block).encode() if decoder else block), at
        block = file.read(BLOCK)


def _begins(held: bytearray, searched: int) -> Iterator[int]:
    """Where cards begin: at the start of a line, and not inside an AGENT of vCard 2.1."""
    # A copy in capitals and find() is five times as fast as a regex that ignores case.
    capitals = bytes(held[searched:]).upper()
    found = capitals.find(_BEGIN)
    while found >= 0:
        begin = searched + found
        if _opens_a_card(held, begin):
            yield begin
        found = capitals.find(_BEGIN, found + len(_BEGIN))


def _opens_a_card(held: bytearray, begin: int) -> bool:
    before = held[max(0, begin - _LOOK_BACK) : begin]
    if before and before[-1] not in b"\r\n":
        return begin < _LOOK_BACK and not before.strip(_BLANK)
    return not (before.rstrip(_BLANK).endswith(b":") and _open_agent.search(before))


def _whole_card(held: bytearray) -> bytes | None:
    """The card at the front of too much text: what follows its END may be all that is large."""
    end = _end.search(held)
    return bytes(held[: end.end()]) if end else None
