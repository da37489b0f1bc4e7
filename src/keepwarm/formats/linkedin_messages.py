"""LinkedIn's messages.csv: who wrote to whom and when; of each conversation the beginning of its last message.

The columns have changed with the years, so each is found by its name, and only who, to whom, when and what must be
there. Of what was written nothing is kept but the context of the last message: the newest of each conversation is
held back until a newer one comes, which lets it go without its words, or the file ends.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, zip_longest
from pathlib import PurePosixPath
from typing import BinaryIO

from keepwarm.core import identity, names
from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import dates, linkedin_names, linkedin_touches, table, text
from keepwarm.formats.batch import Batch, Format, Problem, Sample

BATCH = 500  # rows
MOST_HELD = 50_000  # conversations; beyond it the first ones are taken to be over
MOST_LISTED = 50  # recipients
_LOOK_AHEAD = 1000  # rows read before the order of day and month is settled; LinkedIn's own dates need no such thing
_CONTEXT = 140  # letters
_NEEDS = frozenset(("from", "to", "date", "content"))
_OURS = frozenset(("conversationid", "senderprofileurl"))  # one of them, or it is someone else's table
_ASSISTANT = ("guide_messages", "coach_messages", "learning_role_play_messages")  # headed alike, and chats with a robot
_YES = frozenset(("yes", "true", "1"))
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_HIDDEN = re.compile(
    r"linkedin\W(?:member|mitglied|lid)"
    r"|(?:membre|utilisateur|miembro|usuario|membro|usuário|utilizador|utente)(?: d[eio])? linkedin",
    re.IGNORECASE,
)
_FIX = "Nothing was added for it; correct the file and import it again if it matters."

_Cells = dict[str, str]  # a row by the keys of its columns


def read(file: BinaryIO) -> Iterator[Batch]:
    lines = text.Decoded(file)
    sheet = table.Table(lines, is_header)
    keys = [table.key(name) for name in sheet.header.names]
    rows = sheet.rows()
    first = list(islice(rows, _LOOK_AHEAD))
    at = keys.index("date")
    day_first = dates.order([row.cells[at].strip() for row in first if row.cells], otherwise=False).day_first
    inbox = _Inbox(day_first)
    for count, row in enumerate(chain(first, rows), 1):
        inbox.take(row.number, dict(zip(keys, row.cells, strict=False)), row.problem)
        if count % BATCH == 0:
            yield inbox.batch(lines.at)
    yield from inbox.rest(lines.at)


class _Inbox:
    """The messages of a batch, and the last one of each conversation so far."""

    def __init__(self, day_first: bool) -> None:
        self._day_first = day_first
        self._batch = Batch()
        self._last: dict[str, Exchange] = {}
        self._profiles: dict[str, str] = {}  # by the folded name of a sender; "": two have it
        self._hidden = 0

    def batch(self, at: int) -> Batch:
        done, self._batch = self._batch, Batch()
        done.at = at
        return done

    def rest(self, at: int) -> Iterator[Batch]:
        """What is still in hand, and the last messages with their context."""
        if self._hidden:
            self._batch.problems.append(_nameless(self._hidden))
        held = iter(self._last.values())
        while some := list(islice(held, BATCH)):
            self._batch.exchanges += some
            yield self.batch(at)
        yield self.batch(at)

    def take(self, number: int, cells: _Cells, problem: Problem | None) -> None:
        if problem:
            self._batch.problems.append(problem)
        if not cells or _is_draft_or_spam(cells):
            return
        sender = self._sender(cells)
        if sender is None:
            self._hidden += 1
        elif told := self._exchange(number, cells, sender):
            self._hold(_conversation(cells), told)

    def _sender(self, cells: _Cells) -> Party | None:
        """None for someone whose name LinkedIn hides."""
        sender = _party(cells["from"], cells.get("senderprofileurl", ""))
        if not sender.key and _HIDDEN.fullmatch(sender.name):
            return None
        if sender.key and len(self._profiles) < MOST_HELD:
            folded = names.fold(sender.name)
            self._profiles[folded] = sender.key if self._profiles.get(folded, sender.key) == sender.key else ""
        return sender

    def _exchange(self, number: int, cells: _Cells, sender: Party) -> Exchange | None:
        said = text.tidy(cells["date"])
        at = linkedin_touches.when(said, self._day_first)
        if at is None or not (sender.key or sender.name):
            self._batch.problems.append(_no_sense(number, said, nobody=at is not None))
            return None
        others, unlisted = self._others(cells, sender)
        id = f"linkedin:{_conversation(cells)[:90]}:{at:%Y-%m-%dT%H:%M:%S}:{sender.key or names.fold(sender.name)}"
        automatic = "bulk" if _is_sponsored(cells) else ""
        context = "" if automatic else _context(cells["content"])
        return Exchange(
            number, id[:180], at, "linkedin", sender, others, context, automatic=automatic, unlisted=unlisted
        )  # fmt: skip

    def _others(self, cells: _Cells, sender: Party) -> tuple[tuple[Party, ...], int]:
        """The recipients, and how many more there are."""
        everyone = _recipients(text.tidy(cells["to"]))
        said = [name for name in everyone if not _HIDDEN.fullmatch(name)]
        links = [link for link in cells.get("recipientprofileurls", "").split(",") if link.strip()]
        hidden = len(everyone) - len(said)
        parties = _paired(said, links)
        unnamed = 0 if len(links) == 1 else max(0, len(said) - len(parties))
        known = dict.fromkeys(self._with_profile(party) for party in parties)
        others = [party for party in known if party != sender and (party.key or party.name)]
        return tuple(others[:MOST_LISTED]), hidden + unnamed + max(0, len(others) - MOST_LISTED)

    def _with_profile(self, party: Party) -> Party:
        """Before 2023 only the sender has a profile; but most recipients have written, too."""
        return party if party.key else party._replace(key=self._profiles.get(names.fold(party.name), ""))

    def _hold(self, conversation: str, told: Exchange) -> None:
        last = self._last.get(conversation)
        if last and last.at > told.at:
            last, told = told, last
        self._last[conversation] = told
        if last:
            self._batch.exchanges.append(last._replace(context=""))
        elif len(self._last) > MOST_HELD:
            self._batch.exchanges.append(self._last.pop(next(iter(self._last))))


def _conversation(cells: _Cells) -> str:
    """Its id; else those who are in it."""
    id = cells.get("conversationid", "").strip()
    return id or "+".join(sorted(names.fold(cells[key]) for key in ("from", "to")))


@lru_cache(maxsize=16_384)  # few people in very many messages
def _party(name: str, link: str) -> Party:
    key = identity.profile_key(link)
    shown = linkedin_names.parts(text.tidy(name), "").shown
    return Party(key if key.startswith("l:") else "", shown)


@lru_cache(maxsize=16_384)
def _recipients(said: str) -> tuple[str, ...]:
    """ "Ann Lee, Jane Doe, Ph.D." are two: what can only be letters behind a name belongs to it."""
    found: list[str] = []
    for name in filter(None, (piece.strip() for piece in said.split(", "))):
        if found and _is_letters(name) and linkedin_names.parts(f"{found[-1]}, {name}", "").suffix:
            found[-1] += f", {name}"
        else:
            found.append(name)
    return tuple(found)


def _is_letters(name: str) -> bool:
    """ "Ph.D.", "MBA PMP"; not "JoAnn Hale", which has a second capital too."""
    words = name.split()
    return len(words) == 1 or all(sum(map(str.isupper, word)) > 1 for word in words)


def _paired(said: Sequence[str], links: Sequence[str]) -> list[Party]:
    """Each name with its profile; the profiles alone where it is not told which is whose."""
    if len(links) == 1:
        return [_party(", ".join(said), links[0])]
    if links and len(links) != len(said):
        return [_party("", link) for link in links]
    return [_party(name, link) for name, link in zip_longest(said, links, fillvalue="")]


def _is_draft_or_spam(cells: _Cells) -> bool:
    drafts = (cells.get(key, "").strip().casefold() for key in ("ismessagedraft", "isconversationdraft"))
    return any(said in _YES for said in drafts) or cells.get("folder", "").strip().upper() == "SPAM"


def _is_sponsored(cells: _Cells) -> bool:
    """An advertisement: by the editor that it was made with, or by its title."""
    title = cells.get("conversationtitle", "").strip().casefold()
    return "spinmail-quill-editor" in cells["content"] or title.startswith("sponsored")


def _context(content: str) -> str:
    bare = text.tidy(html.unescape(_TAG.sub(" ", content[: 20 * _CONTEXT])))
    return bare if len(bare) <= _CONTEXT else f"{bare[: _CONTEXT - 1].rstrip()}…"


def _no_sense(number: int, said: str, *, nobody: bool) -> Problem:
    if nobody:
        return Problem(number, "FROM", "This message does not say who wrote it.", _FIX)
    return Problem(number, "DATE", f"The date of this message, {table.shown(said)}, makes no sense.", _FIX)


def _nameless(count: int) -> Problem:
    messages = "One message is" if count == 1 else f"{count:,} messages are"
    return Problem(
        0, "", f"{messages} from members whose names LinkedIn hides, as they have left it.",
        "Nothing was added for them, and there is nothing to do.",
    )  # fmt: skip


def is_header(cells: Sequence[str]) -> bool:
    keys = {table.key(name) for name in cells}
    return keys >= _NEEDS and bool(keys & _OURS)


def recognise(sample: Sample) -> bool:
    name = PurePosixPath(sample.name.replace("\\", "/")).name.casefold()
    return not name.startswith(_ASSISTANT) and table.recognises(sample.head, is_header)


FORMAT = Format("linkedin-messages", "LinkedIn messages", "linkedin", recognise, read, people_first=True)
