"""News of your people: read, congratulated, put away; an import's list; a source's news beside one's own word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keepwarm.core import moments as core
from keepwarm.models import Fact, Moment, Person
from keepwarm.store import edits
from tests.build import bring_in, card, check, connections, person
from tests.conftest import NOW, Cast
from tests.web.pages import words

pytestmark = pytest.mark.django_db
ANN = "Ann,Lee,https://www.linkedin.com/in/annlee,,{},Producer,07 Jun 2021"
BOB = "Bob,Fox,https://www.linkedin.com/in/bobfox,,Fox & Co,Buyer,01 Feb 2020"


@pytest.fixture
def run(cast: Cast) -> str:
    """A second export of today, in which Ann is somewhere else; the address of its page."""
    now = timezone.now()
    bring_in(cast.home, at=now - timedelta(days=200), **{"Connections.csv": connections(ANN.format("Acme"), BOB)})
    second = bring_in(cast.home, at=now, **{"Connections.csv": connections(ANN.format("Harbour Films"), BOB)})
    return reverse("import_run", args=[second.id])


def test_it_works(cast: Cast, ada: Client, run: str) -> None:
    said = words(ada.get("/moments"))
    assert "New work 1" in said
    assert "Ann Lee Started at Harbour Films between" in said
    assert "Before: Producer, Acme" in said
    assert "One piece of news of your people" in words(ada.get("/"))


def test_nothing_yet(cast: Cast, ada: Client) -> None:
    assert "No one here yet" in words(ada.get("/moments"))
    bring_in(cast.home, BOBS_CARD)
    assert "No news just now" in words(ada.get("/moments"))


BOBS_CARD = card("Bob Fox", "EMAIL:bob@example.com")


def test_cleo_sees_nothing(cast: Cast, cleo: Client, run: str) -> None:
    assert "Ann" not in words(cleo.get("/moments"))


def test_put_away_and_undone(cast: Cast, ada: Client, run: str) -> None:
    moment = Moment.objects.get()
    away = reverse("moment_away", args=[moment.person_id])
    page = ada.post(away, {"kind": moment.kind, "key": moment.key}, follow=True)
    assert "Put away: Ann Lee." in words(page)
    assert "Harbour Films" not in words(page)
    back = next(m.extra_tags for m in page.context["messages"]).removeprefix("undo:")
    assert "Harbour Films" in words(ada.post(back, follow=True))


def test_the_imports_page_tells_what_changed(cast: Cast, ada: Client, run: str) -> None:
    said = words(ada.get(run))
    assert "New company 1" in said
    assert "before: Producer, Acme now: Producer, Harbour Films" in said
    assert "One piece of news that is worth a word" in said
    assert "Producer, Harbour Films" in words(ada.get(f"{run}/news/company"))
    assert "None of these" in words(ada.get(f"{run}/news/gone"))
    assert ada.get(f"{run}/news/nonsense").status_code == 404


def test_who_is_new_is_listed_a_hundred_a_page(cast: Cast, ada: Client) -> None:
    made = bring_in(cast.home, *[card(f"P{n} Q", f"EMAIL:p{n}@example.com", uid=f"u{n}") for n in range(120)])
    first = ada.get(reverse("import_news", args=[made.id, "new"]))
    assert (len(first.context["lines"]), bool(first.context["next"])) == (100, True)
    second = ada.get(reverse("import_news", args=[made.id, "new"]) + "?" + first.context["next"])
    assert (len(second.context["lines"]), second.context["next"]) == (20, "")


def test_the_check_tells_it_before(cast: Cast, ada: Client, run: str) -> None:
    ahead = check(cast.home, {"Connections.csv": connections(ANN.format("Third & Co"), BOB)}, at=timezone.now())
    assert "Producer, Third & Co" in words(ada.get(reverse("import_run", args=[ahead.id])))


def test_an_older_file_is_told_to_be_older(cast: Cast, ada: Client, run: str) -> None:
    old = {"Connections-2024-03-03.csv": connections(ANN.format("Acme"), BOB)}
    said = words(ada.get(reverse("import_run", args=[check(cast.home, old, at=timezone.now()).id])))
    assert "This file is from 3 March 2024" in said
    assert "is newer, so it only adds people." in said


class TestBesideOnesOwnWord:
    @pytest.fixture
    def news(self, cast: Cast) -> Fact:
        """LinkedIn has a new employer since Ada has written her own."""
        now = timezone.now()
        bring_in(cast.home, at=now - timedelta(days=200), **{"Connections.csv": connections(ANN.format("Acme"), BOB)})
        ann = person(cast.home, "Ann Lee")
        edits.edit(ann, {"organisation": "Lee & Daughters"}, ann.version, now - timedelta(days=100))
        bring_in(cast.home, at=now, **{"Connections.csv": connections(ANN.format("Harbour Films"), BOB)})
        return Fact.objects.get(value="Harbour Films")

    def say(self, ada: Client, news: Fact, choice: str) -> str:
        """What the page's Undo asks for."""
        page = ada.post(reverse("person_news", args=[news.person_id, news.pk]), {"choice": choice}, follow=True)
        return next(m.extra_tags for m in page.context["messages"]).removeprefix("undo:")

    def shown(self, ada: Client, news: Fact) -> str:
        return words(ada.get(reverse("person", args=[news.person_id])))

    def test_it_works(self, ada: Client, news: Fact) -> None:
        said = self.shown(ada, news)
        assert "LinkedIn says since" in said
        assert "Take it over" in said
        assert "Leave mine" in said

    def test_taken_over(self, cast: Cast, ada: Client, news: Fact) -> None:
        undo = self.say(ada, news, "take")
        assert person(cast.home, "Ann Lee").organisation == "Harbour Films"
        assert "Take it over" not in self.shown(ada, news)
        ada.post(undo)
        assert person(cast.home, "Ann Lee").organisation == "Lee & Daughters"
        assert "Take it over" in self.shown(ada, news)

    def test_left(self, cast: Cast, ada: Client, news: Fact) -> None:
        undo = self.say(ada, news, "leave")
        assert person(cast.home, "Ann Lee").organisation == "Lee & Daughters"
        assert "Take it over" not in self.shown(ada, news)
        ada.post(undo)
        assert "Take it over" in self.shown(ada, news)

    def test_undo_does_not_overwrite_what_was_said_since(self, cast: Cast, ada: Client, news: Fact) -> None:
        undo = self.say(ada, news, "take")
        later = timezone.now() + timedelta(minutes=1)  # the clock of a test stands still
        ann = person(cast.home, "Ann Lee")
        assert edits.edit(ann, {"organisation": "Fourth"}, ann.version, later) == ["organisation"]
        assert person(cast.home, "Ann Lee").organisation == "Fourth"
        ada.post(undo)
        assert person(cast.home, "Ann Lee").organisation == "Fourth"

    def test_of_two_sources_the_one_that_was_chosen(self, cast: Cast, ada: Client, news: Fact) -> None:
        phone = card("Ann Lee", "URL:https://www.linkedin.com/in/annlee", "ORG:Phone & Co", uid="a")
        bring_in(cast.home, phone, at=timezone.now())
        self.say(ada, Fact.objects.get(value="Phone & Co"), "take")
        assert person(cast.home, "Ann Lee").organisation == "Phone & Co"


