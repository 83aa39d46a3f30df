"""What a metric is. A metric is a value: it can be listed, documented, tested and looked up.

Every expression is made of sums of base measures (``samkoll.stats.engine.facts.MEASURES``), so it
can be regrouped freely over units, sexes and months: ratios are sums over sums, never averaged
per cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from samkoll.core.errors import DomainError
from samkoll.core.text import listing, nearest, rounded

Population = Literal["persons", "permanent"]
Sums = Mapping[str, int]


class UnknownMetric(DomainError):
    """No metric has that key."""


class Expression(Protocol):
    """Something that can be worked out from sums of base measures over a window."""

    @property
    def measures(self) -> tuple[str, ...]: ...

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Ratio:
    """``scale`` times the numerator's sum over the denominator's sum (``scale`` 100: per cent).

    ``averaged``: the denominator is a stock counted each month, so its sum is divided by the
    window's number of months (departures per *average* number of permanent employees).
    """

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    scale: int = 100
    averaged: bool = False

    @property
    def measures(self) -> tuple[str, ...]:
        return self.numerator + self.denominator

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        """The shown value, half up. None when the denominator is zero."""
        below = sum(sums[m] for m in self.denominator)
        if below == 0:
            return None
        above = sum(sums[m] for m in self.numerator) * self.scale
        return rounded(Decimal(above * (months if self.averaged else 1)) / below, decimals)


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of measures, divided by ``divisor`` (100: hundredths of an hour to hours).

    ``averaged``: the measure is a stock; the value is its mean over the window's months.
    """

    summed: tuple[str, ...]
    divisor: int = 1
    averaged: bool = False

    @property
    def measures(self) -> tuple[str, ...]:
        return self.summed

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        """The shown value, half up."""
        below = self.divisor * (months if self.averaged else 1)
        return rounded(Decimal(sum(sums[m] for m in self.summed)) / below, decimals)


@dataclass(frozen=True, slots=True)
class ShownSum:
    """The sum of what other metrics *show*, so that a printed column adds up."""

    parts: tuple[Metric, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(measure for part in self.parts for measure in part.expression.measures)

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        """The sum of the shown parts; None when a part has no value."""
        shown = [part.value(sums, months=months) for part in self.parts]
        values = [value for value in shown if value is not None]
        return rounded(sum(values, Decimal(0)), decimals) if len(values) == len(shown) else None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a family of metrics shares.

    unit            as printed: "%", "timmar", "personer"
    decimals        of the shown value
    source          anchor in ``docs/sources.md``
    population      the measure that counts the group: who must be more than ten
    smallest_group  published only for at least so many persons; may be raised, never lowered
    months          the default window (R12)
    kind            "additive": sums of measures; "distinct": needs its own query over persons
    version         raised when the definition changes; old reports keep theirs
    """

    unit: str
    decimals: int
    source: str
    population: Population = "persons"
    smallest_group: int = 11
    months: int = 12
    kind: Literal["additive", "distinct"] = "additive"
    version: int = 1


@dataclass(frozen=True, slots=True)
class Metric:
    """One definition, used by every page, report, export and answer."""

    key: str
    label: str
    expression: Expression
    terms: Terms
    label_en: str

    def value(self, sums: Sums, *, months: int) -> Decimal | None:
        """The shown value of these sums over a window of ``months`` months; None: no basis."""
        return self.expression.value(sums, months=months, decimals=self.terms.decimals)


_METRICS: dict[str, Metric] = {}


def metric(
    key: str, label: str, expression: Expression, terms: Terms, *, label_en: str = ""
) -> Metric:
    """Declare a metric. Raises: ValueError for a key that is taken or terms that are too weak."""
    if key in _METRICS:
        raise ValueError(f"metric {key} is declared twice")
    if terms.smallest_group < 11:
        raise ValueError(f"metric {key}: published groups have at least eleven persons")
    made = Metric(key, label, expression, terms, label_en or key.replace("_", " "))
    _METRICS[key] = made
    return made


def lookup(key: str) -> Metric:
    """The metric with that key. Raises: UnknownMetric, naming the nearest keys."""
    found = _METRICS.get(key)
    if found is None:
        near = nearest(key, _METRICS) or sorted(_METRICS)
        raise UnknownMetric(f"Måttet ”{key}” finns inte. Menade du {listing(near)}?")
    return found


def catalogue() -> tuple[Metric, ...]:
    """Every declared metric, in the order of declaration."""
    return tuple(_METRICS.values())


def difference(current: Decimal | None, previous: Decimal | None) -> Decimal | None:
    """The change as printed: the difference of the two *shown* values. None when one is missing."""
    return None if current is None or previous is None else current - previous
