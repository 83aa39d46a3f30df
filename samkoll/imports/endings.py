"""Permanent employments that have left: they do not count as permanent in the months that follow.

Payroll systems may go on writing rows for an employment after its last day, often without the end
date. Months come oldest first, so it is enough to remember who had left by the month before.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from samkoll.core.months import Month
from samkoll.imports.faults import FaultLog
from samkoll.imports.profiles import Profile

PERMANENT: Final = 1
EXTERNAL: Final = (1, 2, 3, 4, 5, 7)
"""Departures from the municipality; 6, the end of a fixed term, is not one."""


class Endings:
    """The permanent employments that had left by the month before, and when."""

    def __init__(self) -> None:
        self._ended: dict[int, int] = {}
        self._month = 0

    def without_late(
        self, month: Month, facts: pl.DataFrame, faults: FaultLog, profile: Profile
    ) -> pl.DataFrame:
        """The month's facts without permanent rows of who has left; those rows become faults.

        A whole month without such rows makes what follows a new employment.
        """
        follows = self._month == month.index - 1
        known, self._ended, self._month = self._ended if follows else {}, {}, month.index
        late = (pl.col("form") == PERMANENT) & pl.col("employment").is_in(list(known))
        found = facts.filter(late).select("row", "employment").sort("row") if known else None
        if found is None or found.is_empty():
            return facts
        self._ended = {key: known[key] for key in found["employment"]}
        reasons = ((row, _LATE % Month(known[key])) for row, key in found.iter_rows())
        faults.add(profile.head("month"), "after_end", reasons)
        return facts.filter(~late)

    def note(self, settled: pl.DataFrame) -> None:
        """Remember who leaves this month, among the rows that count."""
        left = (pl.col("form") == PERMANENT) & pl.col("departure").is_in(EXTERNAL)
        gone = settled.filter(left)["employment"]
        self._ended |= dict.fromkeys(gone, self._month)


_LATE: Final = "rader efter slutdatum: anställningen tog slut %s enligt en tidigare rad."
