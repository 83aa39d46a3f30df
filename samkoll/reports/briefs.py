"""Work-environment briefs (arbetsmiljöbrev): a month or a tertial in short."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.org.models import Unit
from samkoll.reports import policies, services, single
from samkoll.reports.models import Brief, Kind, Report

TERTIAL = 4
"""Months of a tertial; one ends with April, August and December."""


class NotATertial(DomainError):
    """The month does not end a tertial, or the brief covers another number of months."""


@transaction.atomic
def create_brief(
    *, unit: Unit, month: Month, months: int = 1, actor: policies.Actor, now: datetime
) -> Report:
    """Open a brief whose period ends with ``month``. ``months``: 1, or 4 for a tertial.

    Its figures are rolling twelve months, pinned at once; its registers are those of the day on
    which it is read, until it is signed and published.
    Raises: PermissionDenied, NoTemplate, NoFacts, ReportExists, NotATertial.
    """
    if months not in (1, TERTIAL):
        raise NotATertial(_("Ett arbetsmiljöbrev gäller en månad eller ett tertial."))
    if months == TERTIAL and month.month % TERTIAL:
        raise NotATertial(_("Ett tertial slutar med april, augusti eller december."))
    services.store_templates(actor=actor)
    report = single.opened(
        kind=Kind.BRIEF, unit=unit, year=month.year, month=month, actor=actor, now=now
    )
    Brief.objects.create(report=report, months=months)
    return report
