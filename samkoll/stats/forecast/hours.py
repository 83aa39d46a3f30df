"""Parts that add up in hours, and the twelve months at year end.

The municipality's forecast leads: it is the surest. The administrations' sick hours, and those of
everything that has no forecast of its own, are multiplied by one factor a month so that together
they are the municipality's. Per cents are never added or averaged.

Known hours are known: twelve months at year end are known hours plus forecast hours over known plus
planned ordinary hours, so they are far surer than any single month ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from samkoll.stats.chance.season import Floats
from samkoll.stats.forecast.models import Path
from samkoll.stats.forecast.series import Hours

YEAR, LATEST = 12, 3


@dataclass(frozen=True, slots=True)
class Ahead:
    """The coming months of one part: planned ordinary hours (hundredths), and rates."""

    first: int
    ordinary: Floats
    path: Path

    @property
    def sick(self) -> Floats:
        """Forecast sick hours, in hundredths."""
        return self.ordinary * self.path.rate


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Rolling twelve months at the end of a year, as shares. ``known``: how many of its months
    have happened."""

    month: int
    known: int
    rate: float
    low80: float
    high80: float
    low95: float
    high95: float


def planned(hours: Hours, last: int, horizon: int) -> Floats:
    """Ordinary hours of the coming months: those of the same month a year before, grown or shrunk
    as the latest three months against the same three a year before."""
    latest = [last - back for back in range(LATEST)]
    now = sum(hours[month][1] for month in latest)
    then = sum(hours[month - YEAR][1] for month in latest)
    growth = now / then if then else 1.0
    months = [last + 1 + n % YEAR - YEAR for n in range(horizon)]
    return np.array([hours[month][1] * growth for month in months])


def reconciled(whole: Ahead, parts: Sequence[Ahead], rest: Floats) -> tuple[Ahead, ...]:
    """The parts, scaled so that their sick hours and the ``rest`` are the whole's each month.

    Their ordinary hours stay: each part's rate and limits are scaled.
    """
    together = np.sum([part.sick for part in parts], axis=0) + rest
    factor = np.where(together > 0, whole.sick / np.where(together > 0, together, 1.0), 1.0)
    return tuple(replace(part, path=_scaled(part.path, factor)) for part in parts)


def rest_of(whole: Ahead, known: Hours, parts: Sequence[Hours], last: int) -> Floats:
    """Sick hours of all that no part has, as the same share of the whole as in the latest year."""
    months = range(last - YEAR + 1, last + 1)
    total = sum(known[month][0] for month in months)
    own = sum(part[month][0] for part in parts for month in months)
    return whole.sick * (max(total - own, 0) / total if total else 0.0)


def year_end(known: Hours, ahead: Ahead) -> YearEnd | None:
    """Twelve months to the December that comes first, from known and forecast hours.

    Limits: all forecast months at their own limits at once. Errors of neighbouring months go
    together, so this is near the truth, and never too narrow for that reason. None when the
    forecast does not reach December, or a known month of the year is not there.
    """
    month = ahead.first + (YEAR - 1 - ahead.first % YEAR)
    count = month - ahead.first + 1
    happened = range(month - YEAR + 1, ahead.first)
    if count > len(ahead.ordinary) or any(each not in known for each in happened):
        return None
    sick = sum(known[each][0] for each in happened)
    below = sum(known[each][1] for each in happened) + float(ahead.ordinary[:count].sum())

    def total(rates: Floats) -> float:
        return (sick + float((ahead.ordinary * rates)[:count].sum())) / below

    path = ahead.path
    rates = (path.rate, path.low80, path.high80, path.low95, path.high95)
    return YearEnd(month, len(happened), *(total(each) for each in rates))


def _scaled(path: Path, factor: Floats) -> Path:
    limits = (path.rate, path.low80, path.high80, path.low95, path.high95)
    return Path(*(each * factor for each in limits))
