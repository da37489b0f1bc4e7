"""A calendar by its secret address: checked, read, read again only where something is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from keepwarm.models import Account, Appointment, Touch
from keepwarm.store import accounts
from keepwarm.store.accounts import Trouble
from keepwarm.sync import calendar
from keepwarm.sync.fetch import Fetcher
from tests.build import Clock, bring_in, card
from tests.conftest import NOW, Cast
from tests.sync.site import Site, local, names, sends

BRUNO = card("Bruno Reis", "EMAIL:bruno@example.org", uid="b")
WEEKLY = (
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Ada’s days\r\nBEGIN:VEVENT\r\nUID:w\r\nDTSTAMP:{stamp}\r\n"
    "DTSTART;TZID=Europe/Lisbon:20261105T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Coffee\r\n"
    "ATTENDEE:mailto:ada@example.com\r\nATTENDEE:mailto:bruno@example.org\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:alone\r\nDTSTART:20261101T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def weekly(stamp: str = "20261101T000000Z") -> bytes:
    return WEEKLY.format(stamp=stamp).encode()


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


@pytest.fixture
def by() -> Fetcher:
    return Fetcher(allowed=local, resolve=names())


@pytest.fixture
def account(cast: Cast) -> Account:
    bring_in(cast.home, BRUNO)
    return accounts.add(cast.home, cast.ada, Account.Kind.CALENDAR, "Work", {}, "", NOW)


def read(account: Account, site: Site, by: Fetcher, at: datetime = NOW) -> Account:
    Account.objects.update(state=Account.State.RESTING)
    held = accounts.claim(account.id, at)
    calendar.read(held, {"url": site.url()}, Clock(at), lambda _: None, by)
    accounts.rest(held, at)
    return held


def test_what_is_there(site: Site, by: Fetcher) -> None:
    site.acts["/"] = sends(weekly())
    found = calendar.check(site.url(), by)
    assert found == ("Ada’s days", 2, 1)
    assert found.words == "1 of its 2 events is with others."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "nothing in it yet"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "nothing to learn"),
    ],
)
def test_a_calendar_that_tells_nothing(site: Site, by: Fetcher, body: bytes, words: str) -> None:
    site.acts["/"] = sends(body)
    assert words in calendar.check(site.url(), by).words


def test_a_page_is_no_calendar(site: Site, by: Fetcher) -> None:
    site.acts["/"] = sends(b"<html>Sign in", Content_Type="text/html; charset=utf-8")
    with pytest.raises(Trouble, match="not a calendar but a web page"):
        calendar.check(site.url(), by)


def test_an_address_in_ones_own_network_is_refused(site: Site) -> None:
    with pytest.raises(Trouble) as caught:
        calendar.check(f"webcal://127.0.0.1:{site.port}/secret")
    assert caught.value.pause
    assert "secret" not in caught.value.message


def test_what_the_host_allows(settings: object) -> None:
    settings.PRIVATE_NETWORKS = True  # type: ignore[attr-defined]
    assert calendar.fetcher().allowed is not Fetcher().allowed


@pytest.mark.parametrize("said", [" webcal://example.com/a ", "WEBCALS://example.com/a", "https://example.com/a"])
def test_addresses_as_they_are_pasted(said: str) -> None:
    assert calendar.address(said) == "https://example.com/a"


@pytest.mark.django_db
def test_it_is_read(site: Site, by: Fetcher, account: Account) -> None:
    site.acts["/"] = sends(weekly(), ETag='"1"')
    held = read(account, site, by)
    assert [touch.context for touch in Touch.objects.filter(run=account.run)] == ["Coffee"]
    assert [f"{meeting.at:%d %H}" for meeting in Appointment.objects.order_by("at")] == ["12 10", "19 10"]
    assert (held.done, held.state) == (len(weekly()), Account.State.RESTING)


@pytest.mark.django_db
def test_it_is_asked_what_is_new_and_once_a_day_for_all(site: Site, by: Fetcher, account: Account) -> None:
    site.acts["/"] = sends(weekly(), ETag='"1"')
    read(account, site, by)
    site.acts["/"] = sends(b"", 304)
    read(account, site, by, NOW + timedelta(hours=1))
    assert site.asked[1][1]["If-None-Match"] == '"1"'
    site.acts["/"] = sends(weekly(), ETag='"1"')
    read(account, site, by, NOW + timedelta(days=1))
    assert "If-None-Match" not in site.asked[2][1]
    assert (Touch.objects.count(), Appointment.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_a_stamp_of_the_asking_is_nothing_new(
    site: Site, by: Fetcher, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.acts["/"] = sends(weekly())
    read(account, site, by)
    monkeypatch.setattr(calendar, "_take", lambda *_: pytest.fail("read again"))
    site.acts["/"] = sends(weekly("20261112T101500Z"))
    read(account, site, by, NOW + timedelta(hours=1))


@pytest.mark.django_db
def test_what_is_in_trouble_keeps_what_was_read(site: Site, by: Fetcher, account: Account) -> None:
    site.acts["/"] = sends(weekly())
    read(account, site, by)
    site.acts["/"] = sends(b"", 503)
    with pytest.raises(Trouble) as caught:
        read(account, site, by)
    assert not caught.value.pause
    assert Touch.objects.count() == 1
