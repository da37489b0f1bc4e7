"""Who stands in letters and meetings and is nobody yet: kept until it is clear, or said, that they are a person."""

from __future__ import annotations

from typing import Any

from django.db import models

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space


class Stranger(models.Model):
    """An address, number or name that exchanges were had with and that no person has."""

    class Verdict(models.TextChoices):
        WAITING = "waiting"
        PERSON = "person"  # by exchange both ways, or the user's word
        NOBODY = "nobody"  # the user's word: never asked about again

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    key = models.CharField(max_length=200)  # core.identity: e:, p:, n:, l:; w: and the folded name where that is all
    name = models.CharField(max_length=500, blank=True)  # the best spelling so far
    folded = models.CharField(max_length=700, blank=True)  # core.strangers.found_by: what they are found by
    sent = models.PositiveIntegerField(default=0)  # by the owner, to them alone or to few
    received = models.PositiveIntegerField(default=0)
    automatic = models.PositiveIntegerField(default=0)  # of those received: newsletters, lists, machines
    wide = models.PositiveIntegerField(default=0)  # among more than ten
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    why = models.CharField(max_length=16, blank=True)  # core.strangers: why it is probably nobody
    best = models.IntegerField(default=0)  # core.strangers: whom to ask about first
    held: Any = models.JSONField(default=list)  # the last exchanges, to be theirs when they become a person
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="strangers")  # whom they became
    run = models.ForeignKey("ImportRun", models.SET_NULL, null=True)  # the first that told of them
    decided_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "key"], name="stranger_once")]
        indexes = [models.Index(fields=["space", "verdict", "why", "-best", "id"], name="stranger_waiting")]

    def __str__(self) -> str:
        return self.name or self.key
