"""Noting a touch in one line: understood, shown, put right, kept; changed and deleted later."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keepwarm.models import Person, Summary, Touch
from keepwarm.store import touches
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast
from tests.web.pages import act, words
from tests.web.test_without_javascript import Forms

pytestmark = pytest.mark.django_db
LINE = "coffee with Amara last Tuesday, she is hiring; I'll send her the deck by Friday"


@pytest.fixture
def amara(cast: Cast) -> Person:
    names = ["Amara Nwosu", "Ben Fox", "Ben Okafor"]
    bring_in(cast.home, *[card(name, f"EMAIL:{n}@example.com", uid=name) for n, name in enumerate(names)])
    return person(cast.home, "Amara Nwosu")


def fields(page: str) -> dict[str, str]:
    """What a browser without a script would send of the line's form, with the choices that are made."""
    form = next(form for form in Forms(page).found if form["action"] == "/log" or "line" in form["fields"])
    chosen = re.findall(r'<select[^>]*name="(\w+)".*?<option value="(\w+)" selected', page, re.S)
    return form["fields"] | dict(chosen)


def look(browser: Client, line: str, **more: str) -> dict[str, str]:
    return fields(browser.post("/log", {"line": line, "action": "look", **more}).content.decode())


def keep(browser: Client, sent: dict[str, str], **changed: str) -> str:
    return words(browser.post("/log", sent | {"action": "keep"} | changed, follow=True))


def touch_of(amara: Person, **facts: str) -> Touch:
    return touches.log(amara, None, NOW, NOW, **{"channel": "call", "direction": "both", "line": "About tea"} | facts)


def test_it_works(ada: Client, amara: Person) -> None:
    sent = look(ada, LINE)
    assert not Touch.objects.exists()
    told = keep(ada, sent)
    assert "Noted, with Amara Nwosu." in told
    assert "10 Nov You met She is hiring; I'll send her the deck by Friday" in told
    touch = Touch.objects.get()
    assert (touch.channel, touch.direction, touch.balance) == ("meeting", "both", "neutral")
    assert timezone.localdate(touch.at).isoformat() == "2026-11-10"
    assert touch.author == amara.space.memberships.get(is_owner=True).user


def test_what_was_understood_is_shown(ada: Client, amara: Person) -> None:
    told = ada.post("/log", {"line": LINE}).content.decode()
    assert '<mark data-what="name">Amara</mark>' in told
    assert '<mark data-what="date">last Tuesday</mark>' in told
    assert "by Friday 13 November" in words(ada.post("/log", {"line": LINE}))


def test_the_message_takes_it_back(ada: Client, amara: Person) -> None:
    answer = ada.post("/log", look(ada, LINE) | {"action": "keep"}, follow=True).content.decode()
    undo = re.search(r'action="(/touches/[^"]+/undo)"', answer)
    assert undo
    ada.post(undo[1])
    assert not Touch.objects.exists()
    assert not Summary.objects.filter(person=amara).exists()


def test_wrong_guesses_are_put_right(ada: Client, amara: Person) -> None:
    ben = person(amara.space, "Ben Fox")
    sent = look(ada, LINE)
    keep(ada, sent, on="2026-05-03", channel="call", balance="ask", direction="out", text="Tea", person=str(ben.id))
    touch = Touch.objects.get()
    assert (touch.person, touch.channel, touch.balance, touch.direction, touch.line) == (
        ben,
        "call",
        "ask",
        "out",
        "Tea",
    )
    assert timezone.localdate(touch.at).isoformat() == "2026-05-03"


def test_what_was_put_right_stays_while_the_line_goes_on(ada: Client, amara: Person) -> None:
    sent = look(ada, "coffee with Amara")
    again = look(ada, **sent | {"line": "coffee with Amara yesterday"} | {"channel": "call"})
    assert (again["channel"], again["on"]) == ("call", "2026-11-11")


def test_a_line_changed_since_it_was_shown_is_shown_again(ada: Client, amara: Person) -> None:
    sent = look(ada, "coffee with Amara")
    assert "Keep it" in keep(ada, sent, line="coffee with Amara yesterday")
    assert not Touch.objects.exists()


def test_nothing_is_kept_that_was_not_shown(ada: Client, amara: Person) -> None:
    ada.post("/log", {"line": LINE, "action": "keep", "person": str(amara.id)})
    assert not Touch.objects.exists()


def test_several_of_that_name_and_someone_else(ada: Client, amara: Person) -> None:
    told = words(ada.post("/log", {"line": "called Ben"}))
    assert "Ben Fox" in told
    assert "Ben Okafor" in told
    sent = look(ada, "called Ben", who="amar", action="find")
    assert sent["person"] == str(amara.id)
    assert "Amara Nwosu" in keep(ada, sent)


def test_nobody_of_that_name(ada: Client, amara: Person) -> None:
    told = words(ada.post("/log", {"line": "called Zoltan"}))
    assert "Nobody here is called Zoltan" in told
    told = words(ada.post("/log", {"line": "tea", "who": "Zoltan & Co", "action": "find"}))
    assert "Nobody here is called Zoltan & Co ." in told
    assert "Please say who it was." in keep(ada, look(ada, "called Zoltan"))
    assert not Touch.objects.exists()


