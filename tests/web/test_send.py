"""Writing to someone: the words are kept, "I sent it" is noted, and all of it can be undone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Draft, Pick, Touch
from keepwarm.store import touches
from tests.build import bring_in, card, network
from tests.conftest import NOW, Cast
from tests.web.pages import act, three, words

pytestmark = pytest.mark.django_db
WORDS = {"shape": "hello", "subject": "Hello Ann", "body": "Hi Ann, how is the garden?\n\nAda"}


def write(browser: Client, pick: Pick, **changed: str) -> object:
    return browser.post(reverse("draft", args=[pick.person_id]), WORDS | changed, headers={"HX-Request": "true"})


def test_it_works(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    page = act(ada, "pick_sent", pick.id, channel="mail", shape="hello", subject="A hello")
    assert "What did you talk about?" in page
    touch = Touch.objects.get()
    assert (touch.person_id, touch.channel, touch.direction, touch.kind) == (pick.person_id, "mail", "out", "hello")
    assert (touch.context, touch.author, touch.at) == ("A hello", cast.ada, NOW)
    assert "Two people to say hello to" in words(ada.get("/"))


def test_one_line_is_kept(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_sent", pick.id)
    page = act(ada, "pick_line", pick.id, line="  Her garden  ")
    assert "Kept, for the next time." in page
    assert Touch.objects.get().line == "Her garden"
    assert "What did you talk about?" not in page


def test_skipping_the_line(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_sent", pick.id)
    assert "What did you talk about?" not in act(ada, "pick_line", pick.id)
    assert Touch.objects.get().line == ""


def test_the_next_letter_may_pick_up_the_line(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_sent", pick.id)
    act(ada, "pick_line", pick.id, line="Her garden")
    assert "Her garden" in words(ada.get(reverse("person", args=[pick.person_id])))


def test_undo_brings_letter_and_card_back(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    write(ada, pick)
    act(ada, "pick_sent", pick.id)
    page = act(ada, "pick_undo", pick.id)
    assert not Touch.objects.exists()
    assert "how is the garden?" in page
    assert "Three people to say hello to" in page


def test_sent_twice_is_one_touch(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_sent", pick.id)
    act(ada, "pick_sent", pick.id)
    assert Touch.objects.count() == 1


def test_undone_twice_is_undone_once(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_sent", pick.id)
    act(ada, "pick_undo", pick.id)
    act(ada, "pick_undo", pick.id)
    assert len(three(ada)) == 3


@pytest.mark.parametrize(
    ("asked", "kept"), [("whatsapp", "whatsapp"), ("linkedin", "linkedin"), ("smoke", "mail"), ("", "mail")]
)
def test_the_way_that_was_taken(cast: Cast, ada: Client, asked: str, kept: str) -> None:
    network(cast.home)
    act(ada, "pick_sent", three(ada)[0].id, channel=asked, shape="hello", subject="A hello")
    touch = Touch.objects.get()
    assert touch.channel == kept
    assert touch.context == ("A hello" if kept == "mail" else "")  # other ways have no subject


def test_a_shared_article_is_a_give(cast: Cast, ada: Client) -> None:
    network(cast.home)
    act(ada, "pick_sent", three(ada)[0].id, shape="saw_this")
    assert Touch.objects.get().balance == "give"


def test_the_words_are_kept_as_they_are_typed(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    checks = words(write(ada, pick))
    assert "Reads in" in checks
    page = ada.get("/").content.decode()
    assert "how is the garden?" in page
    assert 'value="Hello Ann"' in page


def test_emptied_words_are_ours_again(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    write(ada, pick)
    write(ada, pick, body=" ")
    assert not Draft.objects.exists()
    assert "how is the garden?" not in words(ada.get("/"))


def test_sent_words_are_not_offered_again(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    write(ada, pick)
    act(ada, "pick_sent", pick.id)
    assert not Draft.objects.exists()


def test_each_kind_of_letter_keeps_its_own_words(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    write(ada, pick)
    write(ada, pick, shape="saw_this", body="Saw this, thought of you")
    assert set(Draft.objects.values_list("shape", flat=True)) == {"hello", "saw_this"}


def test_a_kind_that_does_not_exist(cast: Cast, ada: Client) -> None:
    network(cast.home)
    assert write(ada, three(ada)[0], shape="pitch").status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize("field", ["subject", "body"])
def test_a_letter_without_end_is_cut_not_refused(cast: Cast, ada: Client, field: str) -> None:
    network(cast.home)
    assert write(ada, three(ada)[0], **{field: "x" * 100_000}).status_code == 200


def test_the_checks_see_an_ask(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    assert "Asks for nothing" in words(write(ada, pick))
    assert "Asks for nothing" not in words(write(ada, pick, body="Could you introduce me to your boss?"))


def test_sent_from_a_persons_page_went_one_way(cast: Cast, ada: Client) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com"))
    pick = three(ada)[0]
    act(ada, "touch_log", pick.person_id, on="2026-11-12", channel="mail", direction="out")
    assert Touch.objects.get().direction == "out"


def test_talked_on_another_road(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    page = act(ada, "pick_talked", pick.id, on="2026-11-10")
    assert f"Noted: you and {pick.person.name} talked." in page
    touch = Touch.objects.get()
    assert (touch.direction, touch.at.date().isoformat()) == ("both", "2026-11-10")


@pytest.mark.parametrize("on", ["2026-11-13", "1066-10-14", "yesterday", ""])
def test_a_day_that_cannot_be_is_asked_again(cast: Cast, ada: Client, on: str) -> None:
    network(cast.home)
    assert "Please say on which day you talked" in act(ada, "pick_talked", three(ada)[0].id, on=on)
    assert not Touch.objects.exists()


def test_a_touch_undone_on_their_page_leaves_today_standing(cast: Cast, ada: Client) -> None:
    network(cast.home)
    pick = three(ada)[0]
    act(ada, "pick_sent", pick.id)
    act(ada, "touch_undo", Touch.objects.get().id)
    assert ada.get("/").status_code == 200
    act(ada, "pick_undo", pick.id)
    assert Pick.objects.get(id=pick.id).state == "shown"


def test_who_was_written_to_today_elsewhere_is_still_on_the_page(cast: Cast, ada: Client) -> None:
    network(cast.home)
    before = three(ada)
    touches.log(before[0].person, cast.ada, NOW, NOW, channel="mail", direction="in")
    assert three(ada) == before
