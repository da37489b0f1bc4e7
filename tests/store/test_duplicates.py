"""People who are here twice: found after an import, joined where it is sure, else asked about; answers are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.models import Fact, ImportRun, Merge, Person, SourceRecord, Space, Suggestion, Touch
from keepwarm.store import answers, duplicates, merge
from keepwarm.store import imports as runs
from tests.build import bring_in, card, connections, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
PROFILE = "https://www.linkedin.com/in/{}"


def phone(space: Space) -> None:
    """Enough people that what is rare can be told from what is common."""
    hanne = ("TEL:+46 70 174 06 12", "EMAIL:hanne@example.se", "BDAY:1980-06-02", "ORG:Nordisk Tand")
    bob = ("TEL:+44 7700 900123", "EMAIL:bob.castellane@harbour.example", "ORG:Harbour Films")
    given, family = ("Ann", "Per", "Lena", "Omar"), ("Dahl", "Moreau", "Okafor", "Ilves", "Quist")
    bring_in(
        space,
        card("Hanne Lindqvist", *hanne, uid="h"),
        card("Bob Castellane", *bob, uid="b"),
        card("Tom Nygaard", "ORG:Fern & Co", "TITLE:Buyer", uid="t"),
        *[
            card(f"{g} {f}", f"EMAIL:{g}.{f}@{f}.example".lower(), f"ORG:{f} Works", uid=f"{g}{f}")
            for g in given
            for f in family
        ],
    )


def linkedin(space: Space, *rows: str) -> ImportRun:
    return bring_in(space, at=LATER, **{"Connections.csv": connections(*rows)})


def look(space: Space, run: ImportRun | None = None) -> duplicates.Looked:
    return duplicates.look(space, LATER, run)


HANNE = card(
    "Lindqvist, Hanne", "TEL:+46 70 174 06 12", "BDAY:1980-06-02", "EMAIL:h.lindqvist@tand.example", uid="other"
)
ROBERT = f"Robert,Castellane,{PROFILE.format('rcastellane')},,Harbour Films,Producer,07 Jun 2021"
TOM = f"Tom,Nygaard,{PROFILE.format('tomn')},,Fern & Co,Director,07 Jun 2021"


def test_it_works(cast: Cast) -> None:
    phone(cast.home)
    look(cast.home)
    before = len(here(cast.home))
    run = linkedin(cast.home, TOM, ROBERT)
    found = look(cast.home, run)
    run.refresh_from_db()
    assert (run.counts["joined"], run.counts["maybe"]) == found
    assert sum(found) == 2
    assert len(here(cast.home)) == before + 2 - found.joined


def ask(space: Space, one: str, other: str, probability: float = 0.7) -> Suggestion:
    """As if judgement had found them."""
    pair = [person(space, one).id, person(space, other).id]
    duplicates.suggest(space, [duplicates.Likely(*pair, probability)], NOW)
    return Suggestion.objects.get(one=min(pair), other=max(pair))


class TestLooking:
    def test_nobody_new_is_nothing_to_do(self, cast: Cast) -> None:
        phone(cast.home)
        look(cast.home)
        assert duplicates.look(cast.home, NOW + timedelta(days=1)) == (0, 0)

    def test_only_the_new_are_judged_as_if_all_were(self, cast: Cast) -> None:
        for space, first in ((cast.home, True), (cast.away, False)):
            phone(space)
            if first:
                look(space)
            linkedin(space, TOM, ROBERT)
            look(space)
        by_name = [
            sorted(
                (round(row.probability), row.one.name, row.other.name) for row in Suggestion.objects.filter(space=space)
            )
            for space in (cast.home, cast.away)
        ]
        assert by_name[0] == by_name[1]

    def test_another_space_is_not_looked_at(self, cast: Cast) -> None:
        phone(cast.home)
        linkedin(cast.away, TOM, ROBERT)
        assert look(cast.home) == (0, 0)

    def test_an_import_that_was_undone_meanwhile(self, cast: Cast) -> None:
        phone(cast.home)
        look(cast.home)
        run = linkedin(cast.home, ROBERT)
        runs.undo(run, LATER)
        assert look(cast.home, run) == (0, 0)

    def test_undoing_the_import_takes_them_apart(self, cast: Cast) -> None:
        phone(cast.home)
        run = linkedin(cast.home, ROBERT)
        bob, robert = person(cast.home, "Bob Castellane"), person(cast.home, "Robert Castellane")
        merge.join_all(cast.home, [merge.Pair(bob.id, robert.id)], LATER, run=run)
        runs.undo(run, LATER)
        assert "Robert Castellane" not in here(cast.home)
        assert not Fact.objects.filter(person=bob, source="linkedin").exists()
        assert not Merge.objects.standing().exists()


class TestAsking:
    def test_the_likeliest_first(self, cast: Cast) -> None:
        phone(cast.home)
        ask(cast.home, "Ann Dahl", "Per Dahl", 0.5)
        ask(cast.home, "Ann Moreau", "Per Moreau", 0.8)
        assert [round(row.probability, 1) for row in duplicates.open_ones(cast.home)] == [0.8, 0.5]
        assert duplicates.count(cast.home) == 2

    def test_same(self, cast: Cast) -> None:
        phone(cast.home)
        row = ask(cast.home, "Ann Dahl", "Per Dahl")
        action = answers.same(cast.home, cast.ada, [row.one_id, row.other_id], NOW)
        assert action is not None
        assert duplicates.count(cast.home) == 0
        assert Merge.objects.standing().count() == 1
        assert answers.undo(action, NOW)
        assert (duplicates.count(cast.home), Merge.objects.standing().count()) == (1, 0)
        assert not answers.undo(action, NOW)

    def test_two_is_remembered_for_ever(self, cast: Cast) -> None:
        phone(cast.home)
        row = ask(cast.home, "Ann Dahl", "Per Dahl")
        answers.two(cast.home, cast.ada, [row.one_id, row.other_id], NOW)
        assert duplicates.suggest(cast.home, [duplicates.Likely(row.one_id, row.other_id, 0.99)], NOW) == 0
        assert duplicates.count(cast.home) == 0

    def test_two_holds_for_whoever_they_are_joined_with(self, cast: Cast) -> None:
        phone(cast.home)
        ann, per, lena = (person(cast.home, f"{name} Dahl") for name in ("Ann", "Per", "Lena"))
        answers.two(cast.home, cast.ada, [ann.id, per.id], NOW)
        merge.join(lena, ann, NOW)
        assert duplicates.suggest(cast.home, [duplicates.Likely(lena.id, per.id, 0.9)], NOW) == 0

    def test_later_comes_last(self, cast: Cast) -> None:
        phone(cast.home)
        first = ask(cast.home, "Ann Moreau", "Per Moreau", 0.8)
        ask(cast.home, "Ann Dahl", "Per Dahl", 0.5)
        action = answers.later(cast.home, cast.ada, [first.one_id, first.other_id], NOW)
        assert [round(row.probability, 1) for row in duplicates.open_ones(cast.home)] == [0.5, 0.8]
        answers.undo(action, NOW)
        assert [round(row.probability, 1) for row in duplicates.open_ones(cast.home)] == [0.8, 0.5]

    def test_three_are_one_question(self, cast: Cast) -> None:
        phone(cast.home)
        first = ask(cast.home, "Ann Dahl", "Per Dahl", 0.8)
        ask(cast.home, "Per Dahl", "Lena Dahl", 0.6)
        ask(cast.home, "Ann Moreau", "Per Moreau", 0.5)
        assert len(duplicates.together(cast.home, first)) == 2
        everyone = [person(cast.home, f"{name} Dahl").id for name in ("Ann", "Per", "Lena")]
        action = answers.same(cast.home, cast.ada, everyone, NOW)
        assert action is not None
        assert duplicates.count(cast.home) == 1
        answers.undo(action, NOW)
        assert duplicates.count(cast.home) == 3

    def test_what_was_open_about_one_who_is_joined_stays_open(self, cast: Cast) -> None:
        phone(cast.home)
        ask(cast.home, "Ann Dahl", "Per Dahl", 0.8)
        ask(cast.home, "Per Dahl", "Lena Dahl", 0.6)
        answers.same(cast.home, cast.ada, [person(cast.home, f"{name} Dahl").id for name in ("Ann", "Per")], NOW)
        [left] = duplicates.open_ones(cast.home)
        assert {left.one.name, left.other.name} == {
            here_one for here_one in here(cast.home) if "Dahl" in here_one and "Omar" not in here_one
        }

    def test_all_that_are_sure_at_once(self, cast: Cast) -> None:
        phone(cast.home)
        rows = [ask(cast.home, f"Ann {name}", f"Per {name}", 0.95) for name in ("Dahl", "Moreau", "Quist")]
        ask(cast.home, "Lena Dahl", "Omar Dahl", 0.5)
        assert duplicates.sure(cast.home).count() == 3
        action = answers.all_sure(cast.home, cast.ada, [row.id for row in rows], NOW)
        assert (Merge.objects.standing().count(), duplicates.count(cast.home)) == (3, 1)
        answers.undo(action, NOW)
        assert (Merge.objects.standing().count(), duplicates.count(cast.home)) == (0, 4)

    def test_who_goes_to_the_trash_is_not_asked_about(self, cast: Cast) -> None:
        phone(cast.home)
        row = ask(cast.home, "Ann Dahl", "Per Dahl")
        Person.objects.filter(id=row.one_id).update(deleted_at=NOW)
        assert duplicates.count(cast.home) == 0


class TestApart:
    def test_taken_apart_they_stay_so(self, cast: Cast) -> None:
        phone(cast.home)
        ann, per = person(cast.home, "Ann Dahl"), person(cast.home, "Per Dahl")
        made = merge.join(ann, per, NOW)
        assert made is not None
        assert answers.apart(made, cast.ada, NOW)
        assert {"Ann Dahl", "Per Dahl"} <= set(here(cast.home))
        assert duplicates.suggest(cast.home, [duplicates.Likely(ann.id, per.id, 0.99)], NOW) == 0

    def test_a_card_that_was_someone_elses(self, cast: Cast) -> None:
        phone(cast.home)
        son = card("Hanne Lindqvist", "TEL:+46 70 174 06 12", "EMAIL:young@example.se", "BDAY:2005-01-01", uid="son")
        bring_in(cast.home, son, name="google.vcf", at=LATER)
        mother = person(cast.home, "Hanne Lindqvist")
        wrong = SourceRecord.objects.get(person=mother, external_id__contains="son")
        action = answers.split(mother, [wrong.id], cast.ada, LATER)
        assert action is not None
        assert here(cast.home).count("Hanne Lindqvist") == 2
        mother.refresh_from_db()
        assert mother.birthday == "1980-06-02"
        assert not Fact.objects.filter(person=mother, value="young@example.se").exists()
        bring_in(cast.home, son, name="google.vcf", at=LATER + timedelta(days=1))
        assert here(cast.home).count("Hanne Lindqvist") == 2
        assert answers.undo(action, LATER)
        assert here(cast.home).count("Hanne Lindqvist") == 1

    def test_not_all_of_someone(self, cast: Cast) -> None:
        phone(cast.home)
        ann = person(cast.home, "Ann Dahl")
        all_of_her = SourceRecord.objects.filter(person=ann).values_list("id", flat=True)
        assert answers.split(ann, all_of_her, cast.ada, NOW) is None

    def test_the_history_of_that_source_goes_along(self, cast: Cast) -> None:
        phone(cast.home)
        linkedin(cast.home, f"Ann,Dahl,{PROFILE.format('anndahl')},ann.dahl@dahl.example,Dahl Works,Buyer,07 Jun 2021")
        ann = person(cast.home, "Ann Dahl")
        for source in ("linkedin", "mail"):
            Touch.objects.create(
                space=cast.home, person=ann, at=NOW, made_at=NOW, channel="mail", direction="both", source=source,
                external_id=source,
            )  # fmt: skip
        card_of = SourceRecord.objects.get(person=ann, source="linkedin")
        answers.split(ann, [card_of.id], cast.ada, LATER)
        assert list(Touch.objects.filter(person=ann).values_list("source", flat=True)) == ["mail"]
