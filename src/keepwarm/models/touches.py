"""What happened between the owner and a person: touches and notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space, User


class TouchQuerySet(models.QuerySet["Touch"]):
    def seen_by(self, user: User | None) -> TouchQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))


class NoteQuerySet(models.QuerySet["Note"]):
    def seen_by(self, user: User | None) -> NoteQuerySet:
        """As of touches."""
        return self.filter(open_to(user))


def open_to(user: User | None) -> Q:
    """Of what has an author and may be private: what this user may see."""
    return Q(private=False) | Q(author=user) if user else Q(private=False)


class Touch(models.Model):
    """One exchange with one person. A meeting of three is three touches with one external id."""

    BALANCE = [("give", "give"), ("ask", "ask"), ("neutral", "neutral")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="touches")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    at = models.DateTimeField()
    channel = models.CharField(max_length=16)  # mail, linkedin, whatsapp, sms, call, meeting, other
    direction = models.CharField(max_length=4)  # out, in, both
    kind = models.CharField(max_length=16, blank=True)  # what kind of letter it was, where one was sent
    # By which it was made, so that it is not used twice for anyone; bulk writers leave it to the database.
    shape = models.CharField(max_length=64, blank=True, default="", db_default="")
    balance = models.CharField(max_length=7, choices=BALANCE, default="neutral")
    context = models.CharField(max_length=500, blank=True)  # a subject or title, never a body
    line = models.TextField(blank=True)  # what the owner says they talked about
    ambient = models.BooleanField(default=False)
    source = models.CharField(max_length=32, default="user")
    external_id = models.CharField(max_length=200, blank=True)
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)
    made_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    objects = TouchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person", "external_id"], name="touch_once", condition=~Q(external_id="")
            )
        ]
        indexes = [
            models.Index(fields=["space", "person", "-at"], name="touch_timeline"),
            models.Index(fields=["space", "at"], name="touch_wide", condition=Q(ambient=True)),
            models.Index(fields=["space", "at"], name="touch_by_day", condition=Q(ambient=False, deleted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} at {self.at:%Y-%m-%d}"


class Note(models.Model):
    """Something the owner wrote down about a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notes")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    at = models.DateTimeField()
    text = models.TextField()
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["space", "person", "-at"], name="note_timeline")]

    def __str__(self) -> str:
        return self.text[:60]
