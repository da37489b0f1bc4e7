"""Into the trash and back: nothing of a person is lost on the way, and nothing stays where they are forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.imports import work
from keepwarm.models import (
    Action,
    Draft,
    Fact,
    ImportChange,
    ImportProblem,
    ImportRun,
    Note,
    Person,
    Photo,
    Pick,
    SearchText,
    SignInLink,
    SourceRecord,
    Summary,
    Touch,
)
from keepwarm.store import circles, imports, letters, many, people, settings, spaces, touches, trash
from tests.build import Clock, bring_in, card, found, here, network, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def test_it_works(cast: Cast) -> None:
    network(cast.home, 3)
    gone = person(cast.home, "Friend1 Number1")
    assert people.to_trash([gone.id], NOW) == 1
    assert here(cast.home) == ["Friend0 Number0", "Friend2 Number2"]
    assert people.bring_back([gone.id]) == 1
    assert len(here(cast.home)) == 3


def test_many_at_once(cast: Cast) -> None:
    ids = [who.id for who in network(cast.home, 5)]
    assert people.to_trash(ids[:4], NOW) == 4
    assert people.to_trash(ids, NOW) == 1
    assert people.bring_back(ids) == 5


def test_everything_comes_back(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    touches.log(friend, cast.ada, NOW, NOW, channel="mail", direction="out")
    people.add_note(friend, cast.ada, "likes tea", NOW)
    before = Person.objects.values().get()
    people.to_trash([friend.id], NOW)
    people.bring_back([friend.id])
    assert Person.objects.values().get() == before
    assert (friend.touches.count(), friend.notes.count()) == (1, 1)


def test_in_the_trash_nobody_is_found(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    people.to_trash([friend.id], NOW)
    assert found(cast.home, "friend") == []


def test_a_file_does_not_bring_them_back(cast: Cast) -> None:
    (friend,) = network(cast.home, 1)
    people.to_trash([friend.id], NOW)
    network(cast.home, 1)
    assert here(cast.home) == []


def test_someone_back_from_the_trash_is_told_of_again(cast: Cast) -> None:
    ann = card("Ann Lee", "EMAIL:ann@example.com", "TITLE:Director", uid="a")
    bring_in(cast.home, ann)
    people.to_trash([person(cast.home, "Ann Lee").id], NOW)
    people.bring_back([person(cast.home, "Ann Lee").id])
    bring_in(cast.home, ann.replace("Director", "Chair"))
    assert person(cast.home, "Ann Lee").title == "Chair"


# Gone for good

LONG_AGO = NOW - timedelta(days=91)
OF_SOMEONE = (Draft, Fact, Note, Photo, Pick, SearchText, SourceRecord, Summary, Touch)


def full_life(cast: Cast) -> Person:
    """Someone of whom every table holds something, and one more who stays."""
    lines = ("EMAIL:ann@example.com", f"PHOTO;ENCODING=b;TYPE=PNG:{PNG}")
    bring_in(cast.home, card("Ann Lee", *lines, uid="a"), card("Bob Ray", *lines, uid="b"))
    for name in ("Ann Lee", "Bob Ray"):
        who = person(cast.home, name)
        touch = touches.log(who, cast.ada, NOW, NOW, channel="mail", direction="both", line="Tea")
        touches.edit(touch, cast.ada, NOW, line="About tea")
        people.add_note(who, cast.ada, "likes tea", NOW)
        letters.save(who, cast.ada, "hello", "", "Dear you", NOW)
        Pick.objects.create(
            space=cast.home, user=cast.ada, person=who, day=NOW.date(), position=name == "Bob Ray", slot="strong",
            score=1, made_at=NOW, touch=touch,
        )  # fmt: skip
    return person(cast.home, "Ann Lee")


@pytest.mark.parametrize("at_once", [True, False])
def test_nothing_of_someone_forgotten_stays(cast: Cast, at_once: bool) -> None:
    ann = full_life(cast)
    people.to_trash([ann.id], NOW if at_once else LONG_AGO)
    assert (trash.forget(cast.home, [ann.id]) if at_once else trash.forget_old(NOW)) == 1
    for model in OF_SOMEONE:
        assert not model.objects.filter(person=ann.id).exists(), model
        assert model.objects.filter(person__name="Bob Ray").exists(), model
    (left,) = Action.objects.filter(what=touches.CHANGED)
    assert left.before["touch"] == str(Touch.objects.get().id)


def test_people_are_kept_for_90_days(cast: Cast) -> None:
    ann = full_life(cast)
    people.to_trash([ann.id], NOW - timedelta(days=89))
    assert trash.forget_old(NOW) == 0
    assert trash.bring_back(cast.home, [ann.id]) == 1
    assert ann.touches.get().line == "About tea"


def test_only_who_is_in_the_trash_is_forgotten(cast: Cast) -> None:
    ann = full_life(cast)
    assert trash.forget(cast.home, [ann.id]) == 0
    people.to_trash([ann.id], NOW)
    assert trash.forget(cast.away, [ann.id]) == 0


def test_deleted_touches_go(cast: Cast) -> None:
    ann = full_life(cast)
    touch = ann.touches.get()
    touches.delete(touch, cast.ada, LONG_AGO)
    trash.forget_old(NOW)
    assert not ann.touches.exists()
    assert Pick.objects.get(person=ann).touch is None


def test_of_a_deleted_touch_from_a_file_only_a_mark_stays(cast: Cast) -> None:
    ann = full_life(cast)
    ann.touches.update(source="linkedin", external_id="x", context="Tea?", deleted_at=LONG_AGO)
    trash.forget_old(NOW)
    mark = ann.touches.get()
    assert (mark.external_id, mark.line, mark.context) == ("x", "", "")


def test_deleted_notes_go(cast: Cast) -> None:
    ann = full_life(cast)
    ann.notes.update(deleted_at=LONG_AGO)
    trash.forget_old(NOW)
    assert not ann.notes.exists()


def test_what_undoes_something_goes(cast: Cast) -> None:
    ann = full_life(cast)
    old = many.tag(cast.home, cast.ada, [ann.id], "tea", LONG_AGO)
    fresh = many.tag(cast.home, cast.ada, [ann.id], "choir", NOW)
    trash.forget_old(NOW)
    assert not Action.objects.filter(id=old.id).exists()
    assert many.undo(fresh, NOW) == 1


def test_that_no_circles_are_wanted_is_not_forgotten(cast: Cast) -> None:
    circles.of(cast.home)
    settings.arrange(cast.home, cast.ada, [], LONG_AGO)
    trash.forget_old(NOW)
    assert circles.of(cast.home) == []


def test_undone_imports_go_with_all_their_rows(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", uid="a"))
    broken = card("Bob Ray", "BDAY:soon", "EMAIL:ann@example.com", uid="b")
    undone = bring_in(cast.home, broken, at=LONG_AGO)
    assert undone.problems.exists()
    imports.turn(undone, (undone.State.DONE,), undone.State.UNDOING, LONG_AGO)
    work.undo(undone.id, Clock(LONG_AGO))
    trash.forget_old(NOW)
    assert ImportRun.objects.count() == 1
    assert not ImportProblem.objects.exists()
    assert here(cast.home) == ["Ann Lee"]


def test_old_imports_stay_but_not_what_would_undo_them(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "TITLE:Director", uid="a"), at=LONG_AGO)
    bring_in(cast.home, card("Ann Lee", "TITLE:Chair", uid="a"), at=LONG_AGO)
    trash.forget_old(NOW)
    assert ImportRun.objects.count() == 2
    assert not ImportChange.objects.exists()
    assert person(cast.home, "Ann Lee").title == "Chair"


def test_old_sign_in_links_go(cast: Cast) -> None:
    spaces.use(spaces.link(spaces.new_link(cast.home, cast.ada, LONG_AGO), LONG_AGO), LONG_AGO)
    token = spaces.new_link(cast.home, cast.ben, NOW)
    trash.forget_old(NOW)
    assert SignInLink.objects.get() == spaces.link(token, NOW)
