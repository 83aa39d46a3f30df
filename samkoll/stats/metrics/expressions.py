"""How a figure is worked out from sums. All sums are exact integers; rounding happens once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from samkoll.core.text import rounded

if TYPE_CHECKING:
    from samkoll.stats.metrics.registry import Metric

Sums = Mapping[str, int]


class Expression(Protocol):
    """Something that can be worked out from sums over a window."""

    @property
    def above(self) -> tuple[str, ...]:
        """The sums that its numerator is made of."""
        ...

    @property
    def below(self) -> tuple[str, ...]:
        """The sums that its denominator is made of; none for a sum."""
        ...

    @property
    def measures(self) -> tuple[str, ...]:
        """Every sum that it asks for."""
        ...

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        """The shown value, half up. None: it has no basis (a denominator of zero)."""
        ...

    def parts(self, sums: Sums) -> tuple[int, int | None]:
        """The exact numerator and denominator; a sum has no denominator."""
        ...


@dataclass(frozen=True, slots=True)
class Ratio:
    """``scale`` times the numerator's sum over the denominator's sum (``scale`` 100: per cent).

    ``averaged``: the denominator is a stock counted each month, so its sum is divided by the
    window's number of months (departures per *average* number of permanent employees).
    ``less`` is taken away from the numerator.
    """

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    scale: int = 100
    averaged: bool = False
    less: tuple[str, ...] = ()

    @property
    def above(self) -> tuple[str, ...]:
        return self.numerator + self.less

    @property
    def below(self) -> tuple[str, ...]:
        return self.denominator

    @property
    def measures(self) -> tuple[str, ...]:
        return self.above + self.below

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        above, below = self.parts(sums)
        return _per(above * self.scale * (months if self.averaged else 1), below, decimals)

    def parts(self, sums: Sums) -> tuple[int, int]:
        return _sum(sums, self.numerator) - _sum(sums, self.less), _sum(sums, self.denominator)


@dataclass(frozen=True, slots=True)
class Lesser:
    """The lesser of two sums per average stock, per cent: what was both lost and filled again."""

    one: str
    other: str
    stock: str

    @property
    def above(self) -> tuple[str, ...]:
        return self.one, self.other

    @property
    def below(self) -> tuple[str, ...]:
        return (self.stock,)

    @property
    def measures(self) -> tuple[str, ...]:
        return self.above + self.below

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        above, below = self.parts(sums)
        return _per(above * 100 * months, below, decimals)

    def parts(self, sums: Sums) -> tuple[int, int]:
        return min(sums[self.one], sums[self.other]), sums[self.stock]


@dataclass(frozen=True, slots=True)
class ByGrowth:
    """``grown`` when the stock is larger at the end than before the window, else ``other``; per
    the mean of the two stocks, per cent."""

    grown: str
    other: str
    before: str
    after: str

    @property
    def above(self) -> tuple[str, ...]:
        return self.grown, self.other

    @property
    def below(self) -> tuple[str, ...]:
        return self.before, self.after

    @property
    def measures(self) -> tuple[str, ...]:
        return self.above + self.below

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        above, below = self.parts(sums)
        return _per(above * 200, below, decimals)

    def parts(self, sums: Sums) -> tuple[int, int]:
        before, after = sums[self.before], sums[self.after]
        return sums[self.grown if after > before else self.other], before + after


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of measures, divided by ``divisor`` (100: hundredths of an hour to hours).

    ``averaged``: the measure is a stock; the value is its mean over the window's months.
    """

    summed: tuple[str, ...]
    divisor: int = 1
    averaged: bool = False

    @property
    def above(self) -> tuple[str, ...]:
        return self.summed

    @property
    def below(self) -> tuple[str, ...]:
        return ()

    @property
    def measures(self) -> tuple[str, ...]:
        return self.summed

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        below = self.divisor * (months if self.averaged else 1)
        return _per(_sum(sums, self.summed), below, decimals)

    def parts(self, sums: Sums) -> tuple[int, None]:
        return _sum(sums, self.summed), None


@dataclass(frozen=True, slots=True)
class ShownSum:
    """The sum of what other metrics *show*, so that a printed column adds up."""

    added: tuple[Metric, ...]

    @property
    def above(self) -> tuple[str, ...]:
        return self.measures

    @property
    def below(self) -> tuple[str, ...]:
        return ()

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(measure for each in self.added for measure in each.expression.measures)

    def value(self, sums: Sums, *, months: int, decimals: int) -> Decimal | None:
        shown = [each.value(sums, months=months) for each in self.added]
        values = [value for value in shown if value is not None]
        return rounded(sum(values, Decimal(0)), decimals) if len(values) == len(shown) else None

    def parts(self, sums: Sums) -> tuple[int, None]:
        return _sum(sums, self.measures), None


def _sum(sums: Sums, names: tuple[str, ...]) -> int:
    return sum(sums[name] for name in names)


def _per(above: int, below: int, decimals: int) -> Decimal | None:
    return rounded(Decimal(above) / below, decimals) if below else None
