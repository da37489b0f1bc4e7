"""The same cards judged by Splink on DuckDB, with the settings of its tutorial for whichever columns a set has."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import SplinkException

Row = Mapping[str, str]
Scores = dict[tuple[int, int], float]
TUTORIAL, WIDE = "Splink, tutorial's blocks", "Splink, wide blocks"
_NAMES = ("given_name", "surname")
_EXACT = ("phone", "linkedin_url", "company", "title", "postcode")
_ONE_FOR_EACH = ("given_name", "surname", "birthday", "email", "phone", "linkedin_url", "postcode", "street")
_ALIKE = "l.{0} = r.{0} and levenshtein(l.{1}, r.{1}) <= {2}"


def scores(rows: Sequence[Row]) -> dict[str, Scores]:
    """By blocking: how likely Splink finds each pair to be one person; pairs by place, the lower first."""
    table = _table(rows)
    if {*table.column_names} == {"unique_id", *_NAMES}:
        return {}  # from names alone it can learn nothing
    return {TUTORIAL: _predicted(table, list(_tutorial(table))), WIDE: _predicted(table, list(_wide(table)))}


def _table(rows: Sequence[Row]) -> pa.Table:
    cleaned = [_with_names({key: value.strip().lower() for key, value in row.items() if value}) for row in rows]
    stated = [
        column for column in (*_ONE_FOR_EACH[2:], "city", "company", "title") if any(column in row for row in cleaned)
    ]
    columns = {column: pa.array([row.get(column) for row in cleaned], pa.string()) for column in (*_NAMES, *stated)}
    return pa.table({"unique_id": list(range(len(rows))), **columns})


def _with_names(row: dict[str, str]) -> dict[str, str]:
    """Of a whole name the last word is the family's."""
    if "full_name" in row and "surname" not in row:
        given, _, family = row["full_name"].rpartition(" ")
        return row | {"given_name": given.split(" ")[0], "surname": family} if given else row | {"given_name": family}
    return row


def _comparisons(table: pa.Table) -> Iterator[object]:
    for column in table.column_names:
        if column in _NAMES:
            yield cl.NameComparison(column)
        elif column == "birthday":
            yield cl.DateOfBirthComparison(column, input_is_string=True, datetime_format=_day_format(table))
        elif column == "email":
            yield cl.EmailComparison(column)
        elif column == "street":
            yield cl.LevenshteinAtThresholds(column, [1, 3])
        elif column in _EXACT or column == "city":
            yield cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def _day_format(table: pa.Table) -> str:
    return "%Y-%m-%d" if any("-" in (day or "") for day in table["birthday"].to_pylist()) else "%Y%m%d"


def _tutorial(table: pa.Table) -> Iterator[object]:
    """First name with city, and surname."""
    yield block_on("given_name", "city") if "city" in table.column_names else block_on("given_name", "surname")
    yield block_on("surname")


def _wide(table: pa.Table) -> Iterator[object]:
    yield from (block_on(column) for column in _ONE_FOR_EACH if column in table.column_names)


def _sure(columns: Sequence[str]) -> Iterator[str]:
    """The tutorial's rules for how many pairs there are."""
    if "birthday" in columns:
        yield from (_ALIKE.format(name, "birthday", 1) for name in _NAMES)
    yield _ALIKE.format(*_NAMES, 2)
    if "email" in columns:
        yield "l.email = r.email"


def _predicted(table: pa.Table, blocks: list[object]) -> Scores:
    logging.disable(logging.WARNING)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        found = _linked(table, blocks)
    logging.disable(logging.NOTSET)
    return {(min(pair), max(pair)): probability for *pair, probability in found}


def _linked(table: pa.Table, blocks: list[object]) -> Iterable[tuple[int, int, float]]:
    settings = SettingsCreator("dedupe_only", list(_comparisons(table)), blocks)
    database = DuckDBAPI()
    linker = Linker(database.register(table), settings)
    linker.training.estimate_probability_two_random_records_match(list(_sure(table.column_names)), recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in _trained_on(table.column_names):
        with contextlib.suppress(SplinkException):  # where there are no such pairs, Splink has its defaults
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    told = linker.inference.predict(threshold_match_probability=0.001).as_record_list()
    return [(row["unique_id_l"], row["unique_id_r"], row["match_probability"]) for row in told]


def _trained_on(columns: Sequence[str]) -> Iterator[object]:
    yield block_on(*_NAMES)
    yield block_on("birthday" if "birthday" in columns else "email" if "email" in columns else "surname")
