"""The five sections of the bars at the top and at the foot, and which one a page belongs to."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


class Section(NamedTuple):
    name: str  # of its own page's address
    label: str
    icon: str
    subjects: frozenset[str]  # the first words of the names of addresses that belong here


def _section(name: str, label: str, icon: str, subjects: str = "") -> Section:
    return Section(name, label, icon, frozenset({name, *subjects.split()}))


SECTIONS = (
    _section("today", "Today", "sun", "why outcomes promises"),
    _section("week", "Week", "coffee", "session visits"),
    _section("people", "People", "users-round", "person dig lost duplicates strangers import log just touch door who"),
    _section("give", "Give", "gift", "shelf congratulate moment moments introduction introductions asks"),
    _section("insights", "Insights", "sprout"),
)


class Link(NamedTuple):
    """One of them as a bar shows it."""

    url: str
    label: str
    icon: str
    current: bool


def sections(request: HttpRequest) -> dict[str, Any]:
    """For every template: `main_sections`, the links of the two bars."""
    found = request.resolver_match
    subject = (found.url_name or "").partition("_")[0] if found else ""
    links = [(section, _url(section.name)) for section in SECTIONS]
    return {
        "main_sections": [
            Link(url, section.label, section.icon, subject in section.subjects) for section, url in links if url
        ]
    }


def _url(name: str) -> str:
    """Empty for a page that this version does not have yet."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
