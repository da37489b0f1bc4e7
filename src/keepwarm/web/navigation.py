"""The five sections of the bars at the top and at the foot, and which one a page belongs to."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse


class Section(NamedTuple):
    name: str  # of its own page's address
    label: str
    icon: str
    subjects: frozenset[str]  # the first words of the names of addresses that belong here


def _section(name: str, label: str, icon: str, subjects: str = "") -> Section:
    return Section(name, label, icon, frozenset({name, *subjects.split()}))


SECTIONS = (
    _section("today", "Today", "sun", "why outcomes promises"),
    _section("week", "Week", "coffee", "session visits asks"),
    _section(
        "people", "People", "users-round", "person dig lost duplicates strangers import log just touch door who ask"
    ),
    _section("give", "Give", "gift", "shelf congratulate moment moments introduction introductions"),
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
    links = [Link(reverse(one.name), one.label, one.icon, subject in one.subjects) for one in SECTIONS]
    return {"main_sections": links}
