"""The last days of a year's steps: set by HR, read by lists, reminders and what waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import DateField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org import queries as org
from samkoll.reports import policies
from samkoll.reports.chain import awaited
from samkoll.reports.models import DueStep, Kind, Report, StepDue

Key = tuple[Kind, DueStep]


class OutOfOrder(DomainError):
    """A step that is due before the one that it follows."""


def days(years: Iterable[int]) -> dict[tuple[int, str, str], date]:
    """The last days that are set, by year, kind and step. One query."""
    rows = StepDue.objects.filter(year__in=[*years])
    return {(row.year, row.kind, row.step): row.day for row in rows}


def of_step(step: DueStep) -> Coalesce:
    """The last day of a step as a column of ``Report``: the year's, else the report's own."""
    set_day = StepDue.objects.filter(year=OuterRef("year"), kind=OuterRef("kind"), step=step)
    return Coalesce(Subquery(set_day.values("day")), "due", output_field=DateField())


@transaction.atomic
def set_days(
    *, year: int, wanted: Mapping[Key, date | None], actor: policies.Actor, today: date
) -> None:
    """Set the last days of a year; None takes one away.

    Raises: PermissionDenied, OutOfOrder.
    """
    top = org.municipality()
    require(policies.can_start_year(actor, top, today))
    for kind in Kind:
        _check(kind, wanted)
    before = _told(year)
    for (kind, step), day in wanted.items():
        if day is None:
            StepDue.objects.filter(year=year, kind=kind, step=step).delete()
        else:
            StepDue.objects.update_or_create(year=year, kind=kind, step=step, defaults={"day": day})
    after = _told(year)
    if before != after:
        audit.record("report.days_set", actor, top, before=before, after=after, year=year)


def _told(year: int) -> dict[str, object]:
    return {
        f"{Kind(kind).label}: {DueStep(step).label}".lower(): day
        for (_year, kind, step), day in days([year]).items()
    }


def _check(kind: Kind, wanted: Mapping[Key, date | None]) -> None:
    last: tuple[DueStep, date] | None = None
    for step in awaited.due_steps(kind):
        day = wanted.get((kind, step))
        if day is None:
            continue
        if last and day < last[1]:
            raise OutOfOrder(
                _("%(kind)s: ”%(later)s” kan inte ha en tidigare dag än ”%(earlier)s”.")
                % {"kind": kind.label, "later": step.label, "earlier": last[0].label}
            )
        last = step, day


def due_of(
    report: Report, step: DueStep, set_days: Mapping[tuple[int, str, str], date]
) -> date | None:
    """The last day of a step of one report."""
    return set_days.get((report.year, report.kind, step), report.due)
