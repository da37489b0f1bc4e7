"""What people need, offer and care about, as short phrases: typed, or read in a note and confirmed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space, User
from keepwarm.models.touches import Note, Touch, open_to


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def of(self, space: Space) -> PhraseQuerySet:
        """Those of people who are not in the trash."""
        return self.filter(space=space, person__deleted_at=None)

    def seen_by(self, user: User | None) -> PhraseQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))

    def standing(self) -> PhraseQuerySet:
        """Neither over nor thrown away."""
        return self.filter(ended_at=None, thrown_away_at=None)


class Phrase(models.Model):
    """One thing that someone needs or offers, or is taken by: "a designer", "help with grants"."""

    class Kind(models.TextChoices):
        NEED = "need"
        OFFER = "offer"
        INTEREST = "interest"

    class Source(models.TextChoices):
        TYPED = "typed"
        PROPOSED = "proposed"  # read in a note or a line; the owner has said yes, or thrown it away for good

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="phrases")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=200)
    source = models.CharField(max_length=8, choices=Source, default=Source.TYPED)
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="phrases")  # where it was said
    touch = models.ForeignKey(Touch, models.SET_NULL, null=True, related_name="phrases")
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)
    said_on = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # they have found it, or offer it no more
    thrown_away_at = models.DateTimeField(null=True)  # read wrongly, and never proposed again
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    objects = PhraseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "person"], name="phrase_of_person"),
            models.Index(
                fields=["space", "kind", "person"],
                name="phrase_standing",
                condition=Q(ended_at=None, thrown_away_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"
