"""What a calendar says of the weeks to come: kept, replaced, and reason enough not to suggest someone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from keepwarm.core.reconnect import Owner
from keepwarm.imports import work
from keepwarm.models import Appointment, Membership, Person, Pick, Touch
from keepwarm.store import imports as runs
from keepwarm.store import meetings, today
from tests.build import Clock, bring_in, card, network, person, upload_files
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
ME = Owner(name="Ada Example")
BRUNO = card("Bruno Reis", "EMAIL:bruno@example.org", uid="b")


def calendar(*meetings: tuple[str, str], others: int = 0) -> str:
    """Meetings of Ada: `calendar(("20261119T100000Z", "bruno@example.org"))`."""
    crowd = "".join(f"ATTENDEE:mailto:p{n}@example.org\r\n" for n in range(others))
    events = (
        f"BEGIN:VEVENT\r\nUID:{at}\r\nDTSTART:{at}\r\nSUMMARY:Lunch\r\nATTENDEE:mailto:ada@example.com\r\n"
        f"ATTENDEE:mailto:{whom}\r\n{crowd}END:VEVENT\r\n"
        for at, whom in meetings
    )
    return f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n"


def bring(cast: Cast, content: str, name: str = "ada.ics", at: datetime = NOW) -> object:
    run = upload_files(cast.home, {name: content}, cast.ada, at)
    runs.turn(run, (run.State.READING,), run.State.WRITING, at)
    return work.write(run.id, Clock(at))


def ahead(cast: Cast) -> list[tuple[str, str]]:
    held = Appointment.objects.filter(space=cast.home).order_by("at").values_list("person__name", "at")
    return [(name, f"{at.astimezone(UTC):%d %H:%M}") for name, at in held]


def test_it_works(cast: Cast) -> None:
    bring_in(cast.home, BRUNO)
    bring(cast, calendar(("20261119T100000Z", "bruno@example.org"), ("20261001T100000Z", "bruno@example.org")))
    assert ahead(cast) == [("Bruno Reis", "19 10:00")]
    assert Touch.objects.get().at == datetime(2026, 10, 1, 10, tzinfo=UTC)
    bruno = person(cast.home, "Bruno Reis")
    assert meetings.next_of(cast.home.id, [bruno.id], NOW)[bruno.id].title == "Lunch"


def test_the_same_again_is_the_same_and_what_is_off_goes(cast: Cast) -> None:
    bring_in(cast.home, BRUNO)
    first = calendar(("20261119T100000Z", "bruno@example.org"), ("20261126T100000Z", "bruno@example.org"))
    bring(cast, first)
    bring(cast, first)
    assert ahead(cast) == [("Bruno Reis", "19 10:00"), ("Bruno Reis", "26 10:00")]
    bring(cast, calendar(("20261127T100000Z", "bruno@example.org")))
    assert ahead(cast) == [("Bruno Reis", "27 10:00")]
    bring(cast, calendar(("20261203T100000Z", "bruno@example.org")), name="other.ics")
    assert len(ahead(cast)) == 2
    bring(cast, calendar())
    assert ahead(cast) == [("Bruno Reis", "03 10:00")]


def test_when_it_has_been_it_is_an_exchange(cast: Cast) -> None:
    bring_in(cast.home, BRUNO)
    content = calendar(("20261119T100000Z", "bruno@example.org"))
    bring(cast, content)
    assert not Touch.objects.exists()
    bring(cast, content, at=NOW + timedelta(days=8))
    assert (ahead(cast), Touch.objects.count()) == ([], 1)


def test_with_whom_there_is_none_yet(cast: Cast) -> None:
    """Nobody is made by what lies ahead; whom a past meeting makes is here for the next one too."""
    bring(cast, calendar(("20261119T100000Z", "bruno@example.org")))
    assert not Person.objects.exists()
    bring(cast, calendar(("20261119T100000Z", "bruno@example.org"), ("20261001T100000Z", "bruno@example.org")))
    assert len(ahead(cast)) == 1


def test_a_crowd_is_no_meeting_with_anyone(cast: Cast) -> None:
    bring_in(cast.home, BRUNO)
    bring(cast, calendar(("20261119T100000Z", "bruno@example.org"), others=11))
    assert ahead(cast) == []


def test_titles_are_not_kept_where_the_user_says_so(cast: Cast) -> None:
    bring_in(cast.home, BRUNO)
    Membership.objects.filter(user=cast.ada).update(keep_context=False)
    bring(cast, calendar(("20261119T100000Z", "bruno@example.org")))
    assert Appointment.objects.get().title == ""


def test_undo_takes_it_back(cast: Cast) -> None:
    bring_in(cast.home, BRUNO)
    run = bring(cast, calendar(("20261119T100000Z", "bruno@example.org")))
    runs.undo(run, NOW)  # type: ignore[arg-type]
    assert ahead(cast) == []


@pytest.mark.parametrize(
    ("at", "left_out"),
    [
        (datetime(2026, 11, 12, 7, tzinfo=UTC), True),  # today, and it has been
        (datetime(2026, 11, 25, 20, tzinfo=UTC), True),
        (datetime(2026, 11, 26, 20, tzinfo=UTC), False),
        (datetime(2026, 11, 11, 20, tzinfo=UTC), False),
    ],
)
def test_who_is_met_soon_is_not_suggested(cast: Cast, at: datetime, left_out: bool) -> None:
    (one,) = network(cast.home, 1)
    Appointment.objects.create(space=cast.home, person=one, at=at, source="x", external_id="1")
    with timezone.override("Europe/Lisbon"):
        chosen = today.for_day(cast.home, ME, DAY)
    assert (chosen == []) is left_out


def test_a_wish_is_stronger_than_a_meeting(cast: Cast) -> None:
    (one,) = network(cast.home, 1)
    Person.objects.update(hello_wanted_on=DAY)
    Appointment.objects.create(space=cast.home, person=one, at=NOW, source="x", external_id="1")
    assert len(today.for_day(cast.home, ME, DAY)) == 1


def test_another_space_has_no_part_in_it(cast: Cast) -> None:
    bring_in(cast.away, BRUNO)
    bring(cast, calendar(("20261119T100000Z", "bruno@example.org")))
    assert not Appointment.objects.exists()
    assert not Pick.objects.exists()
