"""What the registers of actions and risks hold for a unit and all below it, on one day.

Roles and never names: a brief may be published.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from samkoll.actions.models import OPEN, Action, Severity
from samkoll.org.models import UnitPath
from samkoll.risks.models import Risk, RiskStatus


@dataclass(frozen=True, slots=True)
class OverdueAction:
    """An action past its day. ``responsible``: a title, not a name."""

    title: str
    unit: str
    responsible: str
    due: date


@dataclass(frozen=True, slots=True)
class HighRisk:
    """An open risk of the two worst severities. ``severity``: in words."""

    title: str
    unit: str
    severity: str
    level: int


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that a brief tells of, the oldest and the worst first."""

    overdue: tuple[OverdueAction, ...] = ()
    risks: tuple[HighRisk, ...] = ()


NONE = Register()


def of(units: Iterable[int], day: date) -> dict[int, Register]:
    """The registers of each unit with all below it. Three queries however many units.

    Source: docs/rules/report-forms.md
    """
    below: dict[int, set[int]] = {unit: set() for unit in units}
    paths = UnitPath.objects.filter(ancestor__in=below)
    for above, unit in paths.values_list("ancestor", "descendant"):
        below[above].add(unit)
    every = set().union(*below.values())
    overdue = _overdue(every, day)
    risks = _high(every)
    return {
        unit: Register(
            tuple(row for place, row in overdue if place in places),
            tuple(row for place, row in risks if place in places),
        )
        for unit, places in below.items()
    }


def _overdue(units: set[int], day: date) -> list[tuple[int, OverdueAction]]:
    found = Action.objects.filter(unit__in=units, status__in=OPEN, due_date__lt=day)
    rows = found.order_by("due_date", "pk").values_list(
        "unit", "title", "unit__name", "responsible_title", "due_date"
    )
    return [
        (unit, OverdueAction(title, name, responsible, due))
        for unit, title, name, responsible, due in rows
    ]


def _high(units: set[int]) -> list[tuple[int, HighRisk]]:
    found = Risk.objects.filter(
        unit__in=units, status=RiskStatus.OPEN, severity__gte=Severity.HIGH
    ).order_by(F("severity").desc(), F("current_level").desc(), "pk")
    rows = found.values_list("unit", "title", "unit__name", "severity", "current_level")
    return [
        (unit, HighRisk(title, name, str(Severity(severity or 0).label), level or 0))
        for unit, title, name, severity, level in rows
    ]
