"""How each member is reminded: when, by which ways, and every nudge with what became of it."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.conf import settings
from django.db import models

from keepwarm.models.ids import new_id
from keepwarm.models.spaces import Space


class Reminder(models.Model):
    """When a member wants a nudge, in their own zone, and the secret address of their calendar."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    days = models.CharField(max_length=7, default="0", blank=True)  # weekdays, 0 is Monday
    at = models.TimeField(default=time(8))
    quiet_from = models.TimeField(null=True, default=time(21))
    quiet_until = models.TimeField(null=True, default=time(7))
    since = models.DateTimeField()  # when the plan was made or changed: no nudge is due from before
    next_at = models.DateTimeField(null=True)  # when to look whether one is due
    feed = models.UUIDField(null=True, unique=True)  # named by its address, with a proof; null: there is none

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "user"], name="reminder_once")]
        indexes = [models.Index(fields=["next_at"], name="reminder_due")]

    def __str__(self) -> str:
        return f"{self.days} at {self.at}"


class Channel(models.Model):
    """A way to reach a member: mail, or push by an Apprise address. What opens it is kept encrypted."""

    class Kind(models.TextChoices):
        MAIL = "mail"
        PUSH = "push"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=200)
    settings: Any = models.JSONField(default=dict)  # of mail: to, and host, port, security, user, sender
    secret = models.TextField(blank=True)  # store.secrets: encrypted with a key outside the database
    on = models.BooleanField(default=True)
    trouble = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["space", "user", "made_at"], name="channel_of_member")]

    def __str__(self) -> str:
        return self.name


class Nudge(models.Model):
    """One nudge to one member: one for a day of their plan, and one on any day.

    CHOSEN is made in the transaction that chooses the day; SENDING is kept before the letter is handed over, SENT
    after. What a kill leaves in between is told apart by it: see docs/decisions/reminders.md.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen"
        SENDING = "sending"
        SENT = "sent"
        EMPTY = "empty"  # there was nothing to say
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True)  # by which it goes, or went
    day = models.DateField()  # of the plan
    on_day = models.DateField()  # on which it goes: later, where the machine slept or the server was away
    due_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # when it is let go
    state = models.CharField(max_length=8, choices=State, default=State.CHOSEN)
    claim = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "user", "day"], name="nudge_once"),
            models.UniqueConstraint(fields=["space", "user", "on_day"], name="nudge_a_day"),
        ]
        indexes = [
            models.Index(
                fields=["state", "next_at"], name="nudge_open", condition=models.Q(state__in=["chosen", "sending"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.state}"
