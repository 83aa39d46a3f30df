"""Writing a record file: frames in, one sorted, immutable, content-named Parquet file out.

    with RecordWriter(settings.FACTS, "absence") as writer:
        writer.write(frame)          # as often as needed; pseudonyms only
        staged = writer.finish()     # the file lies at its final name; nothing counts it yet
    services.keep_records(staged, source=…, batch=…, actor=…, now=…)

Rows are sorted by person, employment and row: the same rows give the same name however they were
cut into frames, so that a file that is delivered twice is known again. Frames that are ranges of
persons, lowest first, need no more sorting than each for itself; others are sorted at the end,
outside memory.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from samkoll.core.months import Month
from samkoll.stats.parquet import (
    SORT_MEMORY,
    Groups,
    digest,
    make_private,
    settle,
    sort_file,
)
from samkoll.stats.records.schema import COLUMNS, Kind, arrow_schema, frame_schema

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class StagedRecords:
    """A finished file that does not count yet.

    ``first`` and ``last`` are the earliest and latest days that its rows name (an open end names
    none), which is the period that the file covers unless who delivers it says otherwise.
    ``totals`` are sums for control: rows, persons, employments, and hours in hundredths.
    """

    path: Path
    sha256: str
    kind: Kind
    rows: int
    first: date | None
    last: date | None
    totals: dict[str, int]


class RecordWriter:
    """Streams rows of one kind to a temporary file. Leaving without ``finish`` removes it."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self._folder, self.kind = folder, kind
        self._schema, self._order = arrow_schema(kind), _order(kind)
        self._last: tuple[tuple[bool, Any], ...] = ()
        self._sorted = True

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._part = self._folder / f".{secrets.token_hex(8)}.part"
        make_private(self._part)
        self._writer = Groups(self._part, self._schema)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._writer.close()
        self._part.unlink(missing_ok=True)

    def write(self, rows: pl.DataFrame) -> None:
        """Add rows with the columns of the kind, in any order. Raises: polars' errors otherwise."""
        if not rows.height:
            return
        ordered = rows.select(
            rows[name].cast(kind) for name, kind in frame_schema(self.kind).items()
        ).sort(self._order, nulls_last=True)
        first, last = (_place(ordered.select(self._order).row(at)) for at in (0, -1))
        self._sorted = self._sorted and self._last <= first
        self._last = last
        self._writer.write(ordered.to_arrow())

    def finish(self) -> StagedRecords:
        """Sort, name the file by its content, make it last through a power cut."""
        self._writer.close()
        if not self._sorted:
            sort_file(self._part, self._schema, ", ".join(self._order))
        sha256 = digest(self._part)
        first, last, totals = _described(self._part, self.kind)
        final = self._folder / f"{sha256}.parquet"
        settle(self._part, final)
        return StagedRecords(final, sha256, self.kind, totals["rows"], first, last, totals)


def _order(kind: Kind) -> tuple[str, ...]:
    """Every column, so that equal rows give equal files."""
    key = ("person", "employment", "row")
    return tuple(dict.fromkeys((*key, *(column.name for column in COLUMNS[kind]))))


def _place(row: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    """Where a row stands among others: what is null comes last."""
    return tuple((value is None, value) for value in row)


_DAYS: dict[Kind, tuple[str, str]] = {
    "absence": ("min(first)", "max(greatest(first, coalesce(last, first)))"),
    "employment": ("min(valid_from)", "max(greatest(valid_from, coalesce(valid_to, valid_from)))"),
    "time": ("min(month)", "max(month)"),
    "departure": ("min(last)", "max(last)"),
}
_HOURS: dict[Kind, tuple[str, ...]] = {
    "absence": ("hours",),
    "employment": (),
    "time": ("ordinary", "additional", "overtime"),
    "departure": (),
}


def _described(path: Path, kind: Kind) -> tuple[date | None, date | None, dict[str, int]]:
    """First and last day, and control totals."""
    import duckdb

    sums = {name: f"coalesce(sum({name}), 0)" for name in _HOURS[kind]}
    counts = {
        "rows": "count(*)",
        "persons": "count(DISTINCT person)",
        "employments": "count(DISTINCT employment)",
        **sums,
    }
    with duckdb.connect(config={"memory_limit": SORT_MEMORY}) as connection:
        source = connection.read_parquet(str(path))
        sought = ", ".join([*_DAYS[kind], *counts.values()])
        first, last, *numbers = source.aggregate(sought).fetchall()[0]
    if kind == "time" and first is not None:
        first, last = Month(first).first_day, Month(last).last_day
    return first, last, {name: int(n) for name, n in zip(counts, numbers, strict=True)}
