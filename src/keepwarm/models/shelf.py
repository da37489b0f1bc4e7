"""The shelf: what the owner has saved to give, and who has been given it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space, User
from keepwarm.models.touches import Touch, open_to


class ItemQuerySet(models.QuerySet["Item"]):
    def of(self, space: Space) -> ItemQuerySet:
        return self.filter(space=space)

    def seen_by(self, user: User | None) -> ItemQuerySet:
        """Without what others of the space keep to themselves."""
        return self.filter(open_to(user))

    def on_the_shelf(self) -> ItemQuerySet:
        """Not put away."""
        return self.filter(put_away_at=None)


class Item(models.Model):
    """A link or a thought worth giving. What a page says is read once and stays here."""

    class State(models.TextChoices):
        WAITING = "waiting"  # its page is still to be read
        READ = "read"
        UNREADABLE = "unreadable"  # `trouble` and `fix` say why; it can be given all the same

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    private = models.BooleanField(default=False)
    url = models.TextField(blank=True)  # empty: a thought
    key = models.CharField(max_length=64)  # what makes it this one of its space: a digest of the address, or the id
    title = models.CharField(max_length=500)
    written_by = models.CharField(max_length=300, blank=True)
    site = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)  # a sentence or three of the page's own
    words = models.TextField(blank=True)  # its text, as far as it is kept; never leaves this machine
    note = models.TextField(blank=True)  # the owner's own; for a thought, the thought
    published_on = models.DateField(null=True)
    source = models.CharField(max_length=32)  # page, bookmarklet, share, command, feed, mail
    external_id = models.CharField(max_length=200, blank=True)  # of the letter that it came by
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    trouble = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)  # where an export of ours brought it
    made_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "key"], name="item_once")]
        indexes = [
            models.Index(fields=["space", "-made_at", "id"], name="item_newest", condition=Q(put_away_at=None)),
            models.Index(fields=["space", "external_id"], name="item_by_letter", condition=~Q(external_id="")),
        ]

    def __str__(self) -> str:
        return self.title


class ItemText(models.Model):
    """The words by which an item is found, folded, each after a space or several: not all that its page says, which
    would have to be read through each time."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="text")
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["space"], name="item_text_of_space")]

    def __str__(self) -> str:
        return self.words.strip()


class Share(models.Model):
    """That an item was given to someone, or that the owner said it is not for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.CASCADE, related_name="shares")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    given_at = models.DateTimeField(null=True)  # null: not for them
    touch = models.ForeignKey(Touch, models.SET_NULL, null=True, related_name="shares")
    made_at = models.DateTimeField()
    origin: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]  # whose it was before two were joined

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "item", "person"], name="share_once")]
        indexes = [
            models.Index(
                fields=["space", "person", "-given_at"], name="share_given", condition=Q(given_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} for {self.person_id}"
