"""Sick leave: sums of three base measures of the facts (one row per person, unit and month).

All in hundredths of an hour, integers:
ordinary    ordinary working time before any absence
sick_short  absence because of own sickness, short by the snapshot's convention (day 1-14, or spells
            of at most 14 days)
sick_long   the rest of it; short and long together never exceed ordinary
"""

from __future__ import annotations

from samkoll.stats.metrics.registry import Ratio, Terms, metric

LEGAL = Terms(unit="%", decimals=1, source="docs/sources.md#sick-leave-statement")
SHORT, LONG, ORDINARY = "sick_short", "sick_long", "ordinary"

sick_leave = metric(
    "sick_leave",
    "Total sjukfrånvaro",
    Ratio((SHORT, LONG), (ORDINARY,)),
    LEGAL,
    label_en="Sick leave, total",
)
"""Sick hours as a share of ordinary working time, per cent. None: nobody had ordinary time."""

sick_leave_short = metric(
    "sick_leave_short",
    "Kort sjukfrånvaro (0–14 dagar)",
    Ratio((SHORT,), (ORDINARY,)),
    LEGAL,
    label_en="Short sick leave (0–14 days)",
)
"""The short part, over the *same* denominator as the total."""

sick_leave_long = metric(
    "sick_leave_long",
    "Lång sjukfrånvaro (15– dagar)",
    Ratio((LONG,), (ORDINARY,)),
    LEGAL,
    label_en="Long sick leave (15– days)",
)
"""The long part, over the *same* denominator as the total. Not the statutory share of 60 days."""
