"""From record files to rows of facts, one part of the persons at a time.

    with derive(basis, folder) as derived:
        derived.months, derived.report
        derived.signatures()             # tells which months differ from what counts already
        for frame in derived.rows(months): writer.write(frame)

The parts are ranges of pseudonyms, which are evenly spread: memory depends on the size of a part,
not on the files. What a part gives is put aside as Parquet in ``folder``, which only we can read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samkoll.core.months import Month
from samkoll.stats.engine.aside import private_folder
from samkoll.stats.engine.cells import quoted
from samkoll.stats.engine.facts import COLUMNS
from samkoll.stats.records.schema import COLUMNS as RECORDS
from samkoll.stats.records.schema import KINDS, Kind
from samkoll.stats.spells import absences, calendar, person_months, placements
from samkoll.stats.spells.basis import BEGINNING, Basis
from samkoll.stats.spells.knowing import knowledge
from samkoll.stats.spells.report import Report, of_part

if TYPE_CHECKING:
    import duckdb
    import polars as pl

PART_ROWS = 1_500_000
"""About so many rows of facts are worked out, or sorted, at a time."""
MEMORY = "800MB"
Progress = Callable[[int, int], None]
"""Called with parts done and parts in all."""


@dataclass(frozen=True)
class Derived:
    """Rows of facts that lie aside, and what was found on the way.

    ``knows``: for each month the optional columns that are real.
    """

    months: tuple[int, ...]
    report: Report
    knows: Mapping[int, frozenset[str]]
    _connection: duckdb.DuckDBPyConnection
    _source: str

    def signatures(self) -> dict[int, tuple[int, int]]:
        """Of each month with rows: how many, and a hash of them whatever their order."""
        return signatures(self._connection, self._source)

    def rows(self, months: Iterable[int]) -> Iterator[pl.DataFrame]:
        """The rows of these months, sorted as facts are, in frames."""
        import polars as pl

        names = ", ".join(name for name, _ in COLUMNS)
        for some in _batches(sorted(months), self.report.rows, len(self.months)):
            found = self._connection.sql(
                f"SELECT {names} FROM {self._source} WHERE month BETWEEN {some[0]} AND {some[-1]} "
                f"AND month IN ({', '.join(map(str, some))}) "
                "ORDER BY month, unit, sex, person, employment"
            )
            for batch in found.to_arrow_reader(131_072):
                yield pl.DataFrame(batch)


@contextmanager
def derive(basis: Basis, folder: Path, progress: Progress | None = None) -> Iterator[Derived]:
    """Work out every derived month. ``folder`` is for what is put aside; it is emptied after.

    No months (``basis.months``) give no rows.
    """
    import duckdb

    with private_folder(folder, "spells-") as aside:
        config: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(aside / "spill")}
        with duckdb.connect(config=config) as connection:
            connection.execute("SET preserve_insertion_order = false")
            report = _worked_out(connection, basis, aside, progress) if basis.months else Report()
            source = f"read_parquet({quoted(str(aside / 'part-*.parquet'))})"
            knows = knowledge(connection, basis)
            yield Derived(basis.months, report, knows, connection, source)


def signatures_of(path: Path) -> dict[int, tuple[int, int]]:
    """``signatures`` of a fact file on disk."""
    import duckdb

    with duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        return signatures(connection, f"read_parquet({quoted(str(path))})")


def signatures(connection: duckdb.DuckDBPyConnection, source: str) -> dict[int, tuple[int, int]]:
    """Of each month of a fact file: its rows, and a hash of them that no order changes."""
    names = ", ".join(name for name, _ in COLUMNS)
    found = connection.execute(
        f"SELECT month, count(*), sum(hash({names})::HUGEINT) FROM {source} GROUP BY month"
    ).fetchall()
    return {month: (rows, mark) for month, rows, mark in found}


# -- inside ------------------------------------------------------------------------------------


def _worked_out(
    connection: duckdb.DuckDBPyConnection, basis: Basis, aside: Path, progress: Progress | None
) -> Report:
    """Put the facts of all persons aside, part by part."""
    _prepare(connection, basis)
    count = _parts(basis)
    report = Report()
    for part in range(count):
        first, last = 2**64 * part // count, 2**64 * (part + 1) // count - 1
        for kind in KINDS:
            connection.execute(_rows_of(basis, kind, first, last))
        for statement in _statements(basis):
            connection.execute(statement)
        report += of_part(connection)
        target = aside / f"part-{part:04d}.parquet"
        connection.execute(f"COPY (FROM facts ORDER BY month) TO {quoted(str(target))}")
        if progress:
            progress(part + 1, count)
    return report


def _prepare(connection: duckdb.DuckDBPyConnection, basis: Basis) -> None:
    """The tables that all parts share: calendar, periods of files, units, edges."""
    last = max(file.last for file in basis.files)
    calendar.fill(connection, basis.months, last)
    spoken = [
        (kind, file.sequence, *days)
        for kind in KINDS
        for file in basis.of(kind)
        for days in basis.speaks(file)
    ]
    _table(connection, "speaks", "kind VARCHAR, seq BIGINT, first DATE, last DATE", spoken)
    _table(connection, "edges", "day DATE", [(first,) for first, _ in basis.covered("absence")])
    begin, end = Month.containing(BEGINNING), Month.containing(last)
    units = [
        (span.code, span.unit, first, until, Month(first).first_day, Month(until).last_day)
        for span in basis.units
        if (first := max(span.first, begin.index)) <= (until := min(span.last, end.index))
    ]
    columns = "code VARCHAR, unit INTEGER, first_month INTEGER, last_month INTEGER"
    _table(connection, "unit_spans", f"{columns}, first_day DATE, last_day DATE", units)


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """A small table of Python values, in one go."""
    import polars as pl

    connection.execute(f"CREATE TABLE {name} ({columns})")
    if rows:
        connection.register("_rows", pl.DataFrame(rows, orient="row").to_arrow())
        connection.execute(f"INSERT INTO {name} FROM _rows")
        connection.unregister("_rows")


_DUCKDB = {
    "uint64": "UBIGINT", "int32": "INTEGER", "int16": "SMALLINT", "uint8": "UTINYINT",
    "date32": "DATE", "bool": "BOOLEAN", "string": "VARCHAR",
}  # fmt: skip


def _rows_of(basis: Basis, kind: Kind, first: int, last: int) -> str:
    """A part's records of a kind, with the order in which their files were kept."""
    names = ", ".join(column.name for column in RECORDS[kind])
    parts = [
        f"SELECT {names}, {file.sequence}::BIGINT AS seq "
        f"FROM read_parquet({quoted(str(file.path))}) WHERE person BETWEEN {first} AND {last}"
        for file in basis.of(kind)
    ]
    nothing = ", ".join(
        f"NULL::{_DUCKDB[column.type]} AS {column.name}" for column in RECORDS[kind]
    )
    rows = " UNION ALL ".join(parts) or f"SELECT {nothing}, NULL::BIGINT AS seq WHERE false"
    return f"CREATE OR REPLACE TEMP TABLE {kind} AS {rows}"


def _statements(basis: Basis) -> tuple[str, ...]:
    """From a part's records to its facts."""
    ends = {"first_month": basis.months[0], "last_month": basis.months[-1]}
    return (
        placements.DEPARTED,
        placements.STINTS,
        placements.PLACEMENTS,
        placements.PLACED.format(**ends),
        placements.WORKED,
        placements.cells(),
        absences.POSTS,
        absences.CROSSED,
        absences.SEGMENTS,
        absences.ISLANDS.format(short_to=absences.SHORT_TO[basis.convention]),
        person_months.pieces(**ends),
        person_months.sick(),
        person_months.DAYS.format(**ends),
        person_months.FACTS,
    )


def _parts(basis: Basis) -> int:
    """How many parts make each small enough, by the rows of the largest file of employments."""
    from pyarrow import parquet

    rows: int = max(parquet.read_metadata(file.path).num_rows for file in basis.of("employment"))
    return max(1, math.ceil(rows * len(basis.months) / PART_ROWS))


def _batches(months: list[int], rows: int, of: int) -> Iterator[list[int]]:
    """Months in groups of about as many rows as a part."""
    size = max(1, PART_ROWS * of // max(rows, 1))
    for start in range(0, len(months), size):
        yield months[start : start + size]
