"""Calendars: who was met when, whatever the calendar does with zones, repetitions and exceptions."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keepwarm import formats
from keepwarm.core.touches import Exchange, Party
from keepwarm.formats import archive, ics
from keepwarm.formats.batch import Batch, Sample, Unreadable

SAMPLES = Path(__file__).parent / "samples" / "ics"
LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 11, 12, 9, 0, tzinfo=LISBON)
BRUNO = "ATTENDEE;CN=Bruno Reis:mailto:bruno@example.org"


def event(*lines: str, uid: str = "u1") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""))


def calendar(*events: str, top: str = "VERSION:2.0") -> bytes:
    return f"BEGIN:VCALENDAR\r\n{top}\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


def read(content: bytes, now: datetime = NOW) -> Batch:
    """All of a file in one batch."""
    whole = Batch()
    for batch in ics.read(io.BytesIO(content), now):
        whole.exchanges += batch.exchanges
        whole.ahead += batch.ahead
        whole.problems += batch.problems
        whole.at = batch.at
    assert whole.at == len(content)
    return whole


def sample(name: str) -> Batch:
    return read((SAMPLES / name).read_bytes())


def said(batch: Batch) -> list[str]:
    return [problem.message for problem in batch.problems]


def days(batch: Batch) -> list[str]:
    return [f"{one.at:%Y-%m-%d %H:%M}" for one in batch.exchanges]


def only(*lines: str, now: datetime = NOW) -> Exchange:
    (found,) = read(calendar(event(*lines)), now).exchanges
    return found


def test_it_works() -> None:
    found = sample("google_takeout.ics")
    assert found.exchanges[0] == Exchange(
        1, "ics:plans@example.com:20260305T100000Z", datetime(2026, 3, 5, 10, tzinfo=UTC), "meeting", None,
        (Party("e:ada@example.com", "Ada Example"), Party("e:bruno@example.org")), "Plans, and a walk by the river",
        both=True, absent=("e:carla@example.net",), silent=("e:bruno@example.org",),
    )  # fmt: skip
    assert found.problems == found.ahead == []


def test_a_day_without_an_hour_is_noon_and_a_private_title_is_not_kept() -> None:
    offsite = sample("google_takeout.ics").exchanges[1]
    assert offsite.at == datetime(2026, 4, 1, 12, tzinfo=LISBON)
    assert (offsite.external_id, offsite.context) == ("ics:offsite@example.com:20260401", "")
    assert [party.name for party in offsite.others] == ["Ada Example", "Dora Pinto"]


def test_a_time_without_a_zone_is_the_calendars() -> None:
    content = (SAMPLES / "google_takeout.ics").read_bytes()
    tokyo = read(content, NOW.astimezone(ZoneInfo("Asia/Tokyo"))).exchanges[2]
    assert tokyo.at == datetime(2026, 5, 10, 9, tzinfo=LISBON)
    assert only("DTSTART:20260510T090000", BRUNO).at == datetime(2026, 5, 10, 9, tzinfo=LISBON)  # else its user's


def test_what_was_called_off_and_birthdays_give_nothing() -> None:
    contexts = [one.context for one in sample("google_takeout.ics").exchanges]
    assert contexts == ["Plans, and a walk by the river", "", "Floating"]


@pytest.mark.parametrize("method", ["CANCEL", "REPLY", "COUNTER"])
def test_a_mail_about_a_meeting_is_none(method: str) -> None:
    assert not read(calendar(event("DTSTART:20260305T100000Z", BRUNO), top=f"METHOD:{method}")).exchanges


# Repetitions


def test_an_exception_that_stands_before_its_series() -> None:
    found = sample("exception_before_its_series.ics")
    assert days(found) == ["2026-03-02 10:00", "2026-03-10 16:00", "2026-03-30 10:00", "2026-04-06 10:00"]
    moved = found.exchanges[1]
    assert (moved.external_id, moved.context) == ("ics:weekly@example.com:20260309T100000Z", "Weekly, moved to Tuesday")
    assert said(found) == [
        "The event “Weekly, moved to Tuesday” has something in it that could not be read; it was taken without that."
    ]


def test_series_that_cannot_wait_for_their_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exception then tells of the same meeting once more, by the same id: it is still one."""
    monkeypatch.setattr(ics, "MOST_HELD", 0)
    series = event("DTSTART:20260302T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2", BRUNO)
    moved = event("RECURRENCE-ID:20260309T100000Z", "DTSTART:20260310T100000Z", BRUNO)
    assert [one.external_id[-16:] for one in read(calendar(series, moved)).exchanges] == [
        "20260302T100000Z", "20260309T100000Z", "20260309T100000Z",
    ]  # fmt: skip


def test_the_clock_changes_and_the_hour_stays() -> None:
    found = read(calendar(event("DTSTART;TZID=Europe/Lisbon:20260323T100000", "RRULE:FREQ=WEEKLY;COUNT=2", BRUNO)))
    assert [one.at.astimezone(UTC).hour for one in found.exchanges] == [10, 9]
    assert [one.external_id[-16:] for one in found.exchanges] == ["20260323T100000Z", "20260330T090000Z"]


