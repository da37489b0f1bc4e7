"""One vCard from bytes to lines and values: line ends, folds, encodings and escapes."""

from __future__ import annotations

import binascii
import re
from unicodedata import normalize

from keepwarm.formats import vcard_heads
from keepwarm.formats.vcard_heads import Head

_MECHANICAL_FOLD = (74, 75, 76)  # octets at which programs cut a line, in the middle of a word

_escape = re.compile(r"\\([nN,;:\\\"])")
_card_edge = re.compile(rb"(?:BEGIN|END)[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_version_2 = re.compile(rb"[\r\n]VERSION[ \t]*:[ \t]*2", re.IGNORECASE)
_word = re.compile(rb"[A-Za-z\x80-\xff]+")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])


def lines(raw: bytes) -> list[str]:
    """The logical lines of a card, decoded; their values are still escaped."""
    return _text(_unfolded(raw)).split("\n")


def mended(lines: list[str]) -> list[str]:
    """Lines without a colon go with the line before: base64 without indent, a note's own lines."""
    found: list[list[str]] = []
    for line in lines:
        if ":" in line:
            found.append([line])
        elif found and line.strip():
            found[-1].append(line)
    return [pieces[0] if len(pieces) == 1 else _rejoined(pieces) for pieces in found]


def old_style(raw: bytes) -> bool:
    """Whether a card says that it is a vCard 2.1: its commas and folds mean something else."""
    top = raw[:200]
    if b"\nVERSION:3" in top or b"\nVERSION:4" in top:
        return False  # nearly always, and a regex is slower
    return _version_2.search(raw, 0, 400) is not None


def _rejoined(pieces: list[str]) -> str:
    in_base64 = vcard_heads.head(pieces[0].partition(":")[0]).encoding == "b"
    return ("" if in_base64 else "\n").join(pieces)


# Bytes to lines


def _unfolded(raw: bytes) -> bytes:
    """Before decoding, as programs fold in the middle of a letter's bytes too.

    Each step is the one that costs least on a card with a picture: replace() of more than one byte is
    ten times as slow as replace() of one, and `in` twice as slow as split().
    """
    if b"\0" in raw:
        raw = raw.replace(b"\0", b"")
    if b"\r" in raw:
        raw = _with_plain_ends(raw)
    if b"QUOTED-PRINTABLE" in raw.upper():
        raw = _without_soft_breaks(raw)
    if b"\t" in raw:
        raw = raw.replace(b"\n\t", b"\n ")
    pieces = raw.split(b"\n ")
    if len(pieces) == 1:
        return raw
    return _unfolded_as_old(raw) if old_style(raw) else b"".join(pieces)


def _with_plain_ends(raw: bytes) -> bytes:
    if raw.count(b"\r") == raw.count(b"\n"):
        return raw.replace(b"\r", b"")
    # An iPhone's file that went through a Windows program ends its lines with \r\r\n; old Macs with \r.
    return raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _unfolded_as_old(raw: bytes) -> bytes:
    """vCard 2.1 folds where a space was and keeps it; programs that fold as 3.0 does cut at 75."""
    pieces: list[bytes] = []
    length = 0  # of the line before
    for line in raw.split(b"\n"):
        rest = line.lstrip(b" \t") if pieces else line
        if len(rest) < len(line):
            pieces.append(rest if length in _MECHANICAL_FOLD else b" " + rest)
        else:
            pieces.append(b"\n" + line)
        length = len(rest)
    return b"".join(pieces)[1:]


def _without_soft_breaks(raw: bytes) -> bytes:
    pieces: list[bytes] = []
    encoded = broken = False  # the line is quoted-printable; the one before ends with a soft break
    for line in raw.split(b"\n"):
        goes_on = broken and not _card_edge.match(line)
        encoded = encoded if goes_on else b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
        broken = encoded and line.endswith(b"=")
        pieces.append((b"" if goes_on else b"\n") + (line[:-1] if broken else line))
    return b"".join(pieces)[1:]


# Bytes to text


