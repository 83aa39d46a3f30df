"""Span of control: how many people each nearest manager leads, in the window's one month.

A manager is an employee whom somebody else's row names as nearest manager. Managers are counted
where they are employed themselves, with everybody they lead, wherever those work.
"""

from __future__ import annotations

from dataclasses import replace

from samkoll.stats.metrics.expressions import Ratio
from samkoll.stats.metrics.registry import Terms, metric

LEADERS = Terms(
    unit="anställda per chef",
    decimals=1,
    source="docs/sources.md#span-of-control",
    population="managers",
    months=1,
    kind="distinct",
    family="leadership",
    columns=("manager",),
)

span_of_control = metric(
    "span_of_control",
    "Anställda per chef",
    Ratio(("led",), ("managers",), scale=1),
    LEADERS,
    label_en="Employees per manager",
)

managers_in_span = metric(
    "managers_in_span",
    "Andel chefer med 10–30 medarbetare",
    Ratio(("managers_in_span",), ("managers",)),
    replace(LEADERS, unit="%"),
    label_en="Share of managers with 10–30 employees",
)
