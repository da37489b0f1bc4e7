"""Moments of people, what a run found different, and the day that a file and a record tell of."""

import django.db.models.deletion
from django.db import migrations, models

import keepwarm.models.ids


class Migration(migrations.Migration):
    dependencies = [
        ("keepwarm", "0006_people_have_a_rhythm"),
    ]

    operations = [
        migrations.AddField(
            model_name="importchange",
            name="as_of",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="importfile",
            name="as_of",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="importfile",
            name="as_of_by",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="sourcerecord",
            name="as_of",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("field", "anniversary")),
                fields=["space", "person"],
                name="fact_anniversary",
            ),
        ),
        migrations.CreateModel(
            name="ImportNews",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "Company"),
                            ("title", "Title"),
                            ("name", "Name"),
                            ("email", "Email"),
                            ("place", "Place"),
                            ("gone", "Gone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=500)),
                ("after", models.CharField(blank=True, max_length=500)),
                ("record", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="keepwarm.sourcerecord")),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="news",
                        to="keepwarm.importrun",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["space", "run", "kind", "id"], name="import_news_list")],
            },
        ),
        migrations.CreateModel(
            name="Moment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=keepwarm.models.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new_job", "New Job"),
                            ("new_title", "New Title"),
                            ("left_linkedin", "Left Linkedin"),
                            ("new_name", "New Name"),
                            ("birthday", "Birthday"),
                            ("anniversary", "Anniversary"),
                            ("work_anniversary", "Work Anniversary"),
                            ("published", "Published"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("before", models.CharField(blank=True, max_length=500)),
                ("url", models.TextField(blank=True)),
                ("after_on", models.DateField(null=True)),
                ("on", models.DateField(null=True)),
                ("found_at", models.DateTimeField()),
                ("source", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=200)),
                ("run_id", models.UUIDField(null=True)),
                ("said_at", models.DateTimeField(null=True)),
                ("put_away_at", models.DateTimeField(null=True)),
                ("origin", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moments", to="keepwarm.person"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("put_away_at__isnull", True), ("said_at__isnull", True)),
                        fields=["space", "-found_at", "id"],
                        name="moment_open",
                    ),
                    models.Index(
                        condition=models.Q(("run_id__isnull", False)), fields=["space", "run_id"], name="moment_of_run"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("space", "person", "kind", "key"), name="moment_once")],
            },
        ),
    ]
