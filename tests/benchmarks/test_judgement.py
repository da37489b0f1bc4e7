"""The judgement benchmark sees what it should: mailboxes, what came true, and the measures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import judgement, judgement_log

DAY = 86_400


def log(tmp_path: Path, *rows: tuple[int, int, float], scale: float = 1) -> judgement_log.Log:
    """Rows of sender, recipient and day."""
    path = tmp_path / "log.csv"
    path.write_text("src,dst,ts\n" + "".join(f"{src},{dst},{int(day * DAY)}\n" for src, dst, day in rows))
    return judgement_log.read(path, scale)


def test_each_user_has_their_own_mailbox(tmp_path: Path) -> None:
    found = log(tmp_path, (1, 2, 0), (2, 1, 1), (1, 1, 2), (1, 2, 0))
    assert [event.direction for event in found.mailboxes[1].direct[2]] == ["out", "in"]
    assert [event.direction for event in found.mailboxes[2].direct[1]] == ["in", "out"]


def test_a_message_to_more_than_ten_is_no_contact(tmp_path: Path) -> None:
    found = log(tmp_path, *[(1, other, 0.0) for other in range(2, 13)])
    assert not found.mailboxes[1].direct
    assert found.mailboxes[5].wide[0][1] == frozenset(range(1, 13))


def test_time_can_be_stretched(tmp_path: Path) -> None:
    found = log(tmp_path, (1, 2, 0), (2, 1, 10), scale=3)
    assert (found.end - judgement_log.BEGINNING).days == 30


def test_only_what_came_before_the_cut_is_known_and_only_what_follows_comes_true(tmp_path: Path) -> None:
    both_ways = [row for other in range(2, 9) for row in ((1, other, 0.0), (other, 1, 0.0))]
    ahead = [(1, 2, 100.0), (2, 1, 120.0), (1, 3, 100.0), (3, 1, 110.0), (4, 1, 100.0)]
    found = list(judgement.groups(log(tmp_path, *both_ways, *ahead, (1, 99, 230.0))))
    group = next(group for group in found if group.user == 1)
    people = {person.number: person for person in group.people}
    assert all(person.history.sent == person.history.received == 1 for person in group.people)
    assert {number for number, person in people.items() if person.revived} == {2, 3}
    assert {number for number, person in people.items() if person.replied} == {3}  # 2 took more than 14 days


def test_measures_by_hand() -> None:
    p3, ndcg, auc = judgement.measured(np.array([1.0, 0, 0, 1]))
    assert p3 == pytest.approx(1 / 3)
    assert ndcg == pytest.approx((1 + 1 / np.log2(5)) / (1 + 1 / np.log2(3)))
    assert auc == pytest.approx(0.5)  # of the four pairs two stand right
    assert judgement.measured(np.array([1.0, 1, 0, 0]))[2] == 1


def test_the_difference_of_a_ranker_to_itself_is_nothing() -> None:
    rows = np.random.default_rng(1).random((50, 3))
    result = judgement.Result(np.arange(50) % 7, {judgement.OURS: rows, "other": rows}, np.zeros(50))
    assert judgement.difference([result], "other") == (0, 0, 0)
