"""What the search looks in: each person's words, and all words of a network for putting typos right."""

from __future__ import annotations

from django.db import models

from keepwarm.models.people import Person
from keepwarm.models.spaces import Space


class SearchText(models.Model):
    """The words of one person, folded, each after a space or several: a word that begins so is found by " so".

    On SQLite every row stands in a full-text table too, `keepwarm_search`: store/search.py puts it in, a trigger
    takes it out. Rows are never changed, only written anew. On PostgreSQL one more column, `words`, follows the
    two, with an index. Migration 0002 makes all this; one that rebuilds this table on SQLite must make the
    trigger anew.
    """

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.OneToOneField(Person, models.CASCADE, related_name="search")
    names = models.TextField(blank=True)
    rest = models.TextField(blank=True)  # employer, title, place, e-mail, tags, notes

    def __str__(self) -> str:
        return self.names.strip()


class SearchWord(models.Model):
    """A word of someone's name or employer. It stays when they go: a word alone finds nobody."""

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    word = models.CharField(max_length=40)
    backwards = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["space", "backwards"], name="search_word_backwards")]

    def __str__(self) -> str:
        return self.word
