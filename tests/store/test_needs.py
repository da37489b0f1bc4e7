"""Needs and offers: kept, read in notes, thrown away for good, and whose they are."""

from __future__ import annotations

import pytest

from keepwarm.models import Person, Phrase, Space
from keepwarm.store import merge, needs, people, touches, who
from keepwarm.store.needs import Said
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(cast: Cast) -> Person:
    return network(cast.home, 3)[0]


def read(ann: Person, user: object) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in needs.proposed(ann, user)]  # type: ignore[arg-type]


def test_it_works(cast: Cast, ann: Person) -> None:
    note = people.add_note(ann, cast.ada, "Looking for a designer. Can help with grants.", NOW)
    assert read(ann, cast.ada) == [("need", "a designer"), ("offer", "help with grants")]
    kept = needs.keep(ann, cast.ada, Said("need", "A designer."), NOW, written=note)
    assert (kept.text, kept.source, kept.note, kept.said_on) == ("a designer", "proposed", note, NOW.date())
    assert read(ann, cast.ada) == [("offer", "help with grants")]


def test_thrown_away_it_is_not_asked_again(cast: Cast, ann: Person) -> None:
    touch = touches.log(ann, cast.ada, NOW, NOW, channel="call", direction="both", line="Looking for a designer")
    gone = needs.throw_away(ann, cast.ada, Said("need", "a designer"), NOW, touch)
    people.add_note(ann, cast.ada, "looking for a designer", NOW)
    assert read(ann, cast.ada) == []
    assert needs.of_person(ann, cast.ada) == []
    needs.forget(gone)
    assert read(ann, cast.ada) == [("need", "a designer")]


def test_over_and_back(cast: Cast, ann: Person) -> None:
    kept = needs.keep(ann, cast.ada, Said("need", "a designer"), NOW)
    needs.end(kept, NOW)
    assert needs.of_person(ann, cast.ada) == []
    needs.put_back(kept)
    assert needs.keep(ann, cast.ada, Said("need", "A DESIGNER"), NOW) == kept
    assert needs.of_person(ann, cast.ada) == [kept]


def test_a_note_taken_back_takes_its_phrases_along(cast: Cast, ann: Person) -> None:
    note = people.add_note(ann, cast.ada, "Looking for a designer", NOW)
    needs.keep(ann, cast.ada, Said("need", "a designer"), NOW, written=note)
    people.forget_note(note)
    assert not Phrase.objects.exists()


def test_private_notes_and_phrases_are_their_authors(cast: Cast, ann: Person) -> None:
    note = people.add_note(ann, cast.ada, "Looking for a designer", NOW, private=True)
    assert read(ann, cast.ben) == []
    assert needs.lately(cast.home, cast.ben) == []
    kept = needs.keep(ann, cast.ada, Said("need", "a designer"), NOW, written=note)
    assert kept.private
    assert needs.of_person(ann, cast.ben) == []
    assert [one.author for one in (kept, needs.keep(ann, cast.ben, Said("need", "a designer"), NOW))] == [
        cast.ada,
        cast.ben,
    ]


def test_cleo_has_nothing_of_it(cast: Cast, ann: Person) -> None:
    people.add_note(ann, cast.ada, "Looking for a designer", NOW)
    needs.keep(ann, cast.ada, Said("offer", "help with grants"), NOW)
    assert needs.lately(cast.away, cast.cleo) == []
    assert asked(cast.away, cast.cleo, "grants") == []


def test_they_go_along_when_people_are_joined(cast: Cast, ann: Person) -> None:
    other = Person.objects.exclude(id=ann.id).order_by("name")[0]
    kept = needs.keep(other, cast.ada, Said("need", "a designer"), NOW)
    made = merge.join(ann, other, NOW)
    assert made
    assert needs.of_person(ann, cast.ada) == [kept]
    merge.part(made, NOW)
    assert needs.of_person(ann, cast.ada) == []


def asked(space: Space, user: object, question: str) -> list[str]:
    found = who.asked(space, user, question, NOW.date())  # type: ignore[arg-type]
    return [found.people[one.id].name for one in found.answers]


class TestWho:
    def test_it_works(self, cast: Cast, ann: Person) -> None:
        needs.keep(ann, cast.ada, Said("offer", "help with grants"), NOW)
        found = who.asked(cast.home, cast.ada, "Who do I know who knows about a grant?", NOW.date())
        (told,) = who.told(found)
        assert told["person"]["name"] == "Friend0 Number0"
        assert told["reasons"] == [
            {
                "kind": "offer", "text": "Offers help with grants", "words": ["grants"], "date": NOW.date().isoformat(),
                "source": "you",
            }
        ]  # fmt: skip

    def test_by_work_note_and_line(self, cast: Cast, ann: Person) -> None:
        people.add_note(ann, cast.ada, "Keeps bees", NOW)
        touches.log(ann, cast.ada, NOW, NOW, channel="call", direction="both", line="The law of customs")
        assert asked(cast.home, cast.ada, "keeps bees") == ["Friend0 Number0"]
        assert asked(cast.home, cast.ben, "customs") == ["Friend0 Number0"]
        assert len(asked(cast.home, cast.ada, "is a director")) == 3

    def test_ones_own_private_note_answers_only_oneself(self, cast: Cast, ann: Person) -> None:
        people.add_note(ann, cast.ada, "Keeps bees", NOW, private=True)
        assert asked(cast.home, cast.ada, "bees") == ["Friend0 Number0"]
        assert asked(cast.home, cast.ben, "bees") == []

    @pytest.mark.parametrize("question", ["", "who", "???", "zebra"])
    def test_nothing_asked_or_nobody_there(self, cast: Cast, ann: Person, question: str) -> None:
        assert asked(cast.home, cast.ada, question) == []
