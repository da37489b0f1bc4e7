"""The demo: full, plausible, the same every time, and never among anyone's own people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from keepwarm import demo
from keepwarm.core.history import Event, replay
from keepwarm.demo import Filled, cast, lives
from keepwarm.models import (
    Appointment,
    Circle,
    Fact,
    ImportRun,
    Item,
    Note,
    Person,
    Share,
    Stranger,
    Suggestion,
    Summary,
    Touch,
)
from keepwarm.store import duplicates, letters, outcomes, search, spaces
from keepwarm.store import today as store
from tests.running import Visitor, keepwarm, served, told

DAY, ZONE = date(2026, 11, 12), "Europe/Lisbon"


@pytest.fixture(scope="class")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[Filled]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.fill(DAY, ZONE)
        transaction.set_rollback(True)


def known() -> dict[str, list[tuple[object, ...]]]:
    """All that a page would show, without the ids of touches and facts."""
    people = Person.objects.order_by("id").values_list("id", "name", "title", "organisation", "relation")
    touches = Touch.objects.order_by("person", "at").values_list("person", "at", "channel", "direction", "line")
    notes = Note.objects.order_by("person", "text").values_list("person", "at", "text")
    twice = Suggestion.objects.order_by("one", "other").values_list("one__name", "other__name", "probability")
    return {"people": list(people), "twice": list(twice), "touches": list(touches), "notes": list(notes)}


@pytest.mark.django_db
class TestFilled:
    """The demo is made once for all that only look at it."""

    def test_it_works(self, filled: Filled) -> None:
        assert (filled.people, Person.objects.count()) == (400, 400)
        assert filled.touches == Touch.objects.count() > 3000
        assert filled.owner.name == "Ines Duarte"

    def test_every_page_has_something_to_show(self, filled: Filled) -> None:
        assert Note.objects.count() > 50
        assert Circle.objects.annotate(size=Count("person")).filter(size__gt=20).count() == 3
        assert Fact.objects.filter(field="category", source="user").count() > 100
        assert ImportRun.objects.filter(state="done").count() == 6
        waiting = Stranger.objects.filter(verdict=Stranger.Verdict.WAITING)
        assert waiting.filter(why="").count() >= 5
        assert waiting.exclude(why="").count() >= 5
        assert Appointment.objects.filter(at__date__gt=DAY).count() == 4
        told = outcomes.of(filled.space, filled.owner)
        assert told.all
        assert 0 < told.all.replied < told.all.sent
        assert told.by_channel
        assert Person.objects.exclude(how_met="").count() > 30
        assert Person.objects.exclude(trust="").count() > 50
        assert Touch.objects.filter(balance="give").count() > 100
        assert Touch.objects.filter(balance="ask").count() > 20
        assert Person.objects.filter(summary=None).count() > 60  # not yet spoken to: that page exists too
        assert Person.objects.filter(never=True).exists()
        assert Item.objects.count() == 8
        assert Share.objects.exclude(given_at=None).count() == 4

    def test_some_are_here_twice(self, filled: Filled) -> None:
        assert duplicates.joined(filled.space).count() == cast.PLAIN
        assert duplicates.count(filled.space) == cast.TWICE - cast.PLAIN
        assert all(pair.one.name[0] == pair.other.name[0] for pair in duplicates.open_ones(filled.space))

    def test_some_have_changed_their_job_since(self, filled: Filled) -> None:
        assert 8 <= Fact.objects.filter(field__in=["organisation", "title"]).exclude(ended_at=None).count() <= 60

    def test_silence_comes_in_every_length(self, filled: Filled) -> None:
        for low, high, least in ((0, 30, 30), (90, 365, 30), (365, 1095, 50)):
            quiet = Summary.objects.filter(
                last_on__gt=DAY - timedelta(days=high), last_on__lte=DAY - timedelta(days=low)
            )
            assert quiet.count() >= least, (low, high)

    def test_nothing_lies_ahead_or_before_three_years(self, filled: Filled) -> None:
        days = [timezone.localtime(at).date() for at in Touch.objects.values_list("at", flat=True)]
        assert DAY - timedelta(days=3 * 365 + 5) <= min(days)
        assert max(days) < DAY

    def test_summaries_are_a_replay(self, filled: Filled) -> None:
        with timezone.override(ZONE):
            for summary in Summary.objects.select_related("person"):
                rows = summary.person.touches.values_list("at", "direction", "ambient")
                totals = replay(Event(timezone.localtime(at), direction, ambient) for at, direction, ambient in rows)
                assert {name: getattr(summary, name) for name in totals._fields} == totals._asdict()
        assert Summary.objects.count() == Touch.objects.values("person").distinct().count()

    def test_today_has_three_with_history_and_letters(self, filled: Filled) -> None:
        with timezone.override(ZONE):
            owner = spaces.owner_facts(filled.space, filled.space.memberships.select_related("user").get())
            picks = store.of_day(filled.space, filled.owner, owner, DAY, timezone.now())
            three = letters.told(picks, filled.space, owner, filled.owner, DAY)
        assert [one["slot"] for one in three] == ["warm_up", "lapsed", "far_corner"]
        assert sum(one["warmth"] is not None for one in three) >= 2
        assert [one["draft"]["body"].split()[-1] for one in three] == ["Ines"] * 3

    def test_people_are_found_by_what_was_said(self, filled: Filled) -> None:
        line = Touch.objects.filter(line__startswith="The harbour atlas").first()
        assert line
        assert line.person_id in search.find(Person.objects.of(filled.space), filled.space, "harbour atlas", 0, 100).ids


@pytest.mark.django_db
def test_the_same_day_and_seed_give_the_same_people() -> None:
    first = _made(demo.SEED)
    assert _made(demo.SEED) == first
    assert _made(5)["people"] != first["people"]


def _made(seed: int) -> dict[str, list[tuple[object, ...]]]:
    """What the demo would be; nothing of it stays."""
    with transaction.atomic():
        demo.fill(DAY, ZONE, seed)
        found = known()
        transaction.set_rollback(True)
    return found


def test_names_differ_and_nobody_can_be_reached() -> None:
    members = cast.people(demo.SEED, DAY)
    assert len({member.name for member in members}) == len(members)
    cards = [member.card for member in members if member.card]
    assert all(value.value.endswith(".example") for card in cards for value in card.emails)
    assert all("-example" in card.profiles[0].value for card in cards if card.profiles)
    phones = [number.value for card in cards for number in card.phones]
    assert [phone for phone in phones if not re.search(r"555|7700 900|6 39 98", phone)] == []


def test_a_life_does_not_depend_on_the_others() -> None:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    member = next(member for member in cast.people(demo.SEED, DAY) if member.tie.name == "weekly")
    assert lives.touches(member, 1, DAY, ZoneInfo(ZONE)) == lives.touches(member, 1, DAY, ZoneInfo(ZONE))


# The command


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder given by its name, and what the command said."""
    data = tmp_path_factory.mktemp("demo") / "data"
    return data, keepwarm(data, "demo", "--no-serve")


