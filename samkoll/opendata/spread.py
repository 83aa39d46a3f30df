"""How values lie among municipalities: means, quartiles, and where one of them lies. Pure.

Source: docs/rules/kolada.md
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import quantiles

from samkoll.core.text import rounded

FEWEST = 7
"""Municipalities with a value for quartiles: as many as Kolada's groups of similar ones have."""


class Place(StrEnum):
    """Where a value lies, as an interval: a quarter of the municipalities, never a rank."""

    LOWEST = "lowest"
    LOWER_MIDDLE = "lower_middle"
    UPPER_MIDDLE = "upper_middle"
    HIGHEST = "highest"


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Lower quartile, median and upper quartile, as shown."""

    lower: Decimal
    median: Decimal
    upper: Decimal

    def place(self, value: Decimal) -> Place:
        """The quarter of a shown value; one that equals a quartile belongs to the middle half."""
        if value < self.lower:
            return Place.LOWEST
        if value > self.upper:
            return Place.HIGHEST
        return Place.LOWER_MIDDLE if value <= self.median else Place.UPPER_MIDDLE


@dataclass(frozen=True, slots=True)
class Spread:
    """What is known about a group in one year.

    ``mean``: each municipality counts once (unweighted). ``weighted``: each counts by its weight;
    None unless every municipality with a value has one, ``unweighed`` says how many lack it.
    ``members`` is the size of the group, ``known`` how many of them have a value.
    """

    members: int
    known: int
    mean: Decimal | None = None
    weighted: Decimal | None = None
    unweighed: int = 0
    quartiles: Quartiles | None = None


def spread(
    values: Mapping[str, Decimal], weights: Mapping[str, Decimal], *, members: int, decimals: int
) -> Spread:
    """Means and quartiles of the values by municipality, rounded as shown.

    Quartiles by linear interpolation between the ordered values (the "inclusive" method).
    """
    if not values:
        return Spread(members, 0)
    mean = sum(values.values(), Decimal(0)) / len(values)
    without = [town for town in values if weights.get(town, Decimal(0)) <= 0]
    return Spread(
        members=members,
        known=len(values),
        mean=rounded(mean, decimals),
        weighted=None if without else rounded(_weighted(values, weights), decimals),
        unweighed=len(without),
        quartiles=_quartiles(values, decimals) if len(values) >= FEWEST else None,
    )


def _weighted(values: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
    above = sum((value * weights[town] for town, value in values.items()), Decimal(0))
    return above / sum((weights[town] for town in values), Decimal(0))


def _quartiles(values: Mapping[str, Decimal], decimals: int) -> Quartiles:
    lower, median, upper = quantiles(values.values(), n=4, method="inclusive")
    return Quartiles(rounded(lower, decimals), rounded(median, decimals), rounded(upper, decimals))
