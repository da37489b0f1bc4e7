"""A person's history in one row: whatever came, went and changed, in any order, it is that of the touches there are."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import log1p
from typing import Any

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from keepwarm.core.touches import Exchange, Party
from keepwarm.formats.batch import Batch
from keepwarm.models import ImportRun, OwnerFact, Person, Space, Summary, Touch
from keepwarm.store import history, summaries, touches
from keepwarm.store import imports as runs
from tests.build import bring_in, card
from tests.conftest import NOW

TODAY = timezone.localtime(NOW).date()
ME = Party("e:me@example.com")
PEOPLE = ("ann", "bob")
STEPS = ("log", "file", "wide", "move", "give", "turn", "delete", "back", "undo")


def expected(person: Person) -> dict[str, Any] | None:
    """The row, counted anew in the plainest way."""
    held = list(Touch.objects.filter(person=person, deleted_at=None).order_by("at", "direction"))
    if not held:
        return None
    direct = [touch for touch in held if not touch.ambient]
    days = sorted({timezone.localtime(touch.at).date() for touch in direct})
    recent = TODAY - timedelta(days=90)
    near = sum(touch.ambient and timezone.localtime(touch.at).date() >= recent for touch in held)
    sent, received = (sum(touch.direction != way for touch in direct) for way in ("in", "out"))
    weeks = len({day.isocalendar()[:2] for day in days})
    return {
        "weeks": weeks, "sent": sent, "received": received, "ambient90": near,
        "first_on": min(days, default=None), "last_on": max(days, default=None),
        "answers": sum(_answered(direct, place) for place in range(len(direct))),
        "unanswered": _unanswered(direct),
        "depth": log1p(weeks) * log1p(min(sent, received)) * (1 + log1p(near)),
    }  # fmt: skip


def _answered(direct: list[Touch], place: int) -> int:
    """A word of theirs counts once where the last try before it, with no other word between, is 14 days old or less."""
    touch = direct[place]
    if touch.direction == "out":
        return 0
    before = direct[place - 1] if place and direct[place - 1].direction == "out" else None
    return (touch.direction == "both") + bool(before and touch.at - before.at <= timedelta(days=14))


def _unanswered(direct: list[Touch]) -> int:
    count = 0
    for touch in reversed(direct):
        if touch.direction != "out":
            break
        count += 1
    return count


class InAnyOrder(TestCase):
    """Two people, and all that can happen to their touches."""

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 400), st.booleans()), max_size=14))
    def test_the_row_is_that_of_the_touches(self, steps: list[tuple[str, int, bool]]) -> None:
        space = Space.objects.create(name="any")
        bring_in(space, *[card(name, f"EMAIL:{name}@example.org", uid=name) for name in PEOPLE])
        OwnerFact.objects.create(space=space, kind="email", value="me@example.com", source="user", seen_at=NOW)
        self.people = list(Person.objects.filter(space=space).order_by("name"))
        self.files: list[ImportRun] = []
        for step, number, flag in steps:
            self.take(step, number, flag)
        for person in self.people:
            row = Summary.objects.filter(person=person).values().first()
            told = expected(person)
            assert (row and {name: row[name] for name in told or {}}) == told, (steps, person.name)

    def take(self, step: str, number: int, flag: bool) -> None:
        at, who = NOW - timedelta(days=number, minutes=number), self.people[flag]
        held = list(Touch.objects.filter(person__in=self.people).order_by("made_at", "id"))
        if step == "log":
            touches.log(who, None, at, NOW, channel="call", direction=("both", "out", "in")[number % 3])
        elif step in ("file", "wide"):
            self.read(at, flag, 11 if step == "wide" else 0)
        elif step == "undo" and self.files:
            runs.undo(self.files.pop(), NOW)
        elif held:
            self.change(step, held[number % len(held)], at, who)

    def read(self, at: datetime, flag: bool, unlisted: int) -> None:
        """Letters to and from both, in a file of their own."""
        run = runs.start(self.people[0].space, None, NOW - timedelta(seconds=len(self.files)))
        them = [Party(f"e:{name}@example.org") for name in PEOPLE]
        letters = [
            Exchange(1, f"{at}{n}", at - timedelta(days=n), "mail", *((ME, (them[n],)) if flag else (them[n], (ME,))))
            for n in range(len(them))
        ]
        letters = [one._replace(unlisted=unlisted) for one in letters]
        history.Recorder(run).take(Batch(exchanges=letters), "mail", NOW)
        self.files.append(run)

    def change(self, step: str, touch: Touch, at: datetime, who: Person) -> None:
        if step == "move":
            touches.edit(touch, None, NOW, at=at)
        elif step == "give":
            touches.edit(touch, None, NOW, person_id=who.id)
        elif step == "turn":
            touches.edit(touch, None, NOW, direction="out")
        elif step == "delete":
            touches.delete(touch, None, NOW)
        else:
            touches.put_back(touch, NOW)


class Fading(TestCase):
    """What two people were both on counts for ninety days."""

    def test_it_works(self) -> None:
        space = Space.objects.create(name="any")
        bring_in(space, card("ann"))
        ann = Person.objects.get()
        for days in (1, 60):
            at = NOW - timedelta(days=days)
            touches.log(ann, None, at, NOW, channel="mail", direction="in", ambient=True)
        assert Counter(Summary.objects.values_list("ambient90", flat=True)) == {2: 1}
        for later, left in ((0, 2), (31, 1), (95, 0), (400, 0)):
            summaries.fade(TODAY + timedelta(days=later))
            assert Summary.objects.get().ambient90 == left, later

    def test_a_day_is_the_owners(self) -> None:
        space = Space.objects.create(name="any")
        bring_in(space, card("ann"))
        late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
        with timezone.override("Asia/Tokyo"):
            touches.log(Person.objects.get(), None, late, NOW, channel="mail", direction="in")
        assert Summary.objects.get().last_on == date(2026, 3, 3)
