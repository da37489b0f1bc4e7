"""Counting reads an index alone, and names are found as one word: the words of people are written anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("keepwarm", "0004_history_is_read"),
    ]

    operations = [
        # Whoever has none gets them as soon as the tables are up to date, and at the latest once a day.
        migrations.RunSQL("DELETE FROM keepwarm_searchtext", migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name="person",
            name="person_organisation",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_circle",
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("field", "category"), models.Q(("key", ""), _negated=True)),
                fields=["space", "field", "ended_at", "key", "person"],
                name="fact_tag",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["space", "organisation_key", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_at",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("place", ""), _negated=True),
                fields=["space", "place", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_in_place",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("how_met", ""), _negated=True),
                fields=["space", "how_met", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_how_met",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("known_since__isnull", False)),
                fields=["space", "known_since", "deleted_at", "is_organisation", "dug_at", "never"],
                name="person_known_since",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("relation", ""), _negated=True),
                fields=["space", "relation", "deleted_at"],
                name="person_relation",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("circle__isnull", False)),
                fields=["space", "circle", "deleted_at"],
                name="person_in_circle",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", False)),
                fields=["space", "-deleted_at", "id"],
                name="person_in_trash",
            ),
        ),
    ]
