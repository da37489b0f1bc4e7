"""Dated things about people that are worth a word: a new job, a name, something they wrote."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space

OPEN = Q(said_at__isnull=True, put_away_at__isnull=True)


class MomentQuerySet(models.QuerySet["Moment"]):
    def of(self, space: Space) -> MomentQuerySet:
        """Those of people who are not in the trash."""
        return self.filter(space=space, person__deleted_at=None)

    def open(self) -> MomentQuerySet:
        """Neither said a word about nor put away."""
        return self.filter(OPEN)


class Moment(models.Model):
    """Something that happened to a person between two days, found once.

    Birthdays, anniversaries and work anniversaries come round by themselves and are computed (store.moments); a row
    of theirs is there only once a word was said about one or it was put away, with its day in `on`.
    """

    class Kind(models.TextChoices):
        NEW_JOB = "new_job"
        NEW_TITLE = "new_title"  # at the same employer
        LEFT_LINKEDIN = "left_linkedin"
        NEW_NAME = "new_name"
        BIRTHDAY = "birthday"
        ANNIVERSARY = "anniversary"
        WORK_ANNIVERSARY = "work_anniversary"
        PUBLISHED = "published"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="moments")
    kind = models.CharField(max_length=16, choices=Kind)
    text = models.CharField(max_length=500)  # what is new, as its source says it: "Producer, Harbour Films"
    before = models.CharField(max_length=500, blank=True)
    url = models.TextField(blank=True)
    after_on = models.DateField(null=True)  # it happened after this day; null: on the day `on`
    on = models.DateField(null=True)  # and on this one at the latest; null: nobody knows
    found_at = models.DateTimeField()
    source = models.CharField(max_length=32)
    key = models.CharField(max_length=200)  # what makes it this one of its kind
    run_id: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # the import that found it
    said_at = models.DateTimeField(null=True)  # when the owner wrote about it
    put_away_at = models.DateTimeField(null=True)
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    objects = MomentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person", "kind", "key"], name="moment_once")]
        indexes = [
            models.Index(fields=["space", "-found_at", "id"], name="moment_open", condition=OPEN),
            models.Index(fields=["space", "run_id"], name="moment_of_run", condition=Q(run_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"
