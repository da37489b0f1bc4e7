"""One letter's headers into an exchange: the same for a mailbox file, a folder of letters and IMAP. Never a body."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import mail_addresses, mail_dates, mail_folders, mail_kinds, mail_words, table, text
from keepwarm.formats.batch import Problem

CONTEXT = 200  # letters
LISTED = 50  # people of one letter; the others are counted
LARGEST = 256 * 1024  # bytes of headers

_TO_ITSELF = ("x-gm-thrid", "x-gmail-labels", "x-mozilla-status", "x-status", "x-unsent")  # what only a program notes
_WHO = ("from", "sender", "to", "cc", "reply-to", "x-original-from")
_WANTED = frozenset((*_WHO, "subject", "date", "message-id", "received", *_TO_ITSELF)) | mail_kinds.FIELDS
# All that need be asked of a server, as IMAP's HEADER.FIELDS takes them; it has the time of arrival itself.
FIELDS = tuple(sorted((_WANTED | {"authentication-results"}) - {"received", *_TO_ITSELF}))

_BY_BYTES = {field.encode(): field for field in _WANTED}

_LINES = re.compile(rb"^([A-Za-z][\w-]*)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_FOLDED = re.compile(r"[\r\n]+[ \t]*")
_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_ANSWER = re.compile(  # "Re: ", "AW: ", "Fwd[2]: ", "回复：", as often as they stand there
    r"\A(?:\s*(?:re|r|aw|antw|antwort|sv|vs|odp|ynt|atb|ref|res|rif|vá|fwd?|wg|tr|i|rv|enc|vl|vb|doorst|pd|ilt|továb|"
    r"回复|答复|回覆|转发|轉寄|返信|転送)\s*(?:\[\d+\]|\(\d+\))?\s*[:：])+\s*",
    re.IGNORECASE,
)
_CHECKED = re.compile(rb"^authentication-results[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE | re.MULTILINE)
_FORGED = re.compile(rb"\bdmarc\s*=\s*fail\b", re.IGNORECASE)
_DELETED = re.compile(r"[0-9a-f]{0,12}[89a-f]\s*")  # X-Mozilla-Status: the bit of 8 says that it was thrown away
_LEFT_OUT = "The letter was left out; the others came in."

Headers = dict[str, str]


def exchange(
    header: bytes,
    where: int,
    *,
    mine: bool | None = None,
    received: datetime | None = None,
    now: datetime | None = None,
) -> Exchange | Problem | None:
    """The letter with these headers; a problem where it cannot be placed; None for a draft, spam or what was deleted.

    `header` may have its blank line or not. `mine`: the folder says that the owner sent it (Sent) or that it was sent
    to them; None where the folder does not say. `received`: when it arrived (INTERNALDATE, the From_ line), taken
    where neither Date nor Received make sense. `now`: what is said to be later than tomorrow makes no sense either.
    """
    if len(header) > LARGEST:
        return _too_large(where)
    said = headers(header)
    folders = _folders(said)
    if folders & mail_folders.NO_CONTACT or _is_put_away(said):
        return None
    at = _when(said, received, now)
    if at is None:
        return _no_date(where, said)
    if mine is None and _is_forged(header):
        mine = False
    return _letter(where, said, at, True if mail_folders.SENT in folders else mine)


def _letter(where: int, said: Headers, at: datetime, mine: bool | None) -> Exchange | Problem:
    sender = _sender(said)
    if sender is None and not mine:
        return Problem(where, "From", f"{_called(said)} does not say who wrote it.", _LEFT_OUT)
    others = tuple(party for key, party in _everyone(said).items() if not sender or key != sender.key)
    id, about = _id(said, at, sender, others), context(said.get("subject", ""))
    return Exchange(
        where, id, at, "mail", sender, others[:LISTED], about, mine,
        automatic=mail_kinds.automatic(said), unlisted=max(len(others) - LISTED, 0),
    )  # fmt: skip


def headers(header: bytes) -> Headers:
    """What is looked at, by name in lower case: the first of each, but all of To and Cc. Values are unfolded."""
    if b"\n" not in header:
        header = header.replace(b"\r", b"\n")
    said: Headers = {}
    for name, value in _LINES.findall(header):
        field = _BY_BYTES.get(name.lower())
        if field and field not in said:
            said[field] = _unfolded(value)
        elif field in ("to", "cc"):
            said[field] += f", {_unfolded(value)}"
    return said


def _unfolded(value: bytes) -> str:
    line = mail_words.raw(value).strip()
    return _FOLDED.sub(" ", line) if "\n" in line or "\r" in line else line


def context(subject: str) -> str:
    """What it was about, without what only says that it is an answer."""
    return _ANSWER.sub("", mail_words.decoded(subject), count=1)[:CONTEXT].strip()


def left_out(count: int) -> Problem:
    """What is no contact, and was counted only."""
    said = "One letter was" if count == 1 else f"{count:,} letters were"
    message = f"{said} left out: drafts, chats, spam, and what was thrown away."
    return Problem(0, "", message, "Nothing needs to be done.")


def _too_large(where: int) -> Problem:
    message = (
        f"The headers of letter {where:,} are larger than {LARGEST // 1024} KB, as those of hardly any letter are."
    )
    return Problem(where, "", message, _LEFT_OUT)


# Where it lies


def _folders(said: Headers) -> set[str]:
    """What Gmail's labels say. Takeout writes them above all else; below, whoever sent the letter may have."""
    top = next((name for name in said if name != "x-gm-thrid"), "")
    if top != "x-gmail-labels":
        return set()
    labels = mail_words.decoded(said[top]).split(",")
    return {mail_folders.kind(label.strip(' "')) for label in labels}


