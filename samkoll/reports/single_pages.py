"""What the pages of plans and briefs show, as frozen values."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.reports import queries
from samkoll.reports.form_editor.policies import can_change_template
from samkoll.reports.models import Kind, Measure, Report
from samkoll.web.tables import Cell, Head, Row, Table


def listed(user: User, kind: Kind, today: date) -> Table:
    """The plans or briefs that a user may read, newest first. One query."""
    found = queries.visible_to(user, today).current().filter(kind=kind).select_related("unit")
    rows = found.order_by("-month", "unit__name_order")
    heads = (Head(_("Dokument")), Head(_("Gäller")), Head(_("Siffror till")), Head(_("Status")))
    return Table(
        str(kind.label), heads, tuple(_listed(report) for report in rows), caption_hidden=True
    )


def _listed(report: Report) -> Row:
    url = reverse("reports:read", args=[report.pk])
    return Row(
        (
            Cell(report.title, url=url, about=report.unit.name),
            Cell(report.unit.name),
            Cell(str(report.last_month)),
            Cell(str(report.get_status_display())),
        )
    )


def more(report: Report, user: User, today: date) -> list[tuple[str, str]]:
    """Ways from a report that only some have: a plan's measures, another version of its form."""
    found = []
    if report.kind == Kind.PLAN:
        found.append((_("Åtgärder i planen"), reverse("reports:measures", args=[report.pk])))
    if can_change_template(user, report, today):
        found.append((_("Byt mall"), reverse("reports:report_form", args=[report.pk])))
    return found


def measures(report: Report) -> Table:
    """The measures of a plan in order, each with its page."""
    heads = (Head(_("Åtgärd")), Head(_("Arbetsform")), Head(_("Tidplan")))
    rows = tuple(_measure(report, each) for each in Measure.objects.filter(report=report))
    return Table(_("Planens åtgärder"), heads, rows, caption_hidden=True)


def _measure(report: Report, measure: Measure) -> Row:
    url = reverse("reports:measure", args=[report.pk, measure.pk])
    return Row(
        (
            Cell(f"{measure.order}. {measure.heading}", url=url),
            Cell(str(measure.get_form_display())),
            Cell(measure.time_plan or "–"),
        )
    )
