"""What writers of immutable Parquet files share: private parts, sorting outside memory, names."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samkoll.stats.engine.cells import quoted

if TYPE_CHECKING:
    import pyarrow

ROW_GROUP = 131_072
SORT_MEMORY = "200MB"


class Groups:
    """Writes tables as groups of exactly ``ROW_GROUP`` rows, however the tables were cut.

    Equal rows in equal order give equal bytes.
    """

    def __init__(self, path: Path, schema: pyarrow.Schema) -> None:
        from pyarrow.parquet import ParquetWriter

        self._schema, self._waiting = schema, schema.empty_table()
        self._writer = ParquetWriter(path, schema, compression="zstd")

    def write(self, table: pyarrow.Table) -> None:
        """Add rows that can be cast to the schema."""
        from pyarrow import concat_tables

        rows = concat_tables([self._waiting, table.cast(self._schema)])
        whole = rows.num_rows - rows.num_rows % ROW_GROUP
        for start in range(0, whole, ROW_GROUP):
            self._writer.write_table(rows.slice(start, ROW_GROUP).combine_chunks())
        self._waiting = rows.slice(whole).combine_chunks()

    def close(self) -> None:
        """Write what waits and end the file. Once is enough; again does nothing."""
        if self._waiting.num_rows:
            self._writer.write_table(self._waiting)
        self._waiting = self._schema.empty_table()
        self._writer.close()


def make_private(path: Path) -> None:
    """A new empty file that only we can read. Raises: FileExistsError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sort_file(part: Path, schema: pyarrow.Schema, order: str) -> None:
    """Rewrite the file in order, with DuckDB spilling to a folder that only we can read."""
    import duckdb
    import pyarrow as pa

    ordered, spill = part.with_suffix(".sorted"), part.with_suffix(".spill")
    spill.mkdir(mode=0o700)
    config: dict[str, Any] = {"memory_limit": SORT_MEMORY, "temp_directory": str(spill)}
    query = f"FROM read_parquet({quoted(str(part))}) ORDER BY {order}"
    try:
        make_private(ordered)
        writer = Groups(ordered, schema)
        with duckdb.connect(config=config) as connection, closing(writer):
            for batch in connection.sql(query).to_arrow_reader(ROW_GROUP):
                writer.write(pa.Table.from_batches([batch]))
        ordered.rename(part)
    finally:
        ordered.unlink(missing_ok=True)
        for left in spill.iterdir():
            left.unlink()
        spill.rmdir()


def digest(path: Path) -> str:
    """SHA-256 of the content, which is the file's name."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(part: Path, final: Path) -> None:
    """Give the file its final name so that it lasts through a power cut."""
    _sync(part)
    part.rename(final)
    _sync(final.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
