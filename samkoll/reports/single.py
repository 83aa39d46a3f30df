"""Opening a report that stands by itself, a plan or a brief: on the newest form, its figures
pinned at once. It waits for no other report's year."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import ALLOW, Verdict, deny, require
from samkoll.core.months import Month
from samkoll.org import queries as org
from samkoll.org.models import Unit, UnitKind
from samkoll.reports import policies, services
from samkoll.reports.models import Kind, Report, Template
from samkoll.stats import queries as stats

WINDOWS = 24
"""Months of facts that a report needs: twelve, and the twelve before them."""
PLACES = (UnitKind.MUNICIPALITY, UnitKind.ADMINISTRATION)
"""Units that can have a plan or a brief of their own."""


def can_open(actor: policies.Actor, unit: Unit, today: date) -> Verdict:
    """Open a plan or a brief of a unit: who writes its reports."""
    if unit.kind not in PLACES:
        return deny(_("Planer och brev skrivs för en förvaltning eller för hela kommunen."))
    permission = "report:write" if unit.parent_id else "report:municipal"
    if policies.may(actor, permission, unit, today):
        return ALLOW
    if unit.parent_id:
        return deny(_("Det gör förvaltningschefen eller HR-partnern för %s.") % unit.name)
    return deny(_("Det gör HR-strategen för hela kommunen."))


def places(user: User, today: date) -> list[Unit]:
    """The units whose plans and briefs a user may open, the municipality first."""
    found = Unit.objects.valid(today).filter(kind__in=PLACES)
    own = org.units_with(user, "report:write", today).filter(parent__isnull=False)
    whole = org.units_with(user, "report:municipal", today).filter(parent=None)
    may = found.filter(pk__in=own) | found.filter(pk__in=whole)
    return sorted(may.order_by("name_order"), key=lambda unit: unit.parent_id is not None)


@transaction.atomic
def opened(
    *, kind: Kind, unit: Unit, year: int, month: Month, actor: policies.Actor, now: datetime
) -> Report:
    """A report of that kind whose figures end with the month.

    Raises: PermissionDenied, NoTemplate, NoFacts, ReportExists.
    """
    require(can_open(actor, unit, now.date()))
    form = _form(kind, year)
    facts = stats.current_facts()
    needed = range(month.index - WINDOWS + 1, month.index + 1)
    if missing := next((index for index in needed if index not in facts.months), None):
        raise services.NoFacts(
            _("Det saknas lönedata för %(month)s. Läs in den och försök igen.")
            % {"month": Month(missing)}
        )
    try:
        with transaction.atomic():
            report = Report.objects.create(
                template=form,
                kind=kind,
                unit=unit,
                year=year,
                month=month.index,
                previous_month=month.index - 12,
                facts=facts.refs(),
                extracted_at=now,
            )
    except IntegrityError as error:
        raise services.ReportExists(
            _("%(kind)s för %(unit)s till och med %(month)s finns redan.")
            % {"kind": kind.label, "unit": unit.name, "month": month}
        ) from error
    audit.record("report.opened", actor, report, template=str(form))
    return report


def _form(kind: Kind, year: int) -> Template:
    """The newest form that is not newer than the year; before the first one, the first."""
    forms = Template.objects.filter(kind=kind)
    found = forms.filter(year__lte=year).order_by("-year", "-version").first()
    found = found or forms.order_by("year", "-version").first()
    if found is None:
        raise services.NoTemplate(_("Det finns ingen rapportmall för %(year)s.") % {"year": year})
    return found