class TestNotedByHand:
    @pytest.fixture
    def ann(self, cast: Cast) -> Person:
        bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com"))
        return person(cast.home, "Ann Lee")

    def note(self, ada: Client, **typed: str) -> Any:
        return ada.post(
            reverse("moment_new"), {"kind": "other", "text": "won a prize", "on": "2026-11-10"} | typed, follow=True
        )

    def test_it_works(self, ada: Client, ann: Person) -> None:
        page = self.note(ada, person=str(ann.id), **{"from": "person"})
        assert "Noted: good news of Ann Lee." in words(page)
        assert "Won a prize, on 10 November. this week" in words(page)
        assert "Noted by you 1" in words(ada.get("/moments"))
        ada.post(next(m.extra_tags for m in page.context["messages"]).removeprefix("undo:"))
        assert not Moment.objects.exists()

    def test_by_name(self, ada: Client, ann: Person) -> None:
        self.note(ada, who="ann lee")
        assert Moment.objects.get().person == ann

    def test_of_two_one_is_asked(self, cast: Cast, ada: Client, ann: Person) -> None:
        bring_in(cast.home, card("Ann Fox", uid="fox"))
        answer = self.note(ada, who="ann")
        assert answer.status_code == 422
        assert "Which of them is it?" in words(answer)
        assert "won a prize" in answer.content.decode()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"text": " "}, "Say in a few words what happened."),
            ({"on": "2026-11-13"}, "Please give the day, up to today."),
            ({"on": "soon"}, "Please give the day, up to today."),
            ({"on": "2026-09-01"}, "That was more than six weeks ago"),
            ({"who": "Zoe"}, "Nobody here is called Zoe."),
            ({"who": ""}, "Please say who it is about."),
        ],
    )
    def test_what_is_not_right_is_said(self, ada: Client, ann: Person, typed: dict[str, str], said: str) -> None:
        answer = self.note(ada, **{"who": "ann lee", **typed})
        assert answer.status_code == 422
        assert said in words(answer)
        assert not Moment.objects.exists()

    def test_noted_twice_is_one(self, ada: Client, ann: Person) -> None:
        self.note(ada, person=str(ann.id))
        self.note(ada, person=str(ann.id))
        assert Moment.objects.count() == 1

    def test_cleo_finds_no_one_to_note_it_of(self, cleo: Client, ann: Person) -> None:
        assert self.note(cleo, person=str(ann.id)).status_code == 404


@pytest.mark.parametrize(
    ("days", "said"), [(0, "this week"), (6, "this week"), (7, ""), (28, ""), (29, "fading"), (41, "fading")]
)
def test_freshness_in_words(days: int, said: str) -> None:
    moment = core.Moment("other", "", on=NOW.date() - timedelta(days=days))
    assert core.freshness(moment, NOW.date()) == said
