"""Many rows at once: the one road past the ORM, for the tables of an import.

`bulk_create` spends four times as long on building model instances as the database does on storing them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.lookups import Lookup

Row = Sequence[Any]
ZONE = len("+00:00")
PARAMETERS = 990  # to a statement: older SQLite takes 999


class Among(Lookup[Any]):
    """`filter(Among(F("key"), keys))`: `key__in` for thousands of texts or ids, in one parameter.

    The ORM prepares each value of an `in` for longer than the database looks for it, and both databases
    limit how many parameters a statement may have.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        values = [parameter(value) if isinstance(value, UUID) else value for value in self.rhs]
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", [*parameters, values]
        return f"{column} IN (SELECT value FROM json_each(%s))", [*parameters, json.dumps(values)]


def moment(at: datetime) -> Any:
    """A time as this database stores it."""
    return connection.ops.adapt_datetimefield_value(at)


def day(on: date | None) -> str | None:
    """A day as both databases take it."""
    return on.isoformat() if on else None


def moments(times: Iterable[datetime]) -> list[Any]:
    """As `moment`, for many: the ORM's way takes as long as storing the row."""
    if connection.vendor == "postgresql":
        return list(times)
    return [(at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(" ")[:-ZONE] for at in times]


def insert(model: type[models.Model], names: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write rows whose values stand in the order of `names` (attribute names, e.g. `person_id`).

    Ids are 32 hexadecimal digits, dates ISO text and times come from `moment`, on both databases.
    """
    table, columns = _columns(model, names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            _insert_each(cursor, f"INSERT INTO {table} ({columns}) VALUES", len(names), list(rows))


def insert_new(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Row]) -> int:
    """As `insert`, without the rows that a constraint says are here already; returns how many were not.

    To be called within a transaction.
    """
    if not rows:
        return 0
    name, columns = _columns(model, names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _copy_new(cursor, name, columns, rows)
        head, tail = f"INSERT INTO {name} ({columns}) VALUES", "ON CONFLICT DO NOTHING"
        return _insert_each(cursor, head, len(names), rows, tail)


def _copy_new(cursor: Any, name: str, columns: str, rows: Sequence[Row]) -> int:
    """COPY knows no conflict, so what is new is chosen from a table beside it."""
    beside = connection.ops.quote_name(f"new_{name.strip(chr(34))}")
    cursor.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {beside} ON COMMIT DELETE ROWS AS SELECT {columns} FROM {name} LIMIT 0"
    )
    with cursor.copy(f"COPY {beside} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {beside} ON CONFLICT DO NOTHING")
    count = int(cursor.rowcount)
    cursor.execute(f"DELETE FROM {beside}")
    return count


def _insert_each(cursor: Any, head: str, width: int, rows: Sequence[Row], tail: str = "") -> int:
    """Many rows to a statement, as SQLite takes a third longer where each has its own; the rest one by one."""
    cells = "(" + ", ".join(["%s"] * width) + ")"
    together = PARAMETERS // width
    whole = len(rows) // together * together
    chunks = (rows[at : at + together] for at in range(0, whole, together))
    cursor.executemany(
        f"{head} {', '.join([cells] * together)} {tail}", [tuple(chain.from_iterable(chunk)) for chunk in chunks]
    )
    count: int = max(cursor.rowcount, 0)
    cursor.executemany(f"{head} {cells} {tail}", rows[whole:])
    count += max(cursor.rowcount, 0)
    return count


def fetch(rows: models.QuerySet[Any, Any]) -> list[Row]:
    """The rows of a `values_list` as the database gives them: ids and times unconverted, at a third of the cost."""
    with connection.cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        found: list[Row] = cursor.fetchall()
        return found


def execute(sql: str, values: Sequence[Any] = ()) -> int:
    """Run one statement on many rows; returns how many it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def parameter(id: Any) -> Any:
    """An id as this database takes it in SQL of our own."""
    return id if connection.features.has_native_uuid_field else id.hex


@cache
def _columns(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, str]:
    by_name = {field.attname: field.column for field in model._meta.concrete_fields}
    return table(model), ", ".join(connection.ops.quote_name(by_name[name]) for name in names)


def execute_each(sql: str, rows: Sequence[Row]) -> None:
    """Run one statement once for every row of values."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def look_again(*tables: type[models.Model]) -> None:
    """Have PostgreSQL count these tables anew: until its own clock does, it plans as if they were empty."""
    if connection.vendor == "postgresql":
        execute("ANALYZE " + ", ".join(table(model) for model in tables))