def link(page: str) -> str:
    """Where one adds somebody of the name that nobody has."""
    found = re.search(r'href="(/people/new\?[^"]+)"', page)
    assert found
    return html.unescape(found[1])


def test_nobody_of_that_name_is_added_and_the_line_kept(ada: Client, amara: Person) -> None:
    asked = link(ada.post("/log", {"line": "called Zoltan Kiss & co yesterday"}).content.decode())
    form = fields(ada.get(asked).content.decode())
    assert (form["name"], form["log"]) == ("Zoltan Kiss", "called Zoltan Kiss & co yesterday")
    page = ada.post("/people/new", form, follow=True).content.decode()
    zoltan = Person.objects.get(name="Zoltan Kiss")
    sent = fields(page)
    assert sent["person"] == str(zoltan.id)
    keep(ada, sent)
    touch = Touch.objects.get()
    assert (touch.person, timezone.localdate(touch.at).isoformat()) == (zoltan, "2026-11-11")


def test_whoever_is_added_under_another_name_is_chosen(ada: Client, amara: Person) -> None:
    form = fields(ada.get(link(ada.post("/log", {"line": "called Zoli"}).content.decode())).content.decode())
    page = ada.post("/people/new", form | {"name": "Kiss Zoltan"}, follow=True).content.decode()
    assert fields(page)["person"] == str(Person.objects.get(name="Kiss Zoltan").id)


def test_whoever_is_here_already_goes_back_to_the_line_too(ada: Client, amara: Person) -> None:
    form = fields(ada.get("/people/new?name=Amara+Nwosu&log=called+Amy").content.decode())
    page = ada.post("/people/new", form).content.decode()
    assert f"/log?line=called+Amy&amp;added={amara.id}" in page


# Several people in one line


def test_a_line_about_two_is_kept_for_both(ada: Client, amara: Person) -> None:
    sent = look(ada, "lunch with Amara and Ben Fox yesterday, about boats")
    ben = person(amara.space, "Ben Fox")
    assert (sent["person"], sent["beside-1"]) == (str(amara.id), str(ben.id))
    assert "Noted, with Amara Nwosu and Ben Fox." in keep(ada, sent)
    assert {(touch.person, touch.line, touch.channel) for touch in Touch.objects.all()} == {
        (amara, "About boats", "meeting"),
        (ben, "About boats", "meeting"),
    }
    assert set(Summary.objects.values_list("person", flat=True)) == {amara.id, ben.id}


def test_the_message_takes_it_back_for_both(ada: Client, amara: Person) -> None:
    sent = look(ada, "lunch with Amara and Ben Fox")
    page = ada.post("/log", sent | {"action": "keep"}, follow=True).content.decode()
    undo = re.search(r'action="(/touches/[^"]+/undo)"', page)
    assert undo
    ada.post(undo[1])
    assert not Touch.objects.exists()
    assert not Summary.objects.exists()


def test_the_other_can_be_left_out_or_be_someone_else(ada: Client, amara: Person) -> None:
    sent = look(ada, "lunch with Amara and Ben")
    keep(ada, sent | {"beside-1": ""})
    assert Touch.objects.get().person == amara
    okafor = person(amara.space, "Ben Okafor")
    keep(ada, sent | {"beside-1": str(okafor.id)})
    assert okafor.touches.count() == 1


def test_the_other_is_added_and_the_first_stays_chosen(ada: Client, amara: Person) -> None:
    page = ada.post("/log", {"line": "lunch with Amara and Zoltan Kiss"}).content.decode()
    assert "Nobody here is called Zoltan Kiss" in words(ada.post("/log", {"line": "lunch with Amara and Zoltan Kiss"}))
    form = fields(ada.get(link(page)).content.decode())
    sent = fields(ada.post("/people/new", form, follow=True).content.decode())
    assert (sent["person"], sent["beside-1"]) == (str(amara.id), str(Person.objects.get(name="Zoltan Kiss").id))


def test_one_named_twice_is_noted_once(ada: Client, amara: Person) -> None:
    sent = look(ada, "lunch with Amara and Ben")
    keep(ada, sent | {"beside-1": str(amara.id)})
    assert Touch.objects.get().person == amara


def test_nobody_of_another_space_beside(ada: Client, cast: Cast, amara: Person) -> None:
    bring_in(cast.away, card("Cleo Friend"))
    sent = look(ada, "lunch with Amara and Ben")
    keep(ada, sent | {"beside-1": str(person(cast.away, "Cleo Friend").id)})
    assert Touch.objects.get().person == amara


@pytest.mark.parametrize(
    ("field", "value"),
    [("on", "2026-12-24"), ("on", "soon"), ("on", ""), ("channel", "smoke"), ("direction", "up"), ("balance", "all"),
     ("person", "no-id"), ("person", "00000000-0000-0000-0000-000000000000")],
)  # fmt: skip
def test_what_cannot_be_is_not_kept(ada: Client, amara: Person, field: str, value: str) -> None:
    keep(ada, look(ada, LINE), **{field: value})
    assert not Touch.objects.exists()


