"""Introductions on rows: proposed, begun, each step with its touch and its undo, joined people, and who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.core.introductions import steps
from keepwarm.models import Introduction, Person, Side, Touch
from keepwarm.store import edits, introductions, merge, needs, pairs, people, search, touches, trash
from keepwarm.store.needs import Said
from tests.build import network
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = NOW.date()
WHOLE = (steps.ASK, steps.YES, steps.ASK, steps.YES, steps.INTRODUCE, steps.MEET, steps.THANK)


@pytest.fixture
def five(cast: Cast) -> list[Person]:
    found = network(cast.home, 5)
    needs.keep(found[0], cast.ada, Said("need", "a designer for hotels"), NOW)
    needs.keep(found[1], cast.ada, Said("offer", "hotel design"), NOW)
    return found


def proposed(cast: Cast, **ahead: int) -> list[set[str]]:
    found, whom = pairs.proposed(cast.home, cast.ada, DAY + timedelta(**ahead), 3)
    return [{whom[id].name for id in pair.both} for pair in found]


TWO = [{"Friend0 Number0", "Friend1 Number1"}]


def begun(cast: Cast, five: list[Person], *taken: str) -> Introduction:
    made = introductions.begin(five[1], five[0], cast.ada, NOW, why="need", reason="because")
    for step in taken:
        assert introductions.take(made, step, cast.ada, NOW, "mail"), step
    made.refresh_from_db()
    return made


class TestProposed:
    def test_it_works(self, cast: Cast, five: list[Person]) -> None:
        assert proposed(cast) == TWO

    def test_not_who_was_on_one_thread(self, cast: Cast, five: list[Person]) -> None:
        for one in five[:2]:
            touches.log(one, cast.ada, NOW, NOW, channel="mail", direction="in", external_id="mail:1")
        assert proposed(cast) == []

    def test_not_who_shared_an_employer_earlier(self, cast: Cast, five: list[Person]) -> None:
        edits.edit(five[0], {"organisation": "Firm 1"}, five[0].version, NOW)
        five[0].refresh_from_db()
        edits.edit(five[0], {"organisation": "Elsewhere"}, five[0].version, NOW + timedelta(days=1))
        assert proposed(cast) == []

    @pytest.mark.parametrize("left_out", [{"never": True}, {"reach": 0}, {"deleted_at": NOW}])
    def test_not_who_is_left_out(self, cast: Cast, five: list[Person], left_out: dict[str, object]) -> None:
        Person.objects.filter(id=five[0].id).update(**left_out)
        assert proposed(cast) == []

    def test_not_again_once_put_away_until_undone(self, cast: Cast, five: list[Person]) -> None:
        made = introductions.put_away(five[1], five[0], cast.ada, NOW, why="need", reason="")
        assert proposed(cast, days=400) == []
        assert made
        introductions.forget(made, NOW)
        assert proposed(cast) == TWO

    def test_nobody_is_asked_about_more_than_one_in_a_month(self, cast: Cast, five: list[Person]) -> None:
        made = introductions.begin(five[0], five[4], cast.ben, NOW)
        introductions.take(made, steps.ASK, cast.ben, NOW)
        introductions.take(made, steps.NO, cast.ben, NOW)
        assert proposed(cast, days=29) == []
        assert proposed(cast, days=31) == TWO

    def test_nobody_of_another_space(self, cast: Cast, five: list[Person]) -> None:
        assert pairs.proposed(cast.away, cast.cleo, DAY, 3) == ([], {})

    def test_not_by_what_somebody_else_keeps_to_themselves(self, cast: Cast, five: list[Person]) -> None:
        five[0].phrases.update(private=True)
        assert proposed(cast) == TWO
        assert pairs.proposed(cast.home, cast.ben, DAY, 3)[0] == []


class TestSteps:
    def test_from_the_idea_to_the_thanks(self, cast: Cast, five: list[Person]) -> None:
        made = begun(cast, five, *WHOLE)
        told = introductions.one(made)
        assert (told.state, [person.name for person in told.people]) == (
            "thanked",
            ["Friend1 Number1", "Friend0 Number0"],
        )
        of_both = Touch.objects.filter(kind="introduction")
        assert of_both.count() == 6  # asked, introduced, thanked: each of the two
        assert {touch.balance for touch in of_both.filter(external_id__endswith=":introduce")} == {"give"}
        assert set(of_both.filter(external_id__contains=":ask").values_list("balance", flat=True)) == {"neutral"}

    def test_each_step_is_undone_from_the_last_one_back(self, cast: Cast, five: list[Person]) -> None:
        made, before = begun(cast, five), []
        for step in WHOLE:
            before.append((introductions.one(made).standing, Touch.objects.count()))
            introductions.take(made, step, cast.ada, NOW)
        for standing, count in reversed(before):
            last = steps.last(introductions.one(made).standing)
            assert last is not None
            assert introductions.undo(made, *last, NOW)
            assert (introductions.one(made).standing, Touch.objects.count()) == (standing, count)

    def test_only_the_last_step_and_only_open_ones(self, cast: Cast, five: list[Person]) -> None:
        made = begun(cast, five, steps.ASK, steps.YES)
        assert not introductions.undo(made, steps.ASK, 0, NOW)
        assert introductions.take(made, steps.INTRODUCE, cast.ada, NOW) is None
        assert introductions.one(made).state == "one_yes"

    def test_the_other_one_first(self, cast: Cast, five: list[Person]) -> None:
        made = begun(cast, five, steps.TURN)
        assert introductions.one(made).people[0] == five[0]
        assert introductions.undo(made, steps.TURN, 0, NOW)
        assert introductions.one(made).people[0] == five[1]

    def test_begun_twice_it_is_one(self, cast: Cast, five: list[Person]) -> None:
        assert begun(cast, five) == introductions.begin(five[0], five[1], cast.ada, NOW)

    def test_forgotten_with_its_touches(self, cast: Cast, five: list[Person]) -> None:
        introductions.forget(begun(cast, five, *WHOLE), NOW)
        assert not Introduction.objects.exists()
        assert not Touch.objects.exists()

    def test_words_of_ones_own(self, cast: Cast, five: list[Person]) -> None:
        made = begun(cast, five)
        channels = {person.id: "mail" for person in five}

        def body() -> str:
            (letter,) = introductions.letters_of(introductions.one(made), "Ada", channels, DAY)
            return letter.body

        ours = body()
        introductions.keep_words(made, "ask_first", 0, "Hm", "Mine")
        assert body() == "Mine"
        introductions.keep_words(made, "ask_first", 0, "", " ")
        assert body() == ours

    def test_no_note_is_quoted_only_what_was_typed_for_both(self, cast: Cast, five: list[Person]) -> None:
        people.add_note(five[0], cast.ada, "secretly looking for a designer for hotels", NOW)
        made = begun(cast, five, steps.ASK, steps.YES, steps.ASK, steps.YES)
        channels = {person.id: "mail" for person in five}
        (letter,) = introductions.letters_of(introductions.one(made), "Ada", channels, DAY)
        assert "hotel" not in letter.body
        introductions.change(made, "You both like hotels", private=False)
        (letter,) = introductions.letters_of(introductions.one(made), "Ada", channels, DAY)
        assert "You both like hotels." in letter.body


class TestGently:
    def test_one_that_waits_comes_up_for_a_week(self, cast: Cast, five: list[Person]) -> None:
        begun(cast, five, steps.ASK)
        up = [n for n in range(30) if introductions.wondering(cast.home, cast.ada, DAY + timedelta(days=n))]
        assert up == list(range(10, 17))
        (one,) = introductions.wondering(cast.home, cast.ada, DAY + timedelta(days=10))
        assert (
            introductions.wonder(one, DAY + timedelta(days=10))
            == "You asked Friend1 10 days ago about meeting Friend0."
        )
        assert introductions.wondering(cast.home, cast.ben, DAY + timedelta(days=10)) == []

    def test_rest_of_whom_was_asked_elsewhere(self, cast: Cast, five: list[Person]) -> None:
        begun(cast, five, steps.ASK)
        other = introductions.begin(five[1], five[3], cast.ada, NOW)
        assert introductions.rests(introductions.one(other), DAY) == {0: DAY + timedelta(days=30)}


class TestPeople:
    def test_joined_into_one_there_is_nobody_to_introduce_until_they_are_apart(
        self, cast: Cast, five: list[Person]
    ) -> None:
        made = begun(cast, five, steps.ASK)
        joined = merge.join(five[0], five[1], NOW)
        assert joined
        assert not introductions.seen(cast.home, cast.ada).exists()
        assert introductions.of_person(five[0], cast.ada) == []
        assert merge.part(joined, NOW)
        assert introductions.one(introductions.seen(cast.home, cast.ada).get()).people == (five[1], five[0])
        assert introductions.undo(made, steps.ASK, 0, NOW)

    def test_joined_with_a_third_it_goes_along(self, cast: Cast, five: list[Person]) -> None:
        begun(cast, five, steps.ASK, steps.YES)
        joined = merge.join(five[4], five[0], NOW)
        assert joined
        (told,) = introductions.of_person(five[4], cast.ada)
        assert (told.people, told.state) == ((five[1], five[4]), "one_yes")
        assert needs.of_person(five[4], cast.ada)[0].text == "a designer for hotels"
        assert merge.part(joined, NOW)
        assert introductions.of_person(five[4], cast.ada) == []
        assert len(introductions.of_person(five[0], cast.ada)) == 1

    def test_in_the_trash_it_rests_and_forgotten_nothing_names_them(self, cast: Cast, five: list[Person]) -> None:
        begun(cast, five, steps.ASK)
        people.to_trash([five[0].id], NOW)
        assert not introductions.seen(cast.home, cast.ada).exists()
        trash.bring_back(cast.home, [five[0].id])
        assert introductions.seen(cast.home, cast.ada).exists()
        people.to_trash([five[0].id], NOW)
        trash.forget(cast.home, [five[0].id])
        assert not Introduction.objects.exists()
        assert not Side.objects.exists()

    def test_private_ones_are_their_authors(self, cast: Cast, five: list[Person]) -> None:
        made = begun(cast, five, steps.ASK)
        assert introductions.seen(cast.home, cast.ben).exists()
        assert not introductions.mine(cast.home, cast.ben).exists()
        introductions.change(made, "", private=True)
        assert not introductions.seen(cast.home, cast.ben).exists()
        assert not Touch.objects.seen_by(cast.ben).exists()
        assert introductions.seen(cast.home, cast.ada).exists()

    def test_what_nobody_has_in_hand_is_not_lost_when_kept_private(self, cast: Cast, five: list[Person]) -> None:
        made = begun(cast, five)
        Introduction.objects.update(author=None)
        made.refresh_from_db()
        introductions.change(made, "", private=True, by=cast.ben)
        assert introductions.mine(cast.home, cast.ben).exists()

    def test_put_away_never_touches_what_is_on_its_way(self, cast: Cast, five: list[Person]) -> None:
        begun(cast, five, steps.ASK)
        assert introductions.put_away(five[0], five[1], cast.ada, NOW, why="need", reason="") is None
        assert Introduction.objects.get().dropped_at is None

    def test_put_away_twice_is_undone_once(self, cast: Cast, five: list[Person]) -> None:
        first, again = (
            introductions.put_away(one, other, cast.ada, NOW, why="need", reason="")
            for one, other in (five[:2], five[1::-1])
        )
        assert first
        assert first == again
        introductions.forget(first, NOW)
        assert proposed(cast) == TWO

    def test_put_away_is_no_history(self, cast: Cast, five: list[Person]) -> None:
        introductions.put_away(five[1], five[0], cast.ada, NOW, why="need", reason="")
        assert introductions.of_person(five[0], cast.ada) == []


def test_what_they_offer_is_found(cast: Cast, five: list[Person]) -> None:
    assert search.find(Person.objects.of(cast.home).here(), cast.home, "hotel").ids == [five[0].id, five[1].id]
