"""Bytes to text: which encoding a file is in, and its lines, a piece at a time."""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from keepwarm.formats.batch import Unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 65_536  # how much is looked at before the encoding is chosen
_PATCH = "keepwarm-cp1252"  # one Windows byte in a UTF-8 file costs one letter, not the file
_BOMS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b"))
_UNSEEN = (  # controls but tab and line ends, soft hyphen, marks of direction, byte order mark
    *(*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xAD, 0x200B, 0x200E, 0x200F),
    *(*range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF),
)
_WITHOUT_UNSEEN = dict.fromkeys(_UNSEEN)


def windows_1252(raw: bytes) -> str:
    """As browsers do: the five bytes that cp1252 leaves undefined keep their number."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in raw)


def _patch(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return windows_1252(error.object[error.start : error.end]), error.end


codecs.register_error(_PATCH, _patch)


def encoding(head: bytes) -> str:
    """The codec for a file that begins so: its mark, else UTF-8, UTF-16, cp1251 or cp1252."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    return _unmarked_utf16(head) or ("utf-8" if _mostly_utf8(head) else _windows(head))


def _unmarked_utf16(head: bytes) -> str:
    """Western text in UTF-16 has a zero in every other byte, and hardly any in the others."""
    half = len(head) // 2
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if half >= 4 and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if half >= 4 and even > 0.4 * half and odd < 0.05 * half else ""


def _mostly_utf8(head: bytes) -> bool:
    """True too for UTF-8 with a few stray Windows bytes: two exports pasted into one file."""
    head = re.sub(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z", b"", head)  # a letter cut in two by the end
    high = sum(map(len, re.findall(rb"[\x80-\xff]+", head)))
    good = sum(len(c.encode()) for c in re.findall(r"[^\x00-\x7f]", head.decode("utf-8", "ignore")))
    return not high or good * 2 > high or (good > 0 and high - good <= 3)


def _windows(head: bytes) -> str:
    """Cyrillic words are made of high bytes; a Western word has one or two among plain letters."""
    letters = re.findall(rb"[\xa8\xb8\xc0-\xff]+", head)
    in_runs = sum(len(run) for run in letters if len(run) >= 3)
    return "cp1251" if in_runs * 10 > 6 * sum(map(len, letters)) else "cp1252"


def is_binary(head: bytes) -> bool:
    """More control characters than a text has by accident."""
    if (name := encoding(head)).startswith(("utf-16", "utf-32")):
        head = head.decode(name, "replace").encode("utf-8", "replace")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > 1 + len(head) / 50


def start(head: bytes) -> str:
    """The beginning of a file as text, for recognition; "" for binary junk."""
    if is_binary(head):
        return ""
    return head.decode(encoding(head), _errors(encoding(head)))


def _errors(name: str) -> str:
    return "replace" if name.startswith(("utf-16", "utf-32")) else _PATCH


def tidy(text: str) -> str:
    """One line without control or invisible characters, stripped, NFC."""
    if not text.isprintable():
        text = text.translate(_WITHOUT_UNSEEN)
    elif text.isascii() and "  " not in text:
        return text.strip()  # nearly always, and three times as fast
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Decoded(io.TextIOWrapper):
    """The text of a binary stream, decoded as it is read. Closing it leaves the stream open.

    Line ends stay as they are (csv wants them so). Raises Unreadable for what is not text.
    """

    def __init__(self, file: BinaryIO) -> None:
        head = _first(file)
        if is_binary(head):
            raise Unreadable(
                "This file holds no text, so there are no people in it that Keepwarm could read.",
                "Choose the file as it was exported: .vcf, .csv or .zip.",
            )
        name = encoding(head)
        self._source = _Source(head, file)
        super().__init__(io.BufferedReader(self._source, HEAD), name, _errors(name), newline="")

    @property
    def at(self) -> int:
        """Bytes taken from the stream so far."""
        return self._source.at


def _first(file: BinaryIO) -> bytes:
    """HEAD bytes, or all there is: one read() of a stream may give less than it was asked for."""
    head = b""
    while len(head) < HEAD and (piece := file.read(HEAD - len(head))):
        head += piece
    return head


class _Source(io.RawIOBase):
    """The head that was looked at, then the rest, counted."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head, self._file, self.at = head, file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._head[: len(view)] or self._file.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(piece)] = piece
        self.at += len(piece)
        return len(piece)
