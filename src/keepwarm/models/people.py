"""The people of a network, each value about them with its source, and the summary of their history."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Collate
from django.utils import timezone

from keepwarm.core import rhythm
from keepwarm.core.reconnect import factors
from keepwarm.models.ids import new_id
from keepwarm.models.spaces import Circle, Space


def by_bytes(column: str) -> F | Collate:
    """A column of text in the order of its bytes, as SQLite has it; on PostgreSQL the collation `C` is that."""
    return Collate(column, "C") if connection.vendor == "postgresql" else F(column)


MEETING_SOON = timedelta(days=14)  # who is met by then anyway is not suggested
# Never to be suggested, whatever the day.
LEFT_OUT = Q(never=True) | Q(is_organisation=True) | Q(deleted_at__isnull=False) | Q(in_touch_since__isnull=False)


def _days_from(day: date, span: timedelta) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(day, time()))
    return start, start + span


class PersonQuerySet(models.QuerySet["Person"]):
    def of(self, space: Space) -> PersonQuerySet:
        return self.filter(space=space)

    def here(self) -> PersonQuerySet:
        """Not in the trash, nor taken into someone else."""
        return self.filter(deleted_at=None)

    def thrown_away(self) -> PersonQuerySet:
        return self.filter(deleted_at__isnull=False, merged_into=None)

    def by_name(self) -> PersonQuerySet:
        """In the order of the address book, which the index `person_by_name` has."""
        return self.order_by(by_bytes("folded"), "id")

    def wanted(self, day: date) -> PersonQuerySet:
        """Those the owner wants to say hello to, not offered or spoken to since; the oldest wish first."""
        return (
            self.here()
            .filter(
                Q(rests_until=None) | Q(rests_until__lte=day),
                Q(suggested_on=None) | Q(suggested_on__lt=F("hello_wanted_on")),
                Q(summary=None) | Q(summary__last_on=None) | Q(summary__last_on__lt=F("hello_wanted_on")),
                hello_wanted_on__lte=day,
                never=False,
                in_touch_since=None,
                reach__gt=0,
                is_organisation=False,
            )
            .order_by("hello_wanted_on", "-standing")
        )

    def reminded(self, day: date, mine: Q) -> PersonQuerySet:
        """Those of whom the owner wanted to be reminded by then, likewise; `mine` says whose wishes count."""
        return (
            self.here()
            .filter(
                mine,
                Q(rests_until=None) | Q(rests_until__lte=day),
                Q(suggested_on=None) | Q(suggested_on__lt=F("promises__due_on")),
                Q(summary=None) | Q(summary__last_on=None) | Q(summary__last_on__lt=F("promises__due_on")),
                promises__whose="wish",
                promises__due_on__lte=day,
                promises__done_at=None,
                promises__let_go_at=None,
                never=False,
                in_touch_since=None,
                reach__gt=0,
                is_organisation=False,
            )
            .order_by("promises__due_on", "-standing")
        )

    def followed(self) -> PersonQuerySet:
        """Those with a rhythm and a day on which it is time."""
        return self.here().filter(due_on__isnull=False, never=False, is_organisation=False, in_touch_since=None)

    def may_be_suggested(self, day: date, gap: timedelta) -> PersonQuerySet:
        """Reachable, willing, rested, neither proposed nor spoken to within the gap, nor met anyway within days; the
        least proposed first."""
        return (
            self.here()
            .filter(
                Q(rests_until=None) | Q(rests_until__lte=day),
                Q(suggested_on=None) | Q(suggested_on__lte=day - gap),
                Q(summary=None) | Q(summary__last_on=None) | Q(summary__last_on__lte=day - gap),
                never=False,
                in_touch_since=None,
                reach__gt=0,
                is_organisation=False,
            )
            .exclude(appointments__at__range=_days_from(day, MEETING_SOON))
            .order_by("suggestions", "-standing")
        )


class Person(models.Model):
    """Someone the owner knows, as pages show them; where each value comes from stands in Fact."""

    TRUST = [("", "not marked"), ("knows", "knows me"), ("trusts", "trusts me"), ("opens", "opens doors")]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    name = models.CharField(max_length=500)
    given = models.CharField(max_length=300, blank=True)
    family = models.CharField(max_length=300, blank=True)
    folded = models.CharField(max_length=500)  # core.names.fold(name)
    title = models.CharField(max_length=500, blank=True)
    organisation = models.CharField(max_length=500, blank=True)
    organisation_key = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=300, blank=True)
    is_organisation = models.BooleanField(default=False)
    circle = models.ForeignKey(Circle, models.SET_NULL, null=True, db_index=False)
    cadence = models.PositiveSmallIntegerField(null=True)  # days: the owner's word, first of all; 0: no rhythm
    tag_cadence = models.PositiveSmallIntegerField(null=True)  # days: the shortest of their tags'; 0: no rhythm
    loosened_from = models.PositiveSmallIntegerField(null=True)  # days: what `cadence` was before it loosened itself
    skips = models.PositiveSmallIntegerField(default=0)  # in a row, since they were last in touch
    due_on = models.DateField(null=True)  # core.rhythm.spread: when it is time; null: no rhythm
    in_touch_since = models.DateField(null=True)  # the day the owner said: we talk that often, and it stands nowhere
    relation = models.CharField(max_length=50, blank=True)
    how_met = models.CharField(max_length=500, blank=True)
    trust = models.CharField(max_length=6, choices=TRUST, blank=True)
    # The highest mark that the owner said no to.
    trust_declined = models.CharField(max_length=6, choices=TRUST, blank=True, db_default="")
    important = models.PositiveSmallIntegerField(default=0)
    known_since = models.DateField(null=True)
    birthday = models.CharField(max_length=10, blank=True)  # a PartialDate as text
    birthday_in_year = models.PositiveSmallIntegerField(null=True)  # month * 100 + day
    reach = models.PositiveSmallIntegerField(default=0)  # core.facts.Reach
    standing = models.FloatField(default=0)  # core.reconnect.factors.standing
    suggestions = models.PositiveIntegerField(default=0)
    suggested_on = models.DateField(null=True)
    rests_until = models.DateField(null=True)
    never = models.BooleanField(default=False)
    hello_wanted_on = models.DateField(null=True)  # the day the owner said: I would like to write to them
    dug_at = models.DateTimeField(null=True)  # when the owner last decided about them on the Dig page
    version = models.PositiveIntegerField(default=1)  # counts the user's edits
    edited_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("ImportRun", models.SET_NULL, null=True, related_name="people_made")
    deleted_at = models.DateTimeField(null=True)
    # Taken into this one, and so not here themselves (see models.merge). No key: it is of the same table, and
    # whoever it names may be forgotten first.
    merged_into = models.UUIDField(null=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["space", "suggestions", "-standing"],
                name="person_standing",
                condition=Q(deleted_at=None, never=False),
            ),
            # Those that follow end in all that counting asks for, so that it reads the index alone.
            models.Index(
                fields=["space", "organisation_key", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_at",
            ),
            models.Index(
                fields=["space", "place", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_in_place",
                condition=~Q(place=""),
            ),
            models.Index(
                fields=["space", "how_met", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_how_met",
                condition=~Q(how_met=""),
            ),
            models.Index(
                fields=["space", "known_since", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_known_since",
                condition=Q(known_since__isnull=False),
            ),
            models.Index(fields=["space", "relation", "deleted_at"], name="person_relation", condition=~Q(relation="")),
            models.Index(
                fields=["space", "circle", "deleted_at"], name="person_in_circle", condition=Q(circle__isnull=False)
            ),
            models.Index(
                fields=["space", "-deleted_at", "id"], name="person_in_trash", condition=Q(deleted_at__isnull=False)
            ),
            # The order of the list; on PostgreSQL by bytes, as SQLite has it (migration 0002).
            models.Index(fields=["space", "folded", "id"], name="person_by_name", condition=Q(deleted_at=None)),
            # Few, and so quick to leave out where the others are found by their summaries.
            models.Index(fields=["space", "id"], name="person_left_out", condition=LEFT_OUT),
            models.Index(
                fields=["space", "folded", "merged_into"],
                name="person_merged",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["space", "hello_wanted_on"], name="person_wanted", condition=Q(hello_wanted_on__isnull=False)
            ),
            models.Index(fields=["space", "due_on"], name="person_due", condition=Q(due_on__isnull=False)),
            models.Index(
                fields=["space", "birthday_in_year"],
                name="person_birthday",
                condition=Q(birthday_in_year__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_rhythm(self) -> int | None:
        """Days: as the owner says of this person, else of their tags, else of their circle."""
        return rhythm.cadence(self.cadence, self.tag_cadence, self.circle.cadence if self.circle else None)

    @property
    def role(self) -> str:
        return ", ".join(part for part in (self.title, self.organisation) if part)


class FactQuerySet(models.QuerySet["Fact"]):
    def tags(self, space: Space) -> FactQuerySet:
        """The tags that stand, which the index `fact_tag` has."""
        return self.filter(~Q(key=""), space=space, field="category", ended_at=None)


class Fact(models.Model):
    """One value of one field from one source. History is kept: a value that went has `ended_at`.

    Its id is a plain number, unlike all others: it never leaves the database, and there are ten to a person.
    What an import wrote has `seen_at` of its run's `made_at`, what it ended likewise `ended_at`.
    """

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="facts")
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    # No constraint, so no index to keep: records go only together with their people or their run.
    record = models.ForeignKey("SourceRecord", models.DO_NOTHING, null=True, db_constraint=False, db_index=False)
    source = models.CharField(max_length=32)  # "user", or the format's name
    field = models.CharField(max_length=16)
    value = models.TextField()
    label = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=200, blank=True)  # core.identity: what two cards of one person share
    parts = models.TextField(blank=True)  # of a name or an address: core.facts.Stated
    position = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "key"], name="fact_key", condition=~Q(key="")),
            models.Index(
                fields=["space", "field", "ended_at", "key", "person"],
                name="fact_tag",
                condition=Q(field="category", ended_at=None) & ~Q(key=""),
            ),
            # Few, and else nothing finds those whose day is near.
            models.Index(
                fields=["space", "person"], name="fact_anniversary", condition=Q(field="anniversary", ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class Photo(models.Model):
    """A picture that came with a card."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="photo")
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    origin = models.UUIDField(null=True, editable=False)  # models.merge: whose it would be
    media_type = models.CharField(max_length=20)
    data = models.BinaryField()
    run_id: UUID | None = models.UUIDField(null=True)  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"photo of {self.person_id}"


