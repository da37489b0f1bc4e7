"""A letter that someone has sent to themselves: what it is called, and its text with the links in it."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from contextlib import suppress
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import NamedTuple

from keepwarm.formats import eml, mail

LARGEST = 256 * 1024  # bytes of a letter that are looked at
LONGEST = 20_000  # characters of its text
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)


class Clipping(NamedTuple):
    id: str  # its Message-ID
    title: str
    text: str


def read(letter: bytes) -> Clipping:
    """What cannot be read of it is left out; a letter is never nothing at all, it has an id."""
    said = mail.headers(eml.header(letter))
    id = mail.message_id(said) or f"mail:{hashlib.sha256(letter).hexdigest()[:32]}"
    text = _SIGNATURE.sub("", _text(letter).replace("\r\n", "\n")).strip()
    return Clipping(id[:200], mail.context(said.get("subject", "")), text[:LONGEST])


def _text(letter: bytes) -> str:
    """The plain part, else the text of the page with the addresses of its links."""
    try:
        told = email.message_from_bytes(letter, policy=email.policy.default)
        assert isinstance(told, EmailMessage)
        part = told.get_body(("plain", "html"))
        text = str(part.get_content()) if part else ""
        is_page = part is not None and part.get_content_subtype() == "html"
    except (LookupError, ValueError, AttributeError, TypeError, AssertionError):  # as email says of what makes no sense
        return ""
    return _of_page(text) if is_page else text


def _of_page(html: str) -> str:
    reader = _Reader()
    with suppress(AssertionError):  # as Python's reader says of "<![" and nonsense; what came before it stays
        reader.feed(html)
    return re.sub(r"[ \t\xa0]+", " ", "".join(reader.said))


class _Reader(HTMLParser):
    """Text, and the address after each link whose words are not the address."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag in ("script", "style", "head", "title"):
            self._hidden += 1
        elif tag in ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "blockquote"):
            self.said.append("\n")
        elif tag == "a" and href.startswith(("http://", "https://")):
            self.said.append(f" {href} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head", "title"):
            self._hidden = max(self._hidden - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)
