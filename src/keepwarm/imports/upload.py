"""Uploaded files go to disk as they arrive, into the folder of their run, up to the limit."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.urls import reverse

BLOCK = 1 << 20


class TooLarge(Exception):
    """A file is over the limit. Its text is for the user."""

    def __init__(self, name: str) -> None:
        limit = settings.UPLOAD_LIMIT
        said = f"{limit / 10**9:g} GB" if limit >= 10**9 else f"{limit / 10**6:g} MB"
        super().__init__(
            f"{name} is larger than {said}, the most that Keepwarm takes. "
            "Nothing was added. Raise KEEPWARM_UPLOAD_LIMIT to bring it in, or bring it in with the command keepwarm "
            "import, which reads it where it lies."
        )


LARGEST_CARD = 20 * 2**20  # bytes: a photo of someone's card


class StreamToDisk(TemporaryFileUploadHandler):
    """Writes each file straight to the data folder's disk and stops at the limit."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        # A form is read before anyone asks who sent it: a file sent to any other page is nobody's to keep.
        takes = {reverse("import_upload"): settings.UPLOAD_LIMIT, reverse("just_met"): LARGEST_CARD}
        if self.request is not None and self.request.path not in takes:
            raise StopUpload(connection_reset=False)
        super().new_file(*args, **kwargs)
        self.received = 0
        self.most = takes[self.request.path] if self.request is not None else settings.UPLOAD_LIMIT

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > self.most and self.request is not None:
            self.request.META["keepwarm.too_large"] = self.file_name or "The file"
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def folder(run: UUID) -> Path:
    return Path(settings.DATA) / "uploads" / str(run)


def keep(run: UUID, position: int, uploaded: UploadedFile, written: float = 0) -> Path:
    """Move an uploaded file into its run's folder. `written`: when it was, where it comes from (0: not known)."""
    target = path(run, position)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = getattr(uploaded, "temporary_file_path", None)
    if temporary is not None:
        shutil.move(temporary(), target)
    else:
        with target.open("wb") as out:
            for chunk in uploaded.chunks(BLOCK):
                out.write(chunk)
    os.utime(target, (written, written))
    return target


def keep_stream(run: UUID, position: int, source: BinaryIO, name: str) -> Path:
    """Copy a stream into the run's folder; raises TooLarge, leaving nothing."""
    target, received = path(run, position), 0
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") as out:
        while block := source.read(BLOCK):
            received += len(block)
            if received > settings.UPLOAD_LIMIT:
                target.unlink()
                raise TooLarge(name)
            out.write(block)
    os.utime(target, (0, 0))
    return target


def keep_link(run: UUID, position: int, source: Path) -> Path:
    """A file of this machine is read where it lies, however large it is. Raises OSError where it may not be read."""
    target = path(run, position)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.open("rb") as file:
        try:
            target.symlink_to(source.resolve())
        except OSError:  # Windows lets only some make links
            return keep_stream(run, position, file, source.name)
    return target


def path(run: UUID, position: int) -> Path:
    """Where the file that came in at this position lies; its own name is never a path."""
    return folder(run) / str(position)


def forget(run: UUID) -> None:
    """Delete the files of a run: they have been read, or nobody wants them."""
    if folder(run).exists():
        shutil.rmtree(folder(run))
