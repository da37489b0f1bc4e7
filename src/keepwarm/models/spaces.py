"""Whose data it is: users, the spaces they keep, and what is known of the owners themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from keepwarm.models.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Users by e-mail; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""


class Space(models.Model):
    """One network. All rows of user data belong to exactly one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user in a space, with how they like to work there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    is_owner = models.BooleanField(default=False)
    sign_off = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    phone_country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=8, blank=True)  # empty: as the browser says
    first_weekday = models.PositiveSmallIntegerField(default=0)  # 0 is Monday
    theme = models.CharField(max_length=5, blank=True)  # light or dark; empty: as the system says
    keys = models.BooleanField(default=True)  # single-key shortcuts
    days = models.CharField(max_length=7, default="01234")  # weekdays on which Today proposes, 0 is Monday
    slots: Any = models.JSONField(default=list)  # of the weekly session: core.session.kept; empty: the default
    keep_context = models.BooleanField(default=True)  # subjects and titles, so that a thread can be picked up
    away_from = models.DateField(null=True)  # a holiday: no nudges
    away_until = models.DateField(null=True)  # its last day: until then nobody is due
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} in {self.space}"


class Circle(models.Model):
    """A tier of people who share a rhythm."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    name = models.CharField(max_length=100)
    cadence = models.PositiveIntegerField(null=True)  # days; null: no rhythm
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["space", "name"], name="circle_once")]

    def __str__(self) -> str:
        return self.name


class OwnerFact(models.Model):
    """Something a file says about the owner: an employer, a name, an address of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    kind = models.CharField(max_length=16)  # as core.people.OwnFact
    value = models.CharField(max_length=500)
    detail = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=200, blank=True)
    started = models.CharField(max_length=10, blank=True)  # a PartialDate as text
    finished = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=32)
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "kind", "value", "detail", "started", "source"], name="owner_fact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class Action(models.Model):
    """Something done to many rows at once, with what puts it back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    what = models.CharField(max_length=32)
    before: Any = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["space", "-made_at"], name="action_newest")]

    def __str__(self) -> str:
        return f"{self.what} at {self.made_at:%Y-%m-%d %H:%M}"


class SignInLink(models.Model):
    """A link that signs in once. Only a hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    space = models.ForeignKey(Space, models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)  # null: claims the space
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link made at {self.made_at:%Y-%m-%d %H:%M}"
