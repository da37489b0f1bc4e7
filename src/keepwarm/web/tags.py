"""What templates say in one word: an icon, a face, the ways to send a letter, a day in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from keepwarm.core.written_days import write
from keepwarm.web import dates

register = template.Library()

# channel: what its button says when it comes first, when it does not, and its icon
WAYS = {
    "mail": ("Open in Mail", "Mail", "mail"),
    "linkedin": ("Open LinkedIn", "LinkedIn", "external-link"),
    "whatsapp": ("Open WhatsApp", "WhatsApp", "message-circle"),
    "sms": ("Open a text message", "Text", "smartphone"),
}


# Where a link found in somebody's file may lead.
SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "sms"})


@register.filter
def marked(line: str, words: Iterable[str]) -> SafeString:
    """The line with these words of it marked, wherever they stand."""
    said = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({said})(?!\w)", line) if said else [line]
    return format_html_join(
        "", "{}", ((part if n % 2 == 0 else format_html("<mark>{}</mark>", part),) for n, part in enumerate(parts))
    )


class Card(Protocol):
    """What counting needs to know of a card."""

    state: str


class Band(NamedTuple):
    """Warmth as people read it: below the limit, the word, the colour, how far round the ring goes."""

    limit: float
    word: str
    colour: int
    arc: int


BANDS = (
    Band(20, "Quiet", 1, 10),
    Band(40, "Cooling", 2, 30),
    Band(60, "Mild", 3, 54),
    Band(85, "Warm", 4, 78),
    Band(float("inf"), "Glowing", 5, 97),
)
UNKNOWN = Band(0, "", 0, 0)
SAID = Band(0, "", 5, 100)


class Way(NamedTuple):
    """One button that opens the letter where it will be sent."""

    channel: str
    href: str
    label: str
    icon: str
    first: bool


@register.simple_tag
def icon(name: str) -> SafeString:
    """Decorative: the words beside it, or the aria-label around it, carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("icons/sprite.svg"), name
    )


@register.simple_tag
def ways(links: object, first: str = "") -> list[Way]:
    """The channels that reach this person, the best one first."""
    names = sorted(WAYS, key=lambda channel: channel != first)
    reachable = [(name, href) for name in names if (href := getattr(links, name, ""))]
    return [
        Way(name, href, WAYS[name][bool(place)], WAYS[name][2], first=place == 0)
        for place, (name, href) in enumerate(reachable)
    ]


@register.inclusion_tag("_avatar.html")
def avatar(person: object, size: str = "md", ring: str = "") -> dict[str, object]:
    """A face or initials in a ring: of warmth, where known, or "lit" (said today), "lighting" (just now)."""
    return {"person": person, "size": size, "ring": ring, "band": SAID if ring else _band(person)}


@register.simple_tag
def warmth(person: object) -> SafeString:
    """The ring's word, for reading beside it; nothing for someone without history."""
    band = _band(person)
    if band is UNKNOWN:
        return SafeString("")
    return format_html('<span class="warmth" data-warmth="{}">{}</span>', band.colour, band.word)


def _band(person: object) -> Band:
    score = getattr(person, "warmth", None)
    return UNKNOWN if score is None else next(band for band in BANDS if score < band.limit)


@register.filter
def as_day(day: date | str | None) -> str:
    """12 May 2019, or as the user writes it. Text passes through: a source may know no more than "2019"."""
    return dates.whole(day) if isinstance(day, date) else (day or "")


@register.filter
def as_weekday(day: date) -> str:
    """Tuesday 12 May."""
    return write(day, dates.style().weekday)


@register.filter
def as_near(day: date | datetime) -> str:
    """12 May, with its year where that is another."""
    day = timezone.localdate(day) if isinstance(day, datetime) else day
    return dates.near(day, timezone.localdate())


@register.filter
def as_short(day: date) -> str:
    """12 May, in a margin."""
    return write(day, dates.style().short)


@register.filter
def clock(at: datetime) -> str:
    """08:00, in the zone that it comes with."""
    return f"{at:%H:%M}"


@register.filter
def days_before(day: date, days: int) -> date:
    return day - timedelta(days=days)


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def as_weeks(days: int | None) -> str:
    """A circle's rhythm as its field shows it: whole weeks, at least one."""
    return str(max(round(days / 7), 1)) if days else ""


@register.filter
def in_words(number: int) -> str:
    """Small numbers as a person would say them."""
    return ("no", "one", "two", "three")[number] if 0 <= number <= 3 else str(number)


@register.filter
def outward(href: str) -> str:
    """The link, where it leads somewhere a page may lead. Imported files hold javascript: links too."""
    try:
        scheme = urlsplit(href.strip()).scheme
    except ValueError:  # http://[ begins an address that never ends
        return ""
    return href if scheme.lower() in SAFE_SCHEMES else ""


@register.filter
def breakable(text: str) -> SafeString:
    """An address or a link that breaks where an eye would: after @ and /, before a dot."""
    return SafeString(re.sub(r"(?<=[@/])(?=\w)|(?<=\w)(?=\.)", "<wbr>", escape(text)))


@register.filter
def dashed(text: str) -> str:
    """ "email.12" as part of an id that a selector can name."""
    return text.replace(".", "-")


@register.filter
def undo_url(tags: str) -> str:
    """Where a message's Undo goes: its extra tags say "undo:/address"."""
    return _tagged(tags, "undo:")


@register.filter
def open_url(tags: str) -> str:
    """The page of whom a message tells: its extra tags say "open:/address"."""
    return _tagged(tags, "open:")


def _tagged(tags: str, kind: str) -> str:
    return next((tag.removeprefix(kind) for tag in (tags or "").split() if tag.startswith(kind)), "")


@register.filter
def open_ones(cards: Iterable[Card]) -> int:
    """How many are still to be said."""
    return sum(card.state == "open" for card in cards)