def test_more_days_are_given_one_by_one() -> None:
    lines = ("DTSTART:20260302T100000Z", "RDATE:20260305T100000Z,20260307T150000Z", "EXDATE:20260305T100000Z", BRUNO)
    assert days(read(calendar(event(*lines)))) == ["2026-03-02 10:00", "2026-03-07 15:00"]


def test_what_is_ahead_is_told_for_sixty_days() -> None:
    found = read(calendar(event("DTSTART:20261105T100000Z", "RRULE:FREQ=WEEKLY", BRUNO)))
    assert days(found) == ["2026-11-05 10:00"]
    assert found.ahead[0].at == datetime(2026, 11, 12, 10, tzinfo=UTC)
    assert len(found.ahead) == 9
    assert found.ahead[-1].at <= NOW + ics.AHEAD


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=10000000", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY"]
    + ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "FREQ=WEEKLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYDAY=6MO"]
    + ["FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,30", "FREQ=DAILY;INTERVAL=0", "D1 #0"],
)  # fmt: skip
def test_what_no_meeting_does_is_taken_once_and_at_once(rule: str) -> None:
    began = time.monotonic()
    found = read(calendar(event("DTSTART:20200101T100000Z", f"RRULE:{rule}", BRUNO, "SUMMARY:Tick")))
    assert days(found) == ["2020-01-01 10:00"]
    assert "only its first time was taken" in said(found)[0]
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("rule", "count", "last"),
    [
        ("FREQ=DAILY;COUNT=1000000000", 1000, "2026-11-12"),
        ("FREQ=DAILY", 1000, "2026-11-12"),
        ("FREQ=YEARLY;UNTIL=99991231T235959Z", 37, "2026-01-01"),
        ("FREQ=DAILY;UNTIL=19900103", 2, "1990-01-02"),  # as programs write it, of an event with an hour
    ],
)
def test_ten_million_times_are_the_newest_thousand(rule: str, count: int, last: str) -> None:
    began = time.monotonic()
    found = read(calendar(event("DTSTART:19900101T080000Z", f"RRULE:{rule}", BRUNO)))
    assert days(found)[-1].startswith(last)
    assert abs(len(found.exchanges) + len(found.ahead) - count) <= 1
    assert (said(found) != []) == (count == 1000)
    assert time.monotonic() - began < 3


def test_far_too_many_days_given_one_by_one() -> None:
    first = datetime(2000, 1, 1)
    hours = [f"{first + timedelta(hours=n):%Y%m%dT%H0000Z}" for n in range(3700)]
    lines = [f"RDATE:{','.join(hours)}"] * 250
    began = time.monotonic()
    found = read(calendar(event("DTSTART:20000101T000000Z", *lines, BRUNO)))
    assert len(found.exchanges) == 1000
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("year", ["1979", "1601", "2079", "9999", "0001"])
def test_years_that_cannot_be(year: str) -> None:
    for rule in ("SUMMARY:Long ago", "RRULE:FREQ=DAILY"):
        found = read(calendar(event(f"DTSTART:{year}0305T100000Z", rule, BRUNO)))
        assert found.exchanges == found.ahead == []
        assert f"is dated {int(year)}, which cannot be" in said(found)[0]


# Zones


def test_zones_by_any_name() -> None:
    found = sample("outlook_zones.ics")
    hours = {one.external_id.split(":")[1]: one.at.astimezone(UTC) for one in found.exchanges}
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert {uid: noon - at for uid, at in hours.items()} == {
        "windows": timedelta(hours=2), "path": timedelta(hours=2), "own": timedelta(hours=5.5),
        "endless": timedelta(hours=2), "unknown": timedelta(hours=1), "utc": timedelta(0),
    }  # fmt: skip
    (message,) = said(found)
    assert "“Middle Earth”, which nobody knows" in message


def test_two_files_may_mean_different_zones_by_one_name() -> None:
    def at(offset: str) -> datetime:
        zone = (
            "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:20000101T000000\r\n"
            f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        )
        return read(calendar(zone, event("DTSTART;TZID=Ours:20260701T120000", BRUNO))).exchanges[0].at

    assert (at("+0300") - at("+0900")) == timedelta(hours=6)


# People


def test_everyone_once_and_those_who_were_only_told_not_at_all() -> None:
    found = only(
        "DTSTART:20260305T100000Z",
        "ORGANIZER;CN=Dora Pinto:MAILTO:dora@example.org",
        "ATTENDEE;CN=Dora:mailto:Dora@example.org",
        'ATTENDEE;CN="Reis, Bruno":mailto:bruno@example.org',
        BRUNO,
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:fyi@example.org",
        "ATTENDEE;CUTYPE=ROOM:mailto:room@example.org",
        "ATTENDEE;CN=No Address:invalid:nomail",
    )
    assert found.others == (
        Party("e:dora@example.org", "Dora"), Party("e:bruno@example.org", "Reis, Bruno"), Party("", "No Address"),
    )  # fmt: skip


