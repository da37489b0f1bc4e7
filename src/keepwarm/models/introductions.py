"""Introductions: two people who should meet, and how far it has come on each side."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, UniqueConstraint

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space, User
from keepwarm.models.touches import open_to


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def of(self, space: Space) -> IntroductionQuerySet:
        """Those whose two people are both here, and still two: joined into one they are not to meet any more."""
        here = Side.objects.filter(introduction=OuterRef("pk"), person__deleted_at=None)
        second = here.filter(position=1).exclude(person=OuterRef("first"))
        first = models.Subquery(here.filter(position=0).values("person")[:1])
        return self.filter(space=space).annotate(first=first).filter(Exists(second), first__isnull=False)

    def seen_by(self, user: User | None) -> IntroductionQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))

    def going_on(self) -> IntroductionQuerySet:
        """Neither at its end nor given up."""
        refused = Side.objects.filter(introduction=OuterRef("pk"), answer=Side.Answer.NO)
        return self.filter(thanked_at=None, dropped_at=None).exclude(Exists(refused))

    def newest_first(self) -> IntroductionQuerySet:
        return self.order_by(F("made_at").desc(), "id")


class Introduction(models.Model):
    """One introduction. Each of the two is a Side of their own, so that it moves along when people are joined."""

    class Why(models.TextChoices):
        NEED = "need"  # what one needs the other offers
        INTEREST = "interest"
        MOVED = "moved"
        ROLE = "role"
        HAND = "hand"  # the owner's own idea

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    why = models.CharField(max_length=8, choices=Why, default=Why.HAND)
    reason = models.CharField(max_length=500, blank=True)  # for the owner's eyes
    said = models.CharField(max_length=300, blank=True)  # typed by the owner, for both to read
    words = models.JSONField(default=dict)  # the owner's own letters, by kind and side: [subject, body]
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)  # which brought it in, with an export of ours
    made_at = models.DateTimeField()
    introduced_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "-made_at", "id"], name="introduction_newest"),
            models.Index(
                fields=["space", "-made_at"],
                name="introduction_open",
                condition=Q(thanked_at=None, dropped_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reason or str(self.id)


class Side(models.Model):
    """One of the two, and what they said. The side at position 0 is asked first."""

    class Answer(models.TextChoices):
        OPEN = "", "not answered"
        YES = "yes", "yes"
        NO = "no", "not now"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    person = models.ForeignKey(Person, models.CASCADE, related_name="introductions")
    position = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    class Meta:
        # Not by person: joined into one, both sides are that one's, until they are taken apart again.
        constraints = [UniqueConstraint(fields=["space", "introduction", "position"], name="side_once")]
        indexes = [
            models.Index(fields=["space", "person"], name="side_of_person"),
            models.Index(fields=["space", "-asked_at"], name="side_asked", condition=Q(asked_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.introduction_id}"
