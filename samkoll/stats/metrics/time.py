"""Time beyond the ordinary: hours, and the persons who have more of it than the limits allow.

additional  mertid/fyllnadstid: a part-timer's hours above the own rate, up to full time
overtime    övertid: hours above full time

The limits are data that the municipality keeps (``samkoll.stats.models.Limit``), not constants.
"""

from __future__ import annotations

from dataclasses import replace

from samkoll.stats.metrics.expressions import ShownSum, Sum
from samkoll.stats.metrics.registry import Terms, metric

HOURS = Terms(unit="timmar", decimals=0, source="docs/sources.md#working-time", family="time")
WARNING = replace(
    HOURS, unit="personer", source="docs/sources.md#working-time-limits", kind="distinct"
)

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

over_overtime_year = metric(
    "over_overtime_year",
    "Personer över årets gräns för övertid",
    Sum(("over_overtime_year",)),
    replace(WARNING, window="year"),
    label_en="Persons beyond the year's limit of overtime",
)
over_overtime_month = metric(
    "over_overtime_month",
    "Personer över månadens gräns för övertid",
    Sum(("over_overtime_month",)),
    WARNING,
    label_en="Persons beyond the month's limit of overtime",
)
"""In at least one of the window's months."""

over_additional_year = metric(
    "over_additional_year",
    "Personer över årets gräns för mertid",
    Sum(("over_additional_year",)),
    replace(WARNING, window="year"),
    label_en="Persons beyond the year's limit of additional hours",
)

LIMITED = {
    "over_overtime_year": "overtime_year",
    "over_overtime_month": "overtime_month",
    "over_additional_year": "additional_year",
}
"""The limit (``samkoll.stats.engine.distinct.Limits``) that each warning needs."""
