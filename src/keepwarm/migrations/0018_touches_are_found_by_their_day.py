"""Direct touches are found by their day, for insights: or a year of them would be looked for among all there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keepwarm", "0017_asks_are_asked_after_and_doors_taken_back"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(
                condition=models.Q(("ambient", False), ("deleted_at", None)),
                fields=["space", "at"],
                name="touch_by_day",
            ),
        ),
    ]
