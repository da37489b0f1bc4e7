"""The owner's own word on a rhythm, and how long it had been quiet when someone was proposed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keepwarm", "0005_counting_reads_an_index"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="summary", name="summary_strongest"),
        migrations.AddIndex(
            model_name="summary",
            index=models.Index(
                condition=models.Q(("depth__gt", 0)),
                fields=["space", "-last_day", "pace", "depth", "person"],
                name="summary_strongest",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="cadence",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="in_touch_since",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="pick",
            name="silence",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(
                    ("never", True),
                    ("is_organisation", True),
                    ("deleted_at__isnull", False),
                    ("in_touch_since__isnull", False),
                    _connector="OR",
                ),
                fields=["space", "id"],
                name="person_left_out",
            ),
        ),
    ]
