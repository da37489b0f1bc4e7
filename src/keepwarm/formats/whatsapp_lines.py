"""One line of a WhatsApp chat: when, and who wrote; in every shape that phones give it."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from keepwarm.formats import text

_HEAD = re.compile(
    r"""\s*(?P<open>\[)?
    (?P<one>\d{1,4})\s?(?P<between>[./-])\s?(?P<two>\d{1,2})\s?[./-]\s?(?P<three>\d{1,4})\.?
    (?:,\s?|\s)\s?(?P<before>[^\W\d][^\d:\[\]]{0,9}?)?\s?  # "klo", "à", "下午"
    (?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?
    \s?(?P<after>[^\W\d][^\d:\[\]]{0,7}?)?  # "PM", "a. m."
    (?(open)\]|\s[-–—](?=\s))\s?""",
    re.VERBOSE,
)
_AUTHOR = re.compile(r"(?P<name>.{1,100}?)\s?:(?:\s|$)")
_MARKS = dict.fromkeys((0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_MORNING = frozenset(("am", "vorm", "πμ", "ص", "上午", "오전", "午前"))
_EVENING = frozenset(("pm", "nachm", "μμ", "م", "下午", "오후", "午後"))
_QUOTES = re.compile('["“”„«»]')

# What WhatsApp itself writes, under the name of the chat or of who did it. The first is told by its words; the
# others are words that people use too, and count only behind the mark that an iPhone puts before them.
_ENCRYPTED = re.compile(
    r"\W*(?:messages|nachrichten|(?:los )?mensajes|les messages|i messaggi|(?:as )?mensagens|berichten)\b.{0,99}"
    r"(?:encrypt|verschlüssel|cifrad|chiffr|crittograf|criptograf|encriptad|versleutel)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"""created|added|joined\s|left$|removed|changed\s|security\scode|an\sadmin|disappearing\smessages|pinned
    |hat\sdie\sgruppe|hast\sdie\sgruppe|hinzugefügt|beigetreten|entfernt|geändert|sicherheitsnummer|selbstlöschend
    |creó|creaste|añadi|agreg|se\sunió|salió|eliminó\sa|cambi[oó]|cambiaste|código\sde\ssegur|mensajes\stemporales
    |\sa\scréé|avez\scréé|ajouté|rejoint|quitté|retiré|changé|modifié|code\sde\ssécurité|messages\séphémères
    |creato|aggiunto|entrat[oa]\s|abbandonato|rimosso|cambiato|modificato|codice\sdi\ssicurezza|messaggi\seffimeri
    |criou|adicionou|entrou|saiu$|removeu|mudou|alterou|mensagens\stemporárias
    |gemaakt|toegevoegd|groep\sverlassen|verwijderd$|gewijzigd|beveiligingscode|neemt\s""",
    re.IGNORECASE | re.VERBOSE,
)

Digits = tuple[int, int, int]  # of a day, in the order in which they stand


class Line(NamedTuple):
    """The beginning of a message. `author` is "" for what WhatsApp itself says."""

    bracketed: bool
    digits: Digits
    american: bool  # as phones in the United States write: 1/15/24, 3:45 PM
    slashes: bool
    clock: time
    author: str
    rest: str  # what follows the author's colon


def read(line: str) -> Line | None:
    """None for a line that goes on with the message above it."""
    plain = line if line.isascii() else line.translate(_MARKS)
    head = _HEAD.match(plain)
    clock = head and _clock(head)
    if not head or not clock:
        return None
    author, rest = _author(plain[head.end() :].rstrip("\r\n"), ": \u200e" in line)
    digits = (int(head["one"]), int(head["two"]), int(head["three"]))
    american = head["between"] == "/" and len(head["three"]) == 2 and head["after"] in ("AM", "PM")
    return Line(bool(head["open"]), digits, american, head["between"] == "/", clock, author, rest)


def _clock(head: re.Match[str]) -> time | None:
    hour, minute, second = int(head["hour"]), int(head["minute"]), int(head["second"] or 0)
    halves = {_letters(head["before"]), _letters(head["after"])}
    if halves & (_MORNING | _EVENING):
        hour = hour % 12 + (12 if halves & _EVENING else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _letters(word: str | None) -> str:
    return "".join(c for c in (word or "").casefold() if c.isalpha())


def _author(said: str, marked: bool) -> tuple[str, str]:
    """Who wrote, and what follows. A quotation mark that opens and does not close in a name is the subject of a
    group: `Ann changed the subject to "Rome: when?"`."""
    found = _AUTHOR.match(said)
    if not found or len(_QUOTES.findall(found["name"])) % 2:
        return "", ""
    rest = said[found.end() :]
    if _ENCRYPTED.match(rest) or (marked and _NOTICE.search(rest)):
        return "", ""
    return text.tidy(found["name"]).removeprefix("~").strip(), rest
