"""Reading the months of persons from the facts, one part of the persons at a time.

Persons are independent of each other, so memory is that of one part, whatever the facts hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from samkoll.stats.engine.aside import private_folder
from samkoll.stats.engine.cells import duckdb_source, quoted
from samkoll.stats.engine.choice import Columns
from samkoll.stats.engine.distinct import Count, Limits, PersonCells
from samkoll.stats.engine.facts import FactSet

if TYPE_CHECKING:
    import duckdb

ROWS_AT_ONCE, MOST_PARTS = 250_000, 200
"""A part of the persons has about so many rows; each part is a file, so not too many."""
MEMORY = "200MB"


def person_cells(
    facts: FactSet, limits: Limits, *, memory: str = MEMORY, rows_at_once: int = ROWS_AT_ONCE
) -> PersonCells:
    """Read the facts once and count persons. ``memory`` bounds DuckDB's own buffers.

    What does not fit is put aside in parts of persons beside the fact files, in a folder that only
    we can read.
    """
    import duckdb

    if not facts.months:
        none = np.empty(0, np.int64)
        return Count(none, none, none, limits).found()
    work = facts.files[0].path.parent / "work"
    with private_folder(work, "persons-") as folder:
        config: dict[str, Any] = {"memory_limit": memory, "temp_directory": str(folder / "spill")}
        with duckdb.connect(config=config) as connection:
            connection.execute("SET preserve_insertion_order = false")
            source = duckdb_source(facts.files)
            rows = int(_columns(connection, f"SELECT count(*) AS n FROM {source}")["n"][0])
            parts = min(1 + rows // rows_at_once, MOST_PARTS)
            places = _columns(connection, PLACES.format(source=source))
            count = Count(places["month"], places["unit"], places["alive"], limits)
            connection.execute(f"CREATE TEMP TABLE teams AS {TEAMS.format(source=source)}")
            for part in _in_parts(connection, source, parts, folder):
                count.add(_columns(connection, PERSON_MONTHS.format(source=part)))
    return count.found()


PLACES: Final = """SELECT month, unit, bool_or(form = 1) AS alive FROM {source}
WHERE main GROUP BY month, unit ORDER BY month, unit"""
"""Units that are somebody's main unit in the month, and whether of anybody permanent."""

TEAMS: Final = """SELECT manager, month, COUNT(*) AS people FROM {source}
WHERE main AND ordinary > 0 AND manager <> 0 AND manager <> person
GROUP BY manager, month"""

PERSON_MONTHS: Final = """SELECT months.*, CAST(coalesce(people, 0) AS BIGINT) AS led
FROM (SELECT person, month,
  coalesce(MAX(unit) FILTER (main), -1) AS unit,
  coalesce(MAX(sex) FILTER (main), 0) AS sex,
  coalesce(bool_or(main AND ordinary > 0), false) AS there,
  coalesce(bool_or(main AND form = 1), false) AS permanent,
  CAST(SUM(sick_short + sick_long) AS BIGINT) AS sick,
  MAX(occasions) AS occasions,
  CAST(SUM(overtime) AS BIGINT) AS overtime,
  CAST(SUM(additional) AS BIGINT) AS additional
FROM {source} GROUP BY person, month) AS months
LEFT JOIN teams ON teams.manager = months.person AND teams.month = months.month
ORDER BY person, months.month"""
"""One row for each person and month: the main employment (unit -1: none), all hours, and how many
the person leads."""

_READ: Final = (
    "person, month, unit, sex, form, main, ordinary, sick_short, sick_long, additional, overtime, "
    "occasions"
)


def _in_parts(
    connection: duckdb.DuckDBPyConnection, source: str, parts: int, folder: Path
) -> Iterator[str]:
    """Sources that each hold all rows of its persons, about equally many."""
    if parts == 1:
        yield source
        return
    connection.execute("SET partitioned_write_flush_threshold = 65536")
    connection.execute(
        f"COPY (SELECT {_READ}, person % {parts} AS part FROM {source}) "
        f"TO {quoted(str(folder / 'parts'))} "
        "(FORMAT parquet, COMPRESSION lz4, PARTITION_BY (part))"
    )
    for part in sorted(folder.glob("parts/part=*")):
        yield f"read_parquet({quoted(str(part / '*.parquet'))}, hive_partitioning = false)"


def _columns(connection: duckdb.DuckDBPyConnection, query: str) -> Columns:
    found: Columns = connection.execute(query).fetchnumpy()
    return found
