"""The five sections of the bars, and which of them a page belongs to."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def current(ada: Client, address: str) -> set[str]:
    """What the two bars mark on this page."""
    page = ada.get(reverse(address)).content.decode()
    bars = "".join(re.findall(r'<nav aria-label="Main">.*?</nav>|<nav class="tabbar".*?</nav>', page, re.S))
    assert bars.count("<li>") >= 2 * 3
    return set(re.findall(r'aria-current="page">(?:<svg.*?</svg>)?(.*?)</a>', bars))


@pytest.mark.parametrize(
    ("address", "section"),
    [
        ("today", {"Today"}), ("why", {"Today"}), ("promises", {"Today"}),
        ("week", {"Week"}), ("session_plan", {"Week"}), ("visits", {"Week"}),
        ("people", {"People"}), ("dig", {"People"}), ("lost_touch", {"People"}), ("duplicates", {"People"}),
        ("import", {"People"}), ("people_trash", {"People"}),
        ("give", {"Give"}), ("shelf", {"Give"}), ("moments", {"Give"}), ("moment_new", {"Give"}),
        ("settings", set()), ("sources", set()),
    ],
)  # fmt: skip
def test_it_works(ada: Client, address: str, section: set[str]) -> None:
    assert current(ada, address) == section


def test_what_left_the_bar_is_in_the_head_of_people(ada: Client) -> None:
    head = ada.get(reverse("people")).content.decode().partition("<main")[2].partition("</header>")[0]
    for address in ("dig", "lost_touch", "duplicates", "import", "person_new"):
        assert f'href="{reverse(address)}"' in head


def test_a_page_that_is_not_there_has_bars_too(ada: Client) -> None:
    answer = ada.get("/nowhere")
    assert answer.status_code == 404
    assert 'class="tabbar"' in answer.content.decode()
