"""Splink on a DuckDB database on disk: which of millions of rows may be one person, in bounded memory."""

from __future__ import annotations

import contextlib
import io
import logging
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from keepwarm.link.rows import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_LEAST = 0.5
TOGETHER = 50_000  # rows written and pairs read at once
MEMORY = "2GB"  # for DuckDB; what does not fit is spilt beside the database
PAIRS_TO_LEARN_FROM = 2e6
FOUND_BY_KEYS = 0.4  # of all pairs, those that the rules of `_SURE` find
AT_LEAST_TWICE = 0.05  # pairs for every person


class Missing(Exception):
    """The extra is not installed. Its text is for the user."""


class Pair(NamedTuple):
    one: str
    other: str
    probability: float


def pairs(rows: Iterable[Row], folder: Path, at_least: float = AT_LEAST) -> Iterator[Pair]:
    """`folder` holds the database while it works, several times as large as the rows, and is left as it was."""
    duckdb = _duckdb()
    with tempfile.TemporaryDirectory(prefix="link-", dir=folder) as place:
        database = duckdb.connect(str(Path(place) / "people.duckdb"))
        try:
            database.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{place}/spill'")
            database.execute("SET preserve_insertion_order = false")
            if _fill(database, rows) > 1:
                yield from _found(database, at_least)
        finally:
            database.close()


def _duckdb() -> Any:
    try:
        import duckdb  # noqa: PLC0415 (the extra `link`)
        import pyarrow  # noqa: F401, PLC0415
        import splink  # noqa: F401, PLC0415
    except ImportError as missing:
        raise Missing(
            f"{missing.name} is not installed. Looking through millions needs Splink and DuckDB: "
            "pip install 'keepwarm[link]', then run this again."
        ) from None
    return duckdb


def _fill(database: DuckDBPyConnection, rows: Iterable[Row]) -> int:
    import pyarrow as pa  # noqa: PLC0415

    columns = ", ".join(f"{name} VARCHAR" for name in Row._fields)
    database.execute(f"CREATE TABLE people (unique_id BIGINT, {columns})")
    each, written = iter(rows), 0
    nothing_as_null = ", ".join(f"nullif({name}, '') AS {name}" for name in Row._fields)
    while batch := list(islice(each, TOGETHER)):
        told = dict(zip(Row._fields, map(list, zip(*batch, strict=True)), strict=True))
        table = pa.table({"unique_id": range(written, written + len(batch)), **told})
        database.register("batch", table)
        database.execute(f"INSERT INTO people SELECT unique_id, {nothing_as_null} FROM batch")
        database.unregister("batch")
        written += len(batch)
    return written


def _found(database: DuckDBPyConnection, at_least: float) -> Iterator[Pair]:
    with _quietly():
        table = _predicted(database, at_least)
    told = database.execute(
        f"SELECT one.id, other.id, match_probability FROM {table} "
        "JOIN people one ON one.unique_id = unique_id_l JOIN people other ON other.unique_id = unique_id_r"
    )
    while batch := told.fetchmany(TOGETHER):
        yield from (Pair(*row) for row in batch)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Splink explains itself at length, and draws a chart where it may."""
    logging.disable(logging.WARNING)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def _predicted(database: DuckDBPyConnection, at_least: float) -> str:
    """The table of pairs."""
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415

    api = DuckDBAPI(database)
    settings = SettingsCreator(
        "dedupe_only",
        _comparisons(),
        _blocks(),
        probability_two_random_records_match=_prior(database),
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(api.register("people"), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_TO_LEARN_FROM, seed=1)
    _learn(linker)
    return str(linker.inference.predict(threshold_match_probability=at_least).physical_name)


def _learn(linker: Any) -> None:
    """A set without such pairs leaves Splink its defaults."""
    from splink import block_on  # noqa: PLC0415
    from splink.internals.exceptions import EMTrainingException  # noqa: PLC0415

    for rule in (block_on("given", "family"), block_on("email"), block_on("phone")):
        with contextlib.suppress(EMTrainingException):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)


_SURE = (
    "l.email = r.email and l.family = r.family",
    "l.phone = r.phone and l.family = r.family",
    "l.profile = r.profile",
)


def _prior(database: DuckDBPyConnection) -> float:
    """That any two rows are one person. Whoever shares an address has often been joined by the import already."""
    each = (f"SELECT l.id, r.id FROM people l JOIN people r ON {rule} AND l.unique_id < r.unique_id" for rule in _SURE)
    sure, people = (
        database.execute(f"SELECT count(*) FROM ({told})").fetchall()[0][0]
        for told in (" UNION ".join(each), "SELECT id FROM people")
    )
    return float(min(0.1, max(sure / FOUND_BY_KEYS, AT_LEAST_TWICE * people) / (people * (people - 1) / 2)))


def _blocks() -> list[Any]:
    """Each asks for two things, or for what is one person's own: no block grows with the square of the people."""
    from splink import block_on  # noqa: PLC0415

    return [
        block_on("email"),
        block_on("phone"),
        block_on("profile"),
        block_on("given_sound", "family_sound"),
        block_on("circle", "family_sound"),
        block_on("employer", "family_sound"),
        block_on("mailbox", "family_sound"),
        block_on("birthday", "given_sound"),
        block_on("birthday", "family_sound"),
        block_on("place", "given_sound", "substr(family, 1, 2)"),
    ]


def _comparisons() -> list[Any]:
    import splink.comparison_level_library as levels  # noqa: PLC0415
    import splink.comparison_library as library  # noqa: PLC0415

    alike = levels.CustomLevel("given_sound_l = given_sound_r or circle_l = circle_r", "alike")
    said_alike = levels.ExactMatchLevel("family_sound")
    return [
        _name("given", alike, 0.88),
        _name("family", said_alike, 0.9),
        library.CustomComparison(
            [
                levels.NullLevel("email"),
                levels.ExactMatchLevel("email"),
                levels.ExactMatchLevel("mailbox"),
                levels.ElseLevel(),
            ],
            "email",
        ),
        library.ExactMatch("phone"),
        library.ExactMatch("profile"),
        library.LevenshteinAtThresholds("birthday", [1]),
        library.ExactMatch("employer").configure(term_frequency_adjustments=True),
        library.ExactMatch("title").configure(term_frequency_adjustments=True),
        library.ExactMatch("place").configure(term_frequency_adjustments=True),
    ]


def _name(part: str, alike: Any, near: float) -> Any:
    import splink.comparison_level_library as levels  # noqa: PLC0415
    import splink.comparison_library as library  # noqa: PLC0415

    return library.CustomComparison(
        [
            levels.NullLevel(part),
            levels.ExactMatchLevel(part, term_frequency_adjustments=True),
            alike,
            levels.JaroWinklerLevel(part, near),
            levels.CustomLevel(
                f"{part}_l[1] = {part}_r[1] and (length({part}_l) = 1 or length({part}_r) = 1)", "initial"
            ),
            levels.ElseLevel(),
        ],
        part,
    )
