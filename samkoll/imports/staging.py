"""Checked rows put aside by month, so that what needs several rows can be decided in little memory.

A file may hold ten years in any order. Its facts (pseudonyms only) are appended to one file for
each month; then one month at a time is read back, checked, sorted and handed on. The peak is one
month, whatever the size of the file, and the result does not depend on the order of its rows.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import polars as pl
import pyarrow as pa

from samkoll.core.months import Month
from samkoll.imports.endings import EXTERNAL, PERMANENT
from samkoll.imports.faults import FaultLog
from samkoll.imports.profiles import Profile
from samkoll.imports.rows import FACTS, HOURS
from samkoll.imports.totals import MonthTotals

_KEY: Final = ("employment", "unit")


class Stage:
    """Month files in ``folder``, written once and then read. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def add(self, facts: pl.DataFrame) -> None:
        """Append facts (with ``row``) to the files of their months."""
        for (month,), part in facts.group_by("month"):
            table = part.to_arrow()
            writer = self._writers.get(int(month))
            if writer is None:
                path = self._path(int(month))
                writer = self._writers[int(month)] = pa.ipc.new_stream(path, table.schema)
            writer.write_table(table)

    def close(self) -> None:
        """Finish the files. They stay until their folder is removed."""
        for writer in self._writers.values():
            writer.close()

    def months(self) -> list[Month]:
        """The months that have rows, oldest first. Nothing can be added any more."""
        self.close()
        return [Month(index) for index in sorted(self._writers)]

    def rows(self, month: Month) -> pl.DataFrame:
        """All rows of a month. They are read here and kept nowhere: a month may be large."""
        with pa.ipc.open_stream(self._path(month.index)) as stream:
            return pl.DataFrame(stream.read_all())

    def _path(self, month: int) -> str:
        return str(self._folder / f"{month}.arrow")


def totals(month: Month, facts: pl.DataFrame) -> MonthTotals:
    """The month's control totals."""
    main = pl.col("main")
    permanent = main & (pl.col("form") == PERMANENT)
    row = facts.select(
        rows=pl.len(),
        persons=(main & (pl.col("ordinary") > 0)).sum(),
        permanent=permanent.sum(),
        departures=(permanent & pl.col("departure").is_in(EXTERNAL)).sum(),
        **{name: pl.col(name).cast(pl.Int64).sum() for name in HOURS},
    ).row(0, named=True)
    return MonthTotals(month=month.index, **row)


def settled(
    facts: pl.DataFrame, *, protected: set[int], faults: FaultLog, profile: Profile
) -> tuple[pl.DataFrame, int]:
    """One month's facts in the order of the schema, sorted; and the rows hidden as protected.

    Drops and logs every row of a key that stands twice, and every row of a person whose main
    employment is not exactly one. Where the main employment has rows in several units, the row
    with most ordinary hours (then the lowest row) stays the main one.
    """
    hidden = 0
    if protected:
        kept = facts.filter(~pl.col("person").is_in(list(protected)))
        theirs = pl.col("manager").is_in(list(protected))
        hidden = facts.height - kept.height
        facts = kept.with_columns(manager=pl.when(theirs).then(0).otherwise("manager"))
    facts = _without_twins(facts, faults, profile)
    facts = _one_main(facts, faults, profile)
    return facts.sort("unit", "sex", "person", "employment").select(list(FACTS)), hidden


def _without_twins(facts: pl.DataFrame, faults: FaultLog, profile: Profile) -> pl.DataFrame:
    if facts["employment"].n_unique() == facts.height:
        return facts
    twin = facts.select(_KEY).is_duplicated()
    if not twin.any():
        return facts
    rows, first, last = pl.col("row"), pl.min("row").over(_KEY), pl.max("row").over(_KEY)
    found = facts.filter(twin).select(
        rows, other=pl.when(rows == first).then(last).otherwise(first)
    )
    faults.add(
        profile.head("employment"),
        "twice",
        (
            (row, f"samma person, anställning, enhet och månad står även på rad {other}.")
            for row, other in found.sort("row").iter_rows()
        ),
    )
    return facts.filter(~twin)


def _one_main(facts: pl.DataFrame, faults: FaultLog, profile: Profile) -> pl.DataFrame:
    persons = facts["person"].n_unique()
    if facts["main"].sum() == persons == facts.filter("main")["person"].n_unique():
        return facts
    mains = pl.col("employment").filter("main").n_unique().over("person")
    rows = pl.col("main").sum().over("person")
    facts = facts.with_columns(mains=mains, main_rows=rows)
    wrong = facts.filter(pl.col("mains") != 1).sort("row")
    faults.add(
        profile.head("main"),
        "main",
        (
            (row, _MANY if count else _NONE)
            for row, count in wrong.select("row", "mains").iter_rows()
        ),
    )
    facts = facts.filter(pl.col("mains") == 1)
    if facts.filter(pl.col("main_rows") > 1).height:
        best = pl.col("row").sort_by(~pl.col("main"), -pl.col("ordinary"), "row").first()
        facts = facts.with_columns(main=pl.col("row") == best.over("person"))
    return facts.drop("mains", "main_rows")


_MANY: Final = "personen har fler än en huvudanställning den månaden."
_NONE: Final = (
    "personens huvudanställning saknas den månaden, eller står på en rad som har något annat fel."
)
