"""Letters that lie one by one, in a folder or a zip, as one file: only their headers, as a mailbox.

Each keeps what its place says of it as a label: Sent, Drafts, Junk, or Maildir's flags in its name.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import BinaryIO, Self
from uuid import UUID

from imapclient import imap_utf7

from keepwarm.formats import eml, mail, mail_folders, mbox
from keepwarm.formats.batch import Sample
from keepwarm.imports import upload

_HEAD = 1 << 16
_CARGO = (".mbox", ".sbd", ".maildir")  # of folders that are a mailbox: "Sent.mbox"
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)\Z")  # of a Maildir; some systems allow no colon in a name
_ARRIVED = re.compile(r"\d{9,10}(?=\.)")  # seconds: how a Maildir's names begin


class Pack:
    """The mailbox that letters are put into, made for the first; `count` of them so far."""

    def __init__(self, path: Path) -> None:
        self.path, self.count = path, 0
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def take(self, file: BinaryIO, head: bytes, place: PurePath) -> None:
        """A letter, which begins so."""
        whole = head if eml.has_end(head) else head + file.read(mail.LARGEST)
        flags = _FLAGS.search(place.name)
        thrown = [mail_folders.TRASH] if flags and set(flags[1]) & set("TD") else []
        self._put(_envelope(place.name), [*thrown, *_kinds(place.parent)], eml.header(whole))

    def take_all(self, file: BinaryIO, place: PurePath) -> None:
        """The letters of a mailbox."""
        for letter in mbox.Mailbox(file):
            self._put(letter.envelope.rstrip(), _kinds(place), letter.header)

    def _put(self, envelope: bytes, kinds: list[str], header: bytes) -> None:
        if self._file is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self.path.open("wb")
        if b"\n" not in header:
            header = header.replace(b"\r", b"\n")
        label = f"X-Gmail-Labels: {kinds[0]}\n".encode() if kinds else b""
        quoted = header.strip(b"\r\n").replace(b"\nFrom ", b"\n>From ")
        self._file.write(envelope + b"\n" + label + quoted + b"\n\n")
        self.count += 1


def keep(run: UUID, position: int, folder: Path) -> str:
    """Pack the letters of a folder and of those in it into the run's file at this position; the words for it.

    "" where there are none. Raises OSError for a file that may not be read.
    """
    folder = folder.resolve()
    with Pack(upload.path(run, position)) as pack:
        for path in _files(folder):
            with path.open("rb") as file:
                head = file.read(_HEAD)
                sample, place = Sample(path.name, head), path.relative_to(folder.parent)
                if mbox.recognise(sample):
                    file.seek(0)
                    pack.take_all(file, place)
                elif eml.recognise(sample):
                    pack.take(file, head, place)
    return called(pack.count, folder.name) if pack.count else ""


def called(letters: int, where: str) -> str:
    return f"one letter in {where}" if letters == 1 else f"{letters:,} letters in {where}"


def _files(folder: Path) -> Iterator[Path]:
    """In the order of their names; links lead elsewhere, and are left alone."""
    for here, folders, names in os.walk(folder):
        # In the tmp of a Maildir lies what has not arrived as a whole.
        folders[:] = sorted(name for name in folders if name != "tmp" or "cur" not in folders)
        yield from (path for name in sorted(names) if (path := Path(here, name)).is_file() and not path.is_symlink())


def _kinds(place: PurePath) -> list[str]:
    """What the folders on the way are for, the nearest first, where their names say it."""
    return [kind for part in reversed(place.parts) if (kind := mail_folders.kind(_plain(part)))]


def _plain(part: str) -> str:
    """The name in ".Entw&APw-rfe", as IMAP servers write it, or in "Sent.mbox"."""
    for ending in _CARGO:
        part = part.removesuffix(ending)
    try:
        return imap_utf7.decode(part.encode()) if "&" in part and part.isascii() else part
    except UnicodeDecodeError:  # a name with an & of its own
        return part


def _envelope(name: str) -> bytes:
    """The From_ line of a letter in a file of this name, with the time of its arrival where the name has it."""
    found = _ARRIVED.match(name)
    return f"From - {time.asctime(time.gmtime(int(found[0])))}".encode() if found else b"From -"
