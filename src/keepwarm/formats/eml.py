"""Letters saved one by one: .eml, as most programs do, and Apple's .emlx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from keepwarm.formats import mail
from keepwarm.formats.batch import Batch, Format, Local, Problem, Sample, Unreadable

_END = re.compile(rb"\r?\n\r?\n|\r\r")
_LENGTH = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:\d{1,12}\s*\r?\n)?(?:>?From [^\r\n]*\r?\n)?")  # .emlx; a From_ line
_HEADERS = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\r\n]*(?:\r?\n|\r|\Z)(?:[ \t]+[^\r\n]*(?:\r?\n|\r|\Z))*)+")
_OURS = re.compile(
    rb"^(?:from|to|received|message-id|return-path|date|subject|mime-version|delivered-to|content-type|x-[\w-]+)"
    rb"[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def recognise(sample: Sample) -> bool:
    """Headers at the start, and three of those that letters have; in a file named so, one."""
    top = header(sample.head)
    if not _HEADERS.match(top):
        return False
    fewest = 1 if sample.name.lower().endswith((".eml", ".emlx")) else 3
    return len({found.lower() for found in _OURS.findall(top)}) >= fewest


def header(head: bytes) -> bytes:
    """The headers of a letter that begins so, without what stands before them."""
    begun = _LENGTH.match(head)
    start = begun.end() if begun else 0
    end = _END.search(head, start)
    return head[start : end.start()] if end else head[start:]


def has_end(head: bytes) -> bool:
    """Whether the headers of a letter that begins so are there as a whole."""
    return bool(_END.search(head))


def read(file: BinaryIO, now: datetime) -> Iterator[Batch]:
    head = file.read(mail.LARGEST + 1)
    top = header(head)
    if not _HEADERS.match(top):
        raise Unreadable(
            "This letter has no headers, so it does not say who wrote to whom.",
            "Save it once more from your mail program, as .eml.",
        )
    found = mail.exchange(top, 1, now=now)
    batch = Batch(at=len(head))
    if isinstance(found, Problem):
        batch.problems.append(found)
    elif found is None:
        batch.problems.append(mail.left_out(1))
    else:
        batch.exchanges.append(found)
    yield batch


FORMAT = Format("eml", "Letter (.eml)", "mail", recognise, Local(read), people_first=True)
