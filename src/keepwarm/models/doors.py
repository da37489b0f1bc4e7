"""What was asked of people and what became of it, and the doors that they opened."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space, User
from keepwarm.models.touches import Touch, open_to

ASKED = ("yes", "no", "silence")  # outcomes of what was asked indeed


class AskQuerySet(models.QuerySet["Ask"]):
    def of(self, space: Space) -> AskQuerySet:
        """Those of people who are not in the trash."""
        return self.filter(space=space, person__deleted_at=None)

    def seen_by(self, user: User | None) -> AskQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))

    def open(self) -> AskQuerySet:
        """Of which nobody knows yet what became of them."""
        return self.filter(outcome="")


class DoorQuerySet(models.QuerySet["Door"]):
    def of(self, space: Space) -> DoorQuerySet:
        """Those that were not taken away, of people who are not in the trash."""
        return self.filter(space=space, deleted_at=None, person__deleted_at=None)

    def seen_by(self, user: User | None) -> DoorQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))


class Ask(models.Model):
    """Something the owner would like of a person: planned, then asked with a touch, then answered or not."""

    class Outcome(models.TextChoices):
        OPEN = "", "not known yet"
        YES = "yes", "they said yes"
        NO = "no", "they said no"
        SILENCE = "silence", "no answer"
        DROPPED = "dropped", "not asked after all"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="asks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    text = models.CharField(max_length=500)
    touch = models.ForeignKey(Touch, models.SET_NULL, null=True, related_name="asks")  # null: planned
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True)
    asked_after_on = models.DateField(null=True)  # when Keepwarm asked what became of it: it does so once
    made_at = models.DateTimeField()
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    objects = AskQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "person"], name="ask_of_person"),
            models.Index(fields=["space", "-made_at"], name="ask_open", condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return self.text


class Door(models.Model):
    """An outcome that opened. What led to it is read from the touches before its day."""

    class Kind(models.TextChoices):
        REFERRAL = "referral", "a referral"
        INTRODUCTION = "introduction", "an introduction"
        WORK = "work", "work"
        ADVICE = "advice", "advice"
        OTHER = "other", "something else"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="doors")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.CharField(max_length=500)  # one line: "invited me to speak at the founders' day"
    on = models.DateField()
    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, related_name="doors")  # null: never asked for
    made_at = models.DateTimeField()
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)
    deleted_at = models.DateTimeField(null=True)
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    objects = DoorQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "person"], name="door_of_person"),
            models.Index(fields=["space", "-on"], name="door_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"
