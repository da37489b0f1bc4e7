"""Comma-separated files as the world saves them: header found by its names, rows kept whole."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple, TextIO

from keepwarm.formats import text
from keepwarm.formats.batch import Problem, Unreadable

DELIMITERS = ",;\t|"
HEADER_WITHIN = 40  # lines: LinkedIn puts three notes above its header, spreadsheets a title
LINE = 131_072  # characters; csv allows no longer cell
MOST_LINES = 500  # in one row: beyond this a quotation mark was left open
MOST_COLUMNS = 1_000  # Outlook writes a hundred; each costs something for every row
MOST_TORN = 20  # commas too many in a row that is put together again
MOST_TRIES = 200  # places where a torn cell is looked for

Cells = list[str]
Fits = Callable[[Cells], bool]


class Row(NamedTuple):
    """`cells` has one for each name of the header, or none at all where the row made no sense."""

    number: int  # as a spreadsheet counts: from 1, with the header and what stands above it
    cells: Cells
    problem: Problem | None = None


class Header(NamedTuple):
    """Where the names stand, and how the file separates its cells."""

    number: int
    names: tuple[str, ...]
    delimiter: str
    wrapped: bool = False  # every line was quoted once more, as if it were a single cell


def key(name: str) -> str:
    """A column's name as compared: letters and digits only, without case or accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalnum())


def shown(text: str, most: int = 40) -> str:
    """What the file says, quoted and shortened for a message."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= most else line[: most - 1] + '…'}”"


def header(lines: Iterable[str], is_header: Callable[[Sequence[str]], bool]) -> Header | None:
    """The first of the top lines that `is_header` accepts, split by any of the delimiters.

    Line by line, not by csv: a stray quotation mark above the header must not swallow it.
    """
    for number, line in enumerate(lines, 1):
        if number > HEADER_WITHIN:
            break
        for delimiter in DELIMITERS:
            if found := _header_in(number, line, delimiter, is_header):
                return found
    return None


def _header_in(number: int, line: str, delimiter: str, is_header: Callable[[Sequence[str]], bool]) -> Header | None:
    if is_header(cells := split(line, delimiter)):
        return Header(number, tuple(cells), delimiter)
    if len(cells) == 1 and line.startswith('"') and is_header(inner := split(cells[0], delimiter)):
        return Header(number, tuple(inner), delimiter, wrapped=True)
    return None


def split(line: str, delimiter: str) -> Cells:
    """One line's cells; a line that csv refuses is one cell."""
    try:
        return next(csv.reader([line.strip("\r\n\ufeff")], delimiter=delimiter), [])
    except csv.Error:
        return [line]


def recognises(head: bytes, is_header: Callable[[Sequence[str]], bool]) -> bool:
    """Whether a file that begins so has a header that `is_header` accepts: as `header`, for recognition."""
    return any(is_header(names) for names in tops(head))


@lru_cache(maxsize=2)  # every format asks this of the same file
def tops(head: bytes) -> tuple[Cells, ...]:
    """Each way to take the first lines of a file for a header, in the order in which `header` tries them."""
    found: list[Cells] = []
    for line in islice(io.StringIO(text.start(head), newline=""), HEADER_WITHIN):
        for delimiter in DELIMITERS:
            found.append(cells := split(line, delimiter))
            if len(cells) == 1 and line.startswith('"'):
                found += [split(cells[0], delimiter)]
    return tuple(cells for cells in found if cells)


