"""Pairs that may be one person, with what the user said of them, which is remembered for ever."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space


class Suggestion(models.Model):
    """Two people who may be one; the lower id first."""

    class State(models.TextChoices):
        OPEN = "open"
        LATER = "later"  # asked again with the next import that knows more of them, or from the end of the list
        SAME = "same"
        TWO = "two"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    one = models.ForeignKey(Person, models.CASCADE, related_name="suggested_first")
    other = models.ForeignKey(Person, models.CASCADE, related_name="suggested_second")
    probability = models.FloatField()
    levels: Any = models.JSONField(default=list)  # core.identity.Levels
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "one", "other"], name="suggestion_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="suggestion_in_order"),
        ]
        indexes = [models.Index(fields=["space", "state", "-probability", "id"], name="suggestion_open")]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}: {self.state}"


class Likeness(models.Model):
    """How far a space has been looked through for people who are here twice, and what was learnt from it."""

    space = models.OneToOneField(Space, models.CASCADE, primary_key=True, related_name="likeness")
    looked_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(default=0)  # as many were there when it was learnt
    learnt: Any = models.JSONField(default=dict)  # core.identity: the shares of each level

    def __str__(self) -> str:
        return f"{self.space_id} at {self.looked_at}"
