"""The variance of a ratio of hours, clustered by person, and what follows from it.

``R = Σx / Σy`` over persons i (x sick hours, y ordinary hours of the window). A person moves R by
about ``(x_i − R·y_i) / Σy``; the variance is the sum of the squares of that, times n/(n − 1).
All rates here are shares (0,077), all sizes hours in hundredths.

Source: docs/sources.md#funnel
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from samkoll.stats.chance.persons import Floats, Moments

Z95, Z998 = 1.959964, 3.090232
"""Two-sided normal quantiles: one in twenty, one in five hundred."""
MOST_SKEW = 0.9
"""Beyond this the correction of the limits would turn back on itself."""
FEWEST_UNITS = 10
"""Fewer units say nothing about how units differ."""


@dataclass(frozen=True, slots=True)
class Change:
    """The rate now minus the rate twelve months earlier, and its interval of 95 per cent."""

    difference: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """Does the interval leave out zero?"""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How far from the whole's rate a group of one size comes by chance."""

    low95: float
    high95: float
    low998: float
    high998: float

    def place(self, rate: float) -> int:
        """0 within 95 per cent; ±1 outside of it; ±2 outside 99.8 per cent."""
        if rate > self.high95 or rate < self.low95:
            sign = 1 if rate > self.high95 else -1
            return sign * (2 if rate > self.high998 or rate < self.low998 else 1)
        return 0


@dataclass(frozen=True, slots=True)
class Spread:
    """How persons of the whole differ, as variance and third moment per ordinary hour.

    A group of ``hours`` that were a random draw of the whole's persons would have a rate with
    variance ``per_hour · (1/hours − 1/whole)``: none left for the whole itself. ``between`` is
    the variance between groups beyond chance, 0 unless asked for.
    """

    rate: float
    hours: float
    per_hour: float
    third: float
    between: float = 0.0

    def deviation(self, hours: float) -> float:
        """Standard error of the rate of a group with so many ordinary hours."""
        return sqrt(self.per_hour * max(1 / hours - 1 / self.hours, 0.0) + self.between)

    def limits(self, hours: float) -> Limits:
        """Limits for a group with so many ordinary hours; skewed as persons are, never below 0."""
        deviation, skew = self.deviation(hours), self._skew(hours)

        def at(z: float) -> float:
            return max(self.rate + deviation * (z + skew * (z * z - 1) / 6), 0.0)

        return Limits(at(-Z95), at(Z95), at(-Z998), at(Z998))

    def _skew(self, hours: float) -> float:
        """Skewness of the group's rate: large in small groups, where one long spell is much."""
        share = min(hours / self.hours, 1.0)
        chance = self.per_hour * max(1 / hours - 1 / self.hours, 0.0)
        if chance <= 0:
            return 0.0
        third = self.third / hours**2 * (1 - share) * (1 - 2 * share)
        return float(np.clip(third / (chance + self.between) ** 1.5, -MOST_SKEW, MOST_SKEW))


def rate(moments: Moments) -> float:
    """Sick hours per ordinary hour in the window."""
    return float(moments.sums[0] / moments.sums[1])


def variance(moments: Moments) -> float:
    """Of the rate in the window: ``n/(n−1) · Σ(x − R·y)² / (Σy)²``."""
    below = moments.sums[1]
    return _variance(moments, np.array([1 / below, -rate(moments) / below, 0, 0]))


def change(moments: Moments) -> Change | None:
    """This window against the one before, with persons who were there in both counted once.

    None without hours in one of the windows, or with a single person.
    """
    above, below, above0, below0 = moments.sums
    if below <= 0 or below0 <= 0 or moments.persons < 2:
        return None
    now, then = above / below, above0 / below0
    weights = np.array([1 / below, -now / below, -1 / below0, then / below0])
    reach = _student(Z95, moments.persons - 1) * sqrt(_variance(moments, weights))
    difference = float(now - then)
    return Change(difference, difference - reach, difference + reach)


def spread(whole: Moments) -> Spread:
    """How the persons of the whole differ in the window."""
    below, now = float(whole.sums[1]), rate(whole)
    cubes = float(whole.thirds @ np.array([1, -3 * now, 3 * now**2, -(now**3)]))
    return Spread(now, below, variance(whole) * below, cubes / below)


def overdispersion(chance: Spread, rates: Sequence[float], hours: Sequence[float]) -> float:
    """Variance between groups beyond chance, by moments, with the outer tenths drawn in.

    0 when chance explains the differences, or with fewer than ten groups.
    """
    if len(rates) < FEWEST_UNITS:
        return 0.0
    deviations = np.array([chance.deviation(each) for each in hours])
    z = (np.asarray(rates) - chance.rate) / deviations
    low, high = np.quantile(z, [0.1, 0.9])
    squares = float((np.clip(z, low, high) ** 2).sum())
    weights = deviations**-2
    room = float(weights.sum() - (weights**2).sum() / weights.sum())
    return max((squares - (len(rates) - 1)) / room, 0.0)


def _variance(moments: Moments, weights: Floats) -> float:
    """``n/(n−1)`` times the sum over persons of (weights · person)²."""
    persons = moments.persons
    factor = persons / (persons - 1) if persons > 1 else 1.0
    return max(factor * float(weights @ moments.products @ weights), 0.0)


def _student(z: float, freedom: int) -> float:
    """Student's quantile from the normal one; three decimals right from ten degrees on."""
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
