"""What files tell of exchanges: whose they are, once each, and back again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO

import pytest

from keepwarm import formats
from keepwarm.core.touches import Exchange, KnownSince, Party, TouchRecord
from keepwarm.formats import monica
from keepwarm.formats.batch import Batch, Format, Unreadable
from keepwarm.imports import work
from keepwarm.models import Fact, ImportRun, Person, Summary, Touch
from keepwarm.store import edits, history, touches
from keepwarm.store import imports as runs
from keepwarm.store.records import CROWD
from tests.build import Clock, bring_in, card, check, connections, here, person, upload_files
from tests.conftest import NOW, Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
ANN = "Ann,Lee,https://www.linkedin.com/in/annlee,ann@example.com,Acme,CEO,"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
HELLO = (
    'Ann Lee,Ada,"7/30/25, 9:00 AM",Hello,INCOMING,https://www.linkedin.com/in/annlee,https://www.linkedin.com/in/ada\n'
)
NO_WORD = HELLO.replace("Hello", "").replace("7/30/25", "7/29/25")
ENDORSED = "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status\n"
SKILL = "2023/05/04 10:11:12 UTC,Maps,Ann,Lee,www.linkedin.com/in/annlee,ACCEPTED\n"


def files(connected: str = "", *, hello: str = HELLO, skill: str = SKILL) -> dict[str, str | bytes]:
    """A small export, the people last."""
    return {
        "Endorsement_Given_Info.csv": ENDORSED + skill,
        "Invitations.csv": INVITATIONS + hello,
        "Connections.csv": connections(ANN + connected),
    }


def told(ann: Person) -> list[tuple[str, str, str, str]]:
    rows = Touch.objects.filter(person=ann).order_by("at")
    return list(rows.values_list("kind", "direction", "balance", "context"))


def undo(run: ImportRun) -> int:
    return runs.undo(run, LATER)


# In


def test_it_works(cast: Cast) -> None:
    run = bring_in(cast.home, **files())
    assert run.counts == {"new": 1, "hidden": 0, "touches": 2}
    ann = person(cast.home, "Ann Lee")
    assert told(ann) == [("endorsement", "out", "give", "Maps"), ("invitation", "in", "neutral", "")]
    assert (ann.summary.sent, ann.summary.received, ann.summary.last_on) == (1, 1, date(2025, 7, 30))
    assert {touch.run_id for touch in ann.touches.all()} == {run.id}


def test_the_same_files_again_bring_nothing(cast: Cast) -> None:
    bring_in(cast.home, **files())
    before = list(Touch.objects.order_by("id").values())
    assert "touches" not in bring_in(cast.home, at=LATER, **files()).counts
    assert list(Touch.objects.order_by("id").values()) == before


def test_the_check_counts_them_and_writes_none(cast: Cast) -> None:
    run = check(cast.home, files("01 Jan 2024", hello=HELLO + NO_WORD))
    assert run.counts == {"new": 1, "hidden": 0, "touches": 2}
    assert not Touch.objects.exists()


def test_a_file_that_repeats_itself(cast: Cast) -> None:
    assert bring_in(cast.home, **files(hello=HELLO + HELLO)).counts["touches"] == 2


def test_a_run_that_goes_on_counts_what_it_had_stored(cast: Cast) -> None:
    run = bring_in(cast.home, **files())
    kind = formats.named("linkedin-invitations")
    assert kind is not None
    [batch] = kind.read(io.BytesIO((INVITATIONS + HELLO).encode()))
    recorder = history.Recorder(run)
    recorder.take(batch, kind.source, NOW)
    assert recorder.counts == {}
    runs.count_stored(run)
    assert run.counts["touches"] == 2


def test_nobody_is_made(cast: Cast) -> None:
    run = bring_in(cast.home, **{"Invitations.csv": INVITATIONS + HELLO + NO_WORD})
    assert run.counts == {"strangers": 1}
    assert run.state == ImportRun.State.DONE
    assert here(cast.home) == []


def test_what_came_too_early_comes_with_the_next_import(cast: Cast) -> None:
    bring_in(cast.home, **{"Invitations.csv": INVITATIONS + HELLO})
    assert bring_in(cast.home, at=LATER, **files()).counts["touches"] == 2


def test_the_name_alone_will_do_where_one_bears_it(cast: Cast) -> None:
    bring_in(cast.home, card("Ánn  Lee", "EMAIL:ann@example.com"))
    assert bring_in(cast.home, **{"Invitations.csv": INVITATIONS + HELLO}).counts["touches"] == 1


@pytest.mark.parametrize(
    "others",
    [
        [card("Ann Lee", "EMAIL:a@example.com"), card("Ann Lee", "EMAIL:b@example.com")],  # two of the name
        [card("Ann Lee", "URL:https://www.linkedin.com/in/another-ann")],  # another profile
        [card("Bob Fox", "URL:https://www.linkedin.com/in/annlee")],  # the key, but another name
    ],
)
def test_where_it_is_not_sure_it_is_left_out(cast: Cast, others: list[str]) -> None:
    bring_in(cast.home, *others)
    counts = bring_in(cast.home, **{"Invitations.csv": INVITATIONS + HELLO}).counts
    assert (counts.get("touches", 0), counts["strangers"]) == (0, 1)
    assert check(cast.home, {"Invitations.csv": INVITATIONS + HELLO}).counts == counts


def test_two_who_share_an_address_are_told_apart_by_name(cast: Cast) -> None:
    link = "URL:https://www.linkedin.com/in/annlee"
    bring_in(cast.home, card("Annabel Lee", link, uid="1"), card("Bob Lee", link, uid="2"))
    bring_in(cast.home, **{"Invitations.csv": INVITATIONS + HELLO})
    assert Touch.objects.get().person.name == "Annabel Lee"


def test_people_in_the_trash_are_not_here(cast: Cast) -> None:
    bring_in(cast.home, **files())
    Touch.objects.all().delete()
    Person.objects.update(deleted_at=NOW)
    assert bring_in(cast.home, at=LATER, **files()).counts["strangers"] == 2


def test_spaces_do_not_meet(cast: Cast) -> None:
    bring_in(cast.away, **files())
    assert "touches" not in bring_in(cast.home, **{"Invitations.csv": INVITATIONS + HELLO}).counts


def test_the_zone_of_the_owner_says_what_day_it_was(cast: Cast) -> None:
    late = HELLO.replace("9:00 AM", "11:30 PM")  # half past midnight in Lisbon
    run = upload_files(cast.home, files(hello=late), cast.ada)
    runs.turn(run, (ImportRun.State.READING,), ImportRun.State.WRITING, NOW)
    work.write(run.id, Clock())
    assert Summary.objects.get().last_on == date(2025, 7, 31)
    assert Touch.objects.first().author == cast.ada  # type: ignore[union-attr]


def test_people_and_exchanges_in_one_file(cast: Cast) -> None:
    contact = {
        "uuid": "a", "properties": {"first_name": "Ann", "last_name": "Lee"},
        "data": [{"type": "call", "values": [{"uuid": "c", "properties": {"called_at": "2024-05-06"}}]}],
    }  # fmt: skip
    export = {"version": "x", "app_version": "4", "account": {"data": [{"type": "contact", "values": [contact]}]}}
    run = bring_in(cast.home, **{"monica.json": json.dumps(export)})
    assert run.files.get().format == monica.FORMAT.name
    assert run.counts["touches"] == 1
    assert told(person(cast.home, "Ann Lee"))[0][1:] == ("out", "neutral", "")
    undo(run)
    assert here(cast.home) == []


# Since when


def test_an_invitation_without_a_word_tells_since_when(cast: Cast) -> None:
    run = bring_in(cast.home, **files(hello=NO_WORD))
    assert (run.counts["touches"], run.counts["known_since"]) == (1, 1)
    assert person(cast.home, "Ann Lee").known_since == date(2025, 7, 29)
    fact = Fact.objects.get(field="known_since")
    assert (fact.source, fact.record_id, fact.seen_at) == ("linkedin", None, NOW)
    assert "known_since" not in bring_in(cast.home, at=LATER, **files(hello=NO_WORD)).counts


def test_what_is_known_stays(cast: Cast) -> None:
    run = bring_in(cast.home, **files("01 Jan 2024", hello=NO_WORD))
    assert "known_since" not in run.counts
    assert person(cast.home, "Ann Lee").known_since == date(2024, 1, 1)


# Out


def test_undo_takes_them_back(cast: Cast) -> None:
    bring_in(cast.home, card("Ann Lee", "EMAIL:ann@example.com", uid="a"))
    ann = person(cast.home, "Ann Lee")
    touches.log(ann, cast.ada, datetime(2020, 1, 1, tzinfo=UTC), NOW, channel="mail", direction="out")
    run = bring_in(cast.home, at=LATER, **files(hello=HELLO + NO_WORD))
    assert Summary.objects.get().received == 1
    assert person(cast.home, "Ann Lee").known_since
    undo(run)
    ann = person(cast.home, "Ann Lee")
    assert ann.touches.count() == 1
    assert (ann.summary.received, ann.summary.last_on) == (0, date(2020, 1, 1))
    assert ann.known_since is None
    assert not Fact.objects.filter(field="known_since").exists()


def test_undo_of_everyone(cast: Cast) -> None:
    run = bring_in(cast.home, **files(hello=HELLO + NO_WORD))
    assert undo(run) == 0
    assert not Person.objects.exists()
    assert not Touch.objects.exists()
    assert not Summary.objects.exists()


def test_they_can_come_in_again(cast: Cast) -> None:
    undo(bring_in(cast.home, **files()))
    assert bring_in(cast.home, at=LATER, **files()).counts["touches"] == 2


def test_an_exchange_that_was_put_right_stays_with_its_person(cast: Cast) -> None:
    run = bring_in(cast.home, **files())
    touches.edit(Touch.objects.get(kind="invitation"), cast.ada, LATER, direction="out")
    assert undo(run) == 1
    assert [(touch.kind, touch.direction) for touch in Touch.objects.all()] == [("invitation", "out")]
    assert [why for _, why in runs.left_behind(run)] == ["you have been in touch since"]


def test_an_exchange_that_was_written_to_stays(cast: Cast) -> None:
    run = bring_in(cast.home, **files())
    touches.say(Touch.objects.get(kind="endorsement"), "maps, and the sea")
    undo(run)
    assert Touch.objects.get().line == "maps, and the sea"


def test_an_exchange_that_was_deleted_stays_so(cast: Cast) -> None:
    bring_in(cast.home, **files())
    touches.delete(Touch.objects.get(kind="invitation"), cast.ada, LATER)
    assert "touches" not in bring_in(cast.home, at=LATER, **files()).counts
    assert Touch.objects.filter(deleted_at=None).count() == 1


def test_an_exchange_that_was_given_to_someone_else_stays_so(cast: Cast) -> None:
    bring_in(cast.home, card("Bob Fox"))
    bring_in(cast.home, **files())
    bob = person(cast.home, "Bob Fox")
    touches.edit(Touch.objects.get(kind="invitation"), cast.ada, LATER, person_id=bob.id)
    assert "touches" not in bring_in(cast.home, at=LATER, **files()).counts
    assert [touch.kind for touch in bob.touches.all()] == ["invitation"]


def test_the_users_own_day_is_not_taken_back(cast: Cast) -> None:
    run = bring_in(cast.home, **files(hello=NO_WORD))
    ann = person(cast.home, "Ann Lee")
    edits.edit(ann, {"title": "Chair"}, ann.version, LATER)
    assert undo(run) == 1
    assert person(cast.home, "Ann Lee").title == "Chair"


def test_queries_stay_flat(cast: Cast, django_assert_max_num_queries: object) -> None:
    people = "".join(f"P{n},Q,https://www.linkedin.com/in/p{n},,Acme,CEO,01 Jan 2024\n" for n in range(200))
    said = "".join(HELLO.replace("Ann Lee", f"P{n} Q").replace("annlee", f"p{n}") for n in range(200))
    bring_in(cast.home, **{"Connections.csv": connections(people.rstrip())})
    with django_assert_max_num_queries(70):  # type: ignore[operator]
        run = bring_in(cast.home, **{"Invitations.csv": INVITATIONS + said})
    assert run.counts["touches"] == 200


# What one batch cannot know


def letters(*batches: Batch, breaking: bool = False) -> Format:
    """A format of these batches, which breaks off behind them."""

    def read(file: BinaryIO) -> Iterator[Batch]:
        yield from batches
        if breaking:
            raise Unreadable("It breaks off.", "Save it again.")

    return Format("letters", "Letters", "mail", lambda sample: sample.head == b"letters", read, people_first=True)


def known(day: date) -> KnownSince:
    return KnownSince(1, "e:ann@example.com", "Ann Lee", day)


def test_the_earliest_day_of_the_whole_run_counts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2020, 5, 1), date(2015, 3, 2), date(2018, 1, 1)]
    monkeypatch.setattr(formats, "FORMATS", (letters(*[Batch(known=[known(day)]) for day in days]), *formats.FORMATS))
    run = bring_in(cast.home, **{"phone.vcf": card("Ann Lee", "EMAIL:ann@example.com"), "x": b"letters"})
    assert person(cast.home, "Ann Lee").known_since == date(2015, 3, 2)
    assert run.counts["known_since"] == 1


def test_what_was_read_before_a_file_broke_off_is_there_and_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hello = Exchange(1, "1", NOW, "mail", Party("e:ann@example.com"), (), mine=False)
    broken = letters(Batch(exchanges=[hello], at=3), breaking=True)
    monkeypatch.setattr(formats, "FORMATS", (broken, *formats.FORMATS))
    run = bring_in(cast.home, **{"phone.vcf": card("Ann Lee", "EMAIL:ann@example.com"), "x": b"letters"})
    assert person(cast.home, "Ann Lee").touches.count() == 1
    assert run.state == ImportRun.State.DONE
    assert [(file.format, file.refusal) for file in run.files.all()] == [("vcard", ""), ("letters", "It breaks off.")]


def test_of_a_crowd_behind_one_address_only_the_very_name_counts(cast: Cast) -> None:
    crowd = [card(f"Ann Lee{n:c}", "EMAIL:ann@example.com", uid=str(n)) for n in range(ord("A"), ord("A") + CROWD + 1)]
    run = bring_in(cast.home, *crowd)
    told = [TouchRecord(1, name, "e:ann@example.com", name, NOW, "mail", "in") for name in ("A Lee", "Ann", "Ann LeeC")]
    recorder = history.Recorder(run)
    recorder.take(Batch(touches=told), "mail", NOW)
    assert [touch.person.name for touch in Touch.objects.all()] == ["Ann LeeC"]
    assert recorder.counts == {"touches": 1, "strangers": 2}
