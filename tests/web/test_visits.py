"""Worth a visit: the page with its links, seen, left a word, undone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Touch, Visit
from tests.conftest import Cast
from tests.store.test_visits import known
from tests.web.pages import act, words

pytestmark = pytest.mark.django_db
PAGE = "/visits"


def test_it_works(ada: Client, cast: Cast) -> None:
    lena = known(cast.home, "Lena Fox", 80, 170)
    page = ada.get(PAGE).content.decode()
    link = re.search(r'<a class="btn" href="https://www.linkedin.com/in/lena-fox"[^>]*>', page)
    assert link
    assert 'rel="noopener noreferrer"' in link[0]
    told = act(ada, "visit_seen", lena.id)
    assert "Seen. Lena Fox comes up again another week." in told
    assert "Seen for this week" in told
    assert not Touch.objects.filter(kind="comment").exists()


def test_a_word_left_and_undo(ada: Client, cast: Cast) -> None:
    lena = known(cast.home, "Lena Fox")
    assert "Noted: a word for Lena Fox." in act(ada, "visit_seen", lena.id, word="linkedin")
    act(ada, "visit_undo", Visit.objects.get().id)
    assert not Touch.objects.exists()
    assert "Lena Fox" in words(ada.get(PAGE))


def test_empty(ada: Client) -> None:
    assert "No page to visit yet" in words(ada.get(PAGE))


def test_cleo_sees_nobody_of_them(cleo: Client, cast: Cast) -> None:
    lena = known(cast.home, "Lena Fox")
    assert "Lena" not in words(cleo.get(PAGE))
    assert cleo.post(reverse("visit_seen", args=[lena.id])).status_code == 404
