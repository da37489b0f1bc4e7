"""The user's word on strangers: a person, nobody, the owner; and back again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from keepwarm.models import Action, Fact, ImportRun, OwnerFact, Person, SourceRecord, Stranger, Summary, Touch
from keepwarm.store import edits, owners, people, search, trash, verdicts
from keepwarm.store import imports as runs
from tests.build import bring_in, card, here, person
from tests.conftest import NOW, Cast
from tests.store.test_strangers import ADA, ANN, FROM_ANN, LATER, TO_ANN, letter, read

pytestmark = pytest.mark.django_db
BOB = "Bob Fox <bob@example.org>"
FROM_BOB = [letter(BOB, ADA, day=day) for day in range(3)]


def stranger(key: str = "e:bob@example.org") -> Stranger:
    return Stranger.objects.get(key=key)


def listed(cast: Cast, part: str, question: str = "", number: int = 1) -> list[str]:
    return [row.name or row.key[2:] for row in verdicts.page(cast.home, part, question, number).strangers]


def yes(cast: Cast, row: Stranger | None = None) -> Action:
    action = verdicts.person(cast.home, cast.ada, (row or stranger()).id, NOW)
    assert action
    return action


def no(cast: Cast, *rows: Stranger) -> Action:
    action = verdicts.nobody(cast.home, cast.ada, [row.id for row in rows], NOW)
    assert action
    return action


def everything() -> dict[str, list[Any]]:
    models = (Person, Fact, SourceRecord, Touch, Summary, Stranger, OwnerFact)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


# A person


def test_it_works(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    yes(cast)
    bob = person(cast.home, "Bob Fox")
    assert list(bob.touches.order_by("at").values_list("direction", "context")) == [
        ("in", "Day 0"), ("in", "Day 1"), ("in", "Day 2"),
    ]  # fmt: skip
    assert (bob.summary.received, bob.summary.sent) == (3, 0)
    assert search.find(Person.objects.of(cast.home), cast.home, "fox", 0, 5).ids == [bob.id]
    assert (stranger().verdict, stranger().person) == ("person", bob)
    assert bob.facts.get(field="email").source == "mail"


def test_what_comes_later_is_theirs(cast: Cast) -> None:
    run = read(cast, *FROM_BOB)
    yes(cast)
    read(cast, *FROM_BOB, letter(BOB, ADA, day=9), run=run)
    assert person(cast.home, "Bob Fox").touches.count() == 4
    assert here(cast.home) == ["Bob Fox"]


def test_a_second_yes_says_nothing(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    yes(cast)
    assert verdicts.person(cast.home, cast.ben, stranger().id, NOW) is None


@pytest.mark.parametrize(
    "lines", [["EMAIL:bob@example.org"], ["URL:https://www.linkedin.com/in/bobfox"], ["TEL:+15550100"]]
)
def test_someone_who_is_here_by_now(cast: Cast, lines: list[str]) -> None:
    read(cast, *FROM_BOB)
    bring_in(cast.home, card("Bob Fox", *lines))
    before = everything()
    action = yes(cast)
    assert here(cast.home) == ["Bob Fox"]
    assert person(cast.home, "Bob Fox").touches.count() == 3
    assert verdicts.page(cast.home, verdicts.BECAME, "", 1).made == set()
    verdicts.undo(action, LATER)
    assert everything() == before


def test_undo(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    before = everything()
    assert verdicts.undo(yes(cast), LATER)
    assert everything() == before
    yes(cast)
    assert person(cast.home, "Bob Fox").touches.count() == 3


def test_undo_leaves_a_life_of_its_own(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    action = yes(cast)
    edits.edit(person(cast.home, "Bob Fox"), {"relation": "friend"}, 1, NOW, {"relation": ""})
    assert not verdicts.undo(action, LATER)
    assert here(cast.home) == ["Bob Fox"]
    assert stranger().verdict == "person"


def test_the_runs_undo_takes_back_what_it_told(cast: Cast) -> None:
    run = read(cast, *FROM_BOB)
    yes(cast)
    runs.undo(run, LATER)
    for model in (Person, Touch, Fact, Stranger):
        assert not model.objects.exists(), model


def test_a_run_that_is_gone(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    ImportRun.objects.all().delete()
    action = yes(cast)
    assert person(cast.home, "Bob Fox").touches.count() == 3
    assert verdicts.undo(action, LATER)
    assert here(cast.home) == []


def test_of_whom_nothing_is_held(cast: Cast) -> None:
    read(cast, letter("Lou Hill <lou@example.net>", ADA, automatic="list"))
    yes(cast, stranger("e:lou@example.net"))
    assert person(cast.home, "Lou Hill").touches.count() == 0


# Nobody


def test_nobody_is_not_asked_about_again(cast: Cast) -> None:
    run = read(cast, *FROM_BOB)
    no(cast, stranger())
    read(cast, *FROM_BOB, letter(ADA, BOB, day=9), run=run)
    assert here(cast.home) == []
    assert listed(cast, verdicts.PERHAPS) == []
    assert listed(cast, verdicts.NOBODY) == ["Bob Fox"]


def test_many_at_once_and_back(cast: Cast) -> None:
    read(cast, *FROM_BOB, letter("cat@example.org", ADA), letter("dan@example.org", ADA))
    before = everything()
    action = no(cast, *Stranger.objects.all())
    assert verdicts.sizes(cast.home) == {"perhaps": 0, "hardly": 0, "became": 0, "nobody": 3}
    verdicts.undo(action, LATER)
    assert everything() == before


def test_undo_leaves_what_someone_else_has_said_since(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    action = no(cast, stranger())
    verdicts.again(cast.home, cast.ben, stranger().id, LATER)
    verdicts.person(cast.home, cast.ben, stranger().id, LATER)
    verdicts.undo(action, LATER)
    assert stranger().verdict == "person"


def test_a_person_made_by_exchange_is_taken_back(cast: Cast) -> None:
    run = read(cast, FROM_ANN, TO_ANN)
    ann = stranger("e:ann@example.org")
    assert verdicts.page(cast.home, verdicts.BECAME, "", 1).made == {ann.id}
    action = no(cast, ann)
    assert here(cast.home) == []
    read(cast, FROM_ANN, letter(ANN, ADA, day=9), run=run)
    trash.forget(cast.home, [])
    assert here(cast.home) == []
    verdicts.undo(action, LATER)
    assert here(cast.home) == ["Ann Lee"]
    assert person(cast.home, "Ann Lee").touches.count() == 2


def test_no_outlives_the_trash(cast: Cast) -> None:
    run = read(cast, FROM_ANN, TO_ANN)
    action = no(cast, stranger("e:ann@example.org"))
    trash.forget(cast.home, Person.objects.values_list("id", flat=True))
    read(cast, FROM_ANN, TO_ANN, run=run)
    assert not Person.objects.exists()
    verdicts.undo(action, LATER)
    assert listed(cast, verdicts.PERHAPS) == ["Ann Lee"]


def test_yes_brings_back_from_the_trash(cast: Cast) -> None:
    read(cast, FROM_ANN, TO_ANN)
    ann = stranger("e:ann@example.org")
    no(cast, ann)
    verdicts.again(cast.home, cast.ada, ann.id, NOW)
    action = yes(cast, ann)
    assert here(cast.home) == ["Ann Lee"]
    verdicts.undo(action, LATER)
    assert here(cast.home) == []
    assert Touch.objects.count() == 2


def test_someone_known_otherwise_too_stays(cast: Cast) -> None:
    read(cast, FROM_ANN, TO_ANN)
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.org"))
    assert verdicts.nobody(cast.home, cast.ada, [stranger("e:ann@example.org").id], NOW) is None
    assert here(cast.home) == ["Ann Lee"]


# The owner


@pytest.mark.parametrize(
    ("sender", "key", "kind", "value"),
    [
        ("Ada <a.work@example.net>", "e:a.work@example.net", "email", "a.work@example.net"),
        ("Adalein", "w:adalein", "name", "Adalein"),
    ],
)
def test_that_is_me(cast: Cast, sender: str, key: str, kind: str, value: str) -> None:
    run = read(cast, letter(sender, ADA))
    before = everything()
    action = verdicts.owner(cast.home, cast.ada, stranger(key).id, NOW)
    assert (OwnerFact.objects.get().kind, OwnerFact.objects.get().value) == (kind, value)
    read(cast, letter(sender, "cat@example.org"), run=run)
    assert listed(cast, verdicts.PERHAPS) == ["cat@example.org"]
    Stranger.objects.filter(key="e:cat@example.org").delete()
    assert action
    verdicts.undo(action, LATER)
    assert everything() == before


def test_what_the_settings_said_before_stays(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    owners.confirm(cast.home.id, cast.ada, [("e:bob@example.org", "")], NOW - timedelta(days=1))
    action = verdicts.owner(cast.home, cast.ada, stranger().id, NOW)
    assert action
    verdicts.undo(action, LATER)
    assert OwnerFact.objects.get().value == "bob@example.org"


def test_me_after_all_not(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    verdicts.owner(cast.home, cast.ada, stranger().id, NOW)
    verdicts.again(cast.home, cast.ada, stranger().id, LATER)
    assert not OwnerFact.objects.exists()
    assert (stranger().verdict, stranger().why) == ("waiting", "")


# The page


def test_best_first(cast: Cast) -> None:
    read(
        cast,
        letter("once@example.org", ADA, day=60), *[letter("often@example.org", ADA, day=day) for day in range(40)],
        letter(ADA, "asked@example.org", day=5),
    )  # fmt: skip
    assert listed(cast, verdicts.PERHAPS) == ["often@example.org", "asked@example.org", "once@example.org"]


def test_search(cast: Cast) -> None:
    read(cast, *FROM_BOB, letter("José Núñez <jn@example.org>", ADA))
    for question, found in (("nunez jose", ["José Núñez"]), ("BOB@", ["Bob Fox"]), ("%", []), ("zoe", [])):
        assert listed(cast, verdicts.PERHAPS, question) == found, question


def test_a_page_at_a_time(cast: Cast) -> None:
    read(cast, *[letter(f"p{n}@example.org", ADA) for n in range(verdicts.PAGE + 1)])
    first, second = (verdicts.page(cast.home, verdicts.PERHAPS, "", number) for number in (1, 2))
    assert (len(first.strangers), first.more, len(second.strangers), second.more) == (verdicts.PAGE, True, 1, False)


def test_spaces_do_not_meet(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    row = stranger()
    for said in (verdicts.person, verdicts.owner, verdicts.again):
        assert said(cast.away, cast.cleo, row.id, NOW) is None
    assert verdicts.nobody(cast.away, cast.cleo, [row.id], NOW) is None
    assert verdicts.page(cast.away, verdicts.PERHAPS, "", 1).strangers == []
    assert not verdicts.any_wait(cast.away)


def test_undo_twice_changes_nothing(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    action = no(cast, stranger())
    verdicts.undo(action, LATER)
    no(cast, stranger())
    verdicts.undo(action, LATER)
    assert stranger().verdict == "nobody"


def test_a_person_in_the_trash_of_another_reason_stays_there(cast: Cast) -> None:
    read(cast, *FROM_BOB)
    action = yes(cast)
    people.to_trash([person(cast.home, "Bob Fox").id], NOW)
    verdicts.undo(action, LATER)
    assert not Person.objects.exists()
    assert stranger().verdict == "waiting"