@pytest.mark.server
def test_the_command_says_where_and_how_to_open_it(made: tuple[Path, str]) -> None:
    data, said = made
    assert "400 invented people" in said
    assert str(data) in said
    assert "keepwarm serve --port" in said


@pytest.mark.server
def test_its_link_signs_in(made: tuple[Path, str]) -> None:
    data, said = made
    token = re.search(r"/welcome/(\S+)", said)[1]  # type: ignore[index]
    with served(data) as server:
        visitor = Visitor(server.address)
        assert "Ines Duarte" in visitor.get(f"/welcome/{token}").text
        visitor.post(f"/welcome/{token}")
        assert "Three people" in visitor.get("/").text


@pytest.mark.server
def test_a_folder_that_is_not_empty_is_left_alone(made: tuple[Path, str], tmp_path: Path) -> None:
    data, _ = made
    assert "is not empty" in keepwarm(data, "demo", "--no-serve", status=1)
    (tmp_path / "letter.txt").write_text("mine")
    assert "is not empty" in keepwarm(tmp_path, "demo", "--no-serve", status=1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.server
def test_the_demo_has_three_for_today(made: tuple[Path, str]) -> None:
    data, _ = made
    assert len(told(data, "today")) == 3


@pytest.mark.server
def test_without_a_folder_given_it_has_its_own(tmp_path: Path) -> None:
    import os  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    from tests.running import COMMAND, environment  # noqa: PLC0415

    home = environment(tmp_path / "unused") | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "share")}
    del home["KEEPWARM_DATA"]

    def run(*more: str) -> str:
        asked = [*COMMAND, "demo", "--no-serve", *more]
        ran = subprocess.run(asked, env=home, capture_output=True, text=True, timeout=120, check=True)
        return ran.stdout

    assert "400 invented people" in run()
    assert "The demo you made before" in run()
    assert "400 invented people" in run("--fresh")
    own = [Path(folder) for folder, _, files in os.walk(tmp_path) if "keepwarm.sqlite3" in files]
    assert [folder.name for folder in own] == ["keepwarm-demo"]