class SummaryQuerySet(models.QuerySet["Summary"]):
    def strongest(self, day: date, gap: timedelta) -> SummaryQuerySet:
        """Those with messages both ways and none within the gap, in the order of their strength."""
        return self.silent(day, gap).by_strength(day)

    def by_strength(self, day: date) -> SummaryQuerySet:
        """In the order of core.reconnect.factors.strength (of its square, which orders alike), before that day."""
        days = float(day.toordinal()) - F("last_day")
        strength = F("depth") * F("depth") / (days * days * (1.0 + days / (F("pace") + float(factors.BREATH))))
        return self.order_by(strength.desc())

    def silent(self, day: date, days: timedelta) -> SummaryQuerySet:
        """Those with messages both ways, of whom nothing was heard for so long."""
        return self.filter(depth__gt=0, last_day__lte=(day - days).toordinal())


class Summary(models.Model):
    """A person's history in one row, replayed from the touches; judgement reads only this.

    A private touch counts too: whoever shares the space should not greet someone as long unseen whom another has
    met yesterday. So all may learn that and on which day there was contact, never how, about what or a word of it.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="summary")
    space = models.ForeignKey(Space, models.CASCADE, db_index=False)
    weeks = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    received = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)  # of theirs, within 14 days of the owner's
    unanswered = models.PositiveIntegerField(default=0)  # the owner's tries since they last wrote
    ambient90 = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    depth = models.FloatField(default=0)  # core.reconnect.factors.depth; 0 where nothing goes both ways
    pace = models.FloatField(default=0)  # core.reconnect.factors.pace
    last_day = models.PositiveIntegerField(default=0)  # last_on as a number, for what divides by days
    gap_low = models.FloatField(null=True)  # quartiles of completed gaps, days
    gap_middle = models.FloatField(null=True)
    gap_high = models.FloatField(null=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["space", "last_on"], name="summary_last"),
            # All that `strongest` asks for, so that no row is read. The latest come first, as do most of the strongest:
            # the other way round most would have to be sorted in before those already read.
            models.Index(
                fields=["space", "-last_day", "pace", "depth", "person"],
                name="summary_strongest",
                condition=Q(depth__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.received} received"
