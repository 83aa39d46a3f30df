"""Time beyond the ordinary, in whole hours.

additional  mertid/fyllnadstid: a part-timer's hours above the own rate, up to full time
overtime    övertid: hours above full time
"""

from __future__ import annotations

from samkoll.stats.metrics.registry import ShownSum, Sum, Terms, metric

HOURS = Terms(unit="timmar", decimals=0, source="docs/sources.md#working-time")

additional_hours = metric(
    "additional_hours",
    "Mertid/fyllnadstid",
    Sum(("additional",), divisor=100),
    HOURS,
    label_en="Additional hours",
)
overtime_hours = metric(
    "overtime_hours",
    "Övertidstimmar",
    Sum(("overtime",), divisor=100),
    HOURS,
    label_en="Overtime hours",
)
extra_hours = metric(
    "extra_hours",
    "Summa",
    ShownSum((additional_hours, overtime_hours)),
    HOURS,
    label_en="Sum",
)
"""The sum of the two *shown* integers, so that the printed table adds up."""
