"""What a reader yields: good records beside the problems, a few hundred at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, NamedTuple

from keepwarm.core.people import KeptItem, OwnFact, PersonRecord, Value
from keepwarm.core.touches import Exchange, KnownSince, TouchRecord


class Problem(NamedTuple):
    """One thing that could not be read, in words for the user. The rest of its card or row stays."""

    row: int  # card or row in the file, from 1; 0 is the whole file
    field: str  # as the file calls it: "BDAY", "Connected On"; "" is the whole row
    message: str  # what is wrong, quoting what the file says (shortened)
    fix: str  # what the user can do


class Unreadable(Exception):
    """The file is not at all what it claims to be. Its text is one sentence for the user."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


@dataclass(slots=True)
class Batch:
    """A few hundred records. `at` is how many bytes of the file have been read so far."""

    people: list[PersonRecord] = field(default_factory=list)
    touches: list[TouchRecord] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    ahead: list[Exchange] = field(default_factory=list)  # meetings of the weeks to come: none has been yet
    known: list[KnownSince] = field(default_factory=list)
    own: list[OwnFact] = field(default_factory=list)
    items: list[KeptItem] = field(default_factory=list)  # of the shelf, before the people who were given them
    magazines: list[Value] = field(default_factory=list)  # what is followed for it, as Kept.feeds
    problems: list[Problem] = field(default_factory=list)
    hidden: int = 0  # people whom the source hides (a date without a name): counted, not made
    at: int = 0


class Sample(NamedTuple):
    """What recognition looks at: the name is a hint, the bytes decide."""

    name: str
    head: bytes  # the first 64 KiB


class Local(NamedTuple):
    """A reader that has to know the owner's now, in their zone: of times without a zone, of what lies ahead."""

    read: Callable[[BinaryIO, datetime], Iterator[Batch]]


class Format(NamedTuple):
    """One file format. `read` streams: its memory does not grow with the size of the file."""

    name: str  # "vcard", "linkedin-connections": kept with every record
    title: str  # "vCard address book": shown to the user
    source: str  # who keeps it: "vcard", "linkedin"
    recognise: Callable[[Sample], bool]
    read: Callable[[BinaryIO], Iterator[Batch]] | Local
    about_people: bool = True  # False: facts of the owner only
    people_first: bool = False  # True: only exchanges, with people whom the other files bring
