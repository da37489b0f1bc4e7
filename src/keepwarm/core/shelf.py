"""What makes one item of the shelf: its address, cleaned; its key, by which saved twice is once; its title and summary.

An address is kept as it can be opened, without what only follows readers about. The key goes further: it takes for
one what differs by "www.", a telephone's page, http, a slash or the order of parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

LONGEST_ADDRESS = 2_000
LONGEST_TITLE = 120  # of a thought
LONGEST_SUMMARY = 400
LONGEST_WORDS = 40_000  # characters of a page that are kept

# Parameters that tell a site who has sent whom; a page is the same without them.
_TRACKING = frozenset([
    "fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "twclid", "ttclid",
    "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp",
    "mkt_tok", "vero_id", "vero_conv", "oly_enc_id", "oly_anon_id", "wickedid", "s_cid", "cmpid", "ref_src",
    "ref_url", "guccounter", "guce_referrer", "guce_referrer_sig", "trk", "trackingid", "sfnsn", "wt_mc",
    "wt_zmc", "at_medium", "at_campaign", "__s", "rb_clickid", "epik", "_openstat", "share_id",
    "_branch_match_id",
])  # fmt: skip
_TRACKING_BEGINS = ("utm_", "pk_", "mtm_", "hsa_", "piwik_", "matomo_")
_SAME_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_PORTS = {"http": 80, "https": 443}
_LINK = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?'’*_…"
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")  # also what turns its letters round
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s)|[。！？]+[”」』）]*")
_NO_END = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|cf|approx|Jr|Sr|Inc|Ltd|Co|U\.S|U\.K)\.$"
)


class Saved(NamedTuple):
    """What someone puts on the shelf: a link, or a thought where `url` is empty (the thought is its note)."""

    url: str = ""
    note: str = ""
    title: str = ""
    private: bool = False
    source: str = "page"  # page, bookmarklet, share, command, feed, mail
    site: str = ""
    published_on: date | None = None


class Told(NamedTuple):
    """A text that may hold a link, taken apart."""

    url: str
    rest: str


# The address


def address(said: str) -> str:
    """The address that is meant, ready to be opened and given; empty where this is none."""
    said = _CONTROLS.sub("", said.strip())
    if "://" not in said and _BARE.fullmatch(said):
        said = f"https://{said}"
    parts = _parts(said)
    if parts is None or len(said) > LONGEST_ADDRESS:
        return ""
    server = parts.netloc.rpartition("@")[2]  # a name and password before the @ are for nobody it is given to
    return urlunsplit(
        parts._replace(scheme=parts.scheme.lower(), netloc=server, query=_kept(parts.query), fragment=_marks(parts))
    )


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname  # both raise ValueError for what is none
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not host or port == 0 or any(letter.isspace() for letter in url):
        return None
    return parts


def _kept(query: str) -> str:
    """Its parameters as they are written, but for those that only follow the reader."""
    return "&".join(one for one in query.split("&") if one and not _follows(unquote(one.partition("=")[0])))


def _follows(name: str) -> bool:
    return name.lower() in _TRACKING or name.lower().startswith(_TRACKING_BEGINS)


def _marks(parts: SplitResult) -> str:
    """A fragment that is a place of its own, as in pages made by a script; any other is a place on the same page."""
    return parts.fragment if parts.fragment.startswith(("!", "/")) else ""


def key(url: str) -> str:
    """A digest of what makes it this page, however it was written; of what is no address, of its letters."""
    known = address(url)
    if not known:
        return sha256(url.encode("utf-8", "replace")).hexdigest()
    parts = urlsplit(known)
    host = _SAME_HOST.sub("", (parts.hostname or "").rstrip("."))
    port = f":{parts.port}" if parts.port and parts.port not in _PORTS.values() else ""
    path = quote(unquote(parts.path), safe="/").rstrip("/")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return sha256("\n".join((host + port, path, query, parts.fragment)).encode()).hexdigest()


def host(url: str) -> str:
    """As it reads: without what nobody says."""
    try:
        return _SAME_HOST.sub("", urlsplit(url).hostname or "")
    except ValueError:
        return ""


def named(url: str) -> str:
    """A title for a page that is not read yet: its address, as it reads."""
    parts = urlsplit(url)
    return (host(url) + unquote(parts.path).rstrip("/"))[:300]


# A text


def told(text: str) -> Told:
    """The first link in a text, and the text without it."""
    found = _LINK.search(text)
    if found is None:
        alone = address(text) if _BARE.fullmatch(text.strip()) else ""
        return Told(alone, "" if alone else _tidy(text))
    link = _without_what_follows(found.group())
    url = address(link)
    if not url:
        return Told("", _tidy(text))
    end = found.start() + len(link)
    return Told(url, _tidy(f"{text[: found.start()].rstrip(' <')} {text[end:].lstrip('>' + _AFTER_LINK)}"))


def _without_what_follows(link: str) -> str:
    """A full stop ends the sentence, and a bracket that was opened before the link is none of its."""
    while link and (
        link[-1] in _AFTER_LINK or (link[-1] in ")]}" and link.count(link[-1]) > link.count(_OPENS[link[-1]]))
    ):
        link = link[:-1]
    return link


_OPENS = {")": "(", "]": "[", "}": "{"}


def writable(text: str) -> str:
    """Without what no page shows and not every database keeps: a letter or a terminal may bring it."""
    return _UNWRITABLE.sub("", text)


def _tidy(text: str) -> str:
    """Spaces are one, and paragraphs stay apart."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def first_sentence(text: str, most: int = LONGEST_TITLE) -> str:
    """The title of a thought: its first sentence without the full stop, or as many of its words as fit."""
    first = next(iter(_sentences(next(iter(text.strip().splitlines()), ""))), "")
    if len(first) > most:
        return _words_of(first, most)
    return first.removesuffix(".") if not first.endswith("..") else first


def cut(text: str, most: int = LONGEST_SUMMARY) -> str:
    """As many whole sentences as fit; where not even the first does, its words and an ellipsis."""
    text, kept = " ".join(text.split()), ""
    for sentence in _sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or (_words_of(text, most) if text else "")


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        sentence = text[start : end.end()]
        if not _NO_END.search(sentence):
            yield sentence.strip()
            start = end.end()
    if rest := text[start:].strip():
        yield rest


def _words_of(text: str, most: int) -> str:
    """What is written without spaces is cut where it has to be."""
    if len(text) <= most:
        return text
    whole, space, _ = text[:most].rpartition(" ")
    return (whole if space and len(whole) > most // 2 else text[: most - 1]).rstrip(" ,;:-–—.") + "…"


def both(note: str, more: str) -> str:
    """A note, and what was noted later; said twice is once."""
    if more in note:
        return note
    return f"{note}\n{more}" if note else more
