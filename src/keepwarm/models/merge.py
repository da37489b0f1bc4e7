"""Two people who turned out to be one: which row was taken into which, and how to take them apart again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> MergeQuerySet:
        return self.filter(undone_at=None)


class Merge(models.Model):
    """`gone` was taken into `kept`: their rows are the kept one's now, each with `origin`, whose it would be.

    What stands is replayed from these: a row belongs to whoever its origin has been taken into.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="merged")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)  # null: by itself
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)  # after which it was found
    probability = models.FloatField(null=True)
    levels: Any = models.JSONField(default=list)  # core.identity: how far each field of the two agrees
    marks: Any = models.JSONField(default=dict)  # core.merge.Marks of the kept one, before and after
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "gone"], name="merge_once", condition=Q(undone_at=None))
        ]
        indexes = [models.Index(fields=["space", "-made_at"], name="merge_newest")]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
