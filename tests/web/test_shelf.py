"""The shelf on its pages: saved, read by a job, found, put right, put away, given; each with its way back."""

from __future__ import annotations

import json
import re
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.core.shelf import Saved
from keepwarm.formats.feed import Entry
from keepwarm.models import Arrival, Item, Magazine, Person, Share, Touch
from keepwarm.store import magazines, shelf
from keepwarm.sync import articles, feeds
from keepwarm.sync.fetch import Fetcher
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.formats.test_article import page
from tests.formats.test_feed import rss
from tests.sync.site import Site, local, names, sends
from tests.web.pages import act, words, work_off

pytestmark = pytest.mark.django_db
URL = "https://portico.example/hiring"


@pytest.fixture
def amara(cast: Cast) -> Person:
    bring_in(cast.home, card("Amara Nwosu", "EMAIL:amara@example.com", uid="a"))
    return person(cast.home, "Amara Nwosu")


@pytest.fixture
def item(cast: Cast) -> Item:
    return shelf.save(cast.home, cast.ada, Saved(URL, "page 3 is gold", "Hiring"), NOW)[0]


def save(browser: Client, **fields: str) -> str:
    return words(browser.post(reverse("shelf_save"), fields, follow=True))


def undo(browser: Client, answer: str) -> str:
    """Press Undo on the page just shown."""
    address = re.search(r'class="toast".*?action="([^"]+)"', answer, re.S)
    assert address, "no Undo on this page"
    return words(browser.post(address[1].replace("&amp;", "&"), follow=True))


def test_it_works(ada: Client) -> None:
    """Saved at once, read by the job, and on the shelf with what its page says."""
    site = Site()
    site.acts["/"] = sends(page(), Content_Type="text/html")
    by = Fetcher(allowed=local, resolve=names())
    with mock.patch.object(articles, "fetcher", return_value=by):
        told = save(ada, said=f"{site.url()}?utm_source=x", note="page 3 is gold")
        assert site.asked == []
        assert "Saved. Its page is being read." in told
        work_off()
    site.close()
    told = words(ada.get(reverse("shelf")))
    assert "Portico, saved today Hiring for curiosity Your note: “page 3 is gold”" in told
    told = words(ada.get(reverse("shelf_item", args=[Item.objects.get().id])))
    assert "By Ines Valdemar , 2 November" in told
    assert "One question tells more than ten." in told


def test_a_thought_is_saved_as_it_is(ada: Client) -> None:
    assert "Chairs decide how long people stay A thought, saved today" in save(
        ada, said="Chairs decide how long people stay. I saw it twice."
    )


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("", "Please give the address"), ("javascript:alert(1)", "not an address that can be opened"),
     ("https://", "not an address that can be opened")],
)  # fmt: skip
def test_what_is_nothing_is_said(ada: Client, said: str, wrong: str) -> None:
    answer = ada.post(reverse("shelf_save"), {"said": said, "note": "" if not said else "kept"})
    assert answer.status_code == 422
    assert wrong in words(answer)
    assert "kept" in words(answer) or not said
    assert not Item.objects.exists()


def test_saved_and_undone(ada: Client) -> None:
    answer = ada.post(reverse("shelf_save"), {"said": URL}, follow=True).content.decode()
    assert "Not saved after all." in undo(ada, answer)
    assert not Item.objects.exists()


def test_saved_twice_it_says_so(ada: Client, item: Item) -> None:
    assert "This was saved before." in save(ada, said=f"{URL}#top")


@pytest.mark.parametrize(
    ("asked", "said", "title", "note"),
    [
        ({"url": URL, "title": "Hiring", "text": "marked words", "from": "bookmarklet"}, URL, "Hiring", "marked words"),
        ({"title": "Hiring", "text": f"Hiring {URL}?fbclid=1"}, URL, "Hiring", ""),  # as Android's Chrome
        ({"text": URL}, URL, "", ""),
        ({"text": "A thought of mine"}, "", "", "A thought of mine"),
        ({"url": "javascript:alert(1)", "title": "x"}, "javascript:alert(1)", "x", ""),
    ],
)
def test_a_form_is_filled_and_nothing_saved(
    ada: Client, asked: dict[str, str], said: str, title: str, note: str
) -> None:
    answer = ada.get(f"{reverse('shelf_save')}?{urlencode(asked)}")
    assert not Item.objects.exists()
    shown = answer.context
    assert (shown["link"], shown["said"].title, shown["said"].note) == (said, title, note)


def test_found_in_its_parts_by_words(ada: Client, item: Item, amara: Person, cast: Cast) -> None:
    shelf.save(cast.home, cast.ada, Saved(note="Ships."), NOW)
    shelf.give(item, amara, cast.ada, NOW, channel="mail")
    told = words(ada.get(reverse("shelf")))
    assert "On the shelf 2 Given 1 Put away 0" in told
    assert "Given to Amara" in told
    assert "Ships" not in words(ada.get(f"{reverse('shelf')}?part=given"))
    assert "Ships" not in words(ada.get(f"{reverse('shelf')}?q=gold"))
    assert "Nothing here has these words." in words(ada.get(f"{reverse('shelf')}?q=nowhere"))


def test_two_thousand_are_paged(ada: Client, cast: Cast) -> None:
    for n in range(23):
        shelf.save(cast.home, cast.ada, Saved(note=f"Thought {n}"), NOW)
    first, second = words(ada.get(reverse("shelf"))), words(ada.get(f"{reverse('shelf')}?page=2"))
    assert ("Older" in first, "Newer" in first) == (True, False)
    assert ("Older" in second, "Newer" in second) == (False, True)
    assert second.count("Not given yet") == 2


