"""The weekly session in a browser: begun with one key, gone through, paused, ended; and Today knows of it."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from keepwarm.models import Person, Session, Step, Touch
from keepwarm.store import rhythm, touches
from tests.build import network
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    """In touch both ways, a month ago; three of them to be kept every month."""
    people = network(cast.home, 30)
    for one in people:
        for ago, way in ((60, "out"), (30, "in")):
            touches.log(one, cast.ada, NOW - timedelta(days=ago), NOW, channel="mail", direction=way)
    for one in people[:3]:
        rhythm.keep(one, 28, NOW.date())
    return people


def begin(browser: Client) -> str:
    return words(browser.post(reverse("session_start"), follow=True))


def act(browser: Client, name: str, **said: str) -> str:
    step = browser.get("/week/session").context["focus"].id
    return words(browser.post(reverse(name, args=[step]), said, follow=True))


def test_it_works(ada: Client, people: list[Person]) -> None:
    assert "0 of 17 small gestures this week" in words(ada.get("/week"))
    page = begin(ada)
    assert "About twenty minutes left" in page
    assert "Light touch 1 of 12" in page
    assert "Every month, as you wished. You were last in touch four weeks ago." in page
    assert "Noted. A hello to" in act(ada, "step_done", channel="mail", shape="hello", subject="Hi")
    assert Touch.objects.get(kind="hello").context == "Hi"
    assert "Your week: 1 of 17 small gestures" in words(ada.get("/"))


def test_it_goes_on_where_it_was_on_another_device(ada: Client, cast: Cast, people: list[Person]) -> None:
    begin(ada)
    phone = Client()
    phone.force_login(cast.ada)
    with time_machine.travel(NOW + timedelta(minutes=9), tick=False):
        page = phone.get("/week/session")
        assert "About eleven minutes left You will be done by 09:20." in words(page)
        assert page.context["focus"].id == ada.get("/week/session").context["focus"].id


def test_a_pause_stops_it_everywhere(ada: Client, people: list[Person]) -> None:
    begin(ada)
    assert "The time stands still" in words(ada.post(reverse("session_pause"), follow=True))
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        assert "About twenty minutes left" in words(ada.get("/week"))
        assert "You will be done by 12:20" in words(ada.post(reverse("session_pause"), follow=True))


def test_the_end_of_the_time_is_a_good_end(ada: Client, people: list[Person]) -> None:
    begin(ada)
    act(ada, "step_done", channel="mail", shape="hello")
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        page = words(ada.get("/week/session"))
        assert "That is your week. One small gesture, twenty minutes of your time. The time is up" in page
        assert "The rest can wait until Monday 16 November" in page
        assert "That was your week" in words(ada.get("/week"))
        assert "About ten minutes left" in words(ada.post(reverse("session_more"), follow=True))


def test_what_is_sent_after_the_time_still_counts(ada: Client, people: list[Person]) -> None:
    begin(ada)
    step = ada.get("/week/session").context["focus"].id
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        page = ada.post(reverse("step_done", args=[step]), {"channel": "mail", "shape": "hello"}, follow=True)
    assert "One small gesture" in words(page)


def test_ended_by_the_user(ada: Client, people: list[Person]) -> None:
    begin(ada)
    page = words(ada.post(reverse("session_end"), follow=True))
    assert "That is your week. The rest can wait" in page
    assert Session.objects.get().how == "closed"


def test_undo(ada: Client, people: list[Person]) -> None:
    begin(ada)
    step = ada.get("/week/session").context["focus"].id
    act(ada, "step_done", channel="mail", shape="hello")
    ada.post(reverse("step_undo", args=[step]))
    assert ada.get("/week/session").context["focus"].id == step
    assert not Touch.objects.filter(kind="hello").exists()


def test_swap_and_not_now(ada: Client, people: list[Person]) -> None:
    begin(ada)
    first = ada.get("/week/session").context["focus"].person.name
    assert "Someone else, then." in act(ada, "step_swap")
    second = ada.get("/week/session").context["focus"].person.name
    assert first != second
    assert f"{second} rests for a month." in act(ada, "step_not_now")


def test_the_third_time_says_that_the_rhythm_is_looser(ada: Client, cast: Cast) -> None:
    (ann,) = network(cast.home, 1)
    rhythm.keep(ann, 28, NOW.date())
    Person.objects.update(skips=2)
    begin(ada)
    assert f"You let {ann.name} be three times, so it is every six weeks from now on." in act(ada, "step_swap")
    page = words(ada.get(f"/people/{ann.id}"))
    assert "You let it pass three times, so it has become looser by itself." in page
    assert "As it was before" in page


def test_a_conversation_with_three_times_and_an_invitation(ada: Client, people: list[Person]) -> None:
    begin(ada)
    Step.objects.exclude(kind="talk").update(state="skipped")
    page = ada.get("/week/session")
    assert "I could do Monday 16 November at 10:00, Tuesday 17 November at 12:30 or Wednesday" in words(page)
    step = page.context["focus"].id
    answer = ada.get(reverse("step_invitation", args=[step, 0]))
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"].startswith("text/calendar")
    assert event["dtstart"].dt.isoformat() == "2026-11-16T10:00:00+00:00"
    assert ada.get(reverse("step_invitation", args=[step, 3])).status_code == 404


def test_without_a_session_its_page_leads_to_the_week(ada: Client, people: list[Person]) -> None:
    assert ada.get("/week/session").url == reverse("week")


def test_with_nobody_to_draw_it_ends_at_once(ada: Client, cast: Cast) -> None:
    assert "No one here yet" in words(ada.get("/week"))
    assert "That is your week." in begin(ada)


def test_an_action_answers_htmx_with_a_piece(ada: Client, people: list[Person]) -> None:
    begin(ada)
    step = ada.get("/week/session").context["focus"].id
    answer = ada.post(reverse("step_done", args=[step]), {"channel": "mail"}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith("<kw-session")
