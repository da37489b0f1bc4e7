"""What came in: runs, their files and problems, and the record each person was told by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models

from keepwarm.models.ids import new_id
from keepwarm.models.people import Person
from keepwarm.models.spaces import Space

UNDO_FOR = timedelta(days=90)


class ImportRun(models.Model):
    """One or more files brought in together: checked, then written, then perhaps undone."""

    class State(models.TextChoices):
        READING = "reading"  # being checked; nothing is written yet
        READY = "ready"  # checked: the user decides
        WRITING = "writing"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"
        REFUSED = "refused"  # no file in it could be read
        CANCELLED = "cancelled"

    BUSY = (State.READING, State.WRITING, State.UNDOING)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    made_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)  # the worker at it; another one's claim ends its work
    beat_at = models.DateTimeField()  # when the work last moved; a run that stands still is taken up again
    finished_at = models.DateTimeField(null=True)
    uploads: list[str] = models.JSONField(default=list)  # type: ignore[assignment]  # names of the files that came in
    done = models.PositiveIntegerField(default=0)  # people handled so far
    bytes_done = models.BigIntegerField(default=0)
    bytes_total = models.BigIntegerField(default=0)
    counts: dict[str, int] = models.JSONField(default=dict)  # type: ignore[assignment]  # see store.imports.Counts
    preview: list[dict[str, Any]] = models.JSONField(default=list)  # type: ignore[assignment]  # first rows
    problems_count = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)  # what stopped the work, for the user

    class Meta:
        indexes = [models.Index(fields=["space", "-made_at"], name="import_run_newest")]

    def __str__(self) -> str:
        return f"{self.state} import of {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def undo_until(self) -> Any:
        return self.finished_at + UNDO_FOR if self.finished_at else None


class ImportFile(models.Model):
    """A file of a run, or a member of its zip, and what was found in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files")
    name = models.CharField(max_length=500)
    path = models.CharField(max_length=500)  # below the data folder
    member = models.CharField(max_length=500, blank=True)  # its place in its zip, from 0: names come twice there
    size = models.BigIntegerField(default=0)
    format = models.CharField(max_length=32, blank=True)
    people = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)
    refusal = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    remark = models.TextField(blank=True)  # what there is to say of a file that is neither read nor refused
    mapping: dict[str, Any] = models.JSONField(default=dict)  # type: ignore[assignment]  # see imports.mapping
    position = models.PositiveIntegerField(default=0)
    as_of = models.DateField(null=True)  # the day that the file tells of
    as_of_by = models.CharField(max_length=8, blank=True)  # core.as_of: how that is known

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ImportProblem(models.Model):
    """One thing that could not be read."""

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems")
    file = models.CharField(max_length=500)
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=200, blank=True)
    message = models.TextField()
    fix = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file}, {self.row}: {self.message}"


class SourceRecord(models.Model):
    """One card or row as its source last told it: what makes the same file twice change nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="records")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    source = models.CharField(max_length=32)
    external_id = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)  # of all it says
    run_id = models.UUIDField(null=True, db_index=True)  # the import that made it
    seen_at = models.DateTimeField()
    as_of = models.DateField(null=True)  # the day of the newest file that had it; older files are not news

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "source", "external_id"], name="source_record_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"


class ImportMapping(models.Model):
    """What the columns of an unknown table become, remembered by its header."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    signature = models.CharField(max_length=64)
    mapping: Any = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "signature"], name="import_mapping_once")]

    def __str__(self) -> str:
        return self.signature


class ImportChange(models.Model):
    """A record that a run found changed, or only newer, with what undo puts back."""

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="changes")
    record = models.ForeignKey(SourceRecord, models.CASCADE)
    digest = models.CharField(max_length=32)
    as_of = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "run", "record"], name="import_change_once")]

    def __str__(self) -> str:
        return f"{self.record_id} by {self.run_id}"


class ImportNews(models.Model):
    """One line of what a run found different from the file before. It goes with the run's undo."""

    class Kind(models.TextChoices):
        COMPANY = "company"
        TITLE = "title"
        NAME = "name"
        EMAIL = "email"
        PLACE = "place"
        GONE = "gone"  # from a whole list, such as LinkedIn's

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="news", db_index=False)
    record = models.ForeignKey(SourceRecord, models.CASCADE)  # and by it the person, whoever they are joined with
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["space", "run", "kind", "id"], name="import_news_list")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.before} → {self.after}"