@pytest.mark.parametrize("count", [60, 3000])
def test_a_crowd_is_counted(count: int) -> None:
    found = only("DTSTART:20260305T100000Z", *(f"ATTENDEE:mailto:p{n}@example.org" for n in range(count)))
    assert (len(found.others), found.unlisted) == (50, count - 50)


def test_vcalendar_1() -> None:
    (found,) = sample("vcalendar_1.vcs").exchanges
    assert (found.context, found.others) == ("Café", (Party("e:bruno@example.org", "Bruno Reis"),))
    assert found.absent == ("e:carla@example.net",)


def test_who_has_not_answered_an_invitation() -> None:
    ada, carla = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ada@example.com", "ORGANIZER:mailto:carla@example.net"
    assert only("DTSTART:20260305T100000Z", ada, BRUNO, carla).silent == ("e:ada@example.com",)
    assert only("DTSTART:20260305T100000Z", ada, BRUNO).silent == ()  # nobody was invited by anyone
    assert only("DTSTART:20260305T100000Z", ada, BRUNO, "ORGANIZER:mailto:ada@example.com").silent == ()


# The file


@pytest.mark.parametrize("name", ["google_takeout.ics", "vcalendar_1.vcs", "x"])
def test_it_is_recognised(name: str) -> None:
    for head in (b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", b"\r\n begin : vcalendar\n"):
        assert formats.recognise(Sample(name, head)) is ics.FORMAT
    assert formats.recognise(Sample("a.ics", b"Received: by mail\r\n\r\nBEGIN:VCALENDAR\r\n")) is ics.FORMAT
    assert formats.recognise(Sample("notes.txt", b"The line BEGIN:VCALENDAR begins it")) is not ics.FORMAT


def test_out_of_a_zip() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writing:
        writing.write(SAMPLES / "google_takeout.ics", "Takeout/Calendar/ada@example.com.ics")
    (member,) = archive.members(packed)
    (batch,) = ics.read(member.open(), NOW)
    assert (len(batch.exchanges), batch.at) == (3, member.size)


def test_a_file_cut_in_the_middle_keeps_what_was_there() -> None:
    whole = calendar(event("DTSTART:20260305T100000Z", BRUNO), event("DTSTART:20260306T100000Z", BRUNO, uid="u2"))
    found = read(whole[: -len("END:VEVENT\r\nEND:VCALENDAR\r\n")])
    assert len(found.exchanges) == 2
    assert "stops without an end" in said(found)[0]


def test_lines_folded_within_a_letter_and_lines_without_end() -> None:
    start = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nDTSTART:20260305T100000Z\nSUMMARY:Caf"
    folded = start + b"\xc3\n \xa9\nDESCRIPTION:" + b"x" * 3_000_000 + b"\nATTENDEE:\n mailto:b@example.org\nEND:VEVENT"
    assert read(folded).exchanges[0].context == "Café"


def test_one_bad_event_never_costs_the_good_ones() -> None:
    bad = [event("DTSTART:yesterday", BRUNO, "SUMMARY:Bad"), event(BRUNO), event("DTSTART", "ATTENDEE", uid="")]
    found = read(calendar(*bad, event("DTSTART:20260305T100000Z", BRUNO, uid="good")))
    assert [one.external_id for one in found.exchanges] == ["ics:good:20260305T100000Z"]
    assert "The event “Bad” has no day, and was left out." in said(found)


def test_a_long_or_missing_id_is_told_by_what_the_event_says() -> None:
    ids = {only("DTSTART:20260305T100000Z", BRUNO, f"SUMMARY:{n}").external_id for n in "ab"}
    assert len(ids) == 1
    long = [read(calendar(event("DTSTART:20260305T100000Z", BRUNO, uid="x" * 900 + n))).exchanges[0] for n in "aab"]
    assert len({one.external_id for one in long}) == 2
    assert all(len(one.external_id) <= 200 for one in long)


LINES = st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:X"]
    + ["BEGIN:VALARM", "END:VALARM", "UID:a", "DTSTART:20260305T100000Z", "DTSTART;TZID=X:20260305T100000", BRUNO]
    + ["DTSTART;VALUE=DATE:20260305", "RECURRENCE-ID:20260312T100000Z", "RRULE:FREQ=WEEKLY", "EXDATE:20260312"]
    + ["RECURRENCE-ID;RANGE=THISANDFUTURE:20260312", "RDATE;VALUE=PERIOD:20260312T100000Z/PT1H", "STATUS:CANCELLED"]
    + ["RRULE:", " ", "RRULE:FREQ=MONTHLY;BYDAY=5XX", "SEQUENCE:x", "DTSTART:20260230", "ATTENDEE;CN=", "RRULE:COUNT=3"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(LINES | st.text(max_size=20), max_size=25))
def test_any_lines_are_read(lines: list[str]) -> None:
    content = "\r\n".join(("BEGIN:VEVENT", BRUNO, *lines)).encode("utf-8", "replace")
    try:
        found = read(content)
    except Unreadable:
        return
    assert all(one.at.tzinfo and one.at <= NOW for one in found.exchanges)
