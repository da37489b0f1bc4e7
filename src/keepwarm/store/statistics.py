"""What SQLite is told of a full network, so that it plans for one: it has no idea how much of a table a space is.

Unless told, it takes a space for ten rows, and looks through all 50,000 people for a few ids. Its own ANALYZE is
heard only by connections that are opened later, so an import could not tell the server's. PostgreSQL looks for itself.
"""

from __future__ import annotations

from django.db import connection

# As ANALYZE writes it: rows of the index, then rows to a value of its first column, of its first two, and so on.
INDEXES = {
    "keepwarm_person": {
        "person_by_name": "50000 50000 10 1",
        "person_at": "50000 50000 10 10 10 10 10",
        "person_in_place": "50000 50000 500 500 500 500 500",
        "person_known_since": "50000 50000 100 100 100 100 100",
        "person_how_met": "10000 10000 500 500 500 500 500",
        "person_relation": "10000 10000 2000 2000",
        "person_in_circle": "10000 10000 2000 2000",
        "person_standing": "50000 50000 50000 100",
        "person_due": "10000 10000 20",
    },
    "keepwarm_fact": {"fact_key": "200000 200000 2", "fact_tag": "20000 20000 20000 20000 200 1"},
    "keepwarm_summary": {"summary_last": "20000 20000 10", "summary_strongest": "20000 20000 5 1 1 1"},
    "keepwarm_touch": {
        "touch_timeline": "200000 200000 10 1",
        "touch_once": "200000 200000 10 1",
        "touch_by_day": "200000 200000 1",
    },
    "keepwarm_interest": {"interest_of_person": "50000 50000 1"},
    "keepwarm_telling": {"telling_word": "80000 80000 20 1"},
    "keepwarm_sense": {"sense_newest": "52000 52000 52000 1"},
    "keepwarm_searchword": {"search_word_backwards": "50000 50000 1"},
}


def tell() -> None:
    """To be done after every change of tables: one that is made anew loses what was told of it."""
    if connection.vendor != "sqlite":
        return
    told = [(table, index, rows) for table, indexes in INDEXES.items() for index, rows in indexes.items()]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")  # makes the table of them
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", told)
    connection.close()  # they are read where a connection begins
