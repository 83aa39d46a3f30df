"""The metric catalogue. Importing this package declares every metric. No Django here."""

from __future__ import annotations

from samkoll.stats.metrics import headcount, sick_leave, time, turnover
from samkoll.stats.metrics.registry import (
    Metric,
    Ratio,
    ShownSum,
    Sum,
    Terms,
    UnknownMetric,
    catalogue,
    difference,
    lookup,
    metric,
)

__all__ = [
    "Metric",
    "Ratio",
    "ShownSum",
    "Sum",
    "Terms",
    "UnknownMetric",
    "catalogue",
    "difference",
    "headcount",
    "lookup",
    "metric",
    "sick_leave",
    "time",
    "turnover",
]
