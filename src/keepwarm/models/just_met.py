"""Whom the owner has just met, and at which event."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space
from keepwarm.models.touches import Touch


class Event(models.Model):
    """An occasion at which one meets several people: a fair, a dinner, a talk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    name = models.CharField(max_length=200)
    day = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)  # shared by all who were met there
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["space", "-day", "-made_at"], name="event_newest")]

    def __str__(self) -> str:
        return self.name


class FirstMeeting(models.Model):
    """The day on which the owner met someone; the first weeks after it decide whether a tie lives."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="first_meetings")
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="meetings")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    on = models.DateField()
    touch = models.ForeignKey(Touch, models.SET_NULL, null=True, related_name="+")  # which the meeting itself is
    let_go_at = models.DateTimeField(null=True)  # the owner wants no more reminders of the first weeks
    made_at = models.DateTimeField()
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="first_meeting_once")]
        indexes = [
            models.Index(fields=["space", "on"], name="first_meeting_on", condition=Q(let_go_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.on:%Y-%m-%d}"
