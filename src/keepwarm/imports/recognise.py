"""What each file of a run is, told by its content; a zip is looked into, never unpacked."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Self

from django.conf import settings
from django.utils import timezone

from keepwarm import formats
from keepwarm.core import as_of
from keepwarm.formats import archive, eml, mbox
from keepwarm.formats.batch import Sample, Unreadable
from keepwarm.imports import folders, mapping, upload
from keepwarm.models import ImportFile, ImportRun

HEAD = 1 << 16


def look(run: ImportRun) -> None:
    """List anew what came in: each file, or the members of each zip that hold something."""
    run.files.all().delete()
    for position, name in enumerate(run.uploads):
        _add(run, upload.path(run.id, position), name)


def _add(run: ImportRun, path: Path, name: str) -> None:
    with path.open("rb") as file:
        sample = Sample(name, file.read(HEAD))
        if archive.is_zip(sample):
            _add_zip(run, path, name, file)
        elif found := formats.recognise(sample):
            columns = mapping.of(run, found, sample.head)
            said = _as_of(run, path, (name,))
            _row(run, path, name, path.stat().st_size, format=found.name, mapping=columns, **said).save()
        else:
            _refuse(_row(run, path, name, path.stat().st_size), formats.refusal(sample))


def _add_zip(run: ImportRun, path: Path, name: str, file: BinaryIO) -> None:
    """The members that hold people or facts of the owner; all letters as one; the many others in one remark."""
    file.seek(0)
    with folders.Pack(path.with_name(f"{path.name}-letters")) as letters:
        try:
            read, others = _add_members(run, path, name, file, letters)
        except Unreadable as refused:
            _refuse(_row(run, path, name, path.stat().st_size), refused)
            return
    if letters.count:
        words, size = folders.called(letters.count, name), letters.path.stat().st_size
        _row(run, letters.path, words, size, format=mbox.FORMAT.name).save()
    if not read + letters.count:
        _refuse(_row(run, path, name, path.stat().st_size), _nothing_inside(name, others))
    elif others:
        said = "one other file" if others == 1 else f"{others} other files"
        remark = f"Keepwarm left {said} in it alone: no people there, as far as it reads."
        _row(run, path, name, 0, remark=remark).save()


def _add_members(run: ImportRun, path: Path, name: str, file: BinaryIO, letters: folders.Pack) -> tuple[int, int]:
    """How many hold something, letters aside, and how many hold nothing."""
    read = others = 0
    for place, member in enumerate(archive.members(file)):
        with member.open() as inside:
            head = inside.read(HEAD)
            found = formats.recognise(Sample(member.name, head))
            if found is eml.FORMAT:
                letters.take(inside, head, PurePosixPath(member.name))
        if found is None:
            others += 1
        elif found is not eml.FORMAT:
            read += 1
            _row(
                run, path, _called(member.name, name), member.size, member=str(place), format=found.name,
                mapping=mapping.of(run, found, head), **_as_of(run, path, (member.name, name), member.written),
            ).save()  # fmt: skip
    return read, others


def _as_of(run: ImportRun, path: Path, names: tuple[str, ...], written: datetime | None = None) -> dict[str, Any]:
    """The day that a file tells of, and how that is known."""
    on_disk = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    today = timezone.localtime(run.made_at).date()
    found = as_of.of_file(names, written, timezone.localtime(on_disk).date(), today)
    return {"as_of": found.day, "as_of_by": found.by}


def _called(member: str, zipped: str) -> str:
    """An iPhone calls every WhatsApp chat _chat.txt; with whom it was is the name of the zip."""
    return zipped if PurePosixPath(member).name == "_chat.txt" else member


def _nothing_inside(name: str, others: int) -> Unreadable:
    if not others:
        return Unreadable(f"{name} is empty.", "Choose the zip that you were sent.")
    return Unreadable(
        f"None of the {others} files in {name} holds people that Keepwarm can read.",
        "From LinkedIn, ask for a copy of your data with Connections ticked, and bring in that zip.",
    )


def _row(run: ImportRun, path: Path, name: str, size: int, **more: Any) -> ImportFile:
    return ImportFile(
        space_id=run.space_id, run=run, name=name[:500], size=size, position=run.files.count(),
        path=str(path.relative_to(settings.DATA)), **more,
    )  # fmt: skip


def _refuse(row: ImportFile, refused: Unreadable) -> None:
    row.refusal, row.fix = refused.message, refused.fix
    row.save()


class Sources:
    """The files of a run, opened for one pass: each zip once, with one limit to all that comes out of it."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._zips: dict[str, list[archive.Member]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def opened(self, row: ImportFile) -> BinaryIO:
        """The bytes of a listed file, from disk or out of its zip; the caller closes it."""
        if not row.member:
            return (Path(settings.DATA) / row.path).open("rb")
        if row.path not in self._zips:
            file = self._open.enter_context((Path(settings.DATA) / row.path).open("rb"))
            self._zips[row.path] = list(archive.members(file))
        members = self._zips[row.path]
        if int(row.member) >= len(members):
            raise Unreadable(f"{row.name} is no longer in its zip.", "Bring the file in again.")
        return members[int(row.member)].open()
