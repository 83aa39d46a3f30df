"""Control charts: is the latest year like the months before it?

Months are compared after the season has been taken out, one month at a time. Never rolling twelve
months: each of those shares eleven months with its neighbour, so they wander in long swings that
look like signals and are not.

Source: docs/sources.md#control-chart
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from samkoll.stats.chance.season import Monthly

TESTED = 12
"""The latest months, held against those before them."""
FEWEST = 24
"""Months for a chart."""
RUN = 8
SIGMAS = 3.0
_MOVING_RANGE = 1.128
"""Mean distance of two neighbours, in standard deviations, where chance alone rules."""
_EQUAL = 1e-9

Reason = Literal["outside", "run"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One month that chance does not explain: outside the limits, or the eighth (or later) in a
    row on one side of the centre."""

    month: int
    reason: Reason
    above: bool


@dataclass(frozen=True, slots=True)
class Control:
    """De-seasonalised months, the centre and limits of those before the latest year, signals."""

    values: Monthly
    centre: float
    low: float
    high: float
    base: tuple[int, ...]
    signals: tuple[Signal, ...]


def control(
    monthly: Monthly, factors: tuple[float, ...], without: Collection[int] = ()
) -> Control | None:
    """The chart, with the latest twelve months tested against those before them.

    ``without``: months of an extraordinary time, which set no limits and give no signals. None
    with fewer than 24 months, or fewer than 12 to set limits from.
    """
    values = {month: float(rate / factors[month % 12]) for month, rate in sorted(monthly.items())}
    usable = [month for month in values if month not in without]
    if len(usable) < FEWEST:
        return None
    base = usable[:-TESTED]
    centre = float(np.mean([values[month] for month in base]))
    reach = SIGMAS * _deviation(values, base)
    low, high = max(centre - reach, 0.0), centre + reach
    signals = tuple(_signals(values, usable, centre, low, high))
    return Control(values, centre, low, high, tuple(base), signals)


def _deviation(values: Monthly, base: list[int]) -> float:
    """The larger of two: from neighbours' distances, and the plain one.

    Long spells last over many months, so neighbours are alike; their distances alone would make
    the limits too narrow.
    """
    steps = [abs(values[m] - values[m - 1]) for m in base if m - 1 in base]
    moving = float(np.mean(steps)) / _MOVING_RANGE if steps else 0.0
    return max(moving, float(np.std([values[month] for month in base], ddof=1)))


def _signals(
    values: Monthly, usable: list[int], centre: float, low: float, high: float
) -> Iterator[Signal]:
    """A gap between two months ends a row; so does a month exactly at the centre."""
    row, side, before = 0, 0, None
    for month in usable:
        value = values[month]
        now = (value > centre + _EQUAL) - (value < centre - _EQUAL)
        row = row + 1 if now and now == side and before == month - 1 else abs(now)
        side, before = now, month
        if value > high + _EQUAL or value < low - _EQUAL:
            yield Signal(month, "outside", value > high)
        elif row >= RUN:
            yield Signal(month, "run", side > 0)
