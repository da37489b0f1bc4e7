"""Mailboxes and calendars outside that Keepwarm reads by itself, and how far it has come in each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space


class Account(models.Model):
    """A mailbox (IMAP) or a calendar (a secret address). What opens it is kept encrypted."""

    class Kind(models.TextChoices):
        MAILBOX = "mailbox"
        CALENDAR = "calendar"

    class State(models.TextChoices):
        RESTING = "resting"  # read to the end, and due again at `next_at`
        READING = "reading"
        FAILED = "failed"  # `trouble` says why; tried again at `next_at`
        PAUSED = "paused"  # by the user, or until they sign in again

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=200)  # for the user: an address, or what they call the calendar
    settings: Any = models.JSONField(default=dict)  # host, port, security, user name, way of signing in
    secret = models.TextField(blank=True)  # store.secrets: encrypted with a key outside the database
    state = models.CharField(max_length=8, choices=State, default=State.RESTING)
    trouble = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    # By folder: UIDVALIDITY and the UIDs read so far; of a calendar: ETag and Last-Modified.
    cursor: Any = models.JSONField(default=dict)
    shelf_folder = models.CharField(max_length=200, blank=True)  # of a mailbox: what lies in it goes onto the shelf
    done = models.PositiveIntegerField(default=0)  # of this reading
    total = models.PositiveIntegerField(default=0)
    # What came from here, so that it can be taken back as an import can.
    run = models.OneToOneField("ImportRun", models.SET_NULL, null=True, related_name="account")
    claim = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # when it was last read to the end
    next_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["space", "made_at"], name="account_of_space"),
            models.Index(fields=["next_at"], name="account_due"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits(self) -> bool:
        """Whether a reader is on its way: told to read, and not begun."""
        if self.state != self.State.RESTING or self.next_at is None:
            return False
        return self.read_at is None or (self.beat_at is not None and self.beat_at > self.read_at)


class Appointment(models.Model):
    """Someone the owner will meet, from a calendar: no exchange yet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    at = models.DateTimeField()
    title = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=32)
    external_id = models.CharField(max_length=200)  # as of the touch that it becomes
    run = models.ForeignKey("ImportRun", models.CASCADE, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person", "external_id"], name="appointment_once")]
        indexes = [models.Index(fields=["space", "at"], name="appointment_at")]

    def __str__(self) -> str:
        return f"{self.title} at {self.at:%Y-%m-%d}"
