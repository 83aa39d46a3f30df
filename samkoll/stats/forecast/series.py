"""Which months a forecast learns from, and which of them are too few.

Months of an extraordinary time (the pandemic) are left out. At the beginning they are cut off; in
the middle they are filled with what season and trend of all other months give, so that the months
still follow each other. They count neither towards the least number nor in the backtest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samkoll.core.errors import DomainError
from samkoll.stats.chance.season import LEAST, Floats, design

Hours = Mapping[int, tuple[int, int]]
"""Sick and ordinary hours (hundredths) by ``Month.index``; a month that may not be used is not
there."""

FEWEST, FEW = 24, 36


class TooShort(DomainError):
    """Fewer than 24 ordinary months."""


@dataclass(frozen=True, slots=True)
class Series:
    """Months without gaps. ``rates``: sick hours per ordinary hour. ``filled``: months whose rate
    is what the others give, not what happened."""

    first: int
    rates: Floats
    filled: frozenset[int]

    @property
    def last(self) -> int:
        """The latest month."""
        return self.first + len(self.rates) - 1

    @property
    def months(self) -> npt.NDArray[np.int64]:
        """Indexes of the months."""
        return np.arange(self.first, self.last + 1)

    @property
    def known(self) -> int:
        """How many months are what happened."""
        return len(self.rates) - len(self.filled)

    @property
    def is_short(self) -> bool:
        """Fewer than three years: a forecast with a warning."""
        return self.known < FEW

    def before(self, month: int) -> Series:
        """The months before that one, as they would have looked then."""
        filled = frozenset(each for each in self.filled if each < month)
        return Series(self.first, self.rates[: month - self.first], filled)


def series(hours: Hours, disturbed: Collection[int] = ()) -> Series:
    """The latest months without a gap, prepared. Raises: TooShort."""
    months = _unbroken(hours)
    while months and months[0] in disturbed:
        months = months[1:]
    kept = [month for month in months if month not in disturbed]
    if len(kept) < FEWEST:
        raise TooShort(
            f"Det finns {len(kept)} vanliga månader i följd med underlag som får visas. En prognos "
            f"behöver minst {FEWEST}. Läs in fler månader bakåt i tiden."
        )
    rates = np.array([max(hours[m][0] / hours[m][1], LEAST) for m in months])
    filled = frozenset(months) - frozenset(kept)
    if filled:
        rates = _filled(np.array(months), rates, filled)
    return Series(months[0], rates, filled)


def _unbroken(hours: Hours) -> list[int]:
    """The months that end with the latest and follow each other, all with ordinary hours."""
    months: list[int] = []
    month = max(hours, default=0)
    while month in hours and hours[month][1] > 0:
        months.append(month)
        month -= 1
    return months[::-1]


def _filled(months: npt.NDArray[np.int64], rates: Floats, filled: frozenset[int]) -> Floats:
    known = np.array([month not in filled for month in months.tolist()])
    matrix = design(months)
    found = np.linalg.lstsq(matrix[known], np.log(rates[known]), rcond=None)[0]
    return np.where(known, rates, np.exp(matrix @ found))
