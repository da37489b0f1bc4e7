"""Every form works as a form: it posts, it leads to a page, and the page shows what was done."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Person, Touch
from tests.build import bring_in, card, network
from tests.conftest import Cast
from tests.web.pages import three, words

pytestmark = pytest.mark.django_db


class Forms(HTMLParser):
    """The forms of a page as a browser without a script sees them: address, fields, buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self.words = ""
        self.area: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append(
                {"action": given.get("action"), "method": given.get("method"), "fields": {}, "buttons": []}
            )
        elif tag == "input" and self.found and given.get("name"):
            if given.get("type") != "radio" or "checked" in given:
                self.found[-1]["fields"][given["name"]] = given.get("value") or ""
        elif tag == "textarea" and given.get("name"):
            self.area = given["name"]
            self.found[-1]["fields"][self.area] = ""
        elif tag == "button" and self.found and given.get("type", "submit") == "submit":
            self.found[-1]["buttons"].append((given.get("name"), given.get("value")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[-1]["fields"][self.area] += data.removeprefix("\n")


def form(browser: Client, path: str, ends: str) -> dict[str, Any]:
    """The first form on the page whose address ends so."""
    found = Forms(browser.get(path).content.decode()).found
    return next(one for one in found if one["action"] and one["action"].endswith(ends))


def send(browser: Client, form: dict[str, Any], **changed: str) -> str:
    answer = browser.post(form["action"], form["fields"] | changed, follow=True)
    assert answer.redirect_chain, "a form that answers with a page is sent again on reload"
    return words(answer)


def test_it_works(cast: Cast, ada: Client) -> None:
    network(cast.home)
    told = send(ada, form(ada, "/", "/sent"))
    assert "What did you talk about?" in told
    line = form(ada, f"/?asking={three(ada)[0].id}", "/line")
    assert "Kept, for the next time." in send(ada, line, line="Her garden")
    assert Touch.objects.get().line == "Her garden"


def test_every_form_posts_with_a_token(cast: Cast, ada: Client) -> None:
    network(cast.home)
    for path in ("/", reverse("person", args=[Person.objects.first().id]), "/import", "/welcome"):  # type: ignore[union-attr]
        for found in Forms(ada.get(path).content.decode()).found:
            if found["method"] == "dialog":
                continue
            assert found["method"] in ("post", "get")  # one that gets, asks, and changes nothing
            assert bool(found["fields"].get("csrfmiddlewaretoken")) == (found["method"] == "post"), found
            assert found["buttons"] or found["method"] == "get", found


@pytest.mark.parametrize("ends", ["/swap", "/not-now", "/never", "/talked", "/sent"])
def test_what_was_done_can_be_undone_on_the_page_that_follows(cast: Cast, ada: Client, ends: str) -> None:
    network(cast.home)
    before = three(ada)
    found = form(ada, "/", ends)
    answer = ada.post(found["action"], found["fields"], follow=True).content.decode()
    undo = re.search(r'action="(/today/[^"]+/undo)"', answer)
    assert undo
    ada.post(undo[1])
    assert three(ada) == before


def test_the_words_are_kept_by_a_button(cast: Cast, ada: Client) -> None:
    network(cast.home)
    letter = form(ada, "/", "/draft")
    assert ("action", "keep") in letter["buttons"]
    told = send(ada, letter, body="Hi, how is the garden?\n\nAda", action="keep")
    assert "how is the garden?" in told


def test_the_kept_words_are_in_the_link_to_the_mail_program(cast: Cast, ada: Client) -> None:
    network(cast.home, 1)
    send(ada, form(ada, "/", "/draft"), body="How is the garden?", action="keep")
    assert "body=How%20is%20the%20garden%3F" in ada.get("/").content.decode()


def test_another_kind_of_letter_by_a_button(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme"))
    letter = form(ada, "/", "/draft")
    other = "hello" if letter["fields"]["shape"] != "hello" else "saw_this"
    send(ada, letter, shape=other, action="shape")
    after = form(ada, "/", "/draft")
    assert after["fields"]["shape"] == other
    assert after["fields"]["body"].strip() != letter["fields"]["body"].strip()


def test_sent_takes_the_letter_along(cast: Cast, ada: Client) -> None:
    """Without a script the form knows only the channel; subject and kind are those that were on the page."""
    network(cast.home)
    letter = form(ada, "/", "/draft")
    send(ada, form(ada, "/", "/sent"))
    touch = Touch.objects.get()
    assert (touch.kind, touch.context) == (letter["fields"]["shape"], letter["fields"]["subject"])


def test_a_letter_from_a_persons_page_comes_back_there(cast: Cast, ada: Client) -> None:
    network(cast.home, 1)
    path = reverse("person", args=[Person.objects.get().id])
    letter = form(ada, path, "/draft")
    answer = ada.post(
        letter["action"], letter["fields"] | {"action": "keep"}, headers={"Referer": f"http://testserver{path}"}
    )
    assert answer.url == path


def test_a_note_and_its_undo(cast: Cast, ada: Client) -> None:
    network(cast.home, 1)
    path = reverse("person", args=[Person.objects.get().id])
    assert "likes tea" in send(ada, form(ada, path, "/notes"), text="likes tea")
    assert "likes tea" not in send(ada, form(ada, path, "/undo"))


def test_putting_something_right(cast: Cast, ada: Client) -> None:
    network(cast.home, 1)
    path = reverse("person", args=[Person.objects.get().id])
    ways = re.findall(r'class="edit" href="([^"]+what=title)"', ada.get(path).content.decode())
    assert "Chair, Firm 0" in send(ada, form(ada, ways[0], "what=title"), title="Chair")
