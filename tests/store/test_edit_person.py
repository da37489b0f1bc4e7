"""What the user puts right stays so, whatever the files say later; nothing is overwritten unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q

from keepwarm.core import entries
from keepwarm.core.facts import Stated
from keepwarm.models import Circle, Fact, Person
from keepwarm.store import edits
from keepwarm.store import imports as runs
from tests.build import bring_in, card, connections, found, here, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
AGAIN = NOW + timedelta(days=30)
LINES = (
    "EMAIL;TYPE=work:ann@example.com",
    "EMAIL:old@example.com",
    "TEL:+44 7700 900142",
    "ORG:Acme",
    "TITLE:Director",
)
ANN = card("Ann Lee", *LINES, "BDAY:1980-06-02", "CATEGORIES:tea", uid="a")


@pytest.fixture
def ann(cast: Cast) -> Person:
    bring_in(cast.home, ANN)
    return person(cast.home, "Ann Lee")


def values(field: str) -> list[str]:
    """What is said of a field now, by whomever."""
    return list(
        Fact.objects.filter(field=field, ended_at=None).order_by("position", "id").values_list("value", flat=True)
    )


def fact(value: str) -> Fact:
    return Fact.objects.get(value=value, ended_at=None)


def read(field: str, text: str) -> Stated:
    stated = entries.read(field, text)
    assert isinstance(stated, Stated)
    return stated


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Ann Lee-Fox"), ("title", "Chair"), ("organisation", "Zenith"), ("place", "Leeds"),
        ("birthday", "--06-03"), ("relation", "client"), ("how_met", "On the night train"), ("trust", "trusts"),
        ("important", "2"),
    ],
)  # fmt: skip
def test_any_field(ann: Person, field: str, value: str) -> None:
    assert edits.edit(ann, {field: value}, 1, LATER) == [field]
    ann.refresh_from_db()
    assert edits.spoken(ann, field) == value
    assert (ann.version, ann.edited_at) == (2, LATER)


@pytest.mark.parametrize("field", ["relation", "how_met", "trust", "important"])
def test_a_mark_can_be_taken_away(ann: Person, field: str) -> None:
    edits.edit(ann, {field: "2" if field == "important" else "knows"}, 1, NOW)
    edits.edit(ann, {field: ""}, 2, LATER)
    ann.refresh_from_db()
    assert edits.spoken(ann, field) == ""


def test_a_circle(cast: Cast, ann: Person) -> None:
    close = Circle.objects.create(space=cast.home, name="Close", cadence=30)
    edits.edit(ann, {"circle_id": str(close.id)}, 1, NOW)
    assert person(cast.home, "Ann Lee").circle == close
    edits.edit(ann, {"circle_id": ""}, 2, NOW)
    assert person(cast.home, "Ann Lee").circle is None


def test_a_mark_lifts_the_standing(ann: Person) -> None:
    before = ann.standing
    edits.edit(ann, {"relation": "client"}, 1, NOW)
    ann.refresh_from_db()
    assert ann.standing > before


def test_a_birthday_is_found_by_its_day(ann: Person) -> None:
    edits.edit(ann, {"birthday": "1981-12-24"}, 1, NOW)
    ann.refresh_from_db()
    assert ann.birthday_in_year == 1224


def test_the_new_name_is_found(cast: Cast, ann: Person) -> None:
    edits.edit(ann, {"name": "Zuleika Dobson"}, 1, NOW)
    assert found(cast.home, "zulei") == [ann.id]


# Removing


def test_a_removed_value_does_not_come_back_with_the_same_card(cast: Cast, ann: Person) -> None:
    edits.remove_value(fact("old@example.com"), LATER)
    bring_in(cast.home, ANN.replace("Director", "Chair"), at=AGAIN)
    assert values("email") == ["ann@example.com"]
    assert person(cast.home, "Ann Lee").title == "Chair"


def test_nor_with_another_source(cast: Cast, ann: Person) -> None:
    edits.remove_value(fact("old@example.com"), LATER)
    bring_in(cast.home, card("Ann Lee", "EMAIL:OLD@example.com", "EMAIL:ann@example.com", uid="laptop"), at=AGAIN)
    assert values("email") == ["ann@example.com", "ann@example.com"]


def test_a_removed_value_is_gone_from_all_who_say_it(cast: Cast, ann: Person) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:Ann@Example.com", uid="laptop"), at=LATER)
    edits.remove_value(Fact.objects.filter(key="e:ann@example.com", ended_at=None).latest("id"), AGAIN)
    assert values("email") == ["old@example.com"]


def test_a_removed_phone_is_no_way_to_reach_them(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "TEL:+44 7700 900142"))
    edits.remove_value(fact("+44 7700 900142"), LATER)
    assert person(cast.home, "Ann Lee").reach == 0


def test_a_tag_can_be_removed(ann: Person) -> None:
    edits.remove_value(fact("tea"), LATER)
    assert values("category") == []


def test_a_removal_can_be_undone(cast: Cast, ann: Person) -> None:
    before = list(Fact.objects.order_by("id").values())
    edits.restore_value(edits.remove_value(fact("ann@example.com"), LATER), AGAIN)
    assert list(Fact.objects.order_by("id").values()) == before
    bring_in(cast.home, ANN.replace("Director", "Chair"), at=AGAIN)
    assert values("email") == ["ann@example.com", "old@example.com"]


def test_what_is_added_again_by_hand_stays(cast: Cast, ann: Person) -> None:
    edits.remove_value(fact("old@example.com"), LATER)
    edits.add_value(ann, read("email", "old@example.com"), LATER)
    bring_in(cast.home, ANN.replace("Director", "Chair"), at=AGAIN)
    assert sorted(set(values("email"))) == ["ann@example.com", "old@example.com"]


def test_a_source_s_only_word_can_be_emptied(cast: Cast, ann: Person) -> None:
    edits.edit(ann, {"birthday": ""}, 1, LATER)
    bring_in(cast.home, ANN.replace("Director", "Chair"), at=AGAIN)
    assert person(cast.home, "Ann Lee").birthday == ""


def test_news_of_an_emptied_field_is_shown(cast: Cast, ann: Person) -> None:
    edits.edit(ann, {"title": ""}, 1, LATER)
    assert person(cast.home, "Ann Lee").title == ""
    bring_in(cast.home, ANN.replace("Director", "Chair"), at=AGAIN)
    assert person(cast.home, "Ann Lee").title == "Chair"


def test_undo_of_a_later_import_leaves_the_removal(cast: Cast, ann: Person) -> None:
    edits.remove_value(fact("old@example.com"), LATER)
    before = sorted(Fact.objects.values_list("field", "value", "ended_at"), key=str)
    run = bring_in(cast.home, ANN.replace("Director", "Chair"), at=AGAIN)
    runs.undo(run, AGAIN)
    assert sorted(Fact.objects.values_list("field", "value", "ended_at"), key=str) == before


# Changing and adding


def test_a_changed_value_takes_the_place_of_the_old(cast: Cast, ann: Person) -> None:
    edits.change_value(fact("ann@example.com"), read("email", "new@example.com"), LATER)
    assert values("email") == ["new@example.com", "old@example.com"]
    bring_in(cast.home, ANN.replace("Director", "Chair"), at=AGAIN)
    assert values("email") == ["new@example.com", "old@example.com"]
    assert Fact.objects.get(value="new@example.com").source == "user"


def test_only_the_label(ann: Person) -> None:
    changed = edits.change_value(
        fact("ann@example.com"), read("email", "ann@example.com")._replace(label="home"), LATER
    )
    assert (changed.value, changed.label) == ("ann@example.com", "home")
    assert values("email") == ["ann@example.com", "old@example.com"]


def test_nothing_changed_writes_nothing(ann: Person) -> None:
    before = Fact.objects.count()
    edits.change_value(fact("ann@example.com"), read("email", "ann@example.com")._replace(label="work"), LATER)
    edits.edit(ann, {"title": "Director"}, 1, LATER)
    assert Fact.objects.count() == before


def test_what_is_there_is_not_added_twice(ann: Person) -> None:
    edits.add_value(ann, read("email", "ANN@example.com"), LATER)
    assert values("email") == ["ann@example.com", "old@example.com"]


def test_a_profile_opens_linkedin(cast: Cast, ann: Person) -> None:
    edits.add_value(ann, read("link", "linkedin.com/in/annlee"), LATER)
    assert person(cast.home, "Ann Lee").reach & 2


# Two windows


def test_the_same_field_in_two_windows(ann: Person) -> None:
    edits.edit(ann, {"title": "Chair"}, 1, NOW, {"title": "Director"})
    with pytest.raises(edits.EditedElsewhere) as told:
        edits.edit(ann, {"title": "Retired"}, 1, NOW, {"title": "Director"})
    assert told.value.current == {"title": "Chair"}
    assert person(ann.space, "Ann Lee").title == "Chair"


def test_another_field_in_two_windows_keeps_both(ann: Person) -> None:
    edits.edit(ann, {"title": "Chair"}, 1, NOW, {"title": "Director"})
    assert edits.edit(ann, {"organisation": "Zenith"}, 1, NOW, {"organisation": "Acme"}) == ["organisation"]
    ann.refresh_from_db()
    assert (ann.title, ann.organisation) == ("Chair", "Zenith")


def test_a_value_in_two_windows(ann: Person) -> None:
    mine = fact("ann@example.com")
    edits.change_value(mine, read("email", "new@example.com"), LATER)
    mine.refresh_from_db()
    with pytest.raises(edits.EditedElsewhere) as told:
        edits.change_value(mine, read("email", "mine@example.com"), AGAIN)
    assert told.value.current == {"email": "new@example.com"}


# Someone new


def test_add(cast: Cast) -> None:
    ways = [read("email", "zoe@example.com")]
    zoe = edits.add(cast.home, cast.ada, "  Zoe   Fox ", NOW, how_met="Leeds fair", line="Bakes", ways=ways)
    assert (zoe.name, zoe.given, zoe.how_met, zoe.reach, zoe.version) == ("Zoe Fox", "Zoe", "Leeds fair", 1, 1)
    assert zoe.notes.get().text == "Bakes"
    assert zoe.standing > 0
    assert found(cast.home, "zoe") == [zoe.id]


def test_someone_added_meets_their_card(cast: Cast) -> None:
    edits.add(cast.home, cast.ada, "Zoe Fox", NOW, ways=[read("email", "zoe@example.com")])
    bring_in(cast.home, card("Zoe Fox", "EMAIL:zoe@example.com", "ORG:Acme"), at=LATER)
    assert here(cast.home) == ["Zoe Fox"]
    assert person(cast.home, "Zoe Fox").organisation == "Acme"


def test_who_is_here_already(cast: Cast, ann: Person) -> None:
    assert edits.already(cast.home, "Anyone", [read("email", "ANN@example.com")]) == ann
    assert edits.already(cast.home, "ann  LEE", []) == ann
    assert edits.already(cast.home, "Ann", []) is None
    assert edits.already(cast.away, "Ann Lee", [read("email", "ann@example.com")]) is None


def test_linkedin_news_stays_beside_the_users_word(cast: Cast, ann: Person) -> None:
    edits.edit(ann, {"title": "Chair"}, 1, LATER)
    bring_in(cast.home, **{"Connections.csv": connections("Ann,Lee,,ann@example.com,Acme,CEO,07 Jun 2021")}, at=AGAIN)
    assert person(cast.home, "Ann Lee").title == "Chair"
    said = Fact.objects.filter(~Q(source="user"), field="title", ended_at=None)
    assert sorted(said.values_list("value", flat=True)) == ["CEO", "Director"]
