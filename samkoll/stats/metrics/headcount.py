"""How many people: means over a window, each person counted once, in the main employment."""

from __future__ import annotations

from samkoll.stats.metrics.registry import Sum, Terms, metric

SOURCE = "docs/sources.md#headcount"

employees = metric(
    "employees",
    "Anställda med arbetstid, i medeltal",
    Sum(("persons",), averaged=True),
    Terms(unit="personer", decimals=0, source=SOURCE),
    label_en="Employees with working time, mean",
)
"""Mean number of persons with ordinary working time. Always a mean over a window: a single month's
head count would let two windows be taken apart (docs/rules/small-groups.md)."""

permanent = metric(
    "permanent",
    "Tillsvidareanställda, i medeltal",
    Sum(("permanent",), averaged=True),
    Terms(unit="personer", decimals=0, source=SOURCE, population="permanent"),
    label_en="Permanent employees, mean",
)
"""The denominator of external turnover."""
