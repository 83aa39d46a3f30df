"""How many people: means over a window, each person counted once, in the main employment."""

from __future__ import annotations

from dataclasses import replace

from samkoll.stats.metrics.expressions import Ratio, Sum
from samkoll.stats.metrics.registry import Terms, metric

PEOPLE = Terms(unit="personer", decimals=0, source="docs/sources.md#headcount")

employees = metric(
    "employees",
    "Anställda med arbetstid, i medeltal",
    Sum(("persons",), averaged=True),
    PEOPLE,
    label_en="Employees with working time, mean",
)
"""Mean number of persons with ordinary working time. Always a mean over a window: a single month's
head count would let two windows be taken apart (docs/rules/small-groups.md)."""

permanent = metric(
    "permanent",
    "Tillsvidareanställda, i medeltal",
    Sum(("permanent",), averaged=True),
    replace(PEOPLE, population="permanent"),
    label_en="Permanent employees, mean",
)
"""The denominator of external turnover."""

full_time_share = metric(
    "full_time_share",
    "Andel heltidsanställda",
    Ratio(("full_time",), ("persons",)),
    replace(PEOPLE, unit="%", decimals=1, source="docs/sources.md#full-time"),
    label_en="Share employed full time",
)
"""Person-months with an employment of 100 per cent over all with working time."""
