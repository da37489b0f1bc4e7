"""What matching looks in: the words known of each person, and those that tell what an item is about."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from keepwarm.models.people import Person
from keepwarm.models.shelf import Item
from keepwarm.models.spaces import Space


class Interest(models.Model):
    """The words known of one person with their weights: a row that all of the space read, and one for each user who
    keeps words of their own about them.

    As SearchText, rows are never changed, only written anew. Nobody has a row whose words are still to be read:
    store/matching.py does it soon. On SQLite each stands in a full-text table too, `keepwarm_interests`; on
    PostgreSQL one more column, `stems`, follows `words`, with an index. Migration 0015 makes all this.
    """

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="interests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, db_index=False)
    words = models.TextField(blank=True)  # each once, a space between; core.matching.told
    weights = models.TextField(blank=True)  # tenths, in the order of the words

    class Meta:
        indexes = [models.Index(fields=["space", "person"], name="interest_of_person")]

    def __str__(self) -> str:
        return self.words[:60]


class Telling(models.Model):
    """A word that tells what an item is about."""

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="tellings")
    word = models.CharField(max_length=40)
    weight = models.FloatField()  # core.matching.said

    class Meta:
        indexes = [models.Index(fields=["space", "word", "item"], name="telling_word")]

    def __str__(self) -> str:
        return self.word


class Sense(models.Model):
    """What the words of a person, or of an item, mean together: core.senses, one byte to each of its numbers.

    Made only of words that all of the space may read. As Interest, a row is written anew, never changed; so whoever
    keeps them in memory knows by the id what is new.
    """

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="senses")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="senses")
    model = models.CharField(max_length=20)  # whose vectors they are: no others can be compared with them
    vector = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["space", "model", "id"], name="sense_newest")]

    def __str__(self) -> str:
        return f"{self.model} of {self.person_id or self.item_id}"