def _text(raw: bytes) -> str:
    if b"\x1b" not in raw:  # an escape may start Japanese in seven bits
        try:
            return raw.decode()
        except UnicodeDecodeError:
            pass  # an older encoding: line by line, as lines may differ
    guess = likely_encoding(raw)
    return "\n".join(_line_text(line, guess) for line in raw.split(b"\n"))


def _line_text(line: bytes, guess: str) -> str:
    before = line.partition(b":")[0].decode("latin-1")
    return decoded(line, vcard_heads.head(before).charset, guess)


def decoded(data: bytes, declared: str, guess: str = "") -> str:
    """Text by the encoding it is in rather than the one it claims.

    Bytes that pass as UTF-8 nearly always are; only the two-byte encodings of East Asia can pass by chance.
    """
    tried = (declared, "utf-8") if declared.startswith(vcard_heads.MULTIBYTE) else ("utf-8", declared)
    for encoding in filter(None, tried):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue  # the next one may fit
    if _mostly_utf8(data):
        return data.decode("utf-8", "replace")
    return data.decode(guess or likely_encoding(data), "replace")


def likely_encoding(data: bytes) -> str:
    """cp1251 or cp1252. Cyrillic words are of high bytes only; Western words hold a few among ASCII."""
    cyrillic = western = 0
    for word in _word.findall(data):
        high = len(word.translate(None, bytes(range(128))))
        if high == len(word) >= 2:
            cyrillic += 1
        elif high:
            western += 1
    return "cp1251" if cyrillic > western else "cp1252"


def _mostly_utf8(data: bytes) -> bool:
    """A text cut in the middle of its last letter, say, is still UTF-8."""
    kept = data.decode("utf-8", "ignore")
    good = sum(1 for letter in kept if letter > "\x7f")
    lost = len(data) - len(kept.encode())
    return good > lost


# Values


def text(head: Head, value: str) -> str:
    """A value as one line: decoded, unescaped, without control characters, NFC, stripped."""
    # Nine values in ten are plain ASCII; what follows is only for the tenth.
    if "\\" not in value and value.isascii() and value.isprintable() and not head.encoding:
        return value.strip()
    if head.encoding:
        value = _unencoded(head, value)
    return one_line(unescaped(value))


def long_text(head: Head, value: str) -> str:
    """A value that keeps its lines: a note, an address label."""
    if head.encoding:
        value = _unencoded(head, value)
    return tidy(unescaped(value))


def texts(head: Head, value: str, separator: str = ";") -> list[str]:
    """The components of a structured value, each as one line."""
    if "\\" not in value and value.isascii() and value.isprintable() and not head.encoding:
        return [piece.strip() for piece in value.split(separator)]
    head, pieces = parts(head, value, separator)
    return [text(head, piece) for piece in pieces]


def parts(head: Head, value: str, separator: str = ";") -> tuple[Head, list[str]]:
    """The components of a structured value, still escaped, and the head to read each of them with."""
    if head.encoding and separator not in value:
        return vcard_heads.PLAIN, split(_unencoded(head, value), separator)  # the separators too are encoded
    return head, split(value, separator)


def split(value: str, separator: str) -> list[str]:
    if "\\" not in value:
        return value.split(separator)
    # Halves of surrogate pairs never come out of a decoder, so they can stand for what is escaped.
    hidden = value.replace("\\\\", "\ud800").replace("\\" + separator, "\ud801")
    pieces = hidden.split(separator)
    return [piece.replace("\ud801", "\\" + separator).replace("\ud800", "\\\\") for piece in pieces]


def unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return _escape.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def tidy(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value.strip()
    if not value.isprintable():
        value = value.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return normalize("NFC", value).strip()


def one_line(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value.strip()
    value = tidy(value)
    return " ".join(value.split()) if "\n" in value or "\t" in value else value


def _unencoded(head: Head, value: str) -> str:
    data = value.encode()
    data = unbased(value) if head.encoding == "b" else binascii.a2b_qp(data)
    return decoded(data.replace(b"\0", b""), head.charset)


def unbased(value: str) -> bytes:
    """Base64 as far as it goes: a picture cut short still shows its upper half."""
    data = value.encode("ascii", "ignore")
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return binascii.a2b_base64(kept[: len(kept) // 4 * 4])
