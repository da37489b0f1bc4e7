"""Message shapes in a user's own words."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models

from keepwarm.models.ids import new_id
from keepwarm.models.spaces import Space, User
from keepwarm.models.touches import open_to

OWN = "own:"  # begins the name of such a shape, where a letter or a touch tells which it was made by


class OwnShapeQuerySet(models.QuerySet["OwnShape"]):
    def of(self, space: Space) -> OwnShapeQuerySet:
        """Without those that were removed and may still be put back."""
        return self.filter(space=space, removed_at=None)

    def seen_by(self, user: User | None) -> OwnShapeQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))


class OwnShape(models.Model):
    """One way to say something, in words as core.reconnect.grammar has them; greeting and name come by themselves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)  # null until claimed
    private = models.BooleanField(default=False)
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    reason = models.CharField(max_length=16)  # of core.reconnect.shapes.REASONS
    moment = models.CharField(max_length=16, blank=True)  # of a congratulation; "": any
    relation = models.CharField(max_length=12, blank=True)  # of core.reconnect.known.RELATIONS; "": anyone
    channel = models.CharField(max_length=6, blank=True)  # mail, short or ""
    in_use = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = OwnShapeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["space", "made_at"], name="own_shape_first")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"{OWN}{UUID(str(self.id)).hex}"
