"""Checked rows put aside in parts, so that what needs several rows can be decided in little memory.

A file may hold ten years in any order. Its facts (pseudonyms only) are appended to one file for
each month, or for each part of the persons; then one at a time is read back, checked, sorted and
handed on. The peak is one part, and the result does not depend on the order of the rows.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl
import pyarrow as pa

from samkoll.imports.totals import Totals

Settled = tuple[tuple[Totals, ...], pl.DataFrame]
"""One part's control totals and the facts that count."""


class Stage:
    """Part files in ``folder``, written once and then read. Use as a context manager."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = folder, key
        self._writers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def add(self, facts: pl.DataFrame) -> None:
        """Append facts (with ``row``) to the files of their parts."""
        for (part,), rows in facts.group_by(self._key):
            table = rows.to_arrow()
            writer = self._writers.get(int(part))
            if writer is None:
                path = self._path(int(part))
                writer = self._writers[int(part)] = pa.ipc.new_stream(path, table.schema)
            writer.write_table(table)

    def close(self) -> None:
        """Finish the files. They stay until their folder is removed."""
        for writer in self._writers.values():
            writer.close()

    def begun(self) -> list[int]:
        """The parts that have rows so far, lowest first."""
        return sorted(self._writers)

    def parts(self) -> list[int]:
        """The parts that have rows. Nothing can be added any more."""
        self.close()
        return self.begun()

    def rows(self, part: int) -> pl.DataFrame:
        """All rows of a part. They are read here and kept nowhere: a part may be large."""
        with pa.ipc.open_stream(self._path(part)) as stream:
            return pl.DataFrame(stream.read_all())

    def _path(self, part: int) -> str:
        return str(self._folder / f"{part}.arrow")
