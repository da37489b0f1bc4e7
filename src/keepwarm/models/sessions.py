"""The weekly session: its slots, its timer, and whom it brings up; and rhythms that go with a tag."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models

from keepwarm.core import session
from keepwarm.core.session import Wick
from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space
from keepwarm.models.touches import Touch


class TagRhythm(models.Model):
    """How often the people of one tag are to be kept, whatever their circle says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    key = models.CharField(max_length=200)  # core.facts.tag_key
    name = models.CharField(max_length=100)
    cadence = models.PositiveSmallIntegerField()  # days; 0: no rhythm

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["space", "key"], name="tag_rhythm_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.cadence}"


class Session(models.Model):
    """One user's twenty minutes of one week. The truth about its timer is here; a page only shows it."""

    class How(models.TextChoices):
        CLOCK = "clock"  # the time was up
        DONE = "done"  # everyone has had their turn
        CLOSED = "closed"  # by the user

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    week = models.DateField()  # its first day
    slots: Any = models.JSONField()  # core.session.kept, as they were when it began
    seconds = models.PositiveIntegerField()  # how long it is
    started_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    paused_seconds = models.FloatField(default=0)  # of the pauses that have ended
    ended_at = models.DateTimeField(null=True)
    beside = models.BooleanField(default=False)  # begun with the week kept already: it counts for itself
    how = models.CharField(max_length=6, choices=How, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "user", "week"], name="session_once")]

    def __str__(self) -> str:
        return f"week of {self.week}"

    @property
    def plan(self) -> tuple[session.Slot, ...]:
        return session.read(self.slots)

    @property
    def wick(self) -> Wick:
        return Wick(
            self.started_at, timedelta(seconds=self.seconds), timedelta(seconds=self.paused_seconds), self.paused_at
        )  # fmt: skip


class Step(models.Model):
    """Someone the session brings up in one of its slots, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        SKIPPED = "skipped"
        NOT_NOW = "not_now"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    session = models.ForeignKey(Session, models.CASCADE, db_index=False, related_name="steps")
    person = models.ForeignKey(Person, models.CASCADE, related_name="steps")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    slot = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=16)  # store.session_sources
    reason = models.CharField(max_length=500)
    kind = models.CharField(max_length=16)  # what to do: hello, congratulate, react, talk
    url = models.TextField(blank=True)  # where to do it, if not by a letter
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    at = models.DateTimeField(null=True)  # when that was decided
    touch = models.ForeignKey(Touch, models.SET_NULL, null=True)
    before: Any = models.JSONField(default=dict)  # what undo puts back

    class Meta:
        ordering = ["slot", "position"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="step_once")]
        indexes = [models.Index(fields=["space", "session", "slot", "position"], name="step_in_turn")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person_id}"
