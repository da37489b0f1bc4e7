"""What was promised, who was just met and at which event, what people publish, and visits to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import keepwarm.models.ids


class Migration(migrations.Migration):
    dependencies = [
        ("keepwarm", "0008_people_are_merged"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=keepwarm.models.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("day", models.DateField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=keepwarm.models.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("url", models.CharField(max_length=1000)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("modified", models.CharField(blank=True, max_length=100)),
                ("checked_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("trouble", models.TextField(blank=True)),
                ("fix", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("origin", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feeds", to="keepwarm.person"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FirstMeeting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=keepwarm.models.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("let_go_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("origin", models.UUIDField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="keepwarm.event",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="first_meetings", to="keepwarm.person"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="keepwarm.touch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=keepwarm.models.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("private", models.BooleanField(default=False)),
                (
                    "whose",
                    models.CharField(choices=[("mine", "Mine"), ("theirs", "Theirs"), ("wish", "Wish")], max_length=6),
                ),
                ("text", models.CharField(blank=True, max_length=500)),
                ("due_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("let_go_at", models.DateTimeField(null=True)),
                ("origin", models.UUIDField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="promises",
                        to="keepwarm.note",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="promises", to="keepwarm.person"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="keepwarm.importrun"),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="promises",
                        to="keepwarm.touch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=keepwarm.models.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("origin", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="keepwarm.person"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
                (
                    "touch",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to="keepwarm.touch"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["space", "-day", "-made_at"], name="event_newest"),
        ),
        migrations.AddIndex(
            model_name="feed",
            index=models.Index(fields=["next_at"], name="feed_due"),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.UniqueConstraint(fields=("space", "person", "url"), name="feed_once"),
        ),
        migrations.AddIndex(
            model_name="firstmeeting",
            index=models.Index(
                condition=models.Q(("let_go_at", None)), fields=["space", "on"], name="first_meeting_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="firstmeeting",
            constraint=models.UniqueConstraint(fields=("space", "person"), name="first_meeting_once"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["space", "person"], name="promise_of_person"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("done_at", None), ("let_go_at", None)),
                fields=["space", "due_on", "whose"],
                name="promise_open",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["space", "on"], name="visit_on"),
        ),
    ]
