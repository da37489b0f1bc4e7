"""Feeds of what people publish, and the visits to their pages."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space


class Feed(models.Model):
    """Where a person publishes (RSS or Atom), how far it has been read, and when it is read next."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="feeds")
    url = models.CharField(max_length=1000)
    title = models.CharField(max_length=300, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(null=True)  # when it was last read, or had not changed
    next_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    trouble = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    made_at = models.DateTimeField()
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person", "url"], name="feed_once")]
        indexes = [models.Index(fields=["next_at"], name="feed_due")]

    def __str__(self) -> str:
        return self.title or self.url


class Visit(models.Model):
    """That a user has looked at what someone publishes, on which day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    on = models.DateField()
    touch = models.ForeignKey("Touch", models.SET_NULL, null=True)  # where a word was left there
    made_at = models.DateTimeField()
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    class Meta:
        indexes = [models.Index(fields=["space", "on"], name="visit_on")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.on:%Y-%m-%d}"
