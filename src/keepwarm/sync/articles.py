"""Pages of the shelf, read once: fetched through the guard, taken apart aside; what cannot be read says so in words."""

from __future__ import annotations

import io
import logging
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from keepwarm.core.networks import is_open, is_open_or_at_home
from keepwarm.formats import article
from keepwarm.formats.article import Article, NoArticle
from keepwarm.models import Item
from keepwarm.store import shelf
from keepwarm.sync import aside
from keepwarm.sync.fetch import Answer, Fetcher, Limits, Unfetched

log = logging.getLogger(__name__)
USUAL = Limits(size=5 * 2**20, seconds=30, silence=15)
SECONDS = 15  # to take a page apart; most need a fifth of one, and half a second to begin
YOUR_OWN = "Give it a line of your own."
LATER = "Try again later, or give it a line of your own."
PAGES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "")
WHAT = {"image": "a picture", "audio": "a recording", "video": "a film", "font": "a font"}


class Trouble(NamedTuple):
    message: str
    fix: str


def fetcher(limits: Limits = USUAL) -> Fetcher:
    """The guard, as this server is set up."""
    return Fetcher(is_open_or_at_home if settings.PRIVATE_NETWORKS else is_open, limits)


def read(id: UUID, by: Fetcher | None = None) -> Item | None:
    """Read the page of one item; None where it is gone, or has none. What goes wrong is kept with it."""
    item = Item.objects.filter(id=id).exclude(url="").first()
    if item is None:
        return None
    try:
        told = _told(item.url, by or fetcher())
    except Exception:  # a fault of ours: the user must see it, and the item must not wait for ever
        log.exception("reading item %s", item.id)
        told = Trouble("Something went wrong that should not have.", LATER)
    if isinstance(told, Trouble):
        shelf.unreadable(item, told.message, told.fix)
    else:
        shelf.read_in(item, shelf.Page(*told))
    return item


def _told(url: str, by: Fetcher) -> Article | Trouble:
    file = io.BytesIO()
    try:
        answer = by.fetch(url, file)
        return _taken_apart(file.getvalue(), answer, url)
    except Unfetched as error:
        return Trouble(error.message, error.fix if error.lasting else LATER)
    except NoArticle:
        return Trouble("There are no words on this page that could be read: a script makes it, it seems.", YOUR_OWN)
    except aside.Stuck:
        return Trouble("This page is too large or too tangled to be read.", YOUR_OWN)


def _taken_apart(page: bytes, answer: Answer, url: str) -> Article | Trouble:
    """By what it is, not only by what the server says it is."""
    if page.startswith(b"%PDF-") or answer.kind == "application/pdf":
        return Trouble("This is a PDF; its words cannot be read here.", YOUR_OWN)
    if answer.kind == "text/plain" and b"<html" not in page[:1000].lower():
        return article.plain(page)
    if answer.kind in PAGES or b"<html" in page[:1000].lower():
        return aside.read(page, url, SECONDS)
    what = WHAT.get(answer.kind.partition("/")[0], "a file")
    return Trouble(f"This is {what}, not a page; it has no words that could be read here.", YOUR_OWN)
