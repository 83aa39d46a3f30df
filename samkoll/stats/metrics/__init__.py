"""The metric catalogue. Importing this package declares every metric. No Django here."""

from __future__ import annotations

from samkoll.stats.metrics import cost, headcount, leadership, sick_leave, time, turnover
from samkoll.stats.metrics.expressions import (
    ByGrowth,
    Expression,
    Lesser,
    Ratio,
    ShownSum,
    Sum,
    Sums,
)
from samkoll.stats.metrics.registry import (
    FAMILIES,
    POINTS,
    Family,
    Metric,
    Terms,
    UnknownMetric,
    catalogue,
    difference,
    lookup,
    metric,
)

__all__ = [
    "FAMILIES",
    "POINTS",
    "ByGrowth",
    "Expression",
    "Family",
    "Lesser",
    "Metric",
    "Ratio",
    "ShownSum",
    "Sum",
    "Sums",
    "Terms",
    "UnknownMetric",
    "catalogue",
    "cost",
    "difference",
    "headcount",
    "leadership",
    "lookup",
    "metric",
    "sick_leave",
    "time",
    "turnover",
]
