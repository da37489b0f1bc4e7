"""Who may like what is found by words: a full-text table on SQLite, an index of words on PostgreSQL."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As keepwarm_search of migration 0002, but of each word only who has it is known: how much it tells of them stands in
# the row itself. C++ and C# are words.
SQLITE = [
    """
    CREATE VIRTUAL TABLE keepwarm_interests USING fts5(
        words, content='keepwarm_interest', content_rowid='id',
        tokenize="ascii tokenchars '+#'", detail='none', columnsize=0
    )
    """,
    "INSERT INTO keepwarm_interests (keepwarm_interests, rank) VALUES ('automerge', 16)",
    """
    CREATE TRIGGER keepwarm_interests_out AFTER DELETE ON keepwarm_interest BEGIN
        INSERT INTO keepwarm_interests(keepwarm_interests, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
]
SQLITE_BACK = ["DROP TABLE keepwarm_interests"]
POSTGRESQL = [
    """
    ALTER TABLE keepwarm_interest ADD COLUMN stems tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(words, ' '), ''))
    ) STORED
    """,
    "CREATE INDEX interest_stems ON keepwarm_interest USING gin (stems)",
]


def make(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def take_back(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, [] if editor.connection.vendor == "postgresql" else SQLITE_BACK)


def _run(editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("keepwarm", "0013_the_shelf_follows_magazines_and_a_mail_folder")]

    operations = [
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("words", models.TextField(blank=True)),
                ("weights", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interests", to="keepwarm.person"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["space", "person"], name="interest_of_person")]},
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=40)),
                ("weight", models.FloatField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tellings", to="keepwarm.item"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
            options={"indexes": [models.Index(fields=["space", "word", "item"], name="telling_word")]},
        ),
        migrations.CreateModel(
            name="Sense",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("model", models.CharField(max_length=20)),
                ("vector", models.BinaryField()),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="senses",
                        to="keepwarm.item",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="senses",
                        to="keepwarm.person",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
            options={"indexes": [models.Index(fields=["space", "model", "id"], name="sense_newest")]},
        ),
        migrations.RunPython(make, take_back),
    ]
