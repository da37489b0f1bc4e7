"""People are found by their words: a full-text table on SQLite, an index of words on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Python has cut and folded the words: all that is not ASCII is a letter to this tokenizer. Of each word the column
# is known, not its place in the text: half the size, half the time to make. One letter needs the prefix index; two
# are found within three milliseconds without. Merging less often saves an import a tenth of its time.
SQLITE = [
    """
    CREATE VIRTUAL TABLE keepwarm_search USING fts5(
        names, rest, content='keepwarm_searchtext', content_rowid='id',
        tokenize='ascii', detail='column', prefix='1', columnsize=0
    )
    """,
    "INSERT INTO keepwarm_search (keepwarm_search, rank) VALUES ('automerge', 16)",
    """
    CREATE TRIGGER keepwarm_search_out AFTER DELETE ON keepwarm_searchtext BEGIN
        INSERT INTO keepwarm_search(keepwarm_search, rowid, names, rest) VALUES ('delete', old.id, old.names, old.rest);
    END
    """,
    "CREATE INDEX person_by_name ON keepwarm_person (space_id, folded, id) WHERE deleted_at IS NULL",
]
SQLITE_BACK = ["DROP TABLE keepwarm_search", "DROP INDEX person_by_name"]
# The words as they are, past the parser of to_tsvector, which has ideas of its own about numbers and addresses. Those
# of the name stand there once more after "=". No trigrams: they make the index several times as large, and need an
# extension that only an administrator may add.
POSTGRESQL = [
    """
    ALTER TABLE keepwarm_searchtext ADD COLUMN words tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(names || replace(names, ' ', ' =') || ' ' || rest, ' '), ''))
    ) STORED
    """,
    "CREATE INDEX search_words ON keepwarm_searchtext USING gin (words)",
    'CREATE INDEX person_by_name ON keepwarm_person (space_id, folded COLLATE "C", id) WHERE deleted_at IS NULL',
    'CREATE INDEX search_word_starts ON keepwarm_searchword (space_id, word COLLATE "C")',
    'CREATE INDEX search_word_ends ON keepwarm_searchword (space_id, backwards COLLATE "C")',
]
POSTGRESQL_BACK = ["DROP INDEX person_by_name"]


def make(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def take_back(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK)


def _run(editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    with editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("keepwarm", "0001_first_tables")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("names", models.TextField(blank=True)),
                ("rest", models.TextField(blank=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="search", to="keepwarm.person"
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=40)),
                ("backwards", models.CharField(max_length=40)),
                (
                    "space",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="keepwarm.space"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["space", "backwards"], name="search_word_backwards")],
                "constraints": [models.UniqueConstraint(fields=("space", "word"), name="search_word_once")],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddIndex(
                    model_name="person",
                    index=models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["space", "folded", "id"],
                        name="person_by_name",
                    ),
                )
            ],
            database_operations=[migrations.RunPython(make, take_back)],
        ),
    ]
