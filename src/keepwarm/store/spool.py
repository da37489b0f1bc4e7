"""Rows put by on the disk of the data until all have been read, so that memory does not grow with their number."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings

TOGETHER = 100  # rows of a bucket in memory
Row = tuple[Any, ...]


class Spool:
    """Rows in buckets, each to be read in the order in which they came. The file is gone when this is."""

    def __init__(self, buckets: int = 1) -> None:
        self._rows: list[list[Row]] = [[] for _ in range(buckets)]
        self._places: list[list[int]] = [[] for _ in range(buckets)]
        self._file: IO[bytes] | None = None

    def put(self, row: Row, bucket: int = 0) -> None:
        rows = self._rows[bucket]
        rows.append(row)
        if len(rows) == TOGETHER:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115 - closed with this object
            self._places[bucket].append(self._file.seek(0, os.SEEK_END))
            pickle.dump(rows, self._file, pickle.HIGHEST_PROTOCOL)
            rows.clear()

    def size(self, bucket: int = 0) -> int:
        """How many rows are in it."""
        return len(self._places[bucket]) * TOGETHER + len(self._rows[bucket])

    def read(self, bucket: int = 0) -> Iterator[list[Row]]:
        """Some rows at a time."""
        for place in self._places[bucket]:
            assert self._file is not None
            self._file.seek(place)
            yield pickle.load(self._file)  # noqa: S301 - of our own writing
        if self._rows[bucket]:
            yield list(self._rows[bucket])

    def clear(self) -> None:
        for held in (self._rows, self._places):
            for bucket in held:
                bucket.clear()
        if self._file:
            self._file.truncate(0)
