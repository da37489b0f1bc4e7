"""WhatsApp chats as a phone exports them, with or without media: who wrote when, and never what.

A chat says neither in which order its days are written, nor who is in it, before its end; so of each message a few
bytes are held until then. Its times are those of the phone, and are taken for the owner's. A message is known again
by its minute, its author and its place among what they wrote in that minute: another phone, another language, media
or not and a longer export of the chat leave all three as they are, and so does someone who joins it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from hashlib import blake2b
from itertools import groupby, islice, pairwise
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from keepwarm.core import identity, names
from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import text, whatsapp_lines
from keepwarm.formats.batch import Batch, Format, Local, Problem, Sample
from keepwarm.formats.whatsapp_lines import Digits, Line

MOST_MESSAGES = 200_000  # of one chat, the newest; WhatsApp exports 40,000 at most
MOST_AUTHORS = 2_000  # looked at for names with a colon; WhatsApp's groups have 1,024 members at most
MOST_LISTED = 50  # members of a chat, those who write most
BATCH = 500  # messages
_LINE = 8192  # letters read at once: what follows in a longer line says nothing of who wrote and when
_LOOK_AT = 50  # lines, for recognition
_ALIKE = 3  # messages that all go on in the same way, and it belongs to the author's name
_PHONE = re.compile(r"\+[\d\s().\-]{6,24}")
_NAMED = re.compile(
    r"(?:.*\s)?whatsapp\b.*?\s(?:with|mit|con|com|avec|met|[-–])\s+(?P<name>.+?)(?:\s*\(\d+\))?(?:\.\w{3})?",
    re.IGNORECASE,
)

_ORDERS = {"day": (2, 1, 0), "month": (2, 0, 1), "year": (0, 1, 2)}  # where year, month and day stand


class _Message(NamedTuple):
    where: int
    digits: Digits
    clock: time
    author: str


@dataclass(slots=True)
class _Chat:
    """What is held of a chat until its end."""

    messages: deque[_Message] = field(default_factory=lambda: deque(maxlen=MOST_MESSAGES))
    count: int = 0
    american: bool = False
    slashes: bool = False
    continued: dict[str, str] = field(default_factory=dict)  # by author: how all their messages go on; "": not alike

    def take(self, number: int, line: Line) -> None:
        self.american, self.slashes = line.american, line.slashes
        if not line.author:
            return
        self.count += 1
        self.messages.append(_Message(number, line.digits, line.clock, line.author))
        begins, colon, _ = line.rest.partition(": ")
        alike = begins if colon and len(begins) <= 40 else ""
        if len(self.continued) < MOST_AUTHORS and self.continued.setdefault(line.author, alike) != alike:
            self.continued[line.author] = ""


def read(named: str, file: BinaryIO, now: datetime) -> Iterator[Batch]:
    """`named`: with whom the chat is, as its file's name says; "" where it does not."""
    lines = text.Decoded(file)
    chat = _gathered(lines)
    order = _order(chat)
    problems = _remarks(chat, order)
    exchanges = _exchanges(chat, order, named, now, problems)
    while held := list(islice(exchanges, BATCH)):
        yield Batch(exchanges=held, problems=problems[:], at=lines.at)
        problems.clear()
    yield Batch(problems=problems, at=lines.at)


def _gathered(lines: text.Decoded) -> _Chat:
    """All messages. Only lines of the file's own shape begin one: a message may quote another chat."""
    chat, bracketed = _Chat(), None
    for number, said in enumerate(iter(lambda: lines.readline(_LINE), ""), 1):
        line = whatsapp_lines.read(said)
        if line and bracketed in (None, line.bracketed):
            bracketed = line.bracketed
            chat.take(number, line)
    return chat


# The order of day and month


class _Order(NamedTuple):
    places: Digits
    sure: bool


def _order(chat: _Chat) -> _Order:
    """The reading under which the days exist and never go back; else as the phone's other habits suggest."""
    days = [digits for digits, _ in groupby(message.digits for message in chat.messages)]
    liked = ("month", "day", "year") if chat.american else ("day", "month", "year")
    faults = {order: _faults(days, _ORDERS[order]) for order in liked}
    best = min(liked, key=faults.__getitem__)
    undecided = best == "day" and faults["month"] == faults["day"] and any(a != b for a, b, _ in days)
    return _Order(_ORDERS[best], not (undecided and chat.slashes))


def _faults(days: Sequence[Digits], places: Digits) -> tuple[int, int]:
    """How many days do not exist, and how often time goes back."""
    read = [_day(digits, places) for digits in days]
    found = [day for day in read if day]
    return len(read) - len(found), sum(later < earlier for earlier, later in pairwise(found))


