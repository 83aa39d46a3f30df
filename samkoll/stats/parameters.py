"""What the municipality keeps itself: limits of working time, and costs by year."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from samkoll.core.months import Month
from samkoll.stats.costs import Rates
from samkoll.stats.engine.distinct import Limits
from samkoll.stats.models import CostYear, Limit, LimitKind
from samkoll.stats.sums import Parameters

SHARES = ("sick_pay", "deduction", "supplement", "holiday", "fee", "replaced", "replacement_pay")
"""Parameters that are kept in per cent."""
AMOUNTS = ("hourly_pay", "week_hours", *SHARES)
"""Every parameter of a year."""

STARTING: dict[str, int] = {
    LimitKind.OVERTIME_YEAR: 200,
    LimitKind.OVERTIME_MONTH: 50,
    LimitKind.ADDITIONAL_YEAR: 200,
}
"""Hours that hold before the municipality's own first limit.
Source: docs/sources.md#working-time-limits"""
STARTING_SOURCE = _("Samkolls utgångsvärde efter arbetstidslagen, inte kontrollerat")


def current() -> Parameters:
    """Everything as it is kept now."""
    return Parameters(limits(), {row.year: rates_of(row) for row in CostYear.objects.all()})


def limits() -> Limits:
    """The limits of working time, oldest first, the starting ones before all of them."""
    found = {str(kind): [(0, hours * 100)] for kind, hours in STARTING.items()}
    for row in Limit.objects.order_by("valid_from"):
        month = Month.containing(row.valid_from)
        found[row.kind].append((month.index, int(row.hours * 100)))
    return Limits(**{kind: tuple(steps) for kind, steps in found.items()})


def rates_of(row: CostYear) -> Rates:
    """A year's parameters for calculating: shares of one."""
    shares: dict[str, Decimal] = {name: getattr(row, name) / 100 for name in SHARES}
    return Rates(hourly_pay=row.hourly_pay, week_hours=row.week_hours, **shares)