def test_what_could_not_be_read_is_tried_again(ada: Client, item: Item) -> None:
    shelf.unreadable(item, "This is a PDF; its words cannot be read here.", "Give it a line of your own.")
    assert "This is a PDF; its words cannot be read here." in words(ada.get(reverse("shelf")))
    told = words(ada.get(reverse("shelf_item", args=[item.id])))
    assert "Give it a line of your own. Try again" in told
    assert "Its page is being read." in act(ada, "shelf_read", item.id)


def test_put_right_and_back(ada: Client, item: Item) -> None:
    address = reverse("shelf_edit", args=[item.id])
    answer = ada.post(address, {"title": "On hiring", "note": "for Ann"}, follow=True).content.decode()
    assert "On hiring" in answer
    assert "Hiring" in undo(ada, answer)
    assert Item.objects.get().note == "page 3 is gold"


def test_only_its_author_keeps_it_to_themselves(ada: Client, ben: Client, item: Item) -> None:
    address = reverse("shelf_edit", args=[item.id])
    ben.post(address, {"title": "x", "private": "1", "may_hide": "1"})
    assert not Item.objects.get().private
    ada.post(address, {"title": "x", "private": "1", "may_hide": "1"})
    assert Item.objects.get().private
    assert ben.get(reverse("shelf_item", args=[item.id])).status_code == 404
    assert "Nothing on the shelf yet" in words(ben.get(reverse("shelf")))


def test_put_away_and_back(ada: Client, item: Item) -> None:
    answer = ada.post(reverse("shelf_away", args=[item.id]), follow=True).content.decode()
    assert "Everything is put away." in answer
    undo(ada, answer)
    assert Item.objects.get().put_away_at is None


def test_forgotten(ada: Client, item: Item) -> None:
    assert "Forgotten for good." in act(ada, "shelf_forget", item.id)
    assert not Item.objects.exists()


def test_given_once_and_taken_back(ada: Client, item: Item, amara: Person) -> None:
    told = words(ada.get(f"{reverse('shelf_item', args=[item.id])}?to=amara"))
    assert "Share with Amara Nwosu" in told
    address = reverse("shelf_letter_sent", args=[item.id, amara.id])
    answer = ada.post(address, {"channel": "mail"}, follow=True).content.decode()
    assert "Noted. Something to read for Amara Nwosu" in answer
    assert "Given to" in words(ada.get(reverse("shelf_item", args=[item.id])))
    assert "Noted." not in words(ada.post(address, {"channel": "mail"}, follow=True))
    undo(ada, answer)
    assert not Touch.objects.exists()


def test_not_for_them_and_back(ada: Client, item: Item, amara: Person) -> None:
    answer = ada.post(reverse("shelf_not_for", args=[item.id, amara.id]), follow=True).content.decode()
    assert "Not for" in answer
    undo(ada, answer)
    assert not Share.objects.exists()


# What is followed


def test_followed_and_what_is_new_kept(ada: Client, cast: Cast) -> None:
    site = Site()
    site.acts["/"] = sends(rss(("Rye bread", "https://lena.example/rye", "1")))
    with mock.patch.object(feeds, "fetcher", return_value=Fetcher(allowed=local, resolve=names())):
        told = words(ada.post(reverse("magazine_follow"), {"url": site.url()}, follow=True))
        assert "Followed: Lena bakes." in told
        work_off()
    site.close()
    magazines.arrive(Magazine.objects.get(), [Entry("2", "Oats", "https://lena.example/oats", None)], NOW)
    with mock.patch.object(articles, "read"):
        answer = ada.post(
            reverse("arrival_answer", args=[Arrival.objects.get(title="Oats").id]), {"do": "keep"}, follow=True
        ).content.decode()
        assert Item.objects.get().title == "Oats"
        assert "Oats" in undo(ada, answer)
    assert not Item.objects.exists()


def test_passed_over(ada: Client, cast: Cast) -> None:
    magazine = magazines.follow(cast.home, "https://lena.example/feed", "Lena bakes", NOW)
    with mock.patch("django.utils.timezone.localdate", return_value=NOW.date()):
        magazines.arrive(magazine, [Entry("1", "Rye", "https://lena.example/rye", NOW.date())], NOW)
        assert "Rye" in words(ada.get(reverse("shelf")))
        answer = ada.post(reverse("arrival_answer", args=[Arrival.objects.get().id]), {"do": "pass"}, follow=True)
        assert "Rye" not in words(answer)
        assert "Rye" in undo(ada, answer.content.decode())


def test_followed_no_more_and_back(ada: Client, cast: Cast) -> None:
    magazine = magazines.follow(cast.home, "https://lena.example/feed", "Lena bakes", NOW)
    answer = ada.post(reverse("magazine_leave", args=[magazine.id]), follow=True).content.decode()
    assert not Magazine.objects.exists()
    undo(ada, answer)
    assert Magazine.objects.get().title == "Lena bakes"


# From elsewhere


def test_the_bookmarklet_opens_our_form(ada: Client) -> None:
    shown = ada.get(reverse("shelf")).content.decode()
    assert 'href="javascript:(()=&gt;{' in shown
    assert "http://testserver/shelf/save?" in shown


def test_a_phone_is_offered_the_shelf_where_it_shares(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert told["share_target"] == {
        "action": "/shelf/save", "method": "GET", "params": {"title": "title", "text": "text", "url": "url"},
    }  # fmt: skip
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/sign-in").content.decode()


def test_cleo_sees_nothing(cleo: Client, item: Item, amara: Person) -> None:
    assert cleo.get(reverse("shelf_item", args=[item.id])).status_code == 404
    assert cleo.post(reverse("shelf_letter", args=[item.id, amara.id])).status_code == 404
    assert "Hiring" not in words(cleo.get(reverse("shelf")))
