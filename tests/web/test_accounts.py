"""Where the history comes from: a mailbox is added, read, paused and removed, and its secret is shown to nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from keepwarm.models import Account, ImportRun, OwnerFact
from keepwarm.store import accounts, secrets
from keepwarm.store.accounts import Trouble
from keepwarm.sync import calendar, mailbox, oauth, reading
from tests.conftest import NOW, Cast
from tests.web.pages import words, work_off

pytestmark = pytest.mark.django_db
State = Account.State
FORM = {
    "address": "ada@example.org", "host": "imap.example.org", "port": "993", "security": "tls",
    "user": "ada@example.org", "password": "swordfish", "way": "password",
}  # fmt: skip
WRONG = Trouble("imap.example.org did not accept this sign-in: no.", "Check the password.", pause=True)


@pytest.fixture
def lets_in(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A server that lets everyone in and has nothing new; what it was asked with."""
    asked: list[Any] = []

    def check(settings: Any, secret: Any) -> None:
        asked.append((settings, secret))

    monkeypatch.setattr(mailbox, "check", check)
    monkeypatch.setitem(reading.READERS, "mailbox", lambda *_: None)
    monkeypatch.setitem(reading.READERS, "calendar", lambda *_: None)
    return asked


@pytest.fixture
def refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(*_: object) -> None:
        raise WRONG

    monkeypatch.setattr(mailbox, "check", check)


def mine(cast: Cast, **values: Any) -> Account:
    made = accounts.add(
        cast.home, cast.ada, Account.Kind.MAILBOX, "ada@example.org", {"host": "imap.example.org"},
        secrets.seal({"password": "swordfish"}), NOW - timedelta(days=2),
    )  # fmt: skip
    Account.objects.update(**values)
    made.refresh_from_db()
    return made


def show(browser: Client) -> str:
    return words(browser.get(reverse("sources")))


def test_it_works(ada: Client, lets_in: list[Any]) -> None:
    """The address, the password, and it is read."""
    page = words(ada.get(reverse("mailbox_new"), {"address": "ada@example.org"}))
    assert "The server: imap.example.org" in page
    answer = ada.post(reverse("mailbox_new"), FORM, follow=True)
    assert "ada@example.org" in words(answer)
    assert lets_in == [({"host": "imap.example.org", "port": 993, "security": "tls", "user": "ada@example.org",
                         "way": "password"}, {"password": "swordfish"})]  # fmt: skip
    work_off()
    assert "Read just now" in show(ada)


def test_nothing_yet(ada: Client) -> None:
    page = show(ada)
    assert "Nothing is read yet" in page
    assert "Never the text of a letter" in page


def test_the_providers_own_advice_is_given(ada: Client) -> None:
    page = words(ada.get(reverse("mailbox_new"), {"address": "ada@gmail.com"}))
    assert "Google wants a password made for this alone" in page
    assert "Sign in at Microsoft" in words(ada.get(reverse("mailbox_new"), {"address": "ada@hotmail.com"}))


@pytest.mark.parametrize("address", ["", "nonsense"])
def test_without_an_address_it_is_asked_for(ada: Client, address: str) -> None:
    assert "Your e-mail address" in words(ada.get(reverse("mailbox_new"), {"address": address}))


def test_a_refused_password_is_said_in_the_servers_words_and_nothing_is_kept(ada: Client, refuses: None) -> None:
    answer = ada.post(reverse("mailbox_new"), FORM)
    assert f"{WRONG.message} {WRONG.fix}" in words(answer)
    assert "swordfish" not in answer.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words_"),
    [
        ({"password": ""}, "Without a password the server lets nobody in."),
        ({"port": "99999"}, "less than or equal to 65535"),
        ({"security": "plain"}, "anyone on the way could read your password"),
        ({"way": "google"}, "The client ID is missing."),
    ],
)
def test_what_is_missing_is_said(ada: Client, lets_in: list[Any], wrong: dict[str, str], words_: str) -> None:
    assert words_ in words(ada.post(reverse("mailbox_new"), FORM | wrong))
    assert lets_in == []


def test_the_same_mailbox_twice_is_told(ada: Client, lets_in: list[Any]) -> None:
    ada.post(reverse("mailbox_new"), FORM)
    assert "You have this mailbox already." in words(ada.post(reverse("mailbox_new"), FORM))
    assert Account.objects.count() == 1


