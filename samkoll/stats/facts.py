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

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from samkoll.stats.engine.cells import quoted, statement
from samkoll.stats.engine.facts import MEASURES, OPTIONAL, arrow_schema
from samkoll.stats.parquet import ROW_GROUP, SORT_MEMORY, digest, make_private, settle, sort_file

if TYPE_CHECKING:
    import polars as pl


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
        make_private(self._part)
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
            sort_file(self._part, self._schema, "month, unit, sex, person, employment")
        months = _months(self._part)
        sha256 = digest(self._part)
        final = self._folder / f"{sha256}.parquet"
        settle(self._part, final)
        return StagedSnapshot(
            path=final,
            sha256=sha256,
            source=self._metadata["source"],
            convention=self._metadata["convention"],
            rows=sum(month.rows for month in months),
            months=months,
            knows=self._knows,
        )


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
