"""Sick leave: sums of base measures of the facts (one row per person, unit and month).

Hours in hundredths, integers:
ordinary    ordinary working time before any absence
sick_short  absence because of own sickness, short by the snapshot's convention (day 1-14, or spells
            of at most 14 days)
sick_long   the rest of it; short and long together never exceed ordinary
sick_60     the part of both in spells of at least 60 calendar days
sick_days   calendar days with own sickness, whole or in part
occasions   spells that began in the month, those within five days counted as one
"""

from __future__ import annotations

from dataclasses import replace

from samkoll.stats.metrics.expressions import Ratio, Sum
from samkoll.stats.metrics.registry import Terms, metric

LEGAL = Terms(
    unit="%", decimals=1, source="docs/sources.md#sick-leave-statement", family="sick_leave"
)
PRACTICE = replace(LEGAL, source="docs/sources.md#sick-leave-practice")
HOURS = replace(PRACTICE, unit="timmar", decimals=0)
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

sick_leave_60 = metric(
    "sick_leave_60",
    "Andel av sjukfrånvaron i perioder på minst 60 dagar",
    Ratio(("sick_60",), (SHORT, LONG)),
    LEGAL,
    label_en="Share of sick leave in spells of at least 60 days",
)
"""Over *sick* time, not working time: one of the seven statutory figures."""

sick_hours = metric(
    "sick_hours",
    "Sjukfrånvaro i timmar",
    Sum((SHORT, LONG), divisor=100),
    HOURS,
    label_en="Sick leave in hours",
)

sick_days = metric(
    "sick_days",
    "Sjukdagar per anställd",
    Ratio(("sick_days",), ("persons",), scale=1, averaged=True),
    replace(PRACTICE, unit="dagar per anställd"),
    label_en="Sick days per employee",
)
"""Calendar days over the average number of employees with working time."""

sick_occasions = metric(
    "sick_occasions",
    "Sjuktillfällen per anställd",
    Ratio(("occasions",), ("persons",), scale=1, averaged=True),
    replace(PRACTICE, unit="tillfällen per anställd", decimals=2),
    label_en="Sick-leave occasions per employee",
)

without_sick_leave = metric(
    "without_sick_leave",
    "Andel utan sjukfrånvaro",
    Ratio(("well",), ("steady",)),
    replace(PRACTICE, kind="distinct", population="steady"),
    label_en="Share without sick leave",
)
"""Of those who had working time in all twelve months: the share without one hour of sickness."""

repeated_short = metric(
    "repeated_short",
    "Upprepad sjukfrånvaro (minst sex tillfällen)",
    Sum(("frequent",)),
    replace(PRACTICE, unit="personer", decimals=0, kind="distinct", columns=("occasions",)),
    label_en="Repeated sick leave (at least six occasions)",
)
"""Persons with six or more occasions that began in the twelve months."""

repeated_share = metric(
    "repeated_share",
    "Andel med upprepad sjukfrånvaro",
    Ratio(("frequent",), ("counted",)),
    replace(PRACTICE, kind="distinct", columns=("occasions",)),
    label_en="Share with repeated sick leave",
)
