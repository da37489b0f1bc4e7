"""Texts and calls of a phone, as the Android app SMS Backup & Restore writes them: with whom and when, never what.

Its XML has two faults that are mended on the way in: an emoji is written as two halves (&#55357;&#56832;), which is
no XML at all, and pictures stand in it whole. Short codes, names of firms in place of a number and hidden numbers are
nobody to keep in touch with, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from keepwarm.core import identity
from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import table, text
from keepwarm.formats.batch import Batch, Format, Problem, Sample, Unreadable

BATCH = 500  # texts and calls
LARGEST = 4 * 2**20  # letters of one element, without its pictures
MOST_LISTED = 50  # recipients
_PIECE = 65_536  # letters
_LONGEST = 24  # letters of a reference, in two halves
_ROOT = re.compile(r"<(?:smses|calls)[\s/>]")
_PICTURE = re.compile(r"[A-Za-z0-9+/=\s&#;]{1000,}")  # no name or number is as long, and no markup has only these
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HIGH = r"&#(55(?:29[6-9]|[3-9]\d\d)|56(?:[0-2]\d\d|3[01]\d));"
_LOW = r"&#(56(?:3[2-9]\d|[4-9]\d\d)|57(?:[0-2]\d\d|3[0-3]\d|34[0-3]));"
_HALVES = re.compile(_HIGH + _LOW)
_OPEN = re.compile(rf"(?:{_HIGH})?&[#\w]{{0,8}}\Z|{_HIGH}\Z")  # a reference that may go on in the next piece
_REFERENCE = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_NO_NAME = re.compile(r"\(.*\)|null|")  # "(Unknown)", in each language
_FIX = "Nothing was added for it."

_Attributes = dict[str, str]
_Take = Callable[[int, datetime, _Attributes], Exchange | None]


def read(file: BinaryIO) -> Iterator[Batch]:
    lines = text.Decoded(file)
    log = _Log()
    parser = DefusedXMLParser(target=log)
    try:
        for piece in _pieces(lines):
            parser.feed(piece)
            log.check(len(piece))
            if len(log.batch.exchanges) >= BATCH:
                yield log.taken(lines.at)
        parser.close()
    except DefusedXmlException as error:
        raise Unreadable(
            "This XML file defines entities of its own, which no backup of a phone does, so it was left alone.",
            "Make the backup once more in the app, and choose that file.",
        ) from error
    except ParseError as error:
        log.batch.problems.append(_broken(log, error))
    yield log.taken(lines.at)


def _pieces(lines: text.Decoded) -> Iterator[str]:
    """The file in pieces that are XML. What may be half of a reference waits for the next piece."""
    left = ""
    while piece := lines.read(_PIECE):
        piece = left + _PICTURE.sub("", piece)
        found = _OPEN.search(piece, max(0, len(piece) - _LONGEST))
        left = found[0] if found else ""
        yield _mended(piece[: len(piece) - len(left)])
    yield _mended(left)


def _mended(piece: str) -> str:
    if "&#" in piece:
        piece = _REFERENCE.sub(_if_allowed, _HALVES.sub(_whole, piece))
    return _CONTROLS.sub("", piece)


def _whole(halves: re.Match[str]) -> str:
    return chr(0x10000 + (int(halves[1]) - 0xD800 << 10) + int(halves[2]) - 0xDC00)


def _if_allowed(reference: re.Match[str]) -> str:
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    is_letter = 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    return reference[0] if is_letter or number in (9, 10, 13) else ""


def _broken(log: _Log, error: ParseError) -> Problem:
    if not log.count:
        raise Unreadable(
            "This is no backup of texts or calls that Keepwarm can read: its XML is damaged.",
            "Make the backup once more in the app, and choose that file.",
        ) from error
    message = f"This file breaks off or is damaged in line {error.position[0]}; what stands before it was read."
    return Problem(0, "", message, "Make the backup once more and bring it in: what is here already is known again.")


class _Log:
    """What the parser calls for each element. An MMS is whole only with its addresses."""

    def __init__(self) -> None:
        self.batch = Batch()
        self.count = 0
        self._mms: _Attributes | None = None
        self._addresses: list[_Attributes] = []
        self._since = 0  # letters since an element began or ended

    def start(self, tag: str, attributes: _Attributes) -> None:
        self._since = 0
        if tag == "mms":
            self._mms, self._addresses = attributes, []
        elif tag == "addr" and len(self._addresses) <= MOST_LISTED:
            self._addresses.append(attributes)
        elif tag in _TAKE:
            self._take(_TAKE[tag], attributes)

    def end(self, tag: str) -> None:
        self._since = 0
        if tag == "mms" and self._mms is not None:
            mms, addresses = self._mms, self._addresses
            self._mms, self._addresses = None, []
            self._take(lambda where, at, said: _mms(where, at, said, addresses), mms)

    def close(self) -> None:
        """Asked for by the parser."""

    def check(self, letters: int) -> None:
        self._since += letters
        if self._since > LARGEST:
            raise Unreadable(
                "This file has an entry larger than any text message or call.", "Make the backup once more in the app."
            )

    def taken(self, at: int) -> Batch:
        done, self.batch = self.batch, Batch()
        done.at = at
        return done

    def _take(self, kind: _Take, said: _Attributes) -> None:
        self.count += 1
        at = _moment(said.get("date", ""))
        if at is None:
            message = f"The date of this entry, {table.shown(said.get('date', ''))}, makes no sense."
            self.batch.problems.append(Problem(self.count, "date", message, _FIX))
        elif exchange := kind(self.count, at, said):
            self.batch.exchanges.append(exchange)


def _moment(said: str) -> datetime | None:
    """Thousandths of a second since 1970; no phone wrote a text before 1992."""
    if not said.strip().isascii() or not said.strip().isdigit() or len(said) > 15:
        return None
    try:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(said))
    except OverflowError:
        return None
    return at if at.year >= 1992 else None


# Each kind of entry


def _sms(where: int, at: datetime, said: _Attributes) -> Exchange | None:
    """Type 1 came in, 2 was sent; the others are drafts, or never left the phone."""
    other = _party(said.get("address", ""), said.get("contact_name", ""))
    if other is None or said.get("type") not in ("1", "2"):
        return None
    return _one_way(where, at, "sms", other, mine=said["type"] == "2")


def _mms(where: int, at: datetime, said: _Attributes, addresses: list[_Attributes]) -> Exchange | None:
    """As a text, but it may have gone to several; of what came in, the owner is one of those."""
    if said.get("msg_box") not in ("1", "2"):
        return None
    mine = said["msg_box"] == "2"
    sender, others = _addressed(said, addresses)
    known = next(iter(others), None) if mine else sender
    if known is None:
        return None
    id = _id("sms", known, at, "out" if mine else "in")
    return Exchange(where, id, at, "sms", None if mine else sender, others[:MOST_LISTED], mine=mine)


def _addressed(said: _Attributes, addresses: list[_Attributes]) -> tuple[Party | None, tuple[Party, ...]]:
    """From whom (type 137) and to whom; where that is not told apart, the numbers of the entry itself."""
    own, name = said.get("address", ""), said.get("contact_name", "")
    numbers = [(one.get("address", ""), one.get("type") == "137") for one in addresses]
    numbers = numbers or [(number, said["msg_box"] == "1") for number in own.split("~")]
    parties = [(_party(number, name if number == own else ""), is_from) for number, is_from in numbers]
    sender = next((party for party, is_from in parties if party and is_from), None)
    others = dict.fromkeys(party for party, is_from in parties if party and not is_from)
    return sender, tuple(party for party in others if party != sender)


def _call(where: int, at: datetime, said: _Attributes) -> Exchange | None:
    """Type 2 is a call of the owner's; 6 is from a number that they block. Any other came in: 1 and 7 were answered
    where they lasted; 3 was missed, 4 went to voicemail, 5 was turned down."""
    other, kind = _party(said.get("number", ""), said.get("contact_name", "")), said.get("type", "")
    if other is None or kind not in ("1", "2", "3", "4", "5", "7"):
        return None
    lasted = said.get("duration", "").strip("0") != ""
    if lasted and kind in ("1", "2", "7"):
        id = _id("call", other, at, "out" if kind == "2" else "in")
        return Exchange(where, id, at, "call", None, (other,), mine=kind == "2", both=True)
    return _one_way(where, at, "call", other, mine=kind == "2")


def _one_way(where: int, at: datetime, channel: str, other: Party, *, mine: bool) -> Exchange:
    id = _id(channel, other, at, "out" if mine else "in")
    return Exchange(where, id, at, channel, None if mine else other, (other,) if mine else (), mine=mine)


def _id(channel: str, other: Party, at: datetime, direction: str) -> str:
    return f"{channel}:{other.key}:{round(at.timestamp() * 1000)}:{direction}"


@lru_cache(maxsize=4096)  # the same few write again and again
def _party(number: str, name: str) -> Party | None:
    """None for what is no person's number. Five or six digits are one only where the phone knows a name."""
    name = "" if _NO_NAME.fullmatch(text.tidy(name)) else text.tidy(name)
    if "@" in number:
        key = identity.email_key(number)
    elif any(c.isalpha() for c in number):
        return None
    else:
        key = identity.phone_key(number)
    return Party(key, name) if key and (name or len(key) >= len("n:1234567")) else None


_TAKE: dict[str, _Take] = {"sms": _sms, "call": _call}


def recognise(sample: Sample) -> bool:
    start = text.start(sample.head).lstrip()
    return start.startswith("<") and bool(_ROOT.search(start))


FORMAT = Format("sms", "Texts and calls of an Android phone", "sms", recognise, read, people_first=True)
