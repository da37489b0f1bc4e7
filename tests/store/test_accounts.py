"""Accounts: due, read by one at a time, tried again ever later, paused and removed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwarm.models import Account, ImportRun, Touch
from keepwarm.store import accounts, touches
from keepwarm.store.accounts import TakenOver, Trouble
from tests.build import bring_in, card, person
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
State = Account.State
AWAY = Trouble("imap.example.com cannot be reached.", "It is tried again.")
WRONG = Trouble("imap.example.com did not accept this sign-in.", "Check the password.", pause=True)


@pytest.fixture
def account(cast: Cast) -> Account:
    return accounts.add(cast.home, cast.ada, Account.Kind.MAILBOX, "ada@example.com", {"host": "x"}, "sealed", NOW)


def now_(account: Account) -> Account:
    return Account.objects.get(id=account.id)


def test_it_works(account: Account) -> None:
    assert accounts.due(NOW) == [account.id]
    read = accounts.claim(account.id, NOW)
    read.total, read.done, read.cursor = 10, 5, {"folders": {}}
    accounts.move(read, NOW)
    assert (now_(account).state, now_(account).done) == (State.READING, 5)
    accounts.rest(read, NOW)
    assert (now_(account).state, now_(account).cursor) == (State.RESTING, {"folders": {}})
    assert accounts.due(NOW + accounts.EVERY - timedelta(seconds=1)) == []
    assert accounts.due(NOW + accounts.EVERY) == [account.id]


def test_a_due_account_is_told_once(account: Account) -> None:
    assert accounts.due(NOW) == [account.id]
    assert accounts.due(NOW) == []


def test_a_command_takes_also_what_waits_for_a_worker(cast: Cast, account: Account) -> None:
    accounts.due(NOW)
    assert accounts.at_hand(cast.home, NOW) == [account.id]
    accounts.rest(accounts.claim(account.id, NOW), NOW)
    assert accounts.at_hand(cast.home, NOW) == []
    assert accounts.at_hand(cast.away, NOW + accounts.EVERY) == []


def test_it_has_one_reader_at_a_time(account: Account) -> None:
    accounts.claim(account.id, NOW)
    with pytest.raises(TakenOver):
        accounts.claim(account.id, NOW)


def test_a_reader_that_was_thought_dead_stops(account: Account) -> None:
    slow = accounts.claim(account.id, NOW)
    later = NOW + accounts.STANDSTILL + timedelta(seconds=1)
    assert accounts.free(later) == 1
    accounts.claim(account.id, later)
    with pytest.raises(TakenOver):
        accounts.move(slow, later)


def test_a_reader_that_moves_is_left_alone(account: Account) -> None:
    read = accounts.claim(account.id, NOW - timedelta(hours=1))
    accounts.move(read, NOW)
    assert accounts.free(NOW + accounts.STANDSTILL) == 0


def test_after_a_restart_nobody_can_be_reading(account: Account) -> None:
    accounts.claim(account.id, NOW)
    assert accounts.free(NOW, alone=True) == 1
    assert accounts.due(NOW) == [account.id]


def test_one_that_kills_its_readers_waits_ever_longer(account: Account) -> None:
    for failures in range(1, 4):
        accounts.claim(account.id, NOW)
        accounts.free(NOW, alone=True)
        assert now_(account).failures == failures
    assert now_(account).next_at == NOW + timedelta(minutes=4)


def test_trouble_is_kept_with_what_to_do_and_tried_again_ever_later(account: Account) -> None:
    waits = []
    for _ in range(13):
        read = accounts.claim(account.id, NOW)
        accounts.give_way(read, AWAY, NOW)
        waits.append(now_(account).next_at - NOW)
    assert (now_(account).state, now_(account).trouble, now_(account).fix) == (State.FAILED, AWAY.message, AWAY.fix)
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits[-1] == timedelta(days=1)


def test_what_goes_well_again_is_forgotten_trouble(account: Account) -> None:
    accounts.give_way(accounts.claim(account.id, NOW), AWAY, NOW)
    accounts.rest(accounts.claim(account.id, NOW), NOW)
    assert (now_(account).trouble, now_(account).failures) == ("", 0)


def test_a_wrong_password_pauses_at_once(account: Account) -> None:
    accounts.give_way(accounts.claim(account.id, NOW), WRONG, NOW)
    assert now_(account).state == State.PAUSED
    assert accounts.due(NOW + timedelta(days=365)) == []
    accounts.change(account, {"host": "x"}, "sealed anew", NOW)
    assert accounts.due(NOW) == [account.id]


def test_pausing_stops_the_reader(account: Account) -> None:
    read = accounts.claim(account.id, NOW)
    accounts.pause(account)
    with pytest.raises(TakenOver):
        accounts.rest(read, NOW)
    assert now_(account).state == State.PAUSED


def test_read_now_wakes_a_paused_one_but_not_one_that_is_read(account: Account) -> None:
    accounts.pause(account)
    assert accounts.read_now(account, NOW)
    accounts.claim(account.id, NOW)
    assert not accounts.read_now(account, NOW)


def told(cast: Cast, account: Account) -> Touch:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.net"))
    ann = person(cast.home, "Ann Lee")
    return touches.log(ann, cast.ada, NOW, NOW, channel="mail", direction="in", external_id="mail:1", run=account.run)


def test_removed_its_history_stays_as_an_import_that_can_be_undone(cast: Cast, account: Account) -> None:
    touch = told(cast, account)
    assert accounts.remove(account, NOW, history=False) is None
    run = ImportRun.objects.get(id=account.run_id)
    assert (run.state, run.finished_at, run.files.get().name) == ("done", NOW, "ada@example.com")
    assert Touch.objects.filter(id=touch.id).exists()
    assert not Account.objects.exists()


def test_removed_with_its_history_the_run_is_to_be_undone(cast: Cast, account: Account) -> None:
    told(cast, account)
    run = accounts.remove(account, NOW, history=True)
    assert run is not None
    assert run.state == ImportRun.State.UNDOING


def test_accounts_are_their_users_alone(cast: Cast, account: Account) -> None:
    assert list(accounts.of(cast.home, cast.ada)) == [account]
    assert not accounts.of(cast.home, cast.ben)
    assert not accounts.of(cast.away, cast.cleo)