def _is_put_away(said: Headers) -> bool:
    """A draft, or thrown away, as Thunderbird, mutt and Outlook note it."""
    deleted = _DELETED.fullmatch(said.get("x-mozilla-status", "").lower())
    return bool(deleted) or bool({"D", "T"} & set(said.get("x-status", ""))) or said.get("x-unsent") == "1"


# Who


def _everyone(said: Headers) -> dict[str, Party]:
    """From, To and Cc, each once, under the first name they have there."""
    found: dict[str, Party] = {}
    for field in ("from", "to", "cc"):
        for party in mail_addresses.read(said.get(field, "")):
            known = found.setdefault(party.key, party)
            if party.name and not known.name:
                found[party.key] = party
    return found


def _sender(said: Headers) -> Party | None:
    """Who wrote: From, and of several the one who sent it; else who stands on the envelope."""
    wrote = mail_addresses.read(said.get("from", ""))
    sent = mail_addresses.read(said.get("sender", ""))
    if len(wrote) > 1:
        return next((party for party in wrote if sent and party.key == sent[0].key), wrote[0])
    found = wrote or sent or mail_addresses.read(said.get("return-path", ""))
    return (_behind_list(said, found[0]) or found[0]) if found else None


def _behind_list(said: Headers, sender: Party) -> Party | None:
    """The person whose letter a list sends as its own: "'Ada Byron' via Painters" <painters@…>."""
    name = mail_addresses.before_via(sender.name)
    if not name:
        return None
    original = mail_addresses.read(said.get("x-original-from", ""))
    answers = mail_addresses.read(said.get("reply-to", ""))
    found = original or [party for party in answers if party.name.casefold() == name.casefold()]
    return found[0] if found else None


def _is_forged(header: bytes) -> bool:
    """Whether the server that took it in says that From is not who wrote it (RFC 8601): the first such header is its
    own, as those of other servers, and of whoever sent it, stand below."""
    if b"fail" not in header:  # as nearly always: these headers are long
        return False
    checked = _CHECKED.search(header)
    return bool(checked and _FORGED.search(checked[1], 0, mail_kinds.LOOKED_AT))


# When


def _when(said: Headers, received: datetime | None, now: datetime | None) -> datetime | None:
    """As its writer says; else as the servers on its way, or whoever keeps it, do."""
    latest = now.astimezone(UTC) + timedelta(days=1) if now else None
    at = mail_dates.read(said.get("date", ""))
    if at is None or (latest and at > latest):
        at = mail_dates.received(said.get("received", "")) or _kept(received)
    return at if at and not (latest and at > latest) else None


def _kept(received: datetime | None) -> datetime | None:
    if received is None:
        return None
    aware = received.astimezone(UTC) if received.tzinfo else received.replace(tzinfo=UTC)
    return aware if mail_dates.FIRST <= aware.year < mail_dates.LAST else None


def _no_date(where: int, said: Headers) -> Problem:
    date = text.tidy(said.get("date", ""))
    wrong = f"says that it was written on {table.shown(date)}, which makes no sense" if date else "has no date"
    return Problem(where, "Date", f"{_called(said)} {wrong}.", _LEFT_OUT)


def _called(said: Headers) -> str:
    """The letter, in words by which its owner finds it."""
    subject, sender = mail_words.decoded(said.get("subject", "")), mail_words.decoded(said.get("from", ""))
    about = f" {table.shown(subject)}" if subject else ""
    return f"The letter{about} from {table.shown(sender)}" if sender else f"A letter{about} that names no sender"


# Which


def _id(said: Headers, at: datetime, sender: Party | None, others: tuple[Party, ...]) -> str:
    """Its Message-ID, which is the same wherever a copy lies; without one, what no two letters share."""
    if id := message_id(said):
        return id
    keys = sorted(party.key for party in others)
    written = said.get("date") or at.isoformat()
    return f"mail:{_hash(written, sender.key if sender else '', *keys, said.get('subject', ''))}"


def message_id(said: Headers) -> str:
    """As its touches are known by; empty where it has none."""
    id = text.tidy(said.get("message-id", ""))
    found = _ID.search(id)
    id = found[1] if found else id.strip("<> ")
    return "" if not id else f"mail:{id}" if len(id) <= 150 else f"mail:{_hash(id)}"


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
