"""The pulse of the workers, so that the work of a dead one is taken up by another."""

from __future__ import annotations

from django.db import models


class Beat(models.Model):
    """When a worker or the scheduler was last alive. Not user data: it belongs to the machine."""

    name = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