def _day(digits: Digits, places: Digits) -> date | None:
    if digits[0] > 99:
        places = _ORDERS["year"]
    year, month, day = (digits[place] for place in places)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _remarks(chat: _Chat, order: _Order) -> list[Problem]:
    problems = []
    if not order.sure:
        message = "The dates in this chat do not tell the day from the month; they were read with the day first."
        fix = "If that is wrong, undo the import and export the chat again from a phone set to another region."
        problems.append(Problem(0, "", message, fix))
    if chat.count > MOST_MESSAGES:
        message = f"This chat has {chat.count:,} messages; the newest {MOST_MESSAGES:,} were read."
        problems.append(Problem(0, "", message, "To read the others, cut the file into several."))
    return problems


# Who wrote to whom


def _exchanges(chat: _Chat, order: _Order, named: str, now: datetime, problems: list[Problem]) -> Iterator[Exchange]:
    members, written = _Members(chat, named), Counter[str]()
    for message in chat.messages:
        day = _day(message.digits, order.places)
        if day is None:
            problems.append(_no_day(message))
            continue
        at = datetime.combine(day, message.clock, now.tzinfo)
        place = f"{at:%Y-%m-%dT%H:%M}:{members.mark(message.author)}"
        written[place] += 1
        yield members.exchange(message, f"whatsapp:{place}:{written[place]}", at)


def _no_day(message: _Message) -> Problem:
    said = "/".join(map(str, message.digits))
    return Problem(message.where, "", f"There is no day {said}.", "This message was left out; correct it in the file.")


class _Members:
    """Those who write in a chat, those who write most first, and what its file's name tells of them."""

    def __init__(self, chat: _Chat, named: str) -> None:
        counts = Counter(message.author for message in chat.messages)
        self._parties = {author: _party(_whole(chat, author, count)) for author, count in counts.items()}
        self._listed = tuple(self._parties[author] for author, _ in counts.most_common(MOST_LISTED))
        self._others = {one: tuple(other for other in self._listed if other != one) for one in self._listed}
        self._marks = {author: _mark(party) for author, party in self._parties.items()}
        self._named = _party(named) if named else None
        self._with = _mark(self._named) if self._named else ""

    def mark(self, author: str) -> str:
        return self._marks[author]

    def exchange(self, message: _Message, id: str, at: datetime) -> Exchange:
        sender = self._parties[message.author]
        others = self._others.get(sender, self._listed)
        unlisted = max(0, len(self._parties) - 1 - len(others))
        if not others and self._named and not self._is_with(message.author):
            others = (self._named,)
        mine = self._mine(message.author)
        return Exchange(message.where, id, at, "whatsapp", sender, others, mine=mine, unlisted=unlisted)

    def _is_with(self, author: str) -> bool:
        return self._marks[author] == self._with

    def _mine(self, author: str) -> bool | None:
        """Told only by the name of the file, and only of two: a group's file has the name of the group."""
        if len(self._parties) > 2 or not any(map(self._is_with, self._parties)):
            return None
        return not self._is_with(author)


def _whole(chat: _Chat, author: str, count: int) -> str:
    """ "Ann: Work" is written as if Ann had said "Work: …", each time."""
    more = chat.continued.get(author, "") if count >= _ALIKE else ""
    return f"{author}: {more}" if more else author


def _party(name: str) -> Party:
    return Party(identity.phone_key(name)) if _PHONE.fullmatch(name) else Party("", name)


def _mark(party: Party) -> str:
    return blake2b((party.key or names.fold(party.name)).encode(), digest_size=8).hexdigest()


# The file


def named(file_name: str) -> str:
    """With whom the chat is: "WhatsApp Chat with Ann Lee.txt"; "" where the name does not say."""
    found = _NAMED.fullmatch(text.tidy(PurePosixPath(file_name.replace("\\", "/")).name))
    return found["name"] if found else ""


def reading(file_name: str) -> Local:
    """A reader of the chat in a file of that name."""
    return Local(partial(read, named(file_name)))


def recognise(sample: Sample) -> bool:
    """The first line that is not blank begins a message, and someone has written in the first of them."""
    said = [line for line in text.start(sample.head).splitlines() if line.strip()][:_LOOK_AT]
    lines = [whatsapp_lines.read(line[:_LINE]) for line in said]
    return bool(lines) and lines[0] is not None and any(line and line.author for line in lines)


FORMAT = Format("whatsapp", "WhatsApp chat", "whatsapp", recognise, reading(""), people_first=True)
