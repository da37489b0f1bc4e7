"""What was promised, by the owner or to them, and wishes to be reminded; each stays in view until it is done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space, User
from keepwarm.models.touches import Note, Touch, open_to


class PromiseQuerySet(models.QuerySet["Promise"]):
    def of(self, space: Space) -> PromiseQuerySet:
        return self.filter(space=space)

    def seen_by(self, user: User | None) -> PromiseQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))

    def open(self) -> PromiseQuerySet:
        """Neither done nor let go, of people who are not in the trash; a wish is over once the two were in touch."""
        met_since = Q(whose=Promise.Whose.WISH, person__summary__last_on__gte=F("due_on"))
        return self.filter(done_at=None, let_go_at=None, person__deleted_at=None).exclude(met_since)

    def by(self, day: date) -> PromiseQuerySet:
        """Whose day has come by then, and those without one: they may be kept at any time."""
        return self.filter(Q(due_on__lte=day) | Q(due_on=None))

    def nearest_first(self) -> PromiseQuerySet:
        """Those without a day last, the oldest of them first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "made_at", "id")


class Promise(models.Model):
    """One thing that someone means to do for someone else, or a day on which the owner wants to think of a person."""

    class Whose(models.TextChoices):
        MINE = "mine"
        THEIRS = "theirs"
        WISH = "wish"  # "remind me about Yusuf in March"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="promises")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    whose = models.CharField(max_length=6, choices=Whose)
    text = models.CharField(max_length=500, blank=True)  # "send her the deck"; a wish may say nothing
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    touch = models.ForeignKey(Touch, models.SET_NULL, null=True, related_name="promises")  # where it was written
    note = models.ForeignKey(Note, models.SET_NULL, null=True, related_name="promises")
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)
    done_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "person"], name="promise_of_person"),
            models.Index(
                fields=["space", "due_on", "whose"], name="promise_open", condition=Q(done_at=None, let_go_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text or f"{self.whose} of {self.person_id}"
