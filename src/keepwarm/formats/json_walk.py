"""The values of a JSON text one after another, so that a large file is never whole in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TextIO

from keepwarm.formats.batch import Unreadable

PIECE = 65_536  # characters
LARGEST = 64 * 1024 * 1024  # characters of one value: a person with a large picture is far below
DEEPEST = 100  # objects and arrays inside each other

Path = tuple[str, ...]  # the names of the objects that a value stands in; an array adds none

_blank = re.compile(r"[\s,:\ufeff]*")
_end_of_value = re.compile(r"[\s,:\]}]")


def values(text: TextIO, wanted: Callable[[Path], bool]) -> Iterator[tuple[Path, Any]]:
    """Each plain value, and whole each object whose path is wanted; the others are walked through.

    Raises Unreadable for what is no JSON, or breaks off.
    """
    walk = _Walk(text)
    inside: list[str | None] = []  # for each open object the name in hand; None for an array
    names: list[bool] = []  # for each open object or array: whether a name comes next
    while char := walk.next():
        path = tuple(name for name in inside if name is not None)
        if names and names[-1] and char != "}":
            inside[-1] = walk.name()
            names[-1] = False
        elif char in "{[" and not (char == "{" and wanted(path)):
            if len(inside) == DEEPEST:
                _broken()
            walk.skip()
            inside.append("" if char == "{" else None)
            names.append(char == "{")
        elif char in "}]":
            _close(inside, names, char)
            walk.skip()
        else:
            yield path, walk.whole()
            _value_done(inside, names)
    if inside:
        _broken()


def _close(inside: list[str | None], names: list[bool], char: str) -> None:
    if not inside or (inside[-1] is None) != (char == "]"):
        _broken()
    inside.pop()
    names.pop()
    _value_done(inside, names)


def _value_done(inside: list[str | None], names: list[bool]) -> None:
    if inside and inside[-1] is not None:
        names[-1] = True


def _broken() -> NoReturn:
    raise Unreadable(
        "This JSON file breaks off, or is damaged.", "Export it once more, and choose the new file as it is."
    )


class _Walk:
    """The text in hand, filled up as it is used."""

    def __init__(self, text: TextIO) -> None:
        self._text, self._held, self._at, self._ended = text, "", 0, False
        self._decoder = json.JSONDecoder()

    def next(self) -> str:
        """The next character that says something; "" at the end."""
        while True:
            match = _blank.match(self._held, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        self._at += 1

    def name(self) -> str:
        name = self.whole()
        return name if isinstance(name, str) else _broken()

    def whole(self) -> Any:
        """The value that begins here. What is not whole yet is tried again with twice as much text."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except RecursionError:
                _broken()
            except ValueError:
                end = -1
            if end > 0 and (self._ended or _end_of_value.match(self._held, end)):
                self._at = end
                return value
            if not self._more():
                _broken()

    def _more(self) -> bool:
        """Read on; at least as much as is in hand already, so that a long value is not tried too often."""
        rest = self._held[self._at :]
        if self._ended or len(rest) > LARGEST:
            return False
        piece = self._text.read(max(PIECE, len(rest)))
        self._held, self._at, self._ended = rest + piece, 0, not piece
        return True