class Table:
    """A header and the rows under it, read once, in order."""

    def __init__(self, text: TextIO, is_header: Callable[[Sequence[str]], bool]) -> None:
        self._lines = iter(lambda: text.readline(LINE), "")
        found = header(self._lines, is_header)
        if found is None:
            raise Unreadable(
                "The row with the names of the columns is missing from this file.",
                "Export it again, and choose the file before a spreadsheet has changed it.",
            )
        if len(found.names) > MOST_COLUMNS:
            raise Unreadable(
                f"This table has more columns than the {MOST_COLUMNS:,} that Keepwarm reads.",
                "Keep the columns that are about people, save the table as CSV and bring it in again.",
            )
        self.header = found
        self._taken: list[str] = []  # the lines of the row in hand
        self._again: list[str] = []  # lines to be read a second time, last first
        self._ended = False  # no more lines for the row in hand

    def column(self, *names: str) -> int:
        """The first column with one of these names; -1 where the file has none."""
        wanted = {key(name) for name in names}
        return next((i for i, name in enumerate(self.header.names) if key(name) in wanted), -1)

    def rows(self, fits: Fits | None = None) -> Iterator[Row]:
        """Every row that is not blank. `fits` says whether cells look right where they stand:
        it helps to put a row together again that a comma without quotation marks has torn."""
        number, width, names = self.header.number, len(self.header.names), list(self.header.names)
        for cells in self._records():
            number += 1
            if len(cells) == width and len(self._taken) == 1:
                if cells != names and any(cells):
                    yield Row(number, cells)
            elif row := self._mended(number, cells, fits):
                yield row
            self._taken.clear()

    def _records(self) -> Iterator[Cells]:
        """What csv makes of the lines. After a repair it starts afresh, with the lines put back."""
        while True:
            try:
                yield from csv.reader(self._feed(), delimiter=self.header.delimiter)
            except csv.Error:
                yield []
            if not self._again and not self._ended:
                continue  # stopped at MOST_LINES, the row is mended: go on behind it
            if not self._again:
                return

    def _feed(self) -> Iterator[str]:
        self._ended = False
        while len(self._taken) < MOST_LINES:
            line = self._again.pop() if self._again else next(self._lines, "")
            if not line:
                self._ended = True
                return
            self._taken.append(line)
            yield line

    def _mended(self, number: int, cells: Cells, fits: Fits | None) -> Row | None:
        problem = None
        if self._swallowed(cells):
            self._again.extend(reversed(self._taken[1:]))
            problem = _open_quote(number, self._taken[0])
            cells = self._taken[0].strip("\r\n").replace('"', "").split(self.header.delimiter)
        if self.header.wrapped and len(cells) == 1:
            cells = split(cells[0], self.header.delimiter)
        if not any(cells) or cells == list(self.header.names):
            return Row(number, [], problem) if problem else None
        return self._widened(number, cells, fits, problem)

    def _swallowed(self, cells: Cells) -> bool:
        """Whether a quotation mark that never closes took the next rows into this one."""
        first, *more = self._taken
        if not cells and first.strip():
            return True  # csv gave up
        stopped = self._ended or len(self._taken) >= MOST_LINES
        if stopped and sum(line.count('"') for line in self._taken) % 2:
            return len(self._taken) > 1 or len(cells) != len(self.header.names)
        if not more:
            return False
        return len(cells) > len(self.header.names) or any(map(self._is_row, more)) or self._ran_on()

    def _ran_on(self) -> bool:
        """Two rows that each lack a closing quotation mark make one that csv takes, if not strictly."""
        commas = [line.count(self.header.delimiter) for line in self._taken[:2]]
        if commas != [len(self.header.names) - 1] * 2:
            return False
        try:
            next(csv.reader(self._taken, delimiter=self.header.delimiter, strict=True))
        except csv.Error:
            return True
        return False

    def _is_row(self, line: str) -> bool:
        """Prose can have as many commas as a row, but a space follows them; and the last line of a
        cell of several lines has the quotation mark that closes it."""
        width = len(self.header.names)
        if width < 3 or line.count(self.header.delimiter) < width - 1:
            return False
        cells = split(line, self.header.delimiter)
        return len(cells) == width and not any(c.startswith(" ") or '"' in c for c in cells)

    def _widened(self, number: int, cells: Cells, fits: Fits | None, problem: Problem | None) -> Row:
        width = len(self.header.names)
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if len(cells) > width:
            whole = _rejoined(cells, len(cells) - width, self.header.delimiter, fits)
            return Row(number, whole or [], problem or _too_many(number, cells, width, bool(whole)))
        if len(cells) < width:
            problem = problem or _too_few(number, cells, width)
        return Row(number, cells + [""] * (width - len(cells)), problem)


def _rejoined(cells: Cells, extra: int, delimiter: str, fits: Fits | None) -> Cells | None:
    """The row with one cell put together from its `extra + 1` pieces: "Doe, Ph.D." without quotes.

    First where every later piece begins with a space; elsewhere only if `fits` can tell. One candidate at a
    time, and not without end: a hostile row has thousands, each as long as itself.
    """
    if extra > MOST_TORN:
        return None
    spaced = [all(piece.startswith(" ") for piece in cells[i + 1 : i + extra + 1]) for i in range(len(cells) - extra)]
    after_space = (i for i, is_spaced in enumerate(spaced) if is_spaced)
    if fits is None:
        return next((_joined(cells, i, extra, delimiter) for i in after_space), None)
    others = (i for i, is_spaced in enumerate(spaced) if not is_spaced)
    tries = (_joined(cells, i, extra, delimiter) for i in islice(chain(after_space, others), MOST_TRIES))
    return next(filter(fits, tries), None)


def _joined(cells: Cells, i: int, extra: int, delimiter: str) -> Cells:
    behind = i + extra + 1
    return [*cells[:i], delimiter.join(cells[i:behind]), *cells[behind:]]


def _open_quote(number: int, line: str) -> Problem:
    quoted = shown(re.sub(r'^[^"]*', "", line))
    message = f"A quotation mark opens at {quoted} and never closes."
    return Problem(number, "", message, "The row was read without it; please check this person.")


def _too_many(number: int, cells: Cells, width: int, whole: bool) -> Problem:
    message = f"The row starting {shown(cells[0])} has {len(cells)} cells where the header has {width}."
    if whole:
        return Problem(number, "", message, "It was put together again; please check this person.")
    return Problem(number, "", message, "Put quotation marks around the cell that has a comma, then import again.")


def _too_few(number: int, cells: Cells, width: int) -> Problem:
    message = f"The row starting {shown(cells[0])} has {len(cells)} of the header's {width} cells."
    return Problem(number, "", message, "What is there was read; add the missing cells if you have them.")
