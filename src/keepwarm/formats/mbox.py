"""Mailboxes in one file: mbox in all its kinds, of any size, and Google Takeout's with its labels.

Each letter begins with a From_ line. How a "From " at the start of a line within a letter is told from it differs:
mboxo and mboxrd write ">From ", mboxcl says how long the letter is, and some do nothing. So a From_ line is
one that has a date, or nothing at all, with a header in the next line; and where Content-Length leads to another From_
line, what lies between belongs to the letter. Bodies are passed over, never read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple

from keepwarm.formats import mail, mail_dates, mail_words
from keepwarm.formats.batch import Batch, Format, Local, Problem, Sample, Unreadable

BATCH = 500  # letters
_BLOCK = 1 << 20
_LINE = 1000  # bytes: a From_ line and the beginning of the next
_FAR = _BLOCK  # bytes: no further is looked whether a letter ends where it says; what is larger has no such text
_NAMED = (".mbox", ".mbx")
_FROM = re.compile(rb"\nFrom ")  # searched for half again as fast as by find()
_DATED = re.compile(
    rb"From [^\r\n]{0,300}?"
    rb"(?:\d:\d\d(?::\d\d)?(?: [+-]\d{4}| [A-Z]{1,5}){0,2} (?:19|20)\d\d"  # as C's asctime has it: 10:00:00 +0100 2024
    rb"|(?:19|20)\d\d(?:[-/]\d\d?[-/]\d\d?)?[T ]\d?\d:\d\d)"  # 2024 10:00, 2024-01-04 10:00
    rb"[^\r\n]{0,40}\r?\n(?:>?From |[!-9;-~]{1,80}[ \t]*:)"
)
_BARE = re.compile(rb"From [^\s:]{0,100}[ \t-]*\r?\n(?:>?From |[A-Za-z][\w-]{1,80}:)")  # Thunderbird's; mboxes of old
_QUOTED = re.compile(rb"(?:\n>?From [^\n]*)+")
_LENGTH = re.compile(rb"\ncontent-length[ \t]*:[ \t]*(\d{1,11})(?!\d)", re.IGNORECASE)


class Letter(NamedTuple):
    """The head of one."""

    header: bytes  # cut off where it is larger than those of any letter
    envelope: bytes  # the From_ line


class Mailbox:
    """The letters of a stream, seen through a window that moves over it. `at` is how many bytes have been read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._data, self._here = b"\n", 0  # the window, and the place in it that is looked at
        self._ended = False
        self.at = 0

    def __iter__(self) -> Iterator[Letter]:
        while self._find():
            self._hold(_LINE + mail.LARGEST)
            line_end = self._data.index(b"\n", self._here + 1)
            envelope = self._data[self._here + 1 : line_end]
            if quoted := _QUOTED.match(self._data, line_end):
                line_end = quoted.end()
            end = self._header_end(line_end)
            header = self._data[line_end:end]
            self._here = end
            self._skip(header)
            yield Letter(header, envelope)

    def begins(self) -> bool:
        """Whether there is a letter at all."""
        return self._find()

    def _find(self) -> bool:
        """Go to the line end before the next From_ line."""
        while True:
            found = _FROM.search(self._data, self._here)
            self._here = found.start() if found else max(self._here, len(self._data) - len(b"\nFrom"))
            if not found and self._ended:
                return False
            self._hold(_LINE)
            if found:
                if self._is_from(self._here):
                    return True
                self._here += 1

    def _is_from(self, at: int) -> bool:
        """Whether there is a From_ line behind this line end; one without a date has an empty line before it."""
        if _DATED.match(self._data, at + 1):
            return True
        before = self._data[max(at - 2, 0) : at]
        after_empty = before in (b"", b"\n\r") or before.endswith(b"\n")
        return after_empty and bool(_BARE.match(self._data, at + 1))

    def _header_end(self, start: int) -> int:
        """The empty line behind the headers, or the next letter where there is none; too far where there is nothing."""
        limit = min(start + mail.LARGEST + 1, len(self._data))
        ends = (b"\n\r\n", b"\n\n") if self._data[start - 1 : start] == b"\r" else (b"\n\n", b"\n\r\n")
        for blank in (*ends, b"\nFrom "):
            found = self._data.find(blank, start, limit + 2)
            if found >= 0 and (blank != b"\nFrom " or self._is_from(found)):
                limit = found
        return limit

    def _skip(self, header: bytes) -> None:
        """Go to where the letter says that it ends, if an end is there: what looks like one before it is its text."""
        said = _LENGTH.search(header)
        length = int(said[1]) if said else 0
        if not 0 < length <= _FAR:
            return
        self._hold(length + _LINE)
        end = self._here + length  # less the empty line before the text
        found = self._data.find(b"\nFrom ", end + 1, end + 10)
        if found >= 0 and self._is_from(found):
            self._here = found
        elif self._ended and end + 2 <= len(self._data) <= end + 5:
            self._here = len(self._data)

    def _hold(self, size: int) -> None:
        """Have so many bytes in the window from here on, or all that there are; and the two before."""
        while len(self._data) - self._here < size and not self._ended:
            block = self._file.read(_BLOCK)
            self._ended = not block
            self.at += len(block)
            gone = max(self._here - 2, 0)
            self._data = self._data[gone:] + block
            self._here -= gone


def recognise(sample: Sample) -> bool:
    """A From_ line at the start; in a file named so, anywhere: it may have been cut off the front of another."""
    if sample.name.lower().endswith(_NAMED):
        return Mailbox(io.BytesIO(sample.head)).begins()
    return sample.head.startswith(b"From ") and Mailbox(io.BytesIO(sample.head[:_LINE])).begins()


def read(file: BinaryIO, now: datetime) -> Iterator[Batch]:
    mailbox, batch = Mailbox(file), Batch()
    count = left_out = 0
    for count, letter in enumerate(mailbox, 1):
        left_out += not _take(letter, count, now, batch)
        if count % BATCH == 0:
            batch.at = mailbox.at
            yield batch
            batch = Batch()
    if not count:
        raise Unreadable("There is no letter in this mailbox.", "Export it once more as mbox, and choose that file.")
    if left_out:
        batch.problems.append(mail.left_out(left_out))
    batch.at = mailbox.at
    yield batch


def _take(letter: Letter, count: int, now: datetime, batch: Batch) -> bool:
    """False for a letter that is no contact."""
    found = mail.exchange(letter.header, count, now=now)
    if isinstance(found, Problem) and found.field == "Date":
        received = mail_dates.envelope(mail_words.raw(letter.envelope))
        found = mail.exchange(letter.header, count, received=received, now=now)
    if isinstance(found, Problem):
        batch.problems.append(found)
    elif found is not None:
        batch.exchanges.append(found)
    return found is not None


FORMAT = Format("mbox", "Mailbox (mbox)", "mail", recognise, Local(read), people_first=True)
