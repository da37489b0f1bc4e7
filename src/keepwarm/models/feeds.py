"""Feeds of what people publish, and the visits to their pages; and what is followed for the shelf."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space


class Publication(models.Model):
    """Where something is published (RSS or Atom), how far it has been read, and when it is read next."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
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

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.url


class Feed(Publication):
    """What a person publishes."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="feeds")
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person", "url"], name="feed_once")]
        indexes = [models.Index(fields=["next_at"], name="feed_due")]


class Magazine(Publication):
    """What is followed for the shelf: a magazine, a blog. What is new in it arrives, and is not on the shelf yet."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "url"], name="magazine_once")]
        indexes = [models.Index(fields=["next_at"], name="magazine_due")]


class Arrival(models.Model):
    """Something new in a magazine: proposed for the shelf until it is kept, passed over, or no news any more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    magazine = models.ForeignKey(Magazine, models.CASCADE, related_name="arrivals")
    key = models.CharField(max_length=200)  # as the feed names it
    title = models.CharField(max_length=300)
    url = models.TextField()
    on = models.DateField()
    found_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # kept or passed over

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "magazine", "key"], name="arrival_once")]
        indexes = [models.Index(fields=["space", "-on"], name="arrival_open", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return self.title


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
