"""A web page: what its article says, who wrote it and when, without what stands around it.

trafilatura finds the article. It can fetch pages as well, which it never does here: it is given the bytes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

import trafilatura
from trafilatura import metadata

from keepwarm.core.shelf import LONGEST_WORDS, cut

DATES: dict[str, Any] = {"original_date": True, "extensive_search": False}  # only where the page says it outright
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+")
_NOT_A_NAME = re.compile(r"https?://|[@<>{}]|\d{4}", re.IGNORECASE)


class Article(NamedTuple):
    """What is known of a page; empty where it does not say."""

    title: str = ""
    written_by: str = ""
    site: str = ""
    summary: str = ""
    words: str = ""
    published_on: date | None = None


class NoArticle(Exception):
    """There are no words on this page: it is made by a script, or is no page."""


def read(page: bytes, address: str = "") -> Article:
    """Raises NoArticle. What is broken gives what can be read of it."""
    found = trafilatura.bare_extraction(
        page, url=address or None, with_metadata=True, include_comments=False, include_tables=False,
        date_extraction_params=DATES,
    )  # fmt: skip
    told: Any = found or metadata.extract_metadata(page, default_url=address or None, date_config=DATES)
    if not told:
        raise NoArticle
    title, words = _line(told.title), _text(getattr(told, "text", "") or "")
    body = _below(words, title)
    if not body and not title:
        raise NoArticle
    return Article(
        title=title[:500],
        written_by=_names(told.author),
        site=_site(told),
        summary=cut(_line(told.description) or body),
        words=body[:LONGEST_WORDS],
        published_on=day(told.date),
    )


def plain(text: bytes) -> Article:
    """A text as it is: its first line is what it is called."""
    words = _text(text.decode("utf-8", "replace"))
    if not words:
        raise NoArticle
    title, _, rest = words.partition("\n")
    return Article(title=cut(title.lstrip("# "), 200), summary=cut(rest), words=words[:LONGEST_WORDS])


def _line(text: object) -> str:
    return " ".join(_UNSEEN.sub(" ", str(text or "")).split())


def _text(text: str) -> str:
    """A line a paragraph."""
    lines = (" ".join(line.split()) for line in _UNSEEN.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def _below(words: str, title: str) -> str:
    """Without the heading, which is the title once more."""
    first, _, rest = words.partition("\n")
    return rest if title and first.casefold() == title.casefold() else words


def _names(told: object) -> str:
    """ "Ines Valdemar; Tom Reid", as a reader would write it; an address or a number is no name."""
    names = [_line(name) for name in str(told or "").split(";")]
    return ", ".join(name for name in names if name and len(name) <= 80 and not _NOT_A_NAME.search(name))[:300]


def _site(told: Any) -> str:
    """As it calls itself, else the name of its server."""
    name = _line(told.sitename)
    return (name if name and len(name) <= 80 else _line(told.hostname).removeprefix("www."))[:200].removeprefix("@")


def day(told: object) -> date | None:
    try:
        day = date.fromisoformat(str(told or "")[:10])
    except ValueError:
        return None
    return day if day.year >= 1990 else None
