"""Undo takes back all of a run, but never what has since become the user's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.models import Fact, ImportRun, OwnerFact, Person, SourceRecord
from keepwarm.store import edits, people, touches
from keepwarm.store import imports as runs
from tests.build import bring_in, card, connections, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
ANN = card("Ann Lee", "EMAIL:ann@example.com", "ORG:Acme", uid="a")
BEN = card("Ben Ode", "EMAIL:ben@example.com", uid="b")


def undo(run: ImportRun) -> int:
    return runs.undo(run, LATER)


def everything() -> tuple[object, ...]:
    """All that an import may write, without the ids of rows."""
    return (
        sorted(Person.objects.values_list("name", "title", "organisation", "reach", "standing")),
        sorted(Fact.objects.values_list("person__name", "field", "value", "ended_at").order_by("id"), key=str),
        sorted(SourceRecord.objects.values_list("external_id", "digest")),
        sorted(OwnerFact.objects.values_list("kind", "value")),
    )


def test_it_works(cast: Cast) -> None:
    run = bring_in(cast.home, ANN, BEN)
    assert undo(run) == 0
    assert everything() == ([], [], [], [])


def test_what_was_there_before_is_there_again(cast: Cast) -> None:
    bring_in(cast.home, ANN)
    before = everything()
    run = bring_in(
        cast.home,
        ANN.replace("Acme", "Zenith") + BEN + card("Ann Lee", "EMAIL:ann@example.com", "TITLE:Chair", uid="x"),
        at=LATER,
    )
    assert everything() != before
    undo(run)
    assert everything() == before


def test_it_can_be_brought_in_again(cast: Cast) -> None:
    run = bring_in(cast.home, ANN, BEN)
    before = everything()
    undo(run)
    bring_in(cast.home, ANN, BEN, at=LATER)
    assert everything() == before


def test_people_with_a_life_of_their_own_stay_and_are_listed(cast: Cast) -> None:
    names = ("Edi Ted", "Tou Ched", "No Ted", "To Ld", "Just Here")
    run = bring_in(cast.home, *[card(name, f"EMAIL:{name.split()[0]}@example.com", uid=name) for name in names])
    edited = person(cast.home, "Edi Ted")
    edits.edit(edited, {"title": "Chair"}, edited.version, LATER)
    touches.log(person(cast.home, "Tou Ched"), cast.ada, LATER, LATER, channel="mail", direction="out")
    people.add_note(person(cast.home, "No Ted"), cast.ada, "likes tea", LATER)
    bring_in(cast.home, card("To Ld", "EMAIL:to@example.com", uid="other"), at=LATER)
    assert undo(run) == 4
    assert here(cast.home) == ["Edi Ted", "No Ted", "To Ld", "Tou Ched"]
    left = {who.name: why for who, why in runs.left_behind(run)}
    assert set(left) == {"Edi Ted", "Tou Ched", "No Ted", "To Ld"}
    assert left["Tou Ched"] == "you have been in touch since"


def test_the_owners_own_facts_go_too(cast: Cast) -> None:
    positions = "Company Name,Title,Description,Location,Started On,Finished On\nAcme,Engineer,,Leeds,Jan 2015,\n"
    run = bring_in(
        cast.home, **{"Positions.csv": positions, "Connections.csv": connections("Ann,Lee,,,Acme,CEO,07 Jun 2021")}
    )
    assert OwnerFact.objects.exists()
    undo(run)
    assert everything() == ([], [], [], [])


def test_only_for_ninety_days(cast: Cast) -> None:
    run = bring_in(cast.home, ANN)
    run.refresh_from_db()
    assert runs.may_undo(run, NOW + timedelta(days=89))
    assert not runs.may_undo(run, NOW + timedelta(days=90))