def test_the_address_is_known_as_the_owners(cast: Cast, ada: Client, lets_in: list[Any]) -> None:
    """So that letters from it are theirs, also where they sign in with another."""
    ada.post(reverse("mailbox_new"), FORM)
    fact = OwnerFact.objects.get()
    assert (fact.kind, fact.value, fact.user, fact.run) == (
        "email",
        "ada@example.org",
        cast.ada,
        ImportRun.objects.get(),
    )


def test_progress_is_told_while_it_is_read(cast: Cast, ada: Client) -> None:
    mine(cast, state=State.READING, done=1200, total=3000, beat_at=NOW)
    answer = ada.get(reverse("sources"))
    assert "1,200 of 3,000 letters" in words(answer)
    assert 'hx-trigger="every 2s' in answer.content.decode()
    part = ada.get(reverse("sources"), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "1,200 of 3,000" in words(part)


def test_trouble_is_told_with_what_to_do_and_when_it_is_tried_again(cast: Cast, ada: Client) -> None:
    mine(cast, state=State.FAILED, trouble="It broke off.", fix="It goes on.", next_at=NOW + timedelta(minutes=4))
    assert "It broke off. It goes on. Next try at 09:04." in show(ada)


def test_after_a_wrong_password_one_signs_in_again(cast: Cast, ada: Client, lets_in: list[Any]) -> None:
    account = mine(cast, state=State.PAUSED, trouble=WRONG.message, fix=WRONG.fix, cursor={"folders": {"INBOX": {}}})
    assert "Sign in again" in show(ada)
    ada.post(reverse("mailbox", args=[account.id]), FORM | {"password": "another"})
    account.refresh_from_db()
    assert secrets.unseal(account.secret) == {"password": "another"}
    assert (account.state, account.cursor) == (State.RESTING, {"folders": {"INBOX": {}}})


def test_read_now_reads_now(cast: Cast, ada: Client, lets_in: list[Any]) -> None:
    account = mine(cast, read_at=NOW - timedelta(hours=1), next_at=NOW + timedelta(hours=1))
    assert "Read 1 hour ago" in show(ada)
    ada.post(reverse("account_read", args=[account.id]))
    assert "Read in a moment" in show(ada)
    work_off()
    assert "Read just now" in show(ada)


def test_pause_pauses_until_read_again(cast: Cast, ada: Client, lets_in: list[Any]) -> None:
    account = mine(cast)
    ada.post(reverse("account_pause", args=[account.id]))
    assert "Paused" in show(ada)
    assert accounts.due(NOW + timedelta(days=9)) == []
    ada.post(reverse("account_read", args=[account.id]))
    work_off()
    assert "Read just now" in show(ada)


def test_removed_its_history_stays_among_the_imports(cast: Cast, ada: Client) -> None:
    account = mine(cast)
    assert "ada@example.org" not in words(ada.get(reverse("import")))
    page = words(ada.post(reverse("account_remove", args=[account.id]), {"history": "stays"}, follow=True))
    assert "Its history stays" in page
    assert "ada@example.org" in words(ada.get(reverse("import")))
    assert "Undo this import" in words(ada.get(reverse("import_run", args=[account.run_id])))


def test_removed_with_its_history_that_is_taken_back(cast: Cast, ada: Client) -> None:
    account = mine(cast)
    ada.post(reverse("account_remove", args=[account.id]), {"history": "too"})
    work_off()
    assert ImportRun.objects.get(id=account.run_id).state == ImportRun.State.UNDONE


def test_what_an_account_brings_is_no_import_to_look_into(cast: Cast, ada: Client, ben: Client) -> None:
    account = mine(cast)
    for browser in (ada, ben):
        assert browser.get(reverse("import_run", args=[account.run_id])).status_code == 404
        assert browser.post(reverse("import_undo", args=[account.run_id])).status_code == 404


def test_ben_sees_nothing_of_adas_mailbox(cast: Cast, ben: Client) -> None:
    mine(cast)
    assert "ada@example.org" not in show(ben)


def test_its_secret_is_on_no_page_and_nowhere_in_the_database(cast: Cast, ada: Client, lets_in: list[Any]) -> None:
    ada.post(reverse("mailbox_new"), FORM)
    account = Account.objects.get()
    for address in (reverse("sources"), reverse("mailbox", args=[account.id]), reverse("settings")):
        assert "swordfish" not in ada.get(address).content.decode()
    assert "swordfish" not in str(Account.objects.values())


# At a provider


@pytest.fixture
def token_server(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Answers each question with the next of these."""
    answers: list[Any] = []
    monkeypatch.setattr(oauth, "_post", lambda *_: answers.pop(0))
    return answers.extend


TOKENS = {"access_token": "short-lived", "refresh_token": "lasting"}
BY_CLIENT = FORM | {"client_id": "ours", "client_secret": "hush", "password": ""}


def at_google(browser: Client, address: str, **form: str) -> str:
    """Sign in there and come back; the page in between."""
    away = browser.post(address, BY_CLIENT | {"way": "google"} | form, follow=True)
    state = away.context["there"].partition("&state=")[2].partition("&")[0]
    browser.get(reverse("sources_back"), {"code": "a code", "state": state})
    return str(away.content.decode())


def test_google_sends_the_browser_back(ada: Client, lets_in: list[Any], token_server: Callable[[Any], None]) -> None:
    token_server([TOKENS])
    assert "hush" not in at_google(ada, reverse("mailbox_new"))
    kept = secrets.unseal(Account.objects.get().secret)
    assert kept == TOKENS | {"client_id": "ours", "client_secret": "hush"}


def test_when_google_asks_again_the_client_need_not_be_typed_in_again(
    ada: Client, lets_in: list[Any], token_server: Callable[[Any], None]
) -> None:
    token_server([TOKENS, TOKENS | {"refresh_token": "newer"}])
    at_google(ada, reverse("mailbox_new"))
    at_google(ada, reverse("mailbox", args=[Account.objects.get().id]), client_id="", client_secret="")
    kept = secrets.unseal(Account.objects.get().secret)
    assert kept == TOKENS | {"refresh_token": "newer", "client_id": "ours", "client_secret": "hush"}


def test_someone_elses_answer_opens_nothing(ada: Client, lets_in: list[Any]) -> None:
    ada.post(reverse("mailbox_new"), BY_CLIENT | {"way": "google"})
    answer = ada.get(reverse("sources_back"), {"code": "a code", "state": "forged"}, follow=True)
    assert "Google did not let Keepwarm in." in words(answer)
    assert not Account.objects.exists()


def test_microsoft_takes_a_code(ada: Client, lets_in: list[Any], token_server: Callable[[Any], None]) -> None:
    page = "https://microsoft.example/devicelogin"
    device = {"device_code": "long", "user_code": "ABCD-EFGH", "verification_uri": page}
    token_server([device, {"error": "authorization_pending"}, TOKENS])
    away = words(ada.post(reverse("mailbox_new"), BY_CLIENT | {"way": "microsoft"}, follow=True))
    assert "ABCD-EFGH" in away
    assert "has not been typed in yet" in words(ada.post(reverse("sources_back"), follow=True))
    ada.post(reverse("sources_back"))
    assert Account.objects.get().settings["way"] == "microsoft"


# Calendars


def test_a_calendar_is_added_by_its_secret_address(
    ada: Client, lets_in: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "check", lambda _: calendar.Found("Work", 12, 7))
    answer = ada.post(reverse("calendar_new"), {"url": "webcal://cal.example.org/secret.ics"}, follow=True)
    assert "Work" in words(answer)
    assert "secret.ics" not in answer.content.decode()
    assert secrets.unseal(Account.objects.get().secret) == {"url": "webcal://cal.example.org/secret.ics"}


def test_a_calendar_without_guests_is_said_before_it_is_added(
    ada: Client, lets_in: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "check", lambda _: calendar.Found("Work", 12, 0))
    asked = {"url": "https://cal.example.org/secret.ics", "name": "Mine"}
    assert "None of its 12 events names anyone else" in words(ada.post(reverse("calendar_new"), asked))
    assert not Account.objects.exists()
    ada.post(reverse("calendar_new"), asked | {"anyway": "1"})
    assert Account.objects.get().name == "Mine"


def test_an_address_without_a_calendar_is_said(ada: Client) -> None:
    answer = ada.post(reverse("calendar_new"), {"url": "http://127.0.0.1/secret.ics"})
    assert answer.status_code == 422
    assert not Account.objects.exists()
