"""What the record files know of each month: a figure of what no file tells is missing, never 0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from samkoll.core.months import Month
from samkoll.stats.engine.cells import quoted
from samkoll.stats.spells.basis import Basis, Days, RecordSource, whole_months

if TYPE_CHECKING:
    import duckdb

ALWAYS = frozenset({"sick_60", "sick_days", "occasions"})
TOLD = ("additional", "overtime")
"""Columns of time files that a system may lack."""


def knowledge(connection: duckdb.DuckDBPyConnection, basis: Basis) -> dict[int, frozenset[str]]:
    """For each derived month the optional columns of facts that are real.

    Departures where files of departures cover any day of the month, as their period is often that
    of the first and last who left; additional hours and overtime where files of time cover the
    whole month and each that speaks of it has the column; managers where any employment names one.
    """
    everywhere = ALWAYS | ({"manager"} if _names_managers(connection, basis) else set())
    departures = _touched(basis.covered("departure"))
    told = {name: _told(connection, basis, name) for name in TOLD}
    return {
        month: frozenset(
            {*everywhere, *(["departure"] if month in departures else [])}
            | {name for name, months in told.items() if month in months}
        )
        for month in basis.months
    }


def _told(connection: duckdb.DuckDBPyConnection, basis: Basis, column: str) -> set[int]:
    """Months that files of time cover wholly, without those of which one speaks that is mute."""
    mute = [f for f in basis.of("time") if _any_row(connection, f, f"{column} IS NULL")]
    days = [
        piece
        for file in mute
        for stretch in basis.speaks(file)
        for piece in _within(stretch, (file.first, file.last))
    ]
    covered = {month for days in basis.covered("time") for month in whole_months(days)}
    return covered - _touched(days)


def _within(days: Days, period: Days) -> list[Days]:
    first, last = max(days[0], period[0]), min(days[1], period[1])
    return [(first, last)] if first <= last else []


def _touched(stretches: Iterable[Days]) -> set[int]:
    """Months of which any day is among these."""
    return {
        index
        for first, last in stretches
        for index in range(Month.containing(first).index, Month.containing(last).index + 1)
    }


def _names_managers(connection: duckdb.DuckDBPyConnection, basis: Basis) -> bool:
    return any(_any_row(connection, f, "manager IS NOT NULL") for f in basis.of("employment"))


def _any_row(connection: duckdb.DuckDBPyConnection, file: RecordSource, condition: str) -> bool:
    source = f"read_parquet({quoted(str(file.path))})"
    return bool(connection.execute(f"SELECT 1 FROM {source} WHERE {condition} LIMIT 1").fetchall())
