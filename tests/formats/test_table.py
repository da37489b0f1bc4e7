"""Tables as the world saves them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwarm.formats import table
from keepwarm.formats.batch import Unreadable
from keepwarm.formats.table import Row, Table

HEADER = "Name,Town,Trade\n"


def named(names: Sequence[str]) -> bool:
    return {"name", "town"} <= set(map(table.key, names))


def opened(text: str) -> Table:
    return Table(io.StringIO(text, newline=""), named)


def cells(text: str) -> list[list[str]]:
    return [row.cells for row in opened(text).rows()]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_delimiter(mark: str) -> None:
    assert cells("Name,Town,Trade\nAda,Bergen,Maps\n".replace(",", mark)) == [["Ada", "Bergen", "Maps"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end: str) -> None:
    assert cells((HEADER + "Ada,Bergen,Maps").replace("\n", end)) == [["Ada", "Bergen", "Maps"]]


def test_a_column_is_found_by_any_of_its_names() -> None:
    sheet = opened("NAME, town ,E-mail Address\n")
    assert (sheet.column("Email Address", "E-Mail"), sheet.column("Town"), sheet.column("Age")) == (2, 1, -1)


@pytest.mark.parametrize("above", ["", "Notes:\n\n", '"\n', 'a "b, c\nd\n', "sep=,\n", "\ufeff"])
def test_what_stands_above_the_header(above: str) -> None:
    assert cells(above + HEADER + "Ada,Bergen,Maps\n") == [["Ada", "Bergen", "Maps"]]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    rows = opened("Notes:\n\n" + HEADER + 'Ada,"Ber\ngen",Maps\n\nBen,Oslo,Clocks\n').rows()
    assert [row.number for row in rows] == [4, 6]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    assert cells(HEADER + '"Ada\nB",Bergen,"a\n\nb, c, d"\n') == [["Ada\nB", "Bergen", "a\n\nb, c, d"]]


def test_a_repeated_header_and_blank_rows_are_nothing() -> None:
    assert cells(HEADER + ",,\n" + HEADER + "\n") == []


@pytest.mark.parametrize(
    ("row", "expected", "told"),
    [
        ("Ada,Bergen\n", ["Ada", "Bergen", ""], "has 2 of the header's 3 cells"),
        ("Ada,Bergen,Maps,,\n", ["Ada", "Bergen", "Maps"], ""),
        (
            "Ada,Bergen, Norway,Maps\n",
            ["Ada", "Bergen, Norway", "Maps"],
            "has 4 cells where the header has 3",
        ),
        ("Ada,Bergen,Norway,Maps\n", [], "has 4 cells where the header has 3"),
    ],
)
def test_a_row_of_another_width(row: str, expected: list[str], told: str) -> None:
    (found,) = opened(HEADER + row).rows()
    assert found.cells == expected
    assert told in (found.problem.message if found.problem else "")


def test_a_torn_row_is_joined_where_it_fits() -> None:
    (row,) = opened(HEADER + "Ada,Bergen,Norway,Maps\n").rows(lambda c: c[1] == "Bergen,Norway")
    assert row.cells == ["Ada", "Bergen,Norway", "Maps"]


def test_an_open_quote_costs_no_other_row() -> None:
    rows = list(opened(HEADER + 'Ada,"Bergen,Maps\nBen,Oslo,Clocks\nCleo,"Rome, Italy",Ferns\n').rows())
    assert [row.cells for row in rows] == [
        ["Ada", "Bergen", "Maps"],
        ["Ben", "Oslo", "Clocks"],
        ["Cleo", "Rome, Italy", "Ferns"],
    ]
    assert rows[0].problem
    assert rows[0].problem.row == 2
    assert rows[0].problem.message == 'A quotation mark opens at “"Bergen,Maps” and never closes.'


@pytest.mark.parametrize("more", [1, 499, 500, 501, 1400])
def test_an_open_quote_with_no_other_quote_behind_it(more: int) -> None:
    rows = list(opened(HEADER + 'Ada,"Bergen,Maps\n' + "Ben,Oslo,Clocks\n" * more).rows())
    assert len(rows) == more + 1
    assert sum(row.problem is not None for row in rows) == 1


def test_an_open_quote_in_the_last_row() -> None:
    assert cells(HEADER + 'Ada,"Bergen,Maps') == [["Ada", "Bergen", "Maps"]]


def test_an_open_quote_in_every_row() -> None:
    rows = list(opened(HEADER + 'Ada,"Bergen,Maps\n' * 50).rows())
    assert [row.cells for row in rows] == [["Ada", "Bergen", "Maps"]] * 50


def test_an_inch_is_no_quotation_mark() -> None:
    assert cells(HEADER + 'Ada,Bergen,5" maps\n') == [["Ada", "Bergen", '5" maps']]


def test_a_cell_longer_than_csv_allows_costs_its_row() -> None:
    rows = opened(HEADER + "Ada,Bergen," + "x" * 300_000 + "\nBen,Oslo,Clocks\n").rows()
    assert [row.cells for row in rows if row.cells][-1] == ["Ben", "Oslo", "Clocks"]


def test_no_header_is_refused() -> None:
    with pytest.raises(Unreadable):
        opened("foo,bar\n1,2\n")


@given(st.text(alphabet='a",;\n\r \t\x00', max_size=80))
def test_any_text_has_rows_of_one_width(text: str) -> None:
    rows: list[Row] = list(opened(HEADER + text).rows())
    assert all(len(row.cells) in (0, 3) for row in rows)
    assert all(row.cells or row.problem for row in rows)


def test_shown_is_one_short_line() -> None:
    assert table.shown("a\nb") == "“a b”"
    assert len(table.shown("x" * 100)) == 42


def test_a_header_of_thousands_of_columns_is_refused() -> None:
    with pytest.raises(Unreadable, match="more columns than the 1,000"):
        opened("Name,Town" + ",x" * 999 + "\n")
    assert opened("Name,Town" + ",x" * 998 + "\n").column("Town") == 1


def tried(names: int, right: int) -> int:
    """How many ways to put a row together are looked at, where that one of them is right."""
    seen: list[list[str]] = []
    rows = opened("Name,Town" + ",x" * (names - 2) + "\n" + "a," * names + "a\n")
    list(rows.rows(lambda cells: bool(seen.append(cells)) or len(seen) == right))
    return len(seen)


def test_a_torn_row_is_joined_one_way_at_a_time() -> None:
    assert tried(names=300, right=3) == 3
    assert tried(names=300, right=999) == table.MOST_TRIES


def test_a_row_torn_to_shreds_is_left_alone() -> None:
    (row,) = opened(HEADER + "a," * (table.MOST_TORN + 3) + "a\n").rows(lambda _: pytest.fail("it was tried"))
    assert row.cells == []
    assert row.problem
    assert "Put quotation marks" in row.problem.fix