def test_the_day_that_cannot_be_is_said(ada: Client, amara: Person) -> None:
    assert "A day up to today, please." in keep(ada, look(ada, LINE), on="2026-12-24")


def test_nobody_of_another_space_is_found_or_taken(ada: Client, cast: Cast, amara: Person) -> None:
    bring_in(cast.away, card("Cleo Friend"))
    stranger = person(cast.away, "Cleo Friend")
    assert str(stranger.id) not in ada.post("/log", {"line": "called Cleo Friend"}).content.decode()
    keep(ada, look(ada, LINE), person=str(stranger.id))
    assert not Touch.objects.exists()


def test_on_a_persons_page_it_is_with_them(ada: Client, amara: Person) -> None:
    page = ada.get(reverse("person", args=[amara.id])).content.decode()
    form = next(form for form in Forms(page).found if form["action"] == "/log")
    assert form["fields"]["with"] == str(amara.id)
    sent = look(ada, "lunch with Ben yesterday", **{"with": str(amara.id)})
    assert "person" not in sent
    keep(ada, sent)
    assert Touch.objects.get().person == amara


def test_the_piece_while_typing(ada: Client, amara: Person) -> None:
    answer = ada.post("/log", {"line": LINE}, headers={"HX-Request": "true"})
    assert answer.templates[0].name == "touches/_guess.html"
    assert not ada.post("/log", {"line": " "}, headers={"HX-Request": "true"}).content.strip()


def test_the_line_is_only_text(ada: Client, amara: Person) -> None:
    told = ada.post("/log", {"line": "met Amara <img src=x onerror=alert(1)>"}).content.decode()
    assert "<img src=x" not in told


def test_american_dates_for_those_who_read_american(ada: Client, amara: Person) -> None:
    sent = fields(ada.post("/log", {"line": "met Amara 3/5"}, headers={"Accept-Language": "en-US,en"}).content.decode())
    assert sent["on"] == "2026-03-05"
    assert look(ada, "met Amara 3/5")["on"] == "2026-05-03"


# Later


def test_give_in_one_click_and_back(ada: Client, amara: Person) -> None:
    touch = touch_of(amara)
    assert "You gave something there." in act(ada, "touch_balance", touch.id, balance="give")
    assert Touch.objects.get().balance == "give"
    act(ada, "touch_put_back", touch.id)
    assert Touch.objects.get().balance == "neutral"
    act(ada, "touch_balance", touch.id, balance="everything")
    assert Touch.objects.get().balance == "neutral"


def test_the_click_with_a_script_changes_only_the_chips(ada: Client, amara: Person) -> None:
    address = reverse("touch_balance", args=[touch_of(amara).id])
    answer = ada.post(address, {"balance": "ask"}, headers={"HX-Request": "true"}).content.decode()
    assert re.search(r'value="ask" aria-pressed="true"', answer)
    assert "hx-swap-oob" in answer
    assert "<html" not in answer


def test_everything_of_a_touch_can_be_changed(ada: Client, amara: Person) -> None:
    touch = touch_of(amara)
    page = ada.get(reverse("touch", args=[touch.id])).content.decode()
    assert "About tea" in page
    told = act(ada, "touch", touch.id, action="keep", on="2026-05-03", channel="mail", direction="in", text="On tea")
    assert "3 May Amara wrote On tea" in told
    assert Summary.objects.get(person=amara).last_on.isoformat() == "2026-05-03"  # type: ignore[union-attr]
    assert "12 Nov You spoke on the phone About tea" in act(ada, "touch_put_back", touch.id)


def test_the_time_stays_where_the_day_does(ada: Client, amara: Person) -> None:
    touch = touch_of(amara)
    act(ada, "touch", touch.id, action="keep", on="2026-11-12", text="On tea")
    assert Touch.objects.get().at == NOW


def test_a_change_that_cannot_be(ada: Client, amara: Person) -> None:
    touch = touch_of(amara)
    assert "A day up to today, please." in act(ada, "touch", touch.id, action="keep", on="2027-01-01", text="On tea")
    assert Touch.objects.get().line == "About tea"


def test_it_was_someone_else(ada: Client, amara: Person) -> None:
    touch, ben = touch_of(amara), person(amara.space, "Ben Fox")
    assert "Ben Fox" in act(ada, "touch", touch.id, action="find", who="ben fox")
    act(ada, "touch", touch.id, action="keep", person=str(ben.id), who="ben fox", searched="ben fox")
    assert Touch.objects.get().person == ben


def test_what_a_file_tells_stays_with_whom_it_tells_of(ada: Client, amara: Person) -> None:
    touch, ben = touch_of(amara, source="linkedin"), person(amara.space, "Ben Fox")
    act(ada, "touch", touch.id, action="keep", person=str(ben.id))
    assert Touch.objects.get().person == amara


def test_deleting_and_bringing_back(ada: Client, amara: Person) -> None:
    touch = touch_of(amara)
    told = act(ada, "touch_delete", touch.id)
    assert "Deleted." in told
    assert "About tea" not in told
    assert "About tea" in act(ada, "touch_put_back", touch.id)
