"""What the address of the list of people asks for."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from keepwarm.store.people_list import Narrow

SORTS = {
    "name": "By name", "recent": "Last touch", "quiet": "Longest quiet first", "known": "Known longest",
    "new": "Newest here", "company": "By company",
}  # fmt: skip


class Asked(NamedTuple):
    """What the address of the list says."""

    narrow: Narrow
    question: str
    sort: str
    number: int
    letter: str
    open: bool  # the panel that narrows down

    def url(self, **changed: str) -> str:
        """The list with something changed; always from its first page."""
        held = {
            "q": self.question,
            "sort": "" if self.sort == "name" else self.sort,
            "narrow": "1" if self.open else "",
        }
        said = {name: value for name, value in (held | self.narrow._asdict() | changed).items() if value}
        return reverse("people") + (f"?{urlencode(said)}" if said else "")

    def page(self, number: int) -> str:
        """The same list at another page."""
        url = self.url()
        return f"{url}{'&' if '?' in url else '?'}page={number}" if number > 1 else url


def asked_in(params: QueryDict) -> Asked:
    """What is asked for; nonsense is nothing."""
    narrow = Narrow(**{name: params.get(name, "").strip()[:200] for name in Narrow._fields})
    sort, number = params.get("sort", ""), params.get("page", "")
    return Asked(
        narrow=narrow,
        question=params.get("q", "")[:200],
        sort=sort if sort in SORTS else "name",
        number=int(number) if number.isdecimal() and len(number) < 7 else 1,
        letter=params.get("letter", "")[:1],
        open=bool(params.get("narrow")),
    )
