"""What the municipality keeps itself: limits of working time, and costs by year."""

from __future__ import annotations

from decimal import Decimal

from samkoll.core.months import Month
from samkoll.stats.costs import Rates
from samkoll.stats.engine.distinct import Limits
from samkoll.stats.models import CostYear, Limit, LimitKind
from samkoll.stats.sums import Parameters

SHARES = ("sick_pay", "deduction", "supplement", "holiday", "fee", "replaced", "replacement_pay")
"""Parameters that are kept in per cent."""


def current() -> Parameters:
    """Everything as it is kept now."""
    return Parameters(limits(), {row.year: rates_of(row) for row in CostYear.objects.all()})


def limits() -> Limits:
    """The limits of working time, oldest first."""
    found: dict[str, list[tuple[int, int]]] = {kind: [] for kind in LimitKind}
    for row in Limit.objects.order_by("valid_from"):
        month = Month.containing(row.valid_from)
        found[row.kind].append((month.index, int(row.hours * 100)))
    return Limits(**{kind: tuple(steps) for kind, steps in found.items()})


def rates_of(row: CostYear) -> Rates:
    """A year's parameters for calculating: shares of one."""
    shares: dict[str, Decimal] = {name: getattr(row, name) / 100 for name in SHARES}
    return Rates(hourly_pay=row.hourly_pay, week_hours=row.week_hours, **shares)
