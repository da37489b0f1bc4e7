"""The identity benchmark counts what it should: bands, questions and the truth of a set."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import identity, identity_people, identity_sets

ROWS = "entity,full_name,email,phone,company\n" + "".join(
    f"{row}\n"
    for row in (
        "1,Isolde Ravensworth,isolde@example.org,+1 555 0101,Acme",
        "1,Isolde Ravensworth,isolde@example.org,+1 555 0101,",
        "2,Tomasz Okonkwo,,+1 555 0102,Borealis",
        "3,Paloma Steinbach,paloma@example.org,,",
    )
)


def test_it_works(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(ROWS)
    found = identity.result(identity_sets.own(path), splink=False)
    assert (found.cards, found.pairs, found.asked) == (4, 1, 0)
    assert found.ours[identity.MERGED] == (1.0, 1.0)


def test_a_set_without_the_truth_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("full_name\nIsolde Ravensworth\n")
    with pytest.raises(SystemExit, match="no column entity"):
        identity_sets.own(path)


def test_measures_by_hand() -> None:
    figures = identity.measured({(0, 1), (0, 2), (3, 4), (5, 6)}, {(0, 1), (0, 2)})
    assert figures == (0.5, 1.0)
    assert figures.f1 == pytest.approx(2 / 3)


def test_one_question_for_two_groups() -> None:
    asked = {(0, 2), (0, 3), (1, 2), (4, 5)}
    assert len(identity._questions(asked, [[0, 1], [2, 3]])) == 2


def test_a_gate_beside_splink() -> None:
    theirs = {"Splink, wide blocks": identity.Measured(1.0, 0.99)}
    ours = dict.fromkeys((identity.MERGED, identity.ANSWERED, identity.EVEN), identity.Measured(1.0, 0.98))
    found = identity.Result(10, 5, ours, 0.1, 0.1, [], 0.0, theirs)
    assert [figure.name for figure in identity.gates("any", found) if not figure.passed] == ["F1 at 0.5"]


def test_invented_people_are_the_same_each_time_and_know_the_truth() -> None:
    told = identity_people.cards(300)
    assert told == identity_people.cards(300)
    assert {one.source for one in told} == set(identity_people.SOURCES)
    assert 100 < len({one.person for one in told}) < 300


@pytest.mark.skipif(not identity_sets.SHARED.exists(), reason="the folder shared/data is not beside this checkout")
@pytest.mark.parametrize(("name", "cards"), [("FEBRL 1", 1_000), ("RLdata500", 500), ("fake_1000", 1_000)])
def test_the_shared_sets_are_read(name: str, cards: int) -> None:
    rows = identity_sets.SETS[name]()
    assert len(rows) == cards
    assert all(row["entity"] for row in rows)
