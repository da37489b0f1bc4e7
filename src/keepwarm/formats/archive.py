"""Zip archives: their files as streams, with a limit to what they may unfold to."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple, cast

from keepwarm.formats.batch import Sample, Unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"xl/", b"word/", b"ppt/")
_OTHERS = (b"mimetypeapplication/", b"META-INF/MANIFEST.MF", b"AndroidManifest.xml")
_END = b"PK\x05\x06"
_LONGEST_END = 66_000  # bytes, with the longest comment there can be
_ENTRY = b"PK\x01\x02"
_END_LARGE = b"PK\x06\x06"  # zip64
_END_LARGE_SIZE = 56 + 20  # bytes, with the record that tells where it is
_AGAIN = "Please download it again, or choose the file that you need from inside it."


class Limits(NamedTuple):
    """How much an archive may hold. What it says about itself is not trusted: bytes are counted."""

    members: int = 10_000
    total: int = 16 * 2**30  # bytes; a mailbox of ten years fits
    ratio: int = 250  # bytes out for a byte of archive; LinkedIn's tables give 3 to 20
    free: int = 64 * 2**20  # bytes out before the ratio is looked at


USUAL = Limits()


class Member(NamedTuple):
    """One file of the archive. `size` is what the archive claims, as far as it may."""

    name: str
    size: int
    open: Callable[[], BinaryIO]  # from the start each time; raises Unreadable, also while reading
    written: datetime | None = None  # by the archive's own stamp, which has no zone


def is_zip(sample: Sample) -> bool:
    """A zip of files; not the documents and programs that are zips inside."""
    start = sample.head[:4096]
    return start.startswith(_STARTS) and office_kind(sample) == ""


def office_kind(sample: Sample) -> str:
    """ "spreadsheet", "document" or "program" for what is a zip only inside; else ""."""
    start = sample.head[:4096]
    first_name = start[30:130]
    if not start.startswith(_STARTS) or not first_name.startswith(_OFFICE + _OTHERS):
        return ""
    if b"xl/" in sample.head or b"spreadsheet" in start or sample.name.lower().endswith(("xlsx", "ods")):
        return "spreadsheet"
    return "document" if first_name.startswith((*_OFFICE, b"mimetype")) else "program"


def members(file: BinaryIO, limits: Limits = USUAL) -> Iterator[Member]:
    """The files worth a look, in the archive's order: two may have one name, but not one place.

    Nothing is ever written to disk, so a name such as ../../x does no harm. One limit holds for all that is read of
    the members of one call: list them once. Raises Unreadable for an archive that is damaged or a trap.
    """
    size = _checked_size(file, limits)
    try:
        infos = zipfile.ZipFile(file)
        entries = infos.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise _damaged() from error
    _no_overlap(entries)
    meter = _Meter(limits, size)
    for entry in entries:
        if not _is_clutter(entry.filename):
            size_said = min(entry.file_size, limits.total)
            yield Member(_name(entry), size_said, partial(_opened, infos, entry, meter), _stamp(entry))


def _stamp(entry: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*entry.date_time)  # noqa: DTZ001 - a zip knows no zone
    except ValueError:  # the 31st of a short month, the hour 25: anything may stand there
        return None


def _checked_size(file: BinaryIO, limits: Limits) -> int:
    """The archive's size; its files are counted before zipfile makes an object for each."""
    try:
        size = file.seek(0, os.SEEK_END)
        end = _end(file)
        too_many = max(end.files, end.size // 500) > limits.members
        entries = 0 if too_many else _entries(file, end)
        file.seek(0)
    except OSError as error:
        raise Unreadable("This archive could not be read to its end.", _AGAIN) from error
    if too_many or entries > limits.members:
        raise Unreadable(
            f"This archive holds more than {limits.members:,} files.",
            "Choose the .csv, .vcf or .mbox file from inside it.",
        )
    if entries != end.files:
        raise Unreadable("This archive says two things about how many files it holds.", _AGAIN)
    return size


class _End(NamedTuple):
    """What the end of an archive says of its list of files."""

    files: int
    size: int  # bytes
    start: int


def _end(file: BinaryIO) -> _End:
    """As zipfile finds it, or another count than the one that holds would be the one that is checked."""
    try:
        found = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    except (zipfile.BadZipFile, ValueError, struct.error) as error:
        raise _damaged() from error
    if not found:
        raise _damaged()
    signature, _, _, here, count, size, *_, at = found
    file.seek(at)
    tail = file.read(_LONGEST_END)
    # Some Pythons say where the small record is, some where the large one in front of it is.
    large = _END_LARGE_SIZE if signature == _END_LARGE and not tail.startswith(_END_LARGE) else 0
    small_count, small_size = struct.unpack_from("<HI", tail, tail.find(_END) + 10)
    agree = here == count and small_count in (count, 0xFFFF) and small_size in (size, 0xFFFFFFFF)
    if not agree or at - size - large < 0:
        raise _damaged()
    return _End(count, size, at - size - large)


def _entries(file: BinaryIO, end: _End) -> int:
    """How many files the list itself has, each behind a head of 46 bytes that tells how long it is."""
    file.seek(end.start)
    listed = file.read(end.size)
    count = at = 0
    while listed.startswith(_ENTRY, at) and at + 46 <= len(listed):
        at += 46 + sum(struct.unpack_from("<HHH", listed, at + 28))
        count += 1
    return count


def _damaged() -> Unreadable:
    return Unreadable("This archive is damaged or not complete.", _AGAIN)


def _no_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Files that share their bytes: how an archive of 40 kB unfolds to gigabytes."""
    spans = sorted((e.header_offset, e.header_offset + 30 + e.compress_size) for e in entries)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise Unreadable("The files in this archive overlap, which no honest archive has.", _AGAIN)


def _is_clutter(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = path.name.startswith(".") or path.name in ("Thumbs.db", "desktop.ini", "")
    return name.endswith(("/", "\\")) or hidden or "__MACOSX" in path.parts


def _name(entry: zipfile.ZipInfo) -> str:
    """Many programs write UTF-8 and do not say so; zipfile then takes it for a DOS code page."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, meter: _Meter) -> BinaryIO:
    name = PurePosixPath(_name(entry)).name
    if entry.flag_bits & 1:
        raise Unreadable(
            f"{name} is locked with a password inside the archive.",
            "Unpack the archive with its password, then choose the file itself.",
        )
    try:
        stream = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise Unreadable(f"{name} cannot be unpacked from the archive.", _AGAIN) from error
    raw = _Metered(name, stream, partial(meter.count, entry.header_offset))
    return cast(BinaryIO, io.BufferedReader(raw, 65_536))


class _Meter:
    """What has come out of the whole archive. Reading one file twice counts once."""

    def __init__(self, limits: Limits, archive_size: int) -> None:
        self._most = min(limits.total, max(limits.free, limits.ratio * archive_size))
        self._furthest: dict[int, int] = {}
        self._total = 0

    def count(self, entry: int, position: int) -> None:
        more = position - self._furthest.get(entry, 0)
        if more > 0:
            self._furthest[entry] = position
            self._total += more
        if self._total > self._most:
            raise Unreadable("This archive unfolds to far more than its size allows, so it was left alone.", _AGAIN)


class _Metered(io.RawIOBase):
    """A member's bytes, counted as they come; damage becomes a sentence."""

    def __init__(self, name: str, stream: IO[bytes], count: Callable[[int], None]) -> None:
        self._name, self._stream, self._count = name, stream, count
        self._position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            piece = self._stream.read(len(view))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise Unreadable(f"{self._name} is damaged inside the archive.", _AGAIN) from error
        view[: len(piece)] = piece
        self._position += len(piece)
        self._count(self._position)
        return len(piece)
