"""Control totals against the figures that count today, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samkoll.core.months import Month
from samkoll.imports.totals import MonthTotals


@dataclass(frozen=True, slots=True)
class MonthChange:
    """A month of a file beside the version of it that counts today (None: the month is new)."""

    new: MonthTotals
    old: MonthTotals | None

    @property
    def month(self) -> Month:
        return Month(self.new.month)

    @property
    def is_large_drop(self) -> bool:
        """More than ten per cent fewer rows than today: part of the file may be missing."""
        return self.old is not None and self.new.rows * 10 < self.old.rows * 9

    @property
    def is_same(self) -> bool:
        """Whether every control total is what it was."""
        return self.new == self.old


def compare(
    new: Iterable[MonthTotals], current: Mapping[int, MonthTotals]
) -> tuple[MonthChange, ...]:
    """Each month of a file beside what counts today, oldest first."""
    return tuple(
        MonthChange(totals, current.get(totals.month))
        for totals in sorted(new, key=lambda each: each.month)
    )
