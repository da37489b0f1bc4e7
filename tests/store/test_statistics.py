"""What SQLite is told of its indexes fits those that are there."""

from __future__ import annotations

import pytest
from django.db import connection

from keepwarm.store.statistics import INDEXES

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]  # PostgreSQL looks for itself


@pytest.mark.parametrize("table", INDEXES)
def test_each_index_is_there_with_as_many_columns(table: str) -> None:
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, table)
    for index, rows in INDEXES[table].items():
        assert len(rows.split()) == len(held[index]["columns"]) + 1, index
