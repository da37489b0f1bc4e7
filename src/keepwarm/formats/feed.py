"""RSS and Atom: what someone has published, of any feed that feedparser knows; and a page's own feeds."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import date
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import feedparser

MOST = 50  # entries; the newest stand first in nearly every feed
KINDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+xml")


class Entry(NamedTuple):
    """One thing that was published."""

    key: str
    title: str
    url: str
    on: date | None


class Found(NamedTuple):
    title: str
    entries: tuple[Entry, ...]


class NoFeed(Exception):
    """It is something else, or too broken for any entry to be read."""


def read(data: bytes) -> Found:
    """A broken feed gives what can be read of it. Raises NoFeed."""
    # As a stream: a text it would take for an address and fetch, bytes for the name of a file.
    told: Any = feedparser.parse(io.BytesIO(data), sanitize_html=True)
    if not told.get("version") and not told.entries:
        raise NoFeed
    entries = (_entry(entry) for entry in told.entries[:MOST])
    return Found(_plain(told.feed.get("title", ""))[:300], tuple(entry for entry in entries if entry))


def _entry(told: Any) -> Entry | None:
    title, url = _plain(told.get("title", "")), _link(told.get("link", ""))
    title = title or _plain(told.get("summary", ""))
    if not title:
        return None
    key = str(told.get("id") or url or title)
    return Entry(key if len(key) <= 200 else sha256(key.encode()).hexdigest(), _clipped(title), url, _day(told))


def _day(told: Any) -> date | None:
    for name in ("published_parsed", "updated_parsed"):
        at = told.get(name)
        try:
            if at:
                return date(*at[:3])
        except ValueError:  # the 31st of February
            continue
    return None


_TAG = re.compile(r"<[^>]*>")


def _plain(html: str) -> str:
    """Without tags and control characters, in one line."""
    text = unescape(_TAG.sub(" ", str(html)))
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+", " ", text).split())


def _clipped(title: str) -> str:
    return title if len(title) <= 300 else title[:299].rsplit(" ", 1)[0] + "…"


def _link(url: str) -> str:
    """Only an address of the web: a feed may say javascript: too."""
    try:
        parts = urlsplit(str(url).strip())
    except ValueError:
        return ""
    return parts.geturl()[:2000] if parts.scheme in ("http", "https") and parts.hostname else ""


def feeds_of(page: bytes, address: str) -> list[str]:
    """The feeds that a web page names as its own, in its order."""
    reader = _Links()
    with suppress(AssertionError):  # as Python's reader says of "<![" and nonsense; what came before it stays
        reader.feed(page[:500_000].decode("utf-8", "replace"))
    found = (_link(urljoin(reader.base or address, href)) for href in reader.found)
    return list(dict.fromkeys(filter(None, found)))


class _Links(HTMLParser):
    """<link rel="alternate" type="application/rss+xml" href="…">"""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = said.get("href", "")
        other = tag == "link" and "alternate" in said.get("rel", "").lower().split()
        if other and said.get("href") and said.get("type", "").partition(";")[0].strip().lower() in KINDS:
            self.found.append(said["href"].strip())
