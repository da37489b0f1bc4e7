"""Saying a letter otherwise: the model that a space has set up, and who in it has agreed to what leaves."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from keepwarm.models.ids import new_id
from keepwarm.models.spaces import Space


class Rewording(models.Model):
    """The model of a space, by the address of its OpenAI-compatible endpoint. None is set up: it is off."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.OneToOneField(Space, models.CASCADE)
    address = models.CharField(max_length=500)  # http://localhost:11434/v1
    model = models.CharField(max_length=200)
    secret = models.TextField(blank=True)  # store.secrets: the key, for this host alone
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.model} at {self.address}"


class Consent(models.Model):
    """A member has seen what would leave, and to which host, and said yes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    host = models.CharField(max_length=300)  # with another one they are asked anew
    given_at = models.DateTimeField()
    busy_until = models.DateTimeField(null=True)  # one letter at a time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "user"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.user} to {self.host}"
