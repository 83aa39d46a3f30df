"""Control totals against the figures that count today, month by month, and what moves oddly.

The rules with worked numbers are in ``docs/rules/import-payroll.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from samkoll.core.months import Month
from samkoll.imports.totals import WHOLE_FILE, Totals

DROP: Final = 10
"""More per cent fewer rows than today need a confirmation: part of the file may be missing."""
ODD: Final = 20
"""A total that has moved by more per cent is shown as odd."""
STEADY: Final = ("rows", "persons", "permanent", "ordinary")
"""Totals that hardly move from one month to the next; sick leave does, with the season."""
_FEW: Final = {"rows": 20, "persons": 20, "permanent": 20, "departures": 20}
_FEW_HOURS: Final = 100_000  # hundredths: 1,000 hours


@dataclass(frozen=True, slots=True)
class MonthChange:
    """A month of a file beside the version of it that counts today (None: the month is new).

    ``before`` is the month before it, of the file or as it counts.
    """

    new: Totals
    old: Totals | None
    before: Totals | None = None

    @property
    def month(self) -> Month:
        return Month(self.new.month)

    @property
    def is_whole_file(self) -> bool:
        return self.new.month == WHOLE_FILE

    @property
    def is_large_drop(self) -> bool:
        """More than ten per cent fewer rows than today: part of the file may be missing."""
        return self.old is not None and self.new.rows * 100 < self.old.rows * (100 - DROP)

    @property
    def is_same(self) -> bool:
        """Whether every control total is what it was."""
        return self.new == self.old

    @property
    def odd(self) -> tuple[str, ...]:
        """The totals that moved by more than twenty per cent: against today's version of the
        month, or for a new month against the month before, where only steady totals tell."""
        base = self.old or self.before
        if base is None:
            return ()
        new, old = _flat(self.new), _flat(base)
        names = new if self.old else [name for name in STEADY if name in new]
        return tuple(name for name in names if _moved(name, new[name], old.get(name, 0)))


def _flat(totals: Totals) -> dict[str, int]:
    return {"rows": totals.rows, "persons": totals.persons, **totals.sums}


def _moved(name: str, new: int, old: int) -> bool:
    """By more than ``ODD`` per cent of what it was, and not among a few."""
    few = _FEW.get(name, _FEW_HOURS)
    return max(abs(new), abs(old)) >= few and abs(new - old) * 100 > abs(old) * ODD


def compare(new: Iterable[Totals], current: Mapping[int, Totals]) -> tuple[MonthChange, ...]:
    """Each month of a file beside what counts today, oldest first."""
    own = {each.month: each for each in new}
    return tuple(
        MonthChange(
            totals,
            current.get(month),
            own.get(month - 1, current.get(month - 1)) if month != WHOLE_FILE else None,
        )
        for month, totals in sorted(own.items())
    )
