"""What the user says of people who may be one, taken back exactly, whatever has been said since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.models import Action, Fact, Merge, Person, Space, Suggestion
from keepwarm.store import answers, duplicates, edits, merge
from tests.build import bring_in, card, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
LEVELS = (0, 3) + (-1,) * 12


@pytest.fixture
def home(cast: Cast) -> Space:
    """Cat says the most, then Ann, so that they are kept; Dee has an employer and no title."""
    more = {"Ann": ["NICKNAME:A"], "Bea": [], "Cat": ["NICKNAME:C", "EMAIL:cat@example.com"]}
    named = [card(name, "TITLE:Buyer", f"ORG:{name} Works", *said, uid=name) for name, said in more.items()]
    bring_in(cast.home, *named, card("Dee", "ORG:Dee Works", uid="Dee"))
    return cast.home


def ask(space: Space, one: str, other: str, probability: float = 0.7) -> Suggestion:
    pair = sorted((person(space, one).id, person(space, other).id))
    duplicates.suggest(space, [duplicates.Likely(pair[0], pair[1], probability, LEVELS)], NOW)
    return Suggestion.objects.get(one=pair[0], other=pair[1])


def same(cast: Cast, *names: str, **chosen: str) -> Action:
    ids = {name: person(cast.home, name).id for name in {*names, *chosen.values()}}
    wanted = {field: ids[name] for field, name in chosen.items()}
    action = answers.same(cast.home, cast.ada, [ids[name] for name in names], LATER, wanted)
    assert action is not None
    return action


def asked(space: Space) -> set[frozenset[str]]:
    return {frozenset((pair.one.name, pair.other.name)) for pair in duplicates.open_ones(space)}


def test_it_works(cast: Cast, home: Space) -> None:
    ask(home, "Ann", "Bea")
    action = same(cast, "Ann", "Bea")
    assert here(home) == ["Ann", "Cat", "Dee"]
    assert answers.undo(action, LATER)
    assert (here(home), asked(home)) == (["Ann", "Bea", "Cat", "Dee"], {frozenset(("Ann", "Bea"))})


def test_a_merge_by_hand_knows_why(cast: Cast, home: Space) -> None:
    ask(home, "Ann", "Bea")
    same(cast, "Ann", "Bea")
    made = Merge.objects.get()
    assert (made.probability, tuple(made.levels)) == (0.7, LEVELS)


class TestTakenBack:
    def test_what_was_handed_over_is_as_before(self, cast: Cast, home: Space) -> None:
        ask(home, "Ann", "Bea")
        ask(home, "Bea", "Cat")
        before = asked(home)
        action = same(cast, "Ann", "Bea")
        assert asked(home) == {frozenset(("Ann", "Cat"))}
        answers.undo(action, LATER)
        assert asked(home) == before

    def test_another_answer_since_stands(self, cast: Cast, home: Space) -> None:
        ask(home, "Ann", "Bea")
        ask(home, "Bea", "Cat")
        action = same(cast, "Ann", "Bea")
        ann, cat = person(home, "Ann").id, person(home, "Cat").id
        answers.two(home, cast.ada, [ann, cat], LATER + timedelta(minutes=1))
        answers.undo(action, LATER + timedelta(minutes=2))
        assert Suggestion.objects.get(one=min(ann, cat), other=max(ann, cat)).state == "two"

    def test_not_after_90_days(self, cast: Cast, home: Space) -> None:
        action = same(cast, "Ann", "Bea")
        assert not answers.undo(action, LATER + timedelta(days=90))
        assert answers.undo(action, LATER + timedelta(days=89))

    def test_one_who_is_forgotten_since(self, cast: Cast, home: Space) -> None:
        gone = person(home, "Bea")
        action = same(cast, "Ann", "Bea", name="Bea")
        gone.refresh_from_db()
        gone.delete()
        assert answers.undo(action, LATER)
        assert "Ann" in here(home)


class TestTheOtherName:
    def test_what_would_be_shown_anyway_is_not_said(self, cast: Cast, home: Space) -> None:
        people = duplicates.best_first([person(home, name) for name in ("Bea", "Ann")])
        assert people[0].name == "Ann"
        shown = duplicates.would_show(people)
        answers.same(home, cast.ada, [one.id for one in people], LATER, dict(shown))
        assert not Fact.objects.filter(source="user").exists()

    def test_a_role_without_a_title(self, cast: Cast, home: Space) -> None:
        action = same(cast, "Ann", "Dee", role="Dee")
        assert person(home, "Ann").role == "Dee Works"
        answers.undo(action, LATER)
        assert {person(home, name).role for name in ("Ann", "Dee")} == {"Buyer, Ann Works", "Dee Works"}
        assert not Fact.objects.filter(source="user").exists()
        assert not Person.objects.filter(edited_at__isnull=False).exists()

    def test_an_edit_since_stands(self, cast: Cast, home: Space) -> None:
        action = same(cast, "Ann", "Bea", name="Bea", role="Bea")
        one = Person.objects.get(name="Bea", deleted_at=None)
        edits.edit(one, {"name": "Anna"}, one.version, LATER + timedelta(minutes=1))
        answers.undo(action, LATER + timedelta(minutes=2))
        assert here(home) == ["Anna", "Bea", "Cat", "Dee"]
        assert person(home, "Anna").role == "Buyer, Ann Works"

    def test_joined_once_more_since(self, cast: Cast, home: Space) -> None:
        action = same(cast, "Ann", "Bea", name="Bea")
        one = Person.objects.get(name="Bea", deleted_at=None)
        merge.join(person(home, "Cat"), one, LATER)
        answers.undo(action, LATER)
        assert here(home) == ["Bea", "Cat", "Dee"]
        assert not Fact.objects.filter(source="user").exists()
        merge.part(Merge.objects.standing().get(), LATER)
        assert here(home) == ["Ann", "Bea", "Cat", "Dee"]

    def test_the_users_word_before_comes_back(self, cast: Cast, home: Space) -> None:
        one = person(home, "Ann")
        edits.edit(one, {"name": "Anna"}, one.version, NOW)
        action = same(cast, "Anna", "Bea", name="Bea")
        answers.undo(action, LATER)
        assert here(home) == ["Anna", "Bea", "Cat", "Dee"]


class TestManyAtOnce:
    def test_who_stands_in_two_is_asked_about_alone(self, cast: Cast, home: Space) -> None:
        rows = [ask(home, *pair, 0.95) for pair in (("Ann", "Bea"), ("Bea", "Cat"))]
        assert duplicates.each_once(list(duplicates.sure(home))) == []
        action = answers.all_sure(home, cast.ada, [row.id for row in rows], LATER)
        assert action.before["merges"] == []
        assert len(asked(home)) == 2

    def test_what_was_asked_about_one_of_them_is_as_before(self, cast: Cast, home: Space) -> None:
        row = ask(home, "Ann", "Bea", 0.95)
        ask(home, "Bea", "Cat")
        before = asked(home)
        action = answers.all_sure(home, cast.ada, [row.id], LATER)
        assert asked(home) == {frozenset(("Ann", "Cat"))}
        answers.undo(action, LATER)
        assert asked(home) == before


class TestTogether:
    def test_a_chain_is_one_question(self, home: Space) -> None:
        first = ask(home, "Ann", "Bea", 0.8)
        ask(home, "Bea", "Cat", 0.6)
        ask(home, "Cat", "Dee", 0.7)
        assert len(duplicates.together(home, first)) == 3
        assert duplicates.together(home, first)[0] == first

    def test_one_who_is_like_everybody(self, cast: Cast, home: Space) -> None:
        bring_in(home, *[card(f"Eve {n}", uid=f"e{n}") for n in range(10)])
        for n in range(10):
            last = ask(home, "Ann", f"Eve {n}", 0.6)
        people = {id for pair in duplicates.together(home, last) for id in (pair.one_id, pair.other_id)}
        assert len(people) == duplicates.MOST
        assert {last.one_id, last.other_id} <= people


class TestApart:
    def test_taken_apart_and_back(self, cast: Cast, home: Space) -> None:
        made = merge.join(person(home, "Ann"), person(home, "Bea"), NOW)
        assert made is not None
        action = answers.apart(made, cast.ada, LATER)
        assert action is not None
        assert answers.apart(made, cast.ada, LATER) is None
        assert answers.undo(action, LATER)
        assert here(home) == ["Ann", "Cat", "Dee"]
        assert not Suggestion.objects.exists()

    def test_not_back_where_one_of_them_is_in_the_trash(self, cast: Cast, home: Space) -> None:
        made = merge.join(person(home, "Ann"), person(home, "Bea"), NOW)
        assert made is not None
        action = answers.apart(made, cast.ada, LATER)
        assert action is not None
        Person.objects.filter(name="Bea").update(deleted_at=LATER)
        assert not answers.undo(action, LATER)
        assert Suggestion.objects.get().state == "two"
