"""Who was proposed on which day and what became of it, and the drafts written for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Cast

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space, User
from keepwarm.models.touches import Touch


def once_each(name: str, *fields: str, where: Q | None = None) -> list[models.BaseConstraint]:
    """Unique per space and user, and per space while nobody has claimed it: a null equals no null."""
    where = where if where is not None else Q()
    return [
        models.UniqueConstraint(fields=["space", "user", *fields], name=name, condition=where & Q(user__isnull=False)),
        models.UniqueConstraint(
            fields=["space", *fields], name=f"{name}_unclaimed", condition=where & Q(user__isnull=True)
        ),
    ]


class PickQuerySet(models.QuerySet["Pick"]):
    def with_outcomes(self, viewer: User | None) -> PickQuerySet:
        """With `replied_at` and `met_at`, the first word from them and the first meeting since that day, if any.

        They are looked up, not kept: so they are right whatever is read, put right or taken back, and in which order.
        """
        day = Cast(OuterRef("day"), models.DateTimeField())
        held = Touch.objects.filter(space=OuterRef("space"), person=OuterRef("person"), at__gte=day)
        word = held.seen_by(viewer).filter(deleted_at=None, ambient=False).exclude(direction="out").order_by("at")
        return self.annotate(
            replied_at=Subquery(word.values("at")[:1]),
            met_at=Subquery(word.filter(channel="meeting").values("at")[:1]),
        )


class Pick(models.Model):
    """One suggestion of one day: shown, then sent, swapped, put off or refused. Kept as evidence."""

    class State(models.TextChoices):
        SHOWN = "shown"
        SENT = "sent"
        TALKED = "talked"
        SWAPPED = "swapped"
        NOT_NOW = "not_now"
        NEVER = "never"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)  # null until claimed
    person = models.ForeignKey(Person, models.CASCADE, related_name="picks")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    day = models.DateField()
    position = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State, default=State.SHOWN)
    score = models.FloatField()
    silence = models.PositiveIntegerField(null=True)  # days of it as they were proposed; null: nothing was on record
    reasons: Any = models.JSONField(default=list)
    before: Any = models.JSONField(default=dict)  # what undo puts back
    touch = models.ForeignKey(Touch, models.SET_NULL, null=True)
    decided_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    objects = PickQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            *once_each("pick_once", "day", "person"),
            # Two tabs that open the day at once write one set.
            *once_each("pick_place_once", "day", "position", where=Q(state__in=["shown", "sent", "talked"])),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.person_id}"


class Draft(models.Model):
    """A message the owner has begun to change; drafts nobody touched are made anew each time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    shape = models.CharField(max_length=64)  # a kind of letter, or the key of an own shape
    subject = models.CharField(max_length=500, blank=True)
    body = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = once_each("draft_once", "person", "shape")

    def __str__(self) -> str:
        return self.subject or self.body[:60]
