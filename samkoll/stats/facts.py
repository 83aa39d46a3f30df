"""Writing a snapshot: rows in, one sorted, immutable, content-named Parquet file out.

    metadata = {"source": …, "convention": …, "batch": …, "knows": "sick_60,manager"}
    with SnapshotWriter(folder, metadata) as writer:
        writer.write(frame)          # as often as needed; pseudonyms only
        staged = writer.finish()     # the file lies at its final name; nothing counts it yet
    services.publish(staged, batch=…, actor=…, now=…)

The final name exists before the database commits. A crash in between leaves a file that nobody
refers to, which ``samkoll doctor`` removes; a snapshot that counts always has its file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from samkoll.stats.engine.cells import quoted, statement
from samkoll.stats.engine.facts import MEASURES, OPTIONAL, arrow_schema

if TYPE_CHECKING:
    import polars as pl

ROW_GROUP = 131_072
SORT_MEMORY = "200MB"


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """What one month of a snapshot holds: rows, and the sum of every base measure."""

    month: int
    rows: int
    totals: dict[str, int]


@dataclass(frozen=True, slots=True)
class StagedSnapshot:
    """A finished file that does not count yet. ``knows``: optional columns that are real."""

    path: Path
    sha256: str
    source: str
    convention: str
    rows: int
    months: tuple[MonthTotals, ...]
    knows: tuple[str, ...] = ()


class SnapshotWriter:
    """Streams fact rows to a temporary file. Leaving the block without ``finish`` removes it.

    ``metadata``: source, convention and batch, and ``knows``, the optional columns that are real,
    with commas between (none without it). Rows that do not come sorted by month, unit and sex are
    sorted at the end, outside memory. Raises: ValueError for a known column that does not exist.
    """

    def __init__(self, folder: Path, metadata: Mapping[str, str]) -> None:
        self._folder, self._metadata = folder, {"knows": "", **metadata}
        self._knows = tuple(sorted(filter(None, self._metadata["knows"].split(","))))
        if strange := set(self._knows).difference(OPTIONAL):
            raise ValueError(f"no optional columns: {sorted(strange)}")
        self._schema = arrow_schema(self._metadata)
        self._waiting: list[pl.DataFrame] = []
        self._last, self._sorted = -1, True

    def __enter__(self) -> Self:
        import pyarrow.parquet as pq

        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._part = self._folder / f".{secrets.token_hex(8)}.part"
        os.close(os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self._writer = pq.ParquetWriter(self._part, self._schema, compression="zstd")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._writer.close()
        self._part.unlink(missing_ok=True)

    def write(self, rows: pl.DataFrame) -> None:
        """Add rows with the columns of the fact schema, in its order and types."""
        if sum(each.height for each in self._waiting) + rows.height > ROW_GROUP:
            self._flush()
        if rows.height:
            self._waiting.append(rows)

    def _flush(self) -> None:
        """Write what waits as one group of rows: the same persons in several months pack well."""
        import polars as pl

        if not self._waiting:
            return
        rows = pl.concat(self._waiting)
        self._waiting = []
        month, unit, sex = (pl.col(name).cast(pl.Int64) for name in ("month", "unit", "sex"))
        keys = rows.select(month * 2**34 + unit * 4 + sex).to_series()
        self._sorted = self._sorted and keys[0] >= self._last and keys.is_sorted()
        self._last = keys[-1]
        for part in rows.iter_slices(ROW_GROUP):
            self._writer.write_table(part.to_arrow().cast(self._schema))

    def finish(self) -> StagedSnapshot:
        """Sort if needed, name the file by its content, make it last through a power cut."""
        self._flush()
        self._writer.close()
        if not self._sorted:
            self._sort()
        months = _months(self._part)
        sha256 = _digest(self._part)
        final = self._folder / f"{sha256}.parquet"
        _sync(self._part)
        self._part.rename(final)
        _sync(self._folder)
        return StagedSnapshot(
            path=final,
            sha256=sha256,
            source=self._metadata["source"],
            convention=self._metadata["convention"],
            rows=sum(month.rows for month in months),
            months=months,
            knows=self._knows,
        )

    def _sort(self) -> None:
        """Rewrite the file in order, with DuckDB spilling to a folder that only we can read."""
        import duckdb
        import pyarrow.parquet as pq

        ordered = self._part.with_suffix(".sorted")
        spill = self._part.with_suffix(".spill")
        spill.mkdir(mode=0o700)
        config: dict[str, Any] = {"memory_limit": SORT_MEMORY, "temp_directory": str(spill)}
        query = (
            f"FROM read_parquet({quoted(str(self._part))}) "
            "ORDER BY month, unit, sex, person, employment"
        )
        try:
            os.close(os.open(ordered, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with (
                duckdb.connect(config=config) as connection,
                pq.ParquetWriter(ordered, self._schema, compression="zstd") as writer,
            ):
                for batch in connection.sql(query).to_arrow_reader(ROW_GROUP):
                    writer.write_batch(batch.cast(self._schema))
            ordered.rename(self._part)
        finally:
            ordered.unlink(missing_ok=True)
            for left in spill.iterdir():
                left.unlink()
            spill.rmdir()


def _months(path: Path) -> tuple[MonthTotals, ...]:
    import duckdb

    sums = ", ".join(f"CAST(SUM({name}) AS BIGINT)" for name in MEASURES)
    source = f"read_parquet({quoted(str(path))})"
    query = (
        f"SELECT month, rows, {sums} FROM ({statement(source)}) AS cells "
        f"JOIN (SELECT month, count(*) AS rows FROM {source} GROUP BY month) AS counted "
        "USING (month) GROUP BY month, rows ORDER BY month"
    )
    with duckdb.connect(config={"memory_limit": SORT_MEMORY}) as connection:
        found: list[Any] = connection.execute(query).fetchall()
    return tuple(
        MonthTotals(month, rows, dict(zip(MEASURES, totals, strict=True)))
        for month, rows, *totals in found
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
