"""The one pass over the facts: a single ``GROUP BY`` to leaf cells (month, unit, sex).

The statement is plain SQL that DuckDB and Spark both understand; ``tests`` keep it as a snapshot.
Everything after it works on the small table of leaf cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samkoll.stats.engine.choice import leaf_table
from samkoll.stats.engine.facts import FULL_TIME, MEASURES, FactFile, FactSet

Integers = npt.NDArray[np.int64]

_COUNTED = {
    "persons": "main AND ordinary > 0",
    "permanent": "main AND form = 1",
    "departures": "main AND form = 1 AND departure IN (1, 2, 3, 4, 5, 7)",
    "retirements": "main AND form = 1 AND departure = 1",
    "full_time": f"main AND ordinary > 0 AND extent = {FULL_TIME}",
}
"""What a row must be to count one; every other measure is a column to sum."""


@dataclass(frozen=True, slots=True)
class LeafCells:
    """Columns of equal length, one entry per leaf cell that has rows, in no particular order."""

    month: npt.NDArray[np.integer]
    unit: npt.NDArray[np.integer]
    sex: npt.NDArray[np.integer]
    measures: dict[str, Integers]


def statement(source: str, measures: Sequence[str] = MEASURES, value: str = "") -> str:
    """The statement over ``source``, a table, view or bracketed query with the facts' columns.

    ``value``: an expression of the row to break the cells down by, called value in the result.
    """
    sums = ",\n".join(f"  {_sum(name)} AS {name}" for name in measures)
    keys = "month, unit, sex"
    more, group = (f",\n  {value} AS value", f",\n  {value}") if value else ("", "")
    return f"SELECT {keys}{more},\n{sums}\nFROM {source}\nGROUP BY {keys}{group}"


def _sum(measure: str) -> str:
    counted = _COUNTED.get(measure)
    each = f"CASE WHEN {counted} THEN 1 ELSE 0 END" if counted else measure
    return f"CAST(SUM({each}) AS BIGINT)"


def duckdb_source(files: Sequence[FactFile]) -> str:
    """The current months of these Parquet files, for DuckDB."""
    parts = [
        f"SELECT * FROM read_parquet({quoted(str(f.path))}) WHERE {in_months(f.months)}"
        for f in files
        if f.months
    ]
    return "(\n" + "\nUNION ALL\n".join(parts) + "\n) AS facts"


def leaf_cells(
    facts: FactSet, measures: Sequence[str] = MEASURES, *, memory: str = "800MB"
) -> LeafCells:
    """Read the facts once and sum them to leaf cells. ``memory`` bounds DuckDB's own buffers."""
    if not facts.months:
        return _no_cells()
    columns = leaf_table(facts.files, measures, memory=memory)
    sums = {name: columns[name] for name in measures}
    return LeafCells(columns["month"], columns["unit"], columns["sex"], sums)


def _no_cells() -> LeafCells:
    none = np.empty(0, np.int64)
    return LeafCells(none, none, none, dict.fromkeys(MEASURES, none))


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def in_months(months: Sequence[int]) -> str:
    """The condition for these months: a range where they are consecutive, so that the reader can
    skip row groups."""
    ordered = sorted(months)
    if ordered[-1] - ordered[0] + 1 == len(ordered):
        return f"month BETWEEN {ordered[0]} AND {ordered[-1]}"
    return f"month IN ({', '.join(map(str, ordered))})"
